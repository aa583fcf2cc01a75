"""Serve the playground: the real client in a simulated Discord, on a real database, in the browser."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord
from simcord import Env

from bot.playground.clock import SETTLING, Clock
from bot.playground.command import Playground
from bot.playground.turn import own_errors
from bot.playground.world import World, build
from bot.run import RunError, open_context
from bot.settings import Settings
from bot.ui.client import Stepwise
from bot.ui.words import playground as words

FOLDER = Path("var/playground")
"""Where its database is, made anew at each start."""

ZONE = "UTC"


async def serve(settings: Settings) -> None:
    """Serve until interrupted; the address is printed, and opened in the browser where there is one.

    Raises RunError when the port is taken.
    """
    _require_free(settings.playground_port)
    settings = replace(settings, token=None, database_url=f"sqlite:///{_fresh()}")
    async with open_context(settings, discord.utils.utcnow) as context:
        client = Stepwise(context, shard_count=1)
        # The boundary answers and logs every error; the environment need not collect them as well.
        env = Env(client, check_errors=False)
        env.backend.advance_clock((datetime.now(UTC) - env.now()).total_seconds())
        world = build(env)
        clock = Clock(env, client)
        client.tree.add_command(Playground(clock.ask_for_next_day, clock.planned))
        await env.start()
        own_errors(client)
        try:
            await _first_question(env, world)
            await _show(env, world, clock, settings.playground_port)
        finally:
            await env.shutdown()


def _require_free(port: int) -> None:
    """Raise RunError when somebody else listens there: better now than after everything is built."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise RunError(words.port_taken(port, error.strerror)) from None


def _fresh() -> Path:
    file = FOLDER / "playground.db"
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for path in FOLDER.glob(f"{file.name}*"):
            path.unlink()
    except OSError as error:
        raise RunError(words.no_folder(FOLDER.absolute(), error.strerror)) from None
    return file


async def _first_question(env: Env, world: World) -> None:
    """Set the daily question up for the next minute, as a moderator would, and wait for the ticker to post it."""
    soon = env.now() + timedelta(minutes=1)
    await world.moderator.slash(world.channel, "quiz setup", channel=world.channel, time=f"{soon:%H:%M}", timezone=ZONE)
    await env.advance_time(60 + SETTLING)


async def _show(env: Env, world: World, clock: Clock, port: int) -> None:
    viewers = [*world.members, world.moderator]
    async with env.preview(world.channel, viewers=viewers, layout="channel", timezone=ZONE, port=port) as preview:
        _announce(preview.url)
        await clock.keep(preview)


def _announce(url: str) -> None:
    print(words.address(url), flush=True)  # noqa: T201 - the one line it has to say
    if sys.stdout.isatty() and (sys.platform in {"darwin", "win32"} or _has_display()):
        webbrowser.open(url)


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

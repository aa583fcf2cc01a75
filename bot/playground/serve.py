"""Serve the playground: the real client in a simulated Discord, on a real database, in the browser."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord
import simcord
from simcord import Env, Preview

from bot.app.context import Context
from bot.playground.command import Clock, Playground
from bot.playground.world import World, build
from bot.run import RunError, open_context
from bot.settings import Settings
from bot.ui.client import Stepwise
from bot.ui.words import playground as words

log = logging.getLogger(__name__)

FOLDER = Path("var/playground")
"""Where its database is, made anew at each start."""

ZONE = "UTC"
STEP = 1.0
"""Seconds from one look to the next; the clock moves by as many."""

SETTLING = 12.0
"""Seconds after a post until the previous question's message shows its end: two ticks and a little."""


async def serve(settings: Settings, *, opened: Callable[[str], None] | None = None, folder: Path = FOLDER) -> None:
    """Serve until interrupted.

    `opened` is called with the address; by default that is printed, and opened in the browser where there is one.
    Raises RunError when the port is taken.
    """
    settings = replace(settings, token=None, database_url=f"sqlite:///{_fresh(folder)}")
    async with open_context(settings, discord.utils.utcnow) as context:
        clock = Clock()
        client = _client(context, clock)
        env = Env(client, check_errors=False)
        env.backend.advance_clock((datetime.now(UTC) - env.now()).total_seconds())
        await env.start()
        try:
            world = build(env)
            await _first_question(env, world)
            await _show(env, world, settings.playground_port, clock, context, opened or _announce)
        finally:
            await env.shutdown()


def _fresh(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "playground.db"
    for path in folder.glob(f"{file.name}*"):
        path.unlink()
    return file


def _client(context: Context, clock: Clock) -> Stepwise:
    client = Stepwise(context, shard_count=1)
    client.tree.add_command(Playground(clock))
    return client


async def _first_question(env: Env, world: World) -> None:
    """Set the daily question up for the next minute, as a moderator would, and wait for the ticker to post it."""
    soon = env.now() + timedelta(minutes=1)
    await world.moderator.slash(world.channel, "quiz setup", channel=world.channel, time=f"{soon:%H:%M}", timezone=ZONE)
    await env.advance_time(60 + SETTLING)


async def _show(
    env: Env, world: World, port: int, clock: Clock, context: Context, opened: Callable[[str], None]
) -> None:
    viewers = [*world.members, world.moderator]
    try:
        async with env.preview(world.channel, viewers=viewers, layout="channel", timezone=ZONE, port=port) as preview:
            opened(preview.url)
            await _keep_time(env, preview, clock, context)
    except OSError as error:
        raise RunError(words.port_taken(port)) from error


async def _keep_time(env: Env, preview: Preview, clock: Clock, context: Context) -> None:
    """Let time pass, jump where asked, and show whatever the bot did meanwhile."""
    seen = len(env.http_requests)
    while True:
        await asyncio.sleep(STEP)
        try:
            if clock.next_day_wanted:
                clock.next_day_wanted = False
                await _jump(env, context)
            else:
                await env.advance_time(STEP)
            done = len(env.http_requests)
            if done != seen:
                await preview.refresh()
                seen = done
        except simcord.SetupError:
            # Somebody is clicking at this very moment: there is a next second.
            continue
        except TimeoutError:
            log.warning("the bot took its time")


async def _jump(env: Env, context: Context) -> None:
    """Move to just before the next question, and let it be posted."""
    async with context.store.begin() as transaction:
        due = await transaction.guilds.next_due()
    if due is not None:
        env.backend.advance_clock(max(0.0, (due - env.now()).total_seconds()))
    await env.advance_time(SETTLING)


def _announce(url: str) -> None:
    print(words.address(url), flush=True)  # noqa: T201 - the one line it has to say
    if sys.stdout.isatty() and (sys.platform in {"darwin", "win32"} or _has_display()):
        webbrowser.open(url)


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

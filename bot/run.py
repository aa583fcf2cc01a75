"""The composition root: where settings, store, bank and client meet."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

import aiohttp
import discord

from bot.app.context import Context
from bot.bank.bank import SHIPPED, Bank, load
from bot.settings import Settings
from bot.ui.client import Stepwise
from db.engine import open_store

log = logging.getLogger(__name__)

STOP_SECONDS = 8.0
"""How long an orderly end may take; whoever runs us usually kills after ten."""


class RunError(Exception):
    """The bot cannot run. The text is for people: why, and what to do."""


NO_LOGIN = (
    "There is no token: set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds it. "
    "docs/hosting.md says where to get one; python -m bot playground needs none."
)
BAD_LOGIN = (
    "Discord does not accept the token. Make a new one in the Developer Portal (your application, Bot, Reset Token) "
    "and set DISCORD_TOKEN to it."
)
BAD_INTENTS = "Discord refused the connection: the bot needs no privileged intents, so this is not about the token."


def read_bank(settings: Settings) -> Bank:
    """Read the shipped questions and the extra packs; raises PackError."""
    return load([SHIPPED, *settings.content])


@asynccontextmanager
async def open_context(settings: Settings, clock: Callable[[], datetime]) -> AsyncIterator[Context]:
    """Open the store and read the bank; closes the store at the end. Raises PackError or DatabaseError."""
    bank = await asyncio.to_thread(read_bank, settings)
    store = await open_store(settings.database_url, clock=clock)
    try:
        yield Context(store, bank, clock)
    finally:
        await store.close()


async def run(settings: Settings) -> None:
    """Run the bot until it is told to stop. Raises RunError, PackError or DatabaseError."""
    if settings.token is None:
        raise RunError(NO_LOGIN)
    # Voice is not used: without this discord.py warns that its libraries are missing.
    discord.VoiceClient.warn_nacl = False
    discord.VoiceClient.warn_dave = False
    async with open_context(settings, discord.utils.utcnow) as context:
        client = Stepwise(context)
        await _serve(client, settings.token)


async def _serve(client: Stepwise, token: str) -> None:
    """Keep the client connected until it ends or a signal asks it to."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    with suppress(NotImplementedError):  # on Windows, where Ctrl+C cancels instead
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop.set)
    serving = asyncio.create_task(client.start(token))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            log.info("stopping")
        await _end(client)
        await _outcome(serving)
    finally:
        stopping.cancel()
        with suppress(NotImplementedError):
            for name in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(name)


async def _end(client: Stepwise) -> None:
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await client.close()
    except TimeoutError:
        log.warning("the end did not come within %s seconds; what is stored is safe", STOP_SECONDS)


async def _outcome(serving: asyncio.Task[None]) -> None:
    serving.cancel()
    try:
        await serving
    except asyncio.CancelledError:
        return
    except discord.LoginFailure:
        raise RunError(BAD_LOGIN) from None
    except discord.PrivilegedIntentsRequired:
        raise RunError(BAD_INTENTS) from None
    except (OSError, aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound) as error:
        text = f"Discord cannot be reached ({type(error).__name__}: {error}). Check the network, and start again."
        raise RunError(text) from error
    except discord.ConnectionClosed as error:
        text = BAD_LOGIN if error.code == 4004 else f"Discord closed the connection for good (code {error.code})."  # noqa: PLR2004
        raise RunError(text) from None

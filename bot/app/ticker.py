"""The short tick over whatever is due. Each guild's work is its own: its troubles neither stop nor delay another's."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from bot.app import ask
from bot.app.close import close_expired
from bot.app.context import Context
from bot.app.messenger import FailureReason, Messenger
from bot.app.refresh import refresh
from bot.core.errors import NothingToAskError
from bot.core.guild import Guild
from bot.core.round import Round
from bot.core.schedule import next_due

log = logging.getLogger(__name__)

SECONDS = 5
"""Seconds from one tick to the next."""

MOST_AT_ONCE = 100
"""Guilds served at the same time: enough to keep the pacer busy at any latency of Discord's."""

LOOK_AHEAD = 500
"""Rows of each kind that one tick takes up."""


class Ticker:
    """Finds what is due in the database and starts it. What is under way is not started again."""

    def __init__(self, context: Context, messenger: Messenger) -> None:
        self._context = context
        self._messenger = messenger
        self._running: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(MOST_AT_ONCE)
        self._stopped = False

    async def tick(self) -> None:
        """Start all work that is due now. Never raises: what fails is logged and comes up again."""
        if self._stopped:
            return
        try:
            await self._look()
        except Exception:
            log.exception("a tick failed")

    async def finish(self) -> None:
        """Take nothing new up and return once everything under way has ended."""
        self._stopped = True
        await self.settle()

    async def settle(self) -> None:
        """Return once everything under way has ended."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def _look(self) -> None:
        now = self._context.clock()
        async with self._context.store.begin() as transaction:
            for guild in await transaction.guilds.waking(now):
                awake = replace(guild, paused=False, paused_until=None)
                due = next_due(guild.schedule, now, guild.served)
                await transaction.guilds.save(replace(awake, next_due=due))
            due_guilds = await transaction.guilds.due(now, LOOK_AHEAD)
            unfinished = await transaction.rounds.expired_claims(now, LOOK_AHEAD)
            expired = await transaction.rounds.expired(now, LOOK_AHEAD)
            stale = await transaction.rounds.stale(now, LOOK_AHEAD)
        if expired:
            await close_expired(self._context, expired)
        for guild in due_guilds:
            self._start(("guild", guild.id), self._serve(guild))
        for round_ in unfinished:
            self._start(("round", round_.id), ask.recover(self._context, self._messenger, round_))
        for round_, answers in stale:
            self._start(("round", round_.id), self._refresh(round_, answers))

    def _start(self, key: tuple[str, int], work: Coroutine[Any, Any, None]) -> None:
        if key in self._running:
            work.close()
            return
        task = asyncio.create_task(self._guard(key, work), name=f"stepwise-{key[0]}-{key[1]}")
        self._running[key] = task
        task.add_done_callback(lambda _: self._running.pop(key, None))

    async def _guard(self, key: tuple[str, int], work: Coroutine[Any, Any, None]) -> None:
        async with self._room:
            try:
                await work
            except Exception:
                log.exception("work for %s %s failed", *key)

    async def _serve(self, guild: Guild) -> None:
        try:
            round_ = await ask.claim(self._context, guild.id)
        except NothingToAskError:
            log.warning("guild %s has nothing left to ask", guild.id)
            await ask.note(self._context, self._messenger, guild.id, FailureReason.NOTHING_TO_ASK)
            return
        if round_ is not None:
            await ask.deliver(self._context, self._messenger, round_)

    async def _refresh(self, round_: Round, answers: int) -> None:
        await refresh(self._context, self._messenger, round_, answers)

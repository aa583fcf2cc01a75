"""The short tick over whatever is due. Each guild's work is its own: its troubles neither stop nor delay another's."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import Any, NamedTuple

from bot.app import ask, failure
from bot.app.close import close_expired
from bot.app.context import Context
from bot.app.messenger import FailureReason, Messenger
from bot.app.presence import GRACE, forget
from bot.app.refresh import refresh
from bot.app.setup import wake
from bot.core.errors import NothingToAskError
from bot.core.guild import Guild
from bot.core.round import Round
from db.errors import BusyError
from db.store import Transaction

log = logging.getLogger(__name__)

SECONDS = 5
"""Seconds from one tick to the next."""

MOST_AT_ONCE = 100
"""Guilds served at the same time: enough to keep the pacer busy at any latency of Discord's."""

LOOK_AHEAD = 500
"""Rows of each kind that one tick takes up."""


class Work(NamedTuple):
    """What is due: pauses, questions, unfinished deliveries, ends of rounds, changes of messages, guilds to forget."""

    waking: Sequence[Guild]
    due: Sequence[Guild]
    unfinished: Sequence[Round]
    expired: Sequence[Round]
    stale: Sequence[tuple[Round, int]]
    gone: Sequence[int]


class Ticker:
    """Finds what is due in the database and starts it. What is under way is not started again."""

    def __init__(self, context: Context, messenger: Messenger) -> None:
        self._context = context
        self._messenger = messenger
        self._running: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(MOST_AT_ONCE)
        self._stopped = False
        self._looking = asyncio.Lock()

    async def tick(self) -> None:
        """Start all work that is due now. Never raises: what fails is logged and comes up again."""
        async with self._looking:
            if self._stopped:
                return
            try:
                await self._look()
            except Exception:
                log.exception("a tick failed")

    async def finish(self) -> None:
        """Take nothing new up and return once everything under way has ended."""
        self._stopped = True
        async with self._looking:
            await self.settle()

    async def settle(self) -> None:
        """Return once everything under way has ended."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def is_due(self) -> bool:
        """Tell whether the next tick would find anything to do."""
        async with self._context.store.begin() as transaction:
            return any(await self._find(transaction))

    async def _look(self) -> None:
        async with self._context.store.begin() as transaction:
            work = await self._find(transaction)
        if work.expired:
            await close_expired(self._context, work.expired)
        if work.gone:
            await forget(self._context, work.gone)
        for guild in work.waking:
            self._start(("pause", guild.id), wake(self._context, guild.id))
        for guild in work.due:
            self._start(("guild", guild.id), self._serve(guild))
        for round_ in work.unfinished:
            self._start(("round", round_.id), ask.recover(self._context, self._messenger, round_))
        for round_, answers in work.stale:
            self._start(("round", round_.id), refresh(self._context, self._messenger, round_, answers))

    async def _find(self, transaction: Transaction) -> Work:
        now = self._context.clock()
        return Work(
            await transaction.guilds.waking(now),
            await transaction.guilds.due(now, LOOK_AHEAD),
            await transaction.rounds.expired_claims(now, LOOK_AHEAD),
            await transaction.rounds.expired(now, LOOK_AHEAD),
            await transaction.rounds.stale(now, LOOK_AHEAD),
            await transaction.guilds.gone(now - GRACE, LOOK_AHEAD),
        )

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
            except BusyError as error:
                log.warning("work for %s %s is put off: %s", *key, error)
            except Exception:
                log.exception("work for %s %s failed", *key)

    async def _serve(self, guild: Guild) -> None:
        try:
            round_ = await ask.claim(self._context, guild.id)
        except NothingToAskError:
            log.warning("guild %s has nothing left to ask", guild.id)
            await failure.note(self._context, self._messenger, guild.id, FailureReason.NOTHING_TO_ASK)
            return
        if round_ is not None:
            await ask.deliver(self._context, self._messenger, round_)

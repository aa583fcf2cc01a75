"""The playground's clock: it follows the real one, jumps where asked, and lets the bot act when something is due."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from simcord import Env, Preview

from bot.app.ticker import SECONDS
from bot.playground.turn import take_turns
from bot.ui.client import Stepwise

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5
"""Seconds from one look at what is due to the next."""

SETTLING = 2 * SECONDS + 1
"""Seconds after which everything due has been seen to: two ticks, since a close shows with the tick after."""


class Clock:
    """Moves the time of one simulated Discord. It may not be moved from inside a command: those leave a wish."""

    def __init__(self, env: Env, client: Stepwise) -> None:
        self._env = env
        self._client = client
        self._ahead = env.now() - datetime.now(UTC)
        self._next_day_wanted = False

    def ask_for_next_day(self) -> None:
        """Leave the wish for the next question; it is granted at the next look."""
        self._next_day_wanted = True

    async def planned(self) -> datetime | None:
        """Return when the next question comes, or None while none is planned."""
        async with self._client.context.store.begin() as transaction:
            return await transaction.guilds.next_due()

    async def keep(self, preview: Preview) -> None:
        """Keep time until cancelled, and show on the open pages what the bot did meanwhile."""
        turn = asyncio.Lock()
        take_turns(preview, turn)
        while True:
            await asyncio.sleep(LOOK_EVERY)
            async with turn:
                self._follow()
                try:
                    with self._env.time_context():
                        if await self._let_pass():
                            await preview.refresh()
                except TimeoutError:
                    log.warning("the bot took its time")

    async def _let_pass(self) -> bool:
        """Do what was wished for or is due; tell whether there was anything."""
        if self._next_day_wanted:
            await self._next_question()
            return True
        due = await self._client.ticker.is_due()
        if due:
            await self._env.advance_time(SETTLING)
        return due

    async def _next_question(self) -> None:
        """Move to the next question of any guild, and let it be posted."""
        due = await self.planned()
        if due is not None:
            self._move(due - self._env.now())
        await self._env.advance_time(SETTLING)
        self._ahead = self._env.now() - datetime.now(UTC)
        self._next_day_wanted = False

    def _follow(self) -> None:
        self._move(datetime.now(UTC) + self._ahead - self._env.now())

    def _move(self, by: timedelta) -> None:
        if by > timedelta(0):
            self._env.backend.advance_clock(by.total_seconds())

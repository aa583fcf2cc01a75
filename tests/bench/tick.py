"""How long it takes to ask many guilds that are due in the same minute."""

from __future__ import annotations

import itertools
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.app.context import Context
from bot.app.messenger import FailureReason, Showing
from bot.app.pacer import Pacer
from bot.app.ticker import Ticker
from bot.bank.bank import Bank
from bot.core.guild import Guild
from bot.core.round import Round
from db.engine import open_store
from tests.bench.figure import Figure
from tests.core.strategies import guild, schedule

GUILDS = 500
LIMIT = 50
"""Requests a second that Discord allows."""

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Postbox:
    """Takes every message at once, at the pacer's pace."""

    def __init__(self) -> None:
        self.sent = 0
        self._ids = itertools.count(1)
        self._pacer = Pacer()

    async def post(self, showing: Showing, guild: Guild) -> int:
        del showing, guild
        await self._pacer.turn()
        self.sent += 1
        return next(self._ids)

    async def find(self, round_: Round) -> int | None:
        del round_
        return None

    async def show(self, showing: Showing) -> None:
        del showing

    async def tell(self, guild: Guild, reason: FailureReason) -> None:
        del guild, reason


async def figures(folder: Path, bank: Bank) -> AsyncIterator[Figure]:
    """Measure one tick over guilds that are all due, with the database's work and the pacer."""
    store = await open_store(f"sqlite:///{folder / 'tick.db'}", clock=lambda: NOW)
    try:
        async with store.begin() as transaction:
            for number in range(1, GUILDS + 1):
                plan = schedule(zone="UTC")
                await transaction.guilds.save(
                    replace(guild(), id=number, seed=str(number), schedule=plan, next_due=NOW)
                )
        postbox = Postbox()
        ticker = Ticker(Context(store, bank, lambda: NOW), postbox)
        start = time.perf_counter()
        await ticker.tick()
        await ticker.settle()
        taken = time.perf_counter() - start
        assert postbox.sent == GUILDS
        ideal = GUILDS / LIMIT
        what = f"{GUILDS} guilds due in the same minute, to the last message"
        yield Figure(what, f"{taken:.1f} s", f"{ideal:.0f} s at Discord's {LIMIT} a second", f"{taken / ideal:.2f}")
    finally:
        await store.close()

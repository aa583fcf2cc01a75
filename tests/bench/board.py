"""What a page of a board and one's own rank cost as members become many."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from bot.core.board import Cursor
from bot.core.ledger import Entry, EntryKind
from bot.core.period import Period, key
from db.engine import open_store
from db.store import Store
from tests.bench.figure import Figure, ms, seconds_async
from tests.core.strategies import GUILD, guild

SIZES = (1_000, 100_000)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BOARD = key(Period.ALL, NOW.date())
CHUNK = 2_000
TIMES = 50


async def figures(folder: Path) -> AsyncIterator[Figure]:
    """Measure both at each size, beside the smallest."""
    first: dict[str, float] = {}
    for size in SIZES:
        store = await open_store(f"sqlite:///{folder / f'board{size}.db'}", clock=lambda: NOW)
        try:
            await _fill(store, size)
            for what, taken in await _measure(store, size):
                reference = first.setdefault(what, taken)
                yield Figure(f"{what}, {size:,} members", ms(taken), ms(reference), f"{taken / reference:.2f}")
        finally:
            await store.close()


async def _fill(store: Store, size: int) -> None:
    async with store.begin() as transaction:
        await transaction.guilds.save(guild())
    for start in range(0, size, CHUNK):
        async with store.begin() as transaction:
            await transaction.ledger.add([_entry(user) for user in range(start + 1, min(start + CHUNK, size) + 1)])


def _entry(user: int) -> Entry:
    points = 10 + user * 7919 % 9000
    return Entry(GUILD, user, None, EntryKind.ADJUST, points, "bench", 1, NOW, NOW.date())


async def _measure(store: Store, size: int) -> list[tuple[str, float]]:
    async def page() -> None:
        async with store.begin() as transaction:
            await transaction.ledger.page(GUILD, BOARD, after=Cursor(4500, 1))

    async def rank() -> None:
        async with store.begin() as transaction:
            await transaction.ledger.place(GUILD, size // 2, BOARD)

    return [
        ("a page of a board", await seconds_async(page, TIMES)),
        ("one's own rank", await seconds_async(rank, TIMES)),
    ]

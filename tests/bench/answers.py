"""How fast answers are stored for good: many at once, each acknowledged after its commit."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.app.click import Click, Verb
from bot.app.context import Context
from bot.app.writer import Writer
from bot.bank.bank import Bank
from db.engine import open_store
from tests.bench.figure import Figure
from tests.core.strategies import CHANNEL, GUILD, guild, question

AT_ONCE = (1, 50, 500)
ROUNDS = 10
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


async def figures(folder: Path, bank: Bank) -> AsyncIterator[Figure]:
    """Measure the writer, beside a bare INSERT and commit for each answer."""
    bare = _bare(folder)
    store = await open_store(f"sqlite:///{folder / 'answers.db'}", clock=lambda: NOW)
    try:
        context = Context(store, bank, lambda: NOW)
        async with store.begin() as transaction:
            await transaction.guilds.save(guild())
        for at_once in AT_ONCE:
            rate = await _rate(context, at_once)
            what = f"answers stored per second, {at_once} at once, SQLite, `synchronous=FULL`"
            yield Figure(what, f"{rate:,.0f}", f"{bare:,.0f} bare commits of one row", f"{rate / bare:.2f}")
    finally:
        await store.close()


async def _rate(context: Context, at_once: int) -> float:
    writer = Writer(context)
    taken = 0.0
    for turn in range(ROUNDS):
        round_id = await _open(context, f"{at_once}-{turn}")
        clicks = [Click(Verb.ANSWER, GUILD, CHANNEL, None, round_id, user, 1) for user in range(1, at_once + 1)]
        start = time.perf_counter()
        await asyncio.gather(*map(writer.submit, clicks))
        taken += time.perf_counter() - start
    return at_once * ROUNDS / taken


async def _open(context: Context, nonce: str) -> int:
    """Open one more round."""
    async with context.store.begin() as transaction:
        number = len(await transaction.rounds.recent(GUILD, 1000))
        day = datetime.fromordinal(NOW.toordinal() + number).date()
        claimed = await transaction.rounds.claim(
            guild_id=GUILD,
            local_date=day,
            question=question(),
            channel_id=CHANNEL,
            nonce=nonce,
            now=NOW,
            lease_until=NOW,
        )
        assert claimed is not None
        before = await transaction.rounds.open_in(GUILD)
        if before is not None:
            await transaction.rounds.close(GUILD, before.id, NOW)
        await transaction.rounds.opened(
            GUILD, claimed.id, message_id=10_000 + number, channel_id=CHANNEL, at=NOW, closes_at=None
        )
    return claimed.id


def _bare(folder: Path) -> float:
    """Return how many rows a second can be committed one by one, with nothing else done."""
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, text TEXT)")
        rows = 300
        start = time.perf_counter()
        for _ in range(rows):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO answer (text) VALUES ('x')")
            connection.execute("COMMIT")
        return rows / (time.perf_counter() - start)

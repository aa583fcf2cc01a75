"""Queries that run often find their rows by an index, whatever the size of the tables."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.board import Cursor
from bot.core.round import State
from db import address
from db.connection import build
from db.store import Store, Transaction
from tests.core.strategies import GUILD, MONDAY, NOON
from tests.db.play import ADA, adjustment, open_round, play

Query = Callable[[Transaction], Awaitable[object]]

HOUR = timedelta(hours=1)
QUERIES: dict[str, tuple[Query, str]] = {
    "guilds due": (lambda t: t.guilds.due(NOON, 10), "ix_guild_due"),
    "the next guild due": (lambda t: t.guilds.next_due(), "ix_guild_due"),
    "guilds waking": (lambda t: t.guilds.waking(NOON), "ix_guild_waking"),
    "guilds gone": (lambda t: t.guilds.gone(NOON, 10), "ix_guild_left"),
    "claims expired": (lambda t: t.rounds.expired_claims(NOON, 10), "ix_round_claimed"),
    "rounds whose time is up": (lambda t: t.rounds.expired(NOON, 10), "ix_round_closing|uq_round_open"),
    "messages to change": (lambda t: t.rounds.stale(NOON, 10), "ix_round_stale"),
    "the top of a board": (lambda t: t.ledger.page(GUILD, "all"), "ix_standing_board"),
    "a board after a cursor": (lambda t: t.ledger.page(GUILD, "all", after=Cursor(200, 200)), "ix_standing_board"),
    "a board before a cursor": (lambda t: t.ledger.page(GUILD, "all", before=Cursor(200, 200)), "ix_standing_board"),
    "the answers of a member": (lambda t: t.answers.tally(GUILD, ADA), "ix_answer_member"),
}


@asynccontextmanager
async def watched(url: str) -> AsyncIterator[tuple[Transaction, AsyncConnection, list[tuple[str, Any]]]]:
    """Give a transaction, and the list in which its statements are noted as they run."""
    engine = build(address.read(url))
    seen: list[tuple[str, Any]] = []

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def note(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:  # noqa: ANN401 - as given
        if statement.startswith("SELECT"):
            seen.append((statement, parameters))

    async with engine.connect() as connection:
        await connection.begin()
        yield Transaction(connection, lambda: NOON), connection, seen
    await engine.dispose()


async def plan(connection: AsyncConnection, statement: str, parameters: tuple[Any, ...]) -> str:
    sqlite = connection.dialect.name == "sqlite"
    explained = f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{statement}"
    rows = await connection.exec_driver_sql(explained, parameters)
    return "\n".join(str(row[-1]) for row in rows)


async def test_what_runs_often_is_served_by_an_index(store: Store, url: str) -> None:
    await play(store, 2)
    async with store.begin() as transaction:
        await transaction.ledger.add([adjustment(user, user) for user in range(1, 400)])
        for number in range(60):
            opened = await open_round(transaction, day=MONDAY + timedelta(days=9 + number))
            await transaction.rounds.close(GUILD, opened.id, NOON)
            await transaction.rounds.shown(opened.id, state=State.CLOSED, count=0, next_after=None)
    await store.close()
    async with watched(url) as (transaction, connection, seen):
        if connection.dialect.name == "postgresql":
            await connection.exec_driver_sql("ANALYZE")
            # The tables here are too small for an index to be worth it; what is asked is whether it could be used.
            await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            await connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        for what, (query, index) in QUERIES.items():
            seen.clear()
            await query(transaction)
            asked = [one for one in seen if "board" not in what or "FROM standing" in one[0]]
            plans = [await plan(connection, *one) for one in asked]
            assert plans, what
            assert all(re.search(index, one) for one in plans), (what, plans)
            assert not any(re.search(r"SCAN (guild|round|standing|answer)\b(?! USING)", one) for one in plans), plans


async def test_a_page_of_a_board_is_read_in_its_order(store: Store, url: str) -> None:
    await play(store, 1)
    await store.close()
    async with watched(url) as (transaction, connection, seen):
        for query in (QUERIES[name][0] for name in QUERIES if "board" in name):
            await query(transaction)
        statements = [one for one in seen if "FROM standing" in one[0]]
        if connection.dialect.name == "postgresql":
            await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            await connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        plans = [await plan(connection, statement, parameters) for statement, parameters in statements]
    assert len(plans) > 3
    assert not any("TEMP B-TREE" in one or "Sort" in one for one in plans), plans

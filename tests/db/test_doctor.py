"""The doctor finds every kind of falsified aggregate, and nothing where all is well."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from db import address
from db.connection import build
from db.doctor import examine
from db.errors import DatabaseError
from db.store import Store
from tests.db.play import ADA, BLAISE, CHEN, OTHER, adjustment, play, void
from tests.core.strategies import GUILD, NOON


async def falsify(url: str, *statements: str) -> None:
    """Change rows by hand, past every check of the store."""
    engine = build(address.read(url), foreign_keys=False)
    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(text("SET session_replication_role = replica"))
        for statement in statements:
            assert (await connection.execute(text(statement))).rowcount > 0
    await engine.dispose()


async def played(store: Store) -> None:
    """Play a few days with everything that can happen in two guilds."""
    rounds = await play(store, 5)
    await play(store, 2, guild_id=OTHER)
    async with store.begin() as transaction:
        await void(transaction, rounds[2])
        await transaction.ledger.add([adjustment(BLAISE, 300), adjustment(CHEN, -45)])
        await transaction.ledger.set_hidden(GUILD, CHEN, hidden=True)
        await transaction.erasures.erase(OTHER, ADA, NOON.replace(year=2027))
        await transaction.audit.add(guild_id=GUILD, by=ADA, action="void", detail={}, at=NOON)


async def test_a_database_that_was_only_played_on_is_sound(store: Store, url: str) -> None:
    await played(store)
    assert await examine(url) == []
    assert await examine(url, at_once=1) == []

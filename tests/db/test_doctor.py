"""The doctor finds every kind of falsified aggregate, and nothing where all is well."""

# ruff: noqa: ASYNC240 - files are small here, and nothing waits meanwhile

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from db import address
from db.connection import build
from db.doctor import examine
from db.errors import DatabaseError
from db.store import Store
from tests.core.strategies import GUILD, NOON
from tests.db.play import ADA, BLAISE, CHEN, OTHER, adjustment, play, void


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


FALSIFIED = {
    "a round's count of answers": ("UPDATE round SET answers = answers + 1 WHERE number = 1", "number of answers of"),
    "a streak": ("UPDATE member SET length = 1 WHERE user_id = 3001 AND guild_id = 1001", "figures of 3001"),
    "a best streak": ("UPDATE member SET best = 9 WHERE user_id = 3002 AND guild_id = 1001", "figures of 3002"),
    "freezes": ("UPDATE member SET freezes = 0 WHERE user_id = 3001 AND guild_id = 1001", "figures of 3001"),
    "a count of right answers": (
        "UPDATE member SET correct = 0 WHERE user_id = 3001 AND guild_id = 1001",
        "right is kept",
    ),
    "a lost member": ("DELETE FROM member WHERE user_id = 3001 AND guild_id = 1001", "0 of 0 right is kept"),
    "points on a board": (
        "UPDATE standing SET points = points + 1 WHERE period = 'all' AND user_id = 3002",
        "3002, all",
    ),
    "a lost standing": ("DELETE FROM standing WHERE period = 'm2026-11' AND user_id = 3003", "nothing is kept"),
    "a standing made up": (
        "INSERT INTO standing SELECT guild_id, 'w2020-01-06', user_id, 1, 1, NOT hidden FROM member",
        "nothing follows",
    ),
    "a hidden member on a board": (
        "UPDATE standing SET visible = NOT visible WHERE guild_id = 1001 AND user_id = 3003",
        "visibility of 3003",
    ),
    "a histogram": ("UPDATE tally SET members = members + 1 WHERE level = 1 AND period = 'all'", "histogram"),
    "a lost range of a histogram": ("DELETE FROM tally WHERE level = 2 AND period = 'all'", "histogram"),
    "points of an answer": ("UPDATE answer SET base = 29 WHERE user_id = 3001 AND correct", "points for 3001"),
    "points in the ledger": (
        "UPDATE entry SET points = 3 WHERE kind = 'answer' AND user_id = 3002 AND guild_id = 1001",
        "points for 3002",
    ),
    "a void that left the points": ("DELETE FROM entry WHERE kind = 'void' AND user_id = 3001", "points for 3001"),
    "an answer of somebody erased": (
        "UPDATE erasure SET user_id = 3002",
        "member 3002 was erased, but answer still holds 2 older",
    ),
    "rounds of a guild erased": (
        "UPDATE erasure SET user_id = 0",
        "Guild 1002 was erased, but round still holds 2 older",
    ),
}


@pytest.mark.parametrize("what", FALSIFIED)
async def test_the_doctor_finds(store: Store, url: str, what: str) -> None:
    statement, told = FALSIFIED[what]
    await played(store)
    await store.close()
    if url.startswith("sqlite"):
        statement = statement.replace("NOT visible", "1 - visible").replace("NOT hidden", "1 - hidden")
    await falsify(url, statement)
    findings = await examine(url)
    assert findings
    assert any(told in finding for finding in findings), findings


async def test_the_doctor_stops_telling_after_two_hundred_findings(store: Store, url: str) -> None:
    await played(store)
    async with store.begin() as transaction:
        await transaction.ledger.add([adjustment(user, 5) for user in range(1, 300)])
    await store.close()
    await falsify(url, "UPDATE member SET best = best + 5")
    findings = await examine(url)
    assert len(findings) == 201
    assert findings[-1] == "There may be more."


async def test_the_doctor_reads_while_the_bot_is_in_a_transaction(store: Store, url: str) -> None:
    await played(store)
    async with store.begin() as transaction:
        await transaction.ledger.add([adjustment(ADA, 5)])
        assert await examine(url) == []
    assert await examine(url) == []


async def test_the_doctor_names_a_schema_that_is_not_this_programs(store: Store, url: str) -> None:
    await store.close()
    await falsify(url, "UPDATE alembic_version SET version_num = '9999'")
    (finding,) = await examine(url)
    assert "schema 9999, which is newer" in finding


async def test_the_doctor_needs_a_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="There is no file"):
        await examine(f"sqlite:///{tmp_path / 'none.db'}")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(DatabaseError, match="is empty"):
        await examine("sqlite://")


async def test_the_doctor_tells_of_a_damaged_file(tmp_path: Path) -> None:
    file = tmp_path / "damaged.db"
    file.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 64)
    (finding,) = await examine(f"sqlite:///{file}")
    assert "is damaged" in finding

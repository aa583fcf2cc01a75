"""Backup and restore, as one would do them after a disaster."""

# ruff: noqa: ASYNC240 - files are small here, and nothing waits meanwhile

from __future__ import annotations

import asyncio
import re
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from db.backup import backup, restore
from db.doctor import examine
from db.engine import open_store
from db.errors import BusyError, DamagedError, DatabaseError, SchemaError, SecondInstanceError
from db.store import Store
from tests.core.strategies import GUILD, MONDAY, NOON
from tests.db.play import ADA, BLAISE, OTHER, adjustment, answer, open_round, play
from tests.db.test_migrate import ADD_COLUMN, newer, write_next
from tests.stores import now

__all__ = ["newer"]

DAY = timedelta(days=1)
LATER = NOON + 30 * DAY


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "stepwise.db"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return tmp_path / "saved.db"


async def test_a_backup_taken_while_the_bot_writes_is_sound(store: Store, url: str, saved: Path) -> None:
    await play(store, 2)
    writing = True

    async def write() -> int:
        written = 0
        while writing:
            async with store.begin() as transaction:
                await transaction.ledger.add([adjustment(user, 3) for user in range(1, 60)])
            written += 1
        return written

    writer = asyncio.create_task(write())
    for number in range(5):
        copied = saved.with_name(f"{number}.db")
        line = await backup(url, copied)
        assert f"was saved in {copied}" in line
        assert await examine(f"sqlite:///{copied}") == []
    writing = False
    assert await writer > 0


async def test_a_backup_is_private_and_one_file(store: Store, url: str, saved: Path) -> None:
    await play(store, 1)
    await backup(url, saved)
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert [path.name for path in saved.parent.iterdir() if path.is_file()] == [saved.name]


async def test_a_backup_overwrites_nothing(store: Store, url: str, saved: Path) -> None:
    await play(store, 1)
    saved.write_text("something dear")
    with pytest.raises(DatabaseError, match="exists already"):
        await backup(url, saved)
    assert saved.read_text() == "something dear"
    part = saved.with_name("other.db.part")
    part.write_text("dear too")
    await backup(url, saved.with_name("other.db"))
    assert part.read_text() == "dear too"


async def test_a_backup_that_cannot_be_made_leaves_nothing_behind(url: str, file: Path, saved: Path) -> None:
    with pytest.raises(DatabaseError, match="There is no file"):
        await backup(url, saved)
    assert not saved.exists()
    with pytest.raises(BusyError, match="cannot be written"):
        await backup(url, saved.with_name("nowhere") / "saved.db")
    file.parent.mkdir()
    file.write_bytes(b"no database at all" * 1000)
    with pytest.raises(DamagedError, match=re.escape(f"{file} is damaged")):
        await backup(url, saved)
    assert [path.name for path in saved.parent.iterdir()] == ["home"]


async def test_a_database_that_contradicts_itself_is_not_backed_up_and_called_by_its_name(
    store: Store, url: str, file: Path, saved: Path
) -> None:
    await play(store, 1)
    await store.close()
    await by_hand(url, "INSERT INTO queue (guild_id, item_id, at) VALUES (77, 'a', 'now')")
    with pytest.raises(DamagedError, match=re.escape(f"{file} is damaged (a row of queue refers to nothing)")):
        await backup(url, saved)
    await by_hand(url, "UPDATE guild SET failures = -1")
    with pytest.raises(DamagedError, match="CHECK constraint failed in guild"):
        await backup(url, saved)
    with pytest.raises(DamagedError, match="CHECK constraint failed in guild"):
        await open_store(url, clock=now)
    assert not saved.exists()


async def test_names_too_long_for_the_system_change_nothing(
    store: Store, url: str, file: Path, saved: Path, tmp_path: Path
) -> None:
    await play(store, 1)
    with pytest.raises(BusyError, match="File name too long"):
        await backup(url, saved.with_name("x" * 253))
    await backup(url, saved)
    await store.close()
    long = f"sqlite:///{tmp_path / ('y' * 228)}"
    await (await open_store(long, clock=now)).close()
    with pytest.raises(BusyError, match=r"cannot be replaced .* It was left as it is"):
        await restore(long, saved, now=LATER)
    again = await open_store(long, clock=now)
    async with again.begin() as transaction:
        assert len(await transaction.guilds.ids()) == 0
    await again.close()
    assert file.exists()


async def by_hand(url: str, statement: str) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(statement)
        connection.commit()


async def test_a_restore_after_the_worst_brings_everything_back(
    store: Store, url: str, file: Path, saved: Path
) -> None:
    rounds = await play(store, 3)
    await backup(url, saved)
    before = saved.read_bytes()
    async with store.begin() as transaction:
        await transaction.ledger.add([adjustment(ADA, 500)])
    await store.close()
    damage(file)
    with pytest.raises(DamagedError, match="python -m bot restore"):
        await open_store(url, clock=now)
    line = await restore(url, saved, now=LATER)
    kept = file.with_name("stepwise.db.before-restore-20261223T120000Z")
    assert f"is kept in {kept}" in line
    assert kept.exists()
    assert saved.read_bytes() == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert await examine(url) == []
    again = await open_store(url, clock=now)
    async with again.begin() as transaction:
        assert await transaction.ledger.points(GUILD, ADA) == 63
        assert await transaction.rounds.latest(GUILD) is not None
        assert (await open_round(transaction, day=MONDAY + 9 * DAY)).id > rounds[-1].id
    await again.close()
    with pytest.raises(DamagedError):
        await restore(url, kept, now=LATER)


async def test_an_erasure_beats_a_restore(store: Store, url: str, saved: Path) -> None:
    await play(store, 2)
    await play(store, 2, guild_id=OTHER)
    await play(store, 1, guild_id=1003)
    async with store.begin() as transaction:
        await transaction.erasures.erase(GUILD, BLAISE, LATER)
    await backup(url, saved)
    async with store.begin() as transaction:
        await transaction.erasures.erase(GUILD, ADA, LATER + DAY)
        await transaction.erasures.erase_guild(1003, LATER + DAY)
    await store.close()
    line = await restore(url, saved, now=LATER + 2 * DAY)
    assert "Erasures done again: 2." in line
    assert await examine(url) == []
    again = await open_store(url, clock=now)
    async with again.begin() as transaction:
        pairs = [(GUILD, ADA), (GUILD, BLAISE), (OTHER, ADA), (1003, 0)]
        assert await transaction.erasures.tombstones(pairs) == {
            (GUILD, ADA): LATER + DAY,
            (GUILD, BLAISE): LATER,
            (1003, 0): LATER + DAY,
        }
        exported = await transaction.erasures.export(GUILD, ADA)
        assert [name for name, value in exported.items() if value and not name.endswith("_id")] == ["erased"]
        assert await transaction.ledger.points(OTHER, ADA) == 41
        assert await transaction.guilds.ids() == {GUILD, OTHER}
    await again.close()


async def test_who_was_erased_before_a_backup_and_came_back_is_not_erased_again(
    store: Store, url: str, saved: Path
) -> None:
    await play(store, 1)
    async with store.begin() as transaction:
        await transaction.erasures.erase(GUILD, ADA, NOON + timedelta(hours=1))
        await answer(transaction, await open_round(transaction, day=MONDAY + DAY), {ADA: "right"})
    await backup(url, saved)
    await store.close()
    assert "done again" not in await restore(url, saved, now=LATER)
    again = await open_store(url, clock=now)
    async with again.begin() as transaction:
        assert await transaction.ledger.points(GUILD, ADA) == 20
    await again.close()


async def test_a_running_bot_refuses_a_restore(store: Store, url: str, saved: Path) -> None:
    await play(store, 1)
    await backup(url, saved)
    with pytest.raises(SecondInstanceError):
        await restore(url, saved, now=LATER)


async def test_a_bad_backup_is_not_restored(store: Store, url: str, file: Path, saved: Path) -> None:
    await play(store, 3)
    await backup(url, saved)
    await store.close()
    before = file.read_bytes()
    with pytest.raises(DatabaseError, match="is the database itself"):
        await restore(url, file, now=LATER)
    with pytest.raises(DatabaseError, match="There is no file"):
        await restore(url, saved.with_name("none.db"), now=LATER)
    damage(saved)
    with pytest.raises(DamagedError, match="no sound backup, and nothing was restored"):
        await restore(url, saved, now=LATER)
    empty = saved.with_name("empty.db")
    empty.touch()
    with pytest.raises(SchemaError):
        await restore(url, empty, now=LATER)
    with closing(sqlite3.connect(empty)) as connection:
        connection.execute("CREATE TABLE cookies (id INTEGER)")
    with pytest.raises(SchemaError, match="some other program"):
        await restore(url, empty, now=LATER)
    assert file.read_bytes() == before
    assert {path.name for path in file.parent.iterdir()} == {file.name, f"{file.name}.lock", f"{file.name}-journal"}


async def test_a_backup_with_an_unknown_schema_is_not_restored(store: Store, url: str, saved: Path) -> None:
    await backup(url, saved)
    await store.close()
    with closing(sqlite3.connect(saved)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
        connection.commit()
    with pytest.raises(SchemaError, match="newer"):
        await restore(url, saved, now=LATER)


async def test_an_older_backup_is_brought_up_to_date(store: Store, url: str, saved: Path, newer: object) -> None:
    await play(store, 1)
    await backup(url, saved)
    await store.close()
    plan = write_next(newer, ADD_COLUMN)  # type: ignore[arg-type]
    await restore(url, saved, now=LATER, plan=plan)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        assert connection.execute("SELECT colour FROM guild").fetchall() == [(None,)]


async def test_a_restore_where_there_was_nothing_needs_no_copy(store: Store, url: str, file: Path, saved: Path) -> None:
    await play(store, 1)
    await backup(url, saved)
    await store.close()
    elsewhere = file.parent.parent / "new home" / "stepwise.db"
    line = await restore(f"sqlite:///{elsewhere}", saved, now=LATER)
    assert line == f"{elsewhere} is as it was in {saved}."
    assert await examine(f"sqlite:///{elsewhere}") == []


async def test_a_journal_of_the_replaced_file_does_not_spoil_the_new_one(
    store: Store, url: str, file: Path, saved: Path
) -> None:
    await play(store, 1)
    await backup(url, saved)
    await store.close()
    file.write_bytes(b"rubbish" * 9999)
    journal = file.with_name(f"{file.name}-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(4096))
    leftover = file.with_name(f"{file.name}-shm")
    leftover.write_bytes(b"rubbish")
    line = await restore(url, saved, now=LATER)
    assert "whatever was erased since the backup has to be erased again" in line
    assert await examine(url) == []
    assert not leftover.exists()
    assert file.with_name("stepwise.db.before-restore-20261223T120000Z-shm").read_bytes() == b"rubbish"


async def test_postgresql_is_left_to_its_own_tools(saved: Path) -> None:
    address = "postgresql://somebody:secret@127.0.0.1:5432/stepwise"
    with pytest.raises(DatabaseError, match="pg_dump --format=custom") as caught:
        await backup(address, saved)
    assert "secret" not in str(caught.value)
    with pytest.raises(DatabaseError, match="pg_restore") as caught:
        await restore(address, saved, now=LATER)
    assert "secret" not in str(caught.value)
    with pytest.raises(DatabaseError, match="there is nothing to save"):
        await backup("sqlite://", saved)


def damage(file: Path) -> None:
    """Flip bits in the middle of every page but the first."""
    content = bytearray(file.read_bytes())
    for start in range(4096, len(content), 4096):
        for place in range(start, start + 200):
            content[place] ^= 0xFF
    file.write_bytes(content)

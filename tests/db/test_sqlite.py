"""The SQLite file: one process, private, and an honest word when something is wrong with it."""

# ruff: noqa: ASYNC240, PT012 - files are small and nothing waits; exceptions pass through the end of a transaction

from __future__ import annotations

import asyncio
import logging
import sqlite3
import stat
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from db import address, sqlite
from db.backup import restore
from db.connection import build
from db.engine import open_store
from db.errors import BusyError, DamagedError, DatabaseError, SecondInstanceError
from db.lock import FileLock
from db.store import Store
from tests.core.strategies import GUILD, NOON, guild
from tests.db.play import ADA, adjustment, play, set_up
from tests.db.test_backup import damage
from tests.stores import now

HOLD = """
import asyncio, sys
from datetime import UTC, datetime
from db.engine import open_store

async def main():
    store = await open_store(sys.argv[1], clock=lambda: datetime.now(UTC))
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await store.close()

asyncio.run(main())
"""

EXCLUDE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "stepwise.db"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite:///{file}"


@asynccontextmanager
async def another_process(program: str, argument: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a program that says when it is ready and ends when its input does."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, argument, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert await process.stdout.readline() == b"open\n"
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.stdin.close()
        await process.wait()


async def test_a_second_process_is_refused_until_the_first_ends(url: str) -> None:
    async with another_process(HOLD, url) as process:
        with pytest.raises(SecondInstanceError, match=r"Another process uses .*stepwise\.db: only one may"):
            await open_store(url, clock=now)
        process.kill()
        await process.wait()
        await (await open_store(url, clock=now)).close()


async def test_file_and_folder_are_for_their_owner_only(store: Store, file: Path) -> None:
    await play(store, 1)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()} == {0o600}


async def test_a_file_open_to_all_is_made_private(file: Path, url: str) -> None:
    file.parent.mkdir()
    file.touch(0o666)
    file.chmod(0o666)
    await (await open_store(url, clock=now)).close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_closing_twice_is_harmless(url: str) -> None:
    store = await open_store(url, clock=now)
    await store.close()
    await store.close()


async def test_a_file_locked_by_another_process_is_waited_for_and_then_given_up(
    store: Store, file: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await play(store, 1)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.3)
    impatient = Store(build(address.read(url)), clock=now)
    async with another_process(EXCLUDE, str(file)):
        started = asyncio.get_running_loop().time()
        with pytest.raises(BusyError, match=r"Another program keeps the database locked\. Nothing was stored"):
            async with impatient.begin() as transaction:
                await transaction.ledger.add([adjustment(ADA, 5)])
        assert 0.2 < asyncio.get_running_loop().time() - started < 2
        with pytest.raises(BusyError):
            await asyncio.to_thread(sqlite.check, file)
    async with impatient.begin() as transaction:
        assert await transaction.ledger.points(GUILD, ADA) == 20
    await impatient.close()
    assert sqlite.BUSY_SECONDS == 0.3


async def test_a_reader_in_another_program_makes_the_commit_wait_and_nothing_is_stored(
    store: Store, file: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await play(store, 1)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    impatient = Store(build(address.read(url)), clock=now)
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchone()
        if sqlite.journal() == "TRUNCATE":
            with pytest.raises(BusyError):
                async with impatient.begin() as transaction:
                    await transaction.ledger.add([adjustment(ADA, 5)])
        reader.execute("COMMIT")
    async with impatient.begin() as transaction:
        assert await transaction.ledger.points(GUILD, ADA) == 20
        await transaction.ledger.add([adjustment(ADA, 5)])
    async with store.begin() as transaction:
        assert await transaction.ledger.points(GUILD, ADA) == 25
    await impatient.close()


async def test_a_full_disk_is_told_and_gets_well_by_itself(store: Store) -> None:
    await play(store, 1)
    async with store.begin() as transaction:
        pages = await limit_pages(transaction, 1)
    with pytest.raises(BusyError, match="The disk is full: free some space"):
        async with store.begin() as transaction:
            for number in range(100):
                await transaction.notes.set(f"note {number}", "x" * 10_000)
    async with store.begin() as transaction:
        assert await transaction.notes.get("note 0") is None
        await limit_pages(transaction, pages + 10_000)
        await transaction.notes.set("note 0", "x" * 10_000)
    async with store.begin() as transaction:
        assert await transaction.notes.get("note 0") is not None


async def limit_pages(transaction: object, most: int) -> int:
    """Let the file grow no further than it is, or than `most` pages."""
    connection = transaction.notes._connection  # type: ignore[attr-defined]  # noqa: SLF001 - a fault, injected
    rows = await connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")
    return int(rows.scalar())


async def test_a_damaged_file_is_refused_and_left_as_it_is(store: Store, file: Path, url: str) -> None:
    await play(store, 3)
    await store.close()
    damage(file)
    before = file.read_bytes()
    with pytest.raises(DamagedError, match=r"stepwise\.db is damaged .* It was left as it is.*python -m bot restore"):
        await open_store(url, clock=now)
    assert file.read_bytes() == before
    FileLock(file).release()


async def test_a_file_cut_short_is_refused_and_left_as_it_is(store: Store, file: Path, url: str) -> None:
    await play(store, 3)
    await store.close()
    before = file.read_bytes()[: 4096 * 10 + 100]
    file.write_bytes(before)
    with pytest.raises(DamagedError):
        await open_store(url, clock=now)
    assert file.read_bytes() == before


async def test_a_file_that_is_no_database_is_refused(file: Path, url: str) -> None:
    file.parent.mkdir()
    file.write_text("Dear diary, " * 1000)
    with pytest.raises(DamagedError, match="file is not a database"):
        await open_store(url, clock=now)


async def test_damage_met_while_running_is_told(store: Store, file: Path, url: str) -> None:
    await play(store, 3)
    await store.close()
    damage(file)
    unaware = Store(build(address.read(url)), clock=now)
    with pytest.raises(DamagedError, match="python -m bot restore"):
        async with unaware.begin() as transaction:
            await transaction.ledger.points(GUILD, ADA)
    await unaware.close()


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "TRUNCATE"),
        ((3, 44, 5), "TRUNCATE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "TRUNCATE"),
        ((3, 50, 6), "TRUNCATE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_a_write_ahead_log_is_used_where_it_is_safe(version: tuple[int, int, int], mode: str) -> None:
    assert sqlite.journal(version) == mode


async def test_the_version_is_logged_at_the_start(url: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "db.sqlite"):
        await (await open_store(url, clock=now)).close()
    assert f"SQLite {sqlite3.sqlite_version}, journal mode {sqlite.journal()}" in caplog.text


async def test_connections_are_set_for_safety(store: Store) -> None:
    async with store.begin() as transaction:
        connection = transaction.notes._connection  # noqa: SLF001 - what is set on it is the point
        found = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
            for name in ("foreign_keys", "synchronous", "journal_mode", "busy_timeout", "cell_size_check")
        }
    assert found == {
        "foreign_keys": 1,
        "synchronous": 2,
        "journal_mode": sqlite.journal().lower(),
        "busy_timeout": 2000,
        "cell_size_check": 1,
    }


async def test_what_is_erased_is_gone_from_the_file_too(store: Store, file: Path) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        await transaction.ledger.add([replace(adjustment(ADA, 5), reason="a word about Ada")])
    assert b"a word about Ada" in file.read_bytes()
    async with store.begin() as transaction:
        await transaction.erasures.erase(GUILD, ADA, NOON)
    left = b"".join(path.read_bytes() for path in file.parent.iterdir() if sqlite.journal() == "TRUNCATE")
    assert b"a word about Ada" not in left


async def test_a_database_in_memory_needs_no_file() -> None:
    store = await open_store("sqlite://", clock=now)
    async with store.begin() as transaction:
        await transaction.guilds.save(guild())
    async with store.begin() as transaction:
        assert len(await transaction.guilds.ids()) == 1
    await store.close()


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    url = f"sqlite:///{tmp_path / 'file' / 'stepwise.db'}"
    with pytest.raises(DatabaseError, match=r"cannot be used .*: check its folder"):
        await open_store(url, clock=now)
    with pytest.raises(DatabaseError, match="cannot be used"):
        await restore(url, tmp_path / "saved.db", now=NOON)


async def test_a_lock_that_cannot_be_made_is_told(file: Path, url: str) -> None:
    lock = file.with_name(f"{file.name}.lock")
    lock.mkdir(parents=True)
    with pytest.raises(DatabaseError, match=r"stepwise\.db\.lock cannot be used"):
        await open_store(url, clock=now)

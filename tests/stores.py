"""Fresh databases for tests on both engines: an SQLite file, or a PostgreSQL database that is gone afterwards.

PostgreSQL is looked for at STEPWISE_TEST_POSTGRES, or on this machine's usual port. Making a database takes it much
longer than emptying one, so those that a test leaves with the schema as it was are emptied and used again.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Literal

import asyncpg

from db.engine import open_store
from db.schema import VERSION, metadata
from db.store import Store
from tests.require import require

Kind = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")

SERVER = os.environ.get("STEPWISE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")

_SHAPE = "SELECT string_agg(attrelid::regclass || attname, ',' ORDER BY 1) FROM pg_attribute WHERE attrelid >= 16384"
"""A query for the names of all columns and indices that are not the server's own."""

_CLEAR = "; ".join(
    (
        "SET session_replication_role = replica",  # no foreign keys, so that the order is all the same
        *(f"DELETE FROM {table.name}" for table in metadata.tables.values()),  # noqa: S608 - names of ours
        f"UPDATE alembic_version SET version_num = '{VERSION}'",  # noqa: S608 - as above
    )
)
_numbers = count(1)
_sqlite: list[Path] = []
_postgres: list[str] = []


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


@asynccontextmanager
async def temporary_store(kind: Kind, folder: Path, *, clock: Callable[[], datetime] = now) -> AsyncIterator[Store]:
    """Open a store in a fresh database, with the schema in it."""
    async with temporary_url(kind, folder) as url:
        store = await open_store(url, clock=clock)
        try:
            yield store
        finally:
            await store.close()


@asynccontextmanager
async def temporary_url(kind: Kind, folder: Path, *, empty: bool = False) -> AsyncIterator[str]:
    """Give the URL of a fresh database, with the schema in it unless it is to be empty."""
    if kind == "sqlite":
        file = folder / f"stepwise{next(_numbers)}.db"
        if not empty:
            shutil.copyfile(await _sqlite_template(), file)
        yield f"sqlite:///{file}"
        return
    await _reach()
    name = await _make() if empty or not _postgres else _postgres.pop()
    try:
        if not empty:
            await (await open_store(f"{SERVER}/{name}", clock=now)).close()
        shape = await _run(_SHAPE, name)
        yield f"{SERVER}/{name}"
        if not empty and await _run(_SHAPE, name) == shape:
            await _run(_CLEAR, name)
            _postgres.append(name)
    finally:
        if name not in _postgres:
            await _run(f"DROP DATABASE {name} WITH (FORCE)")


async def _sqlite_template() -> Path:
    if not _sqlite:
        folder = tempfile.TemporaryDirectory(prefix="stepwise")
        atexit.register(folder.cleanup)
        _sqlite.append(Path(folder.name) / "template.db")
        await (await open_store(f"sqlite:///{_sqlite[0]}", clock=now)).close()
    return _sqlite[0]


async def _reach() -> None:
    """Skip the test where there is no PostgreSQL."""
    try:
        await _run("SELECT 1")
    except (OSError, asyncpg.PostgresError) as error:
        require("postgres", present=False, reason=f"no PostgreSQL answers at {SERVER} ({type(error).__name__})")


async def _make() -> str:
    name = f"stepwise_{os.getpid()}_{next(_numbers)}"
    await _run(f"CREATE DATABASE {name}")
    return name


@atexit.register
def _drop_all() -> None:
    for name in _postgres:
        asyncio.run(_run(f"DROP DATABASE {name} WITH (FORCE)"))


async def _run(statement: str, database: str = "postgres") -> object:
    connection = await asyncpg.connect(f"{SERVER}/{database}", timeout=5)
    try:
        if statement.startswith("SELECT"):
            return await connection.fetchval(statement)
        return await connection.execute(statement)
    finally:
        await connection.close()

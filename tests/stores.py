"""Fresh databases for tests on both engines: an SQLite file, or a PostgreSQL database that is gone afterwards.

PostgreSQL is looked for at STEPWISE_TEST_POSTGRES, or on this machine's usual port. The schema is built once for each
process, in a template that every further database is a copy of.
"""

from __future__ import annotations

import asyncio
import atexit
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Literal

import asyncpg

from db.engine import open_store
from db.store import Store
from tests.require import require

Kind = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")

SERVER = os.environ.get("STEPWISE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
_TEMPLATE = f"stepwise_{os.getpid()}_template"
_numbers = count(1)
_made: dict[str, bool] = {}


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
        yield f"sqlite:///{folder / f'stepwise{next(_numbers)}.db'}"
        return
    await _reach()
    name = f"stepwise_{os.getpid()}_{next(_numbers)}"
    await _run(f"CREATE DATABASE {name}" if empty else f"CREATE DATABASE {name} TEMPLATE {await _template()}")
    try:
        yield f"{SERVER}/{name}"
    finally:
        await _run(f"DROP DATABASE {name} WITH (FORCE)")


async def _reach() -> None:
    """Skip the test where there is no PostgreSQL."""
    try:
        await _run("SELECT 1")
    except (OSError, asyncpg.PostgresError) as error:
        require("postgres", present=False, reason=f"no PostgreSQL answers at {SERVER} ({type(error).__name__})")


async def _template() -> str:
    if not _made:
        await _run(f"CREATE DATABASE {_TEMPLATE}")
        _made[_TEMPLATE] = True
        atexit.register(_drop_template)
        await (await open_store(f"{SERVER}/{_TEMPLATE}", clock=now)).close()
    return _TEMPLATE


def _drop_template() -> None:
    asyncio.run(_run(f"DROP DATABASE IF EXISTS {_TEMPLATE} WITH (FORCE)"))


async def _run(statement: str) -> None:
    connection = await asyncpg.connect(f"{SERVER}/postgres", timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()

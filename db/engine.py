"""From a URL to a store that may be used: found, locked, checked and of the right schema."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from db import address, migrate, sqlite
from db.address import Address
from db.errors import (
    BusyError,
    ClashError,
    ConflictError,
    DamagedError,
    DatabaseError,
    SchemaError,
    SecondInstanceError,
    UncertainError,
)
from db.lock import FileLock
from db.store import Store

__all__ = [
    "BusyError",
    "ClashError",
    "ConflictError",
    "DamagedError",
    "DatabaseError",
    "SchemaError",
    "SecondInstanceError",
    "UncertainError",
    "build",
    "open_store",
]

log = logging.getLogger(__name__)

ROWS_PER_STATEMENT = 4000
"""Rows of one INSERT that returns something; eight parameters each still fit into one statement on both engines."""

_POSTGRESQL = {
    "application_name": "stepwise",
    "statement_timeout": "10000",
    "lock_timeout": "2000",
    "idle_in_transaction_session_timeout": "30000",
}


async def open_store(url: str, *, clock: Callable[[], datetime]) -> Store:
    """Open the store at `url`, building the schema where there is nothing yet.

    Raises SecondInstanceError, DamagedError, SchemaError (older: migrate first; newer: update the program), BusyError,
    or DatabaseError. On SQLite the file is locked against other instances until `close`.
    """
    place = address.read(url)
    lock = await asyncio.to_thread(_secure, place) if place.file else None
    engine = build(place)
    try:
        await migrate.ensure(engine, place)
    except BaseException:
        await engine.dispose()
        if lock:
            lock.release()
        raise
    return Store(engine, clock=clock, release=lock.release if lock else None)


def build(place: Address, *, foreign_keys: bool = True) -> AsyncEngine:
    """Return an engine for a place, with nothing opened yet. On SQLite it has one connection."""
    if place.dialect == "postgresql":
        return create_async_engine(
            place.url,
            pool_size=5,
            max_overflow=5,
            pool_timeout=5,
            pool_pre_ping=True,
            insertmanyvalues_page_size=ROWS_PER_STATEMENT,
            connect_args={"timeout": 5, "command_timeout": 15, "server_settings": _POSTGRESQL},
        )
    engine = create_async_engine(
        place.url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_reset_on_return=None,
        insertmanyvalues_page_size=ROWS_PER_STATEMENT,
        # The driver's own transaction control would begin late and commit before DDL.
        connect_args={"timeout": sqlite.BUSY_SECONDS, "isolation_level": None},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _: object) -> None:
        sqlite.configure(connection, foreign_keys=foreign_keys)

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _secure(place: Address) -> FileLock:
    """Lock and check an SQLite file; it is left as it is when that fails."""
    assert place.file is not None  # noqa: S101 - for the type checker
    sqlite.announce()
    sqlite.prepare(place.file)
    lock = FileLock(place.file)
    try:
        sqlite.check(place.file)
    except BaseException:
        lock.release()
        raise
    return lock

"""Engines: how each database is talked to, and what is done to an SQLite file before it is."""

from __future__ import annotations

from sqlalchemy import URL, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from db import sqlite
from db.address import Address
from db.lock import FileLock

ROWS_PER_STATEMENT = 4000
"""Rows of one INSERT that returns something; eight parameters each still fit into one statement on both engines."""

_POSTGRESQL = {
    "application_name": "stepwise",
    "statement_timeout": "10000",
    "lock_timeout": "2000",
    "idle_in_transaction_session_timeout": "30000",
}

_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def build(place: Address, *, foreign_keys: bool = True, read_only: bool = False) -> AsyncEngine:
    """Return an engine for a place, with nothing opened yet. On SQLite it has one connection.

    `read_only` is for those who look on while another process writes: transactions then see one state throughout.
    """
    if place.dialect == "postgresql":
        return create_async_engine(
            place.url,
            pool_size=5,
            max_overflow=5,
            pool_timeout=5,
            pool_pre_ping=True,
            insertmanyvalues_page_size=ROWS_PER_STATEMENT,
            connect_args={"timeout": 5, "command_timeout": 15, "server_settings": _POSTGRESQL},
            execution_options=_SNAPSHOT if read_only else {},
        )
    engine = create_async_engine(
        _looking_on(place) if read_only else place.url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=60,  # hundreds of guilds may be due at once, and their turns at the one connection are short
        pool_reset_on_return=None,
        insertmanyvalues_page_size=ROWS_PER_STATEMENT,
        # The driver's own transaction control would begin late and commit before DDL.
        connect_args={"timeout": sqlite.BUSY_SECONDS, "isolation_level": None},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: DBAPIConnection, _: object) -> None:
        if not read_only:
            sqlite.configure(connection, foreign_keys=foreign_keys)

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _looking_on(place: Address) -> URL:
    assert place.file is not None  # noqa: S101 - for the type checker
    return place.url.set(database=place.file.as_uri(), query={"mode": "ro", "uri": "true"})


def secure(place: Address) -> FileLock:
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

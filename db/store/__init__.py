"""The one interface to what is kept: a store gives transactions, a transaction has a part for each kind of thing."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.errors import translated, translated_commit
from db.store.answers import Answers
from db.store.audit import Audit
from db.store.erasures import Erasures
from db.store.guilds import Guilds
from db.store.ledger import Ledger
from db.store.members import Members
from db.store.notes import Notes
from db.store.rounds import Rounds

__all__ = ["Store", "Transaction"]

log = logging.getLogger(__name__)


class Transaction:
    """Everything done through one of these is stored together or not at all."""

    __slots__ = ("answers", "audit", "erasures", "guilds", "ledger", "members", "notes", "rounds")

    def __init__(self, connection: AsyncConnection, clock: Callable[[], datetime]) -> None:
        self.guilds = Guilds(connection, clock)
        self.rounds = Rounds(connection)
        self.answers = Answers(connection)
        self.members = Members(connection)
        self.ledger = Ledger(connection)
        self.notes = Notes(connection)
        self.audit = Audit(connection)
        self.erasures = Erasures(connection)


class Store:
    """An open database. On SQLite transactions take turns, on PostgreSQL they run side by side."""

    def __init__(
        self, engine: AsyncEngine, *, clock: Callable[[], datetime], release: Callable[[], None] | None = None
    ) -> None:
        """Use an engine whose database has the right schema; `release` is called when the store is closed."""
        self._engine = engine
        self._clock = clock
        self._release = release

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """Begin a transaction; it is committed at the end, or rolled back when an exception ends it.

        Raises BusyError when it cannot begin; ClashError, which is worth another try at once; ConflictError when a
        constraint refused something; UncertainError when the commit may have happened or not. An error of the database
        ends the transaction: what raised it cannot be caught within and passed over.
        """
        connection = await self._connect()
        try:
            yield Transaction(connection, self._clock)
            await _commit(connection)
        except BaseException:
            await _abandon(connection)
            raise
        finally:
            await connection.close()

    async def close(self) -> None:
        """Close all connections and let go of the file; harmless when repeated."""
        await self._engine.dispose()
        if self._release is not None:
            self._release()

    async def _connect(self) -> AsyncConnection:
        connection = self._engine.connect()
        try:
            await connection.start()
            await connection.begin()
        except BaseException as error:
            if connection.sync_connection is not None:
                await connection.close()
            if isinstance(error, (DBAPIError, PoolTimeoutError, OSError)):
                raise translated(error) from error
            raise
        return connection


async def _commit(connection: AsyncConnection) -> None:
    try:
        await connection.commit()
    except (DBAPIError, OSError) as error:
        # SQLAlchemy takes the transaction for ended and would not roll back, but SQLite still is in the midst of it.
        await connection.invalidate()
        raise translated_commit(error) from error


async def _abandon(connection: AsyncConnection) -> None:
    """Leave nothing of a transaction behind; the error that ended it matters more than one met here."""
    try:
        await connection.rollback()
    except (DBAPIError, OSError) as error:
        log.warning("a transaction could not be rolled back: %s", error)
        await connection.invalidate()

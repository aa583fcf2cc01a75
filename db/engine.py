"""From a URL to a store that may be used: found, locked, checked and of the right schema."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from db import address, migrate
from db.connection import build, secure
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


async def open_store(url: str, *, clock: Callable[[], datetime]) -> Store:
    """Open the store at `url`, building the schema where there is nothing yet.

    Raises SecondInstanceError, DamagedError, SchemaError (older: migrate first; newer: update the program), BusyError,
    or DatabaseError. On SQLite the file is locked against other instances until `close`.
    """
    place = address.read(url)
    lock = await asyncio.to_thread(secure, place) if place.file else None
    engine = build(place)
    try:
        await migrate.ensure(engine, place)
    except BaseException:
        await engine.dispose()
        if lock:
            lock.release()
        raise
    return Store(engine, clock=clock, release=lock.release if lock else None)

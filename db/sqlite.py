"""What SQLite needs before and at every connection: a private, sound file, and settings that keep it so."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine.interfaces import DBAPIConnection

from db.errors import BusyError, DamagedError, DatabaseError, damaged_line, of_sqlite, unusable

log = logging.getLogger(__name__)

BUSY_SECONDS = 2.0
"""How long a statement waits for another process that keeps the file locked."""

_FIXED = (3, 51, 3)
_BACKPORTS = {(3, 50): (3, 50, 7), (3, 44): (3, 44, 6)}


def journal(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str:
    """Return the journal mode that is safe with this SQLite.

    From 3.7.0 to 3.51.2 a write-ahead log may corrupt the database when a second connection, such as a backup's,
    meets a checkpoint. Those versions get a rollback journal, which only makes readers and writers take turns.
    """
    fixed = version >= _FIXED or version >= _BACKPORTS.get(version[:2], _FIXED)
    return "WAL" if fixed else "TRUNCATE"


def prepare(file: Path) -> None:
    """Make sure the file exists, is for its owner only, and its folder too where it had to be made.

    Raises DatabaseError when the system does not let us.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        file.chmod(0o600)
    except OSError as error:
        raise unusable(file, error) from error


def check(file: Path) -> None:
    """Read the whole file once; raises DamagedError when it is not sound, BusyError when another keeps it locked."""
    with opened(file) as connection:
        try:
            found = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
        except sqlite3.Error as error:
            raise explained(error, file) from error
    if found != ["ok"]:
        raise DamagedError(damaged_line(str(file), found[0]))


def opened(file: Path) -> closing[sqlite3.Connection]:
    """Open the file for a few statements outside the engine, never making it."""
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)
    except sqlite3.Error as error:
        raise explained(error, file) from error
    connection.isolation_level = None
    return closing(connection)


def explained(error: sqlite3.Error, file: Path) -> DatabaseError:
    """Return the error for people that `error` amounts to, with the file's name in it."""
    result = of_sqlite(getattr(error, "sqlite_errorname", ""), str(error))
    if isinstance(result, DamagedError):
        return DamagedError(damaged_line(str(file), str(error)))
    if isinstance(result, BusyError) and not file.exists():
        return DatabaseError(f"There is no file {file}.")
    return result


def configure(connection: DBAPIConnection, *, foreign_keys: bool = True) -> None:
    """Set up a new connection of the engine; the busy time-out is given when connecting."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA cell_size_check = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten too
    cursor.execute(f"PRAGMA journal_mode = {journal()}")
    cursor.close()


def announce() -> None:
    """Log which SQLite this is, and what follows from it."""
    mode = journal()
    reason = "" if mode == "WAL" else ": before 3.51.3 a write-ahead log is not safe beside a backup"
    log.info("SQLite %s, journal mode %s%s", sqlite3.sqlite_version, mode, reason)

"""What can go wrong with the database. The text of each error is a line for people: what is the matter, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError


class DatabaseError(Exception):
    """Something is wrong with the database; nothing of the transaction was stored."""


class SecondInstanceError(DatabaseError):
    """Another process holds the SQLite file."""


class DamagedError(DatabaseError):
    """The file is damaged. It is left as it is."""


class SchemaError(DatabaseError):
    """The schema is not the one this code was written for."""


class ConflictError(DatabaseError):
    """A constraint refused the change, most likely because somebody else was faster."""


class BusyError(DatabaseError):
    """The database cannot serve now (locked, disk full, out of reach); the same may well work later."""


class ClashError(BusyError):
    """PostgreSQL ended the transaction in favour of another: it may be run again at once."""


class UncertainError(DatabaseError):
    """The connection broke during the commit: whether the change was stored can only be found out by reading."""


_CLASHES = {"40001", "40P01"}  # serialization_failure, deadlock_detected
_BUSY_CLASSES = {"08", "53", "55", "57"}  # connection, resources, lock not available, operator's intervention
_NOTHING_STORED = "Nothing was stored; try again in a moment."


def translated(error: DBAPIError | PoolTimeoutError | OSError) -> DatabaseError:
    """Return the error of this family that `error` amounts to when it happened before the commit."""
    if isinstance(error, PoolTimeoutError):
        return BusyError(f"All connections to the database are in use. {_NOTHING_STORED}")
    if isinstance(error, OSError):
        return BusyError(f"The database cannot be reached ({error}). {_NOTHING_STORED}")
    if isinstance(error, IntegrityError):
        return ConflictError(f"The database refused the change ({error.orig}). Nothing was stored.")
    name = getattr(error.orig, "sqlite_errorname", None)
    return _of_postgresql(error) if name is None else of_sqlite(name, str(error.orig))


def _of_postgresql(error: DBAPIError) -> DatabaseError:
    state = getattr(error.orig, "sqlstate", None) or ""
    if state in _CLASHES:
        return ClashError(f"Two changes got in each other's way ({error.orig}). {_NOTHING_STORED}")
    if error.connection_invalidated or state[:2] in _BUSY_CLASSES or _is_network(error):
        return BusyError(f"The database is out of reach or overloaded ({error.orig}). {_NOTHING_STORED}")
    return DatabaseError(f"The database refused a statement ({error.orig}). Nothing was stored.")


@contextmanager
def translating() -> Iterator[None]:
    """Raise what goes wrong within as an error of this family."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError, OSError) as error:
        raise translated(error) from error


def translated_commit(error: DBAPIError | OSError) -> DatabaseError:
    """Return the error that a failed commit amounts to: a connection lost in the middle of it leaves it open."""
    lost = isinstance(error, OSError) or error.connection_invalidated or _is_network(error)
    if lost and getattr(getattr(error, "orig", None), "sqlite_errorname", None) is None:
        return UncertainError(
            "The connection to the database broke during a commit. The change may be stored or not: read it again."
        )
    return translated(error)


def of_sqlite(name: str, text: str) -> DatabaseError:
    """Return the error that SQLite's result code `name` amounts to."""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError(f"Another program keeps the database locked. {_NOTHING_STORED}")
    if name == "SQLITE_FULL":
        return BusyError("The disk is full: free some space. Nothing was stored; it works again by itself.")
    if name.startswith("SQLITE_CANTOPEN"):
        return BusyError(f"The file cannot be opened ({text}): check its path and rights. Nothing was changed.")
    if name.startswith(("SQLITE_IOERR", "SQLITE_READONLY")):
        return BusyError(f"The disk does not take the change ({text}): check its space and rights. Nothing was stored.")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DamagedError(damaged_line("The database", text))
    return DatabaseError(f"The database refused a statement ({text}). Nothing was stored.")


def unusable(file: object, error: OSError) -> DatabaseError:
    """Return the error for a file or folder that the system does not let us use."""
    return DatabaseError(f"{file} cannot be used ({error.strerror}): check its folder and the rights to it.")


def damaged_line(what: str, detail: str) -> str:
    """Return the line that says what to do about a damaged file."""
    return (
        f"{what} is damaged ({detail}). It was left as it is. "
        "Stop the bot and go back to a backup: python -m bot restore BACKUP"
    )


def _is_network(error: DBAPIError) -> bool:
    """Tell whether the driver gave up on the connection itself."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, (OSError, TimeoutError)) or type(seen).__name__ == "ConnectionDoesNotExistError":
            return True
        seen = seen.__cause__
    return False

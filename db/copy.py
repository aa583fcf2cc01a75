"""Copies of SQLite files that can be relied on: whole, checked, private, and never in the place of another file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from db.errors import BusyError, DamagedError, DatabaseError, damaged_line
from db.sqlite import explained, opened


def duplicate(source: Path, target: Path) -> int:
    """Copy a database as it is at one moment, also while it is written to, and return the copy's size in bytes.

    A copy that does not come out sound is removed.

    Raises DatabaseError when the target exists or the source does not; DamagedError or BusyError for either.
    """
    try:
        part = beside(target, "part")
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        message = f"{target} exists already, and a backup never overwrites anything. Choose another name."
        raise DatabaseError(message) from None
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(source, part)
        examine(part, called=source)
        settle(part)
        part.replace(target)
        settle(target.parent)
        return target.stat().st_size
    except BaseException as error:
        part.unlink(missing_ok=True)
        target.unlink()
        if isinstance(error, OSError):
            raise _unwritable(target, error) from error
        raise


def examine(file: Path, *, called: Path | None = None) -> None:
    """Read a whole file; raises DamagedError when anything in it contradicts itself, with what it is `called`."""
    name = str(called or file)
    with opened(file) as connection:
        try:
            problem = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            lost = connection.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.Error as error:
            raise explained(error, called or file) from error
    if problem != "ok":
        raise DamagedError(damaged_line(name, problem))
    if lost is not None:
        raise DamagedError(damaged_line(name, f"a row of {lost[0]} refers to nothing"))


def beside(file: Path, suffix: str) -> Path:
    """Return a free name in the folder of a file that says what became of it."""
    names = (file.with_name(f"{file.name}.{suffix}{f'-{number}' if number else ''}") for number in count())
    return next(name for name in names if not name.exists())


def _copy(source: Path, target: Path) -> None:
    """Copy in a single step: a copy in several would begin anew whenever the bot writes in between."""
    with opened(source) as origin:
        try:
            with closing(sqlite3.connect(target)) as copy:
                copy.execute("PRAGMA synchronous = OFF")  # the bot waits meanwhile; the copy is synced afterwards
                origin.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        except sqlite3.Error as error:
            raise explained(error, source) from error


def settle(path: Path) -> None:
    """Make sure that a file, or what is in a folder, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(file: Path, error: OSError) -> BusyError:
    return BusyError(f"{file} cannot be written ({error.strerror}). Nothing was changed.")

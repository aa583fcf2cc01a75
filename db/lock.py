"""One process per SQLite file, held by a lock on a file beside it.

The lock is not on the database itself. SQLite's own exclusive locking mode would keep out the backup too, which has to
read while the bot runs; and closing any handle on a file drops the POSIX locks SQLite holds on it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from db.errors import SecondInstanceError, unusable

if sys.platform == "win32":  # pragma: no cover - the tests run where servers do
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """Holds `<file>.lock` from its making until `release`, or the end of the process however it comes.

    The lock file is never deleted: two processes could then hold locks on two files of one name.
    """

    def __init__(self, file: Path) -> None:
        """Take the lock at once; raises SecondInstanceError when another has it, DatabaseError when nobody can."""
        path = file.with_name(f"{file.name}.lock")
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise unusable(path, error) from error
        try:
            _take(self._handle)
        except OSError:
            os.close(self._handle)
            message = (
                f"Another process uses {file}: only one may. Stop it first, or give this one its own file "
                "in STEPWISE_DATABASE_URL."
            )
            raise SecondInstanceError(message) from None

    def release(self) -> None:
        """Let go; harmless when repeated."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

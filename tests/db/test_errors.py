"""What each failure of SQLite amounts to, in words for people."""

from __future__ import annotations

import pytest

from db.errors import BusyError, DamagedError, DatabaseError, of_sqlite


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("SQLITE_BUSY", BusyError, "Another program keeps the database locked"),
        ("SQLITE_BUSY_SNAPSHOT", BusyError, "Another program"),
        ("SQLITE_LOCKED", BusyError, "Another program"),
        ("SQLITE_FULL", BusyError, "The disk is full"),
        ("SQLITE_IOERR_WRITE", BusyError, "The disk does not take the change"),
        ("SQLITE_CANTOPEN", BusyError, "check its path and rights"),
        ("SQLITE_READONLY", BusyError, "check its space and rights"),
        ("SQLITE_CORRUPT", DamagedError, "python -m bot restore"),
        ("SQLITE_NOTADB", DamagedError, "It was left as it is"),
        ("SQLITE_ERROR", DatabaseError, "Nothing was stored"),
    ],
)
def test_a_failure_of_sqlite_is_told_by_what_can_be_done(name: str, kind: type[DatabaseError], told: str) -> None:
    error = of_sqlite(name, "detail")
    assert type(error) is kind
    assert told in str(error)

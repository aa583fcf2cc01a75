"""A database URL, read once and for all."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from db.errors import DatabaseError

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
_EXAMPLES = "sqlite:///var/stepwise.db or postgresql://user@host/name"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is: `dialect` is sqlite or postgresql, `file` the SQLite file unless it lives in memory."""

    url: URL
    dialect: str
    file: Path | None

    def __str__(self) -> str:
        """Name the place without its password."""
        return str(self.file) if self.file else self.url.render_as_string(hide_password=True)


def read(text: str) -> Address:
    """Read a URL; raises DatabaseError when it names no database this program can use."""
    try:
        url = make_url(text)
    except ArgumentError:  # its text may hold a password, and so may the chain
        message = f"The database URL cannot be read. Set STEPWISE_DATABASE_URL like {_EXAMPLES}."
        raise DatabaseError(message) from None
    name, _, driver = url.drivername.partition("+")
    wanted = _DRIVERS.get(name)
    if wanted is None or driver not in {"", wanted.partition("+")[2]}:
        message = f"There is no way to use a database of kind {url.drivername}. Use one like {_EXAMPLES}."
        raise DatabaseError(message)
    dialect = wanted.partition("+")[0]
    if dialect == "postgresql" and find_spec("asyncpg") is None:
        message = "PostgreSQL needs asyncpg: pip install --require-hashes -r requirements/run.txt"
        raise DatabaseError(message)
    in_memory = dialect == "sqlite" and url.database in {None, "", ":memory:"}
    file = None if dialect == "postgresql" or in_memory else Path(url.database or "").absolute()
    url = url.set(drivername=wanted)
    return Address(url.set(database=str(file)) if file else url, dialect, file)

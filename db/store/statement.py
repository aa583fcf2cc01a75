"""What the parts of the store share: a connection in a transaction, and ways to say things on both engines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import islice
from typing import Any, TypeVar, cast

from sqlalchemy import Column, ColumnElement, CursorResult, Executable, Row, Table, bindparam, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from db.errors import translating

PAIRS_PER_STATEMENT = 1_000
"""Pairs of ids in one statement: PostgreSQL nests one condition per pair, and its stack ends at some ten thousand."""

T = TypeVar("T")
Pair = tuple[int, int]
AnyRow = Row[*tuple[Any, ...]]
Rows = CursorResult[*tuple[Any, ...]]
InsertInto = Callable[[Table], postgresql.Insert]
"""Starts an engine's own INSERT. SQLite's is another class, and the same in all that is used here."""


class Part:
    """One part of a transaction. Its methods raise the errors of `db.errors`, and each of them ends the transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def _execute(
        self,
        statement: Executable | Mapping[str, Executable],
        values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> Rows:
        """Run a statement, or the one of this engine's dialect; a list of values runs it for each."""
        if isinstance(statement, Mapping):
            statement = statement[self._connection.dialect.name]
        with translating():
            return await self._connection.execute(statement, values)

    async def _by_pairs(self, statement: Executable, pairs: Iterable[Pair]) -> list[AnyRow]:
        """Run a statement that ends in `is_among` for all pairs, and return its rows."""
        rows: list[AnyRow] = []
        for some in chunks(sorted(set(pairs)), PAIRS_PER_STATEMENT):
            rows.extend(await self._execute(statement, {"pairs": some}))
        return rows


def per_dialect(build: Callable[[InsertInto], Executable]) -> dict[str, Executable]:
    """Build a statement from each engine's own INSERT, which alone knows about conflicts."""
    return {"sqlite": build(cast("InsertInto", sqlite.insert)), "postgresql": build(postgresql.insert)}


def is_among(first: Column[int], second: Column[int]) -> ColumnElement[bool]:
    """Say that two columns are one of the `pairs` given when the statement runs."""
    return tuple_(first, second).in_(bindparam("pairs", expanding=True))


def columns_of(record: type[Any], table: Table) -> list[Column[Any]]:
    """Return a table's columns in the order of a dataclass's fields, which bear the same names."""
    return [table.c[field.name] for field in fields(record)]


def values_of(records: Sequence[Any]) -> list[dict[str, Any]]:
    """Return dataclass records of one kind as parameters."""
    names = [field.name for field in fields(records[0])]
    return [{name: getattr(record, name) for name in names} for record in records]


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut into lists of up to `size`; none for no items."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk

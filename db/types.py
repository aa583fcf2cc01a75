"""Column types that keep what Python means on both engines.

SQLite's STRICT tables know only integers and text, so everything else is kept there as one of the two: instants and
dates as ISO text of one width, which sorts as time does, and truth as 0 and 1.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Dialect, Integer, Text, Time
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.core.question import Question
from bot.core.snapshot import restore, take

KEY = BigInteger().with_variant(Integer, "sqlite")
"""For ids: 64 bits on both engines, and on SQLite the very type that makes a primary key the row's own number."""

E = TypeVar("E", bound=StrEnum)


def _on_sqlite(dialect: Dialect, there: TypeEngine[Any], elsewhere: TypeEngine[Any]) -> TypeEngine[Any]:
    return dialect.type_descriptor(there if dialect.name == "sqlite" else elsewhere)


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept and returned in UTC. Refuses naive ones with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Keep text on SQLite."""
        return _on_sqlite(dialect, Text(), DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | datetime | None:
        """Bring to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"an instant needs a time zone: {value}"
            raise ValueError(message)
        instant = value.astimezone(UTC)
        return instant.isoformat(timespec="microseconds") if dialect.name == "sqlite" else instant

    def process_result_value(self, value: str | datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - fixed signature
        """Read back in UTC."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


class Day(TypeDecorator[date]):
    """A calendar date."""

    impl = Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Keep text on SQLite."""
        return _on_sqlite(dialect, Text(), Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | date | None:
        """Write as YYYY-MM-DD on SQLite."""
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: str | date | None, dialect: Dialect) -> date | None:  # noqa: ARG002 - fixed signature
        """Read back as a date."""
        return date.fromisoformat(value) if isinstance(value, str) else value


class TimeOfDay(TypeDecorator[time]):
    """A local time of day."""

    impl = Time
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Keep text on SQLite."""
        return _on_sqlite(dialect, Text(), Time())

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | time | None:
        """Write as HH:MM:SS on SQLite."""
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: str | time | None, dialect: Dialect) -> time | None:  # noqa: ARG002 - fixed signature
        """Read back as a time."""
        return time.fromisoformat(value) if isinstance(value, str) else value


class Flag(TypeDecorator[bool]):
    """True or false."""

    impl = Boolean
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Keep 0 and 1 on SQLite."""
        return _on_sqlite(dialect, Integer(), Boolean())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> bool | int | None:  # noqa: FBT001 - fixed signature
        """Write as a number on SQLite."""
        return int(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:  # noqa: ARG002 - fixed signature
        """Read back as a bool."""
        return None if value is None else bool(value)


class Choice(TypeDecorator[E], Generic[E]):
    """One value of a StrEnum, kept as its text."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - fixed signature
        """Write the value's text."""
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:  # noqa: ARG002 - fixed signature
        """Read back as the enum's member."""
        return None if value is None else self.kind(value)


class Words(TypeDecorator[str]):
    """Text that a person typed. What no database keeps, NUL and half surrogates, becomes a question mark."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - fixed signature
        """Replace what cannot be kept."""
        return None if value is None else value.replace("\0", "?").encode(errors="replace").decode()


class Json(TypeDecorator[Any]):
    """JSON-compatible data, kept as ASCII text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:  # noqa: ARG002 - fixed signature
        """Write as JSON."""
        return None if value is None else json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - whatever was kept
        """Read back from JSON."""
        return None if value is None else json.loads(value)


class Snapshot(TypeDecorator[Question]):
    """A question as it was asked, kept whole as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Question | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - fixed signature
        """Write the snapshot."""
        return None if value is None else json.dumps(take(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Question | None:  # noqa: ARG002 - fixed signature
        """Read back as the question."""
        return None if value is None else restore(json.loads(value))

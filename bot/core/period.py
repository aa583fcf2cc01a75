"""The periods a board can cover. A period key is what standings are stored under."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never


class Period(StrEnum):
    """This week (from Monday), this month, or all time, each by the guild's own calendar."""

    WEEK = "week"
    MONTH = "month"
    ALL = "all"


def key(period: Period, day: date) -> str:
    """Return the key of the period that holds `day`: `w2026-11-23`, `m2026-11` or `all`."""
    match period:
        case Period.WEEK:
            return f"w{day - timedelta(days=day.weekday())}"
        case Period.MONTH:
            return f"m{day.isoformat()[:7]}"
        case Period.ALL:
            return "all"
        case _:
            assert_never(period)


def keys(day: date) -> tuple[str, ...]:
    """Return the keys of all periods that hold `day`."""
    return tuple(key(period, day) for period in Period)

"""When the next question is due: a local time, on some weekdays, in an IANA time zone.

Local times that a clock change skips (a gap) move forward by its length; those it repeats (a fold) mean the first.
Where moving forward would leave the day (Greenland's clocks skip the last hour before midnight), they move back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVERY_DAY = frozenset(range(7))

NEVER = datetime(9999, 12, 30, tzinfo=UTC)
"""Stands for a due instant beyond the calendar's end, and can still be shown in every zone."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A guild's plan: `zone` is an IANA name, `at` a local time of day, `days` weekdays with Monday as 0."""

    zone: str
    at: time
    days: frozenset[int] = EVERY_DAY

    def __post_init__(self) -> None:
        """Refuse a plan that would never come due."""
        if not self.days or not self.days <= EVERY_DAY:
            message = f"days must be a non-empty subset of 0..6, not {sorted(self.days)}"
            raise ValueError(message)


def local_date(zone: str, now: datetime) -> date:
    """Return the date that a calendar in `zone` shows at the aware instant `now`."""
    return now.astimezone(ZoneInfo(zone)).date()


def instant(schedule: Schedule, day: date) -> datetime | None:
    """Return the UTC instant at which `day`'s question is due, or None when that day has none.

    A day has none when it is not among the weekdays, or when a change of zone left it out of the calendar
    (Samoa had no 30 December 2011).
    """
    if day.weekday() not in schedule.days:
        return None
    zone = ZoneInfo(schedule.zone)
    # fold=0 reads a repeated time as the first, and a skipped one with the offset before the gap: moved forward.
    # fold=1 reads a skipped one with the offset after it: moved back.
    for fold in (0, 1):
        due = datetime.combine(day, schedule.at, zone).replace(fold=fold).astimezone(UTC)
        if due.astimezone(zone).date() == day:
            return due
    return None


def next_due(schedule: Schedule, now: datetime, served: date | None = None) -> datetime:
    """Return the first due instant that is at or after `now` or still owed today, for a date after `served`.

    `served` is the last local date that already had its question. After downtime the result may lie in the past: it
    is today's, never an earlier day's, so that nothing comes in a burst. NEVER when no later date is left.
    """
    today = local_date(schedule.zone, now)
    last = NEVER.date()
    day = today if served is None else max(today, min(served, last) + timedelta(days=1))
    while day < last:
        due = instant(schedule, day)
        if due is not None:
            return due
        day += timedelta(days=1)
    return NEVER


def upcoming(schedule: Schedule, now: datetime, served: date | None = None) -> datetime:
    """Return the first due instant after `now` for a date after `served`: today's is left out when its time is past."""
    due = next_due(schedule, now, served)
    return due if due > now else next_due(schedule, now, local_date(schedule.zone, due))


def owed(schedule: Schedule, now: datetime, served: date | None) -> date | None:
    """Return today's local date if its question is due by `now` and not served yet, else None."""
    today = local_date(schedule.zone, now)
    if served is not None and served >= today:
        return None
    due = instant(schedule, today)
    return today if due is not None and due <= now else None

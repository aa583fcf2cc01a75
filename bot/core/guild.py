"""What a guild has chosen, and how its daily question fares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Guild:
    """A guild that was set up. All instants are aware and in UTC.

    `seed` decides which items it is asked and in which order. `served` is the last local date that had its question
    or was skipped; `next_due` follows from the schedule and `served`, and is None while paused.
    `open_hours` of None keeps a round open until the next one is posted. `set_up_by` is whoever last ran the set-up.
    `failures` counts deliveries that failed in a row, `failure` says why the last one did (a `FailureReason` value),
    `told_at` is when somebody was last told.
    """

    id: int
    channel_id: int
    schedule: Schedule
    seed: str
    set_up_by: int
    role_id: int | None = None
    open_hours: int | None = None
    moderator_role_id: int | None = None
    served: date | None = None
    next_due: datetime | None = None
    paused: bool = False
    paused_until: datetime | None = None
    failures: int = 0
    failure: str | None = None
    told_at: datetime | None = None
    left_at: datetime | None = None

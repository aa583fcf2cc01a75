"""A round: one daily question in one guild, from its claim to its close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.core.question import Question


class State(StrEnum):
    """Where a round is in its life.

    `claimed` -> `open` -> `closed` is the usual way. A round that could not be delivered on its day ends `abandoned`;
    one that a moderator took back ends `void`. Neither of those counts for anybody.
    """

    CLAIMED = "claimed"
    OPEN = "open"
    CLOSED = "closed"
    VOID = "void"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Round:
    """One daily question in one guild. All instants are aware and in UTC.

    `question` is the snapshot of what was asked, options in the order shown. `number` counts the guild's rounds as
    they were claimed and is what members see; `position` counts the delivered, not voided ones and is what streaks
    count by (None while a round has none). `nonce` goes with every attempt to send, so that Discord can recognise a
    repeated one. `lease_until` is when another process may take the delivery over. `attempted_at` is the first send.
    `shown` is the state the public message shows, `shown_count` the number of answers on it, `show_after` the
    earliest instant for the next edit.
    """

    id: int
    guild_id: int
    number: int
    local_date: date
    question: Question
    state: State
    channel_id: int
    nonce: str
    claimed_at: datetime
    lease_until: datetime | None = None
    attempted_at: datetime | None = None
    message_id: int | None = None
    position: int | None = None
    opened_at: datetime | None = None
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    void_reason: str | None = None
    shown: State | None = None
    shown_count: int = 0
    show_after: datetime | None = None

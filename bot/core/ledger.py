"""The ledger of points: entries are only ever added, and all boards follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.core.question import Difficulty


class EntryKind(StrEnum):
    """Why points came or went: an answer, a voided round that takes an answer's points back, or a moderator's hand."""

    ANSWER = "answer"
    VOID = "void"
    ADJUST = "adjust"


@dataclass(frozen=True, slots=True)
class Entry:
    """Points for one member, for good: a mistake is put right by another entry.

    `round_id` is None for adjustments only, `by` is the moderator where there was one, `at` is an aware UTC instant,
    and `day` is the guild's local date whose week and month the points count for.
    """

    guild_id: int
    user_id: int
    round_id: int | None
    kind: EntryKind
    points: int
    reason: str | None
    by: int | None
    at: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Tally:
    """How a member has fared with one topic at one difficulty, voided rounds left out."""

    topic: str
    difficulty: Difficulty
    answered: int
    correct: int

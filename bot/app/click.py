"""What a member does with a round by a button, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.answer import Answer
from bot.core.round import Round


class Verb(StrEnum):
    """What the button means."""

    ANSWER = "a"
    HINT = "h"
    OPEN_HINT = "o"
    SOLUTION = "s"


@dataclass(frozen=True, slots=True)
class Click:
    """One click on a button of a round.

    `message_id` is the message that bears the button, or None for a private copy of the question, which only its
    reader can click. `slot` is the place of the chosen option in the list, for an answer.
    """

    verb: Verb
    guild_id: int
    channel_id: int
    message_id: int | None
    round_id: int
    user_id: int
    slot: int = 0


class Refusal(StrEnum):
    """Why a click changes nothing."""

    UNKNOWN = "unknown"
    CLOSED = "closed"
    VOID = "void"
    ERASED = "erased"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Marked:
    """The member's one answer, and the freezes they hold now. `fresh` is False for an answer of an earlier click."""

    round: Round
    answer: Answer
    freezes: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class HintOffered:
    """The hint would halve the points, and is not opened yet."""

    round: Round


@dataclass(frozen=True, slots=True)
class HintShown:
    """The hint is open. `free` says that it costs nothing, since the member has answered or cannot answer any more."""

    round: Round
    free: bool


@dataclass(frozen=True, slots=True)
class Solved:
    """The worked solution of a round that is over, for somebody who did not answer it."""

    round: Round


@dataclass(frozen=True, slots=True)
class Declined:
    """Nothing was written. `round` is given where its solution may be shown; `closed_at` says since when it is over."""

    reason: Refusal
    round: Round | None = None
    closed_at: datetime | None = None


Outcome = Marked | HintOffered | HintShown | Solved | Declined

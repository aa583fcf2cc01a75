"""What a button's custom_id says: `sw1:verb:argument:…`. It carries identity only; the database carries the state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.app.click import Verb
from bot.core.board import Cursor
from bot.core.period import Period

PREFIX = "sw1"

LARGEST_ID = 2**63 - 1
"""What both databases can hold; Discord's ids stay below it."""

_SHAPE = re.compile(r"sw1(?::[a-z0-9-]{1,32}){1,5}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,19}", re.ASCII)


class Side(StrEnum):
    """Which page of a board. TOP is the first page too: a message may not bear one custom_id twice."""

    TOP = "t"
    FIRST = "f"
    LAST = "l"
    AFTER = "a"
    BEFORE = "b"


@dataclass(frozen=True, slots=True)
class RoundRoute:
    """A button of a question."""

    verb: Verb
    round_id: int
    slot: int = 0


@dataclass(frozen=True, slots=True)
class BoardRoute:
    """A button that leads to a page of a board; `cursor` says after or before what."""

    period: Period
    side: Side
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class AuditRoute:
    """A button that leads to older acts than the one with this id, or to the newest."""

    before_id: int | None


@dataclass(frozen=True, slots=True)
class ConfirmRoute:
    """The answer to a question asked before something that cannot be undone."""

    token: str
    yes: bool


@dataclass(frozen=True, slots=True)
class NotNowRoute:
    """The hint stays closed."""


Route = RoundRoute | BoardRoute | AuditRoute | ConfirmRoute | NotNowRoute


def write(route: Route) -> str:
    """Return the custom_id for a route."""
    match route:
        case RoundRoute(Verb.ANSWER, round_id, slot):
            parts: list[object] = [Verb.ANSWER.value, round_id, slot]
        case RoundRoute(verb, round_id):
            parts = [verb.value, round_id]
        case BoardRoute(period, side, None):
            parts = ["b", period.value, side.value]
        case BoardRoute(period, side, Cursor(points, user_id)):
            parts = ["b", period.value, side.value, points, user_id]
        case AuditRoute(before_id):
            parts = ["u", *([] if before_id is None else [before_id])]
        case ConfirmRoute(token, yes):
            parts = ["c" if yes else "x", token]
        case NotNowRoute():
            parts = ["n"]
    return ":".join(map(str, (PREFIX, *parts)))


def is_ours(custom_id: str) -> bool:
    """Tell whether a custom_id claims to be one of ours, in whatever version."""
    return custom_id.startswith("sw")


def read(custom_id: str) -> Route | None:  # noqa: PLR0911 - one line for each kind of route
    """Return what a custom_id says, or None for one that we never write."""
    if _SHAPE.fullmatch(custom_id) is None:
        return None
    _, verb, *rest = custom_id.split(":")
    match verb, rest:
        case ("a", [round_id, slot]):
            return _round(Verb.ANSWER, round_id, slot)
        case ("h" | "o" | "s", [round_id]):
            return _round(Verb(verb), round_id, "0")
        case ("b", [period, side, *cursor]):
            return _board(period, side, cursor)
        case ("u", []):
            return AuditRoute(None)
        case ("u", [before_id]):
            number = _number(before_id)
            return None if number is None else AuditRoute(number)
        case ("c" | "x", [token]):
            return ConfirmRoute(token, verb == "c")
        case ("n", []):
            return NotNowRoute()
        case _:
            return None


def _round(verb: Verb, round_id: str, slot: str) -> RoundRoute | None:
    of, place = _number(round_id), _number(slot)
    return None if of is None or place is None or of < 1 else RoundRoute(verb, of, place)


def _board(period: str, side: str, cursor: list[str]) -> BoardRoute | None:
    if period not in list(Period) or side not in list(Side):
        return None
    match cursor:
        case [] if side in {Side.TOP, Side.FIRST, Side.LAST}:
            return BoardRoute(Period(period), Side(side))
        case [points, user_id] if side in {Side.AFTER, Side.BEFORE}:
            of, user = _number(points), _number(user_id)
            return None if of is None or user is None else BoardRoute(Period(period), Side(side), Cursor(of, user))
        case _:
            return None


def _number(text: str) -> int | None:
    if _NUMBER.fullmatch(text) is None:
        return None
    number = int(text)
    return number if abs(number) <= LARGEST_ID else None

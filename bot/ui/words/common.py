"""Small pieces of text: counts, times, names."""

from __future__ import annotations

from datetime import datetime

from bot.core.parse import DAY_NAMES
from bot.core.question import Difficulty, Question
from bot.core.schedule import EVERY_DAY
from bot.core.scoring import BASE_POINTS

DIFFICULTY = {Difficulty.EASY: "Easy", Difficulty.MEDIUM: "Medium", Difficulty.HARD: "Hard"}
"""How each difficulty is written."""


def plural(number: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun: `1 answer`, `2 answers`, `1,000 answers`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def moment(at: datetime) -> str:
    """Return an instant as each reader's own Discord shows it, in full."""
    return f"<t:{int(at.timestamp())}:F>"


def distance(at: datetime) -> str:
    """Return an instant as its distance from now, which Discord keeps up to date."""
    return f"<t:{int(at.timestamp())}:R>"


def percent(part: int, whole: int) -> str:
    """Return a share in whole percent."""
    return f"{round(100 * part / whole)} %"


def worth(question: Question) -> str:
    """Return what a question is worth: `Easy · 10 points`."""
    return f"{DIFFICULTY[question.difficulty]} · {BASE_POINTS[question.difficulty]} points"


def weekdays(days: frozenset[int]) -> str:
    """Return weekdays in words."""
    if days == EVERY_DAY:
        return "every day"
    if days == frozenset(range(5)):
        return "Monday to Friday"
    names = [DAY_NAMES[day].capitalize() for day in sorted(days)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def user(user_id: int) -> str:
    """Name a member: Discord shows it as a name, and nobody is notified."""
    return f"<@{user_id}>"


def role(role_id: int) -> str:
    """Name a role."""
    return f"<@&{role_id}>"


def channel(channel_id: int) -> str:
    """Name a channel."""
    return f"<#{channel_id}>"


def harmless(text: str) -> str:
    """Return what a person typed so that it shows as typed: no mention, no markdown, no change of direction."""
    visible = "".join(character if character.isprintable() else " " for character in text)
    escaped = "".join(f"\\{character}" if character in _MARKUP else character for character in visible)
    return escaped.replace("@", "@\u200b").replace("://", ":\u200b//")


_MARKUP = frozenset("\\*_~`|>#-[]()<:")

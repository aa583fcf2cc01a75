"""Questions from plain data, as far as they go."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from bot.core.question import Difficulty, Kind, Option, Picture, Question, Solution

_YES = frozenset({"true", "yes", "y", "on", "1"})

Data = Mapping[str, Any]


def question(data: Data) -> Question:
    """Return the question that `data` describes, with blanks for whatever is missing or has the wrong shape.

    So the rules between fields can be checked however much else is wrong; where nothing is, it is the question.
    """
    difficulty, kind = Difficulty.EASY, Kind.CONCEPT
    with suppress(ValueError):
        difficulty = Difficulty(text(data, "difficulty"))
    with suppress(ValueError):
        kind = Kind(text(data, "kind"))
    return Question(
        id=text(data, "id"),
        topic=text(data, "topic"),
        difficulty=difficulty,
        kind=kind,
        stem=text(data, "stem"),
        options=tuple(_option(option) for option in _list(data, "options")),
        hint=text(data, "hint"),
        solution=Solution(
            steps=_texts(data, "steps"),
            answer=text(data, "answer"),
            quick_check=text(data, "quick_check"),
            mistakes=_texts(data, "mistakes"),
        ),
        code=_code(data),
        picture=_picture(data),
        source=text(data, "source") or None,
    )


def text(data: Data, key: str) -> str:
    """Return the text under a key without blanks around it; empty when there is none."""
    value = data.get(key)
    return value.strip() if isinstance(value, str) else ""


def _meant(value: object) -> bool:
    """Whether an option is meant to be correct: `correct: yes` is told of as such, and should not count as missing."""
    return value is True or (value is not None and str(value).casefold() in _YES)


def _option(data: object) -> Option:
    if not isinstance(data, dict):
        return Option("", "")
    return Option(
        id=text(data, "id"),
        text=text(data, "text"),
        correct=_meant(data.get("correct")),
        misconception=text(data, "misconception") or None,
        remark=text(data, "remark") or None,
    )


def _picture(data: Data) -> Picture | None:
    value = data.get("picture")
    return Picture(text(value, "file"), text(value, "alt")) if isinstance(value, dict) else None


def _code(data: Data) -> str | None:
    value = data.get("code")
    # The first line may be indented; only blank lines around the code go.
    return value.strip("\n").rstrip() or None if isinstance(value, str) else None


def _texts(data: Data, key: str) -> tuple[str, ...]:
    return tuple(value.strip() if isinstance(value, str) else "" for value in _list(data, key))


def _list(data: Data, key: str) -> list[object]:
    value = data.get(key)
    return value if isinstance(value, list) else []

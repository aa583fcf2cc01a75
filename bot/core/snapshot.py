"""A question as plain data and back, so that a live round never changes when the content does."""

from __future__ import annotations

from typing import Any

from bot.core.question import Difficulty, Kind, Option, Picture, Question, Solution

Snapshot = dict[str, Any]
"""JSON-compatible data that `restore` turns back into an equal question."""


def take(question: Question) -> Snapshot:
    """Return the whole question as JSON-compatible data, options in the order shown."""
    return {
        "id": question.id,
        "topic": question.topic,
        "difficulty": question.difficulty.value,
        "kind": question.kind.value,
        "stem": question.stem,
        "code": question.code,
        "picture": None if question.picture is None else {"file": question.picture.file, "alt": question.picture.alt},
        "options": [
            {
                "id": option.id,
                "text": option.text,
                "correct": option.correct,
                "misconception": option.misconception,
                "remark": option.remark,
            }
            for option in question.options
        ],
        "hint": question.hint,
        "steps": list(question.solution.steps),
        "answer": question.solution.answer,
        "quick_check": question.solution.quick_check,
        "mistakes": list(question.solution.mistakes),
        "source": question.source,
    }


def restore(data: Snapshot) -> Question:
    """Return the question that `take` was given. Raises KeyError or ValueError on data of another shape."""
    try:
        return _question(data)
    except (TypeError, AttributeError) as error:
        message = f"not a snapshot: {error}"
        raise ValueError(message) from error


def _question(data: Snapshot) -> Question:
    picture = data["picture"]
    return Question(
        id=data["id"],
        topic=data["topic"],
        difficulty=Difficulty(data["difficulty"]),
        kind=Kind(data["kind"]),
        stem=data["stem"],
        code=data["code"],
        picture=None if picture is None else Picture(picture["file"], picture["alt"]),
        options=tuple(Option(**option) for option in data["options"]),
        hint=data["hint"],
        solution=Solution(tuple(data["steps"]), data["answer"], data["quick_check"], tuple(data["mistakes"])),
        source=data["source"],
    )

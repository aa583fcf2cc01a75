"""What a question is, before anyone has been asked it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random


class Difficulty(StrEnum):
    """How hard a question is; the points follow from it (see `scoring`)."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Kind(StrEnum):
    """What a question asks the member to do."""

    CONCEPT = "concept"
    PREDICT_OUTPUT = "predict_output"
    SPOT_BUG = "spot_bug"
    NUMERIC = "numeric"
    ORDER = "order"
    READ_PLOT = "read_plot"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a member can choose.

    `id` is stable within its question and never shown; the letter shown is only a place in the list. A wrong option
    names the misconception that leads to it and a remark that speaks to it; the right one has neither.
    """

    id: str
    text: str
    correct: bool = False
    misconception: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: `file` is a path relative to its pack, `alt` tells a blind member what is to be seen."""

    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class Solution:
    """The worked solution: steps in order, the final answer, a quick check, and mistakes people make."""

    steps: tuple[str, ...]
    answer: str
    quick_check: str
    mistakes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it can be asked. `options` holds three to five, exactly one of them correct."""

    id: str
    topic: str
    difficulty: Difficulty
    kind: Kind
    stem: str
    options: tuple[Option, ...]
    hint: str
    solution: Solution
    code: str | None = None
    picture: Picture | None = None
    source: str | None = None

    @property
    def key(self) -> Option:
        """The correct option."""
        return next(option for option in self.options if option.correct)

    def option(self, option_id: str) -> Option:
        """Return the option with this id; raises KeyError when there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)

    def letter(self, option_id: str) -> str:
        """Return the letter under which the option with this id is shown; raises KeyError when there is none."""
        for place, option in enumerate(self.options):
            if option.id == option_id:
                return LETTERS[place]
        raise KeyError(option_id)


LETTERS = "ABCDE"


def shuffled(question: Question, seed: str) -> Question:
    """Return the question with its options in the order that `seed` gives: the same on every machine."""
    options = list(question.options)
    Random(f"{seed}/{question.id}").shuffle(options)  # noqa: S311 - an order of options is no secret
    return replace(question, options=tuple(options))

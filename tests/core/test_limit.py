"""How large an item's messages get."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.limit import FENCE, LARGEST_MESSAGE, Size, sizes, units
from bot.core.question import Difficulty, Kind, Option, Question, Solution

QUESTION = Question(
    id="first",
    topic="T01",
    difficulty=Difficulty.EASY,
    kind=Kind.CONCEPT,
    stem="What?",
    options=(
        Option("a", "One", correct=True),
        Option("b", "Two", remark="No."),
        Option("c", "Three", remark="Not this."),
    ),
    hint="Think.",
    solution=Solution(("A step.",), "One", "Look.", ("Not looking.",)),
)


def measured(question: Question, shown: str, unit: str = "characters", topic: str = "Topic") -> int:
    (size,) = (size for size in sizes(question, topic) if (size.shown, size.unit) == (shown, unit))
    return size.measured


def test_an_ordinary_question_fits_everywhere() -> None:
    assert all(size.fits for size in sizes(QUESTION, "Topic"))


@pytest.mark.parametrize(
    ("message", "longer"),
    [
        ("daily message", replace(QUESTION, stem=QUESTION.stem + "x" * 10)),
        ("closed message", replace(QUESTION, stem=QUESTION.stem + "x" * 10)),
        ("hint", replace(QUESTION, hint=QUESTION.hint + "x" * 10)),
        ("private reply", replace(QUESTION, solution=replace(QUESTION.solution, answer="One" + "x" * 10))),
        (
            "private reply",
            replace(QUESTION, solution=replace(QUESTION.solution, mistakes=("Not looking." + "x" * 10,))),
        ),
    ],
)
def test_ten_characters_more_count_as_ten(message: str, longer: Question) -> None:
    assert measured(longer, message) == measured(QUESTION, message) + 10


def test_code_counts_with_the_fence_around_it() -> None:
    with_code = replace(QUESTION, code="x" * 100)
    assert measured(with_code, "daily message") == measured(QUESTION, "daily message") + 100 + FENCE


def test_of_the_remarks_only_the_longest_counts() -> None:
    longer = replace(QUESTION, options=(*QUESTION.options[:2], Option("c", "Three", remark="x" * 109)))
    assert measured(longer, "private reply") == measured(QUESTION, "private reply") + 100


def test_a_closed_message_is_larger_than_an_open_one() -> None:
    assert measured(QUESTION, "closed message") > measured(QUESTION, "daily message")


def test_every_step_and_mistake_counts_as_a_component() -> None:
    longer = replace(QUESTION, solution=Solution(("Step.",) * 20, "One", "Look.", ("No.",) * 9))
    assert measured(longer, "private reply", "parts") == 41
    assert [size.shown for size in sizes(longer, "Topic") if not size.fits] == ["private reply"]


def test_the_topics_name_must_fit_on_a_button() -> None:
    assert [size.shown for size in sizes(QUESTION, "x" * 81) if not size.fits] == ["button of the topic"]


def test_the_limit_itself_still_fits() -> None:
    assert Size("hint", LARGEST_MESSAGE, "hint").fits
    assert not Size("hint", LARGEST_MESSAGE + 1, "hint").fits


@given(st.text())
def test_units_never_count_less_than_characters(text: str) -> None:
    assert len(text) <= units(text) <= 2 * len(text)


def test_a_character_beyond_the_basic_plane_counts_as_two() -> None:
    assert units("a\N{GRINNING FACE}") == 3
    assert units("\ud83d") == 1

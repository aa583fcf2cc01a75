"""What a question is, and how its options are shuffled."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.question import LETTERS, Question, shuffled
from tests.core import strategies as core
from tests.core.strategies import question

PINNED = ["same", "right", "plus", "raw"]


def order(one: Question) -> list[str]:
    return [option.id for option in one.options]


def test_the_key_is_the_correct_option() -> None:
    assert question().key.id == "right"


def test_an_option_is_found_by_its_id_and_shown_under_the_letter_of_its_place() -> None:
    plain = question()
    assert plain.option("raw").text == "-1.0"
    assert [plain.letter(name) for name in order(plain)] == ["A", "B", "C", "D"]


@pytest.mark.parametrize("name", ["", "A", "RIGHT", "none"])
def test_an_option_that_is_not_there_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        question().option(name)
    with pytest.raises(KeyError):
        question().letter(name)


@given(core.questions(), st.text())
def test_shuffling_changes_the_order_of_options_and_nothing_else(one: Question, seed: str) -> None:
    mixed = shuffled(one, seed)
    assert sorted(order(mixed)) == sorted(order(one))
    assert {mixed.option(name) for name in order(mixed)} == set(one.options)
    assert mixed.key == one.key
    assert [mixed.letter(name) for name in order(mixed)] == list(LETTERS[: len(order(mixed))])


@given(core.questions(), st.text())
def test_a_seed_always_gives_the_same_order(one: Question, seed: str) -> None:
    assert shuffled(one, seed) == shuffled(one, seed)


def test_every_place_is_the_key_s_now_and_then() -> None:
    places = [shuffled(question(), str(seed)).letter("right") for seed in range(400)]
    assert all(places.count(letter) > 60 for letter in "ABCD")


def test_the_order_is_the_same_on_every_machine() -> None:
    assert order(shuffled(question(), "seed/2026-11-23")) == PINNED


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_the_order_does_not_hang_on_how_a_process_hashes(hash_seed: str) -> None:
    code = (
        "from bot.core.question import shuffled; from tests.core.strategies import question;"
        "print(*(option.id for option in shuffled(question(), 'seed/2026-11-23').options))"
    )
    told = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == PINNED

"""A round and its states."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from bot.core.round import State
from tests.core.strategies import claimed_round, question, round_


def test_a_round_is_changed_by_replacing_it_only() -> None:
    with pytest.raises(FrozenInstanceError):
        round_().state = State.VOID  # type: ignore[misc]


def test_a_claimed_round_has_neither_message_nor_position() -> None:
    claimed = claimed_round()
    assert (claimed.state, claimed.message_id, claimed.position, claimed.shown) == (State.CLAIMED, None, None, None)
    assert claimed.lease_until is not None


def test_a_round_holds_the_question_as_it_was_asked() -> None:
    assert round_(question=question(stem="Then?")).question.stem == "Then?"


def test_the_states_are_kept_under_these_words() -> None:
    assert [state.value for state in State] == ["claimed", "open", "closed", "void", "abandoned"]

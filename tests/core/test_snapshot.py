"""A question survives as plain data, and other data is refused."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.question import Picture, Question
from bot.core.snapshot import restore, take
from tests.core import strategies as core
from tests.core.strategies import question

FIELDS = sorted(take(question()))
junk: st.SearchStrategy[object] = st.one_of(
    st.none(), st.integers(), st.text(max_size=3), st.lists(st.integers(), max_size=2), st.just({})
)


@given(core.questions())
def test_any_question_comes_back_equal_after_a_journey_through_json(one: Question) -> None:
    assert restore(json.loads(json.dumps(take(one)))) == one


def test_options_keep_the_order_they_were_shown_in() -> None:
    assert [option["id"] for option in take(question())["options"]] == ["plus", "right", "raw", "same"]


def test_a_picture_is_kept_with_its_words() -> None:
    with_picture = question(picture=Picture("figures/curve.png", "A falling curve."))
    assert take(with_picture)["picture"] == {"file": "figures/curve.png", "alt": "A falling curve."}
    assert restore(take(with_picture)).picture == Picture("figures/curve.png", "A falling curve.")


@pytest.mark.parametrize("field", FIELDS)
def test_data_that_lacks_a_field_is_a_key_error(field: str) -> None:
    data = take(question())
    del data[field]
    with pytest.raises(KeyError, match=field):
        restore(data)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("difficulty", "impossible"),
        ("kind", None),
        ("picture", "curve.png"),
        ("options", None),
        ("options", [{"id": "a", "text": "A", "letter": "A"}]),
        ("options", ["a"]),
        ("steps", 3),
    ],
)
def test_data_of_another_shape_is_a_value_error(field: str, value: object) -> None:
    with pytest.raises(ValueError, match="not a"):
        restore(take(question()) | {field: value})


@pytest.mark.parametrize("data", [None, [], "question", 7])
def test_what_is_no_mapping_is_a_value_error(data: Any) -> None:  # noqa: ANN401
    with pytest.raises(ValueError, match="not a snapshot"):
        restore(data)


@given(st.sampled_from(FIELDS), junk)
def test_damaged_data_never_fails_in_another_way(field: str, value: object) -> None:
    with suppress(KeyError, ValueError):
        restore(take(question()) | {field: value})

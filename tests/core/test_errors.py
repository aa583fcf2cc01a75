"""Errors carry facts: they can be told, compared, hashed and raised like any other."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import fields
from inspect import getmembers, isclass
from typing import TYPE_CHECKING

import pytest

from bot.core import errors
from bot.core.errors import InvalidZoneError, NoRoundError, NotSetUpError, OutOfRangeError, StepwiseError

if TYPE_CHECKING:
    from collections.abc import Iterator

FACTS = {"text": "x", "near": ("y",), "what": "days", "least": 1, "most": 9, "channel": 7, "permissions": ("send",)}
FACTS |= {"item": "t01", "reason": "queued", "paused": True}
KINDS = [kind for _, kind in getmembers(errors, isclass) if kind in StepwiseError.__subclasses__()]


def made(kind: type[StepwiseError]) -> StepwiseError:
    return kind(**{field.name: FACTS[field.name] for field in fields(kind)})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_names_its_facts(kind: type[StepwiseError]) -> None:
    error = made(kind)
    assert str(error).startswith(kind.__name__)
    assert all(repr(FACTS[field.name]) in str(error) for field in fields(kind))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_equal_facts_make_equal_errors(kind: type[StepwiseError]) -> None:
    assert made(kind) == made(kind)
    assert len({made(kind), made(kind)}) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_passes_through_context_managers_as_itself(kind: type[StepwiseError]) -> None:
    @contextmanager
    def room() -> Iterator[None]:
        yield

    error = made(kind)
    with pytest.raises(StepwiseError) as caught, room():
        raise error
    assert caught.value is error


def test_different_facts_or_kinds_make_different_errors() -> None:
    assert OutOfRangeError("days", 1, 30) != OutOfRangeError("days", 1, 31)
    kinds: list[StepwiseError] = [NotSetUpError(), NoRoundError(), NotSetUpError()]
    assert len(set(kinds)) == 2


def test_near_names_may_be_left_out() -> None:
    assert InvalidZoneError("x").near == ()

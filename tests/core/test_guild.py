"""A guild's settings."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given

from bot.core.guild import Guild
from tests.core import strategies as core
from tests.core.strategies import guild


def test_a_new_guild_was_asked_nothing_runs_and_has_failed_at_nothing() -> None:
    plain = guild()
    assert (plain.served, plain.next_due, plain.paused, plain.failures) == (None, None, False, 0)
    assert (plain.role_id, plain.open_hours, plain.moderator_role_id, plain.left_at) == (None, None, None, None)


def test_a_guild_is_changed_by_replacing_it_only() -> None:
    plain = guild()
    with pytest.raises(FrozenInstanceError):
        plain.paused = True  # type: ignore[misc]
    assert replace(plain, paused=True).paused
    assert not plain.paused


@given(core.guilds)
def test_guilds_with_equal_settings_are_equal(one: Guild) -> None:
    assert replace(one) == one
    assert replace(one, failures=one.failures + 1) != one

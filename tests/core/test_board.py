"""Lines and pages of a board."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from bot.core.board import Cursor, Page, Place


def test_a_page_holds_its_lines_in_order() -> None:
    page = Page((Place(1, 7, 30), Place(1, 9, 30), Place(3, 8, 10)), members=3, more_before=False, more_after=False)
    assert [place.rank for place in page.places] == [1, 1, 3]
    with pytest.raises(FrozenInstanceError):
        page.members = 4  # type: ignore[misc]


def test_a_cursor_is_a_place_between_two_lines() -> None:
    assert Cursor(points=30, user_id=9) == Cursor(30, 9)

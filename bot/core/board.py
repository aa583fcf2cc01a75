"""Boards: who stands where. Equal points share a rank: 1, 1, 3."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a board. `rank` is 1 plus the number of members with more points."""

    rank: int
    user_id: int
    points: int


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two lines of a board: just after (or before) the member `user_id` with `points`."""

    points: int
    user_id: int


@dataclass(frozen=True, slots=True)
class Page:
    """Up to ten lines of a board in order (points descending, then user id), and whether there are more around them."""

    places: tuple[Place, ...]
    members: int
    more_before: bool
    more_after: bool

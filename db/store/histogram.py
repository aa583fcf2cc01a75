"""How many members of a board stand in which range of points, so that a rank need not count them all.

A board holds the visible members with more than 0 points in its period; see `is_listed`.

Level 0 counts members by their exact points, level 1 by ranges of 64, level 2 by ranges of 4,096. Whoever has more than
`p` points stands further right in `p`'s own range of level 1, or in a range further right within `p`'s range of
level 2, or in a range further right on level 2: at most 63 + 63 rows and as many as there are ranges on level 2.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import ColumnElement, Executable, Select, bindparam, delete, func, select, union_all

from db.schema import tally
from db.store.statement import InsertInto, Part, per_dialect

BITS = 6
LEVELS = 3
TOP = LEVELS - 1

Board = tuple[int, str]
"""A guild and a period's key."""

Moves = Counter[tuple[Board, int]]
"""By how many the members with exactly so many points on a board become more or fewer."""


def is_listed(points: int, *, visible: bool) -> bool:
    """Tell whether a member with so many points stands on a board: nobody is shown who has none."""
    return visible and points > 0


def buckets(points: int) -> list[tuple[int, int]]:
    """Return the range that holds so many points on each level, as (level, bucket)."""
    return [(level, points >> BITS * level) for level in range(LEVELS)]


def _shifting(insert_into: InsertInto) -> Executable:
    adding = insert_into(tally)
    return adding.on_conflict_do_update(
        index_elements=["guild_id", "period", "level", "bucket"],
        set_={"members": tally.c.members + adding.excluded.members},
    )


_SHIFT = per_dialect(_shifting)
_SWEEP = delete(tally).where(
    *(column == bindparam(f"the_{column.name}") for column in tally.primary_key.columns), tally.c.members == 0
)


class Histogram(Part):
    """The histograms of all boards."""

    __slots__ = ()

    async def move(self, moves: Moves) -> None:
        """Bring the histograms up to date; every row that becomes empty is deleted."""
        changes: Counter[tuple[int, str, int, int]] = Counter()
        for ((guild_id, period), points), members in moves.items():
            for level, bucket in buckets(points):
                changes[guild_id, period, level, bucket] += members
        # In one order everywhere, so that two processes never wait for each other.
        rows = sorted((key, members) for key, members in changes.items() if members)
        if rows:
            names = ("guild_id", "period", "level", "bucket")
            await self._execute(
                _SHIFT, [dict(zip(names, key, strict=True)) | {"members": members} for key, members in rows]
            )
        emptied = [key for key, members in rows if members < 0]
        if emptied:
            await self._execute(
                _SWEEP, [{f"the_{name}": part for name, part in zip(names, key, strict=True)} for key in emptied]
            )

    async def ahead(self, board: Board, points: int) -> int:
        """Return how many members of a board have more points."""
        counted = union_all(*(_right_of(board, level, bucket) for level, bucket in buckets(points))).subquery()
        return int((await self._execute(select(func.coalesce(func.sum(counted.c.members), 0)))).scalar_one())

    async def members(self, board: Board) -> int:
        """Return how many members a board has."""
        statement = select(func.coalesce(func.sum(tally.c.members), 0)).where(*_on(board, TOP))
        return int((await self._execute(statement)).scalar_one())

    async def counts(self, board: Board, points: set[int]) -> dict[int, int]:
        """Return how many members of a board have exactly so many points, for each number given."""
        statement = select(tally.c.bucket, tally.c.members).where(*_on(board, 0), tally.c.bucket.in_(points))
        return {bucket: members for bucket, members in await self._execute(statement)}  # noqa: C416 - rows are no pairs


def _on(board: Board, level: int) -> tuple[ColumnElement[bool], ...]:
    guild_id, period = board
    return tally.c.guild_id == guild_id, tally.c.period == period, tally.c.level == level


def _right_of(board: Board, level: int, bucket: int) -> Select[int]:
    """Select the counts of the ranges right of one, up to the end of the range that holds it on the next level."""
    statement = select(tally.c.members).where(*_on(board, level), tally.c.bucket > bucket)
    if level == TOP:
        return statement
    return statement.where(tally.c.bucket < ((bucket >> BITS) + 1) << BITS)

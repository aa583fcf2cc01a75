"""How many visible members of a board stand in which range of points, so that a rank need not count them all.

Level 0 counts members by their exact points, level 1 by ranges of 64, level 2 by ranges of 4,096. Whoever has more than
`p` points stands further right in `p`'s own range of level 1, or in a range further right within `p`'s range of
level 2, or in a range further right on level 2: at most 63 + 63 rows and as many as there are ranges on level 2.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import BigInteger, CompoundSelect, Integer, bindparam, delete, func, literal, select, union_all
from sqlalchemy.sql.elements import ColumnElement

from db.schema import tally
from db.store.statement import Part, per_dialect

BITS = 6
LEVELS = 3
TOP = LEVELS - 1

Board = tuple[int, str]
"""A guild and a period's key."""

Moves = Counter[tuple[Board, int]]
"""By how many the members with exactly so many points on a board become more or fewer."""


def _shifting(insert_into: Any) -> Any:
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
            for level in range(LEVELS):
                changes[guild_id, period, level, points >> BITS * level] += members
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
        ranges = [_range(board, level, points >> BITS * level) for level in range(LEVELS)]
        counted = union_all(*ranges).subquery()
        return int((await self._execute(select(func.coalesce(func.sum(counted.c.members), 0)))).scalar_one())

    async def members(self, board: Board) -> int:
        """Return how many members a board has."""
        statement = select(func.coalesce(func.sum(tally.c.members), 0)).where(*_on(board, TOP))
        return int((await self._execute(statement)).scalar_one())

    async def counts(self, board: Board, points: set[int]) -> dict[int, int]:
        """Return how many members of a board have exactly so many points, for each number given."""
        statement = select(tally.c.bucket, tally.c.members).where(*_on(board, 0), tally.c.bucket.in_(points))
        return {bucket: members for bucket, members in await self._execute(statement)}

"""The ledger of points, and the boards that follow from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Executable, insert, select, true, update

from bot.core.board import Cursor, Page, Place
from bot.core.ledger import Entry
from bot.core.period import Period, keys
from db.schema import entry, member, standing
from db.store.histogram import Board, Histogram, Moves, is_listed
from db.store.members import NEWCOMER, Members
from db.store.statement import InsertInto, columns_of, per_dialect, values_of

_COLUMNS = columns_of(Entry, entry)
_ADD = insert(entry)
_DESCENDING = (standing.c.points.desc(), standing.c.user_id)
_ASCENDING = (standing.c.points, standing.c.user_id.desc())


def _hiding(insert_into: InsertInto) -> Executable:
    adding = insert_into(member)
    return adding.on_conflict_do_update(index_elements=["guild_id", "user_id"], set_={"hidden": adding.excluded.hidden})


def _crediting(insert_into: InsertInto) -> Executable:
    adding = insert_into(standing)
    credited = adding.on_conflict_do_update(
        index_elements=["guild_id", "period", "user_id"],
        set_={
            "points": standing.c.points + adding.excluded.points,
            "entries": standing.c.entries + adding.excluded.entries,
        },
    )
    return credited.returning(
        standing.c.guild_id, standing.c.period, standing.c.user_id, standing.c.points, standing.c.visible
    )


_HIDE = per_dialect(_hiding)
_CREDIT = per_dialect(_crediting)


class Ledger(Histogram):
    """The points of all guilds. Members with no points in a period, or fewer, are not on its board."""

    __slots__ = ()

    async def add(self, entries: Sequence[Entry]) -> None:
        """Add entries and bring every board up to date with them.

        Raises ConflictError when a round's points were given to (or taken back from) one of the members before.
        """
        if not entries:
            return
        await self._execute(_ADD, values_of(entries))
        hidden = await Members(self._connection).hold({(one.guild_id, one.user_id) for one in entries})
        points: Counter[tuple[int, str, int]] = Counter()
        count: Counter[tuple[int, str, int]] = Counter()
        for one in entries:
            for period in keys(one.day):
                points[one.guild_id, period, one.user_id] += one.points
                count[one.guild_id, period, one.user_id] += 1
        # In one order everywhere, so that two processes never wait for each other.
        rows = [
            {
                "guild_id": guild_id,
                "period": period,
                "user_id": user_id,
                "points": points[guild_id, period, user_id],
                "entries": count[guild_id, period, user_id],
                "visible": (guild_id, user_id) not in hidden,
            }
            for guild_id, period, user_id in sorted(count)
        ]
        moves: Moves = Counter()
        for guild_id, period, user_id, now, visible in await self._execute(_CREDIT, rows):
            before = now - points[guild_id, period, user_id]
            moves[(guild_id, period), before] -= is_listed(before, visible=visible)
            moves[(guild_id, period), now] += is_listed(now, visible=visible)
        await self.move(moves)

    async def points(self, guild_id: int, user_id: int) -> int:
        """Return all points a member ever got in a guild."""
        return await self._points((guild_id, Period.ALL), user_id) or 0

    async def of_round(self, guild_id: int, round_id: int) -> list[Entry]:
        """Return the entries that a round has led to, oldest first."""
        statement = select(*_COLUMNS).where(entry.c.guild_id == guild_id, entry.c.round_id == round_id)
        return [Entry(*row) for row in await self._execute(statement.order_by(entry.c.id))]

    async def page(
        self,
        guild_id: int,
        period_key: str,
        *,
        after: Cursor | None = None,
        before: Cursor | None = None,
        limit: int = 10,
    ) -> Page:
        """Return a guild's board for a period from its top, or the lines next after, or next before, a cursor."""
        board = guild_id, period_key
        backwards = before is not None
        cursor = before or after
        found = await self._beside(board, cursor, limit + 1, ahead=backwards)
        goes_on, lines = len(found) > limit, found[:limit]
        members = await self.members(board)
        if cursor is None:
            other_side = False
        elif lines:
            other_side = bool(await self._beside(board, lines[0], 1, ahead=not backwards))
        else:
            other_side = members > 0  # nobody stands where the page would be, so all stand beyond the cursor
        if backwards:
            return Page(await self._ranked(board, lines[::-1]), members, goes_on, other_side)
        return Page(await self._ranked(board, lines), members, other_side, goes_on)

    async def place(self, guild_id: int, user_id: int, period_key: str) -> Place | None:
        """Return where a member stands, or None without points in the period.

        For a member who hides it is the place among those who do not and the member itself.
        """
        board = guild_id, period_key
        points = await self._points(board, user_id)
        if points is None or points <= 0:
            return None
        return Place(1 + await self.ahead(board, points), user_id, points)

    async def set_hidden(self, guild_id: int, user_id: int, *, hidden: bool) -> None:
        """Take a member off every board of a guild, or put them back; those who answer later may choose it too."""
        await self._execute(_HIDE, {"guild_id": guild_id, "user_id": user_id, **NEWCOMER, "hidden": hidden})
        changed = (
            update(standing)
            .where(standing.c.guild_id == guild_id, standing.c.user_id == user_id, standing.c.visible == hidden)
            .values(visible=not hidden)
            .returning(standing.c.period, standing.c.points)
        )
        moves: Moves = Counter()
        for period, points in await self._execute(changed):
            moves[(guild_id, period), points] += is_listed(points, visible=True) * (-1 if hidden else 1)
        await self.move(moves)

    async def _points(self, board: Board, user_id: int) -> int | None:
        guild_id, period = board
        statement = select(standing.c.points).where(
            standing.c.guild_id == guild_id, standing.c.period == period, standing.c.user_id == user_id
        )
        return (await self._execute(statement)).scalar()

    async def _beside(self, board: Board, cursor: Cursor | None, limit: int, *, ahead: bool) -> list[Cursor]:
        """Return the lines next to a cursor, nearest first: those ahead of it, or those after it or from the top.

        Those level with the cursor and those beyond are asked apart, since each can then be read off the index where
        it begins; in one condition, all lines up to the cursor would be read.
        """
        points, user_id = standing.c.points, standing.c.user_id
        if cursor is None:
            return await self._lines(board, limit, points > 0, ahead=ahead)
        past = user_id < cursor.user_id if ahead else user_id > cursor.user_id
        # Only an old cursor can stand where nobody is listed.
        found = await self._lines(board, limit, points == cursor.points, past, ahead=ahead) if cursor.points > 0 else []
        if len(found) < limit:
            beyond = (points > max(cursor.points, 0),) if ahead else (points > 0, points < cursor.points)
            found += await self._lines(board, limit - len(found), *beyond, ahead=ahead)
        return found

    async def _lines(self, board: Board, limit: int, *points: ColumnElement[bool], ahead: bool) -> list[Cursor]:
        guild_id, period = board
        statement = (
            select(standing.c.points, standing.c.user_id)
            .where(standing.c.guild_id == guild_id, standing.c.period == period, standing.c.visible == true(), *points)
            .order_by(*(_ASCENDING if ahead else _DESCENDING))
            .limit(limit)
        )
        return [Cursor(*row) for row in await self._execute(statement)]

    async def _ranked(self, board: Board, lines: Sequence[Cursor]) -> tuple[Place, ...]:
        """Give ranks to lines that follow each other: a rank is the one before it, and as many as share that."""
        if not lines:
            return ()
        counts = await self.counts(board, {line.points for line in lines})
        rank = 1 + await self.ahead(board, lines[0].points)
        level, places = lines[0].points, []
        for line in lines:
            if line.points != level:
                rank, level = rank + counts[level], line.points
            places.append(Place(rank, line.user_id, line.points))
        return tuple(places)

"""Members: the streak and counts of each person in each guild. They follow from rounds and answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Executable, func, select

from bot.core.answer import Member
from bot.core.streak import FIRST_FREEZES, Streak
from db.schema import member
from db.store.statement import AnyRow, InsertInto, Pair, Part, is_among, per_dialect

COLUMNS = (
    member.c.guild_id,
    member.c.user_id,
    member.c.length,
    member.c.best,
    member.c.freezes,
    member.c.position,
    member.c.answered,
    member.c.correct,
    member.c.hidden,
)
NEWCOMER = {"length": 0, "best": 0, "freezes": FIRST_FREEZES, "position": 0, "answered": 0, "correct": 0}
"""The figures of somebody who has answered nothing."""

_CHANGING = ("length", "best", "freezes", "position", "answered", "correct")
_MANY = (
    select(*COLUMNS)
    .where(is_among(member.c.guild_id, member.c.user_id))
    .order_by(member.c.guild_id, member.c.user_id)
    .with_for_update()
)


def _saving(insert_into: InsertInto) -> Executable:
    adding = insert_into(member)
    return adding.on_conflict_do_update(
        index_elements=["guild_id", "user_id"], set_={name: adding.excluded[name] for name in _CHANGING}
    )


def _holding(insert_into: InsertInto) -> Executable:
    """Make the members that are not there yet, keep others from changing any, and learn who hides: all at once."""
    adding = insert_into(member)
    held = adding.on_conflict_do_update(index_elements=["guild_id", "user_id"], set_={"hidden": member.c.hidden})
    return held.returning(member.c.guild_id, member.c.user_id, member.c.hidden)


_SAVE = per_dialect(_saving)
_HOLD = per_dialect(_holding)


class Members(Part):
    """The members of all guilds."""

    __slots__ = ()

    async def get(self, guild_id: int, user_id: int) -> Member | None:
        """Return a member, or None for somebody of whom nothing is kept."""
        statement = select(*COLUMNS).where(member.c.guild_id == guild_id, member.c.user_id == user_id)
        row = (await self._execute(statement)).one_or_none()
        return None if row is None else member_of(row)

    async def many(self, pairs: Collection[Pair]) -> dict[Pair, Member]:
        """Return the members among these (guild, user) pairs; nobody else changes them until the transaction ends."""
        return {(row.guild_id, row.user_id): member_of(row) for row in await self._by_pairs(_MANY, pairs)}

    async def save(self, members: Sequence[Member]) -> None:
        """Insert or replace members. `hidden` counts for new ones only; `Ledger.set_hidden` changes it."""
        if members:
            ordered = sorted(members, key=lambda one: (one.guild_id, one.user_id))
            await self._execute(_SAVE, [_values(one) for one in ordered])

    async def hold(self, pairs: Collection[Pair]) -> set[Pair]:
        """Make those (guild, user) pairs members that are not, and return those who hide.

        Nobody else changes any of them until the transaction ends, nor adds or removes anything of theirs.
        """
        rows = [{"guild_id": guild, "user_id": user, **NEWCOMER, "hidden": False} for guild, user in sorted(set(pairs))]
        return {(guild_id, user_id) for guild_id, user_id, hidden in await self._execute(_HOLD, rows) if hidden}

    async def count(self, guild_id: int) -> int:
        """Return how many people have answered in a guild."""
        statement = select(func.count()).where(member.c.guild_id == guild_id, member.c.answered > 0)
        return int((await self._execute(statement)).scalar_one())


def member_of(row: AnyRow) -> Member:
    """Return the member that a row of `COLUMNS` stands for."""
    guild_id, user_id, length, best, freezes, position, answered, correct, hidden = row
    return Member(guild_id, user_id, Streak(length, best, freezes, position), answered, correct, hidden)


def _values(one: Member) -> dict[str, int | bool]:
    return {
        "guild_id": one.guild_id,
        "user_id": one.user_id,
        "length": one.streak.length,
        "best": one.streak.best,
        "freezes": one.streak.freezes,
        "position": one.streak.position,
        "answered": one.answered,
        "correct": one.correct,
        "hidden": one.hidden,
    }

"""Rounds: what was asked where and when, and what its public message shows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, func, literal, or_, select, text, update

from bot.core.round import Round, State
from db.schema import STALE, answer, forgotten, guild, round_
from db.store.round_life import COLUMNS, RoundLife
from db.store.statement import PAIRS_PER_STATEMENT, chunks
from db.types import Instant

# A lock for updates from the start: all answers of a guild go to its one open round, so this is also what keeps the
# writers of several processes apart, and nobody has to strengthen a weaker lock that another shares.
_MANY = select(*COLUMNS).order_by(round_.c.id).with_for_update(key_share=True)


class Rounds(RoundLife):
    """The rounds of all guilds."""

    __slots__ = ()

    async def get(self, guild_id: int, round_id: int) -> Round | None:
        """Return a guild's round; None when it is another guild's or nobody's."""
        return await self._one(_in(guild_id).where(round_.c.id == round_id))

    async def many(self, round_ids: Collection[int]) -> dict[int, Round]:
        """Return the rounds among these ids; nobody else changes them until the transaction ends."""
        found: dict[int, Round] = {}
        for some in chunks(sorted(set(round_ids)), PAIRS_PER_STATEMENT):
            found |= {one.id: one for one in await self._rounds(_MANY.where(round_.c.id.in_(some)))}
        return found

    async def open_in(self, guild_id: int) -> Round | None:
        """Return a guild's open round."""
        return await self._one(_in(guild_id).where(round_.c.state == State.OPEN))

    async def latest(self, guild_id: int) -> Round | None:
        """Return the newest round of a guild that was delivered, whether open, closed or voided since."""
        delivered = _in(guild_id).where(round_.c.message_id.is_not(None))
        return await self._one(delivered.order_by(round_.c.number.desc()).limit(1))

    async def on(self, guild_id: int, day: date) -> Round | None:
        """Return a guild's round for a local date, in whatever state."""
        return await self._one(_in(guild_id).where(round_.c.local_date == day))

    async def recent(self, guild_id: int, limit: int) -> list[Round]:
        """Return a guild's newest rounds in all states, newest first."""
        return await self._rounds(_in(guild_id).order_by(round_.c.number.desc()).limit(limit))

    async def asked(self, guild_id: int) -> list[str]:
        """Return the items a guild was asked, oldest first; abandoned rounds are left out, voided ones are not."""
        statement = select(round_.c.item_id).where(round_.c.guild_id == guild_id, round_.c.state != State.ABANDONED)
        return list((await self._execute(statement.order_by(round_.c.number))).scalars())

    async def stale(self, now: datetime, limit: int) -> list[tuple[Round, int]]:
        """Return the rounds whose message shows another state or, while open, another count, and their present count.

        Rounds put off to after `now` are left out, and those of guilds that left.
        """
        statement = (
            select(*COLUMNS, round_.c.answers)
            .join(guild, guild.c.id == round_.c.guild_id)
            .where(
                text(STALE),
                or_(round_.c.show_after.is_(None), round_.c.show_after <= now),
                guild.c.left_at.is_(None),
            )
            .order_by(round_.c.show_after.nulls_first(), round_.c.id)
            .limit(limit)
        )
        return [(Round(*row[:-1]), row[-1]) for row in await self._execute(statement)]

    async def shown(self, round_id: int, *, state: State, count: int, next_after: datetime | None) -> None:
        """Note what a round's message shows now, and from when on it may be changed again.

        A round that has passed into another state meanwhile keeps its own time for the next change.
        """
        statement = update(round_).where(round_.c.id == round_id)
        await self._execute(
            statement.values(
                shown=state,
                shown_count=count,
                show_after=case((round_.c.state == state, literal(next_after, Instant)), else_=round_.c.show_after),
            )
        )

    async def postpone(self, round_id: int, until: datetime) -> None:
        """Keep a round's message from being changed before `until`."""
        await self._execute(update(round_).where(round_.c.id == round_id).values(show_after=until))

    async def distribution(self, guild_id: int, round_id: int) -> dict[str, int]:
        """Return how often each option of a round was chosen, by erased members too; without those never chosen."""
        kept = (
            select(answer.c.option_id, func.count().label("times"))
            .where(answer.c.guild_id == guild_id, answer.c.round_id == round_id)
            .group_by(answer.c.option_id)
        )
        erased = (
            select(forgotten.c.option_id, forgotten.c.answers)
            .join(round_, round_.c.id == forgotten.c.round_id)
            .where(round_.c.guild_id == guild_id, forgotten.c.round_id == round_id)
        )
        chosen: dict[str, int] = {}
        for option_id, times in await self._execute(kept.union_all(erased)):
            chosen[option_id] = chosen.get(option_id, 0) + times
        return chosen

    async def _one(self, statement: Select[Any]) -> Round | None:
        row = (await self._execute(statement)).one_or_none()
        return None if row is None else Round(*row)


def _in(guild_id: int) -> Select[Any]:
    return select(*COLUMNS).where(round_.c.guild_id == guild_id)

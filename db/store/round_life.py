"""How a round goes from its claim to its end. Each change says what it expects to find and does nothing otherwise."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, Update, func, or_, select, text, update

from bot.core.question import Question
from bot.core.round import Round, State
from db.schema import CLAIMED, OPEN, guild, round_
from db.store.statement import AnyRow, InsertInto, Part, columns_of, per_dialect

COLUMNS = columns_of(Round, round_)

LONGEST_LEASE = timedelta(hours=2)
"""No delivery is put off for longer than this."""

_FAR = 1_000_000_000
"""Positions pass through here on their way down: rows move one by one, and no two may ever stand on the same."""


def _claiming(insert_into: InsertInto) -> Executable:
    adding = insert_into(round_)
    return adding.on_conflict_do_nothing(index_elements=["guild_id", "local_date"]).returning(*COLUMNS)


_CLAIM = per_dialect(_claiming)


class RoundLife(Part):
    """The changes of state."""

    __slots__ = ()

    async def claim(
        self,
        *,
        guild_id: int,
        local_date: date,
        question: Question,
        channel_id: int,
        nonce: str,
        now: datetime,
        lease_until: datetime,
    ) -> Round | None:
        """Claim a guild's round for a date, numbered after its last; None when the date is taken."""
        await self._hold(guild_id)
        highest = select(func.coalesce(func.max(round_.c.number), 0)).where(round_.c.guild_id == guild_id)
        values = {
            "guild_id": guild_id,
            "number": (await self._execute(highest)).scalar_one() + 1,
            "local_date": local_date,
            "state": State.CLAIMED,
            "channel_id": channel_id,
            "nonce": nonce,
            "claimed_at": now,
            "lease_until": lease_until,
            "shown_count": 0,
            "answers": 0,
            "item_id": question.id,
            "topic": question.topic,
            "difficulty": question.difficulty,
            "question": question,
        }
        return _round((await self._execute(_CLAIM, values)).one_or_none())

    async def lease(self, claimed: Round, *, now: datetime, until: datetime) -> bool:
        """Take over a claimed round whose lease is over; False when somebody else has it by now."""
        expired = _of(claimed.id, State.CLAIMED).where(round_.c.lease_until == claimed.lease_until, _is_over(now))
        return await self._change(expired.values(lease_until=until))

    async def put_off(self, round_id: int, until: datetime) -> None:
        """Keep a claimed round from being attempted again before `until`."""
        await self._change(_of(round_id, State.CLAIMED).values(lease_until=until))

    async def attempted(self, round_id: int, at: datetime) -> None:
        """Note the first attempt to send a claimed round; later ones change nothing."""
        await self._change(_of(round_id, State.CLAIMED).where(round_.c.attempted_at.is_(None)).values(attempted_at=at))

    async def unattempted(self, round_id: int) -> None:
        """Note that a claimed round was not sent after all."""
        await self._change(_of(round_id, State.CLAIMED).values(attempted_at=None))

    async def opened(
        self,
        guild_id: int,
        round_id: int,
        *,
        message_id: int,
        channel_id: int,
        at: datetime,
        closes_at: datetime | None,
    ) -> Round | None:
        """Open a claimed round under its message, at the position after the last; None when it is not claimed any more.

        The guild's previous round must be closed by then: ConflictError.
        """
        await self._hold(guild_id)
        values = {
            "state": State.OPEN,
            "shown": State.OPEN,
            "message_id": message_id,
            "channel_id": channel_id,
            "opened_at": at,
            "closes_at": closes_at,
            "position": await self.last_position(guild_id) + 1,
        }
        statement = _of(round_id, State.CLAIMED).where(round_.c.guild_id == guild_id).values(values)
        return _round((await self._execute(statement.returning(*COLUMNS))).one_or_none())

    async def abandon(self, guild_id: int, round_id: int, at: datetime) -> bool:
        """Give up a claimed round; False when it is not claimed any more."""
        statement = _of(round_id, State.CLAIMED).where(round_.c.guild_id == guild_id)
        return await self._change(statement.values(state=State.ABANDONED, closed_at=at))

    async def close(self, guild_id: int, round_id: int, at: datetime) -> bool:
        """Close an open round; False when it is not open any more."""
        statement = _of(round_id, State.OPEN).where(round_.c.guild_id == guild_id)
        return await self._change(statement.values(state=State.CLOSED, closed_at=at))

    async def void(self, guild_id: int, round_id: int, *, reason: str, at: datetime) -> bool:
        """Take back an open or closed round: later ones move down by one position. False when it is neither.

        What follows for points and streaks is for the caller, in the same transaction.
        """
        await self._hold(guild_id)
        here = (round_.c.guild_id == guild_id, round_.c.id == round_id, round_.c.position.is_not(None))
        position = (await self._execute(select(round_.c.position).where(*here))).scalar()
        if position is None:
            return False
        await self._execute(_voiding(reason, at).where(*here))
        later = update(round_).where(round_.c.guild_id == guild_id)
        await self._execute(later.where(round_.c.position > position).values(position=round_.c.position + _FAR))
        await self._execute(later.where(round_.c.position > _FAR).values(position=round_.c.position - _FAR - 1))
        return True

    async def expired_claims(self, now: datetime, limit: int) -> list[Round]:
        """Return claimed rounds whose lease is over, longest over first."""
        ready = select(*COLUMNS).where(text(CLAIMED), _is_over(now))
        return await self._rounds(ready.order_by(round_.c.lease_until).limit(limit))

    async def expired(self, now: datetime, limit: int) -> list[Round]:
        """Return open rounds whose time is up, longest up first."""
        ready = select(*COLUMNS).where(text(OPEN), round_.c.closes_at <= now)
        return await self._rounds(ready.order_by(round_.c.closes_at).limit(limit))

    async def last_position(self, guild_id: int) -> int:
        """Return the highest position of a guild's open and closed rounds, 0 before the first."""
        return await self._highest_position(guild_id)

    async def closed_position(self, guild_id: int) -> int:
        """Return the highest position of a guild's closed rounds, 0 before the first."""
        return await self._highest_position(guild_id, round_.c.state == State.CLOSED)

    async def _highest_position(self, guild_id: int, *conditions: ColumnElement[bool]) -> int:
        statement = select(round_.c.position).where(
            round_.c.guild_id == guild_id, round_.c.position.is_not(None), *conditions
        )
        return (await self._execute(statement.order_by(round_.c.position.desc()).limit(1))).scalar() or 0

    async def _hold(self, guild_id: int) -> None:
        """Keep others from numbering or moving the guild's rounds until the transaction ends."""
        await self._execute(select(guild.c.id).where(guild.c.id == guild_id).with_for_update(key_share=True))

    async def _change(self, statement: Update) -> bool:
        return (await self._execute(statement)).rowcount > 0

    async def _rounds(self, statement: Select[Any]) -> list[Round]:
        return [Round(*row) for row in await self._execute(statement)]


def _of(round_id: int, state: State) -> Update:
    return update(round_).where(round_.c.id == round_id, round_.c.state == state)


def _is_over(now: datetime) -> ColumnElement[bool]:
    """Say that a lease is over: run out, or so far ahead that the clock must have been set back since it was given."""
    return or_(round_.c.lease_until <= now, round_.c.lease_until > now + LONGEST_LEASE)


def _voiding(reason: str, at: datetime) -> Update:
    ended = func.coalesce(round_.c.closed_at, at, type_=round_.c.closed_at.type)
    return update(round_).values(state=State.VOID, position=None, void_reason=reason, closed_at=ended)


def _round(row: AnyRow | None) -> Round | None:
    return None if row is None else Round(*row)

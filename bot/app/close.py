"""Close rounds: at their time, or when a moderator says so."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.context import Context, guild_of
from bot.core.errors import NoOpenRoundError
from bot.core.round import Round
from db.store import Transaction


async def close_expired(context: Context, rounds: Sequence[Round]) -> None:
    """Close open rounds whose time is up; their messages follow at the next tick."""
    now = context.clock()
    async with context.store.begin() as transaction:
        for round_ in rounds:
            await transaction.rounds.close(round_.guild_id, round_.id, round_.closes_at or now)
            await transaction.rounds.postpone(round_.id, now)


async def find_closable(context: Context, guild_id: int) -> Round:
    """Return the guild's open round; raises NotSetUpError or NoOpenRoundError."""
    async with context.store.begin() as transaction:
        await guild_of(transaction, guild_id)
        return await _open(transaction, guild_id)


async def close(context: Context, guild_id: int, by: int, round_id: int) -> Round:
    """Close a guild's open round for a moderator; raises NoOpenRoundError when it is not open any more."""
    now = context.clock()
    async with context.store.begin() as transaction:
        round_ = await _open(transaction, guild_id)
        if round_.id != round_id:
            raise NoOpenRoundError
        await transaction.rounds.close(guild_id, round_.id, now)
        await transaction.rounds.postpone(round_.id, now)
        await transaction.audit.add(guild_id=guild_id, by=by, action="close", detail={"number": round_.number}, at=now)
    return round_


async def _open(transaction: Transaction, guild_id: int) -> Round:
    round_ = await transaction.rounds.open_in(guild_id)
    if round_ is None:
        raise NoOpenRoundError
    return round_

"""Ask today's question now, because a moderator says so."""

from __future__ import annotations

from dataclasses import replace

from bot.app import ask
from bot.app.context import Context, guild_of
from bot.app.messenger import FailureReason, Messenger
from bot.core.errors import AlreadyPostedError
from bot.core.guild import Guild
from bot.core.round import Round, State
from bot.core.schedule import local_date
from db.store import Transaction


async def post(context: Context, messenger: Messenger, guild_id: int, by: int) -> Round | FailureReason:
    """Post today's question now, on a day without one too; one that could not be delivered is tried again.

    Returns the open round, or why it could not be delivered; then it goes on being tried by itself. Raises
    NotSetUpError, AlreadyPostedError or NothingToAskError.
    """
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = await guild_of(transaction, guild_id)
    claimed = await ask.claim(context, guild_id, unscheduled=True)
    async with context.store.begin() as transaction:
        round_ = claimed or await _undelivered(context, transaction, guild)
        detail = {"number": round_.number}
        await transaction.audit.add(guild_id=guild_id, by=by, action="post", detail=detail, at=now)
    if claimed is None:
        await ask.recover(context, messenger, round_)
    else:
        await ask.deliver(context, messenger, round_)
    async with context.store.begin() as transaction:
        guild = await guild_of(transaction, guild_id)
        after = await transaction.rounds.get(guild_id, round_.id)
    if after is not None and after.state is State.OPEN:
        return after
    return FailureReason(guild.failure) if guild.failure else FailureReason.UNREACHABLE


async def _undelivered(context: Context, transaction: Transaction, guild: Guild) -> Round:
    """Return today's round if its delivery has failed so far, free to be taken over now."""
    now = context.clock()
    round_ = await transaction.rounds.on(guild.id, local_date(guild.schedule.zone, now))
    if round_ is None or round_.state is not State.CLAIMED or not guild.failures:
        raise AlreadyPostedError
    await transaction.rounds.put_off(round_.id, now)
    return replace(round_, lease_until=now)

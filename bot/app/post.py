"""Ask today's question now, because a moderator says so."""

from __future__ import annotations

from bot.app import ask
from bot.app.context import Context, guild_of
from bot.app.messenger import FailureReason, Messenger
from bot.core.errors import AlreadyPostedError
from bot.core.round import Round, State


async def post(context: Context, messenger: Messenger, guild_id: int, by: int) -> Round | FailureReason:
    """Post today's question now, on a day without one too; one that could not be delivered is tried again.

    Returns the open round, or why it could not be delivered; then it goes on being tried by itself, unless the guild is
    paused. Raises NotSetUpError, AlreadyPostedError or NothingToAskError.
    """
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = await guild_of(transaction, guild_id)
    claimed = await ask.claim(context, guild_id, unscheduled=True)
    async with context.store.begin() as transaction:
        round_ = claimed or await ask.hasten(transaction, guild, now)
        if round_ is None:
            raise AlreadyPostedError
        detail = {"number": round_.number}
        await transaction.audit.add(guild_id=guild_id, by=by, action="post", detail=detail, at=now)
    if claimed is None:
        await ask.recover(context, messenger, round_, by_hand=True)
    else:
        await ask.deliver(context, messenger, round_)
    async with context.store.begin() as transaction:
        guild = await guild_of(transaction, guild_id)
        after = await transaction.rounds.get(guild_id, round_.id)
    if after is not None and after.state is State.OPEN:
        return after
    return FailureReason(guild.failure) if guild.failure else FailureReason.UNREACHABLE

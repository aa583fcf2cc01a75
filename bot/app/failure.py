"""Deliveries that failed: tried again later, counted, and told of."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from bot.app.context import Context
from bot.app.messenger import DeliveryError, FailureReason, Messenger, named
from bot.core.round import Round

log = logging.getLogger(__name__)

FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=1)
"""For a longer pause that Discord asks for, one asks again in between."""

TELL_EVERY = timedelta(days=1)

_CERTAIN = frozenset({FailureReason.CHANNEL_GONE, FailureReason.NO_PERMISSION})
"""Refusals after which nothing can have been posted."""


async def put_off(context: Context, messenger: Messenger, round_: Round, error: DeliveryError) -> None:
    """Put off the next attempt after a failed one, and note why it failed."""
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = await transaction.guilds.get(round_.guild_id)
        wait = min(FIRST_RETRY * 2 ** min(guild.failures if guild else 0, 10), LAST_RETRY)
        if error.retry_after is not None:
            wait = max(wait, min(timedelta(seconds=error.retry_after), LONGEST_WAIT))
        await transaction.rounds.put_off(round_.id, now + wait)
        if round_.attempted_at is None and error.reason in _CERTAIN:
            # The first attempt, and surely in vain: there is no message to look for before the next one.
            await transaction.rounds.unattempted(round_.id)
    log.warning("round %s of guild %s was not delivered: %s", round_.id, round_.guild_id, error.reason)
    await note(context, messenger, round_.guild_id, error.reason)


async def note(context: Context, messenger: Messenger, guild_id: int, reason: FailureReason) -> None:
    """Count a failure of a guild, and tell whoever set it up, at most once a day and not of a passing trouble."""
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = await transaction.guilds.get(guild_id)
        if guild is None:
            return
        told = guild.told_at is not None and now - guild.told_at < TELL_EVERY
        tell = reason is not FailureReason.UNREACHABLE and not told
        noted = replace(guild, failures=guild.failures + 1, failure=reason.value)
        await transaction.guilds.save(replace(noted, told_at=now) if tell else noted)
    if tell:
        with suppress(DeliveryError), named():
            await messenger.tell(guild, reason)

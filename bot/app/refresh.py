"""Bring public messages up to date: how many have answered, and how a round ended."""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.app.context import Context
from bot.app.messenger import DeliveryError, FailureReason, Messenger, Showing, named
from bot.core.round import Round, State

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=15)
"""How often the count on a message may change."""

OLD = timedelta(minutes=55)
EVERY_WHEN_OLD = timedelta(minutes=3)
"""Discord counts the edits of messages older than an hour, so those are changed much less often."""

RETRY = timedelta(minutes=1)
RETRY_WITHOUT_PERMISSION = timedelta(hours=1)

NEVER = timedelta(days=36_500)
"""A message that is gone is not looked for again, however many still answer by private copies of the question."""

_GONE = frozenset({FailureReason.CHANNEL_GONE, FailureReason.MESSAGE_GONE})


async def refresh(context: Context, messenger: Messenger, round_: Round, answers: int) -> None:
    """Change a round's message to show its present state and `answers`, and say when it may be changed again."""
    async with context.store.begin() as transaction:
        guild = await transaction.guilds.get(round_.guild_id)
        over = round_.state is State.CLOSED
        distribution = await transaction.rounds.distribution(round_.guild_id, round_.id) if over else {}
    if guild is None:
        return
    gone = False
    try:
        with named():
            await messenger.show(Showing(round_, answers, distribution, guild.next_due))
    except DeliveryError as error:
        if error.reason not in _GONE:
            await _postpone(context, round_, error)
            return
        log.info("the message of round %s of guild %s is gone", round_.id, round_.guild_id)
        gone = True
    now = context.clock()
    old = round_.opened_at is not None and now - round_.opened_at >= OLD
    wait = NEVER if gone else EVERY_WHEN_OLD if old else EVERY
    async with context.store.begin() as transaction:
        await transaction.rounds.shown(round_.id, state=round_.state, count=answers, next_after=now + wait)


async def _postpone(context: Context, round_: Round, error: DeliveryError) -> None:
    wait = RETRY_WITHOUT_PERMISSION if error.reason is FailureReason.NO_PERMISSION else RETRY
    if error.retry_after is not None:
        wait = max(wait, timedelta(seconds=error.retry_after))
    log.warning("the message of round %s of guild %s was not changed: %s", round_.id, round_.guild_id, error.reason)
    async with context.store.begin() as transaction:
        await transaction.rounds.postpone(round_.id, context.clock() + wait)

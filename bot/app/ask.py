"""Ask a guild its daily question: claim a round, send it, record it, and recover what a crash left between.

A claim commits the round with its snapshot, nonce and lease before anything is sent. Whoever finds the lease expired
takes the delivery over: while Discord still knows the nonce it sends again, later it looks for the message first.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from bot.app import failure
from bot.app.context import Context
from bot.app.messenger import DeliveryError, FailureReason, Messenger, Showing, named
from bot.core.errors import NothingToAskError
from bot.core.guild import Guild
from bot.core.pick import pick
from bot.core.question import Question, shuffled
from bot.core.round import Round, State
from bot.core.schedule import local_date, next_due, owed
from db.errors import ClashError
from db.store import Transaction

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=20)
"""How long one process has for a delivery: twice the longest that one send may take."""

NONCE_WINDOW = timedelta(seconds=60)
"""For so long after the first send a repeated one with the same nonce is surely recognised."""

RECORDINGS = 5
"""How often recording a message is tried that others got in the way of."""


async def choose(context: Context, transaction: Transaction, guild: Guild) -> Question | None:
    """Return the guild's next question as the bank has it, or None when nothing may be asked."""
    item = pick(
        context.bank.cards(),
        await transaction.rounds.asked(guild.id),
        seed=guild.seed,
        queued=await transaction.guilds.queued(guild.id),
        retired=await transaction.guilds.retired(guild.id),
    )
    return None if item is None else context.bank.get(item).question


async def claim(context: Context, guild_id: int, *, unscheduled: bool = False) -> Round | None:
    """Claim today's round if the guild is owed one, and move its schedule on.

    `unscheduled` claims it before its time, on any weekday. Returns None when there is nothing to deliver; raises
    NothingToAskError when there should be, but every item is retired: the day then passes without a question.
    """
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = await transaction.guilds.get(guild_id)
        if guild is None or (guild.paused and not unscheduled):
            return None
        today = local_date(guild.schedule.zone, now)
        day = today if unscheduled else owed(guild.schedule, now, guild.served)
        if day is None:
            await transaction.guilds.save(replace(guild, next_due=next_due(guild.schedule, now, guild.served)))
            return None
        taken = await transaction.rounds.on(guild_id, day) is not None
        question = None if taken else await choose(context, transaction, guild)
        round_ = None
        if question is not None:
            await transaction.guilds.dequeue(guild_id, question.id)
            round_ = await transaction.rounds.claim(
                guild_id=guild_id,
                local_date=day,
                question=shuffled(question, f"{guild.seed}/{day}"),
                channel_id=guild.channel_id,
                nonce=secrets.token_hex(12),
                now=now,
                lease_until=now + LEASE,
            )
        served = day if guild.served is None else max(day, guild.served)
        due = None if guild.paused else next_due(guild.schedule, now, served)
        await transaction.guilds.save(replace(guild, served=served, next_due=due))
    if question is None and not taken:
        raise NothingToAskError
    return round_


async def deliver(context: Context, messenger: Messenger, round_: Round) -> Round | None:
    """Send a claimed round and record its message.

    Returns the open round, or None when that failed for now, or somebody else has recorded it.
    """
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = await transaction.guilds.get(round_.guild_id)
        if guild is None:
            await transaction.rounds.abandon(round_.guild_id, round_.id, now)
            return None
        await transaction.rounds.attempted(round_.id, now)
    opening = replace(round_, state=State.OPEN, opened_at=now, closes_at=closing(guild, now))
    try:
        with named():
            message_id = await messenger.post(Showing(opening, 0, {}, guild.next_due), guild)
    except DeliveryError as error:
        await failure.put_off(context, messenger, round_, error)
        return None
    return await record(context, replace(round_, attempted_at=now), message_id)


async def record(context: Context, round_: Round, message_id: int) -> Round | None:
    """Open the round under the message that was sent or found; see `opened`."""
    attempt = 1
    while True:
        try:
            async with context.store.begin() as transaction:
                return await opened(transaction, round_, message_id, context.clock())
        except ClashError:
            # The first clicks come at this very moment, perhaps in another process, and may adopt the round.
            if attempt == RECORDINGS:
                raise
            attempt += 1


async def opened(transaction: Transaction, round_: Round, message_id: int, now: datetime) -> Round | None:
    """Within a transaction: open a claimed round, close the guild's previous one, and forget earlier failures.

    Returns None when it is not claimed any more, or comes too late: a newer question never gives way to an older one.
    """
    guild = await transaction.guilds.get(round_.guild_id)
    current = await transaction.rounds.get(round_.guild_id, round_.id)
    if guild is None or current is None or current.state is not State.CLAIMED:
        return None
    latest = await transaction.rounds.latest(round_.guild_id)
    if latest is not None and latest.number > round_.number:
        await transaction.rounds.abandon(round_.guild_id, round_.id, now)
        return None
    before = await transaction.rounds.open_in(round_.guild_id)
    if before is not None:
        await transaction.rounds.close(before.guild_id, before.id, now)
        await transaction.rounds.postpone(before.id, now)
    if guild.failures:
        await transaction.guilds.save(replace(guild, failures=0, failure=None))
    at = sent_at(round_, now)
    return await transaction.rounds.opened(
        round_.guild_id,
        round_.id,
        message_id=message_id,
        channel_id=round_.channel_id,
        at=at,
        closes_at=closing(guild, at),
    )


def sent_at(round_: Round, now: datetime) -> datetime:
    """Return when the message of a round that is claimed till now was sent, as nearly as can be told.

    That is when the last attempt began: earlier ones failed.
    """
    if round_.attempted_at is None or round_.lease_until is None:
        return now
    return min(now, max(round_.attempted_at, round_.lease_until - LEASE))


def closing(guild: Guild, opened_at: datetime) -> datetime | None:
    """Return when a round opened now closes by itself, or None when only the next one closes it."""
    return None if guild.open_hours is None else opened_at + timedelta(hours=guild.open_hours)


async def recover(context: Context, messenger: Messenger, round_: Round, *, by_hand: bool = False) -> None:
    """Finish a delivery whose lease has expired: send again, adopt what was sent, or give the day up.

    In a guild that is paused nothing is sent, unless it is done `by_hand`.
    """
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = await transaction.guilds.get(round_.guild_id)
        if guild is None:
            await transaction.rounds.abandon(round_.guild_id, round_.id, now)
            return
        if not await transaction.rounds.lease(round_, now=now, until=now + LEASE):
            return
    over = local_date(guild.schedule.zone, now) > round_.local_date
    moved = guild.channel_id != round_.channel_id
    held = guild.paused and not by_hand
    if round_.attempted_at is not None and (over or moved or held or now - round_.attempted_at > NONCE_WINDOW):
        try:
            with named():
                message_id = await messenger.find(round_)
        except DeliveryError as error:
            if not over and not (moved and error.reason is FailureReason.CHANNEL_GONE):
                await failure.put_off(context, messenger, round_, error)
                return
            message_id = None
        if message_id is not None:
            log.info("round %s of guild %s was adopted", round_.id, round_.guild_id)
            await record(context, round_, message_id)
            return
    if over:
        await give_up(context, round_)
    elif held:
        async with context.store.begin() as transaction:
            await transaction.rounds.put_off(round_.id, now + failure.LAST_RETRY)
    else:
        await deliver(context, messenger, replace(round_, channel_id=guild.channel_id))


async def hasten(transaction: Transaction, guild: Guild, now: datetime) -> Round | None:
    """Within a transaction: let today's question be tried again at once, if its delivery has failed so far.

    Returns it, or None when there is none such, or it is being sent this very moment.
    """
    round_ = await transaction.rounds.on(guild.id, local_date(guild.schedule.zone, now))
    if round_ is None or round_.state is not State.CLAIMED or round_.lease_until is None:
        return None
    if not guild.failures and now < round_.lease_until <= now + LEASE:
        return None
    await transaction.rounds.put_off(round_.id, now)
    return replace(round_, lease_until=now)


async def give_up(context: Context, round_: Round) -> None:
    """Abandon a round that could not be delivered on its day; it breaks nobody's streak."""
    log.warning("round %s of guild %s was not delivered on its day", round_.id, round_.guild_id)
    async with context.store.begin() as transaction:
        await transaction.rounds.abandon(round_.guild_id, round_.id, context.clock())

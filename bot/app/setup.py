"""Set a guild's daily question up, pause it, and skip a day."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.app.ask import hasten
from bot.app.context import Context, guild_of
from bot.core.errors import OutOfRangeError, PauseStateError
from bot.core.guild import Guild
from bot.core.schedule import Schedule, local_date, next_due, upcoming

LONGEST_OPEN = 7 * 24
"""Hours a round may stay open by itself."""

LONGEST_PAUSE = 365
"""Days a pause with an end may last."""


async def set_up(
    context: Context,
    guild_id: int,
    by: int,
    *,
    channel_id: int,
    schedule: Schedule,
    role_id: int | None,
    open_hours: int | None,
) -> Guild:
    """Set the guild up, or change how it was; scores, questions asked and a pause stay as they are.

    The next question comes at the next time ahead: nothing is asked at once because of a change. A question whose
    delivery has failed so far is tried again. Raises OutOfRangeError.
    """
    if open_hours is not None and not 1 <= open_hours <= LONGEST_OPEN:
        what = "open_hours"
        raise OutOfRangeError(what, 1, LONGEST_OPEN)
    now = context.clock()
    async with context.store.begin() as transaction:
        before = await transaction.guilds.get(guild_id)
        guild = before or Guild(guild_id, channel_id, schedule, secrets.token_hex(8), by)
        due = None if guild.paused else upcoming(schedule, now, guild.served)
        guild = replace(
            guild,
            channel_id=channel_id,
            schedule=schedule,
            set_up_by=by,
            role_id=role_id,
            open_hours=open_hours,
            next_due=due,
            failures=0,
            failure=None,
            told_at=None,
        )
        if before is not None:
            await hasten(transaction, before, now)
        await transaction.guilds.save(guild)
        detail = {
            "channel": str(channel_id),
            "time": f"{schedule.at:%H:%M}",
            "zone": schedule.zone,
            "days": sorted(schedule.days),
            "role": None if role_id is None else str(role_id),
            "open_hours": open_hours,
        }
        await transaction.audit.add(guild_id=guild_id, by=by, action="setup", detail=detail, at=now)
    return guild


async def pause(context: Context, guild_id: int, by: int, days: int | None) -> Guild:
    """Stop asking, for so many days or until `resume`. Raises NotSetUpError, PauseStateError or OutOfRangeError."""
    if days is not None and not 1 <= days <= LONGEST_PAUSE:
        what = "days"
        raise OutOfRangeError(what, 1, LONGEST_PAUSE)
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = await guild_of(transaction, guild_id)
        if guild.paused:
            raise PauseStateError(paused=True)
        until = None if days is None else now + timedelta(days=days)
        guild = replace(guild, paused=True, paused_until=until, next_due=None)
        await transaction.guilds.save(guild)
        await transaction.audit.add(guild_id=guild_id, by=by, action="pause", detail={"days": days}, at=now)
    return guild


async def resume(context: Context, guild_id: int, by: int) -> Guild:
    """Ask again: today's question too, if its time has come and its day is not over.

    Raises NotSetUpError or PauseStateError.
    """
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = await guild_of(transaction, guild_id)
        if not guild.paused:
            raise PauseStateError(paused=False)
        due = next_due(guild.schedule, now, guild.served)
        guild = replace(guild, paused=False, paused_until=None, next_due=due)
        await hasten(transaction, guild, now)
        await transaction.guilds.save(guild)
        await transaction.audit.add(guild_id=guild_id, by=by, action="resume", detail={}, at=now)
    return guild


async def wake(context: Context, guild_id: int) -> None:
    """End the pause of a guild if its time is over."""
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = await transaction.guilds.get(guild_id)
        if guild is not None and guild.paused_until is not None and guild.paused_until <= now:
            due = next_due(guild.schedule, now, guild.served)
            await transaction.guilds.save(replace(guild, paused=False, paused_until=None, next_due=due))


@dataclass(frozen=True, slots=True)
class Skipped:
    """The day that will have no question, and when the next one comes."""

    day: date
    next_due: datetime


async def skip(context: Context, guild_id: int, by: int) -> Skipped:
    """Leave out the next question; no streak is broken by it. Raises NotSetUpError or PauseStateError."""
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = await guild_of(transaction, guild_id)
        if guild.paused:
            raise PauseStateError(paused=True)
        due = guild.next_due or next_due(guild.schedule, now, guild.served)
        day = local_date(guild.schedule.zone, due)
        after = next_due(guild.schedule, now, day)
        await transaction.guilds.save(replace(guild, served=day, next_due=after))
        await transaction.audit.add(guild_id=guild_id, by=by, action="skip", detail={"day": str(day)}, at=now)
    return Skipped(day, after)


async def set_moderators(context: Context, guild_id: int, by: int, role_id: int | None) -> Guild:
    """Let a role run the daily question beside those who manage the server; raises NotSetUpError."""
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = replace(await guild_of(transaction, guild_id), moderator_role_id=role_id)
        await transaction.guilds.save(guild)
        detail = {"role": None if role_id is None else str(role_id)}
        await transaction.audit.add(guild_id=guild_id, by=by, action="moderators", detail=detail, at=now)
    return guild


async def moderator_role(context: Context, guild_id: int) -> int | None:
    """Return the role that may run the daily question, if one was chosen."""
    async with context.store.begin() as transaction:
        guild = await transaction.guilds.get(guild_id)
    return None if guild is None else guild.moderator_role_id

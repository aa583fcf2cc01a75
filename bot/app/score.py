"""Correct a member's points, and begin anew."""

from __future__ import annotations

from bot.app.context import Context, guild_of
from bot.core.errors import OutOfRangeError
from bot.core.ledger import Entry, EntryKind
from bot.core.schedule import local_date

LARGEST_ADJUSTMENT = 1000


async def adjust(context: Context, guild_id: int, by: int, user_id: int, *, points: int, reason: str) -> int:
    """Give a member points, or take some back, and return their new total.

    Raises NotSetUpError, or OutOfRangeError for 0, for more than a thousand, and for more than the member has.
    """
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = await guild_of(transaction, guild_id)
        total = await transaction.ledger.points(guild_id, user_id)
        least = -min(max(total, 0), LARGEST_ADJUSTMENT)
        if points == 0 or not least <= points <= LARGEST_ADJUSTMENT:
            what = "points"
            raise OutOfRangeError(what, least, LARGEST_ADJUSTMENT)
        entry = Entry(
            guild_id=guild_id,
            user_id=user_id,
            round_id=None,
            kind=EntryKind.ADJUST,
            points=points,
            reason=reason,
            by=by,
            at=now,
            day=local_date(guild.schedule.zone, now),
        )
        await transaction.ledger.add([entry])
        detail = {"member": str(user_id), "points": points, "reason": reason}
        await transaction.audit.add(guild_id=guild_id, by=by, action="adjust", detail=detail, at=now)
    return total + points


async def reset(context: Context, guild_id: int, by: int) -> None:
    """Delete all scores, streaks and answers of the guild; its settings stay. Raises NotSetUpError."""
    now = context.clock()
    async with context.store.begin() as transaction:
        await guild_of(transaction, guild_id)
        await transaction.erasures.reset(guild_id, now)
        await transaction.audit.add(guild_id=guild_id, by=by, action="reset", detail={}, at=now)

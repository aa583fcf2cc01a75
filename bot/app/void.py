"""Take a round back: it counts for nobody, and its points go by new entries in the ledger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.app.context import Context, guild_of
from bot.core.answer import fold_member
from bot.core.errors import NoRoundError
from bot.core.ledger import Entry, EntryKind
from bot.core.round import Round, State
from db.store import Transaction


@dataclass(frozen=True, slots=True)
class Voided:
    """A round that was taken back, how many had answered it, and how many points went with it."""

    round: Round
    answers: int
    points: int


async def find_voidable(context: Context, guild_id: int) -> Round:
    """Return the round that `void` would take back: the newest delivered one. Raises NotSetUpError or NoRoundError."""
    async with context.store.begin() as transaction:
        return await _voidable(transaction, guild_id)


async def void(context: Context, guild_id: int, by: int, reason: str, round_id: int) -> Voided:
    """Take back the guild's newest round.

    Members keep what they earned on other days; streaks are counted as if the round had never been. Raises
    NotSetUpError, or NoRoundError when `round_id` is not the newest delivered round any more.
    """
    now = context.clock()
    async with context.store.begin() as transaction:
        round_ = await _voidable(transaction, guild_id)
        if round_.id != round_id or round_.position is None:
            raise NoRoundError
        users = await transaction.answers.answerers_since(guild_id, round_.position, round_id=round_.id)
        await transaction.rounds.void(guild_id, round_.id, reason=reason, at=now)
        await transaction.rounds.postpone(round_.id, now)
        entries = await transaction.ledger.of_round(guild_id, round_.id)
        await transaction.ledger.add([_reversal(entry, by, reason, now) for entry in entries])
        await recount(transaction, guild_id, users)
        points = sum(entry.points for entry in entries)
        detail = {"number": round_.number, "item": round_.question.id, "reason": reason, "points": points}
        await transaction.audit.add(guild_id=guild_id, by=by, action="void", detail=detail, at=now)
    return Voided(round_, len(entries), points)


async def recount(transaction: Transaction, guild_id: int, users: Collection[int]) -> None:
    """Count the streaks and answers of these members anew from the rounds that still count."""
    before = await transaction.members.many({(guild_id, user) for user in users})
    history = await transaction.answers.positions(guild_id, users)
    await transaction.members.save(
        [
            fold_member(guild_id, user, history[user], hidden=member.hidden)
            for (_, user), member in sorted(before.items(), key=lambda pair: pair[0])
        ]
    )


async def _voidable(transaction: Transaction, guild_id: int) -> Round:
    await guild_of(transaction, guild_id)
    round_ = await transaction.rounds.latest(guild_id)
    if round_ is None or round_.state is State.VOID:
        raise NoRoundError
    return round_


def _reversal(entry: Entry, by: int, reason: str, at: datetime) -> Entry:
    # On the day of the original, so that both stand in the same week and month.
    return replace(entry, kind=EntryKind.VOID, points=-entry.points, reason=reason, by=by, at=at)

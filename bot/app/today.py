"""Today's question, for somebody who does not want to scroll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.app.context import Context, guild_of
from bot.core.answer import Answer, Member
from bot.core.round import Round


@dataclass(frozen=True, slots=True)
class Today:
    """The open round if there is one, the member's answer to it if given, and when the next question comes.

    `answers` is how many have answered, `freezes` how many the member holds.
    """

    round: Round | None
    answer: Answer | None
    answers: int
    freezes: int
    next_due: datetime | None


async def today(context: Context, guild_id: int, user_id: int) -> Today:
    """Return what there is to answer today; raises NotSetUpError."""
    now = context.clock()
    async with context.store.begin() as transaction:
        guild = await guild_of(transaction, guild_id)
        round_ = await transaction.rounds.open_in(guild_id)
        if round_ is None or (round_.closes_at is not None and round_.closes_at <= now):
            return Today(None, None, 0, 0, guild.next_due)
        member = await transaction.members.get(guild_id, user_id) or Member(guild_id, user_id)
        found = await transaction.answers.find({(round_.id, user_id)})
        chosen = await transaction.rounds.distribution(guild_id, round_.id)
        own = found.get((round_.id, user_id))
        return Today(round_, own, sum(chosen.values()), member.streak.freezes, guild.next_due)

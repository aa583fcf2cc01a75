"""How a member fares."""

from __future__ import annotations

from dataclasses import dataclass

from bot.app.context import Context, guild_of
from bot.core.answer import Member
from bot.core.board import Place
from bot.core.ledger import Tally
from bot.core.period import Period, key
from bot.core.schedule import local_date
from bot.core.streak import alive


@dataclass(frozen=True, slots=True)
class Stats:
    """A member's figures: `streak` is the length still alive, `tally` how they fared by topic and difficulty."""

    member: Member
    streak: int
    points: int
    places: dict[Period, Place]
    tally: tuple[Tally, ...]


async def stats(context: Context, guild_id: int, viewer_id: int, user_id: int) -> Stats | None:
    """Return a member's figures, or None for somebody else who keeps theirs hidden. Raises NotSetUpError."""
    async with context.store.begin() as transaction:
        guild = await guild_of(transaction, guild_id)
        member = await transaction.members.get(guild_id, user_id) or Member(guild_id, user_id)
        if member.hidden and viewer_id != user_id:
            return None
        day = local_date(guild.schedule.zone, context.clock())
        places = {
            period: place
            for period in Period
            if (place := await transaction.ledger.place(guild_id, user_id, key(period, day))) is not None
        }
        return Stats(
            member,
            alive(member.streak, await transaction.rounds.closed_position(guild_id)),
            await transaction.ledger.points(guild_id, user_id),
            places,
            tuple(await transaction.answers.tally(guild_id, user_id)),
        )

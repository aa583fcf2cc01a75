"""Boards, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from bot.app.context import Context, guild_of
from bot.core.board import Cursor, Page, Place
from bot.core.period import Period, key
from bot.core.schedule import local_date


@dataclass(frozen=True, slots=True)
class Board:
    """A page of a board, and where its reader stands on it (None without points), or would if they were not hidden."""

    period: Period
    page: Page
    own: Place | None
    hidden: bool


async def board(
    context: Context,
    guild_id: int,
    user_id: int,
    period: Period,
    *,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> Board:
    """Return the first page of a board, or the one after or before a place. Raises NotSetUpError."""
    async with context.store.begin() as transaction:
        guild = await guild_of(transaction, guild_id)
        name = key(period, local_date(guild.schedule.zone, context.clock()))
        page = await transaction.ledger.page(guild_id, name, after=after, before=before)
        own = await transaction.ledger.place(guild_id, user_id, name)
        member = await transaction.members.get(guild_id, user_id)
    return Board(period, page, own, member is not None and member.hidden)

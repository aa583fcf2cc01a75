"""What moderators decide about single items: queue, retire, restore, and look at them beforehand."""

from __future__ import annotations

from bot.app.ask import choose
from bot.app.context import Context, guild_of
from bot.core.errors import ItemStateError, NothingToAskError, UnknownItemError
from bot.core.question import Question, shuffled
from bot.core.schedule import local_date

SUGGESTIONS = 3


async def queue(context: Context, guild_id: int, by: int, item_id: str) -> int:
    """Put an item at the end of the guild's queue and return its place there, from 1.

    Raises NotSetUpError, UnknownItemError or ItemStateError.
    """
    find(context, item_id)
    now = context.clock()
    async with context.store.begin() as transaction:
        await guild_of(transaction, guild_id)
        if item_id in await transaction.guilds.retired(guild_id):
            raise ItemStateError(item_id, "retired")
        if item_id in await transaction.guilds.queued(guild_id):
            raise ItemStateError(item_id, "queued")
        await transaction.guilds.enqueue(guild_id, item_id)
        await transaction.audit.add(guild_id=guild_id, by=by, action="queue", detail={"item": item_id}, at=now)
        return len(await transaction.guilds.queued(guild_id))


async def retire(context: Context, guild_id: int, by: int, item_id: str) -> None:
    """Have the guild not asked an item any more. Raises NotSetUpError, UnknownItemError or ItemStateError."""
    find(context, item_id)
    now = context.clock()
    async with context.store.begin() as transaction:
        await guild_of(transaction, guild_id)
        retired = await transaction.guilds.retired(guild_id)
        if item_id in retired:
            raise ItemStateError(item_id, "retired")
        if all(card.id in retired or card.id == item_id for card in context.bank.cards()):
            raise ItemStateError(item_id, "last")
        await transaction.guilds.retire(guild_id, item_id)
        await transaction.guilds.dequeue(guild_id, item_id)
        await transaction.audit.add(guild_id=guild_id, by=by, action="retire", detail={"item": item_id}, at=now)


async def restore(context: Context, guild_id: int, by: int, item_id: str) -> None:
    """Bring a retired item back. Raises NotSetUpError or ItemStateError."""
    now = context.clock()
    async with context.store.begin() as transaction:
        await guild_of(transaction, guild_id)
        if not await transaction.guilds.restore(guild_id, item_id):
            raise ItemStateError(item_id, "not_retired")
        await transaction.audit.add(guild_id=guild_id, by=by, action="restore", detail={"item": item_id}, at=now)


async def preview(context: Context, guild_id: int, item_id: str | None) -> Question:
    """Return an item, or the one that comes next, as it would be asked.

    Raises NotSetUpError, UnknownItemError or NothingToAskError.
    """
    async with context.store.begin() as transaction:
        guild = await guild_of(transaction, guild_id)
        question = find(context, item_id) if item_id else await choose(context, transaction, guild)
    if question is None:
        raise NothingToAskError
    day = local_date(guild.schedule.zone, guild.next_due or context.clock())
    return shuffled(question, f"{guild.seed}/{day}")


async def retired(context: Context, guild_id: int) -> frozenset[str]:
    """Return the items that the guild has retired."""
    async with context.store.begin() as transaction:
        return await transaction.guilds.retired(guild_id)


def find(context: Context, item_id: str) -> Question:
    """Return the bank's item with this id; raises UnknownItemError with ids that resemble it."""
    try:
        return context.bank.get(item_id).question
    except KeyError:
        raise UnknownItemError(item_id, tuple(context.bank.like(item_id, SUGGESTIONS))) from None

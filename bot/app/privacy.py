"""What is kept about a member: to be taken away, erased, hidden and shown."""

from __future__ import annotations

from typing import Any

from bot.app.context import Context, guild_of


async def export(context: Context, guild_id: int, user_id: int) -> dict[str, Any]:
    """Return everything kept about a member in a guild, as JSON-compatible data."""
    async with context.store.begin() as transaction:
        return await transaction.erasures.export(guild_id, user_id)


async def erase(context: Context, guild_id: int, user_id: int) -> None:
    """Remove everything kept about a member in a guild; only that this happened, and when, is remembered."""
    async with context.store.begin() as transaction:
        await transaction.erasures.erase(guild_id, user_id, context.clock())


async def hide(context: Context, guild_id: int, user_id: int, *, hidden: bool) -> None:
    """Keep a member off the boards and their figures from others, or show them again. Raises NotSetUpError."""
    async with context.store.begin() as transaction:
        await guild_of(transaction, guild_id)
        await transaction.ledger.set_hidden(guild_id, user_id, hidden=hidden)

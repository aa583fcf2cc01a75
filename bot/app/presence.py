"""Guilds that the bot was removed from, and those it came back to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta

from bot.app.context import Context

log = logging.getLogger(__name__)

GRACE = timedelta(days=30)
"""For so long everything is kept of a guild that the bot was removed from."""

MOST = 1_000_000


async def leave(context: Context, guild_id: int) -> None:
    """Stop serving a guild that the bot was removed from; all is kept for when it comes back within the grace."""
    async with context.store.begin() as transaction:
        await transaction.guilds.left(guild_id, context.clock())


async def rejoin(context: Context, guild_id: int) -> None:
    """Serve a guild again that the bot has come back to, as it was set up before."""
    async with context.store.begin() as transaction:
        await transaction.guilds.left(guild_id, None)


async def reconcile(context: Context, present: Collection[int], is_ours: Callable[[int], bool]) -> None:
    """Note which guilds the bot was removed from, or has come back to, while it was offline.

    `present` holds the guilds it is in, those in an outage included; `is_ours` says which ones this process serves.
    """
    now = context.clock()
    async with context.store.begin() as transaction:
        for guild_id in sorted(await transaction.guilds.ids() - set(present)):
            if is_ours(guild_id):
                await transaction.guilds.left(guild_id, now)
                log.info("the bot was removed from guild %s while it was offline", guild_id)
        for guild_id in await transaction.guilds.gone(now + GRACE, MOST):
            if guild_id in present:
                await transaction.guilds.left(guild_id, None)


async def forget(context: Context, guild_ids: Sequence[int]) -> None:
    """Erase guilds whose time to come back is over, with all their members."""
    for guild_id in guild_ids:
        now = context.clock()
        async with context.store.begin() as transaction:
            if guild_id not in await transaction.guilds.gone(now - GRACE, MOST):  # it has come back this very moment
                continue
            await transaction.erasures.erase_guild(guild_id, now)
        log.info("guild %s was removed %s days ago and is erased", guild_id, GRACE.days)

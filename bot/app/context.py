"""What every use case is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.bank.bank import Bank
from bot.core.errors import NotSetUpError
from bot.core.guild import Guild
from db.store import Store, Transaction

Clock = Callable[[], datetime]
"""Returns the current instant, aware and in UTC."""


@dataclass(frozen=True, slots=True)
class Context:
    """The store, the question bank, and the clock to go by."""

    store: Store
    bank: Bank
    clock: Clock


async def guild_of(transaction: Transaction, guild_id: int) -> Guild:
    """Return the guild's settings; raises NotSetUpError when it has none."""
    guild = await transaction.guilds.get(guild_id)
    if guild is None:
        raise NotSetUpError
    return guild

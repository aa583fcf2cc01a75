"""How a guild's daily question fares, and what moderators did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.app.context import Context, guild_of
from bot.core.audit import AuditEntry
from bot.core.guild import Guild
from bot.core.round import Round

AUDIT_PAGE = 10


@dataclass(frozen=True, slots=True)
class Status:
    """The settings of a guild, its newest delivered round with its answers so far, and what lies ahead."""

    guild: Guild
    round: Round | None
    answers: int
    members: int
    queued: tuple[str, ...]
    retired: frozenset[str]
    items: int


async def status(context: Context, guild_id: int) -> Status:
    """Return how the guild fares; raises NotSetUpError."""
    async with context.store.begin() as transaction:
        guild = await guild_of(transaction, guild_id)
        round_ = await transaction.rounds.latest(guild_id)
        chosen = {} if round_ is None else await transaction.rounds.distribution(guild_id, round_.id)
        return Status(
            guild,
            round_,
            sum(chosen.values()),
            await transaction.members.count(guild_id),
            await transaction.guilds.queued(guild_id),
            await transaction.guilds.retired(guild_id),
            len(context.bank.cards()),
        )


async def audit(context: Context, guild_id: int, before_id: int | None = None) -> tuple[Sequence[AuditEntry], bool]:
    """Return a page of what moderators did, newest first, and whether there is more. Raises NotSetUpError."""
    async with context.store.begin() as transaction:
        await guild_of(transaction, guild_id)
        found = await transaction.audit.recent(guild_id, AUDIT_PAGE + 1, before_id)
    return found[:AUDIT_PAGE], len(found) > AUDIT_PAGE


async def require_set_up(context: Context, guild_id: int) -> None:
    """Raise NotSetUpError for a guild that has no daily question."""
    async with context.store.begin() as transaction:
        await guild_of(transaction, guild_id)

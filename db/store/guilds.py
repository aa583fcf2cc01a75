"""Guilds: their settings, and which items they queued or retired."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Executable, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.guild import Guild
from bot.core.schedule import Schedule
from db.schema import SERVED, guild, queue, retired
from db.store.statement import AnyRow, InsertInto, Part, per_dialect

_PLAIN = (
    "id",
    "channel_id",
    "seed",
    "set_up_by",
    "role_id",
    "open_hours",
    "moderator_role_id",
    "served",
    "next_due",
    "paused",
    "paused_until",
    "failures",
    "failure",
    "told_at",
    "left_at",
)


def _saving(insert_into: InsertInto) -> Executable:
    adding = insert_into(guild)
    replaced = {column.name: adding.excluded[column.name] for column in guild.c if not column.primary_key}
    return adding.on_conflict_do_update(index_elements=["id"], set_=replaced)


_SAVE = per_dialect(_saving)
_ENQUEUE = per_dialect(lambda insert_into: insert_into(queue).on_conflict_do_nothing())
_RETIRE = per_dialect(lambda insert_into: insert_into(retired).on_conflict_do_nothing())


class Guilds(Part):
    """The settings of all guilds."""

    __slots__ = ("_clock",)

    def __init__(self, connection: AsyncConnection, clock: Callable[[], datetime]) -> None:
        super().__init__(connection)
        self._clock = clock

    async def get(self, guild_id: int) -> Guild | None:
        """Return a guild, or None when it was never set up or has left.

        Nobody else changes it until the transaction ends, so that what is read may be changed and saved.
        """
        statement = select(guild).where(guild.c.id == guild_id, guild.c.left_at.is_(None))
        row = (await self._execute(statement.with_for_update(key_share=True))).one_or_none()
        return None if row is None else _guild(row)

    async def save(self, settings: Guild) -> None:
        """Insert a guild or replace all its settings."""
        values = {name: getattr(settings, name) for name in _PLAIN}
        plan = settings.schedule
        days = sum(1 << day for day in plan.days)
        await self._execute(_SAVE, {**values, "zone": plan.zone, "time": plan.at, "days": days})

    async def due(self, now: datetime, limit: int) -> list[Guild]:
        """Return the guilds whose question is due and not held back, longest due first."""
        statement = (
            select(guild)
            .where(text(SERVED), guild.c.next_due <= now)
            .order_by(guild.c.next_due, guild.c.id)
            .limit(limit)
        )
        return [_guild(row) for row in await self._execute(statement)]

    async def waking(self, now: datetime) -> list[Guild]:
        """Return the guilds whose pause has run out."""
        statement = (
            select(guild)
            .where(text("paused AND left_at IS NULL"), guild.c.paused_until <= now)
            .order_by(guild.c.paused_until, guild.c.id)
        )
        return [_guild(row) for row in await self._execute(statement)]

    async def next_due(self) -> datetime | None:
        """Return when the next question of any guild is due."""
        due = select(guild.c.next_due).where(text(SERVED), guild.c.next_due.is_not(None))
        return (await self._execute(due.order_by(guild.c.next_due).limit(1))).scalar()

    async def ids(self) -> frozenset[int]:
        """Return the guilds that are set up and have not left."""
        return frozenset((await self._execute(select(guild.c.id).where(guild.c.left_at.is_(None)))).scalars())

    async def left(self, guild_id: int, at: datetime | None) -> bool:
        """Note that the bot was removed from a guild, or with None that it is back; False when that is known.

        Nothing is due in a guild that left, and all that is kept stays as it is, so that one that comes back goes on.
        """
        known = guild.c.left_at.is_(None) if at is None else guild.c.left_at.is_not(None)
        statement = update(guild).where(guild.c.id == guild_id, ~known).values(left_at=at)
        return (await self._execute(statement)).rowcount > 0

    async def gone(self, before: datetime, limit: int) -> list[int]:
        """Return the guilds that left before an instant, longest gone first: those whose time to come back is over."""
        statement = select(guild.c.id).where(guild.c.left_at < before).order_by(guild.c.left_at, guild.c.id)
        return list((await self._execute(statement.limit(limit))).scalars())

    async def queued(self, guild_id: int) -> tuple[str, ...]:
        """Return the items a guild will be asked first, in that order."""
        statement = select(queue.c.item_id).where(queue.c.guild_id == guild_id).order_by(queue.c.id)
        return tuple((await self._execute(statement)).scalars())

    async def enqueue(self, guild_id: int, item_id: str) -> None:
        """Put an item at the end of a guild's queue; one that waits already keeps its place."""
        await self._execute(_ENQUEUE, {"guild_id": guild_id, "item_id": item_id, "at": self._clock()})

    async def dequeue(self, guild_id: int, item_id: str) -> bool:
        """Take an item out of a guild's queue; tell whether it was there."""
        statement = delete(queue).where(queue.c.guild_id == guild_id, queue.c.item_id == item_id)
        return (await self._execute(statement)).rowcount > 0

    async def retired(self, guild_id: int) -> frozenset[str]:
        """Return the items a guild is not asked any more."""
        statement = select(retired.c.item_id).where(retired.c.guild_id == guild_id)
        return frozenset((await self._execute(statement)).scalars())

    async def retire(self, guild_id: int, item_id: str) -> None:
        """Have a guild not asked an item any more; harmless when repeated."""
        await self._execute(_RETIRE, {"guild_id": guild_id, "item_id": item_id, "at": self._clock()})

    async def restore(self, guild_id: int, item_id: str) -> bool:
        """Bring a retired item back; tell whether it was retired."""
        statement = delete(retired).where(retired.c.guild_id == guild_id, retired.c.item_id == item_id)
        return (await self._execute(statement)).rowcount > 0


def _guild(row: AnyRow) -> Guild:
    days = frozenset(day for day in range(7) if row.days >> day & 1)
    return Guild(schedule=Schedule(row.zone, row.time, days), **{name: getattr(row, name) for name in _PLAIN})

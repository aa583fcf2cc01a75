"""The audit: what moderators did. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select

from bot.core.audit import AuditEntry
from db.schema import audit
from db.store.statement import Part, columns_of


class Audit(Part):
    """The acts of moderators in all guilds."""

    __slots__ = ()

    async def add(self, *, guild_id: int, by: int, action: str, detail: Mapping[str, object], at: datetime) -> None:
        """Note an act; `detail` is JSON-compatible."""
        values = {"guild_id": guild_id, "by": by, "action": action, "detail": dict(detail), "at": at}
        await self._execute(insert(audit), values)

    async def recent(self, guild_id: int, limit: int, before_id: int | None = None) -> list[AuditEntry]:
        """Return a guild's latest acts, newest first; `before_id` goes on after an earlier result."""
        statement = select(*columns_of(AuditEntry, audit)).where(audit.c.guild_id == guild_id)
        if before_id is not None:
            statement = statement.where(audit.c.id < before_id)
        return [AuditEntry(*row) for row in await self._execute(statement.order_by(audit.c.id.desc()).limit(limit))]

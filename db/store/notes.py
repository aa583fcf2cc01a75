"""Notes: what the bot has to remember of itself between two runs. Nothing about members or guilds."""

from __future__ import annotations

from sqlalchemy import Executable, select

from db.schema import note
from db.store.statement import InsertInto, Part, per_dialect


def _writing(insert_into: InsertInto) -> Executable:
    adding = insert_into(note)
    return adding.on_conflict_do_update(index_elements=["name"], set_={"text": adding.excluded.text})


_SET = per_dialect(_writing)


class Notes(Part):
    """All notes, by name."""

    __slots__ = ()

    async def get(self, name: str) -> str | None:
        """Return a note, or None when there is none of that name."""
        return (await self._execute(select(note.c.text).where(note.c.name == name))).scalar()

    async def set(self, name: str, text: str) -> None:
        """Write a note in place of an earlier one of that name."""
        await self._execute(_SET, {"name": name, "text": text})

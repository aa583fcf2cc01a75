"""All that is kept about one member in one guild, as JSON-compatible data for the member."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, Text, or_, select, type_coerce

from db.schema import answer, audit, entry, erasure, guild, hint, member, round_, standing
from db.store.statement import Rows

Export = dict[str, Any]
"""Lists of records under what they are."""

Query = Select[*tuple[Any, ...]]
Execute = Callable[[Query], Awaitable[Rows]]

_ROUND = (round_.c.number, round_.c.local_date, round_.c.item_id)


async def exported(execute: Execute, guild_id: int, user_id: int) -> Export:
    """Collect what is kept. Ids become text, since JSON readers lose the last digits of numbers so large.

    `acts` is what the member did as a moderator, and what moderators did about the member; who they are is not said.
    """
    found: Export = {"guild_id": str(guild_id), "user_id": str(user_id)}
    for name, query in _queries(guild_id, user_id).items():
        found[name] = [_plain(row) for row in (await execute(query)).mappings()]
    acts = (await execute(naming(guild_id, user_id).order_by(audit.c.id))).all()
    found["acts"] = [
        _plain({"at": act.at, "action": act.action, "own": act.by == user_id, "detail": act.detail})
        for act in acts
        if act.by == user_id or is_about(act.detail, user_id)
    ]
    return found


def naming(guild_id: int, user_id: int) -> Query:
    """Select the acts that could name a member: by the member, or with the id's digits somewhere in the detail."""
    mentioned = type_coerce(audit.c.detail, Text).contains(str(user_id))
    return select(audit).where(audit.c.guild_id == guild_id, or_(audit.c.by == user_id, mentioned))


def is_about(detail: Mapping[str, object], user_id: int) -> bool:
    """Tell whether an act's detail names a member."""
    return str(user_id) in map(str, detail.values())


def _queries(guild_id: int, user_id: int) -> dict[str, Query]:
    def mine(table: Table) -> tuple[ColumnElement[bool], ...]:
        return table.c.guild_id == guild_id, table.c.user_id == user_id

    def of(table: Table, *left_out: str) -> Query:
        shown = [column for column in table.c if column.name not in {"guild_id", "user_id", *left_out}]
        return select(*shown).where(*mine(table))

    def by_round(table: Table) -> Query:
        shown = [column for column in table.c if column.name not in {"guild_id", "user_id"}]
        joined = select(*_ROUND, *shown).join(round_, round_.c.id == table.c.round_id)
        return joined.where(*mine(table)).order_by(round_.c.number)

    return {
        "member": of(member),
        "standings": of(standing).order_by(standing.c.period),
        "answers": by_round(answer),
        "hints": by_round(hint),
        "entries": of(entry, "id", "by").order_by(entry.c.id),
        "set_up": select(guild.c.channel_id).where(guild.c.id == guild_id, guild.c.set_up_by == user_id),
        "erased": of(erasure),
    }


def _plain(record: Mapping[Any, Any]) -> dict[str, Any]:
    """Make a record JSON-compatible."""
    return {
        name: str(value) if name.endswith("_id") and value is not None else _text(value)
        for name, value in record.items()
    }


def _text(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return value.isoformat() if isinstance(value, date) else value

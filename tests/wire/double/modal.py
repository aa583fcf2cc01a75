"""What a member's client sends for a form they filled in."""

from __future__ import annotations

from typing import Any

from tests.wire.double.command import cannot
from tests.wire.double.component import INPUT, LABEL, ROW, SELECTS

Json = dict[str, Any]


def filled(modal: Json, values: Json, *, force: bool) -> Json:
    """The data of a submit, from values by custom_id or label; what is not named keeps what the form held."""
    known: set[str] = set()
    parts = [_part(part, values, known, force=force) for part in modal["components"]]
    if stray := sorted(values.keys() - known):
        cannot(f"the form has no field {stray}; there are {sorted(known)}")
    return {"custom_id": modal["custom_id"], "components": [part for part in parts if part is not None]}


def _part(part: Json, values: Json, known: set[str], *, force: bool) -> Json | None:
    shared = {"type": part["type"], "id": part.get("id", 0)}
    if part["type"] == ROW:
        fields = part["components"]
        return {**shared, "components": [_field(f, f.get("label"), values, known, force=force) for f in fields]}
    if part["type"] == LABEL:
        inner = part["component"]
        return {**shared, "component": _field(inner, part.get("label"), values, known, force=force)}
    return {**shared}


def _field(field: Json, label: str | None, values: Json, known: set[str], *, force: bool) -> Json:
    names = [name for name in (field["custom_id"], label) if name]
    known.update(names)
    given = next((values[name] for name in names if name in values), None)
    shown = {"type": field["type"], "id": field.get("id", 0), "custom_id": field["custom_id"]}
    required = field.get("required", True)
    if field["type"] in SELECTS or field["type"] == 22:
        chosen = list(given or [])
        _need(label, force=force, fine=bool(chosen) or not required)
        return {**shown, "values": chosen}
    if field["type"] != INPUT:
        return {**shown, "value": given}
    text = str(field.get("value") or "") if given is None else str(given)
    least, most = field.get("min_length") or 0, field.get("max_length") or 4000
    _need(label, force=force, fine=(bool(text) or not required) and (not text or least <= len(text) <= most))
    return {**shown, "value": text}


def _need(label: str | None, *, force: bool, fine: bool) -> None:
    if not fine and not force:
        cannot(f"the form does not take that for {label!r}")

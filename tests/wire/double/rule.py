"""What Discord accepts as a message and as a modal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.wire.double import component
from tests.wire.double.message import Flag, Message
from tests.wire.double.problem import invalid, refusal

Json = dict[str, Any]
Problem = tuple[str, str]

LARGEST_FILE = 10 * 1024 * 1024
EMBED_TEXT = (("title", 256), ("description", 4096))


def check_message(message: Message) -> None:
    """Raise Discord's refusal unless the message may stand as it is."""
    for attachment in message.attachments:
        if len(attachment.data) > LARGEST_FILE:
            raise refusal(40005, f"{attachment.filename} has {len(attachment.data)} bytes")
    problems = list(_message(message))
    if problems:
        raise invalid(problems)
    if not (message.content or message.embeds or message.components or message.attachments):
        raise refusal(50006, "no content, embed, component or file")


def _message(message: Message) -> Iterator[Problem]:
    v2 = bool(message.flags & Flag.V2)
    if v2:
        if message.content:
            yield "content", "the field content cannot be used with the IS_COMPONENTS_V2 flag"
        if message.embeds:
            yield "embeds", "the field embeds cannot be used with the IS_COMPONENTS_V2 flag"
        if not message.components:
            yield "components", "at least one component is required with the IS_COMPONENTS_V2 flag"
    if len(message.content) > 2000:
        yield "content", f"must be 2000 or fewer in length, not {len(message.content)}"
    if message.nonce is not None and len(message.nonce) > 25:
        yield "nonce", f"must be 25 or fewer in length, not {len(message.nonce)}"
    if len(message.attachments) > 10:
        yield "attachments", "must be 10 or fewer in length"
    for attachment in message.attachments:
        if len(attachment.description or "") > 1024:
            yield "attachments.description", "must be 1024 or fewer in length"
    files = frozenset(attachment.filename for attachment in message.attachments)
    yield from component.check(message.components, v2=v2, files=files)
    yield from _embeds(message.embeds)


def _embeds(embeds: list[Json]) -> Iterator[Problem]:
    if len(embeds) > 10:
        yield "embeds", "must be 10 or fewer in length"
    total = 0
    for index, embed in enumerate(embeds):
        for key, most in EMBED_TEXT:
            size = len(embed.get(key) or "")
            total += size
            if size > most:
                yield f"embeds.{index}.{key}", f"must be {most} or fewer in length, not {size}"
        fields = embed.get("fields", [])
        if len(fields) > 25:
            yield f"embeds.{index}.fields", "must be 25 or fewer in length"
        for field in fields:
            name, value = len(field.get("name") or ""), len(field.get("value") or "")
            total += name + value
            if not 1 <= name <= 256 or not 1 <= value <= 1024:
                yield f"embeds.{index}.fields", "a name has 1 to 256 characters, a value 1 to 1024"
        total += len((embed.get("footer") or {}).get("text") or "")
        total += len((embed.get("author") or {}).get("name") or "")
    if total > 6000:
        yield "embeds", f"must hold 6000 or fewer characters in all, not {total}"


def check_modal(modal: Json) -> None:
    """Raise Discord's refusal unless the modal may be opened."""
    problems = list(_modal(modal))
    if problems:
        raise invalid(problems)


def _modal(modal: Json) -> Iterator[Problem]:
    for key, most in (("title", 45), ("custom_id", 100)):
        if not 1 <= len(modal.get(key) or "") <= most:
            yield f"data.{key}", f"must be between 1 and {most} in length"
    parts = modal.get("components", [])
    if not 1 <= len(parts) <= 5:
        yield "data.components", "must be between 1 and 5 in length"
    for path, part in component.walk(parts, "data.components"):
        if part.get("type") == component.LABEL and not 1 <= len(part.get("label") or "") <= 45:
            yield f"{path}.label", "must be between 1 and 45 in length"
        if part.get("type") == component.INPUT:
            if not 1 <= len(part.get("custom_id") or "") <= 100:
                yield f"{path}.custom_id", "must be between 1 and 100 in length"
            for key, most in (("placeholder", 100), ("value", 4000)):
                if len(part.get(key) or "") > most:
                    yield f"{path}.{key}", f"must be {most} or fewer in length"

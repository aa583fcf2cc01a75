"""Making a message from what the bot sent, and changing one."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.wire.double import component
from tests.wire.double.body import Body
from tests.wire.double.gateway import DIRECT_MESSAGES, GUILD_MESSAGES
from tests.wire.double.guild import Channel
from tests.wire.double.mention import mentions
from tests.wire.double.message import Attachment, Flag, Message
from tests.wire.double.permission import Permission
from tests.wire.double.problem import invalid, refusal
from tests.wire.double.rule import check_message
from tests.wire.double.snowflake import iso

if TYPE_CHECKING:
    from tests.wire.double.world import World

Json = dict[str, Any]


def create(world: World, channel: Channel, body: Body, *, seen_by: int | None = None, hook: bool = False) -> Message:
    """Make and keep a message, or refuse it. `hook` marks a reply to an interaction."""
    fields = body.fields
    message = Message(
        id=0,
        channel_id=channel.id,
        guild_id=channel.guild_id,
        author=world.bot.user(),
        content=str(fields.get("content") or ""),
        embeds=list(fields.get("embeds") or []),
        components=component.number(copy.deepcopy(list(fields.get("components") or []))),
        flags=Flag(int(fields.get("flags") or 0)),
        nonce=None if fields.get("nonce") is None else str(fields["nonce"]),
        seen_by=seen_by,
        webhook_id=world.application_id if hook else None,
        reference=fields.get("message_reference"),
    )
    message.attachments = _attachments(world, [], fields, body)
    message.mentions = mentions(message, fields.get("allowed_mentions"))
    check_message(message)
    message.id = world.mint.next()
    if seen_by is not None:
        message.flags |= Flag.EPHEMERAL
    keep(world, message)
    return message


def keep(world: World, message: Message) -> None:
    """Put a finished message where it can be read, and tell who listens to messages."""
    world.messages[message.id] = message
    tell(world, message, "MESSAGE_CREATE")


def tell(world: World, message: Message, event: str) -> None:
    """Send a message's event to the sessions that asked for such; a private reply has none."""
    if message.seen_by is None:
        intent = DIRECT_MESSAGES if message.guild_id is None else GUILD_MESSAGES
        guild = {} if message.guild_id is None else {"guild_id": str(message.guild_id)}
        world.gateway.dispatch(event, {**message.json(world.base), **guild}, message.guild_id, intent)


def revise(world: World, message: Message, body: Body) -> None:
    """Change a message as the bot asked, or refuse and leave it as it was."""
    fields = body.fields
    draft = replace(message)
    if "content" in fields:
        draft.content = str(fields["content"] or "")
    if "embeds" in fields:
        draft.embeds = list(fields["embeds"] or [])
    if "components" in fields:
        draft.components = component.number(copy.deepcopy(list(fields["components"] or [])))
    if fields.get("flags") is not None:
        asked = Flag(int(fields["flags"]))
        if message.flags & Flag.V2 and not asked & Flag.V2:
            raise invalid([("flags", "the IS_COMPONENTS_V2 flag cannot be removed from a message")])
        draft.flags = message.flags | (asked & Flag.V2)
    draft.flags &= ~Flag.LOADING
    draft.attachments = _attachments(world, message.attachments, fields, body)
    draft.mentions = mentions(draft, fields.get("allowed_mentions"))
    check_message(draft)
    for name in ("content", "embeds", "components", "flags", "attachments", "mentions"):
        setattr(message, name, getattr(draft, name))
    message.edited = iso(world.clock.now())
    message.edits += 1
    tell(world, message, "MESSAGE_UPDATE")


def delete(world: World, message: Message) -> None:
    """Take a message away; it is kept for presses by those who still see it."""
    message.deleted = True
    if message.seen_by is None:
        gone = {"id": str(message.id), "channel_id": str(message.channel_id)}
        if message.guild_id is not None:
            gone["guild_id"] = str(message.guild_id)
        intent = DIRECT_MESSAGES if message.guild_id is None else GUILD_MESSAGES
        world.gateway.dispatch("MESSAGE_DELETE", gone, message.guild_id, intent)


def allow(rights: Permission, body: Body) -> None:
    """Refuse what the bot may not post in a channel."""
    needed = [Permission.SEND_MESSAGES]
    if body.files:
        needed.append(Permission.ATTACH_FILES)
    if body.fields.get("embeds"):
        needed.append(Permission.EMBED_LINKS)
    for permission in needed:
        if not rights & permission:
            raise refusal(50013, f"the bot lacks {permission.name}")


def _attachments(world: World, present: list[Attachment], fields: Json, body: Body) -> list[Attachment]:
    listed = fields.get("attachments")
    kept = list(present)
    about: dict[int, Json] = {}
    if listed is not None:
        ids = {int(entry["id"]) for entry in listed if "id" in entry}
        kept = [attachment for attachment in present if attachment.id in ids]
        about = {int(entry["id"]): entry for entry in listed if "id" in entry}
        known = {attachment.id for attachment in kept} | set(body.files)
        if stray := ids - known:
            raise invalid([("attachments", f"{sorted(stray)} name neither a kept nor an uploaded file")])
    for number, upload in sorted(body.files.items()):
        described = about.get(number, {})
        kept.append(
            Attachment(
                world.mint.next(),
                described.get("filename") or upload.filename,
                upload.data,
                upload.content_type,
                described.get("description"),
            )
        )
    return kept

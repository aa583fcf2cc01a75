"""A message and its attachments, and how Discord writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any

from tests.wire.double.snowflake import stamp

Json = dict[str, Any]


class Flag(IntFlag):
    """The message flags a bot meets."""

    NONE = 0
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    V2 = 1 << 15


@dataclass
class Attachment:
    """A file kept with a message."""

    id: int
    filename: str
    data: bytes
    content_type: str
    description: str | None = None

    def json(self, base: str, channel_id: int) -> Json:
        url = f"{base}/attachments/{channel_id}/{self.id}/{self.filename}"
        shown: Json = {
            "id": str(self.id),
            "filename": self.filename,
            "size": len(self.data),
            "content_type": self.content_type,
            "url": url,
            "proxy_url": url,
        }
        if self.data.startswith(b"\x89PNG") and len(self.data) >= 24:
            shown["width"] = int.from_bytes(self.data[16:20], "big")
            shown["height"] = int.from_bytes(self.data[20:24], "big")
        if self.description is not None:
            shown["description"] = self.description
        return shown


@dataclass
class Mentions:
    """Whom a message pings."""

    users: list[int] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)
    everyone: bool = False


@dataclass
class Message:
    """A message; `seen_by` is set on a private reply, which only that person sees and no history holds."""

    id: int
    channel_id: int
    guild_id: int | None
    author: Json
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    flags: Flag = Flag.NONE
    attachments: list[Attachment] = field(default_factory=list)
    mentions: Mentions = field(default_factory=Mentions)
    nonce: str | None = None
    edited: str | None = None
    seen_by: int | None = None
    webhook_id: int | None = None
    reference: Json | None = None
    deleted: bool = False
    edits: int = 0

    def json(self, base: str) -> Json:
        """As Discord sends it; without the nonce, which only the answer to the post has."""
        shown: Json = {
            "id": str(self.id),
            "type": 20 if self.webhook_id else 0,
            "channel_id": str(self.channel_id),
            "author": self.author,
            "content": self.content,
            "timestamp": stamp(self.id),
            "edited_timestamp": self.edited,
            "tts": False,
            "mention_everyone": self.mentions.everyone,
            "mentions": [_mentioned(user) for user in self.mentions.users],
            "mention_roles": [str(role) for role in self.mentions.roles],
            "attachments": [a.json(base, self.channel_id) for a in self.attachments],
            "embeds": self.embeds,
            "components": [_resolved(c, self._urls(base)) for c in self.components],
            "pinned": False,
            "flags": int(self.flags),
        }
        if self.webhook_id is not None:
            shown["webhook_id"] = shown["application_id"] = str(self.webhook_id)
        if self.reference is not None:
            shown["message_reference"] = self.reference
        return shown

    def _urls(self, base: str) -> dict[str, str]:
        return {f"attachment://{a.filename}": a.json(base, self.channel_id)["url"] for a in self.attachments}


def _mentioned(user: int) -> Json:
    return {"id": str(user), "username": str(user), "discriminator": "0", "global_name": None, "avatar": None}


def _resolved(component: Json, urls: dict[str, str]) -> Json:
    """The component with each `attachment://` turned into an address, as Discord sends it back."""

    def walk(value: object) -> object:
        if isinstance(value, dict):
            return {key: urls.get(item, item) if key == "url" else walk(item) for key, item in value.items()}
        if isinstance(value, list):
            return [walk(item) for item in value]
        return value

    done = walk(component)
    assert isinstance(done, dict)
    return done

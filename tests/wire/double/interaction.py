"""One press, command, choice or submitted form, what the bot was told of it and how it answered."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from tests.wire.double.bell import Bell
from tests.wire.double.guild import Channel, Guild, Member
from tests.wire.double.message import Flag, Message

if TYPE_CHECKING:
    from tests.wire.double.world import World

Json = dict[str, Any]
FILE_LIMIT = 10 * 1024 * 1024


class Kind(IntEnum):
    """What a member did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """How a bot may answer first."""

    MESSAGE = 4
    DEFER = 5
    DEFER_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass
class Interaction:
    """`sent` and `answered` are monotonic seconds; `original` is the message of the first reply."""

    id: int
    token: str
    kind: Kind
    member: Member
    guild: Guild | None
    channel: Channel
    data: Json
    message: Message | None = None
    born: float = 0.0
    sent: float = field(default_factory=time.monotonic)
    answered: float | None = None
    callback: Callback | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    bell: Bell = field(default_factory=Bell)

    @property
    def settled(self) -> bool:
        """Whether the member sees an answer and no longer that the bot is thinking."""
        return self.answered is not None and not (self.original is not None and self.original.flags & Flag.LOADING)

    def payload(self, world: World) -> Json:
        """As INTERACTION_CREATE carries it."""
        shown: Json = {
            "id": str(self.id),
            "application_id": str(world.application_id),
            "type": int(self.kind),
            "token": self.token,
            "version": 1,
            "data": self.data,
            "channel_id": str(self.channel.id),
            "channel": self.channel.json(world.bot.id),
            "app_permissions": str(int(world.rights(self.channel))),
            "locale": self.member.locale,
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(self.guild.id if self.guild else 0)},
            "context": 0 if self.guild else 1,
            "attachment_size_limit": FILE_LIMIT,
        }
        if self.guild is not None:
            permissions = self.guild.permissions(self.member)
            shown["guild_id"] = str(self.guild.id)
            shown["guild"] = self.guild.partial()
            shown["guild_locale"] = self.guild.locale
            shown["member"] = self.member.json(permissions)
            shown["channel"]["permissions"] = str(int(permissions))
        else:
            shown["user"] = self.member.user()
        if self.message is not None:
            shown["message"] = self.message.json(world.base)
        return shown

    def json(self, base: str) -> Json:
        """As a test reads it."""
        original = None if self.original is None or self.original.deleted else self.original.json(base)
        return {
            "id": self.id,
            "kind": self.kind.name.lower(),
            "member": self.member.id,
            "channel": self.channel.id,
            "answered": self.answered is not None,
            "settled": self.settled,
            "after": None if self.answered is None else self.answered - self.sent,
            "callback": None if self.callback is None else self.callback.name.lower(),
            "private": self.original is not None and self.original.seen_by is not None,
            "message": original,
            "followups": [message.json(base) for message in self.followups if not message.deleted],
            "modal": self.modal,
            "choices": self.choices,
        }

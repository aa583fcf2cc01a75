"""Guilds, channels, members and roles, and how Discord writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.wire.double.permission import EVERYONE, EVERYTHING, Permission, named

Json = dict[str, Any]


@dataclass
class Role:
    """A role of a guild."""

    id: int
    name: str
    permissions: Permission = Permission.NONE
    mentionable: bool = False

    def json(self, position: int = 1) -> Json:
        colors = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
        return {
            "id": str(self.id),
            "name": self.name,
            "color": 0,
            "colors": colors,
            "hoist": False,
            "position": position,
            "permissions": str(int(self.permissions)),
            "managed": False,
            "mentionable": self.mentionable,
            "flags": 0,
        }


@dataclass
class Member:
    """A person in a guild; `dms` says whether the bot may write to them in private."""

    id: int
    name: str
    roles: list[int] = field(default_factory=list)
    locale: str = "en-US"
    dms: bool = True
    bot: bool = False

    def user(self) -> Json:
        return {
            "id": str(self.id),
            "username": self.name.lower(),
            "global_name": self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }

    def json(self, permissions: Permission | None = None) -> Json:
        shown: Json = {
            "user": self.user(),
            "nick": None,
            "avatar": None,
            "roles": [str(role) for role in self.roles],
            "joined_at": "2024-01-01T00:00:00+00:00",
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
            "communication_disabled_until": None,
        }
        if permissions is not None:
            shown["permissions"] = str(int(permissions))
        return shown


@dataclass
class Channel:
    """A text channel of a guild, or a private one with `recipient`. `denied` is what the bot may not do here."""

    id: int
    name: str = ""
    guild_id: int | None = None
    recipient: Member | None = None
    denied: Permission = Permission.NONE
    deleted: bool = False

    def json(self, bot_id: int) -> Json:
        if self.recipient is not None:
            return {"id": str(self.id), "type": 1, "recipients": [self.recipient.user()], "last_message_id": None}
        overwrite = {"id": str(bot_id), "type": 1, "allow": "0", "deny": str(int(self.denied))}
        return {
            "id": str(self.id),
            "type": 0,
            "guild_id": str(self.guild_id),
            "name": self.name,
            "position": 0,
            "topic": None,
            "nsfw": False,
            "parent_id": None,
            "rate_limit_per_user": 0,
            "last_message_id": None,
            "flags": 0,
            "permission_overwrites": [overwrite] if self.denied else [],
        }


@dataclass
class Guild:
    """A guild the bot is in while `joined`; `available` is False in an outage."""

    id: int
    name: str
    owner_id: int
    channels: dict[int, Channel]
    members: dict[int, Member]
    roles: dict[int, Role]
    locale: str = "en-US"
    joined: bool = True
    available: bool = True

    @classmethod
    def parse(cls, spec: Json) -> Guild:
        """Build one from what a test configured."""
        guild_id = int(spec["id"])
        everyone = Role(guild_id, "@everyone", EVERYONE)
        roles = [
            Role(int(r["id"]), r["name"], named(r.get("permissions", ())), r.get("mentionable", False))
            for r in spec.get("roles", ())
        ]
        channels = [
            Channel(int(c["id"]), c["name"], guild_id, None, named(c.get("denied", ())))
            for c in spec.get("channels", ())
        ]
        members = [
            Member(int(m["id"]), m["name"], list(m.get("roles", ())), m.get("locale", "en-US"), m.get("dms", True))
            for m in spec.get("members", ())
        ]
        return cls(
            guild_id,
            spec["name"],
            int(spec["owner_id"]),
            {c.id: c for c in channels},
            {m.id: m for m in members},
            {r.id: r for r in [everyone, *roles]},
            spec.get("locale", "en-US"),
        )

    def permissions(self, member: Member) -> Permission:
        """What a member may do in the guild."""
        if member.id == self.owner_id:
            return EVERYTHING
        bits = self.roles[self.id].permissions
        for role in member.roles:
            if role in self.roles:
                bits |= self.roles[role].permissions
        return EVERYTHING if bits & Permission.ADMINISTRATOR else bits

    def partial(self) -> Json:
        """As an interaction carries it."""
        return {"id": str(self.id), "locale": self.locale, "features": []}

    def json(self, bot: Member) -> Json:
        """As GUILD_CREATE carries it to a bot with the guilds intent only."""
        return {
            **self.partial(),
            "name": self.name,
            "icon": None,
            "owner_id": str(self.owner_id),
            "preferred_locale": self.locale,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "system_channel_flags": 0,
            "emojis": [],
            "stickers": [],
            "roles": [role.json(position) for position, role in enumerate(self.roles.values())],
            "channels": [channel.json(bot.id) for channel in self.channels.values() if not channel.deleted],
            "members": [bot.json()],
            "member_count": len(self.members) + 1,
            "joined_at": "2024-01-01T00:00:00+00:00",
            "large": False,
            "unavailable": False,
            "threads": [],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

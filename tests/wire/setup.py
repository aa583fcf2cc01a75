"""What a test configures: guilds with their channels, people and roles. Ids are the test's own."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

OWNER, MODERATOR, ADA, BO, CY = (500_000_000_000_000_000 + number for number in range(1, 6))
MODERATORS = 400_000_000_000_000_001
GENERAL, QUIZ = 300_000_000_000_000_001, 300_000_000_000_000_002
GUILD = 200_000_000_000_000_001


@dataclass(frozen=True)
class RoleSpec:
    """`permissions` are discord.py's names, such as `manage_guild`."""

    id: int
    name: str
    permissions: tuple[str, ...] = ()
    mentionable: bool = False


@dataclass(frozen=True)
class ChannelSpec:
    """`denied` is what the bot may not do here."""

    id: int
    name: str
    denied: tuple[str, ...] = ()


@dataclass(frozen=True)
class MemberSpec:
    """`dms` says whether the bot may write to them in private."""

    id: int
    name: str
    roles: tuple[int, ...] = ()
    locale: str = "en-US"
    dms: bool = True


@dataclass(frozen=True)
class GuildSpec:
    """A guild; as it stands: an owner, a moderator with Manage Server, three members, two channels."""

    id: int = GUILD
    name: str = "Study group"
    owner_id: int = OWNER
    channels: tuple[ChannelSpec, ...] = (ChannelSpec(GENERAL, "general"), ChannelSpec(QUIZ, "quiz"))
    members: tuple[MemberSpec, ...] = (
        MemberSpec(OWNER, "Olga"),
        MemberSpec(MODERATOR, "Mo", (MODERATORS,)),
        MemberSpec(ADA, "Ada"),
        MemberSpec(BO, "Bo"),
        MemberSpec(CY, "Cy"),
    )
    roles: tuple[RoleSpec, ...] = field(default=(RoleSpec(MODERATORS, "Moderators", ("manage_guild",)),))
    locale: str = "en-US"

    def json(self) -> dict[str, Any]:
        """As the double takes it."""
        return asdict(self)

"""Everything the double knows: the state of its Discord."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from tests.wire.double.fault import Faults
from tests.wire.double.gateway import GUILDS, Gateway
from tests.wire.double.guild import Channel, Guild, Json, Member
from tests.wire.double.interaction import Interaction
from tests.wire.double.journal import Journal
from tests.wire.double.limit import Limits
from tests.wire.double.message import Message
from tests.wire.double.permission import EVERYTHING, Permission
from tests.wire.double.problem import refusal
from tests.wire.double.snowflake import Clock, Mint

BOT_ID = 800_000_000_000_000_001
SHAPE = ("double", "not-a-secret-but-shaped-like-one")


@dataclass
class Settings:
    """What a test may set: limits in requests a second, times in seconds."""

    global_limit: int = 50
    route_limits: bool = True
    nonce_memory: float = 300.0
    callback_within: float = 3.0
    token_life: float = 900.0
    heartbeat: float = 41.25
    resume_within: float = 120.0
    latency: float = 0.0


@dataclass
class World:
    """The state. Ids of guilds and people are the test's; those of messages and interactions carry their time."""

    base: str
    clock: Clock = field(default_factory=Clock)
    settings: Settings = field(default_factory=Settings)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    commands: dict[int | None, list[Json]] = field(default_factory=dict)
    interactions: dict[int, Interaction] = field(default_factory=dict)
    tokens: dict[str, Interaction] = field(default_factory=dict)
    nonces: dict[str, tuple[float, int]] = field(default_factory=dict)
    journal: Journal = field(default_factory=Journal)
    faults: Faults = field(default_factory=Faults)
    limits: Limits = field(default_factory=Limits)
    revoked: bool = False
    gateway: Gateway = field(init=False)
    mint: Mint = field(init=False)
    bot: Member = field(init=False)

    def __post_init__(self) -> None:
        self.gateway = Gateway(self)
        self.mint = Mint(self.clock)
        self.bot = Member(BOT_ID, "Stepwise", bot=True)
        self.application_id = BOT_ID
        self.token = ".".join([base64.b64encode(str(BOT_ID).encode()).decode().rstrip("="), *SHAPE])

    @property
    def gateway_url(self) -> str:
        """Where the websocket is."""
        return self.base.replace("http", "ws", 1) + "/ws"

    def add_guild(self, guild: Guild) -> None:
        """Put a guild in the place of the one with its id, and tell the bot."""
        known = guild.id in self.guilds and self.guilds[guild.id].joined
        self.guilds[guild.id] = guild
        self.channels.update(guild.channels)
        shown = guild.json(self.bot)
        if not known:
            del shown["unavailable"]  # its absence says that the bot has just joined
        self.gateway.dispatch("GUILD_CREATE", shown, guild.id, GUILDS)

    def person(self, user_id: int) -> Member | None:
        """Someone by id, wherever they are a member."""
        found = (guild.members.get(user_id) for guild in self.guilds.values())
        return next((member for member in found if member is not None), None)

    def private_channel(self, person: Member) -> Channel:
        """The channel between the bot and one person."""
        for channel in self.channels.values():
            if channel.recipient is not None and channel.recipient.id == person.id:
                return channel
        channel = Channel(self.mint.next(), recipient=person)
        self.channels[channel.id] = channel
        return channel

    def rights(self, channel: Channel) -> Permission:
        """What the bot may do in a channel."""
        if channel.guild_id is None:
            return EVERYTHING
        return self.guilds[channel.guild_id].permissions(self.bot) & ~channel.denied

    def enter(self, channel_id: str) -> tuple[Channel, Permission]:
        """Return a channel the bot may see and its rights there, or refuse as Discord would."""
        channel = self.channels.get(int(channel_id))
        if channel is None or channel.deleted:
            raise refusal(10003, f"no channel {channel_id}")
        if channel.guild_id is not None and not self.guilds[channel.guild_id].joined:
            raise refusal(50001, "the bot is no longer in this guild")
        rights = self.rights(channel)
        if not rights & Permission.VIEW_CHANNEL:
            raise refusal(50001, "the bot may not view this channel")
        return channel, rights

    def history(self, channel_id: int) -> list[Message]:
        """A channel's messages that all can see, newest first."""
        found = (
            m for m in self.messages.values() if m.channel_id == channel_id and not m.deleted and m.seen_by is None
        )
        return sorted(found, key=lambda message: -message.id)

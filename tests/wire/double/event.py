"""What happens to the bot from outside: guilds, channels, permissions, the gateway, the token."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.wire.double import post
from tests.wire.double.gateway import GUILDS
from tests.wire.double.guild import Channel, Json
from tests.wire.double.permission import named

if TYPE_CHECKING:
    from tests.wire.double.world import World


def _remove_guild(world: World, order: Json) -> None:
    guild = world.guilds[int(order["guild"])]
    guild.joined = False
    world.gateway.dispatch("GUILD_DELETE", {"id": str(guild.id)}, guild.id, GUILDS)


def _outage(world: World, order: Json) -> None:
    guild = world.guilds[int(order["guild"])]
    guild.available = bool(order["over"])
    if guild.available:
        world.gateway.dispatch("GUILD_CREATE", guild.json(world.bot), guild.id, GUILDS)
    else:
        world.gateway.dispatch("GUILD_DELETE", {"id": str(guild.id), "unavailable": True}, guild.id, GUILDS)


def _deny(world: World, order: Json) -> None:
    channel = world.channels[int(order["channel"])]
    channel.denied = named(order["permissions"])
    _tell(world, channel, "CHANNEL_UPDATE")


def _add_channel(world: World, order: Json) -> None:
    guild = world.guilds[int(order["guild"])]
    channel = Channel(int(order["id"]), str(order["name"]), guild.id)
    guild.channels[channel.id] = world.channels[channel.id] = channel
    _tell(world, channel, "CHANNEL_CREATE")


def _delete_channel(world: World, order: Json) -> None:
    channel = world.channels[int(order["channel"])]
    channel.deleted = True
    _tell(world, channel, "CHANNEL_DELETE")


def _tell(world: World, channel: Channel, name: str) -> None:
    world.gateway.dispatch(name, channel.json(world.bot.id), channel.guild_id, GUILDS)


def _delete_message(world: World, order: Json) -> None:
    post.delete(world, world.messages[int(order["message"])])


def _close(world: World, order: Json) -> Json:
    code = order.get("code")
    return {"closed": world.gateway.close(None if code is None else int(code))}


def _forget_sessions(world: World, _: Json) -> None:
    world.gateway.sessions.clear()


def _reconnect(world: World, _: Json) -> None:
    world.gateway.reconnect()


def _invalidate(world: World, order: Json) -> None:
    world.gateway.invalidate(resumable=bool(order["resumable"]))


def _mute(world: World, order: Json) -> None:
    world.gateway.mute(muted=bool(order["muted"]))


def _token(world: World, order: Json) -> None:
    world.revoked = bool(order["revoked"])
    if world.revoked:
        world.gateway.close(4004)


ORDERS: dict[str, Callable[[World, Json], object]] = {
    "remove_guild": _remove_guild,
    "outage": _outage,
    "deny": _deny,
    "add_channel": _add_channel,
    "delete_channel": _delete_channel,
    "delete_message": _delete_message,
    "close": _close,
    "forget_sessions": _forget_sessions,
    "reconnect": _reconnect,
    "invalidate": _invalidate,
    "mute": _mute,
    "token": _token,
}

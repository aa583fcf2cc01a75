"""Ways to make things go wrong as they do on Discord, and to see what the bot asked of it and what was stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import discord
from simcord import Env, HttpLogEntry, InteractionResult, MemberActor, RoleHandle
from simcord.backend import serializers
from simcord.backend.models import Overwrite
from simcord.enums import ComponentType, InteractionType, OverwriteType
from simcord.interactions import base_payload

from tests.ui.world import Shown, World

POSTS = "/channels/*/messages"
ONE_MESSAGE = "/channels/*/messages/*"
CALLBACKS = "/interactions/*/callback"

Tables = dict[str, list[tuple[Any, ...]]]


def tables(folder: Path) -> Tables:
    """Return every row of every table."""
    with closing(sqlite3.connect(f"{(folder / 'stepwise.db').as_uri()}?mode=ro", uri=True)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}  # noqa: S608


@contextmanager
def nothing_written(folder: Path) -> Iterator[None]:
    """Fail unless every table is the same afterwards."""
    before = tables(folder)
    yield
    assert tables(folder) == before


def requests(env: Env, method: str, path: str) -> list[HttpLogEntry]:
    """Return what the bot asked of Discord by a method, at paths that match."""
    return [one for one in env.http_requests if one.method == method and fnmatch(one.path, path)]


def posts(world: World) -> list[HttpLogEntry]:
    """Return every attempt to send a message into the channel."""
    return requests(world.env, "POST", f"/channels/{world.channel.id}/messages")


def edits(world: World) -> list[HttpLogEntry]:
    """Return every attempt to change a message of the channel."""
    return requests(world.env, "PATCH", f"/channels/{world.channel.id}/messages/*")


def visible(world: World) -> list[discord.Message]:
    """Return the channel's public messages, oldest first."""
    return [message for message in world.channel.history() if not message.flags.ephemeral]


async def forbid(world: World, *permissions: str) -> None:
    """Take permissions in the channel from the bot; none gives all of them back."""
    denied = discord.Permissions(**dict.fromkeys(permissions, True)).value
    bot = world.env.backend.bot_user.id
    overwrite = Overwrite(target_id=bot, type=OverwriteType.MEMBER, deny=denied)
    world.env.backend.edit_channel(world.channel.id, {}, overwrites=[overwrite])
    await world.env.settle()


async def take_role(member: MemberActor, world: World, role: RoleHandle) -> None:
    """Take a role from a member."""
    world.env.backend.remove_member_role(world.guild.id, member.id, role.id)
    await world.env.settle()


async def give_role(member: MemberActor, world: World, role: RoleHandle) -> None:
    """Give a member a role."""
    world.env.backend.add_member_role(world.guild.id, member.id, role.id)
    await world.env.settle()


def show_quiz_to(world: World, *members: MemberActor) -> None:
    """Show `/quiz` to members whom Discord would not offer it by default, as a server's settings can."""
    command = world.env.backend.find_command("quiz", world.guild.id)
    assert command is not None
    world.guild.set_command_permissions(int(command["id"]), dict.fromkeys(members, True))


async def press(member: MemberActor, message: Shown, custom_id: str) -> InteractionResult:
    """Click a button, which the message need not bear."""
    return (await at_once(member, [(message, custom_id)]))[0]


async def at_once(member: MemberActor, clicks: Sequence[tuple[Shown, str]]) -> list[InteractionResult]:
    """Click several buttons before the bot has answered any."""
    return await crowd([(member, message, custom_id) for message, custom_id in clicks])


async def crowd(clicks: Sequence[tuple[MemberActor, Shown, str]], *, times: int = 1) -> list[InteractionResult]:
    """Let several members click before the bot has answered any; `times` is how often Discord tells of each click."""
    env = clicks[0][0]._env  # noqa: SLF001 - SimCord lets no second click begin while one is under way
    records = []
    for member, message, custom_id in clicks:
        channel_id = message.channel_id if not isinstance(message, discord.Message) else message.channel.id
        stored = env.backend.get_message(channel_id, message.id)
        record, payload = base_payload(
            env.backend,
            type=InteractionType.MESSAGE_COMPONENT,
            channel_id=channel_id,
            guild_id=member.guild.id,
            user_id=member.id,
            data={"custom_id": custom_id, "component_type": ComponentType.BUTTON},
        )
        payload["message"] = dict(serializers.message_payload(env.backend, stored))
        record.source_message_id = stored.id
        records.append((record, payload))
    for _, payload in records * times:
        env.backend.emit("INTERACTION_CREATE", payload)
    await env.settle()
    return [InteractionResult(env, record) for record, _ in records]

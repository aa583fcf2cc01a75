"""What members do: press, choose, run a command, fill in a form, write, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.wire.double import command, component, modal, post
from tests.wire.double.command import cannot
from tests.wire.double.guild import Channel, Guild, Member
from tests.wire.double.interaction import Interaction, Kind
from tests.wire.double.message import Message

if TYPE_CHECKING:
    from tests.wire.double.world import World

Json = dict[str, Any]


def press(world: World, order: Json) -> Interaction:
    """Press a button, or choose in a select, by its label or custom_id; `force` sends an id that is not there."""
    message = world.messages.get(int(order["message"]))
    if message is None:
        cannot("there has never been such a message")
    channel = world.channels[message.channel_id]
    force = bool(order.get("force"))
    if (message.deleted or channel.deleted) and not force:
        cannot("the message is gone")
    member = _member(world, channel, int(order["member"]))
    if message.seen_by not in (None, member.id) and not force:
        cannot("the message is private to someone else")
    part = _part(message, order, force=force)
    data: Json = {"custom_id": part["custom_id"], "component_type": part["type"], "id": part.get("id", 1)}
    if part["type"] in component.SELECTS:
        data["values"] = list(order.get("values") or [])
    return _send(world, Kind.COMPONENT, member, channel, data, message=message)


def _part(message: Message, order: Json, *, force: bool) -> Json:
    wanted, label = order.get("custom_id"), order.get("label")
    parts = [part for _, part in component.walk(message.components) if "custom_id" in part]
    found = [p for p in parts if (p["custom_id"] == wanted if wanted is not None else _labelled(p, str(label)))]
    if not found and force and wanted is not None:
        return {"type": int(order.get("component_type") or component.BUTTON), "custom_id": wanted}
    shown = [p.get("label") or p["custom_id"] for p in parts]
    if len(found) != 1:
        cannot(f"{len(found)} parts are called {wanted or label!r}; there are {shown}")
    if found[0].get("disabled") and not force:
        cannot(f"{wanted or label!r} is disabled")
    return found[0]


def _labelled(part: Json, label: str) -> bool:
    emoji = (part.get("emoji") or {}).get("name") or ""
    text = part.get("label") or part.get("placeholder") or ""
    return label in {text, f"{emoji} {text}".strip()}


def run(world: World, order: Json) -> Interaction:
    """Run a slash command in a channel, or complete one of its options."""
    channel = world.channels[int(order["channel"])]
    member = _member(world, channel, int(order["member"]))
    guild = _guild(world, channel)
    path = str(order["name"]).split()
    focused = order.get("focused")
    force = bool(order.get("force")) or focused is not None
    data = command.run(world, guild, member, path, order.get("options") or {}, force=force)
    if focused is not None:
        _focus(data["options"], str(focused))
    return _send(world, Kind.COMMAND if focused is None else Kind.AUTOCOMPLETE, member, channel, data)


def _focus(options: list[Json], name: str) -> None:
    for option in options:
        _focus(option.get("options") or [], name)
        if option["name"] == name and "value" in option:
            option["focused"] = True


def submit(world: World, order: Json) -> Interaction:
    """Fill in and send the form with which an interaction was answered."""
    opened = world.interactions[int(order["interaction"])]
    if opened.modal is None:
        cannot("the interaction was not answered with a form")
    data = modal.filled(opened.modal, order.get("values") or {}, force=bool(order.get("force")))
    return _send(world, Kind.MODAL, opened.member, opened.channel, data, message=opened.message)


def replay(world: World, order: Json) -> Interaction:
    """Send the event of an interaction once more, with the same id, as a gateway may."""
    interaction = world.interactions[int(order["interaction"])]
    _dispatch(world, interaction)
    return interaction


def say(world: World, order: Json) -> Message:
    """Let a member write a message."""
    channel = world.channels[int(order["channel"])]
    member = _member(world, channel, int(order["member"]))
    message = Message(world.mint.next(), channel.id, channel.guild_id, member.user(), str(order["content"]))
    post.keep(world, message)
    return message


def _member(world: World, channel: Channel, user_id: int) -> Member:
    if channel.recipient is not None:
        if channel.recipient.id != user_id:
            cannot("the channel is private to someone else")
        return channel.recipient
    guild = _guild(world, channel)
    if guild is None or user_id not in guild.members:
        cannot(f"{user_id} is no member of guild {channel.guild_id}")
    return guild.members[user_id]


def _guild(world: World, channel: Channel) -> Guild | None:
    return None if channel.guild_id is None else world.guilds[channel.guild_id]


def _send(
    world: World, kind: Kind, member: Member, channel: Channel, data: Json, *, message: Message | None = None
) -> Interaction:
    identity = world.mint.next()
    interaction = Interaction(
        identity,
        f"token-of-{identity}",
        kind,
        member,
        _guild(world, channel),
        channel,
        data,
        message=message,
        born=world.clock.now(),
    )
    world.interactions[identity] = interaction
    world.tokens[interaction.token] = interaction
    _dispatch(world, interaction)
    return interaction


def _dispatch(world: World, interaction: Interaction) -> None:
    guild_id = None if interaction.guild is None else interaction.guild.id
    world.gateway.dispatch("INTERACTION_CREATE", interaction.payload(world), guild_id)

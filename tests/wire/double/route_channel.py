"""Channels and their messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.wire.double import post
from tests.wire.double.call import Answer, Call, Route
from tests.wire.double.guild import Channel
from tests.wire.double.limit import Bucket
from tests.wire.double.message import Message
from tests.wire.double.permission import Permission
from tests.wire.double.problem import invalid, refusal

if TYPE_CHECKING:
    from tests.wire.double.world import World

MOST_HISTORY = 100


def _get_channel(world: World, call: Call) -> Answer:
    channel, _ = world.enter(call.args["channel"])
    return Answer(200, channel.json(world.bot.id))


def _post(world: World, call: Call) -> Answer:
    channel, rights = world.enter(call.args["channel"])
    if channel.recipient is not None and not channel.recipient.dms:
        raise refusal(50007, f"{channel.recipient.name} takes no private messages")
    post.allow(rights, call.body)
    fields = call.body.fields
    enforced = fields.get("nonce") is not None and bool(fields.get("enforce_nonce"))
    nonce = str(fields.get("nonce"))
    if enforced and (first := _remembered(world, nonce)) is not None:
        return _posted(world, first)
    message = post.create(world, channel, call.body)
    if enforced:
        world.nonces[nonce] = (world.clock.now(), message.id)
    return _posted(world, message)


def _posted(world: World, message: Message) -> Answer:
    nonce = {} if message.nonce is None else {"nonce": message.nonce}
    return Answer(200, {**message.json(world.base), **nonce})


def _remembered(world: World, nonce: str) -> Message | None:
    at, message_id = world.nonces.get(nonce, (float("-inf"), 0))
    message = world.messages.get(message_id)
    fresh = world.clock.now() - at < world.settings.nonce_memory
    return message if fresh and message is not None and not message.deleted else None


def _history(world: World, call: Call) -> Answer:
    channel, rights = world.enter(call.args["channel"])
    limit = call.query.get("limit", "50")
    if not limit.isdecimal() or not 1 <= int(limit) <= MOST_HISTORY:
        raise invalid([("limit", f"must be between 1 and {MOST_HISTORY}, not {limit}")])
    if not rights & Permission.READ_MESSAGE_HISTORY:
        return Answer(200, [])
    found = world.history(channel.id)
    if "before" in call.query:
        found = [message for message in found if message.id < int(call.query["before"])]
    if "after" in call.query:
        found = [message for message in found if message.id > int(call.query["after"])][-int(limit) :]
    return Answer(200, [message.json(world.base) for message in found[: int(limit)]])


def _find(world: World, call: Call) -> tuple[Channel, Permission, Message]:
    channel, rights = world.enter(call.args["channel"])
    message = world.messages.get(int(call.args["message"]))
    if message is None or message.deleted or message.channel_id != channel.id or message.seen_by is not None:
        raise refusal(10008, f"no message {call.args['message']} in {channel.id}")
    return channel, rights, message


def _get(world: World, call: Call) -> Answer:
    _, rights, message = _find(world, call)
    if not rights & Permission.READ_MESSAGE_HISTORY:
        raise refusal(50001, "the bot lacks READ_MESSAGE_HISTORY")
    return Answer(200, message.json(world.base))


def _edit(world: World, call: Call) -> Answer:
    _, rights, message = _find(world, call)
    if message.author["id"] != str(world.bot.id):
        raise refusal(50005, "the message is someone else's")
    if call.body.files and not rights & Permission.ATTACH_FILES:
        raise refusal(50013, "the bot lacks ATTACH_FILES")
    post.revise(world, message, call.body)
    return Answer(200, message.json(world.base))


def _delete(world: World, call: Call) -> Answer:
    _, rights, message = _find(world, call)
    if message.author["id"] != str(world.bot.id) and not rights & Permission.MANAGE_MESSAGES:
        raise refusal(50013, "the bot lacks MANAGE_MESSAGES")
    post.delete(world, message)
    return Answer()


def _typing(world: World, call: Call) -> Answer:
    world.enter(call.args["channel"])
    return Answer()


MESSAGES = "/channels/{channel}/messages"
MESSAGE = MESSAGES + "/{message}"

ROUTES = (
    Route("GET", "/channels/{channel}", _get_channel, Bucket("b1channel", 50, 1)),
    Route("POST", MESSAGES, _post, Bucket("b1post", 5, 5)),
    Route("GET", MESSAGES, _history, Bucket("b1history", 5, 5)),
    Route("GET", MESSAGE, _get, Bucket("b1get", 5, 1)),
    Route("PATCH", MESSAGE, _edit, Bucket("b1edit", 5, 5)),
    Route("DELETE", MESSAGE, _delete, Bucket("b1delete", 5, 1)),
    Route("POST", "/channels/{channel}/typing", _typing, Bucket("b1typing", 5, 5)),
)

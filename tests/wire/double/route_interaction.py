"""How the bot answers interactions: the first callback, then followups and edits by the interaction's token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.wire.double import post
from tests.wire.double.body import Body
from tests.wire.double.call import Answer, Call, Route
from tests.wire.double.guild import Json
from tests.wire.double.interaction import Callback, Interaction, Kind
from tests.wire.double.limit import Bucket
from tests.wire.double.message import Flag, Message
from tests.wire.double.problem import invalid, refusal
from tests.wire.double.rule import check_modal

if TYPE_CHECKING:
    from tests.wire.double.world import World

MOST_CHOICES = 25
THINKING = Flag.LOADING


def _callback(world: World, call: Call) -> Answer:
    interaction = world.interactions.get(int(call.args["interaction"]))
    if interaction is None or interaction.token != call.args["token"]:
        raise refusal(10062, "no such interaction")
    if interaction.callback is not None:
        raise refusal(40060, f"already answered with {interaction.callback.name}")
    late = call.arrived - interaction.sent
    if late > world.settings.callback_within:
        raise refusal(10062, f"the first reply came after {late:.2f} s")
    kind = _kind(interaction, call.body.fields.get("type"))
    _apply(world, interaction, kind, Body(call.body.fields.get("data") or {}, call.body.files))
    interaction.callback = kind
    interaction.answered = call.arrived
    interaction.bell.ring()
    if call.query.get("with_response", "0").lower() not in {"1", "true"}:
        return Answer()
    return Answer(200, _response(world, interaction, kind))


def _kind(interaction: Interaction, number: object) -> Callback:
    allowed = {Callback.MESSAGE, Callback.DEFER}
    if interaction.kind is Kind.AUTOCOMPLETE:
        allowed = {Callback.CHOICES}
    else:
        if interaction.message is not None:
            allowed |= {Callback.DEFER_UPDATE, Callback.UPDATE}
        if interaction.kind is not Kind.MODAL:
            allowed |= {Callback.MODAL}
    if number not in set(map(int, allowed)) or not isinstance(number, int):
        raise invalid([("type", f"value must be one of {sorted(allowed)} for a {interaction.kind.name}")])
    return Callback(number)


def _apply(world: World, interaction: Interaction, kind: Callback, body: Body) -> None:
    if kind is Callback.MESSAGE:
        interaction.original = _reply(world, interaction, body, body.fields.get("flags"))
    elif kind is Callback.DEFER:
        interaction.original = _thinking(world, interaction, body.fields.get("flags"))
    elif kind is Callback.UPDATE and interaction.message is not None:
        if interaction.message.deleted:
            raise refusal(10008, "the message under the button is gone")
        post.revise(world, interaction.message, body)
        interaction.original = interaction.message
    elif kind is Callback.DEFER_UPDATE:
        interaction.original = interaction.message
    elif kind is Callback.CHOICES:
        interaction.choices = list(body.fields.get("choices") or [])
        if len(interaction.choices) > MOST_CHOICES:
            raise invalid([("data.choices", f"must be {MOST_CHOICES} or fewer in length")])
    elif kind is Callback.MODAL:
        check_modal(body.fields)
        interaction.modal = body.fields


def _reply(world: World, interaction: Interaction, body: Body, flags: object) -> Message:
    private = bool(int(str(flags or 0)) & Flag.EPHEMERAL)
    seen_by = interaction.member.id if private else None
    return post.create(world, interaction.channel, body, seen_by=seen_by, hook=True)


def _thinking(world: World, interaction: Interaction, flags: object) -> Message:
    private = bool(int(str(flags or 0)) & Flag.EPHEMERAL)
    message = Message(
        world.mint.next(),
        interaction.channel.id,
        interaction.channel.guild_id,
        world.bot.user(),
        flags=THINKING | (Flag.EPHEMERAL if private else Flag.NONE),
        seen_by=interaction.member.id if private else None,
        webhook_id=world.application_id,
    )
    post.keep(world, message)
    return message


def _response(world: World, interaction: Interaction, kind: Callback) -> Json:
    shown: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
    done: Json = {"interaction": shown}
    message = interaction.original
    if message is not None and kind in {Callback.MESSAGE, Callback.DEFER, Callback.UPDATE}:
        shown["response_message_id"] = str(message.id)
        shown["response_message_loading"] = bool(message.flags & THINKING)
        shown["response_message_ephemeral"] = message.seen_by is not None
        done["resource"] = {"type": int(kind), "message": message.json(world.base)}
    return done


def _interaction(world: World, call: Call) -> Interaction:
    interaction = world.tokens.get(call.args["token"])
    if interaction is None or call.args["application"] != str(world.application_id):
        raise refusal(10015, "no interaction has this token")
    if interaction.answered is None:
        raise refusal(10015, "the interaction has had no first reply")
    if world.clock.now() - interaction.born > world.settings.token_life:
        raise refusal(50027, "the interaction's token has expired")
    return interaction


def _followup(world: World, call: Call) -> Answer:
    interaction = _interaction(world, call)
    first = interaction.original
    if first is not None and first.flags & THINKING:
        post.revise(world, first, call.body)
        message = first
    else:
        message = _reply(world, interaction, call.body, call.body.fields.get("flags"))
        interaction.followups.append(message)
    interaction.bell.ring()
    return Answer(200, message.json(world.base))


def _message(interaction: Interaction, call: Call) -> Message:
    name = call.args["message"]
    original = interaction.original
    if name == "@original":
        found = original
    else:
        known = [*interaction.followups, *([original] if original is not None else [])]
        found = next((message for message in known if str(message.id) == name), None)
    if found is not None and not found.deleted:
        return found
    raise refusal(10008, f"the interaction has no message {name}")


def _get(world: World, call: Call) -> Answer:
    return Answer(200, _message(_interaction(world, call), call).json(world.base))


def _edit(world: World, call: Call) -> Answer:
    interaction = _interaction(world, call)
    message = _message(interaction, call)
    post.revise(world, message, call.body)
    interaction.bell.ring()
    return Answer(200, message.json(world.base))


def _delete(world: World, call: Call) -> Answer:
    interaction = _interaction(world, call)
    post.delete(world, _message(interaction, call))
    interaction.bell.ring()
    return Answer()


WEBHOOK = "/webhooks/{application}/{token}"
MESSAGE = WEBHOOK + "/messages/{message}"
BUCKET = Bucket("b2hook", 5, 2)

ROUTES = (
    Route("POST", "/interactions/{interaction}/{token}/callback", _callback, open=True),
    Route("POST", WEBHOOK, _followup, BUCKET, open=True),
    Route("GET", MESSAGE, _get, BUCKET, open=True),
    Route("PATCH", MESSAGE, _edit, BUCKET, open=True),
    Route("DELETE", MESSAGE, _delete, BUCKET, open=True),
)

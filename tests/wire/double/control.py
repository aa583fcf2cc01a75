"""The address by which a test steers and reads the double."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wire.double import event, member_act
from tests.wire.double.command import CannotError
from tests.wire.double.fault import Fault
from tests.wire.double.guild import Guild, Json

if TYPE_CHECKING:
    from tests.wire.double.world import Settings, World

Order = Callable[["World", Json], object]
LONGEST_WAIT = 60.0


def _configure(world: World, order: Json) -> None:
    world.add_guild(Guild.parse(order))


def _settings(world: World, order: Json) -> None:
    known: dict[str, type] = {item.name: type(item.default) for item in fields(_class(world))}
    for name, value in order.items():
        setattr(world.settings, name, known[name](value))


def _class(world: World) -> type[Settings]:
    return type(world.settings)


def _press(world: World, order: Json) -> Json:
    return {"interaction": member_act.press(world, order).id}


def _run(world: World, order: Json) -> Json:
    return {"interaction": member_act.run(world, order).id}


def _submit(world: World, order: Json) -> Json:
    return {"interaction": member_act.submit(world, order).id}


def _replay(world: World, order: Json) -> Json:
    return {"interaction": member_act.replay(world, order).id}


def _say(world: World, order: Json) -> Json:
    return member_act.say(world, order).json(world.base)


def _fault(world: World, order: Json) -> None:
    world.faults.all.append(Fault(**order))


def _heal(world: World, _: Json) -> None:
    world.faults.all.clear()


ORDERS: dict[str, Order] = {
    "guild": _configure,
    "settings": _settings,
    "press": _press,
    "command": _run,
    "submit": _submit,
    "replay": _replay,
    "say": _say,
    "fault": _fault,
    "heal": _heal,
    **event.ORDERS,
}


class Control:
    """Answers the test. A POST changes something, a GET only reads."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def order(self, request: web.Request) -> web.Response:
        """Do what the test asks, or say why that cannot be."""
        name = request.match_info["name"]
        try:
            done = ORDERS[name](self._world, await request.json())
        except CannotError as error:
            return _json({"error": str(error)}, 409)
        except (KeyError, TypeError, ValueError) as error:
            return _json({"error": f"{name}: {type(error).__name__}: {error}"}, 400)
        return _json(done)

    async def interaction(self, request: web.Request) -> web.Response:
        """Show an interaction, once it is settled or the time is over."""
        interaction = self._world.interactions.get(int(request.match_info["id"]))
        if interaction is None:
            return _json({"error": "no such interaction"}, 400)
        seconds = min(float(request.query.get("within", "0")), LONGEST_WAIT)
        count = int(request.query.get("followups", "0"))
        await interaction.bell.wait(lambda: interaction.settled and len(interaction.followups) >= count, seconds)
        return _json(interaction.json(self._world.base))

    async def unanswered(self, _: web.Request) -> web.Response:
        """The interactions that have had no reply yet."""
        waiting = [i for i in self._world.interactions.values() if i.answered is None]
        return _json([interaction.json(self._world.base) for interaction in waiting])

    async def messages(self, request: web.Request) -> web.Response:
        """A channel's messages, oldest first."""
        found = reversed(self._world.history(int(request.match_info["id"])))
        return _json(
            [message.json(self._world.base) | {"edits": message.edits, "nonce": message.nonce} for message in found]
        )

    async def private(self, request: web.Request) -> web.Response:
        """The messages between the bot and one person, oldest first."""
        person = self._world.person(int(request.match_info["id"]))
        if person is None:
            return _json({"error": "nobody has this id"}, 400)
        found = reversed(self._world.history(self._world.private_channel(person).id))
        return _json([message.json(self._world.base) for message in found])

    async def requests(self, request: web.Request) -> web.Response:
        """The requests after a number."""
        return _json([entry.json() for entry in self._world.journal.since(int(request.query.get("since", "0")))])

    async def refused(self, _: web.Request) -> web.Response:
        """The requests that Discord would have refused."""
        return _json([entry.json() for entry in self._world.journal.refused()])

    async def state(self, _: web.Request) -> web.Response:
        """Who is connected, what has been counted."""
        world = self._world
        journal = world.journal
        sessions = [
            {"name": s.name, "shard": s.shard, "intents": s.intents, "seq": s.seq, "resumes": s.resumes}
            for s in world.gateway.connected()
        ]
        return _json(
            {
                "sessions": sessions,
                "identifies": world.gateway.identifies,
                "commands": world.commands.get(None, []),
                "requests": journal.count,
                "refused": len(list(journal.refused())),
                "limited": journal.limited,
                "invalid": journal.limited + journal.unauthorized + journal.forbidden,
                "faults": [fault.json() for fault in world.faults.all],
            }
        )

    async def attachment(self, request: web.Request) -> web.Response:
        """A file that the bot sent."""
        wanted = int(request.match_info["id"])
        for message in self._world.messages.values():
            for attachment in message.attachments:
                if attachment.id == wanted:
                    return web.Response(body=attachment.data, content_type=attachment.content_type)
        return web.Response(status=404)


def _json(value: Any, status: int = 200) -> web.Response:  # noqa: ANN401  -- whatever can be JSON
    return web.Response(status=status, body=json.dumps(value).encode(), content_type="application/json")

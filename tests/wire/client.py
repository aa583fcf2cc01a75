"""The test's hand on the double: it acts as Discord's people do and reads what they see."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.wire.mischief import Mischief
from tests.wire.seen import Message, Recorded, Reply, State
from tests.wire.setup import ChannelSpec, GuildSpec
from tests.wire.wire import Wire

T = TypeVar("T")
Options = Mapping[str, object]
STEP = 0.02


async def until(look: Callable[[], Awaitable[T | None]], within: float, what: str) -> T:
    """Look again and again until there is something; fail when the time is over."""
    loop = asyncio.get_running_loop()
    end = loop.time() + within
    while not (found := await look()):
        if loop.time() > end:
            error = f"{what}: not within {within} s"
            raise TimeoutError(error)
        await asyncio.sleep(STEP)
    return found


class Client:
    """Typed access to the control address. What goes wrong on purpose is under `mischief`."""

    def __init__(self, base: str) -> None:
        self._wire = Wire(base)
        self.mischief = Mischief(self._wire)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the double."""
        await self._wire.close()

    async def guild(self, spec: GuildSpec) -> None:
        """Add a guild, or put it in the place of the one with its id; the bot is told."""
        await self._wire.order("guild", **spec.json())

    async def add_channel(self, guild: int, spec: ChannelSpec) -> None:
        """Add a channel to a guild."""
        await self._wire.order("add_channel", guild=guild, id=spec.id, name=spec.name)

    async def settings(self, **values: float) -> None:
        """Set limits and times: the names are those of `double.world.Settings`."""
        await self._wire.order("settings", **values)

    async def press(
        self,
        message: Message | int,
        member: int,
        label: str | None = None,
        *,
        custom_id: str | None = None,
        values: Sequence[str] = (),
        force: bool = False,
    ) -> int:
        """Press a button, or choose `values` in a select, by label or custom_id. Returns the interaction's id.

        `force` presses what is disabled, deleted or not there, as an old or changed client could.
        """
        number = message if isinstance(message, int) else message.id
        order = {"message": number, "member": member, "label": label, "custom_id": custom_id}
        done = await self._wire.order("press", **order, values=list(values), force=force)
        return int(done["interaction"])

    async def command(
        self, name: str, member: int, channel: int, options: Options | None = None, *, force: bool = False
    ) -> int:
        """Run a slash command such as "quiz setup" with options by name. Returns the interaction's id.

        People, roles and channels are given by id. `force` sends it although the member's client would not: for want of
        rights, with options missing or out of range.
        """
        order = {"name": name, "member": member, "channel": channel, "options": dict(options or {}), "force": force}
        return int((await self._wire.order("command", **order))["interaction"])

    async def complete(self, name: str, member: int, channel: int, options: Options, focused: str) -> int:
        """Ask for suggestions while the option `focused` is typed; its text so far is among the options."""
        order = {"name": name, "member": member, "channel": channel, "options": dict(options or {}), "focused": focused}
        return int((await self._wire.order("command", **order))["interaction"])

    async def submit(self, interaction: int, values: dict[str, Any], *, force: bool = False) -> int:
        """Fill in the form with which an interaction was answered, by label or custom_id, and send it."""
        done = await self._wire.order("submit", interaction=interaction, values=values, force=force)
        return int(done["interaction"])

    async def replay(self, interaction: int) -> None:
        """Send the event of an interaction once more."""
        await self._wire.order("replay", interaction=interaction)

    async def say(self, channel: int, member: int, content: str) -> Message:
        """Let a member write in a channel."""
        return Message(await self._wire.order("say", channel=channel, member=member, content=content))

    async def reply(self, interaction: int, within: float = 5.0, *, followups: int = 0) -> Reply:
        """Wait until the interaction is answered (and no longer thinking, and has so many followups), and read it.

        Returns what there is when the time is over: look at `answered` and `settled`.
        """
        query = f"within={within}&followups={followups}"
        return Reply.parse(await self._wire.read(f"interaction/{interaction}?{query}"))

    async def pressed(self, message: Message | int, member: int, label: str, within: float = 5.0) -> Reply:
        """Press and read the reply, which must come."""
        reply = await self.reply(await self.press(message, member, label), within)
        assert reply.answered, f"nobody answered the press of {label!r} within {within} s"
        return reply

    async def ran(
        self, name: str, member: int, channel: int, options: Options | None = None, within: float = 5.0
    ) -> Reply:
        """Run a command and read the reply, which must come."""
        reply = await self.reply(await self.command(name, member, channel, options), within)
        assert reply.answered, f"nobody answered /{name} within {within} s"
        return reply

    async def unanswered(self) -> list[Reply]:
        """The interactions that have had no reply."""
        return [Reply.parse(raw) for raw in await self._wire.read("unanswered")]

    async def messages(self, channel: int, count: int = 0, within: float = 10.0) -> list[Message]:
        """A channel's messages, oldest first, once there are `count`; private replies are not among them."""
        return await self._messages(f"messages/{channel}", count, within)

    async def private(self, person: int, count: int = 0, within: float = 10.0) -> list[Message]:
        """The messages between the bot and one person, oldest first, once there are `count`."""
        return await self._messages(f"private/{person}", count, within)

    async def _messages(self, path: str, count: int, within: float) -> list[Message]:
        async def look() -> list[list[Message]] | None:
            found = [Message(raw) for raw in await self._wire.read(path)]
            return [found] if len(found) >= count else None

        return (await until(look, within, f"{count} messages in {path}"))[0]

    async def message(self, channel: int, message: int) -> Message:
        """One message as it is now."""
        found = [one for one in await self.messages(channel) if one.id == message]
        assert found, f"no message {message} in {channel}"
        return found[0]

    async def changed(
        self, message: Message, so: Callable[[Message], bool] = lambda _: True, within: float = 10.0
    ) -> Message:
        """Wait until a channel's message was edited since it was read, and is as `so` says."""

        async def look() -> Message | None:
            now = await self.message(message.channel, message.id)
            return now if now.edits > message.edits and so(now) else None

        return await until(look, within, f"an edit of message {message.id}")

    async def requests(self, route: str = "*", since: int = 0) -> list[Recorded]:
        """The requests of a route such as `POST /channels/*/messages`, after the one with that number."""
        found = [Recorded(**raw) for raw in await self._wire.read(f"requests?since={since}")]
        return [request for request in found if request.matches(route)]

    async def request(self, route: str, since: int = 0, within: float = 10.0) -> Recorded:
        """Wait for a request, also one that is still held by a fault: then `status` is None."""

        async def look() -> Recorded | None:
            found = await self.requests(route, since)
            return found[0] if found else None

        return await until(look, within, f"a request {route}")

    async def refused(self) -> list[Recorded]:
        """The requests that Discord would have refused, with `why`."""
        return [Recorded(**raw) for raw in await self._wire.read("refused")]

    async def state(self) -> State:
        """Who is connected, and what has been counted."""
        return State.parse(await self._wire.read("state"))

    async def connected(self, count: int = 1, within: float = 15.0) -> State:
        """Wait until so many sessions of the gateway are connected."""

        async def look() -> State | None:
            state = await self.state()
            return state if len(state.sessions) == count else None

        return await until(look, within, f"{count} connected sessions")

    async def synced(self, within: float = 15.0) -> State:
        """Wait until the bot has synchronised its commands."""

        async def look() -> State | None:
            state = await self.state()
            return state if state.commands else None

        return await until(look, within, "synchronised commands")

    async def file(self, url: str) -> bytes:
        """The bytes of an attachment."""
        return await self._wire.bytes(url)

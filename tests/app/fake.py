"""A clock that the test moves, and a hand-made messenger that behaves as Discord does where it matters."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot.app.messenger import DeliveryError, FailureReason, Showing
from bot.core.guild import Guild
from bot.core.round import Round

NONCE_KNOWN = timedelta(minutes=2)
"""For so long the fake recognises a nonce, as Discord does for some minutes."""

Fault = Callable[[int], BaseException | None]
"""Given a guild, what goes wrong there, if anything does."""


class KilledError(BaseException):
    """Stands for a process that ends at this very place: nothing of ours catches it."""


@dataclass
class Hands:
    """A clock that stands still until it is moved."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@dataclass
class Message:
    """A message in a channel, and everything it has shown so far."""

    id: int
    channel_id: int
    nonce: str
    round_id: int
    sent_at: datetime
    shown: list[Showing]


@dataclass
class FakeMessenger:
    """Remembers messages by nonce. A `…_fault` says what goes wrong in a method, `after_post` what once all is sent."""

    clock: Callable[[], datetime]
    messages: list[Message] = field(default_factory=list)
    told: list[tuple[int, FailureReason]] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    post_fault: Fault = lambda _: None
    find_fault: Fault = lambda _: None
    show_fault: Fault = lambda _: None
    tell_fault: Fault = lambda _: None
    after_post: Fault = lambda _: None
    gate: asyncio.Event | None = None
    """Where set, posting and showing wait for it."""
    _ids: count[int] = field(default_factory=lambda: count(9001))

    async def post(self, showing: Showing, guild: Guild) -> int:
        round_ = showing.round
        await self._enter("post", self.post_fault, guild.id)
        known = [
            message.id
            for message in self.messages
            if (message.nonce, message.channel_id) == (round_.nonce, round_.channel_id)
            and self.clock() - message.sent_at <= NONCE_KNOWN
        ]
        number = known[0] if known else next(self._ids)
        if not known:
            sent = Message(number, round_.channel_id, round_.nonce, round_.id, self.clock(), [showing])
            self.messages.append(sent)
        _raise(self.after_post(guild.id))
        return number

    async def find(self, round_: Round) -> int | None:
        await self._enter("find", self.find_fault, round_.guild_id)
        ours = [one for one in self.messages if (one.round_id, one.channel_id) == (round_.id, round_.channel_id)]
        return ours[-1].id if ours else None

    async def show(self, showing: Showing) -> None:
        await self._enter("show", self.show_fault, showing.round.guild_id)
        message = next((one for one in self.messages if one.id == showing.round.message_id), None)
        if message is None:
            raise DeliveryError(FailureReason.MESSAGE_GONE)
        message.shown.append(showing)

    async def tell(self, guild: Guild, reason: FailureReason) -> None:
        self.calls["tell"] += 1
        self.told.append((guild.id, reason))
        _raise(self.tell_fault(guild.id))

    async def called(self, name: str, times: int = 1) -> None:
        """Wait until a method was called so often."""
        while self.calls[name] < times:  # noqa: ASYNC110 - it takes as many turns of the loop as it takes
            await asyncio.sleep(0)

    async def _enter(self, name: str, fault: Fault, guild_id: int) -> None:
        self.calls[name] += 1
        await asyncio.sleep(0)
        if self.gate is not None:
            await self.gate.wait()
        _raise(fault(guild_id))


def _raise(error: BaseException | None) -> None:
    if error is not None:
        raise error


def refusing(reason: FailureReason, retry_after: float | None = None, *, only: int | None = None) -> Fault:
    """Return a fault for every guild, or for one: Discord says no, for a reason."""
    return lambda guild_id: DeliveryError(reason, retry_after) if only in {None, guild_id} else None


def killing(_: int) -> BaseException:
    """Be a fault: the process ends here."""
    return KilledError()

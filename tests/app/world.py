"""A guild's daily question on a real store, with a clock and a messenger that the test holds in its hands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from bot.app import setup
from bot.app.click import Click, Marked, Outcome, Verb
from bot.app.context import Context, guild_of
from bot.app.ticker import Ticker
from bot.app.writer import Writer
from bot.bank.bank import SHIPPED, Bank, load
from bot.core.answer import Member
from bot.core.audit import AuditEntry
from bot.core.guild import Guild
from bot.core.round import Round
from bot.core.schedule import EVERY_DAY, Schedule
from db.engine import open_store
from db.store import Store
from tests.app.fake import FakeMessenger, Hands, Message

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
"""A Monday morning, an hour before the question is due."""

GUILD, OTHER, CHANNEL, MODERATOR = 1001, 1002, 2001, 3999
ADA, BLAISE, CHEN = 3001, 3002, 3003
NINE = Schedule("UTC", time(9), EVERY_DAY)


@cache
def bank() -> Bank:
    """Return the shipped bank, read once."""
    return load([SHIPPED])


@dataclass
class World:
    """Everything one process of the bot has. `restart` gives another one on the same database."""

    context: Context
    clock: Hands
    messenger: FakeMessenger
    ticker: Ticker
    writer: Writer

    @property
    def store(self) -> Store:
        return self.context.store

    async def set_up(self, guild_id: int = GUILD, **changes: Any) -> Guild:  # noqa: ANN401 - any option of the use case
        options: dict[str, Any] = {"channel_id": CHANNEL, "schedule": NINE, "role_id": None, "open_hours": None}
        return await setup.set_up(self.context, guild_id, MODERATOR, **(options | changes))

    async def tick(self) -> None:
        """Tick, and wait for everything that this began."""
        await self.ticker.tick()
        await self.ticker.settle()

    async def go(self, to: datetime) -> None:
        """Move the clock, and tick until the messages show what happened."""
        self.clock.now = to
        for _ in range(2):
            await self.tick()

    async def next_round(self, guild_id: int = GUILD) -> Round:
        """Go to the guild's next question and return its open round."""
        due = (await self.guild(guild_id)).next_due
        assert due is not None
        await self.go(max(due, self.clock.now))
        return await self.open_round(guild_id)

    async def first_round(self, guild_id: int = GUILD, **changes: Any) -> Round:  # noqa: ANN401 - as above
        """Set the guild up and return its first question's open round."""
        await self.set_up(guild_id, **changes)
        return await self.next_round(guild_id)

    async def open_round(self, guild_id: int = GUILD) -> Round:
        async with self.store.begin() as transaction:
            round_ = await transaction.rounds.open_in(guild_id)
        assert round_ is not None, "no round is open"
        return round_

    async def guild(self, guild_id: int = GUILD) -> Guild:
        async with self.store.begin() as transaction:
            return await guild_of(transaction, guild_id)

    async def rounds(self, guild_id: int = GUILD) -> list[Round]:
        """Return the guild's rounds, oldest first."""
        async with self.store.begin() as transaction:
            return (await transaction.rounds.recent(guild_id, 400))[::-1]

    async def distribution(self, round_: Round) -> dict[str, int]:
        async with self.store.begin() as transaction:
            return await transaction.rounds.distribution(round_.guild_id, round_.id)

    async def member(self, user_id: int = ADA, guild_id: int = GUILD) -> Member | None:
        async with self.store.begin() as transaction:
            return await transaction.members.get(guild_id, user_id)

    async def points(self, user_id: int = ADA, guild_id: int = GUILD) -> int:
        async with self.store.begin() as transaction:
            return await transaction.ledger.points(guild_id, user_id)

    async def acts(self, guild_id: int = GUILD) -> Sequence[AuditEntry]:
        """Return what moderators did, newest first."""
        async with self.store.begin() as transaction:
            return await transaction.audit.recent(guild_id, 100)

    async def everything(self, guild_id: int = GUILD) -> dict[str, Any]:
        """Return what is kept of a guild, to be compared: settings, rounds, members' data, queue and acts."""
        people = (ADA, BLAISE, CHEN, MODERATOR)
        async with self.store.begin() as transaction:
            return {
                "guild": await transaction.guilds.get(guild_id),
                "rounds": await transaction.rounds.recent(guild_id, 400),
                "members": [await transaction.erasures.export(guild_id, one) for one in people],
                "queue": await transaction.guilds.queued(guild_id),
                "retired": await transaction.guilds.retired(guild_id),
                "acts": await transaction.audit.recent(guild_id, 400),
            }

    async def answer(self, round_: Round, user_id: int = ADA, *, right: bool = True) -> Outcome:
        return await self.writer.submit(answering(round_, user_id, right=right))

    async def answered(self, round_: Round, user_id: int = ADA, *, right: bool = True) -> Marked:
        outcome = await self.answer(round_, user_id, right=right)
        assert isinstance(outcome, Marked)
        return outcome

    def message(self, round_: Round) -> Message:
        """Return the round's one message."""
        (found,) = [one for one in self.messenger.messages if one.round_id == round_.id]
        return found

    def restart(self) -> World:
        """Return what a new process would be, after the old one ended at any point."""
        return build(self.context, self.clock, self.messenger)


def build(context: Context, clock: Hands, messenger: FakeMessenger) -> World:
    return World(context, clock, messenger, Ticker(context, messenger), Writer(context))


@asynccontextmanager
async def world_at(url: str, *, at: datetime = START) -> AsyncIterator[World]:
    """Open the store at a URL, closed again at the end."""
    clock = Hands(at)
    store = await open_store(url, clock=clock)
    try:
        yield build(Context(store, bank(), clock), clock, FakeMessenger(clock))
    finally:
        await store.close()


def in_folder(folder: Path) -> str:
    """Return the URL of a new SQLite file."""
    return f"sqlite:///{folder / 'stepwise.db'}"


def clicking(round_: Round, user_id: int = ADA, verb: Verb = Verb.ANSWER, **changes: Any) -> Click:  # noqa: ANN401 - any field
    """Return a click on a button under the round's message."""
    fields: dict[str, Any] = {
        "guild_id": round_.guild_id,
        "channel_id": round_.channel_id,
        "message_id": round_.message_id,
        "round_id": round_.id,
    }
    return Click(verb=verb, user_id=user_id, **(fields | changes))


def answering(round_: Round, user_id: int = ADA, *, right: bool = True) -> Click:
    """Return the click of a member who is right, or wrong."""
    places = [place for place, option in enumerate(round_.question.options) if option.correct is right]
    return clicking(round_, user_id, slot=places[0])

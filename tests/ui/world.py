"""A small server around the real bot, driven as its members would."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, ResponseMessage, RoleHandle

from bot.app.context import Context
from bot.app.ticker import SECONDS
from bot.bank.bank import SHIPPED, Bank, load
from bot.core.errors import StepwiseError
from bot.core.guild import Guild
from bot.core.round import Round
from bot.ui.boundary import RefusedError
from bot.ui.client import Stepwise
from db.engine import open_store
from db.store import Store

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""A Monday morning, an hour before the question is due."""

SEED = "0123456789abcdef"
"""What decides which questions a guild is asked, in which order."""

Shown = discord.Message | ResponseMessage


@cache
def bank() -> Bank:
    """Return the shipped bank, read once."""
    return load([SHIPPED])


class PromptEnv(Env):
    """An environment that looks every 2 ms, not every 50, whether the bot has come to rest: most of the tests' time."""

    async def _settle_internal(self, *, idle: float = 0.002, **options: Any) -> None:  # noqa: ANN401 - as in the base
        await super()._settle_internal(idle=min(idle, 0.002), **options)


@dataclass
class World:
    """A server with a channel, three members, a moderator, and the bot; the clock stands at START."""

    env: Env
    client: Stepwise
    store: Store
    guild: GuildHandle
    channel: ChannelHandle
    ada: MemberActor
    blaise: MemberActor
    chen: MemberActor
    moderator: MemberActor
    learners: RoleHandle
    provoked: list[type[BaseException]] = field(default_factory=list)
    """Errors that the test itself causes, and that may therefore come."""

    async def set_up(self, **changes: Any) -> InteractionResult:  # noqa: ANN401 - any option of the command
        """Set the daily question up for 09:00 UTC."""
        options: dict[str, Any] = {"channel": self.channel, "time": "09:00", "timezone": "UTC"}
        done = await self.quiz("setup", **(options | changes))
        await self._leave_nothing_to_chance()
        return done

    async def _leave_nothing_to_chance(self) -> None:
        """Give the guild a seed that is always the same, so that it is always asked the same questions."""
        async with self.store.begin() as transaction:
            guild = await transaction.guilds.get(self.guild.id)
            if guild is not None and guild.seed != SEED:
                await transaction.guilds.save(replace(guild, seed=SEED))

    async def quiz(self, name: str, /, **options: Any) -> InteractionResult:  # noqa: ANN401 - as above
        """Run a command of `/quiz` as the moderator."""
        return await self.moderator.slash(self.channel, f"quiz {name}", **options)

    async def tick(self, times: int = 1) -> None:
        """Let so many ticks pass."""
        await self.env.advance_time(times * SECONDS + 0.5)

    async def jump(self, to: datetime) -> None:
        """Move the clock to an instant, then let two ticks pass."""
        self.env.backend.advance_clock((to - self.env.now()).total_seconds())
        await self.tick(2)

    async def next_question(self) -> discord.Message:
        """Move the clock to the next question and return its message."""
        due = (await self.settings()).next_due
        assert due is not None
        await self.jump(due)
        return self.question()

    async def first_question(self, **changes: Any) -> discord.Message:  # noqa: ANN401 - as above
        """Set the daily question up, and return the first one's message."""
        await self.set_up(**changes)
        return await self.next_question()

    def question(self) -> discord.Message:
        """Return the newest message in the channel."""
        message = self.channel.last_message
        assert message is not None
        return message

    def reread(self, message: discord.Message) -> discord.Message:
        """Return a message as it is now."""
        return next(each for each in self.channel.history() if each.id == message.id)

    async def settings(self) -> Guild:
        """Return the guild's settings as stored."""
        async with self.store.begin() as transaction:
            guild = await transaction.guilds.get(self.guild.id)
        assert guild is not None
        return guild

    async def rounds(self) -> list[Round]:
        """Return the guild's rounds, newest first."""
        async with self.store.begin() as transaction:
            return await transaction.rounds.recent(self.guild.id, 50)

    async def letters(self) -> tuple[str, list[str]]:
        """Return the letter of the newest question's key, and those of its wrong options."""
        question = (await self.rounds())[0].question
        key = question.letter(question.key.id)
        return key, [question.letter(option.id) for option in question.options if not option.correct]

    async def restart(self) -> None:
        """Replace the bot by a fresh one on the same store, as after a new start of its process."""
        with self.env.time_context():
            fresh = Stepwise(self.client.context, shard_count=1)
        await self.env.restart_bot(fresh)
        self.client = fresh

    async def answer(self, member: MemberActor, message: discord.Message, *, right: bool = True) -> str:
        """Click as a member who is right, or wrong, and return what they are shown."""
        key, wrong = await self.letters()
        return said(await member.click(message, label=key if right else wrong[0]))


@asynccontextmanager
async def world(folder: Path, *, at: datetime = START, questions: Bank | None = None) -> AsyncIterator[World]:
    """Open a world whose database lies in a folder. Errors that no person caused fail the test at its end."""
    clock = discord.utils.utcnow
    store = await open_store(f"sqlite:///{folder / 'stepwise.db'}", clock=clock)
    env = PromptEnv(Stepwise(Context(store, questions or bank(), clock), shard_count=1))
    env.backend.advance_clock((at - env.now()).total_seconds())
    try:
        await env.start()
        try:
            made = build(env, store)
            yield made
        finally:
            client = running(env)
            await client.ticker.finish()
            await client.writer.finish()
            await env.shutdown()
        unforeseen = [error for error in env.errors if not _foreseen(error, made.provoked)]
        assert unforeseen == []
    finally:
        await store.close()


def running(env: Env) -> Stepwise:
    """Return the client that runs now."""
    assert isinstance(env.bot, Stepwise)
    return env.bot


def build(env: Env, store: Store, name: str = "Study group") -> World:
    """Make one more server in the same environment."""
    guild = env.create_guild(name)
    moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
    return World(
        env=env,
        client=running(env),
        store=store,
        guild=guild,
        channel=guild.create_text_channel("daily-question"),
        ada=guild.add_member(env.create_user("ada")),
        blaise=guild.add_member(env.create_user("blaise")),
        chen=guild.add_member(env.create_user("chen")),
        moderator=guild.add_member(env.create_user("grace"), roles=[moderators]),
        learners=guild.create_role("Learners", mentionable=True),
    )


def _foreseen(error: BaseException, provoked: list[type[BaseException]]) -> bool:
    """Tell whether a person, or the test, caused the error, which the boundary has answered."""
    cause = getattr(error, "original", error)
    return isinstance(cause, (StepwiseError, RefusedError, app_commands.TransformerError, *provoked))


def reply(result: InteractionResult) -> ResponseMessage:
    """Return the message that answered an interaction; it must be for the person only."""
    message = result.response
    assert message is not None
    assert message.ephemeral
    return message


def said(result: InteractionResult) -> str:
    """Return the text that answered an interaction."""
    return text(reply(result))


def text(message: Shown) -> str:
    """Return all text of a message, part by part."""
    kind = discord.ComponentType.text_display.value
    return "\n".join(part["content"] for part in parts(message) if part["type"] == kind)


def labels(message: Shown) -> list[str]:
    """Return the labels of a message's buttons, in order."""
    return [part["label"] for part in parts(message) if part["type"] == discord.ComponentType.button.value]


def ids(message: Shown) -> list[str]:
    """Return the custom_ids of a message's buttons, in order."""
    return [part["custom_id"] for part in parts(message) if part["type"] == discord.ComponentType.button.value]


def parts(message: Shown) -> list[dict[str, Any]]:
    """Return all components of a message, however deep, in order."""
    if isinstance(message, discord.Message):
        return list(_walk([component.to_dict() for component in message.components]))
    return list(_walk(message.components))


def _walk(components: list[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for component in components:
        found += [component, *_walk(component.get("components", []))]
    return found


def instants(words: str) -> list[datetime]:
    """Return the instants named in a text."""
    return [datetime.fromtimestamp(int(number), UTC) for number in re.findall(r"<t:(\d+):F>", words)]


def on(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return an instant so many days after the start's."""
    return START.replace(hour=hour, minute=minute) + timedelta(days=day)

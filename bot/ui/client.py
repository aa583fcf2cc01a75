"""The Discord client: one gateway connection per shard, no caches, commands and buttons led to their places."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.app import presence
from bot.app.context import Context
from bot.app.pacer import Pacer
from bot.app.ticker import SECONDS, Ticker
from bot.app.writer import Writer
from bot.ui import boundary
from bot.ui.cogs.member import MemberCog, MyData
from bot.ui.cogs.question import QuestionCog
from bot.ui.cogs.quiz import Quiz
from bot.ui.cogs.schedule import ScheduleCog
from bot.ui.cogs.score import ScoreCog
from bot.ui.confirmation import Confirmations
from bot.ui.messenger import DiscordMessenger
from bot.ui.permission import invite
from bot.ui.pictures import Pictures
from bot.ui.respond import NOBODY, Interaction
from bot.ui.router import Router
from bot.ui.services import Services

log = logging.getLogger(__name__)

COMMANDS_HASH = "commands"
"""The note under which the hash of the commands that Discord knows is kept."""


class Tree(app_commands.CommandTree["Stepwise"]):
    """The slash commands, with our error boundary."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Answer the person; never raises."""
        await boundary.answer(interaction, error)


class Stepwise(commands.AutoShardedBot):
    """The bot. It serves from the moment `setup_hook` has run, and remembers nothing that is not in the store."""

    def __init__(self, context: Context, *, shard_count: int | None = None) -> None:
        super().__init__(
            command_prefix=(),
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            allowed_mentions=NOBODY,
            shard_count=shard_count,
            max_ratelimit_timeout=30,
        )
        pictures = Pictures(context.bank)
        self.context = context
        self.writer = Writer(context)
        self.messenger = DiscordMessenger(self, context.bank, pictures, Pacer())
        self.ticker = Ticker(context, self.messenger)
        self.services = Services(context, self.writer, self.messenger, pictures, Confirmations())
        self._router = Router(self.services)
        self._ticked_at: float | None = None

    async def setup_hook(self) -> None:
        """Add the commands, tell Discord of them where they changed, and begin to tick."""
        services = self.services
        parts = [ScheduleCog(services), QuestionCog(services), ScoreCog(services)]
        self.tree.add_command(Quiz(services, parts))
        self.tree.add_command(MyData(services))
        await self.add_cog(MemberCog(services))
        await self.sync()
        self._tick.start()

    async def sync(self) -> None:
        """Tell Discord of the commands if they are not those it was told of last."""
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        digest = _digest(payload, self.application_id)
        async with self.context.store.begin() as transaction:
            known = await transaction.notes.get(COMMANDS_HASH)
        if known == digest:
            return
        try:
            await self.tree.sync()
        except discord.DiscordException:
            # Too many were created today, or Discord has a bad hour: those it knows still work, and so do all buttons.
            log.exception("Discord was not told of the commands; the next start tries again")
            return
        async with self.context.store.begin() as transaction:
            await transaction.notes.set(COMMANDS_HASH, digest)
        log.info("Discord was told of the commands")

    async def close(self) -> None:
        """End in order: take nothing new up, finish what is under way, then hang up."""
        # A tick cancelled in the middle of a transaction would leave its connection hanging, and the process with it.
        await self.ticker.finish()
        self._tick.cancel()
        await self.writer.finish()
        await super().close()

    async def on_interaction(self, interaction: Interaction) -> None:
        """Lead clicks to what they mean."""
        await self._router.dispatch(interaction)

    async def on_ready(self) -> None:
        """Say that the bot is there, and how to invite it while it is nowhere; see where it was removed meanwhile."""
        await presence.reconcile(self.context, {guild.id for guild in self.guilds}, self._serves)
        log.info("serving %s servers as %s", len(self.guilds), self.user)
        if not self.guilds and self.application_id is not None:
            log.warning("the bot is in no server yet; invite it: %s", invite(self.application_id))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Serve a guild again that was set up before."""
        await presence.rejoin(self.context, guild.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Stop serving a guild that the bot was removed from; an outage does not come here."""
        await presence.leave(self.context, guild.id)

    def _serves(self, guild_id: int) -> bool:
        """Tell whether a guild belongs to one of this process's shards."""
        return (guild_id >> 22) % (self.shard_count or 1) in self.shards

    @tasks.loop(seconds=SECONDS)
    async def _tick(self) -> None:
        now = asyncio.get_running_loop().time()
        hurried = self._ticked_at is not None and now - self._ticked_at < SECONDS / 2
        self._ticked_at = None if hurried else now
        await self.ticker.tick()
        if hurried:
            # The clock has jumped, or the machine slept: the loop would make up for every tick it missed.
            self._tick.restart()


def _digest(payload: list[dict[str, Any]], application_id: int | None) -> str:
    text = json.dumps([application_id, payload], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()

"""A small bot to try the double with: one command of each kind, buttons, a form. It is no part of Stepwise."""

from __future__ import annotations

import asyncio
import io
import logging
import os
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

Click = discord.Interaction[commands.Bot]

log = logging.getLogger(__name__)
LATE = 0.4


class Answers(discord.ui.ActionRow["Question"]):
    """The buttons under the question."""

    @discord.ui.button(label="A", custom_id="sample:a")
    async def first(self, interaction: Click, _: discord.ui.Button[Question]) -> None:
        await interaction.response.send_message("✅ Correct", ephemeral=True)

    @discord.ui.button(label="Late", custom_id="sample:late")
    async def late(self, interaction: Click, _: discord.ui.Button[Question]) -> None:
        await asyncio.sleep(LATE)
        await interaction.response.send_message("too late", ephemeral=True)

    @discord.ui.button(label="Twice", custom_id="sample:twice")
    async def twice(self, interaction: Click, _: discord.ui.Button[Question]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        again = discord.webhook.async_.interaction_message_response_params(type=4, content="again")
        session = interaction._session  # noqa: SLF001  -- the only way past the library's own check
        adapter = discord.webhook.async_.async_context.get()
        try:
            await adapter.create_interaction_response(interaction.id, interaction.token, session=session, params=again)
        except discord.HTTPException as error:
            await interaction.followup.send(f"refused with {error.code}", ephemeral=True)

    @discord.ui.button(label="Close", custom_id="sample:close")
    async def close(self, interaction: Click, _: discord.ui.Button[Question]) -> None:
        closed = discord.ui.LayoutView(timeout=None)
        closed.add_item(discord.ui.TextDisplay("closed"))
        await interaction.response.edit_message(view=closed)

    @discord.ui.button(label="Form", custom_id="sample:form")
    async def form(self, interaction: Click, _: discord.ui.Button[Question]) -> None:
        await interaction.response.send_modal(Form())


class Question(discord.ui.LayoutView):
    """A message in Components V2."""

    def __init__(self, text: str = "What is the learning rate?") -> None:
        super().__init__(timeout=None)
        self.add_item(discord.ui.TextDisplay(text))
        self.add_item(Answers())


class Form(discord.ui.Modal, title="Why?"):
    """A form with one field."""

    reason: discord.ui.Label[Form] = discord.ui.Label(text="Reason", component=discord.ui.TextInput(max_length=40))

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        assert isinstance(self.reason.component, discord.ui.TextInput)
        await interaction.response.send_message(f"because {self.reason.component.value}", ephemeral=True)


quiz = app_commands.Group(name="quiz", description="Sample", default_permissions=discord.Permissions(manage_guild=True))


@quiz.command(name="post", description="Post the question")
async def post(interaction: Click, nonce: str, channel: discord.TextChannel) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    try:
        message = await channel.send(view=Question(), nonce=nonce)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        await interaction.followup.send(f"failed: {type(error).__name__} {getattr(error, 'code', '')}")
    else:
        await interaction.followup.send(f"posted {message.id}")


@quiz.command(name="picture", description="Post a picture")
async def picture(interaction: Click) -> None:
    view = discord.ui.LayoutView()
    gallery: discord.ui.MediaGallery[Any] = discord.ui.MediaGallery()
    gallery.add_item(media="attachment://curve.png", description="a falling curve")
    view.add_item(gallery)
    await interaction.response.send_message(view=view, file=discord.File(io.BytesIO(b"png"), "curve.png"))


@quiz.command(name="history", description="Count messages")
async def history(interaction: Click, channel: discord.TextChannel, after: str | None = None) -> None:
    since = discord.Object(int(after)) if after else None
    found = [message.id async for message in channel.history(limit=200, after=since)]
    await interaction.response.send_message(f"{len(found)} messages: {found[:2]}", ephemeral=True)


@quiz.command(name="wrong", description="Send what is refused")
async def wrong(interaction: Click) -> None:
    try:
        await interaction.response.send_message("x" * 2001)
    except discord.HTTPException as error:
        await interaction.response.send_message(f"refused with {error.code}", ephemeral=True)


@quiz.command(name="tell", description="Write to someone in private")
async def tell(interaction: Click, person: discord.Member) -> None:
    await person.send("hello in private")
    await interaction.response.send_message("told", ephemeral=True)


@quiz.command(name="clock", description="Tell the bot's time")
async def clock(interaction: Click) -> None:
    await interaction.response.send_message(discord.utils.utcnow().date().isoformat(), ephemeral=True)


class Sample(commands.Bot):
    """The bot."""

    async def setup_hook(self) -> None:
        self.add_view(Question())
        self.tree.add_command(quiz)
        await self.tree.sync()

    async def on_ready(self) -> None:
        log.info("ready now")

    async def on_guild_join(self, guild: discord.Guild) -> None:
        log.info("joined %s", guild.name)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        log.info("removed %s", guild.name)

    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        log.info("unavailable %s", guild.name)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        log.info("available again %s", guild.name)


def main(_: list[str]) -> int:
    """Run until ended."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    logging.basicConfig(level=logging.INFO)
    bot = Sample("!", intents=discord.Intents(guilds=True))
    try:
        bot.run(os.environ["DISCORD_TOKEN"], log_handler=None)
    except discord.LoginFailure:
        return 3
    except discord.ConnectionClosed as closed:
        return 4 if closed.code == 4004 else 5
    return 0

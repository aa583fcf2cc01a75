"""`/quiz`: where and when the daily question comes, and whether it comes at all."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import item, setup
from bot.app.status import status
from bot.core import parse
from bot.core.errors import InvalidRoleError, MissingPermissionsError, NothingToAskError
from bot.core.schedule import EVERY_DAY, Schedule
from bot.ui.cogs.guild import guild_id
from bot.ui.permission import missing
from bot.ui.respond import Interaction, show
from bot.ui.services import Services
from bot.ui.views import layout
from bot.ui.views import question as question_views
from bot.ui.words import commands as words
from bot.ui.words import moderator as moderator_words

MOST_CHOICES = 25


class ScheduleCog(commands.Cog):
    """Set up, look, pause, skip."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._context = services.context

    @app_commands.command(description=words.SETUP)
    @app_commands.describe(
        channel=words.SETUP_CHANNEL,
        time=words.SETUP_TIME,
        timezone=words.SETUP_TIMEZONE,
        days=words.SETUP_DAYS,
        role=words.SETUP_ROLE,
        open_hours=words.SETUP_OPEN_HOURS,
    )
    async def setup(
        self,
        interaction: Interaction,
        channel: discord.TextChannel,
        time: str,
        timezone: str,
        days: str | None = None,
        role: discord.Role | None = None,
        open_hours: int | None = None,
    ) -> None:
        """Set the daily question up, and show how it will look."""
        schedule = Schedule(
            parse.zone(timezone), parse.time_of_day(time), parse.days(days) if days is not None else EVERY_DAY
        )
        if role is not None and role.is_default():
            raise InvalidRoleError
        lacking = missing(channel)
        if lacking:
            raise MissingPermissionsError(channel.id, lacking)
        guild = await setup.set_up(
            self._context,
            guild_id(interaction),
            interaction.user.id,
            channel_id=channel.id,
            schedule=schedule,
            role_id=None if role is None else role.id,
            open_hours=open_hours,
        )
        text = moderator_words.set_up(guild)
        if role is not None and not role.mentionable and not channel.permissions_for(channel.guild.me).mention_everyone:
            text += f"\n{moderator_words.silent_role(role.id)}"
        await show(interaction, layout.note(text))
        await self._show_next(interaction)

    @setup.autocomplete("timezone")
    async def _zones(self, _: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=name, value=name) for name in parse.zones_like(current, MOST_CHOICES)]

    @app_commands.command(description=words.STATUS)
    async def status(self, interaction: Interaction) -> None:
        """Show how the daily question fares."""
        found = await status(self._context, guild_id(interaction))
        await show(interaction, layout.note(moderator_words.status(found)))

    @app_commands.command(description=words.PAUSE)
    @app_commands.describe(days=words.PAUSE_DAYS)
    async def pause(self, interaction: Interaction, days: int | None = None) -> None:
        """Stop asking for a while."""
        guild = await setup.pause(self._context, guild_id(interaction), interaction.user.id, days)
        await show(interaction, layout.note(moderator_words.paused(guild)))

    @app_commands.command(description=words.RESUME)
    async def resume(self, interaction: Interaction) -> None:
        """Go on asking."""
        guild = await setup.resume(self._context, guild_id(interaction), interaction.user.id)
        await show(interaction, layout.note(moderator_words.resumed(guild, self._context.clock())))

    @app_commands.command(description=words.SKIP)
    async def skip(self, interaction: Interaction) -> None:
        """Leave the next question out."""
        done = await setup.skip(self._context, guild_id(interaction), interaction.user.id)
        await show(interaction, layout.note(moderator_words.skipped(done.day, done.next_due)))

    @app_commands.command(description=words.MODERATORS)
    @app_commands.describe(role=words.MODERATORS_ROLE)
    async def moderators(self, interaction: Interaction, role: discord.Role | None = None) -> None:
        """Choose who may run the daily question."""
        if role is not None and role.is_default():
            raise InvalidRoleError
        role_id = None if role is None else role.id
        await setup.set_moderators(self._context, guild_id(interaction), interaction.user.id, role_id)
        await show(interaction, layout.note(moderator_words.moderators(role_id)))

    async def _show_next(self, interaction: Interaction) -> None:
        try:
            question = await item.preview(self._context, guild_id(interaction), None)
        except NothingToAskError:
            return
        files = self._services.pictures.files(question)
        topic = self._context.bank.topic_name(question.topic)
        await show(interaction, question_views.preview(question, topic, picture=bool(files)), files)

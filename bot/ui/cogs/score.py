"""`/quiz`: points put right, scores deleted, and who did what."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import score
from bot.app.status import audit, require_set_up
from bot.core.errors import MissingReasonError
from bot.ui.cogs.guild import guild_id
from bot.ui.respond import Interaction, show
from bot.ui.services import Services
from bot.ui.views import layout
from bot.ui.views import moderator as views
from bot.ui.words import commands as words
from bot.ui.words import moderator as moderator_words

LONGEST_REASON = 300


class ScoreCog(commands.Cog):
    """Adjust, reset, audit."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._context = services.context

    @app_commands.command(description=words.ADJUST)
    @app_commands.describe(member=words.ADJUST_MEMBER, points=words.ADJUST_POINTS, reason=words.ADJUST_REASON)
    async def adjust(
        self,
        interaction: Interaction,
        member: discord.Member,
        points: int,
        reason: app_commands.Range[str, 1, LONGEST_REASON],
    ) -> None:
        """Give or take points."""
        if not reason.strip():
            raise MissingReasonError
        by = interaction.user.id
        total = await score.adjust(self._context, guild_id(interaction), by, member.id, points=points, reason=reason)
        await show(interaction, layout.note(moderator_words.adjusted(member.id, points, total)))

    @app_commands.command(description=words.RESET)
    async def reset(self, interaction: Interaction) -> None:
        """Ask whether to delete all scores."""
        await require_set_up(self._context, guild_id(interaction))

        async def action(confirmed: Interaction) -> str:
            await score.reset(self._context, guild_id(confirmed), confirmed.user.id)
            return moderator_words.RESET

        now = self._context.clock()
        token = self._services.confirmations.ask(action, user_id=interaction.user.id, moderator=True, now=now)
        await show(interaction, views.confirm(moderator_words.ASK_RESET, moderator_words.YES_RESET, token))

    @app_commands.command(description=words.AUDIT)
    async def audit(self, interaction: Interaction) -> None:
        """Show what moderators did."""
        entries, more = await audit(self._context, guild_id(interaction))
        await show(interaction, views.audit(entries, newest=True, more=more))

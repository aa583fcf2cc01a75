"""The group `/quiz`: its parts put together, and the check of rights before each of its commands."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.errors import NotModeratorError
from bot.ui.boundary import RefusedError
from bot.ui.respond import Interaction
from bot.ui.services import Services
from bot.ui.words import commands as words


class Quiz(app_commands.Group):
    """Everything that moderators do.

    Discord hides the group from members without Manage Server by default; that is only a hint, and a server may show
    it to its own moderators' role. The check here decides.
    """

    def __init__(self, services: Services, parts: list[commands.Cog]) -> None:
        super().__init__(
            name="quiz",
            description=words.QUIZ,
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )
        self._services = services
        for part in parts:
            for command in part.get_app_commands():
                self.add_command(command)

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Let moderators through; raises RefusedError for everybody else."""
        if not await self._services.is_moderator(interaction):
            raise RefusedError(NotModeratorError())
        return True

"""What the commands and buttons work with."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from bot.app import setup
from bot.app.context import Context
from bot.app.messenger import Messenger
from bot.app.writer import Writer
from bot.core.errors import NotModeratorError
from bot.ui.confirmation import Confirmations
from bot.ui.pictures import Pictures
from bot.ui.respond import Interaction


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases' context, the writer of answers, and the ways out to Discord."""

    context: Context
    writer: Writer
    messenger: Messenger
    pictures: Pictures
    confirmations: Confirmations

    async def require_moderator(self, interaction: Interaction) -> None:
        """Raise NotModeratorError for somebody who may not run the daily question."""
        if not await self.is_moderator(interaction):
            raise NotModeratorError

    async def is_moderator(self, interaction: Interaction) -> bool:
        """Tell whether somebody manages the server or has the role chosen for it."""
        if interaction.permissions.manage_guild:
            return True
        if interaction.guild_id is None or not isinstance(interaction.user, discord.Member):
            return False
        role_id = await setup.moderator_role(self.context, interaction.guild_id)
        return role_id is not None and interaction.user.get_role(role_id) is not None

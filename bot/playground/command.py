"""`/playground`: what only the playground has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from discord import app_commands

from bot.ui.respond import Interaction, show
from bot.ui.views import layout
from bot.ui.words import playground as words


class Playground(app_commands.Group, name="playground", description=words.PLAYGROUND):
    """The commands of the playground.

    `ask_for_next_day` leaves the wish for the clock to move; `planned` says when the next question comes.
    """

    def __init__(self, ask_for_next_day: Callable[[], None], planned: Callable[[], Awaitable[datetime | None]]) -> None:
        super().__init__(guild_only=True)
        self._ask_for_next_day = ask_for_next_day
        self._planned = planned

    @app_commands.command(description=words.NEXT_DAY)
    async def next_day(self, interaction: Interaction) -> None:
        """Ask for the clock to be moved to the next question."""
        if await self._planned() is None:
            await show(interaction, layout.note(words.NOTHING_PLANNED, layout.GREY))
            return
        self._ask_for_next_day()
        await show(interaction, layout.note(words.MOVING))

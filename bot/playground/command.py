"""`/playground`: what only the playground has."""

from __future__ import annotations

from discord import app_commands

from bot.ui.respond import Interaction, show
from bot.ui.views import layout
from bot.ui.words import playground as words


class Clock:
    """Whether somebody has asked to move the clock. It must not be moved from inside a command."""

    def __init__(self) -> None:
        self.next_day_wanted = False


class Playground(app_commands.Group, name="playground", description=words.PLAYGROUND):
    """The commands of the playground."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(guild_only=True)
        self._clock = clock

    @app_commands.command(description=words.NEXT_DAY)
    async def next_day(self, interaction: Interaction) -> None:
        """Ask for the clock to be moved to the next post."""
        self._clock.next_day_wanted = True
        await show(interaction, layout.note(words.MOVING))

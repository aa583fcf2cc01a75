"""Which server a command was used in."""

from __future__ import annotations

from bot.ui.respond import Interaction


def guild_id(interaction: Interaction) -> int:
    """Return the server's id; raises ValueError outside of one, where Discord offers none of our commands."""
    if interaction.guild_id is None:
        message = "a command came from outside any server"
        raise ValueError(message)
    return interaction.guild_id

"""Send replies to interactions: in private, without mentions, and in time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import discord
from discord import ui

Interaction = discord.Interaction[discord.Client]

CALLBACK_SECONDS = 2.0
"""How long one reply may take to send: past it Discord has most likely given the interaction up."""

NOBODY = discord.AllowedMentions.none()


class LateError(Exception):
    """A reply did not go out in time. What it was about is done and stored."""


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(CALLBACK_SECONDS):
            yield
    except TimeoutError:
        raise LateError from None


async def show(interaction: Interaction, view: ui.LayoutView, files: Sequence[discord.File] = ()) -> None:
    """Send a message that only the person sees; later ones follow the first."""
    async with _in_time():
        if interaction.response.is_done():
            await interaction.followup.send(view=view, ephemeral=True, files=files, allowed_mentions=NOBODY)
        else:
            await interaction.response.send_message(view=view, ephemeral=True, files=files, allowed_mentions=NOBODY)


async def turn(interaction: Interaction, view: ui.LayoutView) -> None:
    """Change the message that bears the button."""
    async with _in_time():
        await interaction.response.edit_message(view=view, allowed_mentions=NOBODY)


async def nod(interaction: Interaction) -> None:
    """Accept a click and leave the message that bears the button as it is."""
    async with _in_time():
        await interaction.response.defer()


async def wait(interaction: Interaction) -> None:
    """Tell Discord that the reply will take a while."""
    async with _in_time():
        await interaction.response.defer(ephemeral=True, thinking=True)

"""The frame that all messages share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import discord
from discord import ui

from bot.ui import route

BLUE = discord.Colour(0x3B82F6)
GREEN = discord.Colour(0x16A34A)
AMBER = discord.Colour(0xD97706)
GREY = discord.Colour(0x6B7280)
"""The stripe beside a message. Colour never says what words do not."""

Item = ui.Item[Any]


def page(*items: Item, colour: discord.Colour = BLUE) -> ui.LayoutView:
    """Return a message of these items in one frame.

    The view is stopped at once: clicks go by custom_id through our own router, so discord.py need not remember it.
    """
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container[ui.LayoutView](*items, accent_colour=colour))
    view.stop()
    return view


def note(text: str, colour: discord.Colour = BLUE) -> ui.LayoutView:
    """Return a message that only says something."""
    return page(words(text), colour=colour)


def words(text: str) -> Item:
    """Return a piece of text."""
    return ui.TextDisplay[ui.LayoutView](text)


def line() -> Item:
    """Return a thin line between two parts."""
    return ui.Separator[ui.LayoutView]()


def gap() -> Item:
    """Return a little room between two parts."""
    return ui.Separator[ui.LayoutView](visible=False)


def row(buttons: Iterable[Item]) -> Item:
    """Return up to five buttons side by side."""
    return ui.ActionRow[ui.LayoutView](*buttons)


def button(
    label: str,
    target: route.Route,
    *,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    emoji: str | None = None,
    disabled: bool = False,
) -> Item:
    """Return a button that leads to a route."""
    return ui.Button[ui.LayoutView](
        label=label, custom_id=route.write(target), style=style, emoji=emoji, disabled=disabled
    )


def attachment(name: str) -> Item:
    """Return a file that is attached to the same message under this name."""
    return ui.File[ui.LayoutView](f"attachment://{name}")


def picture(name: str, alt: str) -> Item:
    """Return a picture that is attached to the same message under this name."""
    return ui.MediaGallery[ui.LayoutView](discord.MediaGalleryItem(f"attachment://{name}", description=alt))

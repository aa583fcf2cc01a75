"""What the bot must be allowed to do."""

from __future__ import annotations

import discord

NEEDED = ("view_channel", "send_messages", "embed_links", "attach_files", "read_message_history")
"""Permissions for the channel of the daily question, by discord.py's names; the invite link asks for just these."""


def missing(channel: discord.TextChannel) -> tuple[str, ...]:
    """Return the needed permissions that the bot lacks in a channel."""
    allowed = channel.permissions_for(channel.guild.me)
    return tuple(name for name in NEEDED if not getattr(allowed, name))


def invite(application_id: int) -> str:
    """Return the link that adds the bot to a server with just the permissions it needs."""
    permissions = discord.Permissions(**dict.fromkeys(NEEDED, True))
    return discord.utils.oauth_url(application_id, permissions=permissions, scopes=("bot", "applications.commands"))

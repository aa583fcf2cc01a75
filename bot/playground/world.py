"""A small server to try the bot in."""

from __future__ import annotations

from dataclasses import dataclass

import discord
from simcord import ChannelHandle, Env, MemberActor

BOT = "Stepwise"
GUILD = "Study group"
CHANNEL = "daily-question"
MEMBERS = ("Ada", "Blaise", "Chien-Shiung")
MODERATOR = "Grace (moderator)"


@dataclass(frozen=True, slots=True)
class World:
    """The server's channel for the question, its three members, and its moderator."""

    channel: ChannelHandle
    members: tuple[MemberActor, ...]
    moderator: MemberActor


def build(env: Env) -> World:
    """Make the server, with the bot in it."""
    env.backend.bot_user.name = BOT
    guild = env.create_guild(GUILD)
    channel = guild.create_text_channel(CHANNEL, topic="A question a day about the learning rate")
    moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
    guild.create_role("Learners", mentionable=True)
    members = tuple(guild.add_member(env.create_user(name.lower(), global_name=name)) for name in MEMBERS)
    moderator = guild.add_member(env.create_user("grace", global_name=MODERATOR), roles=[moderators])
    return World(channel, members, moderator)

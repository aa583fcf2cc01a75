"""The public messages of rounds, sent and changed through Discord."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import discord

from bot.app.messenger import DeliveryError, FailureReason, Showing
from bot.app.pacer import Pacer
from bot.bank.bank import Bank
from bot.core.guild import Guild
from bot.core.round import Round
from bot.ui.pictures import Pictures
from bot.ui.respond import NOBODY
from bot.ui.route import RoundRoute, read
from bot.ui.views import layout
from bot.ui.views.question import public
from bot.ui.words import moderator as words

log = logging.getLogger(__name__)

POST_SECONDS = 10.0
"""How long one request may take before it counts as failed."""

HISTORY = 200
"""Messages to look through for one of ours."""

_GONE = {10003: FailureReason.CHANNEL_GONE, 10004: FailureReason.CHANNEL_GONE, 10008: FailureReason.MESSAGE_GONE}
_SERVER_ERROR = 500


class DiscordMessenger:
    """A `bot.app.messenger.Messenger` over one Discord client."""

    def __init__(self, client: discord.Client, bank: Bank, pictures: Pictures, pacer: Pacer) -> None:
        self._client = client
        self._bank = bank
        self._pictures = pictures
        self._pacer = pacer

    async def post(self, showing: Showing, guild: Guild) -> int:
        """Send the round's message with the round's nonce and return its id."""
        round_ = showing.round
        files = self._pictures.files(round_.question)
        view = public(showing, self._topic(round_), role_id=guild.role_id, picture=bool(files))
        roles = [] if guild.role_id is None else [discord.Object(guild.role_id)]
        mentions = discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
        channel = self._client.get_partial_messageable(round_.channel_id, guild_id=round_.guild_id)
        async with self._bounded():
            sent = await channel.send(view=view, files=files, nonce=round_.nonce, allowed_mentions=mentions)
        return sent.id

    async def find(self, round_: Round) -> int | None:
        """Look through the channel's recent messages for ours of this round."""
        guild = self._client.get_guild(round_.guild_id)
        if guild is None or guild.unavailable:
            # Just started, or an outage: what it will have is not known yet.
            raise DeliveryError(FailureReason.UNREACHABLE)
        channel = guild.get_channel(round_.channel_id)
        if not isinstance(channel, discord.TextChannel):
            raise DeliveryError(FailureReason.CHANNEL_GONE)
        allowed = channel.permissions_for(guild.me)
        if not (allowed.view_channel and allowed.read_message_history):
            # Without it Discord returns an empty list, which would look as if nothing had been posted.
            raise DeliveryError(FailureReason.NO_HISTORY)
        since = (round_.attempted_at or round_.claimed_at) - timedelta(minutes=5)
        async with self._bounded():
            async for message in channel.history(limit=HISTORY, after=since):
                if self._is_ours(message) and round_.id in set(_rounds(message.components)):
                    return message.id
        return None

    async def show(self, showing: Showing) -> None:
        """Change the round's message to what it is to show."""
        round_ = showing.round
        if round_.message_id is None:
            raise DeliveryError(FailureReason.MESSAGE_GONE)
        files = self._pictures.files(round_.question)
        view = public(showing, self._topic(round_), picture=bool(files))
        channel = self._client.get_partial_messageable(round_.channel_id, guild_id=round_.guild_id)
        async with self._bounded():
            await channel.get_partial_message(round_.message_id).edit(view=view, allowed_mentions=NOBODY)

    async def tell(self, guild: Guild, reason: FailureReason) -> None:
        """Send a direct message to whoever set the guild up; silent where messages are closed."""
        known = self._client.get_guild(guild.id)
        text = words.notice(known.name if known else str(guild.id), reason)
        try:
            async with self._bounded():
                channel = await self._client.create_dm(discord.Object(guild.set_up_by))
                await channel.send(view=layout.note(text, layout.AMBER), allowed_mentions=NOBODY)
        except DeliveryError as error:
            log.info("nobody could be told about guild %s: %s", guild.id, error.reason)

    def _topic(self, round_: Round) -> str:
        return self._bank.topic_name(round_.question.topic)

    def _is_ours(self, message: discord.Message) -> bool:
        return self._client.user is not None and message.author.id == self._client.user.id

    @asynccontextmanager
    async def _bounded(self) -> AsyncIterator[None]:
        """Wait for a turn, bound the time, and say by name what went wrong."""
        await self._pacer.turn()
        try:
            async with asyncio.timeout(POST_SECONDS):
                yield
        except discord.RateLimited as error:
            raise DeliveryError(FailureReason.UNREACHABLE, error.retry_after) from error
        except discord.HTTPException as error:
            raise DeliveryError(_reason(error)) from error
        except (TimeoutError, OSError, aiohttp.ClientError) as error:
            raise DeliveryError(FailureReason.UNREACHABLE) from error


def _reason(error: discord.HTTPException) -> FailureReason:
    if error.code in _GONE:
        return _GONE[error.code]
    if isinstance(error, discord.Forbidden):
        return FailureReason.NO_PERMISSION
    if isinstance(error, discord.NotFound):
        return FailureReason.CHANNEL_GONE
    if error.status >= _SERVER_ERROR or error.status == 429:  # noqa: PLR2004 - too many requests
        return FailureReason.UNREACHABLE
    log.warning("Discord refused a message: %s", error)
    return FailureReason.REFUSED


def _rounds(components: Any) -> Iterator[int]:  # noqa: ANN401 - discord.py's components have no common type
    """Yield the ids of the rounds that buttons within these components belong to."""
    for component in components:
        target = read(getattr(component, "custom_id", None) or "")
        if isinstance(target, RoundRoute):
            yield target.round_id
        yield from _rounds(getattr(component, "children", ()))

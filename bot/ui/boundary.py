"""The one place where errors of interactions end: the person gets an answer, and the log what happened."""

from __future__ import annotations

import logging
import secrets

import discord
from discord import app_commands

from bot.core.errors import DatabaseBusyError, StepwiseError
from bot.ui.respond import Interaction, LateError, show
from bot.ui.views import layout
from bot.ui.words import error as words
from db.errors import BusyError

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062
ALREADY_ANSWERED = 40060


class RefusedError(app_commands.CheckFailure):
    """A check said no; `reason` says why."""

    def __init__(self, reason: StepwiseError) -> None:
        super().__init__(type(reason).__name__)
        self.reason = reason


async def answer(interaction: Interaction, error: BaseException) -> None:
    """Tell the person what the matter is; never raises."""
    cause = _cause(error)
    if _too_late(cause):
        # What was to be done is done and stored; only the reply did not arrive, and no other would.
        log.info("a reply to interaction %s came too late", interaction.id)
        return
    if isinstance(cause, StepwiseError):
        text = words.explain(cause)
    elif isinstance(cause, app_commands.TransformerError):
        # Discord offers people who have left, and channels that we cannot see.
        text = words.MEMBER_GONE if cause.type is discord.AppCommandOptionType.user else words.CHANNEL_UNSEEN
    else:
        error_id = secrets.token_hex(4)
        where = interaction.guild_id
        log.error("error %s in guild %s, interaction %s", error_id, where, interaction.id, exc_info=cause)
        text = words.unforeseen(error_id)
    try:
        await show(interaction, layout.note(text, layout.GREY))
    except Exception as failure:  # noqa: BLE001 - there is nobody left to tell
        log.warning("a reply to interaction %s could not be sent: %r", interaction.id, failure)


def _cause(error: BaseException) -> BaseException:
    """Return what lies beneath the framework's wrapping."""
    if isinstance(error, app_commands.CommandInvokeError):
        return _cause(error.original)
    if isinstance(error, RefusedError):
        return error.reason
    if isinstance(error, BusyError):
        return DatabaseBusyError()
    return error


def _too_late(error: BaseException) -> bool:
    if isinstance(error, (LateError, discord.InteractionResponded)):
        return True
    return isinstance(error, discord.HTTPException) and error.code in {UNKNOWN_INTERACTION, ALREADY_ANSWERED}

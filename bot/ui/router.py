"""Leads clicks on buttons to what they mean.

discord.py's own views would be kept in memory for each message and lost with the process; its dynamic items run
outside of any error boundary. So views are stopped before they are sent, and every click comes through here.
"""

from __future__ import annotations

import discord

from bot.app import status
from bot.app.board import board
from bot.app.click import Click, Verb
from bot.core.board import Cursor
from bot.ui import boundary
from bot.ui.respond import Interaction, nod, show, turn
from bot.ui.route import (
    AuditRoute,
    BoardRoute,
    ConfirmRoute,
    NotNowRoute,
    RoundRoute,
    Route,
    Side,
    is_ours,
    read,
)
from bot.ui.services import Services
from bot.ui.views import layout
from bot.ui.views import moderator as moderator_views
from bot.ui.views.board import board as board_view
from bot.ui.views.reply import reply
from bot.ui.words import error as error_words
from bot.ui.words import moderator as moderator_words
from bot.ui.words import question as question_words

_END = Cursor(-(2**62), 2**62)
"""Stands behind everybody on a board."""


class Router:
    """Handles every interaction with a component."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def dispatch(self, interaction: Interaction) -> None:
        """Do what a click asks for and answer it; never raises."""
        if interaction.type is not discord.InteractionType.component:
            return
        custom_id = str(dict(interaction.data or {}).get("custom_id", ""))
        try:
            route = read(custom_id) if is_ours(custom_id) else None
            if interaction.guild_id is None:
                await show(interaction, layout.note(error_words.NOT_HERE, layout.GREY))
            elif route is None or not (isinstance(route, RoundRoute) or _is_private(interaction)):
                await show(interaction, layout.note(error_words.UNKNOWN_BUTTON, layout.GREY))
            else:
                await self._follow(interaction, interaction.guild_id, route)
        except Exception as error:  # noqa: BLE001 - the boundary logs it and answers
            await boundary.answer(interaction, error)

    async def _follow(self, interaction: Interaction, guild_id: int, route: Route) -> None:
        match route:
            case RoundRoute():
                await self._click(interaction, guild_id, route)
            case NotNowRoute():
                await turn(interaction, layout.note(question_words.NOT_OPENED, layout.GREY))
            case BoardRoute():
                await self._board(interaction, guild_id, route)
            case AuditRoute(before_id):
                await self._audit(interaction, guild_id, before_id)
            case ConfirmRoute():
                await self._confirm(interaction, route)

    async def _click(self, interaction: Interaction, guild_id: int, route: RoundRoute) -> None:
        message = interaction.message
        outcome = await self._services.writer.submit(
            Click(
                verb=route.verb,
                guild_id=guild_id,
                channel_id=interaction.channel_id or 0,
                message_id=None if message is None or _is_private(interaction) else message.id,
                round_id=route.round_id,
                user_id=interaction.user.id,
                slot=route.slot,
            )
        )
        if route.verb is Verb.OPEN_HINT and _is_private(interaction):
            await turn(interaction, reply(outcome))  # the offer has been taken up, and its buttons go
        else:
            await show(interaction, reply(outcome))

    async def _board(self, interaction: Interaction, guild_id: int, route: BoardRoute) -> None:
        after = route.cursor if route.side is Side.AFTER else None
        before = route.cursor if route.side is Side.BEFORE else _END if route.side is Side.LAST else None
        user_id = interaction.user.id
        found = await board(self._services.context, guild_id, user_id, route.period, after=after, before=before)
        await turn(interaction, board_view(found, user_id))

    async def _audit(self, interaction: Interaction, guild_id: int, before_id: int | None) -> None:
        await self._services.require_moderator(interaction)
        entries, more = await status.audit(self._services.context, guild_id, before_id)
        await turn(interaction, moderator_views.audit(entries, newest=before_id is None, more=more))

    async def _confirm(self, interaction: Interaction, route: ConfirmRoute) -> None:
        confirmations = self._services.confirmations
        pending = confirmations.peek(route.token, self._services.context.clock())
        if pending is None:
            await turn(interaction, layout.note(error_words.EXPIRED, layout.GREY))
            return
        if pending.user_id != interaction.user.id:
            await show(interaction, layout.note(error_words.NOT_YOURS, layout.GREY))
            return
        if pending.moderator:
            await self._services.require_moderator(interaction)
        if not confirmations.take(route.token):  # a second click, while the rights of the first were looked up
            await nod(interaction)
            return
        if not route.yes:
            await turn(interaction, layout.note(moderator_words.CANCELLED, layout.GREY))
            return
        text = await pending.action(interaction)
        await turn(interaction, layout.note(text))


def _is_private(interaction: Interaction) -> bool:
    """Tell whether the message that bears the button is seen by its reader only: of all others only rounds' count."""
    return interaction.message is None or interaction.message.flags.ephemeral

"""The commands of members: today's question, figures, boards, help, and what is kept about them."""

from __future__ import annotations

import io
import json

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import privacy
from bot.app.board import board
from bot.app.click import Marked
from bot.app.messenger import Showing
from bot.app.stats import stats
from bot.app.today import today
from bot.core.period import Period
from bot.ui.cogs.guild import guild_id
from bot.ui.respond import Interaction, show
from bot.ui.services import Services
from bot.ui.views import board as board_views
from bot.ui.views import layout
from bot.ui.views import moderator as moderator_views
from bot.ui.views import question as question_views
from bot.ui.views import reply as reply_views
from bot.ui.words import commands as words
from bot.ui.words import member as member_words

_PERIODS = [
    app_commands.Choice(name=words.WEEK, value=Period.WEEK.value),
    app_commands.Choice(name=words.MONTH, value=Period.MONTH.value),
    app_commands.Choice(name=words.ALL_TIME, value=Period.ALL.value),
]


@app_commands.guild_only()
class MyData(app_commands.Group, name="mydata", description=words.MYDATA):
    """What is kept about a member."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    @app_commands.command(description=words.MYDATA_EXPORT)
    async def export(self, interaction: Interaction) -> None:
        """Hand out everything kept about the member."""
        data = await privacy.export(self._services.context, guild_id(interaction), interaction.user.id)
        file = discord.File(io.BytesIO(json.dumps(data, indent=2).encode()), member_words.EXPORT_FILE)
        view = layout.page(layout.words(member_words.EXPORTED), layout.attachment(member_words.EXPORT_FILE))
        await show(interaction, view, [file])

    @app_commands.command(description=words.MYDATA_ERASE)
    async def erase(self, interaction: Interaction) -> None:
        """Ask whether to erase everything kept about the member."""

        async def action(confirmed: Interaction) -> str:
            await privacy.erase(self._services.context, guild_id(confirmed), confirmed.user.id)
            return member_words.ERASED

        now = self._services.context.clock()
        token = self._services.confirmations.ask(action, user_id=interaction.user.id, moderator=False, now=now)
        await show(interaction, moderator_views.confirm(member_words.ASK_ERASE, member_words.YES_ERASE, token))

    @app_commands.command(description=words.MYDATA_HIDE)
    async def hide(self, interaction: Interaction) -> None:
        """Keep the member off the boards."""
        await privacy.hide(self._services.context, guild_id(interaction), interaction.user.id, hidden=True)
        await show(interaction, layout.note(member_words.HIDDEN))

    @app_commands.command(description=words.MYDATA_SHOW)
    async def show(self, interaction: Interaction) -> None:
        """Put the member back on the boards."""
        await privacy.hide(self._services.context, guild_id(interaction), interaction.user.id, hidden=False)
        await show(interaction, layout.note(member_words.SHOWN))


class MemberCog(commands.Cog):
    """What every member can do."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(description=words.TODAY)
    @app_commands.guild_only()
    async def today(self, interaction: Interaction) -> None:
        """Show today's question, or the reply to the answer that was given."""
        found = await today(self._services.context, guild_id(interaction), interaction.user.id)
        if found.round is None:
            await show(interaction, layout.note(member_words.nothing_open(found.next_due)))
        elif found.answer is not None:
            await show(interaction, reply_views.reply(Marked(found.round, found.answer, found.freezes, fresh=False)))
        else:
            question = found.round.question
            files = self._services.pictures.files(question)
            showing = Showing(found.round, found.answers, {}, found.next_due)
            topic = self._services.context.bank.topic_name(question.topic)
            await show(interaction, question_views.public(showing, topic, picture=bool(files)), files)

    @app_commands.command(description=words.STATS)
    @app_commands.describe(member=words.STATS_MEMBER)
    @app_commands.guild_only()
    async def stats(self, interaction: Interaction, member: discord.Member | None = None) -> None:
        """Show a member's figures."""
        viewer = interaction.user.id
        user_id = viewer if member is None else member.id
        found = await stats(self._services.context, guild_id(interaction), viewer, user_id)
        topics = self._services.context.bank.topics()
        await show(interaction, board_views.stats(found, topics, own=user_id == viewer))

    @app_commands.command(description=words.LEADERBOARD)
    @app_commands.describe(period=words.LEADERBOARD_PERIOD)
    @app_commands.choices(period=_PERIODS)
    @app_commands.guild_only()
    async def leaderboard(self, interaction: Interaction, period: str = Period.WEEK.value) -> None:
        """Show the first page of a board."""
        user_id = interaction.user.id
        found = await board(self._services.context, guild_id(interaction), user_id, Period(period))
        await show(interaction, board_views.board(found, user_id))

    @app_commands.command(description=words.HELP)
    @app_commands.guild_only()
    async def help(self, interaction: Interaction) -> None:
        """Explain how this works."""
        parts = [layout.words(member_words.HELP)]
        if await self._services.is_moderator(interaction):
            parts += [layout.line(), layout.words(member_words.HELP_MODERATOR)]
        await show(interaction, layout.page(*parts))

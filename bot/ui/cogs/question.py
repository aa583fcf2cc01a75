"""`/quiz`: single questions, before, while and after they are asked."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.app import item as items
from bot.app.close import close, find_closable
from bot.app.post import post
from bot.app.void import find_voidable, void
from bot.core.errors import MissingReasonError
from bot.core.round import Round
from bot.ui.cogs.guild import guild_id
from bot.ui.confirmation import Action
from bot.ui.respond import Interaction, show, wait
from bot.ui.services import Services
from bot.ui.views import layout
from bot.ui.views import moderator as moderator_views
from bot.ui.views import question as question_views
from bot.ui.words import commands as words
from bot.ui.words import moderator as moderator_words

MOST_CHOICES = 25
LONGEST_REASON = 300


class QuestionCog(commands.Cog):
    """Look ahead, choose, ask now, end, take back."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._context = services.context

    @app_commands.command(description=words.PREVIEW)
    @app_commands.describe(item=words.PREVIEW_ITEM)
    async def preview(self, interaction: Interaction, item: str | None = None) -> None:
        """Show a question with its answer."""
        question = await items.preview(self._context, guild_id(interaction), item)
        files = self._services.pictures.files(question)
        topic = self._context.bank.topic_name(question.topic)
        await show(interaction, question_views.preview(question, topic, picture=bool(files)), files)

    @app_commands.command(description=words.POST)
    async def post(self, interaction: Interaction) -> None:
        """Post today's question now."""
        await wait(interaction)
        done = await post(self._context, self._services.messenger, guild_id(interaction), interaction.user.id)
        text = moderator_words.posted(done) if isinstance(done, Round) else moderator_words.not_posted(done)
        await show(interaction, layout.note(text))

    @app_commands.command(description=words.QUEUE)
    @app_commands.describe(item=words.QUEUE_ITEM)
    async def queue(self, interaction: Interaction, item: str) -> None:
        """Ask a certain question next."""
        place = await items.queue(self._context, guild_id(interaction), interaction.user.id, item)
        await show(interaction, layout.note(moderator_words.queued(item, place)))

    @app_commands.command(description=words.RETIRE)
    @app_commands.describe(item=words.RETIRE_ITEM)
    async def retire(self, interaction: Interaction, item: str) -> None:
        """Keep a question out for good."""
        await items.retire(self._context, guild_id(interaction), interaction.user.id, item)
        await show(interaction, layout.note(moderator_words.retired(item)))

    @app_commands.command(description=words.RESTORE)
    @app_commands.describe(item=words.RESTORE_ITEM)
    async def restore(self, interaction: Interaction, item: str) -> None:
        """Bring a retired question back."""
        await items.restore(self._context, guild_id(interaction), interaction.user.id, item)
        await show(interaction, layout.note(moderator_words.restored(item)))

    @app_commands.command(description=words.CLOSE)
    async def close(self, interaction: Interaction) -> None:
        """Ask whether to close the open question."""
        round_ = await find_closable(self._context, guild_id(interaction))

        async def action(confirmed: Interaction) -> str:
            await close(self._context, guild_id(confirmed), confirmed.user.id, round_.id)
            return moderator_words.closed(round_)

        await self._ask(interaction, moderator_words.ask_close(round_), moderator_words.YES_CLOSE, action)

    @app_commands.command(description=words.VOID)
    @app_commands.describe(reason=words.VOID_REASON)
    async def void(self, interaction: Interaction, reason: app_commands.Range[str, 1, LONGEST_REASON]) -> None:
        """Ask whether to take the newest question back."""
        if not reason.strip():
            raise MissingReasonError
        round_ = await find_voidable(self._context, guild_id(interaction))

        async def action(confirmed: Interaction) -> str:
            done = await void(self._context, guild_id(confirmed), confirmed.user.id, reason, round_.id)
            return moderator_words.voided(done)

        await self._ask(interaction, moderator_words.ask_void(round_, reason), moderator_words.YES_VOID, action)

    @preview.autocomplete("item")
    @queue.autocomplete("item")
    @retire.autocomplete("item")
    async def _items(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        if not await self._services.is_moderator(interaction):  # the group's check does not see what is being typed
            return []
        retired = await items.retired(self._context, guild_id(interaction))
        found = self._context.bank.like(current, MOST_CHOICES + len(retired))
        return [self._choice(item) for item in found if item not in retired][:MOST_CHOICES]

    @restore.autocomplete("item")
    async def _retired_items(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        if not await self._services.is_moderator(interaction):
            return []
        retired = sorted(await items.retired(self._context, guild_id(interaction)))
        wanted = current.casefold().strip()
        return [self._choice(item) for item in retired if wanted in item][:MOST_CHOICES]

    def _choice(self, item_id: str) -> app_commands.Choice[str]:
        bank = self._context.bank
        try:
            question = bank.get(item_id).question
        except KeyError:  # retired once, and gone from its pack since
            return app_commands.Choice(name=item_id, value=item_id)
        name = moderator_words.item_choice(question, bank.topic_name(question.topic))
        return app_commands.Choice(name=name, value=item_id)

    async def _ask(self, interaction: Interaction, text: str, yes: str, action: Action) -> None:
        now = self._context.clock()
        token = self._services.confirmations.ask(action, user_id=interaction.user.id, moderator=True, now=now)
        await show(interaction, moderator_views.confirm(text, yes, token))

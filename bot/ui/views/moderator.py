"""What moderators see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord
from discord import ui

from bot.core.audit import AuditEntry
from bot.ui.route import AuditRoute, ConfirmRoute
from bot.ui.views import layout
from bot.ui.words import moderator as words


def confirm(text: str, yes: str, token: str) -> ui.LayoutView:
    """Return a question to be answered before something that cannot be undone."""
    return layout.page(
        layout.words(text),
        layout.row(
            [
                layout.button(yes, ConfirmRoute(token, yes=True), style=discord.ButtonStyle.danger),
                layout.button(words.CANCEL, ConfirmRoute(token, yes=False)),
            ]
        ),
        colour=layout.AMBER,
    )


def audit(entries: Sequence[AuditEntry], *, newest: bool, more: bool) -> ui.LayoutView:
    """Return a page of what moderators did."""
    lines = "\n".join(words.audit_line(entry) for entry in entries) or words.NO_AUDIT
    return layout.page(layout.words(f"{words.AUDIT_HEADING}\n{lines}"), *_paging(entries, newest=newest, more=more))


def _paging(entries: Sequence[AuditEntry], *, newest: bool, more: bool) -> Iterator[layout.Item]:
    buttons = []
    if not newest:
        buttons.append(layout.button(words.NEWEST, AuditRoute(None)))
    if more:
        buttons.append(layout.button(words.OLDER, AuditRoute(entries[-1].id)))
    if buttons:
        yield layout.row(buttons)

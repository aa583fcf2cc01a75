"""Boards and a member's figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import discord
from discord import ui

from bot.app.board import Board
from bot.app.stats import Stats
from bot.core.board import Cursor
from bot.core.period import Period
from bot.ui.route import BoardRoute, Side
from bot.ui.views import layout
from bot.ui.words import board as words


def board(found: Board, reader_id: int) -> ui.LayoutView:
    """Return a page of a board with buttons to the other pages and periods."""
    return layout.page(
        layout.words(words.heading(found.period)),
        layout.words(words.lines(found.page, reader_id)),
        layout.words(words.own(found.own, found.page.members, hidden=found.hidden)),
        *_paging(found),
        layout.row(_periods(found.period)),
    )


def _paging(found: Board) -> Iterator[layout.Item]:
    page = found.page
    if not page.places or not (page.more_before or page.more_after):
        return
    first, last = page.places[0], page.places[-1]
    targets = (
        (words.FIRST, BoardRoute(found.period, Side.FIRST), page.more_before),
        (words.BACK, BoardRoute(found.period, Side.BEFORE, Cursor(first.points, first.user_id)), page.more_before),
        (words.NEXT, BoardRoute(found.period, Side.AFTER, Cursor(last.points, last.user_id)), page.more_after),
        (words.LAST, BoardRoute(found.period, Side.LAST), page.more_after),
    )
    yield layout.row(layout.button(label, target, disabled=not possible) for label, target, possible in targets)


def _periods(shown: Period) -> Iterator[layout.Item]:
    for period in Period:
        style = discord.ButtonStyle.primary if period is shown else discord.ButtonStyle.secondary
        name = words.PERIOD[period].capitalize()
        yield layout.button(name, BoardRoute(period, Side.TOP), style=style, disabled=period is shown)


def stats(found: Stats | None, topics: Mapping[str, str], *, own: bool) -> ui.LayoutView:
    """Return a member's figures, or that they are hidden."""
    if found is None:
        return layout.note(words.HIDDEN_FROM_YOU, layout.GREY)
    return layout.page(*_figures(found, topics, own=own))


def _figures(found: Stats, topics: Mapping[str, str], *, own: bool) -> Iterator[layout.Item]:
    member = found.member
    yield layout.words(words.stats_heading(member.user_id, own=own))
    if not member.answered and not found.points:
        yield layout.words(words.NOTHING_YET if own else words.NOTHING_YET_OTHER)
        return
    lines = [
        words.summary(found.points, found.places),
        words.streak(found.streak, member.streak.best, member.streak.freezes),
    ]
    if member.answered:
        lines.append(words.accuracy(member.correct, member.answered))
    yield layout.words("\n".join(lines))
    if found.tally:
        yield layout.line()
        yield layout.words(f"{words.by_difficulty(found.tally)}\n{words.by_topic(found.tally, topics)}")
    if own and member.hidden:
        yield layout.words(words.HIDDEN_NOTE)

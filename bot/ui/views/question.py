"""A question as it is shown: open, closed, taken back, in private, and beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import discord
from discord import ui

from bot.app.click import Verb
from bot.app.messenger import Showing
from bot.core.question import LETTERS, Question
from bot.core.round import Round, State
from bot.ui.route import RoundRoute
from bot.ui.views import layout
from bot.ui.words import common
from bot.ui.words import moderator as moderator_words
from bot.ui.words import question as words


def public(showing: Showing, topic: str, *, role_id: int | None = None, picture: bool = True) -> ui.LayoutView:
    """Return a round's public message in whatever state it is; `picture` says whether its picture is attached."""
    match showing.round.state:
        case State.VOID:
            return layout.note(words.void(showing.round), layout.GREY)
        case State.CLOSED:
            return _closed(showing, topic, picture=picture)
        case _:
            return _open(showing, topic, role_id=role_id, picture=picture)


def preview(question: Question, topic: str, *, picture: bool = True) -> ui.LayoutView:
    """Return a question as it would be asked, with its answer hidden until clicked; its buttons do nothing."""
    return layout.page(
        layout.words(words.preview_heading(question, topic)),
        *_body(question, picture=picture),
        layout.gap(),
        layout.words(words.options(question)),
        *_buttons(0, question, disabled=True),
        layout.words(moderator_words.preview_key(question)),
    )


def picture_name(question: Question) -> str:
    """Return the file name under which a question's picture is attached."""
    return "picture.png" if question.picture is None else PurePosixPath(question.picture.file).name


def _open(showing: Showing, topic: str, *, role_id: int | None, picture: bool) -> ui.LayoutView:
    round_, question = showing.round, showing.round.question
    mention = [] if role_id is None else [layout.words(common.role(role_id))]
    return layout.page(
        *mention,
        layout.words(words.heading(round_, topic)),
        *_body(question, picture=picture),
        layout.gap(),
        layout.words(words.options(question)),
        *_buttons(round_.id, question, disabled=False),
        layout.words(words.small_print(round_.closes_at, showing.next_due, showing.answers)),
    )


def _closed(showing: Showing, topic: str, *, picture: bool) -> ui.LayoutView:
    round_, question = showing.round, showing.round.question
    return layout.page(
        layout.words(words.closed_heading(round_, topic)),
        *_body(question, picture=picture),
        layout.gap(),
        layout.words(f"{words.results(question, showing.distribution)}\n{words.key(question)}"),
        layout.row([_solution(round_)]),
        layout.words(words.closed_small_print(showing.answers)),
        colour=layout.GREY,
    )


def _solution(round_: Round) -> layout.Item:
    return layout.button(words.SOLUTION, RoundRoute(Verb.SOLUTION, round_.id), style=discord.ButtonStyle.primary)


def _body(question: Question, *, picture: bool) -> Iterator[layout.Item]:
    yield layout.words(question.stem)
    if question.code is not None:
        yield layout.words(words.code(question.code))
    if question.picture is not None and picture:
        yield layout.picture(picture_name(question), question.picture.alt)
    elif question.picture is not None:
        yield layout.words(words.picture_missing(question.picture.alt))


def _buttons(round_id: int, question: Question, *, disabled: bool) -> Iterator[layout.Item]:
    yield layout.row(
        layout.button(
            letter,
            RoundRoute(Verb.ANSWER, round_id, slot),
            style=discord.ButtonStyle.primary,
            disabled=disabled,
        )
        for slot, letter in enumerate(LETTERS[: len(question.options)])
    )
    hint = RoundRoute(Verb.HINT, round_id)
    yield layout.row([layout.button(words.HINT, hint, emoji=words.HINT_EMOJI, disabled=disabled)])

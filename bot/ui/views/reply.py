"""What a member gets in private for a click."""

from __future__ import annotations

from collections.abc import Iterator

import discord
from discord import ui

from bot.app.click import Declined, HintOffered, HintShown, Marked, Outcome, Refusal, Solved, Verb
from bot.core.question import Question
from bot.ui.route import NotNowRoute, RoundRoute
from bot.ui.views import layout
from bot.ui.words import error as error_words
from bot.ui.words import question as question_words
from bot.ui.words import reply as words


def reply(outcome: Outcome) -> ui.LayoutView:
    """Return the message for what came of a click."""
    match outcome:
        case Marked():
            return _marked(outcome)
        case HintOffered(round_):
            return _offer(round_.id, round_.question)
        case HintShown(round_, free):
            return layout.note(question_words.hint(round_.question.hint, free=free), layout.AMBER)
        case Solved(round_):
            return _solved(words.solution(round_.question), round_.question)
        case Declined(Refusal.CLOSED, round_, closed_at) if round_ is not None:
            opening = f"{words.late(closed_at)}\n{words.solution(round_.question)}"
            return _solved(opening, round_.question)
        case Declined(reason):
            return layout.note(_REFUSALS[reason], layout.GREY)


_REFUSALS = {
    Refusal.UNKNOWN: error_words.UNKNOWN_BUTTON,
    Refusal.CLOSED: error_words.UNKNOWN_BUTTON,
    Refusal.VOID: words.VOID,
    Refusal.ERASED: words.ERASED,
    Refusal.OPEN: words.STILL_OPEN,
}


def _marked(marked: Marked) -> ui.LayoutView:
    question, answer = marked.round.question, marked.answer
    return layout.page(
        layout.words(words.verdict(question, answer, fresh=marked.fresh)),
        layout.line(),
        *_solution(question),
        layout.line(),
        layout.words(words.earned(answer, freezes=marked.freezes)),
        colour=layout.GREEN if answer.correct else layout.AMBER,
    )


def _solved(opening: str, question: Question) -> ui.LayoutView:
    return layout.page(layout.words(opening), layout.line(), *_solution(question), colour=layout.GREY)


def _solution(question: Question) -> Iterator[layout.Item]:
    yield layout.words(words.steps(question.solution.steps))
    yield layout.words(words.conclusion(question))
    if question.source:
        yield layout.words(words.source(question.source))


def _offer(round_id: int, question: Question) -> ui.LayoutView:
    return layout.page(
        layout.words(question_words.hint_offer(question)),
        layout.row(
            [
                layout.button(
                    question_words.SHOW_HINT,
                    RoundRoute(Verb.OPEN_HINT, round_id),
                    style=discord.ButtonStyle.primary,
                ),
                layout.button(question_words.NOT_NOW, NotNowRoute()),
            ]
        ),
        colour=layout.AMBER,
    )

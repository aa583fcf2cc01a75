"""Every shipped question fits into every message that shows it, and within what the check of packs estimates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from discord import ui

from bot.app.click import Declined, HintOffered, HintShown, Marked, Refusal, Solved
from bot.app.messenger import Showing
from bot.core.answer import Answer
from bot.core.limit import LONGEST_LABEL, MOST_COMPONENTS, sizes, units
from bot.core.question import Question, shuffled
from bot.core.round import Round, State
from bot.ui.views import question as question_views
from bot.ui.views import reply as reply_views
from tests.ui.world import bank

LATE = datetime(2099, 12, 31, 23, 59, tzinfo=UTC)
LARGEST_ID = 2**63 - 1
MANY = 1_234_567

ITEMS = [item.question for item in bank().items()]


def walk(components: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - components as Discord gets them
    """Yield all components, however deep."""
    for component in components:
        yield component
        yield from walk(component.get("components", ()))
        if "accessory" in component:
            yield from walk([component["accessory"]])


def measure(view: ui.LayoutView) -> tuple[int, int]:
    """Return the characters and components of a message, once everything else about it is found to be allowed."""
    components = list(walk(view.to_components()))  # type: ignore[no-untyped-call]
    buttons = [one for one in components if one["type"] == 2]
    names = [button["custom_id"] for button in buttons]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 100 for name in names)
    assert all(1 <= len(button["label"]) <= LONGEST_LABEL for button in buttons)
    assert all(len(one["components"]) <= 5 for one in components if one["type"] == 1)
    for gallery in (one for one in components if one["type"] == 12):
        assert all(len(item["description"]) <= 1024 for item in gallery["items"])
    texts = [one["content"] for one in components if one["type"] == 10]
    assert all(texts)
    return sum(map(units, texts)), len(components)


def round_of(question: Question, state: State) -> Round:
    """Return a round with the largest numbers there can be."""
    return Round(
        id=LARGEST_ID,
        guild_id=LARGEST_ID,
        number=MANY,
        local_date=date(2099, 12, 31),
        question=shuffled(question, "any"),
        state=state,
        channel_id=LARGEST_ID,
        nonce="n" * 24,
        claimed_at=LATE,
        opened_at=LATE,
        closes_at=LATE,
        closed_at=LATE,
        message_id=LARGEST_ID,
        position=MANY,
        void_reason="@*_<" * 75,
    )


def answer_of(round_: Round, option_id: str, *, correct: bool) -> Answer:
    """Return an answer about which there is the most to say."""
    return Answer(
        guild_id=LARGEST_ID,
        round_id=LARGEST_ID,
        user_id=LARGEST_ID,
        option_id=option_id,
        correct=correct,
        hinted=correct,
        base=15 if correct else 0,
        bonus=10 if correct else 0,
        streak=MANY,
        freezes_used=2,
        freeze_earned=True,
        at=LATE + timedelta(seconds=round_.number % 60),
    )


def limit(question: Question, shown: str, unit: str) -> int:
    """Return what the check of packs reckons with for a message of this question."""
    found = [
        one for one in sizes(question, bank().topic_name(question.topic)) if (one.shown, one.unit) == (shown, unit)
    ]
    return found[0].measured


@pytest.mark.parametrize("question", ITEMS, ids=lambda question: question.id)
def test_every_message_that_shows_an_item_fits_and_stays_within_the_estimates(question: Question) -> None:
    topic = bank().topic_name(question.topic)
    open_, closed = round_of(question, State.OPEN), round_of(question, State.CLOSED)
    counts = {option.id: MANY for option in question.options}
    showing = Showing(open_, MANY, {}, LATE)
    for picture in (True, False):
        daily = [
            question_views.public(showing, topic, role_id=LARGEST_ID, picture=picture),
            question_views.public(replace(showing, round=replace(open_, closes_at=None)), topic, picture=picture),
            question_views.preview(open_.question, topic, picture=picture),
        ]
        alt = 0 if picture or question.picture is None else units(question.picture.alt)
        for view in daily[:2]:
            characters, parts = measure(view)
            assert characters <= limit(question, "daily message", "characters") + alt <= 4000
            assert parts <= limit(question, "daily message", "parts") <= MOST_COMPONENTS
        characters, parts = measure(daily[2])
        assert characters <= 4000
        assert parts <= MOST_COMPONENTS
        characters, parts = measure(question_views.public(Showing(closed, MANY, counts, LATE), topic, picture=picture))
        assert characters <= limit(question, "closed message", "characters") + alt <= 4000
        assert parts <= MOST_COMPONENTS
    replies = [
        *(
            reply_views.reply(
                Marked(open_, answer_of(open_, option.id, correct=option.correct), freezes=2, fresh=fresh)
            )
            for option in question.options
            for fresh in (True, False)
        ),
        reply_views.reply(Solved(closed)),
        reply_views.reply(Declined(Refusal.CLOSED, closed, LATE)),
    ]
    for view in replies:
        characters, parts = measure(view)
        assert characters <= limit(question, "private reply", "characters") <= 4000
        assert parts <= limit(question, "private reply", "parts") <= MOST_COMPONENTS
    for outcome in (HintOffered(open_), HintShown(open_, free=True), HintShown(open_, free=False)):
        characters, parts = measure(reply_views.reply(outcome))
        assert characters <= limit(question, "hint", "characters") <= 4000
        assert parts <= MOST_COMPONENTS


def test_a_question_that_was_taken_back_fits_with_the_longest_reason() -> None:
    characters, parts = measure(question_views.public(Showing(round_of(ITEMS[0], State.VOID), 0, {}, None), ""))
    assert characters <= 4000
    assert parts <= MOST_COMPONENTS


@pytest.mark.parametrize("reason", Refusal)
def test_every_refusal_is_said_in_a_sentence(reason: Refusal) -> None:
    characters, _ = measure(reply_views.reply(Declined(reason)))
    assert 20 < characters < 400


def test_texts_never_refer_to_options_by_letter_before_they_are_shuffled() -> None:
    for question in ITEMS:
        words = [
            question.stem,
            question.hint,
            *question.solution.steps,
            *(option.remark or "" for option in question.options),
        ]
        assert not any(f"option {letter}" in text for text in words for letter in "ABCDE")

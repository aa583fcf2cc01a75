"""The words of a question's public message and of its hint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.core.question import LETTERS, Option, Question
from bot.core.round import Round
from bot.core.scoring import BASE_POINTS
from bot.ui.words import common

HINT = "Hint"
SHOW_HINT = "Show hint"
NOT_NOW = "Not now"
SOLUTION = "Solution"
HINT_EMOJI = "\N{ELECTRIC LIGHT BULB}"

_BAR = 10


def heading(round_: Round, topic: str) -> str:
    """Return the first lines of a question."""
    return f"### Question {round_.number} · {topic}\n-# {common.worth(round_.question)}"


def preview_heading(question: Question, topic: str) -> str:
    """Return the first lines of a question that was not asked yet."""
    return f"### Preview · {topic}\n-# {common.worth(question)} · `{question.id}` · only you see this"


def closed_heading(round_: Round, topic: str) -> str:
    """Return the first lines of a closed question."""
    return f"### Question {round_.number} · {topic} · closed\n-# {common.worth(round_.question)}"


def code(text: str) -> str:
    """Return code in a block; a fence within it cannot end the block."""
    return "```python\n" + text.replace("```", "``\u200b`") + "\n```"


def options(question: Question) -> str:
    """Return the options as a lettered list."""
    return "\n".join(f"**{letter}.** {option.text}" for letter, option in zip(LETTERS, question.options, strict=False))


def results(question: Question, distribution: Mapping[str, int]) -> str:
    """Return the options with the key marked and how many chose each, in text and as bars."""
    total = sum(distribution.values())
    return "\n".join(
        _result(letter, option, distribution.get(option.id, 0), total)
        for letter, option in zip(LETTERS, question.options, strict=False)
    )


def _result(letter: str, option: Option, chosen: int, total: int) -> str:
    mark = "\N{WHITE HEAVY CHECK MARK} " if option.correct else ""
    line = f"{mark}**{letter}.** {option.text}"
    if not total:
        return line
    filled = round(_BAR * chosen / total)
    bar = "\N{BLACK PARALLELOGRAM}" * filled + "\N{WHITE PARALLELOGRAM}" * (_BAR - filled)
    return f"{line}\n-# {bar} {chosen:,} ({common.percent(chosen, total)})"


def key(question: Question) -> str:
    """Return the line that names the right option."""
    return f"Answer: **{question.letter(question.key.id)}**"


def small_print(closes_at: datetime | None, next_due: datetime | None, answers: int) -> str:
    """Return when an open question ends, as far as that is known, and how many have answered."""
    if closes_at is not None:
        until = f"Closes {common.distance(closes_at)}"
    elif next_due is not None:
        until = f"Open until the next question, {common.distance(next_due)}"
    else:
        until = "Open until the next question"
    return f"-# {until} · {_answered(answers)}"


def closed_small_print(answers: int) -> str:
    """Return how many answered a closed question."""
    return f"-# Closed · {common.plural(answers, 'answer') if answers else 'nobody answered'}"


def _answered(answers: int) -> str:
    match answers:
        case 0:
            return "nobody has answered yet"
        case 1:
            return "1 has answered"
        case _:
            return f"{answers:,} have answered"


def void(round_: Round) -> str:
    """Return what stands in the place of a question that was taken back."""
    reason = common.harmless(round_.void_reason or "")
    return (
        f"### Question {round_.number} was taken back\n{reason}\n"
        "-# It counts for nobody: its points are gone, and no streak is broken by it."
    )


def picture_missing(alt: str) -> str:
    """Return what stands in the place of a picture that cannot be found."""
    return f"-# The picture cannot be shown. It shows: {alt}"


def hint(text: str, *, free: bool) -> str:
    """Return an open hint and what it costs."""
    cost = "It costs nothing now." if free else "A right answer to this question now earns half its points."
    return f"{HINT_EMOJI} **Hint**\n{text}\n-# {cost}"


def hint_offer(question: Question) -> str:
    """Return what opening the hint costs, before it is opened."""
    full = BASE_POINTS[question.difficulty]
    return (
        f"{HINT_EMOJI} The hint halves this question's points: **{full // 2}** instead of {full} for a right answer. "
        "Your streak and its bonus are not touched."
    )


NOT_OPENED = "All right. `Hint` under the question asks you again."

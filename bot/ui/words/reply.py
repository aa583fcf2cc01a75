"""The words of the private reply to an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.answer import Answer
from bot.core.question import Question
from bot.ui.words import common

CORRECT = "\N{WHITE HEAVY CHECK MARK} Correct"
NOT_QUITE = "\N{CROSS MARK} Not quite"


def verdict(question: Question, answer: Answer, *, fresh: bool) -> str:
    """Return the verdict, and what there is to say of the option chosen."""
    option = question.option(answer.option_id)
    lines = [CORRECT if answer.correct else NOT_QUITE]
    if not fresh:
        lines.append("-# This is the answer you gave; the first one counts.")
    lines.append(f"You chose **{question.letter(option.id)}.** {option.text}")
    if option.remark:
        lines.append(f"\n{option.remark}")
    return "\n".join(lines)


def steps(texts: Sequence[str]) -> str:
    """Return the worked solution as a numbered list."""
    return "**Worked solution**\n" + "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def conclusion(question: Question) -> str:
    """Return the final answer, the quick check and the common mistakes."""
    solution = question.solution
    mistakes = "\n".join(f"- {text}" for text in solution.mistakes)
    title = "Common mistake" if len(solution.mistakes) == 1 else "Common mistakes"
    return (
        f"**Answer** — {question.letter(question.key.id)}: {solution.answer}\n"
        f"**Quick check** — {solution.quick_check}\n**{title}**\n{mistakes}"
    )


def source(text: str) -> str:
    """Return where a fact comes from."""
    return f"-# Source: {text}"


def earned(answer: Answer, *, freezes: int) -> str:
    """Return points and streak; `freezes` is how many are held now."""
    parts = [
        f"**+{answer.points} points**{_composition(answer)}",
        f"**{answer.streak}-day streak**",
        f"{common.plural(freezes, 'freeze')} held",
    ]
    lines = [" · ".join(parts)]
    if not answer.correct:
        lines.append("-# Trying counts: your streak goes on whether you are right or wrong.")
    if answer.freezes_used:
        missed = "the day" if answer.freezes_used == 1 else f"the {answer.freezes_used} days"
        lines.append(
            f"-# {common.plural(answer.freezes_used, 'freeze')} bridged {missed} you missed, so your streak goes on."
        )
    if answer.freeze_earned:
        lines.append("-# Seven in a row: you earned a freeze. It bridges a missed day by itself.")
    return "\n".join(lines)


def _composition(answer: Answer) -> str:
    parts = []
    if answer.hinted and answer.base:
        parts.append(f"{answer.base} after the hint")
    elif answer.bonus:
        parts.append(f"{answer.base} for the question")
    if answer.bonus:
        parts.append(f"{answer.bonus} for the streak")
    return f" ({', '.join(parts)})" if parts else ""


def late(closed_at: datetime | None) -> str:
    """Return the first line for somebody who comes after a round was closed."""
    when = f" {common.distance(closed_at)}" if closed_at is not None else ""
    return f"This question closed{when}, so it earns no points any more. Here is how it goes:"


def solution(question: Question) -> str:
    """Return the first line of a solution that somebody asked for."""
    return f"The answer is **{question.letter(question.key.id)}.** {question.key.text}"


VOID = "This question was taken back by a moderator. It counts for nobody, so there is nothing to answer."
ERASED = (
    "You have erased what was kept about you here since this question was asked, so it takes no answer of yours any "
    "more. The next question does."
)
STILL_OPEN = "The solution can be seen once you have answered, or once the question is closed."

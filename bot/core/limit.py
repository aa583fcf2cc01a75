"""How large an item's messages get, so that one that would not fit is found before it is asked.

Discord allows 4,000 characters over all texts of a message (and 40 components, of which the largest message here needs
about a quarter). The estimates lie on the safe side: characters count as UTF-16 units, of which there are never fewer,
and a fixed allowance stands for everything that is the same around every question: headings, labels, times, counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.question import Question

LARGEST_MESSAGE = 4000
"""Characters over all texts of one message."""

DAILY_FRAME = 400
CLOSED_FRAME = 600
REPLY_FRAME = 700
HINT_FRAME = 300
FENCE = len("```python\n\n```")
OPTION_MARKUP = 10
STEP_MARKUP = 6


@dataclass(frozen=True, slots=True)
class Size:
    """How large a message gets at most, in characters. `parts` names what its size depends on."""

    message: str
    measured: int
    parts: str

    @property
    def fits(self) -> bool:
        """Whether Discord takes the message."""
        return self.measured <= LARGEST_MESSAGE


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units: what the strictest reading of Discord's rule counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def sizes(question: Question, topic: str) -> tuple[Size, ...]:
    """Return the size of every message that shows the question, given its topic's name."""
    solution = question.solution
    daily = DAILY_FRAME + units(question.stem) + units(topic)
    daily += 0 if question.code is None else units(question.code) + FENCE
    daily += sum(units(option.text) + OPTION_MARKUP for option in question.options)
    reply = REPLY_FRAME + max((units(option.remark or "") for option in question.options), default=0)
    reply += sum(units(step) + STEP_MARKUP for step in solution.steps)
    reply += units(solution.answer) + units(solution.quick_check) + sum(units(mistake) for mistake in solution.mistakes)
    return (
        Size("daily message", daily, "stem, code and options"),
        Size("closed message", daily + CLOSED_FRAME, "stem, code and options"),
        Size("private reply", reply, "remarks, steps, answer, quick_check and mistakes"),
        Size("hint", HINT_FRAME + units(question.hint), "hint"),
    )

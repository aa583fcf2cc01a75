"""How large an item's messages get, so that one that would not fit is found before it is asked.

Discord allows 4,000 characters over all texts of a message, 40 components, and 80 characters on a button. The estimates
lie on the safe side: characters count as UTF-16 units, of which there are never fewer; every option, step and mistake
counts as a text of its own; and a fixed allowance stands for everything that is the same around every question:
headings, labels, times, counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.question import Question

LARGEST_MESSAGE = 4000
"""Characters over all texts of one message."""

MOST_COMPONENTS = 40
"""Components in one message, those inside others too."""

LONGEST_LABEL = 80
"""Characters on one button."""

DAILY_FRAME = 400
CLOSED_FRAME = 600
REPLY_FRAME = 700
HINT_FRAME = 300
FENCE = len("```python\n\n```")
OPTION_MARKUP = 10
STEP_MARKUP = 6
DAILY_COMPONENTS = 16
REPLY_COMPONENTS = 12


@dataclass(frozen=True, slots=True)
class Size:
    """How large a part of what members see gets at most, and how large Discord lets it be.

    `parts` names what its size depends on, `unit` what is counted.
    """

    shown: str
    measured: int
    parts: str
    most: int = LARGEST_MESSAGE
    unit: str = "characters"

    @property
    def fits(self) -> bool:
        """Whether Discord takes it."""
        return self.measured <= self.most


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units: what the strictest reading of Discord's rule counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def sizes(question: Question, topic: str) -> tuple[Size, ...]:
    """Return the sizes of everything that shows the question, given its topic's name."""
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
        Size("daily message", DAILY_COMPONENTS + 2 * len(question.options), "options", MOST_COMPONENTS, "parts"),
        Size(
            "private reply",
            REPLY_COMPONENTS + len(solution.steps) + len(solution.mistakes),
            "the lists of steps and mistakes",
            MOST_COMPONENTS,
            "parts",
        ),
        Size("button of the topic", units(topic), "the topic's name", LONGEST_LABEL),
    )

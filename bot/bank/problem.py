"""What is wrong with a pack, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right. `line` and `column` count from 1; `item` is the id of the item it is in, if any."""

    file: str
    line: int
    column: int
    item: str | None
    message: str
    remedy: str

    def __str__(self) -> str:
        """Give it in one line: where, what, and what to do."""
        return f"{visible(self.file)}:{self.line}:{self.column}: {self.message}; {self.remedy}"


class PackError(Exception):
    """Packs that cannot be used. `problems` holds everything that is wrong with them, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def visible(text: str) -> str:
    """Return the text with everything that a terminal would obey or hide written as an escape."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else f"\\u{ord(character):04x}" for character in text)


def quoted(text: str) -> str:
    """Return the text between quotes for a message: visible, and cut where it is long."""
    cut = text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"
    return f'"{visible(cut)}"'

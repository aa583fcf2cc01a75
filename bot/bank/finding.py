"""What is wrong with a value, before it is known where in the file that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.bank.node import Node, Path
from bot.bank.problem import Problem, visible

_ONE_OF = {"items": "item", "options": "option", "steps": "step", "mistakes": "mistake"}
_LONGEST_STEP = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to put right at the end of `path`, which need not exist.

    `key` points at the key there rather than at its value. `covers` is a path whose findings this one explains.
    """

    path: Path
    message: str
    remedy: str
    key: bool = False
    covers: Path | None = None

    def locate(self, node: Node, file: str, item: str | None) -> Problem | None:
        """Return it as a problem in the file that `node` came from, or None where that is broken anyway."""
        found = node.find(self.path)
        if found is None:
            return None
        parent = node.find(self.path[:-1]) if self.key else None
        place = found.place if parent is None else parent.keys.get(str(self.path[-1]), found.place)
        message = f"{label(self.path)}: {self.message}" if self.path else self.message
        return Problem(file, *place, item, message, self.remedy)


def merge(first: Iterable[Finding], then: Iterable[Finding]) -> list[Finding]:
    """Return all findings but those that merely follow from one of the first."""
    first = list(first)
    covered = {finding.covers for finding in first if finding.covers is not None}
    kept = [finding for finding in first if finding.path not in covered]
    covered |= {finding.path for finding in kept}
    return kept + [finding for finding in then if finding.path not in covered]


def label(path: Path) -> str:
    """Return a path in words: ("options", 1, "text") is "option 2, text"."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            words[-1] = f"{_ONE_OF.get(words[-1], words[-1])} {step + 1}"
        else:
            words.append(visible(step[:_LONGEST_STEP]))
    return ", ".join(words)

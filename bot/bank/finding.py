"""What is wrong with a value, before it is known where in the file that is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.bank.node import Node, Path
from bot.bank.problem import Problem, visible

_ONE_OF = {"items": "item", "options": "option", "steps": "step", "mistakes": "mistake"}
_LONGEST_STEP = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to put right at the end of `path`, which need not exist.

    `key` points at the key there rather than at its value. `covers` is a path at and below which this one explains
    whatever else is found.
    """

    path: Path
    message: str
    remedy: str
    key: bool = False
    covers: Path | None = None

    def locate(self, node: Node, file: str, item: str | None = None, within: Path = ()) -> Problem:
        """Return it as a problem in the file that `node` came from; `within` is the way to the node, for the words."""
        place = node.find(self.path).place
        if self.key:
            keys = node.find(self.path[:-1]).keys or {}
            place = keys.get(str(self.path[-1]), place)
        path = within + self.path
        message = f"{label(path)}: {self.message}" if path else self.message
        return Problem(file, *place, item, message, self.remedy)


def merge(first: Iterable[Finding], then: Iterable[Finding]) -> list[Finding]:
    """Return all findings but those that merely follow from one of the first."""
    first = list(first)
    covers = {finding.covers for finding in first if finding.covers is not None}
    kept = [finding for finding in first if finding.covers == finding.path or not _below(finding.path, covers)]
    told = {finding.path for finding in kept}
    return kept + [finding for finding in then if finding.path not in told and not _below(finding.path, covers)]


def _below(path: Path, covers: Collection[Path]) -> bool:
    return any(path[: len(cover)] == cover for cover in covers)


def label(path: Path) -> str:
    """Return a path in words: ("options", 1, "text") is "option 2, text"."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            words[-1] = f"{_ONE_OF.get(words[-1], words[-1])} {step + 1}"
        else:
            words.append(visible(step[:_LONGEST_STEP]))
    return ", ".join(words)

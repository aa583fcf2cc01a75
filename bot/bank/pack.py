"""One pack: its files read and judged, before it meets other packs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bot.bank import check, draft, source
from bot.bank.finding import Finding, merge
from bot.bank.model import FORMAT, FileModel, ItemModel, PackModel
from bot.bank.node import Node, Place
from bot.bank.problem import PackError, Problem, visible
from bot.bank.reader import read
from bot.bank.shape import misshapen
from bot.core.question import Question

MOST_PROBLEMS = 1000
"""Problems told of one file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as far as it could be read. `sound` says that nothing is wrong with it by itself.

    `id_at` and `topic_at` are where its id and its topic stand, for what comes to light beside other items.
    """

    question: Question
    verify: str | None
    file: str
    place: Place
    id_at: Place
    topic_at: Place
    sound: bool


@dataclass(slots=True)
class Pack:
    """A pack as far as it could be read. `whole` says that every file was read to its end."""

    path: Path
    title: str = ""
    topics: dict[str, str] = field(default_factory=dict)
    topics_at: dict[str, tuple[str, Place]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True


def load_pack(path: Path) -> Pack:
    """Read the pack at `path`, a folder or one file. Never raises: `problems` holds what is wrong with it."""
    pack = Pack(path)
    found, pack.problems = source.files(path)
    described: list[tuple[str, Place]] = []
    for file in found:
        _read_file(pack, file, described)
    for name, place in described[1:]:
        message = f"pack is given again, first in {visible(described[0][0])}"
        pack.problems.append(Problem(name, *place, None, message, "keep one of the two"))
    if not described and pack.whole and not pack.problems:
        remedy = "add pack: with title, author, licence and version to one of its files"
        pack.problems.append(Problem(str(found[0]), 1, 1, None, "no file says what the pack is", remedy))
    return pack


def _read_file(pack: Pack, path: Path, described: list[tuple[str, Place]]) -> None:
    """Read one file into the pack; note in `described` where it says what the pack is."""
    file = str(path)
    try:
        document = read(source.read(path), file)
    except PackError as error:
        pack.problems += error.problems
        pack.whole = False
        return
    problems = document.problems
    if document.root is None:
        pack.whole = False
    else:
        problems += _file_problems(pack, document.root, file)
        if isinstance(document.root.value, dict) and "pack" in document.root.value:
            described.append((file, document.root.keys["pack"]))
    pack.problems += _most(sorted(problems, key=lambda problem: (problem.line, problem.column)), file)


def _file_problems(pack: Pack, root: Node, file: str) -> list[Problem]:
    """Judge a whole file, and add what it holds to the pack."""
    ...

"""One pack: its files read and judged, before it meets other packs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.bank import draft, rule, source
from bot.bank.finding import Finding, merge
from bot.bank.model import FORMAT, FileModel, ItemModel, PackModel
from bot.bank.node import Node, Place
from bot.bank.problem import PackError, Problem, quoted, visible
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
    """A pack as far as it could be read. `whole` says that nothing in it may have gone unseen."""

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
    found, misplaced = source.files(path)
    pack.problems += misplaced
    described: list[tuple[str, Place]] = []
    for file in found:
        _read_file(pack, file, described)
    for name, place in described[1:]:
        message = f"pack is given again, first in {visible(described[0][0])}"
        pack.problems.append(Problem(name, *place, None, message, "keep one of the two"))
    if not described and pack.whole and found and not misplaced:
        whole = "check the whole folder, or " if found == [path] else ""
        remedy = f"{whole}add pack: with title, author, licence and version to one of its files"
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
    problems = list(document.problems)
    if document.root is None:
        pack.whole = False
    else:
        problems += _file_problems(pack, document.root, file)
        if isinstance(document.root.value, dict) and "pack" in document.root.value:
            described.append((file, (document.root.keys or {})["pack"]))
    pack.problems += _most(sorted(problems, key=lambda problem: (problem.line, problem.column)), file)


def _file_problems(pack: Pack, root: Node, file: str) -> list[Problem]:
    """Judge a whole file, and add what it holds to the pack."""
    shell = _shell(root)
    problems = [finding.locate(root, file) for finding in misshapen(FileModel, shell, shell.plain())]
    parts = root.value
    if not isinstance(parts, dict):
        return problems
    version = parts.get("format")
    if version is not None and version.value is not None and not _known(version):
        # What another version means by its keys is not known here.
        pack.whole = False
        return [_other_version(root).locate(root, file)]
    if "pack" in parts and isinstance(parts["pack"].value, dict):
        problems += _describe(pack, parts["pack"], file)
    elif "pack" in parts:
        pack.whole = False
    items = parts["items"].value if "items" in parts else None
    for number, node in enumerate(items if isinstance(items, list) else []):
        problems += _add_item(pack, node, number, file)
    return problems


def _shell(root: Node) -> Node:
    """Return the root without what is inside its items and its metadata: those are judged one by one."""
    if not isinstance(root.value, dict):
        return root
    shell = dict(root.value)
    if "items" in shell and isinstance(shell["items"].value, list):
        shell["items"] = Node([], shell["items"].place)
    if "pack" in shell and isinstance(shell["pack"].value, dict):
        del shell["pack"]
    return Node(shell, root.place, keys=root.keys)


def _known(version: Node) -> bool:
    return type(version.value) is int and version.value == FORMAT


def _other_version(root: Node) -> Finding:
    version = root.find(("format",))
    written = "this" if isinstance(version.value, dict | list) else quoted(version.raw)[1:-1]
    return Finding(("format",), f"{written} is not a version known here", f"write format: {FORMAT}")


def _describe(pack: Pack, node: Node, file: str) -> list[Problem]:
    """Judge the metadata, and add what is right of it to the pack."""
    plain = node.plain()
    findings = merge(misshapen(PackModel, node, plain), rule.texts(plain))
    # With some names unread, it cannot be said which topics are unknown.
    pack.whole = pack.whole and not any(finding.path[:1] == ("topics",) for finding in findings)
    wrong = {finding.path for finding in findings}
    pack.title = pack.title or draft.text(plain, "title")
    named = node.find(("topics",))
    for topic, name in named.value.items() if named is not node and isinstance(named.value, dict) else ():
        if ("topics", topic) not in wrong:
            pack.topics[topic] = str(name.value).strip()
            pack.topics_at[topic] = (file, (named.keys or {})[topic])
    return [finding.locate(node, file, within=("pack",)) for finding in findings]


def _add_item(pack: Pack, node: Node, number: int, file: str) -> list[Problem]:
    """Judge an item by itself, and add it to the pack as far as it can be read."""
    plain = node.plain()
    findings = misshapen(ItemModel, node, plain)
    if isinstance(plain, dict):
        question = draft.question(plain)
        rules = rule.rules(question, verified="verify" in plain, folder=source.folder(pack.path))
        findings = merge(findings, [*rule.texts(plain), *rules])
        if any(finding.path == ("topic",) for finding in findings):
            question = replace(question, topic="")  # told of here, so not to be looked for in other packs
        entry = Entry(
            question=question,
            verify=draft.text(plain, "verify") or None,
            file=file,
            place=node.place,
            id_at=node.find(("id",)).place,
            topic_at=node.find(("topic",)).place,
            sound=not findings,
        )
        pack.entries.append(entry)
        if question.id:
            return [finding.locate(node, file, question.id) for finding in findings]
    # Without an id, its number in the file says which item is meant.
    return [finding.locate(node, file, within=("items", number)) for finding in findings]


def _most(problems: list[Problem], file: str) -> list[Problem]:
    """Return the problems, cut off where there are too many to read."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    last = problems[MOST_PROBLEMS]
    more = f"{len(problems) - MOST_PROBLEMS:,} more problems in this file from here on"
    return [*problems[:MOST_PROBLEMS], Problem(file, last.line, last.column, None, more, "mend those above first")]

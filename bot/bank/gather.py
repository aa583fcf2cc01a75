"""Several packs side by side: what only shows beside other packs, and the items that come of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.bank import rule, source
from bot.bank.pack import Entry, Pack, load_pack
from bot.bank.problem import Problem, quoted, visible
from bot.core.question import Question


@dataclass(frozen=True, slots=True)
class Item:
    """A question of a pack. `verify` is Python that computes its key; `pack` is the pack's title."""

    question: Question
    verify: str | None
    pack: str
    file: str
    line: int


@dataclass(slots=True)
class Gathered:
    """What packs hold together. `homes` maps an item's id to the folder of its pack."""

    items: list[Item] = field(default_factory=list)
    topics: dict[str, str] = field(default_factory=dict)
    homes: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def gather(paths: Sequence[Path]) -> Gathered:
    """Read packs in the given order, each once. Never raises: `problems` holds what is wrong, in that order."""
    packs = [load_pack(path) for path in _once(paths)]
    gathered = Gathered()
    late = [problem for pack in packs for problem in _name_topics(pack, gathered.topics, packs)]
    if all(pack.whole for pack in packs):
        late += [problem for pack in packs for problem in _unknown_topics(pack, gathered.topics)]
    seen: dict[str, Entry] = {}
    for pack in packs:
        for entry in pack.entries:
            late += _beside(entry, seen, gathered.topics)
            item = Item(entry.question, entry.verify, pack.title, entry.file, entry.place[0])
            gathered.items.append(item)
            gathered.homes[entry.question.id] = source.folder(pack.path)
    gathered.problems = _in_order([*(problem for pack in packs for problem in pack.problems), *late])
    return gathered


def gather_part(paths: Sequence[Path], beside: Sequence[Path]) -> Gathered:
    """Read packs, and return the items and problems that lie in `paths`.

    The packs `beside` them are read too, since items may use their topics and must not repeat their ids. A path inside
    one of those is that part of it. Never raises.
    """
    chosen = frozenset(map(source.real, paths))
    others = [other for other in beside if source.real(other) not in chosen]
    parts = {path for path in paths if path.exists() and any(source.inside(path, other) for other in others)}
    found = gather([*others, *(path for path in paths if path not in parts)])
    found.items = [item for item in found.items if _within(item.file, chosen)]
    found.problems = [problem for problem in found.problems if _within(problem.file, chosen)]
    return found


def _within(file: str, paths: frozenset[Path]) -> bool:
    path = source.real(file)
    return not paths.isdisjoint((path, *path.parents))


def _once(paths: Sequence[Path]) -> list[Path]:
    chosen: dict[Path, Path] = {}
    for path in paths:
        chosen.setdefault(source.real(path), path)
    return list(chosen.values())


def _in_order(problems: list[Problem]) -> list[Problem]:
    """Return the problems file by file, in the order in which the files first appear, by line within each."""
    ranks: dict[str, int] = {}
    for problem in problems:
        ranks.setdefault(problem.file, len(ranks))
    return sorted(problems, key=lambda problem: (ranks[problem.file], problem.line, problem.column))


def _name_topics(pack: Pack, topics: dict[str, str], packs: Sequence[Pack]) -> Iterator[Problem]:
    """Add a pack's topics to those known; yield those that another pack calls something else."""
    for topic, name in pack.topics.items():
        if topics.setdefault(topic, name) != name:
            first = next(other.topics_at[topic] for other in packs if topic in other.topics_at)
            message = f"the topic {topic} is called {quoted(topics[topic])} in {visible(first[0])}, line {first[1][0]}"
            file, place = pack.topics_at[topic]
            yield Problem(file, *place, None, message, "give yours another id, such as my-topic")


def _unknown_topics(pack: Pack, topics: dict[str, str]) -> Iterator[Problem]:
    for entry in pack.entries:
        topic = entry.question.topic
        if topic and topic not in topics:
            near = difflib.get_close_matches(topic, topics, 1)
            guess = f"did you mean {near[0]}? Otherwise " if near else ""
            remedy = f"{guess}name it under topics: where the pack is described"
            message = f"topic: no pack names a topic {quoted(topic)}"
            yield Problem(entry.file, *entry.topic_at, entry.question.id or None, message, remedy)


def _beside(entry: Entry, seen: dict[str, Entry], topics: dict[str, str]) -> Iterator[Problem]:
    """Yield what is wrong with an item beside those before it, and whether its messages get too large."""
    question = entry.question
    if question.id in seen and question.id:
        first = seen[question.id]
        where = f"{visible(first.file)}, line {first.place[0]}"
        message = f"id: {quoted(question.id)} is given to another item already, in {where}"
        yield Problem(entry.file, *entry.id_at, question.id, message, "give this one another id")
    seen.setdefault(question.id, entry)
    if entry.sound:
        for finding in rule.fits(question, topics):
            yield Problem(entry.file, *entry.place, question.id, finding.message, finding.remedy)

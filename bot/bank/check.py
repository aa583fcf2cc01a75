"""What is in packs and what is wrong with them: for authors, and for whoever runs Stepwise."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.bank.bank import SHIPPED
from bot.bank.gather import Item, gather_part
from bot.bank.problem import Problem
from bot.core.question import Difficulty, Kind


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items there are, in all and by what they are. `verified` ones compute their own key."""

    total: int
    verified: int
    topics: Mapping[str, int]
    difficulties: Mapping[str, int]
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """What checking packs found. `names` are the topics' names, for people."""

    paths: tuple[str, ...]
    problems: tuple[Problem, ...]
    items: Counts
    names: Mapping[str, str]

    @property
    def clean(self) -> bool:
        """Whether the packs can be used."""
        return not self.problems

    def __str__(self) -> str:
        """Give the report to people: each problem in a line, then what the packs hold."""
        lines = [str(problem) for problem in self.problems]
        if self.problems:
            lines += ["", _number(len(self.problems), "problem")]
        found = self.items
        lines.append(f"{_number(found.total, 'item')}, {found.verified:,} with a verify program")
        if found.total:
            named = {f"{topic}  {self.names.get(topic, '')}": count for topic, count in found.topics.items()}
            for counts in (named, found.difficulties, found.kinds):
                lines += ["", *(f"{count:6,}  {name}" for name, count in counts.items())]
        return "\n".join(line.rstrip() for line in lines)

    def json(self) -> str:
        """Return the report for programs."""
        problems = [asdict(problem) for problem in self.problems]
        data = {"clean": self.clean, "paths": self.paths, "problems": problems, "items": asdict(self.items)}
        return json.dumps(data, ensure_ascii=False, indent=2)


def check(paths: Sequence[Path], beside: Sequence[Path] = (SHIPPED,)) -> Report:
    """Read packs, or parts of the packs `beside` them, and report on them. Never raises for anything they hold."""
    found = gather_part(paths, beside)
    return Report(tuple(map(str, paths)), tuple(found.problems), _count(found.items), found.topics)


def _count(items: Sequence[Item]) -> Counts:
    questions = [item.question for item in items]
    topics = Counter(question.topic for question in questions)
    difficulties = Counter(question.difficulty for question in questions)
    kinds = Counter(question.kind for question in questions)
    return Counts(
        total=len(items),
        verified=sum(item.verify is not None for item in items),
        topics=dict(sorted(topics.items())),
        difficulties={difficulty.value: difficulties[difficulty] for difficulty in Difficulty},
        kinds={kind.value: kinds[kind] for kind in Kind},
    )


def _number(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"

"""Which item a guild is asked next: deterministic from the guild's seed and what it was asked before."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.core.question import Difficulty

WINDOW = 7
"""Any so many days in a row hold every difficulty, where the pool has enough of each."""

REVIEWED = 4
"""One item in so many is held back, to come as a review when its topic lies behind."""

REVIEW_LAG = 3
"""How many topics later a held-back item comes."""


@dataclass(frozen=True, slots=True)
class Card:
    """What picking needs to know of an item. Topics sort from beginner to advanced by their ids."""

    id: str
    topic: str
    difficulty: Difficulty


def pick(
    pool: Sequence[Card],
    asked: Sequence[str],
    *,
    seed: str,
    queued: Iterable[str] = (),
    retired: Collection[str] = (),
) -> str | None:
    """Return the id of the next item, or None when nothing may be asked.

    `asked` holds the ids of all items the guild was asked, oldest first. A queued item goes first, whether it was
    asked before or not. After that items come in passes: none comes again before every other one has come in the
    pass; difficulties take turns in proportion to what is left of each; topics advance, and a quarter of each topic's
    items waits to come back as review. Items that were added or restored join the pass that is under way.
    """
    usable = {card.id: card for card in pool if card.id not in retired}
    for item in queued:
        if item in usable:
            return item
    if not usable:
        return None
    passes, done = _progress(asked, usable)
    left = [card for card in usable.values() if card.id not in done]
    # Retired items were asked all the same: each stands for a day of the window, as does one the bank has dropped.
    known = {card.id: card.difficulty for card in pool}
    difficulty = _turn(list(usable.values()), left, [known.get(item) for item in asked])
    ranks = {topic: rank for rank, topic in enumerate(sorted({card.topic for card in usable.values()}))}
    # What came last in one pass shall not come first in the next.
    resting = set(asked[max(0, len(asked) - len(usable) // 2) :])
    return min(
        (card for card in left if card.difficulty is difficulty),
        key=lambda card: (card.id in resting, *_place(card, ranks[card.topic], f"{seed}/{passes}")),
    ).id


def _progress(asked: Sequence[str], usable: Collection[str]) -> tuple[int, set[str]]:
    """Return how many passes are over, by what is usable today, and the items that have come in the present one.

    An item that comes again within a pass was queued. Where items only come again, WINDOW times in a row, a new pass
    had begun without the others: those were added or restored since.
    """
    passes = 0
    done: set[str] = set()
    again: list[str] = []
    for item in asked:
        if item in done:
            again.append(item)
        elif item in usable:
            done.add(item)
            again = []
        if len(done) == len(usable) or len(again) == WINDOW:
            passes += 1
            done = set(again)
            again = []
    return passes, done


def _turn(pool: list[Card], left: list[Card], recent: Sequence[Difficulty | None]) -> Difficulty:
    """Choose whose turn it is among the difficulties that still have items in this pass."""
    remaining, whole = Counter(card.difficulty for card in left), Counter(card.difficulty for card in pool)
    ages = {difficulty: _age(difficulty, recent) for difficulty in Difficulty if remaining[difficulty]}
    oldest = max(ages, key=lambda difficulty: ages[difficulty])
    # A day has one difficulty, so that no two can be overdue together.
    if ages[oldest] >= WINDOW - 1:
        return oldest
    return max(ages, key=lambda difficulty: (remaining[difficulty] / whole[difficulty], ages[difficulty]))


def _age(difficulty: Difficulty, recent: Sequence[Difficulty | None]) -> int:
    """Return how many questions have come since one of this difficulty, counting from the start of time if none has."""
    for age, other in enumerate(reversed(recent)):
        if other is difficulty:
            return age
    return len(recent)


def _place(card: Card, rank: int, seed: str) -> tuple[int, bytes]:
    """Return a sort key: the topic's rank, later for the items held back, then by lot."""
    lot = hashlib.sha256(f"{seed}/{card.id}".encode()).digest()
    held = int.from_bytes(lot[:4]) % REVIEWED == 0
    return rank + (REVIEW_LAG if held else 0), lot[4:]

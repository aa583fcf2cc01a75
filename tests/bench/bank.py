"""How fast the question bank is read, checked and picked from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.bank.bank import SHIPPED, load
from bot.bank.check import check
from bot.core.pick import Card, pick
from bot.core.question import Difficulty
from tests.bench.figure import Figure, ms, seconds

ITEMS = 10_000
FILES = 30


def figures(folder: Path) -> Iterator[Figure]:
    """Measure reading, checking and picking."""
    checked = seconds(lambda: check([SHIPPED]), 3)
    yield Figure("`check` of the shipped bank, without torch", f"{checked:.2f} s", "3 s wanted", f"{checked / 3:.2f}")
    pack = _large_pack(folder)
    loaded = seconds(lambda: load([SHIPPED, pack]), 1)
    yield Figure(f"load of a pack of {ITEMS:,} items", f"{loaded:.2f} s", "5 s wanted", f"{loaded / 5:.2f}")
    cards = [Card(f"i{place:05}", f"T{place % 20 + 1:02}", list(Difficulty)[place % 3]) for place in range(3000)]
    asked = [card.id for card in cards[:1000]]
    yield Figure("pick of an item: 3,000 in the pool, 1,000 asked", ms(seconds(lambda: pick(cards, asked, seed="s"))))


def _large_pack(folder: Path) -> Path:
    """Write a pack of many items, all of them like the shipped ones."""
    source = (SHIPPED / "items" / "t07.yaml").read_text(encoding="utf-8")
    body = source.partition("items:\n")[2].rstrip() + "\n"
    each = body.count("\n  - id: ") + 1
    copies = ITEMS // each
    pack = folder / "large"
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        'format: 1\npack: {title: Large, author: A. Bench, licence: CC0-1.0, version: "1.0.0"}\n', encoding="utf-8"
    )
    for file in range(FILES):
        parts = [re.sub(r"(?m)^  - id: (.+)$", rf"  - id: c{copy}-\1", body) for copy in range(file, copies, FILES)]
        (pack / f"items{file:02}.yaml").write_text("format: 1\nitems:\n" + "\n".join(parts), encoding="utf-8")
    return pack

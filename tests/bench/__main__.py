"""`make bench`: measure, and print the table of docs/benchmarks.md."""

from __future__ import annotations

import asyncio
import os
import platform
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bot.bank.bank import SHIPPED, load
from tests.bench import answers, bank, board, tick
from tests.bench.figure import Figure


async def measure(folder: Path) -> None:
    """Measure everything and print each figure as it comes."""
    shipped = load([SHIPPED])
    print("| what | figure | reference | ratio |\n|---|---|---|---|")
    for figure in bank.figures(folder):
        _print(figure)
    for found in (answers.figures(folder, shipped), board.figures(folder), tick.figures(folder, shipped)):
        async for figure in found:
            _print(figure)


def _print(figure: Figure) -> None:
    print(figure, flush=True)


if __name__ == "__main__":
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}, {versions}\n")
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(measure(Path(name)))

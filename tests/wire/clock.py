"""The file by which a test moves the clock of the bot and of the double: one number, the seconds to add."""

from __future__ import annotations

from pathlib import Path


def offset(path: Path) -> float:
    """Return the seconds to add to the real time; 0 while the file is missing or empty. Read at each call."""
    try:
        return float(path.read_text(encoding="ascii") or 0)
    except FileNotFoundError:
        return 0.0


def move(path: Path, seconds: float) -> None:
    """Set the seconds to add, in one step, so that no reader sees half a number."""
    fresh = path.with_suffix(".new")
    fresh.write_text(str(seconds), encoding="ascii")
    fresh.replace(path)

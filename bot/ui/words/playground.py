"""The words of the playground."""

from __future__ import annotations

from pathlib import Path

PLAYGROUND = "Things that only the playground has"
NEXT_DAY = "Move the clock to the next question"
NOTHING_PLANNED = "The daily question is paused, so no question comes. Run `/quiz resume` as the moderator first."
MOVING = "The clock moves to the next question: today's closes, and the new one appears in a few seconds."
MEMBER_HINT = "Ctrl+C ends it"


def address(url: str) -> str:
    """Return the line that says where the playground is."""
    return f"The playground is open at {url} ({MEMBER_HINT})"


def port_taken(port: int, why: str | None) -> str:
    """Return what to do when the port cannot be used."""
    return f"Port {port} cannot be used ({why}). Set STEPWISE_PLAYGROUND_PORT to another one, or to 0 for any free one."


def no_folder(folder: Path, why: str | None) -> str:
    """Return what to do when the playground cannot keep its database."""
    return f"The playground keeps its database in {folder}, which cannot be used ({why}). Start it in another folder."

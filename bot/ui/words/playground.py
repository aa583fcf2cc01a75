"""The words of the playground."""

from __future__ import annotations

PLAYGROUND = "Things that only the playground has"
NEXT_DAY = "Move the clock to the next question"
MOVING = "The clock moves to the next question: today's closes, and the new one appears in a few seconds."
MEMBER_HINT = "Ctrl+C ends it"


def address(url: str) -> str:
    """Return the line that says where the playground is."""
    return f"The playground is open at {url} ({MEMBER_HINT})"


def port_taken(port: int) -> str:
    """Return what to do when the port is in use."""
    return f"Port {port} is in use. Set STEPWISE_PLAYGROUND_PORT to another one, or to 0 for any free one."

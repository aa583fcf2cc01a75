"""Run a bot against the double: `python -m tests.wire.launch [MODULE]`, where MODULE is `bot.cli` unless given.

Reads from the environment, before the module is imported:

- `TEST_DISCORD_URL`: the double's base address; discord.py's interface and gateway are turned to it.
- `TEST_CLOCK_FILE`: a file with a number of seconds. `discord.utils.utcnow` then returns the real time plus that
  number, and the file is read again at each call: a test moves the bot's clock by writing to it (see
  `tests.wire.clock.move`). The bot has to ask discord.py for the time; `datetime.now` is not moved.
- `TEST_ATTACHED`: when set, the bot is ended as soon as whoever started it closes its input or ends.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord
import yarl
from discord.gateway import DiscordWebSocket

from tests.wire.clock import offset


def redirect(base: str) -> None:
    """Turn discord.py to the double."""
    discord.http.Route.BASE = base + "/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(base.replace("http", "ws", 1) + "/ws")


def shift(path: Path) -> None:
    """Let discord.py's clock, which is the bot's, run by the file."""

    def utcnow() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=offset(path))

    discord.utils.utcnow = utcnow


def leave_with_parent() -> None:
    """End this process at once when its input ends."""
    while os.read(0, 1024):
        pass
    os._exit(70)


def main() -> int:
    """Prepare, then run the module's `main`."""
    redirect(os.environ["TEST_DISCORD_URL"])
    if clock_file := os.environ.get("TEST_CLOCK_FILE"):
        shift(Path(clock_file))
    if os.environ.get("TEST_ATTACHED"):
        threading.Thread(target=leave_with_parent, daemon=True).start()
    module = importlib.import_module(sys.argv[1] if len(sys.argv) > 1 else "bot.cli")
    return int(module.main(["run"]))


if __name__ == "__main__":
    sys.exit(main())

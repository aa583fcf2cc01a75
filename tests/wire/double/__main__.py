"""Run the double: `python -m tests.wire.double --port 0` prints one line of JSON once it listens."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from tests.wire.double.server import Server
from tests.wire.double.snowflake import Clock


async def serve(port: int, clock_file: Path | None, *, attached: bool) -> None:
    """Listen until SIGTERM or SIGINT, or, when attached, until whoever started it closes its input or ends."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    if attached:
        loop.add_reader(sys.stdin, ended.set)
    server = Server(Clock(clock_file))
    sys.stdout.write(json.dumps(await server.start(port)) + "\n")
    sys.stdout.flush()
    await ended.wait()
    await server.stop()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="tests.wire.double", description="A double of Discord on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=0, help="0 for any that is free")
    parser.add_argument("--clock-file", type=Path, help="holds the seconds to add to the real time, read at each use")
    parser.add_argument("--attached", action="store_true", help="end when standard input is closed")
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.port, arguments.clock_file, attached=arguments.attached))


if __name__ == "__main__":
    main()

"""The double and the bot under test, each in a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp

from tests.wire.client import Client
from tests.wire.setup import GuildSpec

ROOT = Path(__file__).parents[2]
STEP = 0.02
STOP_WITHIN = 5.0


class Double:
    """The double while it runs: `async with Double([GuildSpec()]) as double:` then `double.client`.

    With `clock_file` its ids, and with them the times of messages and interactions, follow the same clock as the bot's.
    """

    def __init__(self, guilds: list[GuildSpec] | None = None, *, clock_file: Path | None = None, port: int = 0) -> None:
        self._guilds = guilds or []
        self._clock_file = clock_file
        self._port = port
        self._process: asyncio.subprocess.Process | None = None
        self.base = ""
        self.token = ""
        self.client: Client

    async def __aenter__(self) -> Self:
        arguments = ["--port", str(self._port), "--attached"]
        if self._clock_file is not None:
            arguments += ["--clock-file", str(self._clock_file)]
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.wire.double", *arguments), stdin=pipe, stdout=pipe, cwd=ROOT
        )
        assert self._process.stdout is not None
        try:
            line = await asyncio.wait_for(self._process.stdout.readline(), 20)
            addresses = json.loads(line)
        except BaseException:
            await self._stop()
            raise
        self.base, self.token = addresses["base"], addresses["token"]
        self.client = Client(self.base)
        for guild in self._guilds:
            await self.client.guild(guild)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.client.close()
        await self._stop()

    def session(self) -> aiohttp.ClientSession:
        """A connection to the interface with the bot's token, to try the double without a bot."""
        return aiohttp.ClientSession(self.base, headers={"Authorization": f"Bot {self.token}"})

    async def _stop(self) -> None:
        process = self._process
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), STOP_WITHIN)
        except TimeoutError:
            process.kill()
            await process.wait()


class BotProcess:
    """The bot under test. It may be started, killed and started again; its log goes on in one file.

    `module` is what `python -m tests.wire.launch` runs: it needs `main(arguments) -> int`.
    """

    def __init__(
        self,
        double: Double,
        log: Path,
        *,
        database_url: str = "sqlite+aiosqlite:///:memory:",
        clock_file: Path | None = None,
        module: str = "bot.cli",
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._double = double
        self._identified = 0
        self._log = log
        self._module = module
        self._process: asyncio.subprocess.Process | None = None
        self._from = 0
        self._env = {
            **os.environ,
            "PYTHONUNBUFFERED": "1",
            "DISCORD_TOKEN": double.token,
            "STEPWISE_DATABASE_URL": database_url,
            "TEST_DISCORD_URL": double.base,
            "TEST_ATTACHED": "1",
            **({} if clock_file is None else {"TEST_CLOCK_FILE": str(clock_file)}),
            **(env or {}),
        }

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.kill()

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        """The id of the process."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Start it; what it does then is for the test to wait for."""
        assert not self.running, "it runs already"
        self._identified = len((await self._double.client.state()).identifies)
        with self._log.open("ab") as log:
            self._from = log.tell()
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.wire.launch", self._module),
                stdin=asyncio.subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env=self._env,
                start_new_session=True,
            )

    async def up(self, within: float = 20.0) -> None:
        """Wait until it has logged in since it was last started; fail at once, with its log, when it ends before."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within
        while True:
            state = await self._double.client.state()
            if len(state.identifies) > self._identified and state.sessions:
                return
            if loop.time() > end or not self.running:
                error = f"it has not logged in within {within} s:\n{self.output()[-4000:]}"
                raise TimeoutError(error)
            await asyncio.sleep(STEP)

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the bot's own process."""
        assert self._process is not None
        assert self.running, f"it has ended with {self._process.returncode}:\n{self.output()}"
        self._process.send_signal(number)

    async def kill(self) -> None:
        """End it with SIGKILL, and whatever processes it started; nothing happens when it has ended.

        `send(signal.SIGKILL)` ends the bot's own process alone.
        """
        if self._process is None or not self.running:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)  # a group of our own: it was started in a new session
        await self._ended(STOP_WITHIN)

    async def terminate(self, within: float = 15.0) -> int:
        """Ask it to end with SIGTERM, and return its exit code."""
        self.send(signal.SIGTERM)
        return await self.exited(within)

    async def restart(self) -> None:
        """Kill it and start it again."""
        await self.kill()
        await self.start()

    async def exited(self, within: float = 15.0) -> int:
        """Wait until it ends by itself, and return its exit code."""
        try:
            return await self._ended(within)
        except TimeoutError:
            error = f"it has not ended within {within} s:\n{self.output()[-4000:]}"
            raise TimeoutError(error) from None

    async def _ended(self, within: float) -> int:
        assert self._process is not None
        code = await asyncio.wait_for(self._process.wait(), within)
        if self._process.stdin is not None:
            self._process.stdin.close()
        return code

    def output(self, *, everything: bool = False) -> str:
        """What it has written since it was last started, or ever."""
        if not self._log.exists():
            return ""
        return self._log.read_bytes()[0 if everything else self._from :].decode(errors="replace")

    async def logged(self, text: str, within: float = 15.0) -> str:
        """Wait for a line that holds the text, since it was last started, and return it."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within
        while True:
            found = [line for line in self.output().splitlines() if text in line]
            if found:
                return found[0]
            if loop.time() > end or not self.running:
                error = f"no {text!r} in the log within {within} s:\n{self.output()[-4000:]}"
                raise TimeoutError(error)
            await asyncio.sleep(STEP)

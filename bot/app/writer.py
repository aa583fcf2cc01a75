"""One writer per process: whatever waits goes into one transaction, and each click is answered after its commit."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass

from bot.app.answer import settle
from bot.app.click import Click, Outcome
from bot.app.context import Context
from bot.core.errors import DatabaseBusyError
from db.errors import BusyError, ClashError, UncertainError

log = logging.getLogger(__name__)

LARGEST_BATCH = 500
ATTEMPTS = 5
"""How often a batch is tried that others were faster than, or whose commit may or may not have happened."""


@dataclass(slots=True)
class _Waiting:
    click: Click
    outcome: asyncio.Future[Outcome]


class Writer:
    """Takes clicks and settles them in batches: while one batch is written, the next gathers."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._waiting: deque[_Waiting] = deque()
        self._work: asyncio.Task[None] | None = None

    async def submit(self, click: Click) -> Outcome:
        """Settle one click and return what came of it, once that is stored for good.

        Raises DatabaseBusyError when it could not be stored; nothing was then.
        """
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(click, outcome))
        if self._work is None:
            self._work = asyncio.create_task(self._drain(), name="stepwise-writer")
        return await outcome

    async def finish(self) -> None:
        """Return once everything that waits has been settled."""
        while self._work is not None:
            await asyncio.wait([self._work])

    async def _drain(self) -> None:
        try:
            while self._waiting:
                size = min(len(self._waiting), LARGEST_BATCH)
                await self._settle([self._waiting.popleft() for _ in range(size)])
        finally:
            self._work = None

    async def _settle(self, batch: list[_Waiting]) -> None:
        """Settle a batch; when something unforeseen is wrong with it, one by one, so that only its cause suffers."""
        try:
            outcomes = await self._write([waiting.click for waiting in batch])
        except BusyError as error:
            log.warning("%s clicks were not stored: %s", len(batch), error)
            _fail(batch, DatabaseBusyError())
        except Exception as error:
            if len(batch) == 1:
                _fail(batch, error)
                return
            log.exception("a batch of %s clicks failed and is taken apart", len(batch))
            for waiting in batch:
                await self._settle([waiting])
        else:
            for waiting, outcome in zip(batch, outcomes, strict=True):
                if not waiting.outcome.done():
                    waiting.outcome.set_result(outcome)

    async def _write(self, clicks: list[Click]) -> list[Outcome]:
        attempt = 1
        while True:
            try:
                async with self._context.store.begin() as transaction:
                    return await settle(transaction, clicks, self._context.clock())
            except (ClashError, UncertainError):
                # Either nothing was stored, or all of it: then the next attempt finds the answers it wrote.
                if attempt == ATTEMPTS:
                    raise
                attempt += 1


def _fail(batch: list[_Waiting], error: Exception) -> None:
    for waiting in batch:
        if not waiting.outcome.done():
            waiting.outcome.set_exception(error)

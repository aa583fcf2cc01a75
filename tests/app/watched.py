"""A real store that is watched: its commits are counted, held up, and made to fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from bot.app.writer import Writer
from db.store import Store, Transaction
from tests.app.world import World, build


class Watched(Store):
    """Stands before another store. `before` and `after` hold errors to raise around the commits to come, one each."""

    def __init__(self, inner: Store) -> None:
        self._inner = inner
        self.commits = 0
        self.tries = 0
        self.before: list[Exception] = []
        self.after: list[Exception] = []
        self.gate: asyncio.Event | None = None
        """Where set, transactions wait for it just before their commit."""
        self.reached = asyncio.Event()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        self.tries += 1
        async with self._inner.begin() as transaction:
            yield transaction
            self.reached.set()
            if self.gate is not None:
                await self.gate.wait()
            if self.before:
                raise self.before.pop(0)
        self.commits += 1
        if self.after:
            raise self.after.pop(0)

    async def close(self) -> None:
        await self._inner.close()


def watch(world: World) -> tuple[Watched, Writer]:
    """Return a watched view of a world's store, and a writer that goes through it."""
    watched, seen = through(world)
    return watched, seen.writer


def through(world: World) -> tuple[Watched, World]:
    """Return a watched view of a world's store, and the world as it is through that."""
    watched = Watched(world.store)
    return watched, build(replace(world.context, store=watched), world.clock, world.messenger)

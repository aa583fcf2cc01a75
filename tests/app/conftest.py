"""A world for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.app.world import World, in_folder, world_at


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A store in a new file; the clock stands at START, and no guild is set up yet."""
    async with world_at(in_folder(tmp_path)) as opened:
        yield opened

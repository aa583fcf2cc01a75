"""Every test that asks for a store runs on both engines."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db.engine import open_store
from db.store import Store
from tests.core.strategies import NOON
from tests.stores import KINDS, Kind, temporary_url


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    chosen: Kind = request.param
    return chosen


@pytest.fixture
async def url(kind: Kind, tmp_path: Path) -> AsyncIterator[str]:
    async with temporary_url(kind, tmp_path) as made:
        yield made


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url, clock=lambda: NOON)
    yield opened
    await opened.close()

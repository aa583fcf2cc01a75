"""Running against Discord: what is said when that cannot be, and an orderly end. The double stands for Discord."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import discord
import pytest
import pytest_asyncio
import yarl
from discord.gateway import DiscordWebSocket

from bot.bank.problem import PackError
from bot.run import BAD_INTENTS, BAD_LOGIN, NO_LOGIN, RunError, open_context, read_bank, run
from bot.settings import Settings
from db.doctor import examine
from db.errors import SecondInstanceError
from tests.wire.process import Double

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest_asyncio.fixture
async def double(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Double]:
    """A Discord of our own, to which discord.py is turned."""
    async with Double() as running:
        monkeypatch.setattr(discord.http.Route, "BASE", f"{running.base}/api/v10")
        address = yarl.URL(running.base.replace("http", "ws", 1) + "/ws")
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", address)
        yield running


def _settings(folder: Path, token: str | None) -> Settings:
    return Settings(token=token, database_url=f"sqlite:///{folder / 'stepwise.db'}")


async def test_without_a_token_it_says_where_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(RunError) as caught:
        await run(_settings(tmp_path, None))
    assert str(caught.value) == NO_LOGIN
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - nobody waits


async def test_a_second_instance_on_one_file_ends_with_a_clear_line(tmp_path: Path) -> None:
    settings = _settings(tmp_path, "a token")
    async with open_context(settings, lambda: NOW):
        with pytest.raises(SecondInstanceError, match="only one may"):
            await run(settings)
    async with open_context(settings, lambda: NOW) as context:
        assert context.clock() == NOW


async def test_a_pack_that_cannot_be_used_is_named_before_anything_else(tmp_path: Path) -> None:
    settings = replace(_settings(tmp_path, "a token"), content=(tmp_path / "none",))
    with pytest.raises(PackError):
        await run(settings)
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - nobody waits


def test_the_shipped_questions_are_always_there() -> None:
    assert len(read_bank(Settings()).cards()) > 0


async def test_a_token_that_discord_refuses_ends_with_what_to_do(double: Double, tmp_path: Path) -> None:
    with pytest.raises(RunError) as caught:
        await run(_settings(tmp_path, "wrong"))
    assert str(caught.value) == BAD_LOGIN
    assert (await double.client.state()).sessions == []
    assert await examine(_settings(tmp_path, None).database_url) == []


async def test_a_discord_out_of_reach_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:1/api/v10")
    with pytest.raises(RunError, match="Discord cannot be reached"):
        await run(_settings(tmp_path, "a token"))


@pytest.mark.parametrize(
    ("code", "line"),
    [(4004, BAD_LOGIN), (4014, BAD_INTENTS), (4013, "Discord closed the connection for good (code 4013).")],
)
async def test_a_connection_that_is_closed_for_good_ends_with_a_clear_line(
    double: Double, tmp_path: Path, code: int, line: str
) -> None:
    running = asyncio.create_task(run(_settings(tmp_path, double.token)))
    await double.client.connected()
    await double.client.mischief.close(code)
    with pytest.raises(RunError) as caught:
        await asyncio.wait_for(running, 20)
    assert str(caught.value) == line


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_in_order(double: Double, tmp_path: Path, number: signal.Signals) -> None:
    settings = _settings(tmp_path, double.token)
    running = asyncio.create_task(run(settings))
    await double.client.connected()
    os.kill(os.getpid(), number)
    await asyncio.wait_for(running, 20)
    assert await examine(settings.database_url) == []
    async with open_context(settings, lambda: NOW):
        pass

"""`python -m bot run` as a host meets it: what it says when it starts, cannot start, or is stopped."""

from __future__ import annotations

from pathlib import Path

from tests.wire.process import BotProcess, Double
from tests.wire.setup import MODERATOR, QUIZ, GuildSpec


async def test_a_token_that_discord_does_not_accept_ends_it_with_what_to_do(tmp_path: Path) -> None:
    wrong = {"DISCORD_TOKEN": "canary-of-a-wrong-token"}
    async with Double([GuildSpec()]) as double, BotProcess(double, tmp_path / "log", env=wrong) as bot:
        assert await bot.exited(30) == 1
        assert "Discord does not accept the token. Make a new one" in bot.output()
        assert "Traceback" not in bot.output()
        assert "canary" not in bot.output()


async def test_a_token_revoked_while_it_runs_ends_it_without_a_hot_loop(tmp_path: Path) -> None:
    async with Double([GuildSpec()]) as double, BotProcess(double, tmp_path / "log") as bot:
        await bot.up()
        await double.client.mischief.revoke_token()
        assert await bot.exited(30) == 1
        assert "Discord does not accept the token" in bot.output()
        assert (await double.client.state()).invalid <= 3


async def test_without_a_token_it_says_where_to_get_one(tmp_path: Path) -> None:
    async with Double([]) as double, BotProcess(double, tmp_path / "log", env={"DISCORD_TOKEN": ""}) as bot:
        assert await bot.exited(30) == 2
        assert "set DISCORD_TOKEN" in bot.output()
        assert "docs/hosting.md" in bot.output()


async def test_while_it_is_in_no_server_it_prints_its_invite_link(tmp_path: Path) -> None:
    async with Double([]) as double, BotProcess(double, tmp_path / "log") as bot:
        await bot.up()
        await bot.logged("invite it: https://discord.com/oauth2/authorize?client_id=")
        assert "permissions=117760" in bot.output()


async def test_a_second_process_on_one_file_ends_with_one_clear_line(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'stepwise.db'}"
    async with (
        Double([GuildSpec()]) as double,
        BotProcess(double, tmp_path / "first", database_url=database) as first,
    ):
        await first.up()
        async with BotProcess(double, tmp_path / "second", database_url=database) as second:
            assert await second.exited(30) == 1
            assert second.output().strip().splitlines()[-1].startswith("Another process uses ")
            assert "Traceback" not in second.output()
        assert (await double.client.ran("quiz status", MODERATOR, QUIZ)).private


async def test_asked_to_stop_it_ends_within_ten_seconds(tmp_path: Path) -> None:
    async with Double([GuildSpec()]) as double, BotProcess(double, tmp_path / "log") as bot:
        await bot.up()
        assert await bot.terminate(within=10) == 0
        assert "stopping" in bot.output()
        assert "Traceback" not in bot.output()

"""Starts, and what the bot finds then: servers that it left or came back to unseen, and commands Discord refuses."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from simcord.backend.serializers import guild_create_payload

from bot.app import presence
from tests.ui.trouble import posts, tables, visible
from tests.ui.world import World, build, on, said


async def test_a_server_that_removed_the_bot_while_it_was_down_is_not_posted_to(world: World) -> None:
    other = build(world.env, world.store, "Elsewhere")
    await world.set_up()
    await other.set_up()
    backend = world.env.backend
    kept = backend.guilds.pop(world.guild.id)
    await world.restart()
    await world.jump(on(0))
    assert posts(world) == []
    assert len(visible(other)) == 1
    backend.guilds[world.guild.id] = kept
    await world.restart()
    await world.tick(2)
    assert len(posts(world)) == 1


async def test_a_server_that_removed_the_bot_is_kept_for_thirty_days_and_erased_then(
    world: World, tmp_path: Path
) -> None:
    await world.answer(world.ada, await world.first_question())
    world.env.backend.remove_guild(world.guild.id)
    await world.env.settle()
    removed = world.env.now()
    await world.jump(removed + timedelta(days=29, hours=23))
    assert len(tables(tmp_path)["answer"]) == 1
    await world.jump(removed + timedelta(days=30, hours=1))
    left = {name for name, rows in tables(tmp_path).items() if str(world.guild.id) in repr(rows)}
    assert left == {"erasure"}
    assert str(world.ada.id) not in repr(tables(tmp_path))


async def test_a_server_of_another_process_is_left_to_it(world: World) -> None:
    await world.set_up()
    with world.env.time_context():
        await presence.reconcile(world.client.context, set(), lambda _: False)
    assert (await world.settings()).left_at is None


async def test_a_server_that_was_never_set_up_costs_nothing(world: World) -> None:
    payload = dict(guild_create_payload(world.env.backend, world.env.backend.get_guild(world.guild.id)))
    payload.pop("unavailable", None)
    world.env.backend.emit("GUILD_CREATE", payload)
    await world.restart()
    assert "is not set up here yet" in said(await world.ada.slash(world.channel, "today"))


async def test_the_invitation_is_logged_while_the_bot_is_in_no_server(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.backend.guilds.clear()
    caplog.clear()
    await world.restart()
    assert "permissions=117760" in caplog.text


async def test_commands_that_discord_refuses_stop_neither_the_start_nor_todays_question(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.set_up()
    async with world.store.begin() as transaction:
        await transaction.notes.set("commands", "an older version's")
    world.env.inject_error("PUT", "/applications/*/commands", status=429, code=30034)
    await world.restart()
    assert any(record.levelno == logging.ERROR for record in caplog.records)
    await world.jump(on(0))
    assert len(visible(world)) == 1
    await world.restart()

    def told() -> int:
        return sum(one.method == "PUT" and one.path.endswith("/commands") for one in world.env.http_requests)

    assert told() == 3
    await world.restart()
    assert told() == 3

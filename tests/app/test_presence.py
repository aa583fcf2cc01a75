"""Guilds that the bot was removed from: kept for a while, noticed after a restart, and erased in the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app.presence import GRACE, leave, reconcile, rejoin
from bot.app.privacy import export
from bot.core.errors import NotSetUpError
from tests.app.world import ADA, GUILD, OTHER, World


def _ours(_: int) -> bool:
    return True


async def test_a_removal_while_the_bot_was_offline_is_noticed(world: World) -> None:
    await world.set_up(GUILD)
    kept = await world.set_up(OTHER)
    await reconcile(world.context, {OTHER}, _ours)
    with pytest.raises(NotSetUpError):
        await world.guild(GUILD)
    assert await world.guild(OTHER) == kept


async def test_a_guild_of_another_process_is_not_taken_for_gone(world: World) -> None:
    before = await world.set_up(GUILD)
    await reconcile(world.context, (), lambda _: False)
    assert await world.guild(GUILD) == before


async def test_a_return_while_the_bot_was_offline_is_noticed(world: World) -> None:
    before = await world.set_up(GUILD)
    await world.set_up(OTHER)
    await leave(world.context, GUILD)
    await leave(world.context, OTHER)
    world.clock.forward(hours=1)
    await reconcile(world.context, {GUILD}, _ours)
    assert await world.guild(GUILD) == before
    with pytest.raises(NotSetUpError):
        await world.guild(OTHER)


async def test_a_guild_that_comes_back_within_the_grace_has_all_its_scores(world: World) -> None:
    marked = await world.answered(await world.first_round())
    await leave(world.context, GUILD)
    await world.go(world.clock.now + GRACE - timedelta(seconds=1))
    await rejoin(world.context, GUILD)
    await world.go(world.clock.now + timedelta(days=2))
    assert await world.points() == marked.answer.points


async def test_a_guild_that_does_not_come_back_is_erased_and_no_other_is(world: World) -> None:
    await world.set_up(OTHER)
    await world.answered(await world.first_round())
    marked = await world.answered(await world.open_round(OTHER))
    await leave(world.context, GUILD)
    world.clock.forward(seconds=1)
    await world.go(world.clock.now + GRACE)
    assert await world.rounds(GUILD) == []
    data = await export(world.context, GUILD, ADA)
    assert not any(value for name, value in data.items() if name not in {"guild_id", "user_id"})
    await rejoin(world.context, GUILD)
    with pytest.raises(NotSetUpError):
        await world.guild(GUILD)
    assert await world.points(guild_id=OTHER) == marked.answer.points

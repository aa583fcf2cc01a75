"""Two guilds in one database: nothing done in one changes or shows anything of the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings

from bot.app.board import board
from bot.app.click import Declined, Refusal, Verb
from bot.app.close import close
from bot.app.item import preview, queue, restore, retire
from bot.app.privacy import erase, export, hide
from bot.app.stats import stats
from bot.app.status import audit, status
from bot.app.today import today
from bot.app.void import void
from bot.core.errors import ItemStateError, NoOpenRoundError, NoRoundError
from bot.core.guild import Guild
from bot.core.period import Period
from tests.app.play import FULL, USERS, Account, Step, live, lives
from tests.app.world import ADA, GUILD, MODERATOR, OTHER, World, bank, clicking, in_folder, world_at

few = settings(max_examples=2, suppress_health_check=list(HealthCheck))
ITEMS = [card.id for card in bank().cards()]


async def _seen(world: World, guild_id: int) -> dict[str, Any]:
    """Return everything that anybody in a guild is ever shown, without the numbers that the database gives out."""
    found = await status(world.context, guild_id)
    acts, _ = await audit(world.context, guild_id)
    now = await today(world.context, guild_id, ADA)
    return {
        "status": replace(found, round=found.round and replace(found.round, id=0, message_id=0, nonce="")),
        "acts": [(act.guild_id, act.action, act.detail) for act in acts],
        "today": (now.round and now.round.number, now.answer and now.answer.option_id, now.answers, now.freezes),
        "boards": [await board(world.context, guild_id, ADA, period) for period in Period],
        "stats": [await stats(world.context, guild_id, ADA, user) for user in USERS],
        "data": {name: len(value) for name, value in (await export(world.context, guild_id, ADA)).items()},
        "preview": await preview(world.context, guild_id, None),
    }


@asynccontextmanager
async def _with_guilds(*guild_ids: int) -> AsyncIterator[World]:
    with TemporaryDirectory() as folder:
        async with world_at(in_folder(Path(folder))) as world:
            for guild_id in guild_ids:
                await _alike(world, await world.set_up(guild_id))
            await world.next_round()
            yield world


async def _alike(world: World, guild: Guild) -> None:
    """Give a guild the same order of items in every run."""
    async with world.store.begin() as transaction:
        await transaction.guilds.save(replace(guild, seed="the same"))


@few
@given(life=lives)
@example(life=FULL)
def test_a_life_in_one_guild_leaves_all_that_is_kept_of_the_other_as_it_was(life: list[Step]) -> None:
    asyncio.run(_check_untouched([step for step in life if step.name not in {"day", "outage"}]))


async def _check_untouched(life: list[Step]) -> None:
    async with _with_guilds(GUILD, OTHER) as world:
        await live(world, [Step("answer", user) for user in USERS[:3]], OTHER)
        await world.tick()
        before = await world.everything(OTHER), await _seen(world, OTHER)
        start = world.clock.now
        await live(world, life)
        assert (world.clock.now - start).days == 0
        world.clock.now = start
        assert (await world.everything(OTHER), await _seen(world, OTHER)) == before


@few
@given(life=lives, other=lives)
@example(life=FULL, other=FULL[::-1])
def test_what_a_guild_is_shown_is_the_same_with_another_one_beside_it_and_without(
    life: list[Step], other: list[Step]
) -> None:
    asyncio.run(_check_unseen(life, other))


async def _check_unseen(life: list[Step], other: list[Step]) -> None:
    async with _with_guilds(GUILD) as world:
        await live(world, life)
        alone = await _seen(world, GUILD)
    async with _with_guilds(GUILD, OTHER) as world:
        beside = [step for step in other if step.name not in {"day", "outage", "erase"}]
        accounts = Account(), Account()
        for place, step in enumerate(life):
            await live(world, beside[place : place + 1], OTHER, accounts[0])
            await live(world, [step], GUILD, accounts[1])
        assert await _seen(world, GUILD) == alone


async def test_the_ids_of_another_guilds_rounds_are_worth_nothing(world: World) -> None:
    await world.set_up(OTHER)
    own = await world.first_round()
    foreign = await world.open_round(OTHER)
    before = await world.everything(OTHER)
    with pytest.raises(NoOpenRoundError):
        await close(world.context, GUILD, MODERATOR, foreign.id)
    with pytest.raises(NoRoundError):
        await void(world.context, GUILD, MODERATOR, "no reason", foreign.id)
    for verb in Verb:
        for message_id in (None, foreign.message_id, own.message_id):
            click = clicking(foreign, ADA, verb, guild_id=GUILD, message_id=message_id)
            assert await world.writer.submit(click) == Declined(Refusal.UNKNOWN)
    assert await world.everything(OTHER) == before


async def test_queue_retirement_hiding_and_erasure_are_each_guilds_own(world: World) -> None:
    await world.set_up(OTHER)
    round_ = await world.first_round()
    await world.answered(await world.open_round(OTHER))
    await world.answered(round_)
    before = await world.everything(OTHER), await board(world.context, OTHER, ADA, Period.ALL)
    await queue(world.context, GUILD, MODERATOR, ITEMS[0])
    await retire(world.context, GUILD, MODERATOR, ITEMS[1])
    await hide(world.context, GUILD, ADA, hidden=True)
    await erase(world.context, GUILD, ADA)
    assert (await world.everything(OTHER), await board(world.context, OTHER, ADA, Period.ALL)) == before
    with pytest.raises(ItemStateError):
        await restore(world.context, OTHER, MODERATOR, ITEMS[1])

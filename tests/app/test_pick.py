"""What is asked: queued items first, retired ones never, and nothing where nothing is left."""

from __future__ import annotations

from datetime import timedelta

from bot.app import ask, item
from bot.app.messenger import FailureReason
from bot.core.question import Difficulty
from tests.app.fake import refusing
from tests.app.world import GUILD, MODERATOR, OTHER, World, bank


async def test_queued_items_are_asked_first_and_in_their_order(world: World) -> None:
    await world.set_up()
    wanted = [card.id for card in bank().cards()][-3:][::-1]
    for one in wanted:
        await item.queue(world.context, GUILD, MODERATOR, one)
    asked = [(await world.next_round()).question.id for _ in range(4)]
    assert asked[:3] == wanted
    assert asked[3] not in wanted


async def test_an_item_asked_by_queue_leaves_the_queue(world: World) -> None:
    await world.set_up()
    await item.queue(world.context, GUILD, MODERATOR, "t01-one-update")
    await world.next_round()
    async with world.store.begin() as transaction:
        assert await transaction.guilds.queued(GUILD) == ()


async def test_a_retired_item_is_never_asked(world: World) -> None:
    await world.set_up()
    kept = [card.id for card in bank().cards()][:4]
    async with world.store.begin() as transaction:
        for card in bank().cards():
            if card.id not in kept:
                await transaction.guilds.retire(GUILD, card.id)
    asked = [(await world.next_round()).question.id for _ in range(8)]
    assert sorted(asked[:4]) == sorted(kept)
    assert set(asked) == set(kept)


async def test_a_week_holds_every_difficulty(world: World) -> None:
    await world.set_up()
    asked = {(await world.next_round()).question.difficulty for _ in range(7)}
    assert asked == set(Difficulty)


async def test_each_guild_has_its_own_order(world: World) -> None:
    await world.set_up()
    await world.set_up(OTHER)
    days = []
    for _ in range(6):
        round_ = await world.next_round()
        days.append((round_.question.id, (await world.open_round(OTHER)).question.id))
    assert any(one != other for one, other in days)


async def test_with_nothing_left_to_ask_the_moderator_is_told_and_the_days_go_on(world: World) -> None:
    await world.set_up()
    async with world.store.begin() as transaction:
        for card in bank().cards():
            await transaction.guilds.retire(GUILD, card.id)
    await world.go(world.clock.now + timedelta(hours=1))
    assert world.messenger.told == [(GUILD, FailureReason.NOTHING_TO_ASK)]
    guild = await world.guild()
    assert (guild.failures, guild.failure) == (1, FailureReason.NOTHING_TO_ASK)
    assert guild.next_due == world.clock.now + timedelta(days=1)
    await item.restore(world.context, GUILD, MODERATOR, "t01-one-update")
    assert (await world.next_round()).question.id == "t01-one-update"
    assert (await world.guild()).failures == 0


async def test_a_queued_item_waits_while_its_round_cannot_be_delivered(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.UNREACHABLE)
    await world.set_up()
    await item.queue(world.context, GUILD, MODERATOR, "t01-one-update")
    await world.go(world.clock.now + timedelta(hours=1))
    world.messenger.post_fault = refusing(FailureReason.UNREACHABLE, only=OTHER)
    await world.go(world.clock.now + timedelta(hours=1))
    assert (await world.open_round()).question.id == "t01-one-update"


async def test_nothing_is_claimed_for_a_guild_that_was_never_set_up(world: World) -> None:
    assert await ask.claim(world.context, GUILD) is None


async def test_options_are_shuffled_once_and_the_snapshot_keeps_their_order(world: World) -> None:
    await world.set_up()
    orders = []
    for _ in range(5):
        round_ = await world.next_round()
        shipped = bank().get(round_.question.id).question
        assert sorted(option.id for option in round_.question.options) == sorted(one.id for one in shipped.options)
        orders.append(round_.question.options == shipped.options)
        assert (await world.rounds())[-1].question == round_.question
    assert not all(orders)

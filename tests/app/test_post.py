"""Posting by hand: before the time, on a day off, after a skip or a failure, and never twice a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.app.item import queue
from bot.app.messenger import FailureReason
from bot.app.post import post
from bot.app.setup import pause, skip
from bot.app.void import void
from bot.core.errors import AlreadyPostedError, NothingToAskError, NotSetUpError
from bot.core.round import Round, State
from tests.app.fake import killing, refusing
from tests.app.world import GUILD, MODERATOR, NINE, OTHER, START, World, bank

DUE = START + timedelta(hours=1)


def _nothing(_: int) -> None:
    """Be a fault: nothing goes wrong."""


async def _post(world: World, guild_id: int = GUILD) -> Round | FailureReason:
    return await post(world.context, world.messenger, guild_id, MODERATOR)


async def test_posting_before_the_time_takes_the_place_of_todays_question(world: World) -> None:
    await world.set_up()
    round_ = await _post(world)
    assert isinstance(round_, Round)
    assert (round_.state, round_.opened_at, round_.local_date) == (State.OPEN, START, date(2026, 11, 23))
    await world.go(DUE)
    assert len(world.messenger.messages) == 1
    assert (await world.guild()).next_due == DUE + timedelta(days=1)


async def test_posting_is_noted_in_the_audit(world: World) -> None:
    await world.set_up()
    await _post(world)
    act = (await world.acts())[0]
    assert (act.action, act.by, act.at, act.detail) == ("post", MODERATOR, START, {"number": 1})


async def test_posting_works_on_a_day_off(world: World) -> None:
    await world.set_up(schedule=replace(NINE, days=frozenset({3})))
    assert isinstance(await _post(world), Round)
    assert (await world.guild()).next_due == DUE + timedelta(days=3)


async def test_posting_works_on_a_day_that_was_skipped(world: World) -> None:
    await world.set_up()
    await skip(world.context, GUILD, MODERATOR)
    await skip(world.context, GUILD, MODERATOR)
    assert isinstance(await _post(world), Round)
    assert (await world.guild()).next_due == DUE + timedelta(days=2), "the second skip still counts"


async def test_posting_works_during_a_pause_and_leaves_it_be(world: World) -> None:
    await world.set_up()
    await pause(world.context, GUILD, MODERATOR, None)
    assert isinstance(await _post(world), Round)
    guild = await world.guild()
    assert (guild.paused, guild.next_due) == (True, None)


async def test_there_is_one_question_a_day(world: World) -> None:
    await world.first_round()
    before = await world.everything()
    with pytest.raises(AlreadyPostedError):
        await _post(world)
    assert await world.everything() == before
    assert len(world.messenger.messages) == 1


async def test_a_question_taken_back_is_not_followed_by_another_that_day(world: World) -> None:
    round_ = await world.first_round()
    await void(world.context, GUILD, MODERATOR, "Two right options.", round_.id)
    with pytest.raises(AlreadyPostedError):
        await _post(world)


async def test_a_queued_item_survives_a_post_that_was_refused(world: World) -> None:
    await world.first_round()
    await queue(world.context, GUILD, MODERATOR, "t01-one-update")
    with pytest.raises(AlreadyPostedError):
        await _post(world)
    assert (await world.next_round()).question.id == "t01-one-update"


async def test_a_failed_post_says_why_and_goes_on_being_tried(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    await world.set_up()
    assert await _post(world) is FailureReason.NO_PERMISSION
    world.messenger.post_fault = _nothing
    await world.go(START + timedelta(minutes=1))
    assert (await world.open_round()).number == 1


async def test_posting_again_after_a_failure_tries_at_once(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.UNREACHABLE)
    await world.set_up()
    assert await _post(world) is FailureReason.UNREACHABLE
    assert await _post(world) is FailureReason.UNREACHABLE
    world.messenger.post_fault = _nothing
    round_ = await _post(world)
    assert isinstance(round_, Round)
    assert round_.number == 1
    assert [act.action for act in await world.acts()] == ["post", "post", "post", "setup"]


async def test_posting_after_a_failure_and_a_new_set_up_tries_at_once(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    await world.set_up()
    await world.go(DUE)
    await world.set_up()
    world.messenger.post_fault = _nothing
    assert isinstance(await _post(world), Round)


async def test_posting_while_the_question_is_being_sent_does_not_send_it_twice(world: World) -> None:
    world.messenger.post_fault = killing
    await world.set_up()
    world.clock.now = DUE
    await world.tick()
    world.messenger.post_fault = _nothing
    with pytest.raises(AlreadyPostedError):
        await _post(world)


async def test_with_nothing_left_there_is_nothing_to_post(world: World) -> None:
    await world.set_up()
    async with world.store.begin() as transaction:
        for card in bank().cards():
            await transaction.guilds.retire(GUILD, card.id)
    with pytest.raises(NothingToAskError):
        await _post(world)


async def test_a_guild_that_is_not_set_up_has_nothing_to_post(world: World) -> None:
    with pytest.raises(NotSetUpError):
        await _post(world, OTHER)

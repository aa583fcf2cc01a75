"""Deliveries that do not go straight: another channel, a late success, a pause, a queue, a day taken already."""

from __future__ import annotations

from datetime import timedelta

from bot.app import ask
from bot.app.click import Marked
from bot.app.messenger import FailureReason
from bot.app.post import post
from bot.app.setup import pause, resume
from bot.core.round import Round
from tests.app.broken import DUE, claimed, nothing, sent
from tests.app.fake import killing, refusing
from tests.app.world import CHANNEL, GUILD, MODERATOR, World, clicking


async def test_after_a_change_of_channel_the_question_goes_to_the_new_one(world: World) -> None:
    await claimed(world)
    await world.set_up(channel_id=CHANNEL + 1)
    world.clock.forward(minutes=2)
    await world.tick()
    assert (await world.open_round()).channel_id == CHANNEL + 1
    assert [one.channel_id for one in world.messenger.messages] == [CHANNEL + 1]


async def test_after_a_change_of_channel_a_message_in_the_old_one_is_adopted_there(world: World) -> None:
    round_ = await sent(world)
    await world.set_up(channel_id=CHANNEL + 1)
    world.clock.forward(seconds=30)
    await world.tick()
    opened = await world.open_round()
    assert (opened.channel_id, opened.message_id) == (CHANNEL, world.message(round_).id)


async def test_a_channel_that_is_gone_holds_no_message_so_the_question_goes_to_the_one_chosen_instead(
    world: World,
) -> None:
    world.messenger.post_fault = refusing(FailureReason.CHANNEL_GONE)
    world.messenger.find_fault = refusing(FailureReason.CHANNEL_GONE)
    await world.set_up()
    await world.go(DUE)
    world.messenger.post_fault = nothing
    await world.set_up(channel_id=CHANNEL + 1)
    await world.go(DUE + timedelta(minutes=1))
    assert (await world.open_round()).channel_id == CHANNEL + 1


async def test_a_round_delivered_late_stays_open_for_all_its_hours(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    await world.set_up(open_hours=1)
    await world.go(DUE)
    world.messenger.post_fault = nothing
    late = DUE + timedelta(hours=3)
    await world.go(late)
    round_ = await world.open_round()
    assert (round_.opened_at, round_.closes_at) == (late, late + timedelta(hours=1))
    assert world.message(round_).shown[0].round.closes_at == round_.closes_at


async def test_a_round_delivered_late_and_adopted_by_a_click_stays_open_too(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    await world.set_up(open_hours=1)
    await world.go(DUE)
    world.messenger.post_fault, world.messenger.after_post = nothing, killing
    late = DUE + timedelta(hours=3)
    world.clock.now = late
    await world.tick()
    (claimed,) = await world.rounds()
    outcome = await world.writer.submit(clicking(claimed, message_id=world.message(claimed).id))
    assert isinstance(outcome, Marked)
    assert outcome.round.opened_at == late


async def test_a_queued_item_is_not_lost_when_the_day_has_its_question_already(world: World) -> None:
    await world.first_round()
    async with world.store.begin() as transaction:
        await transaction.guilds.enqueue(GUILD, "t01-one-update")
    assert await ask.claim(world.context, GUILD, unscheduled=True) is None
    async with world.store.begin() as transaction:
        assert await transaction.guilds.queued(GUILD) == ("t01-one-update",)


async def test_a_pause_keeps_back_a_question_whose_delivery_has_failed_so_far(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    await world.set_up()
    await world.go(DUE)
    await pause(world.context, GUILD, MODERATOR, None)
    world.messenger.post_fault = nothing
    await world.go(DUE + timedelta(minutes=30))
    assert world.messenger.messages == []
    await resume(world.context, GUILD, MODERATOR)
    await world.go(DUE + timedelta(hours=1))
    assert (await world.open_round()).number == 1


async def test_a_message_sent_before_a_pause_is_adopted_during_it(world: World) -> None:
    round_ = await sent(world)
    await pause(world.context, GUILD, MODERATOR, None)
    await world.go(DUE + timedelta(seconds=30))
    assert (await world.open_round()).id == round_.id


async def test_what_a_moderator_posts_during_a_pause_is_tried_again_by_hand(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    await world.set_up()
    await pause(world.context, GUILD, MODERATOR, None)
    assert await post(world.context, world.messenger, GUILD, MODERATOR) is FailureReason.NO_PERMISSION
    world.messenger.post_fault = nothing
    opened = await post(world.context, world.messenger, GUILD, MODERATOR)
    assert isinstance(opened, Round)
    assert world.message(opened).id == opened.message_id


async def test_after_a_sure_refusal_another_channel_serves_though_the_old_one_cannot_be_read(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    world.messenger.find_fault = refusing(FailureReason.NO_HISTORY)
    await world.set_up()
    await world.go(DUE)
    assert (await world.rounds())[0].attempted_at is None
    world.messenger.post_fault = nothing
    await world.set_up(channel_id=CHANNEL + 1)
    await world.tick()
    assert (await world.open_round()).channel_id == CHANNEL + 1


async def test_an_attempt_that_may_have_arrived_is_remembered_through_a_later_refusal(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.UNREACHABLE)
    await world.set_up()
    await world.go(DUE)
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    world.clock.forward(seconds=40)
    await world.tick()
    assert (await world.rounds())[0].attempted_at == DUE

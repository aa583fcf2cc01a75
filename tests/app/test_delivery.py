"""Claim, send, record: with an end of the process at each place between, exactly one message comes of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.app import ask, failure
from bot.app.click import Declined, Marked, Refusal
from bot.app.messenger import DeliveryError, FailureReason
from bot.core.round import State
from tests.app.broken import DUE, claimed, nothing, sent
from tests.app.fake import KilledError, killing, refusing
from tests.app.world import ADA, CHANNEL, GUILD, World, answering, clicking

LEASE = ask.LEASE.total_seconds()


async def test_a_round_is_claimed_sent_and_recorded(world: World) -> None:
    round_ = await world.first_round()
    message = world.message(round_)
    assert (round_.message_id, round_.channel_id, round_.nonce) == (message.id, CHANNEL, message.nonce)
    assert (round_.opened_at, round_.position, round_.number) == (DUE, 1, 1)
    assert message.shown[0].round.question == round_.question
    guild = await world.guild()
    assert (guild.served, guild.next_due) == (date(2026, 11, 23), DUE + timedelta(days=1))


async def test_a_claim_is_stored_before_anything_is_sent(world: World) -> None:
    world.messenger.post_fault = killing
    await world.set_up()
    world.clock.now = DUE
    await world.tick()
    (round_,) = await world.rounds()
    assert round_.state is State.CLAIMED
    assert round_.lease_until == DUE + ask.LEASE
    assert world.messenger.messages == []


async def test_nobody_else_takes_a_delivery_over_before_its_lease_is_over(world: World) -> None:
    await claimed(world)
    after = world.restart()
    after.clock.forward(seconds=LEASE - 1)
    await after.tick()
    assert world.messenger.messages == []
    after.clock.forward(seconds=1)
    await after.tick()
    assert (await world.open_round()).position == 1
    assert len(world.messenger.messages) == 1


async def test_of_two_that_find_the_lease_expired_one_goes_on(world: World) -> None:
    round_ = await claimed(world)
    world.clock.forward(seconds=LEASE)
    await ask.recover(world.context, world.messenger, round_)
    await ask.recover(world.context, world.messenger, round_)
    assert world.messenger.calls["post"] == 1


async def test_within_a_minute_of_the_first_send_it_is_repeated_with_the_same_nonce(world: World) -> None:
    round_ = await sent(world)
    world.clock.forward(seconds=60)
    await world.restart().tick()
    assert world.messenger.calls["find"] == 0
    assert world.messenger.calls["post"] == 2
    opened = await world.open_round()
    assert (opened.id, opened.message_id) == (round_.id, world.message(round_).id)


async def test_later_the_message_that_was_sent_is_found_and_adopted(world: World) -> None:
    round_ = await sent(world)
    world.clock.forward(minutes=30)
    await world.restart().tick()
    assert world.messenger.calls["post"] == 1
    opened = await world.open_round()
    assert (opened.id, opened.message_id, opened.opened_at) == (round_.id, world.message(round_).id, DUE)


async def test_a_message_that_is_not_found_later_is_sent(world: World) -> None:
    world.messenger.post_fault = killing
    round_ = await claimed(world)
    with pytest.raises(KilledError):
        await ask.deliver(world.context, world.messenger, round_)
    world.messenger.post_fault = nothing
    world.clock.forward(minutes=30)
    await world.restart().tick()
    assert world.messenger.calls["find"] == 1
    assert (await world.open_round()).message_id == world.message(round_).id


async def test_where_the_history_cannot_be_read_nothing_is_posted_and_the_moderator_is_told(world: World) -> None:
    await sent(world)
    world.messenger.find_fault = refusing(FailureReason.NO_HISTORY)
    world.clock.forward(minutes=30)
    await world.restart().tick()
    assert len(world.messenger.messages) == 1
    assert world.messenger.calls["post"] == 1
    assert world.messenger.told == [(GUILD, FailureReason.NO_HISTORY)]
    assert (await world.guild()).failure == FailureReason.NO_HISTORY
    world.messenger.find_fault = nothing
    await world.go(world.clock.now + timedelta(minutes=20))
    assert (await world.open_round()).number == 1
    assert (await world.guild()).failures == 0


async def test_a_click_under_a_message_that_was_not_recorded_yet_adopts_it(world: World) -> None:
    await sent(world)
    world.clock.forward(seconds=2)
    message = world.messenger.messages[0]
    (claimed,) = await world.rounds()
    outcome = await world.writer.submit(
        clicking(claimed, message_id=message.id, slot=answering(claimed).slot),
    )
    assert isinstance(outcome, Marked)
    assert outcome.fresh
    opened = await world.open_round()
    assert (opened.message_id, opened.opened_at, opened.position) == (message.id, DUE, 1)


async def test_a_sender_that_records_after_a_click_has_adopted_leaves_the_round_open(world: World) -> None:
    await sent(world)
    message = world.messenger.messages[0]
    (claimed,) = await world.rounds()
    await world.writer.submit(clicking(claimed, message_id=message.id))
    await ask.record(world.context, claimed, message.id)
    opened = await world.open_round()
    assert (opened.id, opened.message_id, opened.position) == (claimed.id, message.id, 1)
    assert (await world.answered(opened, ADA + 7)).fresh


async def test_an_adoption_by_a_click_closes_the_round_before(world: World) -> None:
    first = await world.first_round()
    world.messenger.after_post = killing
    world.clock.forward(days=1)
    await world.tick()
    message = world.messenger.messages[-1]
    claimed = (await world.rounds())[-1]
    assert claimed.state is State.CLAIMED
    await world.writer.submit(clicking(claimed, message_id=message.id))
    assert [one.state for one in await world.rounds()] == [State.CLOSED, State.OPEN]
    declined = await world.answer(first)
    assert isinstance(declined, Declined)
    assert declined.reason is Refusal.CLOSED


async def test_a_claimed_round_is_not_adopted_under_another_channels_message(world: World) -> None:
    await sent(world)
    (claimed,) = await world.rounds()
    outcome = await world.writer.submit(clicking(claimed, message_id=9001, channel_id=CHANNEL + 1))
    assert outcome == Declined(Refusal.UNKNOWN)
    assert (await world.rounds())[0].state is State.CLAIMED


async def test_when_its_day_is_over_an_unsent_round_is_abandoned_and_the_next_day_goes_on(world: World) -> None:
    await claimed(world)
    after = world.restart()
    await after.go(DUE + timedelta(days=1))
    assert [one.state for one in await world.rounds()] == [State.ABANDONED, State.OPEN]
    opened = await world.open_round()
    assert (opened.number, opened.position) == (2, 1)
    assert len(world.messenger.messages) == 1


async def test_when_its_day_is_over_and_nobody_can_look_the_round_is_abandoned(world: World) -> None:
    await sent(world)
    world.messenger.find_fault = refusing(FailureReason.NO_HISTORY)
    await world.restart().go(DUE + timedelta(hours=20))
    (round_,) = await world.rounds()
    assert round_.state is State.ABANDONED
    assert world.messenger.calls["post"] == 1


async def test_a_message_of_yesterday_is_adopted_until_the_next_question_comes(world: World) -> None:
    round_ = await sent(world)
    after = world.restart()
    await after.go(DUE + timedelta(hours=20))
    assert (await world.open_round()).id == round_.id
    await after.go(DUE + timedelta(days=1))
    assert [one.state for one in await world.rounds()] == [State.CLOSED, State.OPEN]


async def test_yesterdays_message_never_takes_the_place_of_todays_question(world: World) -> None:
    yesterday = await sent(world)
    world.clock.forward(days=1)
    today = await ask.claim(world.context, GUILD)
    assert today is not None
    await ask.deliver(world.context, world.messenger, today)
    await ask.recover(world.context, world.messenger, yesterday)
    opened = await world.open_round()
    assert (opened.id, opened.position) == (today.id, 1)
    assert (await world.rounds())[0].state is State.ABANDONED


async def test_a_click_under_yesterdays_unrecorded_message_leaves_todays_question_open(world: World) -> None:
    yesterday = await sent(world)
    world.clock.forward(days=1)
    today = await ask.claim(world.context, GUILD)
    assert today is not None
    await ask.deliver(world.context, world.messenger, today)
    outcome = await world.writer.submit(clicking(yesterday, message_id=world.message(yesterday).id))
    assert outcome == Declined(Refusal.UNKNOWN)
    assert (await world.open_round()).id == today.id


async def test_a_guild_that_has_left_meanwhile_is_not_posted_to(world: World) -> None:
    round_ = await claimed(world)
    async with world.store.begin() as transaction:
        await transaction.guilds.left(GUILD, world.clock())
    assert await ask.deliver(world.context, world.messenger, round_) is None
    assert world.messenger.calls["post"] == 0
    assert (await world.rounds())[0].state is State.ABANDONED


async def test_a_recovery_for_a_guild_that_has_left_abandons_the_round(world: World) -> None:
    round_ = await claimed(world)
    async with world.store.begin() as transaction:
        await transaction.guilds.left(GUILD, world.clock())
    world.clock.forward(minutes=1)
    await ask.recover(world.context, world.messenger, round_)
    assert (await world.rounds())[0].state is State.ABANDONED


async def test_a_message_for_a_guild_that_left_while_it_was_sent_is_not_recorded(world: World) -> None:
    round_ = await sent(world)
    async with world.store.begin() as transaction:
        await transaction.guilds.left(GUILD, world.clock())
    assert await ask.record(world.context, round_, 9001) is None
    await failure.put_off(world.context, world.messenger, round_, DeliveryError(FailureReason.UNREACHABLE))
    assert (await world.rounds())[0].state is State.CLAIMED

"""A process that died in the midst of a delivery: whoever comes next finishes it, and nothing is posted twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import ask
from bot.app.messenger import DeliveryError, FailureReason, Showing
from bot.core.round import Round, State
from bot.ui.client import Stepwise
from tests.ui.trouble import forbid, posts, press, visible
from tests.ui.world import World, ids, on, said, text


async def claimed(world: World) -> Round:
    """Leave the world as after a death between the claim and the send."""
    await world.set_up()
    world.env.backend.advance_clock((on(0) - world.env.now()).total_seconds())
    with world.env.time_context():
        round_ = await ask.claim(world.client.context, world.guild.id)
    assert round_ is not None
    return round_


async def sent(world: World) -> Round:
    """Leave the world as after a death between the send and its record."""
    round_ = await claimed(world)
    with world.env.time_context():
        async with world.store.begin() as transaction:
            guild = await transaction.guilds.get(world.guild.id)
            await transaction.rounds.attempted(round_.id, world.env.now())
        assert guild is not None
        await world.client.messenger.post(Showing(round_, 0, {}, guild.next_due), guild)
    return round_


async def later(world: World, **span: float) -> None:
    """Come back after a while, as a fresh process on the same store."""
    await world.restart()
    await world.jump(world.env.now() + timedelta(**span))


async def test_a_claim_that_was_never_sent_is_sent_once(world: World) -> None:
    round_ = await claimed(world)
    await later(world, seconds=25)
    assert len(visible(world)) == 1
    sent_nonces = [attempt.json["nonce"] for attempt in posts(world) if attempt.json is not None]
    assert sent_nonces == [round_.nonce]
    (after,) = await world.rounds()
    assert after.state is State.OPEN
    assert "✅ Correct" in await world.answer(world.ada, world.question())


async def test_a_claim_is_left_alone_until_its_lease_is_over(world: World) -> None:
    await claimed(world)
    await world.jump(world.env.now() + timedelta(seconds=5))
    assert posts(world) == []


async def test_a_sent_question_is_sent_again_with_the_same_nonce_while_discord_knows_it(world: World) -> None:
    round_ = await sent(world)
    await later(world, seconds=25)
    attempts = [attempt.json for attempt in posts(world) if attempt.json is not None]
    assert [attempt["nonce"] for attempt in attempts] == [round_.nonce] * 2
    assert all(attempt["enforce_nonce"] for attempt in attempts)


async def test_a_sent_question_is_found_again_in_the_history_later_and_adopted(world: World) -> None:
    await sent(world)
    message = world.question()
    await world.ada.send(world.channel, "good morning")
    await later(world, minutes=5)
    assert len(posts(world)) == 1
    (after,) = await world.rounds()
    assert (after.state, after.message_id) == (State.OPEN, message.id)
    assert "1-day streak" in await world.answer(world.ada, message)


async def test_a_click_on_a_question_nobody_has_recorded_yet_counts_and_records_it(world: World) -> None:
    await sent(world)
    message = world.question()
    await world.restart()
    assert said(await press(world.ada, message, ids(message)[0]))[0] in "✅❌"
    (after,) = await world.rounds()
    assert (after.state, after.message_id) == (State.OPEN, message.id)
    await world.jump(world.env.now() + timedelta(minutes=5))
    assert len(posts(world)) == 1


async def test_without_a_readable_history_nothing_is_posted_and_the_moderator_is_told(world: World) -> None:
    await sent(world)
    await forbid(world, "read_message_history")
    await later(world, minutes=5)
    assert len(posts(world)) == 1
    (notice,) = [text(message) for message in world.moderator.user.dm_channel.history()]
    assert "I may not read the channel's history" in notice
    assert "Allow me Read Message History there" in said(await world.quiz("status"))
    await forbid(world)
    await world.jump(world.env.now() + timedelta(minutes=20))
    assert len(posts(world)) == 1
    assert (await world.rounds())[0].state is State.OPEN


async def test_a_history_that_cannot_be_fetched_just_now_is_asked_for_again(world: World) -> None:
    await sent(world)
    world.env.inject_error("GET", f"/channels/{world.channel.id}/messages", status=503, times=1)
    await later(world, minutes=5)
    assert (await world.rounds())[0].state is State.CLAIMED
    await world.jump(world.env.now() + timedelta(minutes=2))
    assert (await world.rounds())[0].state is State.OPEN
    assert len(posts(world)) == 1


async def test_a_question_that_was_deleted_meanwhile_is_posted_again(world: World) -> None:
    await sent(world)
    world.env.backend.delete_message(world.channel.id, world.question().id)
    await later(world, minutes=5)
    assert len(visible(world)) == 1
    assert len(posts(world)) == 2


async def test_a_claim_whose_day_is_over_is_given_up_and_the_next_days_question_comes(world: World) -> None:
    await claimed(world)
    await later(world, hours=20)
    assert visible(world) == []
    assert (await world.rounds())[0].state is State.ABANDONED
    await world.next_question()
    assert len(visible(world)) == 1


async def test_a_question_sent_late_in_its_day_is_adopted_on_the_next(world: World) -> None:
    await sent(world)
    message = world.question()
    await later(world, hours=16)
    assert len(posts(world)) == 1
    (after,) = await world.rounds()
    assert (after.state, after.message_id) == (State.OPEN, message.id)
    await world.next_question()
    await world.tick(2)
    assert "closed" in text(world.reread(message))


async def test_an_unreadable_history_after_the_day_is_over_means_giving_up_without_a_post(world: World) -> None:
    await sent(world)
    await forbid(world, "read_message_history")
    await later(world, hours=16)
    assert len(posts(world)) == 1
    assert (await world.rounds())[0].state is State.ABANDONED


async def test_a_question_is_found_among_many_other_messages(world: World) -> None:
    await sent(world)
    message = world.question()
    for number in range(90):
        world.env.backend.create_message(world.channel.id, world.ada.id, f"message {number}")
    await later(world, minutes=5)
    assert (await world.rounds())[0].message_id == message.id


async def test_a_bot_that_was_down_at_an_outage_of_the_server_waits_for_it(world: World) -> None:
    await sent(world)
    await world.restart()
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id), "unavailable": True})
    await world.env.settle()
    await world.jump(world.env.now() + timedelta(minutes=5))
    assert len(posts(world)) == 1
    assert (await world.rounds())[0].state is State.CLAIMED
    assert world.moderator.user.dm_channel.history() == []


async def test_a_start_before_discord_has_told_of_its_servers_takes_no_channel_for_gone(world: World) -> None:
    round_ = await sent(world)
    with world.env.time_context():
        unconnected = Stepwise(world.client.context, shard_count=1)
        with pytest.raises(DeliveryError) as caught:
            await unconnected.messenger.find(round_)
    assert caught.value.reason is FailureReason.UNREACHABLE

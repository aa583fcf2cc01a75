"""The public message: brought up to date, but never more often than Discord bears."""

from __future__ import annotations

import asyncio

import pytest

from bot.app.close import close
from bot.app.messenger import DeliveryError, FailureReason
from bot.app.presence import leave
from bot.app.refresh import refresh
from bot.app.void import void
from bot.core.round import Round, State
from tests.app.fake import refusing
from tests.app.world import ADA, BLAISE, CHEN, GUILD, MODERATOR, World, answering


def _nothing(_: int) -> None:
    """Be a fault: nothing goes wrong."""


def _shown(world: World, round_: Round) -> list[tuple[State, int]]:
    """Return what the round's message has shown so far: state and number of answers."""
    return [(one.round.state, one.answers) for one in world.message(round_).shown]


async def test_the_number_of_answers_is_shown_at_the_next_tick(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_, ADA)
    await world.answered(round_, BLAISE)
    await world.tick()
    assert _shown(world, round_) == [(State.OPEN, 0), (State.OPEN, 2)]


async def test_a_message_that_is_right_is_left_alone(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    for _ in range(5):
        world.clock.forward(minutes=1)
        await world.tick()
    assert world.messenger.calls["show"] == 1


async def test_the_count_changes_at_most_every_fifteen_seconds(world: World) -> None:
    round_ = await world.first_round()
    edited: list[int] = []
    for second in range(0, 90, 5):
        await world.answered(round_, 5000 + second)
        await world.tick()
        if world.messenger.calls["show"] > len(edited):
            edited.append(second)
        world.clock.forward(seconds=5)
    assert edited == [0, 15, 30, 45, 60, 75]


async def test_an_old_message_changes_at_most_every_three_minutes(world: World) -> None:
    round_ = await world.first_round()
    world.clock.forward(minutes=55)
    edited: list[int] = []
    for step in range(20):
        await world.answered(round_, 5000 + step)
        await world.tick()
        if world.messenger.calls["show"] > len(edited):
            edited.append(step * 30)
        world.clock.forward(seconds=30)
    assert edited == [0, 180, 360, 540]


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (DeliveryError(FailureReason.UNREACHABLE), 60),
        (DeliveryError(FailureReason.REFUSED), 60),
        (DeliveryError(FailureReason.UNREACHABLE, retry_after=500), 500),
        (DeliveryError(FailureReason.UNREACHABLE, retry_after=2), 60),
        (DeliveryError(FailureReason.NO_PERMISSION), 3600),
        (RuntimeError("nobody foresaw this"), 60),
    ],
    ids=repr,
)
async def test_a_change_that_failed_is_tried_again_after_a_while(world: World, error: Exception, wait: int) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    world.messenger.show_fault = lambda _: error
    await world.tick()
    world.messenger.show_fault = _nothing
    world.clock.forward(seconds=wait - 1)
    await world.tick()
    assert world.messenger.calls["show"] == 1
    world.clock.forward(seconds=1)
    await world.tick()
    assert _shown(world, round_)[-1] == (State.OPEN, 1)
    assert (await world.guild()).failures == 0, "a count that is late is no failed delivery"


@pytest.mark.parametrize("reason", [FailureReason.MESSAGE_GONE, FailureReason.CHANNEL_GONE])
async def test_a_message_that_is_gone_is_not_tried_again(world: World, reason: FailureReason) -> None:
    round_ = await world.first_round()
    world.messenger.show_fault = refusing(reason)
    for user in (ADA, BLAISE, CHEN):
        await world.answered(round_, user)
        await world.tick()
        world.clock.forward(hours=1)
    assert world.messenger.calls["show"] == 1
    assert sum((await world.distribution(round_)).values()) == 3


async def test_a_message_deleted_by_hand_does_not_keep_the_round_from_closing(world: World) -> None:
    round_ = await world.first_round()
    world.messenger.messages.clear()
    await world.answered(round_)
    await world.tick()
    await world.next_round()
    for _ in range(3):
        world.clock.forward(hours=1)
        await world.tick()
    assert (await world.rounds())[0].state is State.CLOSED
    assert world.messenger.calls["show"] == 2, "once for the count, once for the close"


async def test_a_closed_message_shows_how_many_chose_each_option_and_the_next_time(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_, ADA)
    await world.answered(round_, BLAISE)
    await world.answered(round_, CHEN, right=False)
    wrong = round_.question.options[answering(round_, right=False).slot]
    await close(world.context, GUILD, MODERATOR, round_.id)
    await world.tick()
    last = world.message(round_).shown[-1]
    assert (last.round.state, last.answers) == (State.CLOSED, 3)
    assert last.distribution == {round_.question.key.id: 2, wrong.id: 1}
    assert last.next_due == (await world.guild()).next_due


async def test_an_open_message_never_shows_who_chose_what(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    await world.tick()
    assert [one.distribution for one in world.message(round_).shown] == [{}, {}]


async def test_a_close_is_shown_at_once_however_lately_the_count_was(world: World) -> None:
    round_ = await world.first_round()
    world.clock.forward(hours=2)
    await world.answered(round_)
    await world.tick()
    world.clock.forward(seconds=1)
    await close(world.context, GUILD, MODERATOR, round_.id)
    await world.tick()
    assert _shown(world, round_)[-1] == (State.CLOSED, 1)


async def test_a_close_while_an_edit_is_under_way_is_shown_at_once_afterwards(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    world.messenger.gate = asyncio.Event()
    await world.ticker.tick()
    await world.messenger.called("show")
    await close(world.context, GUILD, MODERATOR, round_.id)
    await world.ticker.tick()
    world.messenger.gate.set()
    await world.ticker.settle()
    assert _shown(world, round_)[-1] == (State.OPEN, 1)
    world.clock.forward(seconds=5)
    await world.tick()
    assert _shown(world, round_)[-1] == (State.CLOSED, 1)


async def test_an_edit_that_fails_while_the_round_closes_does_not_hold_the_close_back_for_long(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    world.messenger.gate = asyncio.Event()
    world.messenger.show_fault = refusing(FailureReason.UNREACHABLE)
    await world.ticker.tick()
    await world.messenger.called("show")
    await close(world.context, GUILD, MODERATOR, round_.id)
    world.messenger.gate.set()
    await world.ticker.settle()
    world.messenger.show_fault = _nothing
    world.clock.forward(minutes=1)
    await world.tick()
    assert _shown(world, round_)[-1] == (State.CLOSED, 1)


async def test_a_voided_round_says_so(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    await void(world.context, GUILD, MODERATOR, "Two right options.", round_.id)
    await world.tick()
    last = world.message(round_).shown[-1]
    assert (last.round.state, last.round.void_reason) == (State.VOID, "Two right options.")


async def test_the_message_of_a_guild_that_left_is_left_alone(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    await leave(world.context, GUILD)
    await world.tick()
    await refresh(world.context, world.messenger, round_, 1)
    assert world.messenger.calls["show"] == 0

"""A guild's troubles: its own alone, counted, told of once a day, tried again ever less often, and forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.app import failure
from bot.app.messenger import DeliveryError, FailureReason
from bot.app.presence import leave, rejoin
from bot.core.round import State
from db.errors import BusyError
from db.store import Transaction
from tests.app.fake import Fault, KilledError, refusing
from tests.app.watched import Watched, through
from tests.app.world import CHANNEL, GUILD, OTHER, START, World, build

DUE = START + timedelta(hours=1)
REASONS = [reason for reason in FailureReason if reason is not FailureReason.NOTHING_TO_ASK]


def _nothing(_: int) -> None:
    """Be a fault: nothing goes wrong."""


def _raising(error: BaseException, guild_id: int = GUILD) -> Fault:
    return lambda here: error if here == guild_id else None


async def test_guilds_in_trouble_of_any_kind_leave_the_others_of_a_hundred_served_in_the_same_tick(
    world: World,
) -> None:
    errors: list[BaseException] = [
        *(DeliveryError(reason) for reason in REASONS),
        RuntimeError("nobody foresaw this"),
        asyncio.CancelledError(),
        KilledError(),
    ]
    troubled = dict(zip(range(GUILD, GUILD + 100, 10), errors, strict=False))
    for guild_id in range(GUILD, GUILD + 100):
        await world.set_up(guild_id, channel_id=guild_id + CHANNEL)
    world.messenger.post_fault = troubled.get
    world.clock.now = DUE
    await world.tick()
    served = {message.channel_id - CHANNEL for message in world.messenger.messages}
    assert served == set(range(GUILD, GUILD + 100)) - set(troubled)
    assert {message.sent_at for message in world.messenger.messages} == {DUE}


@pytest.mark.parametrize("error", [RuntimeError("nobody foresaw this"), DeliveryError(FailureReason.NO_PERMISSION)])
async def test_failures_are_counted_and_shown_whatever_their_cause(world: World, error: Exception) -> None:
    world.messenger.post_fault = _raising(error)
    await world.set_up()
    world.clock.now = DUE
    await world.tick()
    guild = await world.guild()
    assert guild.failures == 1
    assert guild.failure in {FailureReason.REFUSED, FailureReason.NO_PERMISSION}
    assert (await world.rounds())[0].state is State.CLAIMED


async def test_an_unforeseen_failure_to_look_for_a_message_is_counted_too(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.UNREACHABLE)
    world.messenger.find_fault = _raising(RuntimeError("nobody foresaw this"))
    await world.set_up()
    await world.go(DUE)
    await world.go(DUE + timedelta(minutes=10))
    guild = await world.guild()
    assert (guild.failures, guild.failure) == (2, FailureReason.REFUSED)


async def test_after_a_success_the_failures_are_forgotten(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    await world.set_up()
    await world.go(DUE)
    assert (await world.guild()).failures == 1
    world.messenger.post_fault = _nothing
    await world.go(DUE + timedelta(minutes=5))
    guild = await world.guild()
    assert (guild.failures, guild.failure) == (0, None)
    assert (await world.open_round()).position == 1


async def test_failed_deliveries_are_tried_again_ever_less_often(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.UNREACHABLE)
    await world.set_up()
    world.clock.now = DUE
    attempts = []
    for _ in range(12 * 60 * 2):
        before = world.messenger.calls["post"]
        await world.tick()
        if world.messenger.calls["post"] > before:
            attempts.append(world.clock.now - DUE)
        if len(attempts) == 9:
            break
        world.clock.forward(seconds=30)
    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(attempts)]
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


async def test_a_wait_that_discord_asks_for_is_kept(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.UNREACHABLE, retry_after=200)
    await world.set_up()
    world.clock.now = DUE
    await world.tick()
    world.messenger.post_fault = _nothing
    world.clock.forward(seconds=199)
    await world.tick()
    assert world.messenger.messages == []
    world.clock.forward(seconds=1)
    await world.tick()
    assert len(world.messenger.messages) == 1


async def test_the_moderator_is_told_at_most_once_a_day(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    await world.set_up()
    told = []
    for hours in (0, 1, 12, 23, 24, 30, 47, 48):
        await world.go(DUE + timedelta(hours=hours))
        told.append(len(world.messenger.told))
    assert told == [1, 1, 1, 1, 2, 2, 2, 3]
    assert set(world.messenger.told) == {(GUILD, FailureReason.NO_PERMISSION)}


async def test_a_passing_trouble_is_counted_but_nobody_is_told(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.UNREACHABLE)
    await world.set_up()
    await world.go(DUE)
    assert (await world.guild()).failures == 1
    assert world.messenger.told == []


@pytest.mark.parametrize("error", [RuntimeError("nobody foresaw this"), DeliveryError(FailureReason.NO_PERMISSION)])
async def test_nothing_depends_on_whether_anybody_could_be_told(world: World, error: Exception) -> None:
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    world.messenger.tell_fault = _raising(error)
    await world.set_up()
    await world.go(DUE)
    world.messenger.post_fault = _nothing
    await world.go(DUE + timedelta(minutes=5))
    assert (await world.open_round()).position == 1


async def test_a_failure_of_a_guild_that_is_gone_is_not_noted(world: World) -> None:
    await failure.note(world.context, world.messenger, GUILD, FailureReason.NO_PERMISSION)
    assert world.messenger.told == []


async def test_a_day_that_failed_to_the_end_is_given_up_and_breaks_no_streak(world: World) -> None:
    await world.answered(await world.first_round())
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    for hours in (24, 30, 38.9):
        await world.go(DUE + timedelta(hours=hours))
    world.messenger.post_fault = _nothing
    await world.go(DUE + timedelta(hours=39))
    assert [one.state for one in await world.rounds()] == [State.OPEN, State.ABANDONED]
    marked = await world.answered(await world.next_round())
    assert (marked.answer.streak, marked.answer.freezes_used) == (2, 0)


async def test_a_guild_that_left_is_not_served_and_goes_on_as_it_was_when_it_comes_back(world: World) -> None:
    await world.answered(await world.first_round())
    await leave(world.context, GUILD)
    await world.go(DUE + timedelta(days=1))
    assert len(world.messenger.messages) == 1
    await rejoin(world.context, GUILD)
    await world.go(DUE + timedelta(days=1, hours=1))
    marked = await world.answered(await world.open_round())
    assert marked.answer.streak == 2


async def test_a_tick_that_cannot_read_the_database_raises_nothing_and_the_next_one_works(world: World) -> None:
    await world.set_up()
    world.clock.now = DUE.replace(tzinfo=None)  # the store refuses instants without a zone
    await world.tick()
    assert world.messenger.messages == []
    world.clock.now = DUE
    await world.tick()
    assert len(world.messenger.messages) == 1


async def test_work_under_way_is_not_started_again(world: World) -> None:
    await world.set_up()
    await world.set_up(OTHER)
    world.clock.now = DUE
    world.messenger.gate = asyncio.Event()
    await world.ticker.tick()
    await world.messenger.called("post", 2)
    world.clock.forward(minutes=5)
    await world.ticker.tick()
    world.messenger.gate.set()
    await world.ticker.settle()
    assert len({message.round_id for message in world.messenger.messages}) == len(world.messenger.messages) == 2


async def test_finishing_waits_for_what_is_under_way_and_takes_nothing_new_up(world: World) -> None:
    await world.set_up()
    world.clock.now = DUE
    world.messenger.gate = asyncio.Event()
    await world.ticker.tick()
    await world.messenger.called("post")
    finishing = asyncio.create_task(world.ticker.finish())
    await asyncio.sleep(0)
    assert not finishing.done()
    world.messenger.gate.set()
    await finishing
    assert (await world.open_round()).position == 1
    world.clock.forward(days=1)
    await world.tick()
    assert len(world.messenger.messages) == 1


async def test_a_database_that_is_busy_puts_a_guilds_question_off_in_one_line(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.set_up()
    watched, seen = through(world)
    seen.clock.now = START + timedelta(hours=1)

    class Busy(Watched):
        """Cannot serve after the tick's own look."""

        @asynccontextmanager
        async def begin(self) -> AsyncIterator[Transaction]:
            if self.tries:
                message = "The database is out of reach."
                raise BusyError(message)
            async with super().begin() as transaction:
                yield transaction

    busy = build(replace(seen.context, store=Busy(world.store)), world.clock, world.messenger)
    await busy.tick()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "is put off: The database is out of reach." in caplog.text
    await seen.tick()
    assert (await world.open_round()).number == 1
    assert watched.commits

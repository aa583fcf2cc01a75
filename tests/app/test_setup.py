"""Setting up, pausing, resuming, skipping: what each changes, refuses and leaves in the audit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.app.context import Context
from bot.app.messenger import FailureReason
from bot.app.presence import leave, rejoin
from bot.app.setup import (
    LONGEST_OPEN,
    LONGEST_PAUSE,
    moderator_role,
    pause,
    resume,
    set_moderators,
    set_up,
    skip,
)
from bot.core.errors import NotSetUpError, OutOfRangeError, PauseStateError
from bot.core.schedule import Schedule
from tests.app.fake import refusing
from tests.app.world import CHANNEL, GUILD, MODERATOR, NINE, OTHER, START, World

DUE = START + timedelta(hours=1)


async def test_a_new_guild_begins_with_the_next_time_to_come(world: World) -> None:
    today = await world.set_up()
    assert today.next_due == DUE
    world.clock.now = DUE + timedelta(minutes=1)
    tomorrow = await world.set_up(OTHER)
    assert tomorrow.next_due == DUE + timedelta(days=1)


async def test_setting_up_keeps_what_was_chosen_and_notes_it(world: World) -> None:
    plan = Schedule("Asia/Kathmandu", time(7, 5), frozenset({0, 4}))
    given = await world.set_up(schedule=plan, role_id=11, open_hours=5)
    kept = await world.guild()
    assert kept == given
    assert (kept.schedule, kept.role_id, kept.open_hours, kept.channel_id) == (plan, 11, 5, CHANNEL)
    (act,) = await world.acts()
    assert (act.action, act.by, act.at) == ("setup", MODERATOR, START)
    assert act.detail == {
        "channel": str(CHANNEL),
        "time": "07:05",
        "zone": "Asia/Kathmandu",
        "days": [0, 4],
        "role": "11",
        "open_hours": 5,
    }


async def test_setting_up_again_keeps_scores_order_of_items_and_a_pause(world: World) -> None:
    round_ = await world.first_round()
    marked = await world.answered(round_)
    await pause(world.context, GUILD, MODERATOR, None)
    before = await world.guild()
    again = await set_up(
        world.context, GUILD, 42, channel_id=77, schedule=replace(NINE, at=time(12)), role_id=None, open_hours=None
    )
    assert (again.seed, again.served, again.paused, again.next_due) == (before.seed, before.served, True, None)
    assert (again.set_up_by, again.channel_id) == (42, 77)
    assert await world.points() == marked.answer.points
    assert (await world.open_round()).id == round_.id


async def test_a_time_moved_into_the_past_counts_from_tomorrow(world: World) -> None:
    await world.set_up(schedule=replace(NINE, at=time(22)))
    world.clock.forward(hours=4)
    guild = await world.set_up(schedule=replace(NINE, at=time(11)))
    assert guild.next_due == datetime(2026, 11, 24, 11, tzinfo=UTC)
    await world.tick()
    assert await world.rounds() == []


async def test_a_time_put_right_after_a_slip_still_comes_today(world: World) -> None:
    await world.set_up(schedule=replace(NINE, at=time(7)))
    await world.set_up(schedule=replace(NINE, at=time(12)))
    assert (await world.next_round()).local_date == date(2026, 11, 23)
    assert world.clock.now == datetime(2026, 11, 23, 12, tzinfo=UTC)


async def test_a_change_of_zone_brings_no_second_question_at_once(world: World) -> None:
    first = await world.first_round()
    world.clock.forward(hours=6)
    await world.set_up(schedule=Schedule("Pacific/Kiritimati", time(2)))
    await world.tick()
    assert [one.id for one in await world.rounds()] == [first.id]


async def test_skipping_after_a_time_that_was_past_means_the_question_that_was_announced(world: World) -> None:
    guild = await world.set_up(schedule=replace(NINE, at=time(7)))
    assert guild.next_due == datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert (await skip(world.context, GUILD, MODERATOR)).day == date(2026, 11, 24)


async def test_setting_up_anew_after_a_failure_tries_at_once_in_the_new_channel(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    await world.set_up()
    for minutes in (0, 5, 20):
        await world.go(DUE + timedelta(minutes=minutes))
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION, only=0)
    guild = await world.set_up(channel_id=CHANNEL + 5)
    assert (guild.failures, guild.failure, guild.told_at) == (0, None, None)
    await world.tick()
    assert (await world.open_round()).channel_id == CHANNEL + 5


@pytest.mark.parametrize("hours", [0, -1, LONGEST_OPEN + 1])
async def test_a_round_can_stay_open_for_an_hour_to_a_week(world: World, hours: int) -> None:
    with pytest.raises(OutOfRangeError) as caught:
        await world.set_up(open_hours=hours)
    assert caught.value == OutOfRangeError("open_hours", 1, LONGEST_OPEN)
    with pytest.raises(NotSetUpError):
        await world.guild()
    assert (await world.set_up(open_hours=LONGEST_OPEN)).open_hours == LONGEST_OPEN


async def test_a_pause_is_kept_and_noted(world: World) -> None:
    await world.set_up()
    guild = await pause(world.context, GUILD, MODERATOR, 3)
    assert (guild.paused, guild.paused_until, guild.next_due) == (True, START + timedelta(days=3), None)
    assert await world.guild() == guild
    act = (await world.acts())[0]
    assert (act.action, act.detail) == ("pause", {"days": 3})


async def test_a_guild_cannot_be_paused_twice(world: World) -> None:
    await world.set_up()
    await pause(world.context, GUILD, MODERATOR, 3)
    with pytest.raises(PauseStateError) as caught:
        await pause(world.context, GUILD, MODERATOR, 5)
    assert caught.value.paused
    assert (await world.guild()).paused_until == START + timedelta(days=3)


@pytest.mark.parametrize("days", [0, -3, LONGEST_PAUSE + 1])
async def test_a_pause_lasts_a_day_to_a_year(world: World, days: int) -> None:
    await world.set_up()
    with pytest.raises(OutOfRangeError) as caught:
        await pause(world.context, GUILD, MODERATOR, days)
    assert caught.value == OutOfRangeError("days", 1, LONGEST_PAUSE)
    assert not (await world.guild()).paused


async def test_resuming_asks_todays_question_if_its_time_has_come(world: World) -> None:
    await world.set_up()
    await pause(world.context, GUILD, MODERATOR, None)
    world.clock.now = DUE + timedelta(hours=5)
    guild = await resume(world.context, GUILD, MODERATOR)
    assert (guild.paused, guild.paused_until, guild.next_due) == (False, None, DUE)
    assert (await world.acts())[0].action == "resume"
    await world.tick()
    assert (await world.open_round()).opened_at == world.clock.now


async def test_resuming_on_a_day_that_had_its_question_waits_for_the_next(world: World) -> None:
    await world.first_round()
    await pause(world.context, GUILD, MODERATOR, None)
    guild = await resume(world.context, GUILD, MODERATOR)
    assert guild.next_due == DUE + timedelta(days=1)


async def test_a_guild_that_is_not_paused_cannot_be_resumed(world: World) -> None:
    await world.set_up()
    with pytest.raises(PauseStateError) as caught:
        await resume(world.context, GUILD, MODERATOR)
    assert not caught.value.paused


async def test_skipping_leaves_out_the_next_question_and_again_the_one_after(world: World) -> None:
    await world.set_up()
    first = await skip(world.context, GUILD, MODERATOR)
    assert (first.day, first.next_due) == (date(2026, 11, 23), DUE + timedelta(days=1))
    second = await skip(world.context, GUILD, MODERATOR)
    assert (second.day, second.next_due) == (date(2026, 11, 24), DUE + timedelta(days=2))
    for hours in range(0, 72, 6):
        await world.go(START + timedelta(hours=hours))
    assert [one.local_date for one in await world.rounds()] == [date(2026, 11, 25)]
    assert [act.detail for act in (await world.acts())[:2]] == [{"day": "2026-11-24"}, {"day": "2026-11-23"}]


async def test_skipping_counts_quiz_days_only(world: World) -> None:
    await world.set_up(schedule=replace(NINE, days=frozenset({0, 2})))
    assert (await skip(world.context, GUILD, MODERATOR)).next_due == DUE + timedelta(days=2)
    assert (await skip(world.context, GUILD, MODERATOR)).day == date(2026, 11, 25)


async def test_after_todays_question_skipping_means_tomorrows(world: World) -> None:
    await world.first_round()
    assert (await skip(world.context, GUILD, MODERATOR)).day == date(2026, 11, 24)


async def test_a_paused_guild_has_nothing_to_skip(world: World) -> None:
    await world.set_up()
    await pause(world.context, GUILD, MODERATOR, None)
    with pytest.raises(PauseStateError) as caught:
        await skip(world.context, GUILD, MODERATOR)
    assert caught.value.paused


async def test_a_moderator_role_is_kept_through_another_set_up(world: World) -> None:
    assert await moderator_role(world.context, GUILD) is None
    await world.set_up()
    await set_moderators(world.context, GUILD, MODERATOR, 66)
    await world.set_up(channel_id=5)
    assert await moderator_role(world.context, GUILD) == 66
    assert (await world.acts())[1].detail == {"role": "66"}
    await set_moderators(world.context, GUILD, MODERATOR, None)
    assert await moderator_role(world.context, GUILD) is None
    assert (await world.acts())[0].detail == {"role": None}


@pytest.mark.parametrize(
    "act",
    [
        lambda context: pause(context, GUILD, MODERATOR, None),
        lambda context: resume(context, GUILD, MODERATOR),
        lambda context: skip(context, GUILD, MODERATOR),
        lambda context: set_moderators(context, GUILD, MODERATOR, 1),
    ],
    ids=["pause", "resume", "skip", "moderators"],
)
async def test_nothing_can_be_changed_before_the_set_up(
    world: World, act: Callable[[Context], Awaitable[object]]
) -> None:
    with pytest.raises(NotSetUpError):
        await act(world.context)


async def test_a_guild_that_left_counts_as_not_set_up_until_it_is_back(world: World) -> None:
    before = await world.set_up()
    await leave(world.context, GUILD)
    with pytest.raises(NotSetUpError):
        await world.guild()
    await rejoin(world.context, GUILD)
    assert await world.guild() == before

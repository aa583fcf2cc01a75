"""When the ticker asks: once for each local day, whatever the clock does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.app.context import guild_of
from bot.app.setup import pause, resume, skip
from bot.core.round import State
from bot.core.schedule import Schedule
from tests.app.world import GUILD, MODERATOR, NINE, OTHER, START, World

DUE = START + timedelta(hours=1)


async def _posted_at(world: World, start: datetime, hours: int, *, step: int = 10) -> list[datetime]:
    """Let the ticker run for some hours, and return when messages were sent."""
    world.clock.now = start
    for _ in range(hours * 60 // step):
        await world.tick()
        world.clock.forward(minutes=step)
    return [message.sent_at for message in world.messenger.messages]


async def test_a_question_comes_at_its_time_and_not_before(world: World) -> None:
    await world.set_up()
    world.clock.now = DUE - timedelta(seconds=1)
    await world.tick()
    assert world.messenger.messages == []
    world.clock.forward(seconds=1)
    await world.tick()
    assert [message.sent_at for message in world.messenger.messages] == [DUE]


async def test_days_off_have_no_question(world: World) -> None:
    await world.set_up(schedule=replace(NINE, days=frozenset({0, 3})))
    posted = await _posted_at(world, START, 24 * 8, step=240)
    assert [moment.weekday() for moment in posted] == [0, 3, 0]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        # The gap: 02:30 does not exist on 29 March, and comes at 03:30 by the clock.
        (datetime(2026, 3, 28, 23, tzinfo=UTC), [datetime(2026, 3, 29, 1, 30, tzinfo=UTC)]),
        # The fold: 02:30 comes twice on 25 October, and the first one counts.
        (datetime(2026, 10, 24, 22, tzinfo=UTC), [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]),
    ],
)
async def test_a_day_on_which_the_clocks_change_has_one_question(
    world: World, at: datetime, expected: list[datetime]
) -> None:
    world.clock.now = at
    await world.set_up(schedule=Schedule("Europe/Berlin", time(2, 30)))
    assert await _posted_at(world, at, 20) == expected


async def test_a_clock_that_goes_back_two_hours_brings_no_second_question(world: World) -> None:
    await world.first_round()
    assert await _posted_at(world, DUE - timedelta(hours=2), 12, step=30) == [DUE]
    assert [one.state for one in await world.rounds()] == [State.OPEN]


async def test_a_clock_that_leaps_26_hours_brings_only_the_question_of_that_day(world: World) -> None:
    await world.set_up()
    leapt = DUE - timedelta(minutes=5) + timedelta(hours=26)
    assert await _posted_at(world, leapt, 6, step=30) == [leapt]
    (round_,) = await world.rounds()
    assert round_.local_date == date(2026, 11, 24)


async def test_a_clock_that_leaps_and_is_set_right_brings_no_day_twice(world: World) -> None:
    await world.set_up()
    await world.go(DUE + timedelta(hours=26))
    posted = await _posted_at(world, DUE, 24 * 3, step=60)
    assert [moment.date() for moment in posted] == [date(2026, 11, 24), date(2026, 11, 25)]
    assert [one.local_date for one in await world.rounds()] == [date(2026, 11, 24), date(2026, 11, 25)]


async def test_a_machine_that_slept_for_a_week_asks_one_question_when_it_wakes(world: World) -> None:
    await world.first_round()
    woken = DUE + timedelta(days=7, hours=1)
    posted = await _posted_at(world, woken, 6, step=30)
    assert posted == [DUE, woken]
    assert [one.position for one in await world.rounds()] == [1, 2]


async def test_after_the_end_of_its_day_a_missed_question_does_not_come(world: World) -> None:
    await world.set_up(schedule=replace(NINE, days=frozenset({0})))
    assert await _posted_at(world, datetime(2026, 11, 24, 0, 5, tzinfo=UTC), 12, step=30) == []
    guild = await world.guild()
    assert guild.next_due == datetime(2026, 11, 30, 9, tzinfo=UTC)


async def test_a_time_changed_after_todays_question_brings_no_second_one_today(world: World) -> None:
    await world.first_round()
    await world.set_up(schedule=Schedule("UTC", time(15)))
    posted = await _posted_at(world, DUE, 36, step=30)
    assert posted == [DUE, datetime(2026, 11, 24, 15, tzinfo=UTC)]


async def test_a_zone_changed_after_todays_question_still_gives_each_local_date_one(world: World) -> None:
    await world.first_round()
    for zone in ("Pacific/Kiritimati", "Pacific/Niue", "UTC"):
        await world.set_up(schedule=Schedule(zone, time(9)))
        await world.go(world.clock.now + timedelta(hours=1))
    days = [one.local_date for one in await world.rounds()]
    assert len(days) == len(set(days))


async def test_a_pause_with_an_end_wakes_by_itself(world: World) -> None:
    await world.first_round()
    await pause(world.context, GUILD, MODERATOR, 2)
    for hours in (24, 47.9, 48, 72):
        await world.go(DUE + timedelta(hours=hours))
    assert [one.sent_at for one in world.messenger.messages] == [DUE + timedelta(days=day) for day in (0, 2, 3)]
    guild = await world.guild()
    assert (guild.paused, guild.paused_until) == (False, None)


async def test_a_paused_guild_whose_zone_is_known_no_more_keeps_no_other_from_its_question(world: World) -> None:
    await world.set_up(OTHER)
    lost = await world.set_up()
    gone = replace(lost.schedule, zone="Europe/Atlantis")
    async with world.store.begin() as transaction:
        await transaction.guilds.save(replace(lost, schedule=gone, paused=True, paused_until=world.clock.now))
    await world.next_round(OTHER)


async def test_a_pause_without_an_end_lasts_until_it_is_resumed(world: World) -> None:
    await world.first_round()
    await pause(world.context, GUILD, MODERATOR, None)
    assert await _posted_at(world, DUE, 24 * 5, step=120) == [DUE]
    await resume(world.context, GUILD, MODERATOR)
    await world.tick()
    assert len(world.messenger.messages) == 2


async def test_an_open_round_stays_open_through_a_pause(world: World) -> None:
    round_ = await world.first_round()
    await pause(world.context, GUILD, MODERATOR, None)
    await world.go(DUE + timedelta(days=3))
    assert (await world.answered(round_)).fresh


async def test_a_skipped_day_has_no_question_and_breaks_no_streak(world: World) -> None:
    await world.answered(await world.first_round())
    await skip(world.context, GUILD, MODERATOR)
    posted = await _posted_at(world, DUE, 49, step=60)
    assert posted == [DUE, DUE + timedelta(days=2)]
    marked = await world.answered(await world.open_round())
    assert (marked.answer.streak, marked.answer.freezes_used) == (2, 0)


async def test_is_due_tells_whether_a_tick_would_find_anything_to_do(world: World) -> None:
    await world.set_up()
    assert not await world.ticker.is_due()
    world.clock.now = DUE
    assert await world.ticker.is_due()
    await world.tick()
    assert not await world.ticker.is_due()


async def test_a_question_that_stopped_being_due_is_planned_anew(world: World) -> None:
    await world.set_up()
    async with world.store.begin() as transaction:
        guild = replace(await guild_of(transaction, GUILD), next_due=DUE, served=date(2026, 11, 23))
        await transaction.guilds.save(guild)
    world.clock.now = DUE
    await world.tick()
    assert world.messenger.messages == []
    assert (await world.guild()).next_due == DUE + timedelta(days=1)

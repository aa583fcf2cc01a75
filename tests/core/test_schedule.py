"""When the next question is due, and that no local date ever has two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.schedule import EVERY_DAY, NEVER, Schedule, instant, local_date, next_due, owed
from tests.core import strategies as core
from tests.core.strategies import local

BERLIN = Schedule("Europe/Berlin", time(9))
WORKDAYS = frozenset(range(5))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

dates = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize("days", [frozenset(), frozenset({7}), frozenset({-1, 0})])
def test_a_schedule_that_would_never_come_due_is_refused(days: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="non-empty subset"):
        Schedule("UTC", time(9), days)


@pytest.mark.parametrize(
    ("zone", "at", "day", "due"),
    [
        ("Europe/Berlin", time(9), date(2026, 11, 23), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("Europe/Berlin", time(9), date(2026, 7, 1), datetime(2026, 7, 1, 7, tzinfo=UTC)),
        ("Asia/Kathmandu", time(9), date(2026, 11, 23), datetime(2026, 11, 23, 3, 15, tzinfo=UTC)),
        ("Pacific/Kiritimati", time(9), date(2026, 11, 23), datetime(2026, 11, 22, 19, tzinfo=UTC)),
        ("Pacific/Niue", time(23, 59), date(2026, 11, 23), datetime(2026, 11, 24, 10, 59, tzinfo=UTC)),
    ],
)
def test_a_local_time_means_the_zone_s_own_clock(zone: str, at: time, day: date, due: datetime) -> None:
    assert instant(Schedule(zone, at), day) == due


@pytest.mark.parametrize(
    ("zone", "at", "day", "shown"),
    [
        ("Europe/Berlin", time(2, 30), date(2026, 3, 29), time(3, 30)),
        ("Europe/Berlin", time(2), date(2026, 3, 29), time(3)),
        ("Australia/Lord_Howe", time(2, 15), date(2026, 10, 4), time(2, 45)),
        ("America/New_York", time(2, 59), date(2026, 3, 8), time(3, 59)),
        ("Antarctica/Troll", time(1, 30), date(2026, 3, 29), time(3, 30)),
        ("America/Sao_Paulo", time(0), date(2018, 11, 4), time(1)),
    ],
)
def test_a_time_in_a_gap_moves_forward_by_the_gap(zone: str, at: time, day: date, shown: time) -> None:
    due = instant(Schedule(zone, at), day)
    assert due is not None
    assert due.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(day, shown)


@pytest.mark.parametrize("at", [time(23), time(23, 30), time(23, 59)])
def test_a_gap_before_midnight_moves_the_question_back_so_that_the_day_keeps_it(at: time) -> None:
    saturday = date(2026, 3, 28)
    due = instant(Schedule("America/Nuuk", at), saturday)
    assert due is not None
    assert due.astimezone(ZoneInfo("America/Nuuk")).replace(tzinfo=None) == datetime.combine(
        saturday, at.replace(hour=22)
    )


@pytest.mark.parametrize(
    ("zone", "at", "day", "due"),
    [
        ("Europe/Berlin", time(2, 30), date(2026, 10, 25), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", time(1, 45), date(2026, 4, 5), datetime(2026, 4, 4, 14, 45, tzinfo=UTC)),
        ("America/New_York", time(1, 30), date(2026, 11, 1), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
    ],
)
def test_a_repeated_time_means_the_first(zone: str, at: time, day: date, due: datetime) -> None:
    assert instant(Schedule(zone, at), day) == due
    assert instant(Schedule(zone, at.replace(fold=1)), day) == due


def test_the_second_reading_of_a_repeated_time_posts_nothing_more() -> None:
    schedule = Schedule("Europe/Berlin", time(2, 30))
    second = local("Europe/Berlin", 2026, 10, 25, 2, 30, fold=1)
    assert owed(schedule, second - HOUR, None) == date(2026, 10, 25)
    assert owed(schedule, second, date(2026, 10, 25)) is None


def test_a_date_that_a_zone_left_out_has_no_question() -> None:
    apia = Schedule("Pacific/Apia", time(9))
    assert instant(apia, date(2011, 12, 30)) is None
    before = local("Pacific/Apia", 2011, 12, 29, 12)
    assert next_due(apia, before, date(2011, 12, 29)) == local("Pacific/Apia", 2011, 12, 31, 9)
    fridays = Schedule("Pacific/Apia", time(9), frozenset({4}))
    assert next_due(fridays, before) == local("Pacific/Apia", 2012, 1, 6, 9)


def test_only_the_weekdays_chosen_have_a_question() -> None:
    schedule = Schedule("Europe/Berlin", time(9), WORKDAYS)
    friday = date(2026, 11, 27)
    assert next_due(schedule, local("Europe/Berlin", 2026, 11, 27, 10), friday) == local(
        "Europe/Berlin", 2026, 11, 30, 9
    )
    assert owed(schedule, local("Europe/Berlin", 2026, 11, 28, 10), friday) is None


def test_a_question_is_owed_from_its_time_until_midnight_and_once() -> None:
    today = date(2026, 11, 23)
    assert owed(BERLIN, local("Europe/Berlin", 2026, 11, 23, 8, 59), None) is None
    assert owed(BERLIN, local("Europe/Berlin", 2026, 11, 23, 9), None) == today
    assert owed(BERLIN, local("Europe/Berlin", 2026, 11, 23, 23, 59), None) == today
    assert owed(BERLIN, local("Europe/Berlin", 2026, 11, 24, 0), None) is None
    assert owed(BERLIN, local("Europe/Berlin", 2026, 11, 23, 12), today) is None


def test_after_days_of_downtime_only_today_s_question_comes() -> None:
    now = local("Europe/Berlin", 2026, 11, 23, 20)
    served = date(2026, 11, 10)
    assert next_due(BERLIN, now, served) == local("Europe/Berlin", 2026, 11, 23, 9)
    assert owed(BERLIN, now, served) == date(2026, 11, 23)
    assert owed(BERLIN, now, date(2026, 11, 23)) is None
    assert next_due(BERLIN, now, date(2026, 11, 23)) == local("Europe/Berlin", 2026, 11, 24, 9)


def test_after_downtime_over_midnight_yesterday_s_question_is_gone() -> None:
    early = local("Europe/Berlin", 2026, 11, 23, 3)
    assert owed(BERLIN, early, date(2026, 11, 21)) is None
    assert next_due(BERLIN, early, date(2026, 11, 21)) == local("Europe/Berlin", 2026, 11, 23, 9)


@pytest.mark.parametrize("hours", [2, 12, 72])
def test_a_clock_set_back_never_brings_a_second_question(hours: int) -> None:
    now = local("Europe/Berlin", 2026, 11, 23, 9)
    back = now - hours * HOUR
    assert owed(BERLIN, back, date(2026, 11, 23)) is None
    assert next_due(BERLIN, back, date(2026, 11, 23)) == now + DAY


def test_a_time_changed_today_leaves_one_question_for_the_date() -> None:
    now = local("Europe/Berlin", 2026, 11, 23, 10)
    later = Schedule("Europe/Berlin", time(18))
    assert owed(later, now + 9 * HOUR, date(2026, 11, 23)) is None
    assert next_due(later, now, date(2026, 11, 23)) == local("Europe/Berlin", 2026, 11, 24, 18)


def test_a_zone_changed_today_leaves_one_question_for_the_local_date() -> None:
    now = local("Europe/Berlin", 2026, 11, 23, 10)
    honolulu = Schedule("Pacific/Honolulu", time(9))
    assert local_date("Pacific/Honolulu", now) == date(2026, 11, 22)
    assert owed(honolulu, now, date(2026, 11, 23)) is None
    assert next_due(honolulu, now, date(2026, 11, 23)) == local("Pacific/Honolulu", 2026, 11, 24, 9)


@given(core.schedules, core.instants, st.none() | dates)
def test_the_next_question_is_for_the_first_date_neither_past_nor_served(
    schedule: Schedule, now: datetime, served: date | None
) -> None:
    due = next_due(schedule, now, served)
    day = local_date(schedule.zone, due)
    assert day >= local_date(schedule.zone, now)
    assert served is None or day > served
    assert day.weekday() in schedule.days
    assert instant(schedule, day) == due


@given(core.schedules, core.instants, st.none() | dates)
def test_a_question_is_owed_just_when_its_next_instant_has_come(
    schedule: Schedule, now: datetime, served: date | None
) -> None:
    due = next_due(schedule, now, served)
    assert (owed(schedule, now, served) is not None) == (due <= now)


@given(core.schedules, core.instants)
def test_serving_what_is_due_always_moves_the_next_one_on(schedule: Schedule, now: datetime) -> None:
    due = next_due(schedule, now)
    for _ in range(10):
        after = next_due(schedule, due, local_date(schedule.zone, due))
        assert after > due
        due = after


@given(core.zones, core.clock_times, dates)
def test_every_date_of_the_calendar_has_its_question_on_that_very_date(zone: str, at: time, day: date) -> None:
    due = instant(Schedule(zone, at), day)
    if due is None:
        noon = datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)
        assert local_date(zone, noon) != day, "only a date that the zone left out has none"
    else:
        assert local_date(zone, due) == day


@pytest.mark.parametrize("zone", core.TRICKY_ZONES)
@pytest.mark.parametrize("served", [date.min, date(9999, 12, 28), date(9999, 12, 30), date.max])
def test_an_absurd_served_date_does_no_harm(zone: str, served: date) -> None:
    for days in (EVERY_DAY, frozenset({6})):
        due = next_due(Schedule(zone, time(23, 59), days), core.NOON, served)
        assert due.tzinfo is UTC
        assert due.astimezone(ZoneInfo(zone)).tzinfo is not None
        assert due == NEVER or served < local_date(zone, due)


def posted(schedule: Schedule, ticks: Iterable[datetime]) -> list[date]:
    """Return the dates whose question comes when the clock reads so at each tick, in the order they come."""
    posts: list[date] = []
    for now in ticks:
        served = posts[-1] if posts else None
        day = owed(schedule, now, served)
        if day is not None:
            assert day == local_date(schedule.zone, now)
            posts.append(day)
        assert next_due(schedule, now, posts[-1] if posts else None) > now
    return posts


def a_year_of_ticks(start: datetime, longest: int, random: Random) -> Iterator[datetime]:
    """Yield instants at arbitrary gaps of up to `longest` hours."""
    now = start
    while now < start + 365 * DAY:
        yield now
        now += timedelta(minutes=1) + longest * random.random() * HOUR


years = st.datetimes(datetime(2010, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - naive bounds
gaps = st.sampled_from([2, 20, 48, 200])
seeds = st.integers(0, 2**32).map(Random)


@settings(max_examples=60)
@given(core.schedules, years, gaps, seeds)
def test_through_a_year_a_date_is_served_once_if_a_tick_comes_between_its_time_and_midnight_and_else_never(
    schedule: Schedule, start: datetime, longest: int, random: Random
) -> None:
    ticks = list(a_year_of_ticks(start, longest, random))
    ticked_when_due = {
        day: None
        for tick in ticks
        if (due := instant(schedule, day := local_date(schedule.zone, tick))) is not None and due <= tick
    }
    assert posted(schedule, ticks) == list(ticked_when_due)


@settings(max_examples=30)
@given(core.schedules, years, gaps, seeds)
def test_through_a_year_of_a_clock_that_jumps_back_no_date_is_served_twice_nor_out_of_order(
    schedule: Schedule, start: datetime, longest: int, random: Random
) -> None:
    ticks = [
        tick - (random.random() < 0.1) * random.randrange(1, 50) * HOUR
        for tick in a_year_of_ticks(start, longest, random)
    ]
    posts = posted(schedule, ticks)
    assert all(earlier < later for earlier, later in pairwise(posts))

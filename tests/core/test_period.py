"""The periods of boards and their keys."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.period import Period, key, keys

days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 22), "w2026-11-16"),
        (date(2026, 11, 23), "w2026-11-23"),
        (date(2026, 11, 29), "w2026-11-23"),
        (date(2027, 1, 1), "w2026-12-28"),
        (date(2027, 1, 4), "w2027-01-04"),
        (date(2024, 12, 31), "w2024-12-30"),
        (date.min, "w0001-01-01"),
    ],
)
def test_a_week_is_named_after_its_monday_also_across_the_year(day: date, week: str) -> None:
    assert key(Period.WEEK, day) == week


@pytest.mark.parametrize(
    ("day", "month"),
    [(date(2026, 11, 1), "m2026-11"), (date(2026, 11, 30), "m2026-11"), (date(2026, 12, 1), "m2026-12")],
)
def test_a_month_is_named_by_year_and_number(day: date, month: str) -> None:
    assert key(Period.MONTH, day) == month


def test_all_time_is_one_period() -> None:
    assert key(Period.ALL, date.min) == key(Period.ALL, date.max) == "all"


def test_a_day_counts_for_its_week_its_month_and_all_time() -> None:
    assert keys(date(2026, 11, 25)) == ("w2026-11-23", "m2026-11", "all")


@given(days, days)
def test_two_days_share_a_week_just_when_they_share_their_iso_week(one: date, other: date) -> None:
    same = one.isocalendar()[:2] == other.isocalendar()[:2]
    assert (key(Period.WEEK, one) == key(Period.WEEK, other)) == same


@given(days, days)
def test_keys_of_weeks_and_months_sort_as_time_does(one: date, other: date) -> None:
    earlier, later = sorted([one, other])
    for period in (Period.WEEK, Period.MONTH):
        assert key(period, earlier) <= key(period, later)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_monday_to_sunday_share_a_week_and_the_next_monday_does_not(day: date) -> None:
    monday = day - timedelta(days=day.weekday())
    assert {key(Period.WEEK, monday + timedelta(days=number)) for number in range(7)} == {f"w{monday}"}
    assert key(Period.WEEK, monday + timedelta(days=7)) != f"w{monday}"

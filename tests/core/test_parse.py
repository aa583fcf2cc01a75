"""What a moderator types for times, weekdays and zones."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import parse
from bot.core.errors import InvalidDaysError, InvalidTimeError, InvalidZoneError
from bot.core.zone import LONGEST

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
EVERY = frozenset(range(7))


@given(st.times())
def test_every_time_of_day_is_read_back(at: time) -> None:
    plain = at.replace(second=0, microsecond=0)
    assert parse.time_of_day(f"{at:%H:%M}") == plain
    assert parse.time_of_day(f" {at.hour}:{at.minute:02}\n") == plain


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9:00", time(9)),
        ("09:00", time(9)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
        ("\N{NO-BREAK SPACE}21:30\t", time(21, 30)),
        ("２１：３０", time(21, 30)),  # noqa: RUF001 - what a Japanese keyboard types
    ],
)
def test_a_time_is_read_with_or_without_a_leading_zero_spaces_and_wide_digits(text: str, at: time) -> None:
    assert parse.time_of_day(text) == at


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "21:61", "24:00", "25:00", "-1:00", "9", "900", "9:0", "9:000", "009:00", "9:00:00", "9 : 00"),
        *(
            "9:00 pm",
            "9pm",
            "noon",
            "21h30",
            "21.30",
            "12:30Z",
            "+9:00",
            "\u0662\u0661:00",
            "²1:00:",
            "१२:३०",
            "9:00\n9:00",
        ),
        *("9:00\0", "21:３０x", "9" * 6000, " " * 6000 + "9:00"),  # noqa: RUF001
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidTimeError) as refused:
        parse.time_of_day(text)
    assert refused.value.text == text[:LONGEST]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("daily", EVERY),
        ("Every day", EVERY),
        ("everyday", EVERY),
        ("all", EVERY),
        ("weekdays", {MON, TUE, WED, THU, FRI}),
        ("weekends", {SAT, SUN}),
        ("weekend, mon", {SAT, SUN, MON}),
        ("mon", {MON}),
        ("MONDAY", {MON}),
        ("Mondays", {MON}),
        ("mo", {MON}),
        ("tues, thurs", {TUE, THU}),
        ("mon-fri", {MON, TUE, WED, THU, FRI}),
        ("mon \N{EN DASH} fri", {MON, TUE, WED, THU, FRI}),
        ("monday to friday", {MON, TUE, WED, THU, FRI}),
        ("sat-mon", {SAT, SUN, MON}),
        ("wed-wed", {WED}),
        ("mon, wed and fri", {MON, WED, FRI}),
        ("mon/wed/fri", {MON, WED, FRI}),
        ("mon & wed", {MON, WED}),
        ("mon wed;fri,", {MON, WED, FRI}),
        ("mon-tue, sat-sun", {MON, TUE, SAT, SUN}),
        ("mon, monday", {MON}),
        ("sat sun weekdays", EVERY),
    ],
)
def test_weekdays_are_read_as_people_write_them(text: str, days: set[int]) -> None:
    assert parse.days(text) == days


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", ",", "-", "and", "m", "t", "s", "mon-", "-fri", "mon-wed-fri", "never", "0", "1-5", "mond4y"),
        *("mon, xyz", "daily-mon", "\0", "🎉", "mon" * 40, "mon " * 2000, "a" + " " * 6000 + "b"),
    ],
)
def test_what_names_no_weekdays_is_refused(text: str) -> None:
    with pytest.raises(InvalidDaysError) as refused:
        parse.days(text)
    assert refused.value.text == text[:LONGEST]


@given(st.sets(st.sampled_from(parse.DAY_NAMES), min_size=1), st.integers(2, 9), st.sampled_from([",", " ", ", ", "/"]))
def test_any_weekdays_are_read_from_their_first_letters(names: set[str], letters: int, between: str) -> None:
    typed = between.join(name[:letters] for name in names)
    assert parse.days(typed) == {parse.DAY_NAMES.index(name) for name in names}


@given(st.sampled_from(parse.zones()))
def test_every_zone_is_read_in_any_case_and_with_spaces(name: str) -> None:
    assert parse.zone(name) == name
    assert parse.zone(f" {name.upper().replace('_', ' ')} ") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("utc", "UTC"),
        ("america/new york", "America/New_York"),
        ("Europe / Berlin", "Europe/Berlin"),
        ("europe\\berlin", "Europe/Berlin"),
        ("America/São Paulo", "America/Sao_Paulo"),
    ],
)
def test_a_zone_is_read_as_people_write_it(text: str, name: str) -> None:
    assert parse.zone(text) == name


@pytest.mark.parametrize(
    ("text", "near"),
    [("berlin", "Europe/Berlin"), ("CET", "Europe/Berlin"), ("Europe/Berln", "Europe/Berlin"), ("Etc/UTC", "UTC")],
)
def test_a_zone_that_is_not_one_is_refused_with_near_names(text: str, near: str) -> None:
    with pytest.raises(InvalidZoneError) as refused:
        parse.zone(text)
    assert refused.value.text == text
    assert refused.value.near[0] == near
    assert len(refused.value.near) <= 3


@pytest.mark.parametrize(
    "text", ["../../etc/passwd", "/", "\0", "Europe/Berlin\0", "🎉" * 50, "x" * 6000, "Etc/GMT+99"]
)
def test_a_hostile_zone_is_refused_and_cut_to_a_length_that_can_be_shown(text: str) -> None:
    with pytest.raises(InvalidZoneError) as refused:
        parse.zone(text)
    assert refused.value.text == text[:LONGEST]


@given(st.text())
def test_any_text_is_either_read_or_refused(text: str) -> None:
    for read, refusal in (
        (parse.time_of_day, InvalidTimeError),
        (parse.days, InvalidDaysError),
        (parse.zone, InvalidZoneError),
    ):
        try:
            assert read(text) is not None
        except refusal:
            continue

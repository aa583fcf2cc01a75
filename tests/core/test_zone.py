"""Zones by the names people know them by, soon enough to suggest while they type."""

from __future__ import annotations

import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import zone
from bot.core.zone import LONGEST, zone_named, zones, zones_like


def test_the_zones_are_utc_and_those_named_after_places() -> None:
    assert zones()[0] == "UTC"
    assert {"Europe/Berlin", "Asia/Kathmandu", "America/Argentina/Buenos_Aires"} <= set(zones())
    assert not [name for name in zones() if name.startswith(("Etc/", "posix/", "right/"))]


@given(st.sampled_from(zones()))
def test_every_zone_can_be_loaded(name: str) -> None:
    assert ZoneInfo(name).key == name


def test_the_table_holds_no_zone_twice_and_none_that_does_not_exist() -> None:
    named = [line.split()[0] for line in zone._CALLED.split("\n") if line]  # noqa: SLF001 - the table itself
    assert len(named) == len(set(named))
    assert set(named) <= set(zones())


def test_a_name_is_known_whatever_its_case_and_nothing_else_is() -> None:
    assert zone_named("eUrOpE/bErLiN") == "Europe/Berlin"
    assert zone_named("Berlin") is None
    assert zone_named("") is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berlin", "Europe/Berlin"),
        ("Berln", "Europe/Berlin"),
        ("york", "America/New_York"),
        ("New York", "America/New_York"),
        ("kathmand", "Asia/Kathmandu"),
        ("Zürich", "Europe/Zurich"),
        ("São Paulo", "America/Sao_Paulo"),
        ("CET", "Europe/Berlin"),
        ("EST", "America/New_York"),
        ("pst", "America/Los_Angeles"),
        ("IST", "Asia/Kolkata"),
        ("GMT", "Europe/London"),
        ("Z", "UTC"),
        ("Germany", "Europe/Berlin"),
        ("germny", "Europe/Berlin"),
        ("UK", "Europe/London"),
        ("US", "America/New_York"),
        ("San Francisco", "America/Los_Angeles"),
        ("München", "Europe/Berlin"),
        ("Bejing", "Asia/Shanghai"),
        ("Berlin, Germany", "Europe/Berlin"),
        ("Paris (France)", "Europe/Paris"),
        ("Europe/Berlin (CET)", "Europe/Berlin"),
        ("Etc/UTC", "UTC"),
        ("GMT+5:30", "Asia/Kolkata"),
        ("utc +0545", "Asia/Kathmandu"),
        ("+9", "Asia/Tokyo"),
        ("UTC\N{MINUS SIGN}3", "America/Sao_Paulo"),
        ("Etc/GMT+3", "America/Sao_Paulo"),
    ],
)
def test_what_a_moderator_would_type_leads_first_to_the_zone_meant(typed: str, first: str) -> None:
    assert zones_like(typed, 3)[0] == first


def test_an_offset_suggests_zones_that_keep_it_all_year_in_winter_and_in_summer() -> None:
    assert zones_like("GMT+2", 3) == ["Africa/Johannesburg", "Europe/Athens", "Europe/Berlin"]


@pytest.mark.parametrize("typed", ["GMT+99", "UTC+14:61", "+", "x" * LONGEST, "x" * 6000, " " * 6000 + "x", "🎉", "()"])
def test_where_nothing_is_near_nothing_is_suggested(typed: str) -> None:
    assert zones_like(typed, 3) == []


@pytest.mark.parametrize("typed", ["", " ", "\t\n"])
def test_before_anything_is_typed_the_zones_most_asked_for_are_suggested(typed: str) -> None:
    assert zones_like(typed, 3) == ["Europe/Berlin", "America/New_York", "Europe/London"]
    assert len(zones_like(typed, 25)) == 25


def test_zones_whose_city_begins_so_come_first_and_among_them_the_ones_most_asked_for() -> None:
    found = zones_like("lon", 25)
    assert found[:2] == ["Europe/London", "Arctic/Longyearbyen"]
    assert "Europe/Lisbon" not in found
    assert set(zones_like("europe/", 25)) <= {name for name in zones() if name.startswith("Europe/")}


@given(st.text(max_size=30) | st.sampled_from(zones()).map(lambda name: name[2:9]), st.integers(0, 25))
def test_suggestions_are_zones_none_of_them_twice_and_no_more_than_asked_for(typed: str, most: int) -> None:
    found = zones_like(typed, most)
    assert len(found) <= most
    assert len(set(found)) == len(found)
    assert set(found) <= set(zones())


EXPANDING = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"
"""One character that normalises to eighteen."""


@pytest.mark.parametrize(
    "typed",
    ["x" * LONGEST, "Brln", "GMT+2", "a,b;c(d)" * 12, "abcd," * 20, "europe/" * 14, EXPANDING * LONGEST],
)
def test_suggestions_come_at_once(typed: str) -> None:
    zones_like("warm", 1)
    fastest = min(_seconds(typed) for _ in range(3))
    assert fastest < 0.05


def _seconds(typed: str) -> float:
    start = time.process_time()
    zones_like(typed, 25)
    return time.process_time() - start

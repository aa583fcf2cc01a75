"""What people type for times, weekdays and time zones, read kindly and checked exactly."""

from __future__ import annotations

import difflib
import re
from datetime import time
from functools import cache
from zoneinfo import available_timezones

from bot.core.errors import InvalidDaysError, InvalidTimeError, InvalidZoneError
from bot.core.schedule import EVERY_DAY

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "all": EVERY_DAY,
    "weekdays": frozenset(range(5)),
    "weekends": frozenset({5, 6}),
}
_NEAR = 3
_SHORTEST_DAY = 2


def time_of_day(text: str) -> time:
    """Read HH:MM or H:MM on a 24-hour clock; raises InvalidTimeError."""
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", text.strip(), re.ASCII)
    if match is None:
        raise InvalidTimeError(text)
    return time(int(match[1]), int(match[2]))


def days(text: str) -> frozenset[int]:
    """Read weekdays such as `daily`, `weekdays`, `mon-fri` or `mon, wed, fri`; raises InvalidDaysError."""
    chosen: set[int] = set()
    for word in re.split(r"[,;\s]+", re.sub(r"\s*[-\u2013]\s*", "-", text.strip().casefold())):
        first, dash, last = word.partition("-")
        if word in _GROUPS:
            chosen |= _GROUPS[word]
        elif dash:
            start, end = _day(first, text), _day(last, text)
            chosen |= {(start + step) % 7 for step in range((end - start) % 7 + 1)}
        else:
            chosen.add(_day(word, text))
    return frozenset(chosen)


def _day(word: str, text: str) -> int:
    for number, name in enumerate(DAY_NAMES):
        if len(word) >= _SHORTEST_DAY and name.startswith(word):
            return number
    raise InvalidDaysError(text)


def zone(text: str) -> str:
    """Return the IANA name that `text` means, whatever its case; raises InvalidZoneError with near names."""
    wanted = text.strip().casefold().replace(" ", "_")
    names = {name.casefold(): name for name in zones()}
    if wanted in names:
        return names[wanted]
    raise InvalidZoneError(text, tuple(zones_like(text, _NEAR)))


@cache
def zones() -> tuple[str, ...]:
    """Return all IANA names a person would choose from, sorted: areas with cities, and UTC."""
    return ("UTC", *sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))


def zones_like(text: str, most: int) -> list[str]:
    """Return up to `most` names that contain `text`, or failing that resemble it."""
    wanted = text.strip().casefold().replace(" ", "_")
    holding = [name for name in zones() if wanted in name.casefold()]
    if holding:
        return sorted(holding, key=lambda name: (not name.casefold().rpartition("/")[2].startswith(wanted), name))[
            :most
        ]
    cities = {name.casefold().rpartition("/")[2]: name for name in reversed(zones())}
    return [cities[city] for city in difflib.get_close_matches(wanted.rpartition("/")[2], cities, most)]

"""What people type for times, weekdays and time zones, read kindly and checked exactly."""

from __future__ import annotations

import re
from datetime import time

from bot.core.errors import InvalidDaysError, InvalidTimeError, InvalidZoneError
from bot.core.schedule import EVERY_DAY
from bot.core.zone import LONGEST, plain, zone_named, zones, zones_like

__all__ = ["DAY_NAMES", "days", "time_of_day", "zone", "zones", "zones_like"]

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "all": EVERY_DAY,
    "weekday": frozenset(range(5)),
    "weekdays": frozenset(range(5)),
    "weekend": frozenset({5, 6}),
    "weekends": frozenset({5, 6}),
}
_NEAR = 3
_SHORTEST_DAY = 2


def time_of_day(text: str) -> time:
    """Read HH:MM or H:MM on a 24-hour clock; raises InvalidTimeError."""
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", plain(text), re.ASCII)
    if match is None:
        raise InvalidTimeError(text[:LONGEST])
    return time(int(match[1]), int(match[2]))


def days(text: str) -> frozenset[int]:
    """Read weekdays such as `daily`, `weekdays`, `mon-fri` or `mon, wed and fri`; raises InvalidDaysError."""
    chosen: set[int] = set()
    typed = re.sub(r"\s*(?:[-\u2010-\u2015]|\bto\b)\s*", "-", plain(text))
    for word in re.findall(r"[^,;/&+\s]+", typed.replace("every day", "everyday")):
        first, dash, last = word.partition("-")
        if word in _GROUPS:
            chosen |= _GROUPS[word]
        elif dash:
            start, end = _day(first, text), _day(last, text)
            chosen |= {(start + step) % 7 for step in range((end - start) % 7 + 1)}
        elif word != "and":
            chosen.add(_day(word, text))
    if not chosen:
        raise InvalidDaysError(text[:LONGEST])
    return frozenset(chosen)


def _day(word: str, text: str) -> int:
    for number, name in enumerate(DAY_NAMES):
        if len(word) >= _SHORTEST_DAY and f"{name}s".startswith(word):
            return number
    raise InvalidDaysError(text[:LONGEST])


def zone(text: str) -> str:
    """Return the IANA name that `text` means, whatever its case; raises InvalidZoneError with near names."""
    name = zone_named(text)
    if name is None:
        raise InvalidZoneError(text[:LONGEST], tuple(zones_like(text, _NEAR)))
    return name

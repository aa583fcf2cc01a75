"""Time zones, and how people call them: by city, country, abbreviation or distance from Greenwich."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import chain, zip_longest
from zoneinfo import ZoneInfo, available_timezones

LONGEST = 100
"""Nobody types more than this for a time, some days or a zone; what is longer is not read."""

_SHORTEST_PIECE = 3

_CALLED = """
Europe/Berlin cet cest met germany deutschland munich munchen hamburg frankfurt cologne koln stuttgart
America/New_York est edt et eastern us usa boston washington miami atlanta philadelphia florida
Europe/London gmt bst uk england britain great_britain united_kingdom scotland wales manchester
Asia/Kolkata ist india mumbai bombay delhi new_delhi bangalore bengaluru chennai hyderabad pune
America/Los_Angeles pst pdt pt pacific us usa california san_francisco seattle san_diego portland las_vegas
America/Chicago cst cdt ct central us usa texas houston dallas austin
America/Sao_Paulo brt brazil brasil rio rio_de_janeiro brasilia
Europe/Paris cet cest france lyon marseille
Asia/Tokyo jst japan osaka kyoto
Asia/Shanghai cst china beijing peking shenzhen guangzhou
Australia/Sydney aest aedt aet australia
UTC gmt z zulu universal
Europe/Madrid cet cest spain espana barcelona valencia
Europe/Rome cet cest italy italia milan milano naples turin
Europe/Amsterdam cet cest netherlands holland the_hague rotterdam
Europe/Zurich cet cest switzerland schweiz suisse geneva basel bern
Europe/Vienna cet cest austria osterreich graz
Europe/Brussels cet cest belgium
Europe/Warsaw cet cest poland polska krakow
Europe/Prague cet cest czechia czech_republic
Europe/Budapest cet cest hungary
Europe/Stockholm cet cest sweden gothenburg
Europe/Oslo cet cest norway
Europe/Copenhagen cet cest denmark
Europe/Athens eet eest greece
Africa/Johannesburg sast south_africa cape_town durban pretoria
Africa/Lagos wat nigeria abuja
Africa/Cairo eet eest egypt
Africa/Nairobi eat kenya
Africa/Maputo cat mozambique
Africa/Casablanca morocco
Africa/Accra gmt ghana
Europe/Helsinki eet eest finland suomi
Europe/Bucharest eet eest romania
Europe/Kyiv eet eest ukraine kiev
Europe/Lisbon wet west portugal porto
Europe/Dublin ist ireland
Europe/Istanbul trt turkey turkiye ankara
Europe/Moscow msk russia st_petersburg saint_petersburg
Asia/Jerusalem ist idt israel tel_aviv
Asia/Riyadh saudi_arabia
Asia/Dubai gst uae united_arab_emirates abu_dhabi
Asia/Tehran irst iran
Asia/Karachi pkt pakistan lahore islamabad
Asia/Dhaka bangladesh
Asia/Kathmandu npt nepal
Asia/Bangkok ict thailand
Asia/Ho_Chi_Minh ict vietnam hanoi
Asia/Jakarta wib indonesia
Asia/Singapore sgt
Asia/Kuala_Lumpur malaysia
Asia/Hong_Kong hkt
Asia/Taipei taiwan
Asia/Manila philippines
Asia/Seoul kst korea south_korea
America/Toronto est edt et eastern canada ottawa
America/Vancouver pst pdt pt canada
America/Denver mst mdt mt mountain us usa colorado utah salt_lake_city
America/Phoenix mst arizona
America/Mexico_City cst mexico
America/Bogota cot colombia
America/Lima pet peru
America/Santiago chile
America/Argentina/Buenos_Aires art argentina
America/Halifax ast adt atlantic canada
America/St_Johns nst ndt newfoundland
America/Anchorage akst akdt alaska
Pacific/Honolulu hst hawaii
Australia/Brisbane aest queensland gold_coast
Australia/Melbourne aest aedt aet victoria
Australia/Adelaide acst acdt
Australia/Perth awst
Pacific/Auckland nzst nzdt new_zealand wellington christchurch
Asia/Tashkent uzbekistan
Asia/Almaty kazakhstan
Atlantic/Azores azores
"""
"""A zone a line, those most asked for first, and what else people call it beside its own name."""


def plain(text: str) -> str:
    """Return what was typed without case, accents, full-width forms and outer space; empty when it is far too long."""
    if len(text) > LONGEST:
        return ""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()


@cache
def zones() -> tuple[str, ...]:
    """Return all IANA names a person would choose from, sorted: areas with cities, and UTC."""
    return ("UTC", *sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))


def zone_named(text: str) -> str | None:
    """Return the IANA name that was typed, whatever its case and spaces, or None."""
    return _by_name().get(_joined(plain(text)))


def zones_like(text: str, most: int) -> list[str]:
    """Return up to `most` names that `text` may mean: by what it is called or contains, its offset, or its looks.

    With nothing typed yet these are the ones most asked for.
    """
    typed = plain(text)
    if not typed:
        return [] if text.strip() else list(_called())[:most]
    pieces = [piece.strip() for piece in re.split(r"[,;()]+", typed)]
    wanted = [_joined(typed), *(_joined(piece) for piece in pieces if len(piece) >= _SHORTEST_PIECE)]
    for search in (_meant, _at_offset, _resembling):
        found = dict.fromkeys(chain.from_iterable(search(name) for name in dict.fromkeys(wanted)))
        if found:
            return list(found)[:most]
    return []


def _joined(typed: str) -> str:
    """Write words as IANA names do: joined by underscores, areas set off by a slash."""
    return re.sub(r"_*/_*", "/", "_".join(typed.replace("\\", "/").split()))


@cache
def _by_name() -> dict[str, str]:
    return {name.casefold(): name for name in zones()}


@cache
def _called() -> dict[str, tuple[str, ...]]:
    """Return the zones of the table that this machine knows, each with its other names."""
    lines = (line.split() for line in _CALLED.split("\n") if line)
    return {name: tuple(others) for name, *others in lines if name in zones()}


def _city(name: str) -> str:
    return name.casefold().rpartition("/")[2]


def _meant(wanted: str) -> list[str]:
    """Return the zones that are called so, then those whose city begins so, then the rest that contain it.

    Among these the ones most asked for come first.
    """
    called = [name for name, others in _called().items() if wanted in others]
    holding = [name for lower, name in _by_name().items() if wanted in lower]
    return called + sorted(holding, key=lambda name: (not _city(name).startswith(wanted), name not in _called(), name))


def _at_offset(wanted: str) -> Iterator[str]:
    """Yield zones so far from Greenwich: in turn some that always are, some in January, and some in July."""
    match = re.fullmatch(r"(etc/)?(?:utc|gmt)?_?([+\u2212-])_?([01]?[0-9])(?::?([0-5][0-9]))?", wanted, re.ASCII)
    if match is None:
        return
    # By an old custom the sign is the other way round in names such as Etc/GMT+2.
    sign = 1 if (match[2] == "+") != bool(match[1]) else -1
    offset = sign * timedelta(hours=int(match[3]), minutes=int(match[4] or 0))
    near = {name: (january == offset, july == offset) for name, (january, july) in _offsets().items()}
    always, winter, summer = (
        [name for name, when in near.items() if when == kind] for kind in ((True, True), (True, False), (False, True))
    )
    yield from (name for turn in zip_longest(always, winter, summer) for name in turn if name is not None)


@cache
def _offsets() -> dict[str, tuple[timedelta | None, timedelta | None]]:
    """Return how far the table's zones are from Greenwich in January and in July."""
    return {
        name: (
            datetime(2026, 1, 15, tzinfo=ZoneInfo(name)).utcoffset(),
            datetime(2026, 7, 15, tzinfo=ZoneInfo(name)).utcoffset(),
        )
        for name in _called()
    }


def _resembling(wanted: str) -> Iterator[str]:
    """Yield the zones whose city, or one of whose other names, is spelt much like this."""
    names: dict[str, list[str]] = {}
    for name, others in _called().items():
        for other in (_city(name), *others):
            names.setdefault(other, []).append(name)
    for name in zones():
        names.setdefault(_city(name), [name])
    for close in difflib.get_close_matches(_city(wanted), names, cutoff=0.7):
        yield from names[close]

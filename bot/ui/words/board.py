"""The words of boards and of a member's figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.board import Page, Place
from bot.core.ledger import Tally
from bot.core.period import Period
from bot.ui.words import commands, common

PERIOD = {Period.WEEK: commands.WEEK, Period.MONTH: commands.MONTH, Period.ALL: commands.ALL_TIME}
"""How each period is written."""

FIRST, BACK, NEXT, LAST = "First", "Back", "Next", "Last"

_MEDALS = {1: "\N{FIRST PLACE MEDAL}", 2: "\N{SECOND PLACE MEDAL}", 3: "\N{THIRD PLACE MEDAL}"}


def heading(period: Period) -> str:
    """Return the title of a board."""
    return f"### Leaderboard · {PERIOD[period]}"


def lines(page: Page, reader_id: int) -> str:
    """Return the lines of a page; the reader's own is bold."""
    if not page.places:
        return "Nobody is on this board yet. The next right answer opens it."
    return "\n".join(_line(place, mine=place.user_id == reader_id) for place in page.places)


def _line(place: Place, *, mine: bool) -> str:
    rank = _MEDALS.get(place.rank, f"{place.rank:,}.")
    text = f"{rank} {common.user(place.user_id)} — {common.plural(place.points, 'point')}"
    return f"**{text}** (you)" if mine else text


def own(place: Place | None, members: int, *, hidden: bool) -> str:
    """Return where the reader stands."""
    if place is not None and hidden:
        points = common.plural(place.points, "point")
        return f"-# You have {points}, and are hidden from this board. `/mydata show` puts you on it."
    if place is None:
        return "-# You have no points here yet: any question is a good one to begin with."
    return f"-# You are {_ordinal(place.rank)} of {members:,} with {common.plural(place.points, 'point')}."


def _ordinal(number: int) -> str:
    teens = {11, 12, 13}
    ending = "th" if number % 100 in teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def stats_heading(user_id: int, *, own: bool) -> str:
    """Return the title of a member's figures."""
    return "### Your figures" if own else f"### Figures of {common.user(user_id)}"


def summary(points: int, places: Mapping[Period, Place]) -> str:
    """Return points and ranks."""
    ranks = [f"{_ordinal(place.rank)} {PERIOD[period]}" for period, place in places.items()]
    return f"**{common.plural(points, 'point')}**" + (f" · {' · '.join(ranks)}" if ranks else "")


def streak(length: int, best: int, freezes: int) -> str:
    """Return streak, best streak and freezes."""
    return f"**{length}-day streak** · best {best} · {common.plural(freezes, 'freeze')} held"


def accuracy(correct: int, answered: int) -> str:
    """Return the share of right answers."""
    return f"**{correct:,} of {answered:,} right** ({common.percent(correct, answered)})"


def by_difficulty(tally: Sequence[Tally]) -> str:
    """Return accuracy for each difficulty that was met."""
    parts = []
    for difficulty, name in common.DIFFICULTY.items():
        met = [row for row in tally if row.difficulty is difficulty]
        if met:
            parts.append(f"{name} {_share(met)}")
    return "**By difficulty** · " + " · ".join(parts)


def by_topic(tally: Sequence[Tally], names: Mapping[str, str]) -> str:
    """Return accuracy for each topic that was met, in the order of the course."""
    topics = sorted({row.topic for row in tally})
    rows = [f"{names.get(topic, topic)}: {_share([row for row in tally if row.topic == topic])}" for topic in topics]
    return "**By topic**\n" + "\n".join(f"- {row}" for row in rows)


def _share(tally: Sequence[Tally]) -> str:
    return f"{sum(row.correct for row in tally)} of {sum(row.answered for row in tally)}"


NOTHING_YET = "No answers yet. `/today` shows the question of the day."
NOTHING_YET_OTHER = "No answers yet."
HIDDEN_FROM_YOU = "This member keeps their figures to themselves."
HIDDEN_NOTE = "-# You are hidden: only you see this. `/mydata show` puts you back on the boards."

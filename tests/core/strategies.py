"""Builders and hypothesis strategies for the core objects; every test folder may import them.

A builder gives one plain, valid object and takes changes by keyword. A strategy gives all valid ones.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.core.answer import Answer, Member
from bot.core.guild import Guild
from bot.core.pick import Card
from bot.core.question import Difficulty, Kind, Option, Picture, Question, Solution
from bot.core.round import Round, State
from bot.core.schedule import Schedule
from bot.core.streak import fold

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
GUILD, CHANNEL, MEMBER, MODERATOR = 1001, 2001, 3001, 3999

TRICKY_ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Niue",
    "Africa/Casablanca",
    "America/Santiago",
    "Antarctica/Troll",
)
"""Zones that between them have every oddity: far ends of the date line, half hours, midnight gaps, two-hour jumps."""


# Builders


def question(**changes: Any) -> Question:  # noqa: ANN401 - any field of a question
    """Return a valid numeric question of medium difficulty; its correct option is `right`, shown as B."""
    plain = Question(
        id="t01-steps",
        topic="T01",
        difficulty=Difficulty.MEDIUM,
        kind=Kind.NUMERIC,
        stem="What is the weight after one step of plain gradient descent?",
        options=(
            Option("plus", "1.2", misconception="wrong_sign", remark="The step goes against the gradient."),
            Option("right", "0.8", correct=True),
            Option("raw", "-1.0", misconception="no_rate", remark="The learning rate scales the gradient."),
            Option("same", "1.0", misconception="no_step", remark="The gradient is not zero."),
        ),
        hint="Multiply the gradient by the learning rate first.",
        solution=Solution(
            steps=("The gradient is 2.", "The step is 0.1 * 2 = 0.2.", "The weight is 1.0 - 0.2 = 0.8."),
            answer="0.8",
            quick_check="A positive gradient makes the weight smaller.",
            mistakes=("Adding the step.", "Leaving out the learning rate."),
        ),
        code="w = 1.0\nlr = 0.1\nw -= lr * 2 * w",
    )
    return replace(plain, **changes)


def schedule(**changes: Any) -> Schedule:  # noqa: ANN401 - any field of a schedule
    """Return a daily schedule at 09:00 in Berlin."""
    return replace(Schedule("Europe/Berlin", time(9)), **changes)


def guild(**changes: Any) -> Guild:  # noqa: ANN401 - any field of a guild
    """Return a guild that was set up and has been asked nothing yet."""
    plain = Guild(id=GUILD, channel_id=CHANNEL, schedule=schedule(), seed="seed", set_up_by=MODERATOR)
    return replace(plain, **changes)


def round_(**changes: Any) -> Round:  # noqa: ANN401 - any field of a round
    """Return the guild's first round, open since 08:00 UTC on Monday, at position 1."""
    opened = NOON - timedelta(hours=4)
    plain = Round(
        id=1,
        guild_id=GUILD,
        number=1,
        local_date=MONDAY,
        question=question(),
        state=State.OPEN,
        channel_id=CHANNEL,
        nonce="sw1:1",
        claimed_at=opened,
        message_id=4001,
        position=1,
        opened_at=opened,
        shown=State.OPEN,
    )
    return replace(plain, **changes)


def claimed_round(**changes: Any) -> Round:  # noqa: ANN401 - any field of a round
    """Return a round that was claimed a moment ago and not sent yet, its lease still running."""
    bare: dict[str, Any] = {
        "state": State.CLAIMED,
        "message_id": None,
        "position": None,
        "opened_at": None,
        "shown": None,
        "lease_until": NOON + timedelta(minutes=1),
        "claimed_at": NOON,
    }
    return round_(**(bare | changes))


def answer(**changes: Any) -> Answer:  # noqa: ANN401 - any field of an answer
    """Return the correct, unhinted first answer of a member to the plain round."""
    plain = Answer(
        guild_id=GUILD,
        round_id=1,
        user_id=MEMBER,
        option_id="right",
        correct=True,
        hinted=False,
        base=20,
        bonus=0,
        streak=1,
        freezes_used=0,
        freeze_earned=False,
        at=NOON,
    )
    return replace(plain, **changes)


def member(**changes: Any) -> Member:  # noqa: ANN401 - any field of a member
    """Return a member who has answered nothing yet."""
    return replace(Member(GUILD, MEMBER), **changes)


def card(number: int, *, topic: str = "T01", difficulty: Difficulty = Difficulty.EASY) -> Card:
    """Return what picking knows of the item with this number."""
    return Card(f"{topic.casefold()}-{number:04}", topic, difficulty)


def real_pool() -> list[Card]:
    """Return a pool shaped like the real one: T01 to T12, five items each; 20 easy, 26 medium, 14 hard."""
    first = ["EEEMM", "EEMMH", "EEMMH", "EMMHH", "EMMMH", "EEMMH"]
    last = ["EEMMH", "EMMHH", "EEMMH", "EEMMH", "EMMMH", "EMMHH"]
    by_letter = {"E": Difficulty.EASY, "M": Difficulty.MEDIUM, "H": Difficulty.HARD}
    return [
        card(number, topic=f"T{topic:02}", difficulty=by_letter[letter])
        for topic, shape in enumerate(first + last, start=1)
        for number, letter in enumerate(shape, start=1)
    ]


# Strategies

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
names = st.from_regex(r"[a-z][a-z0-9_-]{0,15}", fullmatch=True)
difficulties = st.sampled_from(Difficulty)
snowflakes = st.integers(1, 2**63 - 1)
instants = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)
"""Aware UTC instants of this century."""

clock_times = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
day_sets = st.frozensets(st.integers(0, 6), min_size=1)
streaks = st.lists(st.integers(1, 4), max_size=40).map(
    lambda gaps: fold(sum(gaps[:place]) for place in range(1, len(gaps) + 1))
)
"""Streaks that some history leads to."""


@cache
def every_zone() -> tuple[str, ...]:
    """Return all zones that a moderator may choose."""
    from bot.core.parse import zones  # noqa: PLC0415 - reads the zone list, which most tests never need

    return zones()


zones = st.one_of(st.sampled_from(TRICKY_ZONES), st.deferred(lambda: st.sampled_from(every_zone())))
schedules = st.builds(Schedule, zone=zones, at=clock_times, days=st.one_of(st.just(frozenset(range(7))), day_sets))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Draw any valid question: three to five options, exactly one of them correct."""
    ids = draw(st.lists(names, min_size=3, max_size=5, unique=True))
    right = draw(st.sampled_from(ids))
    options = tuple(
        Option(name, draw(words), correct=True)
        if name == right
        else Option(name, draw(words), misconception=draw(names), remark=draw(words))
        for name in ids
    )
    solution = st.builds(
        Solution,
        steps=st.lists(words, min_size=1, max_size=4).map(tuple),
        answer=words,
        quick_check=words,
        mistakes=st.lists(words, max_size=3).map(tuple),
    )
    return Question(
        id=draw(names),
        topic=draw(names),
        difficulty=draw(difficulties),
        kind=draw(st.sampled_from(Kind)),
        stem=draw(words),
        options=options,
        hint=draw(words),
        solution=draw(solution),
        code=draw(st.none() | words),
        picture=draw(st.none() | st.builds(Picture, file=words, alt=words)),
        source=draw(st.none() | words),
    )


members = st.builds(
    Member,
    guild_id=snowflakes,
    user_id=snowflakes,
    streak=streaks,
    answered=st.just(0),
    correct=st.just(0),
    hidden=st.booleans(),
)
guilds = st.builds(
    Guild,
    id=snowflakes,
    channel_id=snowflakes,
    schedule=schedules,
    seed=words,
    set_up_by=snowflakes,
    role_id=st.none() | snowflakes,
    open_hours=st.none() | st.integers(1, 168),
)


@st.composite
def pools(draw: st.DrawFn, *, most: int = 24) -> list[Card]:
    """Draw a pool of cards over a few topics, with any mixture of difficulties."""
    shapes = draw(st.lists(st.tuples(st.integers(1, 5), difficulties), min_size=1, max_size=most))
    return [
        card(number, topic=f"T{topic:02}", difficulty=difficulty) for number, (topic, difficulty) in enumerate(shapes)
    ]


def local(zone: str, *fields: int, fold: int = 0) -> datetime:
    """Return the UTC instant of a local wall-clock reading, such as `local("Europe/Berlin", 2026, 3, 29, 9, 0)`."""
    return datetime(*fields, tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)  # type: ignore[arg-type,misc]

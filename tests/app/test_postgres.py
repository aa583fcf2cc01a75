"""Two processes on one PostgreSQL database: whatever they do at once, each fact is there once and everything agrees."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import ask
from bot.app.click import Marked, Verb
from bot.app.close import close
from bot.app.privacy import erase
from bot.app.void import void
from bot.core.errors import NoRoundError
from bot.core.round import State
from db.doctor import examine
from tests.app.fake import killing
from tests.app.play import Name, Step, live
from tests.app.world import ADA, CHANNEL, GUILD, MODERATOR, START, World, answering, build, clicking, world_at
from tests.stores import temporary_url

DUE = START + timedelta(hours=1)


@dataclass
class Pair:
    """Two processes of the bot with one clock and one Discord, and where their database is."""

    one: World
    two: World
    url: str


@pytest_asyncio.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    async with temporary_url("postgresql", tmp_path) as url, world_at(url) as one, world_at(url) as other:
        two = build(replace(other.context, clock=one.clock), one.clock, one.messenger)
        yield Pair(one, two, url)
        assert await examine(url) == []


async def test_two_hundred_double_clicks_at_two_processes_become_two_hundred_answers(pair: Pair) -> None:
    round_ = await pair.one.first_round()
    clicks = [answering(round_, user, right=right) for user in range(1, 201) for right in (True, False)]
    outcomes = await asyncio.gather(
        *(writer.submit(click) for click in clicks for writer in (pair.one.writer, pair.two.writer))
    )
    assert all(isinstance(one, Marked) for one in outcomes)
    assert sum((await pair.one.distribution(round_)).values()) == 200
    shown = {(one.answer.user_id, one.answer.option_id) for one in outcomes if isinstance(one, Marked)}
    assert len(shown) == 200, "whoever clicked was shown one answer, whichever process it went through"


async def test_two_tickers_post_each_question_once(pair: Pair) -> None:
    for number in range(12):
        await pair.one.set_up(GUILD + number, channel_id=CHANNEL + number)
    for day in range(3):
        pair.one.clock.now = DUE + timedelta(days=day)
        for _ in range(2):
            await asyncio.gather(pair.one.tick(), pair.two.tick())
        assert len(pair.one.messenger.messages) == 12 * (day + 1)
    states = [[one.state for one in await pair.one.rounds(GUILD + number)] for number in range(12)]
    assert states == [[State.CLOSED, State.CLOSED, State.OPEN]] * 12


async def test_a_delivery_that_one_process_leaves_is_taken_over_once(pair: Pair) -> None:
    pair.one.messenger.after_post = killing
    await pair.one.set_up()
    pair.one.clock.now = DUE
    await pair.one.tick()
    pair.one.messenger.after_post = lambda _: None
    pair.one.clock.forward(minutes=10)
    (round_,) = await pair.one.rounds()
    await asyncio.gather(
        ask.recover(pair.one.context, pair.one.messenger, round_),
        ask.recover(pair.two.context, pair.one.messenger, round_),
    )
    assert pair.one.messenger.calls["find"] == 1
    assert (await pair.two.open_round()).message_id == pair.one.message(round_).id


async def test_a_click_may_adopt_while_the_sender_records(pair: Pair) -> None:
    pair.one.messenger.after_post = killing
    await pair.one.set_up()
    pair.one.clock.now = DUE
    await pair.one.tick()
    (round_,) = await pair.one.rounds()
    message = pair.one.message(round_)
    click = clicking(round_, message_id=message.id, slot=answering(round_).slot)
    _, outcome = await asyncio.gather(ask.record(pair.one.context, round_, message.id), pair.two.writer.submit(click))
    assert isinstance(outcome, Marked)
    assert (await pair.one.open_round()).id == round_.id


async def test_answers_while_a_round_is_closed_taken_back_and_erased_leave_everything_sound(pair: Pair) -> None:
    round_ = await pair.one.first_round()
    clicks = [answering(round_, user, right=bool(user % 3)) for user in range(ADA, ADA + 60)]
    hints = [clicking(round_, user, Verb.OPEN_HINT) for user in range(ADA, ADA + 60, 2)]

    async def interfere() -> None:
        await asyncio.sleep(0.01)
        await erase(pair.two.context, GUILD, ADA)
        await close(pair.two.context, GUILD, MODERATOR, round_.id)
        await void(pair.one.context, GUILD, MODERATOR, "Two right options.", round_.id)
        with pytest.raises(NoRoundError):
            await void(pair.two.context, GUILD, MODERATOR, "Again.", round_.id)

    await asyncio.gather(
        *(pair.one.writer.submit(click) for click in clicks),
        *(pair.two.writer.submit(click) for click in (*hints, *clicks)),
        interfere(),
    )
    assert await pair.one.points(ADA + 1) == 0
    assert (await pair.one.rounds())[0].state is State.VOID


async def test_a_life_in_all_its_kinds_of_steps_agrees_there_too(pair: Pair) -> None:
    await pair.one.set_up()
    names: tuple[Name, ...] = (
        *("day", "answer", "day", "hint", "answer", "void", "day", "skip"),
        *("outage", "day", "answer", "late", "adjust"),
    )
    account = await live(pair.one, [Step(name) for name in names])
    member = await pair.one.member(ADA)
    assert member is not None
    assert member.streak == account.streak(ADA)
    assert await pair.one.points(ADA) == account.total(ADA)

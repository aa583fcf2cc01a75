"""Taking a round back: its points go by new entries on its own day, and streaks are as if it had never been."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.app.board import board
from bot.app.privacy import erase, export, hide
from bot.app.stats import stats
from bot.app.void import find_voidable, void
from bot.core.errors import NoRoundError, NotSetUpError
from bot.core.ledger import EntryKind
from bot.core.period import Period
from bot.core.round import Round, State
from tests.app.world import ADA, BLAISE, CHEN, GUILD, MODERATOR, OTHER, World

WHY = "Two options were right."


async def _void(world: World, round_: Round) -> None:
    await void(world.context, GUILD, MODERATOR, WHY, round_.id)


async def test_points_go_back_by_new_entries_on_the_original_day(world: World) -> None:
    round_ = await world.first_round()
    marked = await world.answered(round_)
    await world.answered(round_, BLAISE, right=False)
    world.clock.forward(hours=20)  # by now it is another day
    done = await void(world.context, GUILD, MODERATOR, WHY, round_.id)
    assert (done.round.id, done.answers, done.points) == (round_.id, 2, marked.answer.points)
    assert await world.points() == 0
    async with world.store.begin() as transaction:
        entries = await transaction.ledger.of_round(GUILD, round_.id)
    assert [(one.user_id, one.kind, one.points) for one in entries] == [
        (ADA, EntryKind.ANSWER, marked.answer.points),
        (BLAISE, EntryKind.ANSWER, 0),
        (ADA, EntryKind.VOID, -marked.answer.points),
        (BLAISE, EntryKind.VOID, 0),
    ]
    assert {one.day for one in entries} == {date(2026, 11, 23)}
    assert {(one.by, one.reason, one.at) for one in entries[2:]} == {(MODERATOR, WHY, world.clock.now)}


async def test_the_weeks_and_months_board_forget_the_round_too(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    world.clock.forward(days=8)
    await _void(world, round_)
    world.clock.forward(days=-8)
    for period in Period:
        shown = await board(world.context, GUILD, ADA, period)
        assert (shown.page.places, shown.own) == ((), None)


async def test_streaks_are_counted_as_if_the_round_had_never_been(world: World) -> None:
    await world.answered(await world.first_round())
    second = await world.next_round()
    await world.answered(second)
    await _void(world, second)
    member = await world.member()
    assert member is not None
    assert (member.streak.length, member.streak.best, member.answered, member.correct) == (1, 1, 1, 1)
    marked = await world.answered(await world.next_round())
    assert (marked.answer.streak, marked.answer.freezes_used) == (2, 0)


async def test_who_missed_the_round_loses_no_freeze_by_it(world: World) -> None:
    await world.answered(await world.first_round())
    await _void(world, await world.next_round())
    marked = await world.answered(await world.next_round())
    assert (marked.answer.streak, marked.answer.freezes_used, marked.freezes) == (2, 0, 1)


async def test_a_freeze_that_the_round_used_up_or_earned_comes_back_or_goes(world: World) -> None:
    round_ = await world.first_round()
    for _ in range(6):
        await world.answered(round_)
        round_ = await world.next_round()
    assert (await world.answered(round_, ADA)).answer.freeze_earned
    await _void(world, round_)
    member = await world.member()
    assert member is not None
    assert (member.streak.length, member.streak.freezes) == (6, 1)


async def test_the_next_round_takes_the_position_that_became_free(world: World) -> None:
    await world.first_round()
    second = await world.next_round()
    await _void(world, second)
    third = await world.next_round()
    assert [(one.number, one.state, one.position) for one in await world.rounds()] == [
        (1, State.CLOSED, 1),
        (2, State.VOID, None),
        (3, State.OPEN, 2),
    ]
    assert third.position == 2


async def test_a_closed_round_can_be_taken_back_until_the_next_one_comes(world: World) -> None:
    first = await world.first_round(open_hours=2)
    await world.answered(first)
    await world.go(world.clock.now + timedelta(hours=5))
    closed = await find_voidable(world.context, GUILD)
    assert (closed.id, closed.state) == (first.id, State.CLOSED)
    await _void(world, closed)
    assert await world.points() == 0


async def test_taking_back_is_noted_in_the_audit(world: World) -> None:
    round_ = await world.first_round()
    marked = await world.answered(round_)
    await _void(world, round_)
    act = (await world.acts())[0]
    expected = {"number": 1, "item": round_.question.id, "reason": WHY, "points": marked.answer.points}
    assert (act.action, act.by, act.detail) == ("void", MODERATOR, expected)


async def test_a_round_can_be_taken_back_once(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    await _void(world, round_)
    before = await world.everything()
    with pytest.raises(NoRoundError):
        await _void(world, round_)
    with pytest.raises(NoRoundError):
        await find_voidable(world.context, GUILD)
    assert await world.everything() == before


async def test_a_confirmation_that_comes_late_does_not_take_the_next_round_back(world: World) -> None:
    round_ = await world.first_round()
    await world.next_round()
    with pytest.raises(NoRoundError):
        await _void(world, round_)
    assert (await world.open_round()).number == 2


async def test_before_the_first_question_there_is_nothing_to_take_back(world: World) -> None:
    with pytest.raises(NotSetUpError):
        await find_voidable(world.context, OTHER)
    await world.set_up()
    with pytest.raises(NoRoundError):
        await find_voidable(world.context, GUILD)


async def test_a_member_who_was_erased_stays_erased(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_, ADA)
    await world.answered(round_, BLAISE)
    await erase(world.context, GUILD, ADA)
    await _void(world, round_)
    assert await world.member(ADA) is None
    assert (await export(world.context, GUILD, ADA))["entries"] == []


async def test_who_hides_goes_on_hiding(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_, CHEN)
    await hide(world.context, GUILD, CHEN, hidden=True)
    await _void(world, round_)
    member = await world.member(CHEN)
    assert member is not None
    assert (member.hidden, member.answered) == (True, 0)


async def test_figures_by_topic_leave_the_round_out(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    await _void(world, round_)
    found = await stats(world.context, GUILD, ADA, ADA)
    assert found is not None
    assert (found.tally, found.points, found.streak) == ((), 0, 0)

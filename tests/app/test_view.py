"""What is shown to members and moderators: today, stats, boards, status and the audit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app.board import board
from bot.app.item import queue, retire
from bot.app.messenger import FailureReason
from bot.app.privacy import hide
from bot.app.score import adjust
from bot.app.setup import pause, resume
from bot.app.stats import stats
from bot.app.status import AUDIT_PAGE, audit, require_set_up, status
from bot.app.today import Today, today
from bot.core.board import Cursor, Place
from bot.core.errors import NotSetUpError
from bot.core.period import Period
from tests.app.fake import refusing
from tests.app.world import ADA, BLAISE, CHEN, GUILD, MODERATOR, OTHER, World, bank


async def test_today_shows_the_open_round_and_ones_own_answer(world: World) -> None:
    round_ = await world.first_round()
    due = (await world.guild()).next_due
    assert await today(world.context, GUILD, ADA) == Today(round_, None, 0, 1, due)
    marked = await world.answered(round_)
    await world.answered(round_, BLAISE)
    assert await today(world.context, GUILD, ADA) == Today(round_, marked.answer, 2, 1, due)


async def test_today_shows_when_the_next_question_comes_while_none_is_open(world: World) -> None:
    guild = await world.set_up(open_hours=2)
    nothing = Today(None, None, 0, 0, guild.next_due)
    assert await today(world.context, GUILD, ADA) == nothing
    await world.next_round()
    world.clock.forward(hours=2)
    assert (await today(world.context, GUILD, ADA)).round is None, "its hours are over, whether closed by now or not"


async def test_stats_hold_streak_points_places_and_accuracy(world: World) -> None:
    first = await world.first_round()
    earned = (await world.answered(first)).answer.points
    second = await world.next_round()
    await world.answered(second, right=False)
    await world.answered(second, BLAISE)
    found = await stats(world.context, GUILD, ADA, ADA)
    assert found is not None
    assert (found.streak, found.points, found.member.answered, found.member.correct) == (2, earned, 2, 1)
    assert set(found.places) == set(Period)
    assert sum(one.answered for one in found.tally) == 2
    assert sum(one.correct for one in found.tally) == 1
    assert {one.topic for one in found.tally} == {first.question.topic, second.question.topic}


async def test_a_streak_that_a_gap_has_outrun_shows_as_ended(world: World) -> None:
    await world.answered(await world.first_round())
    lengths = []
    for _ in range(3):
        await world.next_round()
        found = await stats(world.context, GUILD, ADA, ADA)
        assert found is not None
        lengths.append(found.streak)
    assert lengths == [1, 1, 0], "the round still open is not missed yet, and one freeze bridges one round"


async def test_stats_of_a_newcomer_are_empty(world: World) -> None:
    await world.set_up()
    found = await stats(world.context, GUILD, ADA, BLAISE)
    assert found is not None
    assert (found.streak, found.points, found.places, found.tally) == (0, 0, {}, ())


async def test_stats_of_somebody_who_hides_are_for_themselves(world: World) -> None:
    await world.answered(await world.first_round())
    await hide(world.context, GUILD, ADA, hidden=True)
    assert await stats(world.context, GUILD, BLAISE, ADA) is None
    assert await stats(world.context, GUILD, ADA, ADA) is not None
    await hide(world.context, GUILD, ADA, hidden=False)
    assert await stats(world.context, GUILD, BLAISE, ADA) is not None


async def test_equal_points_share_a_rank(world: World) -> None:
    round_ = await world.first_round()
    points = (await world.answered(round_, ADA)).answer.points
    await world.answered(round_, BLAISE)
    await adjust(world.context, GUILD, MODERATOR, CHEN, points=1, reason="a bet")
    shown = await board(world.context, GUILD, CHEN, Period.WEEK)
    assert shown.page.places == (Place(1, ADA, points), Place(1, BLAISE, points), Place(3, CHEN, 1))
    assert shown.own == Place(3, CHEN, 1)


async def test_a_board_has_pages(world: World) -> None:
    await world.set_up()
    for place in range(25):
        await adjust(world.context, GUILD, MODERATOR, 5000 + place, points=100 - place, reason="a bet")
    first = await board(world.context, GUILD, 5024, Period.ALL)
    assert [place.rank for place in first.page.places] == list(range(1, 11))
    assert (first.page.more_before, first.page.more_after, first.page.members) == (False, True, 25)
    assert first.own == Place(25, 5024, 76)
    last = first.page.places[-1]
    second = await board(world.context, GUILD, ADA, Period.ALL, after=Cursor(last.points, last.user_id))
    assert [place.rank for place in second.page.places] == list(range(11, 21))
    assert second.own is None
    edge = second.page.places[0]
    back = await board(world.context, GUILD, ADA, Period.ALL, before=Cursor(edge.points, edge.user_id))
    assert back.page.places == first.page.places


async def test_the_week_begins_on_monday_in_the_guilds_own_calendar(world: World) -> None:
    await world.first_round()
    await world.answered(await world.open_round())
    world.clock.forward(days=6, hours=14)
    assert (await board(world.context, GUILD, ADA, Period.WEEK)).own is not None
    world.clock.forward(hours=1)
    assert (await board(world.context, GUILD, ADA, Period.WEEK)).own is None
    assert (await board(world.context, GUILD, ADA, Period.MONTH)).own is not None


async def test_status_shows_settings_round_and_what_lies_ahead(world: World) -> None:
    await world.set_up()
    empty = await status(world.context, GUILD)
    assert (empty.round, empty.answers, empty.members, empty.items) == (None, 0, 0, len(bank().cards()))
    round_ = await world.next_round()
    await world.answered(round_)
    await world.answered(round_, BLAISE, right=False)
    ids = [card.id for card in bank().cards()]
    await queue(world.context, GUILD, MODERATOR, ids[-1])
    await retire(world.context, GUILD, MODERATOR, ids[-2])
    found = await status(world.context, GUILD)
    assert (found.round, found.answers, found.members) == (round_, 2, 2)
    assert (found.queued, found.retired) == ((ids[-1],), frozenset({ids[-2]}))
    assert found.guild == await world.guild()


async def test_status_shows_failures(world: World) -> None:
    world.messenger.post_fault = refusing(FailureReason.NO_PERMISSION)
    await world.set_up()
    await world.go(world.clock.now + timedelta(hours=1))
    found = await status(world.context, GUILD)
    assert (found.guild.failures, found.guild.failure, found.round) == (1, FailureReason.NO_PERMISSION, None)


async def test_the_audit_is_read_page_by_page_newest_first(world: World) -> None:
    await world.set_up()
    for _ in range(6):
        await pause(world.context, GUILD, MODERATOR, None)
        await resume(world.context, GUILD, MODERATOR)
    page, more = await audit(world.context, GUILD)
    assert (len(page), more) == (AUDIT_PAGE, True)
    rest, more = await audit(world.context, GUILD, page[-1].id)
    assert ([act.action for act in rest], more) == (["resume", "pause", "setup"][-len(rest) :], False)
    ids = [act.id for act in (*page, *rest)]
    assert ids == sorted(ids, reverse=True)


async def test_a_guild_that_is_not_set_up_has_nothing_to_show(world: World) -> None:
    for asking in (
        today(world.context, OTHER, ADA),
        stats(world.context, OTHER, ADA, ADA),
        board(world.context, OTHER, ADA, Period.ALL),
        status(world.context, OTHER),
        audit(world.context, OTHER),
        require_set_up(world.context, OTHER),
    ):
        with pytest.raises(NotSetUpError):
            await asking
    await world.set_up(OTHER)
    await require_set_up(world.context, OTHER)

"""The writer: all that waits in one transaction, and nothing acknowledged before its commit."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app.click import Declined, HintShown, Marked, Refusal, Verb
from bot.app.writer import ATTEMPTS, LARGEST_BATCH
from bot.core.errors import DatabaseBusyError
from db.errors import BusyError, ClashError, UncertainError
from tests.app.watched import watch
from tests.app.world import ADA, BLAISE, CHEN, GUILD, OTHER, World, answering, clicking

TOO_LARGE = 2**70
"""An id that no database takes: an error that nobody foresaw."""


async def test_clicks_that_wait_together_share_one_transaction(world: World) -> None:
    round_ = await world.first_round()
    watched, writer = watch(world)
    outcomes = await asyncio.gather(*(writer.submit(answering(round_, user)) for user in range(1, 101)))
    assert watched.commits == 1
    assert all(isinstance(one, Marked) and one.fresh for one in outcomes)


async def test_more_clicks_than_a_batch_holds_take_as_many_transactions_as_needed(world: World) -> None:
    round_ = await world.first_round()
    watched, writer = watch(world)
    await asyncio.gather(*(writer.submit(answering(round_, user)) for user in range(1, 2 * LARGEST_BATCH + 2)))
    assert watched.commits == 3
    assert sum((await world.distribution(round_)).values()) == 2 * LARGEST_BATCH + 1


async def test_of_two_hundred_double_clicks_each_second_one_sees_the_first(world: World) -> None:
    round_ = await world.first_round()
    clicks = [answering(round_, user, right=right) for user in range(1, 201) for right in (True, False)]
    outcomes = await asyncio.gather(*map(world.writer.submit, clicks))
    assert sum((await world.distribution(round_)).values()) == 200
    for first, second in zip(outcomes[::2], outcomes[1::2], strict=True):
        assert isinstance(first, Marked)
        assert first.fresh
        assert first.answer.correct
        assert second == replace(first, fresh=False)
    assert await world.points(200) == await world.points(1) > 0


async def test_nothing_is_acknowledged_before_its_commit(world: World) -> None:
    round_ = await world.first_round()
    watched, writer = watch(world)
    watched.gate = asyncio.Event()
    waiting = asyncio.create_task(writer.submit(answering(round_)))
    await watched.reached.wait()
    for _ in range(10):
        await asyncio.sleep(0)
    assert not waiting.done()
    watched.gate.set()
    assert isinstance(await waiting, Marked)
    assert watched.commits == 1


async def test_while_one_batch_is_written_the_next_one_gathers(world: World) -> None:
    round_ = await world.first_round()
    watched, writer = watch(world)
    watched.gate = asyncio.Event()
    first = asyncio.create_task(writer.submit(answering(round_, ADA)))
    await watched.reached.wait()
    others = [asyncio.create_task(writer.submit(answering(round_, user))) for user in range(1, 51)]
    await asyncio.sleep(0)
    watched.gate.set()
    await asyncio.gather(first, *others)
    assert watched.commits == 2


async def test_a_commit_that_fails_leaves_nothing_behind_and_says_so(world: World) -> None:
    round_ = await world.first_round()
    watched, writer = watch(world)
    watched.before = [BusyError("The disk is full.")]
    outcomes = await asyncio.gather(
        *(writer.submit(answering(round_, user)) for user in (ADA, BLAISE)), return_exceptions=True
    )
    assert [type(one) for one in outcomes] == [DatabaseBusyError, DatabaseBusyError]
    assert await world.distribution(round_) == {}
    assert await world.member() is None
    assert await world.points() == 0
    again = await writer.submit(answering(round_))
    assert isinstance(again, Marked)
    assert again.fresh


async def test_a_database_that_another_process_locks_is_waited_for_and_then_named_busy(
    world: World, tmp_path: Path
) -> None:
    round_ = await world.first_round()
    with closing(sqlite3.connect(tmp_path / "stepwise.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseBusyError):
            await world.answer(round_)
    assert (await world.answered(round_)).fresh


async def test_an_unforeseen_error_in_one_click_hurts_only_that_click(world: World) -> None:
    round_ = await world.first_round()
    users = [*range(1, 21), TOO_LARGE, *range(21, 41)]
    outcomes = await asyncio.gather(
        *(world.writer.submit(answering(round_, user)) for user in users), return_exceptions=True
    )
    broken = outcomes.pop(users.index(TOO_LARGE))
    assert isinstance(broken, OverflowError)
    assert all(isinstance(one, Marked) and one.fresh for one in outcomes)
    assert sum((await world.distribution(round_)).values()) == 40


async def test_a_batch_that_clashed_is_run_again(world: World) -> None:
    round_ = await world.first_round()
    watched, writer = watch(world)
    watched.before = [ClashError("Two changes got in each other's way.")] * (ATTEMPTS - 1)
    outcome = await writer.submit(answering(round_))
    assert isinstance(outcome, Marked)
    assert outcome.fresh
    assert (watched.tries, watched.commits) == (ATTEMPTS, 1)


async def test_a_batch_that_clashes_every_time_is_given_up(world: World) -> None:
    round_ = await world.first_round()
    watched, writer = watch(world)
    watched.before = [ClashError("Two changes got in each other's way.")] * ATTEMPTS
    with pytest.raises(DatabaseBusyError):
        await writer.submit(answering(round_))
    assert watched.tries == ATTEMPTS
    assert await world.distribution(round_) == {}


async def test_an_answer_whose_commit_is_uncertain_but_happened_is_read_and_not_repeated(world: World) -> None:
    round_ = await world.first_round()
    watched, writer = watch(world)
    watched.after = [UncertainError("The connection broke during a commit.")]
    outcome = await writer.submit(answering(round_))
    assert isinstance(outcome, Marked)
    assert sum((await world.distribution(round_)).values()) == 1
    assert await world.points() == outcome.answer.points > 0
    member = await world.member()
    assert member is not None
    assert member.answered == 1


async def test_an_answer_whose_commit_is_uncertain_and_did_not_happen_is_written_once(world: World) -> None:
    round_ = await world.first_round()
    watched, writer = watch(world)
    watched.before = [UncertainError("The connection broke during a commit.")]
    outcome = await writer.submit(answering(round_))
    assert isinstance(outcome, Marked)
    assert outcome.fresh
    assert await world.points() == outcome.answer.points > 0


async def test_a_commit_that_stays_uncertain_is_not_called_saved(world: World) -> None:
    round_ = await world.first_round()
    watched, writer = watch(world)
    watched.before += [UncertainError("The connection broke during a commit.")] * 2 * ATTEMPTS
    with pytest.raises((DatabaseBusyError, UncertainError)):
        await writer.submit(answering(round_))
    assert await world.distribution(round_) == {}


async def test_finishing_settles_whatever_waits(world: World) -> None:
    round_ = await world.first_round()
    tasks = [asyncio.create_task(world.writer.submit(answering(round_, user))) for user in (ADA, BLAISE, CHEN)]
    await asyncio.sleep(0)
    await world.writer.finish()
    await asyncio.sleep(0)
    assert sum((await world.distribution(round_)).values()) == 3
    assert all(isinstance(task.result(), Marked) for task in tasks)


async def test_finishing_an_idle_writer_ends_at_once(world: World) -> None:
    await world.writer.finish()
    await world.writer.finish()


async def test_callers_who_give_up_waiting_do_no_harm_to_the_others(world: World) -> None:
    round_ = await world.first_round()
    watched, writer = watch(world)
    watched.gate = asyncio.Event()
    impatient, patient = (asyncio.create_task(writer.submit(answering(round_, user))) for user in (ADA, BLAISE))
    await watched.reached.wait()
    impatient.cancel()
    watched.gate.set()
    assert isinstance(await patient, Marked)
    with pytest.raises(asyncio.CancelledError):
        await impatient
    # The answer of whoever gave up is stored all the same: it was clicked.
    assert not (await world.answered(round_, ADA)).fresh


async def test_a_caller_who_gave_up_may_be_in_a_batch_that_fails(world: World) -> None:
    round_ = await world.first_round()
    watched, writer = watch(world)
    watched.gate = asyncio.Event()
    watched.before = [BusyError("The disk is full.")]
    impatient, patient = (asyncio.create_task(writer.submit(answering(round_, user))) for user in (ADA, BLAISE))
    await watched.reached.wait()
    impatient.cancel()
    watched.gate.set()
    with pytest.raises(DatabaseBusyError):
        await patient


async def test_a_batch_may_hold_all_kinds_of_clicks_of_several_guilds(world: World) -> None:
    await world.set_up(OTHER)
    first, second = await world.first_round(), await world.open_round(OTHER)
    outcomes = await asyncio.gather(
        world.writer.submit(clicking(first, ADA, Verb.OPEN_HINT)),
        world.writer.submit(answering(first, ADA)),
        world.writer.submit(answering(second, ADA, right=False)),
        world.writer.submit(clicking(first, BLAISE, Verb.SOLUTION)),
        world.writer.submit(clicking(second, BLAISE, guild_id=GUILD)),
    )
    hint, hinted, wrong, solution, foreign = outcomes
    assert hint == HintShown(first, free=False)
    assert isinstance(hinted, Marked)
    assert hinted.answer.hinted
    assert isinstance(wrong, Marked)
    assert (wrong.answer.correct, wrong.answer.points, wrong.answer.guild_id) == (False, 0, OTHER)
    assert solution == Declined(Refusal.OPEN)
    assert foreign == Declined(Refusal.UNKNOWN)

"""Answers, hints, and the members' figures that follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.answer import Member
from bot.core.ledger import Tally
from bot.core.question import Difficulty
from bot.core.streak import Streak
from db.errors import ConflictError
from db.store import Store
from tests.core import strategies
from tests.core.strategies import GUILD, MONDAY, NOON, member, question
from tests.db.play import ADA, BLAISE, CHEN, OTHER, answer, open_round, play, set_up, void

DAY = timedelta(days=1)


async def test_an_answer_is_kept_whole(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        opened = await open_round(transaction)
        (given,) = await answer(transaction, opened, {ADA: "right"}, hinted={ADA})
    async with store.begin() as transaction:
        pair = (opened.id, ADA)
        assert await transaction.answers.find([pair, (opened.id, BLAISE), (99, ADA)]) == {pair: given}
        assert given.hinted
        assert await transaction.answers.find([]) == {}


async def test_a_second_answer_changes_and_counts_nothing(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        opened = await open_round(transaction)
        (first,) = await answer(transaction, opened, {ADA: "plus"})
    async with store.begin() as transaction:
        second = replace(first, option_id="right", correct=True, base=20)
        third = replace(second, user_id=BLAISE)
        assert await transaction.answers.add([second, third]) == {(opened.id, BLAISE)}
        assert await transaction.answers.add([]) == set()
        pair = (opened.id, ADA)
        assert await transaction.answers.find([pair]) == {pair: first}
        assert await transaction.rounds.distribution(GUILD, opened.id) == {"plus": 1, "right": 1}
        ((_, count),) = await transaction.rounds.stale(NOON + DAY, 5)
        assert count == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"guild_id": OTHER},
        {"round_id": 99},
        {"streak": 0},
        {"base": -1},
        {"correct": False},
        {"freezes_used": 3},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
async def test_an_impossible_answer_is_refused(store: Store, wrong: dict[str, int]) -> None:
    async with store.begin() as transaction:
        await set_up(transaction, GUILD, OTHER)
        opened = await open_round(transaction)
    impossible = replace(strategies.answer(round_id=opened.id), **wrong)  # type: ignore[arg-type]
    with pytest.raises(ConflictError):
        async with store.begin() as transaction:
            await transaction.answers.add([impossible])
    async with store.begin() as transaction:
        assert await transaction.rounds.distribution(GUILD, opened.id) == {}


async def test_the_first_opening_of_a_hint_stays(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        opened = await open_round(transaction)
        await transaction.answers.add_hints([(GUILD, opened.id, ADA, NOON), (GUILD, opened.id, BLAISE, NOON)])
        await transaction.answers.add_hints([(GUILD, opened.id, ADA, NOON + DAY)])
        await transaction.answers.add_hints([])
        asked = [(opened.id, ADA), (opened.id, CHEN)]
        assert await transaction.answers.hints(asked) == {(opened.id, ADA)}
        exported = await transaction.erasures.export(GUILD, ADA)
        assert exported["hints"][0]["at"] == NOON.isoformat()


async def test_positions_leave_out_what_was_voided(store: Store) -> None:
    rounds = await play(store, 4)
    async with store.begin() as transaction:
        await void(transaction, rounds[0])
        found = await transaction.answers.positions(GUILD, [ADA, BLAISE, CHEN, 7])
        assert found == {
            ADA: [(1, True), (2, True), (3, True)],
            BLAISE: [(1, False), (2, False), (3, False)],
            CHEN: [(2, True)],
            7: [],
        }
        assert await transaction.answers.answerers_since(GUILD, 3) == {ADA, BLAISE}
        assert await transaction.answers.answerers_since(GUILD, 9, round_id=rounds[0].id) == {ADA, BLAISE, CHEN}
        ada = await transaction.members.get(GUILD, ADA)
        assert ada == Member(GUILD, ADA, Streak(3, 3, 1, 3), 3, 3)


async def test_the_tally_groups_by_topic_and_difficulty(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        asked = [
            question(topic="T02", difficulty=Difficulty.HARD),
            question(topic="T01"),
            question(topic="T01"),
            question(topic="T01"),
        ]
        rounds = []
        for number, (one, choice) in enumerate(zip(asked, ("right", "plus", "right", "right"), strict=True)):
            opened = await open_round(transaction, day=MONDAY + number * DAY, asked=one)
            await answer(transaction, opened, {ADA: choice})
            rounds.append(opened)
        await void(transaction, rounds[3])
        assert await transaction.answers.tally(GUILD, ADA) == [
            Tally("T01", Difficulty.MEDIUM, 2, 1),
            Tally("T02", Difficulty.HARD, 1, 1),
        ]
        assert await transaction.answers.tally(OTHER, ADA) == []


async def test_members_are_saved_and_found_by_guild(store: Store) -> None:
    ada = member(user_id=ADA, streak=Streak(3, 5, 2, 9), answered=7, correct=4)
    elsewhere = replace(ada, guild_id=OTHER, answered=8)
    async with store.begin() as transaction:
        await set_up(transaction, GUILD, OTHER)
        assert await transaction.members.get(GUILD, ADA) is None
        await transaction.members.save([])
        await transaction.members.save([elsewhere, ada, member(user_id=BLAISE)])
        assert await transaction.members.get(GUILD, ADA) == ada
        found = await transaction.members.many([(OTHER, ADA), (GUILD, ADA), (GUILD, 9)])
        assert found == {(GUILD, ADA): ada, (OTHER, ADA): elsewhere}
        assert await transaction.members.count(GUILD) == 1
        await transaction.members.save([replace(ada, answered=9, hidden=True)])
        again = await transaction.members.get(GUILD, ADA)
        assert again == replace(ada, answered=9)


async def test_who_hid_before_ever_answering_stays_hidden(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        await transaction.ledger.set_hidden(GUILD, ADA, hidden=True)
    await play_on(store)
    async with store.begin() as transaction:
        found = await transaction.members.get(GUILD, ADA)
        assert found is not None
        assert found.hidden
        assert found.answered == 1
        page = await transaction.ledger.page(GUILD, "all")
        assert [place.user_id for place in page.places] == [BLAISE]


async def play_on(store: Store) -> None:
    async with store.begin() as transaction:
        await answer(transaction, await open_round(transaction), {ADA: "right", BLAISE: "right"})


@pytest.mark.parametrize(
    "wrong",
    [Member(GUILD, ADA, Streak(3, 2, 1, 4)), Member(GUILD, ADA, Streak(1, 1, 3, 4)), Member(GUILD, ADA, correct=1)],
    ids=["best below length", "three freezes", "more right than answered"],
)
async def test_impossible_figures_are_refused(store: Store, wrong: Member) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
    with pytest.raises(ConflictError):
        async with store.begin() as transaction:
            await transaction.members.save([wrong])


async def test_thousands_of_answers_go_in_at_once(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        opened = await open_round(transaction)
        users = range(1, 9_001)
        await answer(transaction, opened, dict.fromkeys(users, "right"))
        assert len(await transaction.answers.find([(opened.id, user) for user in users])) == 9_000
        assert await transaction.members.count(GUILD) == 9_000
        place = await transaction.ledger.place(GUILD, 9_000, "all")
        assert place is not None
        assert place.rank == 1

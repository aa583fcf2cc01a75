"""The ledger, and the boards that follow from it, compared with counting everybody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.board import Cursor, Page, Place
from bot.core.ledger import Entry, EntryKind
from bot.core.period import Period, key, keys
from db.errors import ConflictError
from db.store import Store, Transaction
from tests.core.strategies import GUILD, MEMBER, MONDAY, NOON
from tests.db.play import ADA, BLAISE, CHEN, OTHER, adjustment, answer, open_round, play, set_up, void

ALL = "all"
DAY = timedelta(days=1)


@dataclass
class Naive:
    """Boards as a child would keep them: all entries, counted anew each time."""

    entries: list[Entry] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)

    def points(self, guild_id: int, period: str) -> dict[int, int]:
        sums: dict[int, int] = defaultdict(int)
        for one in self.entries:
            if one.guild_id == guild_id and period in keys(one.day):
                sums[one.user_id] += one.points
        return {user: points for user, points in sums.items() if points > 0}

    def board(self, guild_id: int, period: str) -> list[Place]:
        seen = {user: points for user, points in self.points(guild_id, period).items() if user not in self.hidden}
        ordered = sorted(seen.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Place(1 + sum(other > points for other in seen.values()), user, points) for user, points in ordered]

    def place(self, guild_id: int, user_id: int, period: str) -> Place | None:
        points = self.points(guild_id, period).get(user_id)
        if points is None:
            return None
        ahead = sum(place.points > points for place in self.board(guild_id, period))
        return Place(1 + ahead, user_id, points)


async def leaf_through(transaction: Transaction, guild_id: int, period: str, limit: int) -> list[Page]:
    """Turn pages from the top to the end."""
    pages = [await transaction.ledger.page(guild_id, period, limit=limit)]
    while pages[-1].more_after:
        last = pages[-1].places[-1]
        after = Cursor(last.points, last.user_id)
        pages.append(await transaction.ledger.page(guild_id, period, after=after, limit=limit))
    return pages


users = st.integers(1, 8)
amounts = st.one_of(st.integers(-60, 60), st.integers(-5000, 5000), st.just(10))
days = st.sampled_from([MONDAY, MONDAY + DAY, MONDAY + 9 * DAY, date(2027, 1, 1)])
acts = st.lists(
    st.one_of(
        st.lists(
            st.builds(adjustment, users, amounts, guild_id=st.sampled_from([GUILD, OTHER]), day=days),
            max_size=8,
        ),
        st.tuples(users, st.booleans()),
    ),
    max_size=12,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts, st.integers(1, 4), days)
async def test_pages_and_ranks_are_those_of_counting_everybody(
    store: Store, acts: list[list[Entry] | tuple[int, bool]], limit: int, day: date
) -> None:
    naive = Naive()
    async with store.begin() as transaction:
        for guild_id in (GUILD, OTHER):
            await transaction.erasures.erase_guild(guild_id, NOON)
        await set_up(transaction, GUILD, OTHER)
    for act in acts:
        async with store.begin() as transaction:
            if isinstance(act, list):
                await transaction.ledger.add(act)
                naive.entries += act
            else:
                user, hidden = act
                for guild_id in (GUILD, OTHER):
                    await transaction.ledger.set_hidden(guild_id, user, hidden=hidden)
                (naive.hidden.add if hidden else naive.hidden.discard)(user)
    async with store.begin() as transaction:
        for guild_id in (GUILD, OTHER):
            for period in Period:
                name = key(period, day)
                board = naive.board(guild_id, name)
                pages = await leaf_through(transaction, guild_id, name, limit)
                assert [place for page in pages for place in page.places] == board
                assert {page.members for page in pages} == {len(board)}
                assert [page.more_before for page in pages] == [number > 0 for number in range(len(pages))]
                back = pages[-1]
                for page in reversed(pages[:-1]):
                    first = back.places[0]
                    back = await transaction.ledger.page(
                        guild_id, name, before=Cursor(first.points, first.user_id), limit=limit
                    )
                    assert back == page
                for user in range(1, 9):
                    assert await transaction.ledger.place(guild_id, user, name) == naive.place(guild_id, user, name)


async def test_a_page_beyond_the_end_is_empty_and_knows_what_lies_before(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        assert await transaction.ledger.page(GUILD, ALL) == Page((), 0, more_before=False, more_after=False)
        await transaction.ledger.add([adjustment(ADA, 5)])
        beyond = await transaction.ledger.page(GUILD, ALL, after=Cursor(5, ADA))
        assert beyond == Page((), 1, more_before=True, more_after=False)
        above = await transaction.ledger.page(GUILD, ALL, before=Cursor(5, ADA))
        assert above == Page((), 1, more_before=False, more_after=True)


async def test_a_cursor_may_stand_where_nobody_stands_any_more(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        await transaction.ledger.add([adjustment(ADA, 50), adjustment(BLAISE, 30), adjustment(CHEN, 10)])
        page = await transaction.ledger.page(GUILD, ALL, after=Cursor(40, 1))
        assert page.places == (Place(2, BLAISE, 30), Place(3, CHEN, 10))
        assert page.more_before
        page = await transaction.ledger.page(GUILD, ALL, before=Cursor(20, 1))
        assert page.places == (Place(1, ADA, 50), Place(2, BLAISE, 30))
        assert page.more_after
        await transaction.ledger.add([adjustment(7, -4)])
        page = await transaction.ledger.page(GUILD, ALL, before=Cursor(-4, 7), limit=1)
        assert page == Page((Place(3, CHEN, 10),), 3, more_before=True, more_after=False)
        assert (await transaction.ledger.page(GUILD, ALL, after=Cursor(0, 1))).places == ()


async def test_nobody_stands_on_a_board_without_points(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        opened = await open_round(transaction)
        await answer(transaction, opened, {ADA: "plus", BLAISE: "right"})
        assert await transaction.ledger.place(GUILD, ADA, ALL) is None
        assert await transaction.ledger.points(GUILD, ADA) == 0
        assert (await transaction.ledger.page(GUILD, ALL)).members == 1
        await void(transaction, opened)
        assert await transaction.ledger.place(GUILD, BLAISE, ALL) is None
        assert (await transaction.ledger.page(GUILD, ALL)).members == 0


async def test_who_hides_sees_the_place_among_the_others(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        await transaction.ledger.add([adjustment(ADA, 50), adjustment(BLAISE, 30), adjustment(CHEN, 10)])
        await transaction.ledger.set_hidden(GUILD, BLAISE, hidden=True)
        await transaction.ledger.set_hidden(GUILD, BLAISE, hidden=True)
        assert await transaction.ledger.place(GUILD, BLAISE, ALL) == Place(2, BLAISE, 30)
        assert await transaction.ledger.place(GUILD, CHEN, ALL) == Place(2, CHEN, 10)
        assert [place.user_id for place in (await transaction.ledger.page(GUILD, ALL)).places] == [ADA, CHEN]
        await transaction.ledger.set_hidden(GUILD, BLAISE, hidden=False)
        assert (await transaction.ledger.page(GUILD, ALL)).members == 3


async def test_a_void_gives_the_points_back_in_the_week_they_came(store: Store) -> None:
    rounds = await play(store, 2)
    async with store.begin() as transaction:
        assert await transaction.ledger.points(GUILD, ADA) == 41
        await void(transaction, rounds[0])
        assert await transaction.ledger.points(GUILD, ADA) == 21
        place = await transaction.ledger.place(GUILD, ADA, key(Period.WEEK, MONDAY))
        assert place == Place(1, ADA, 21)
        kinds = [(one.user_id, one.kind, one.points) for one in await transaction.ledger.of_round(GUILD, rounds[0].id)]
        assert sorted(kinds) == [
            (ADA, EntryKind.ANSWER, 20),
            (ADA, EntryKind.VOID, -20),
            (BLAISE, EntryKind.ANSWER, 0),
            (BLAISE, EntryKind.VOID, 0),
            (CHEN, EntryKind.ANSWER, 10),
            (CHEN, EntryKind.VOID, -10),
        ]
        assert await transaction.ledger.of_round(OTHER, rounds[0].id) == []


async def test_points_are_never_given_twice_for_one_answer(store: Store) -> None:
    (opened,) = await play(store, 1)
    async with store.begin() as transaction:
        entries = await transaction.ledger.of_round(GUILD, opened.id)
    with pytest.raises(ConflictError):
        async with store.begin() as transaction:
            await transaction.ledger.add(entries)
    async with store.begin() as transaction:
        await transaction.ledger.add([])
        assert await transaction.ledger.points(GUILD, ADA) == 20


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": EntryKind.VOID},
        {"points": 1_000_001},
        {"points": -5, "kind": EntryKind.ANSWER},
        {"round_id": 99},
        {"guild_id": OTHER},
    ],
    ids=str,
)
async def test_an_impossible_entry_is_refused(store: Store, wrong: dict[str, object]) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
    impossible = replace(adjustment(MEMBER, 5), **wrong)  # type: ignore[arg-type]
    with pytest.raises(ConflictError):
        async with store.begin() as transaction:
            await transaction.ledger.add([impossible])
    async with store.begin() as transaction:
        assert await transaction.ledger.points(GUILD, MEMBER) == 0
        assert await transaction.members.get(GUILD, MEMBER) is None

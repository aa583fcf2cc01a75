"""Rounds: from claim to close, and what their messages show."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.round import State
from db.errors import ConflictError
from db.store import Store
from tests.core.strategies import CHANNEL, GUILD, MONDAY, NOON, question
from tests.db.play import ADA, BLAISE, CHEN, OTHER, answer, claim, open_round, play, set_up, void

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


async def test_a_claim_keeps_the_question_whole_and_numbers_the_round(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        first = await claim(transaction)
        second = await claim(transaction, day=MONDAY + DAY, asked=question(code=None, stem="héllo \U0001f4a1"))
        assert first is not None
        assert second is not None
    async with store.begin() as transaction:
        assert await transaction.rounds.get(GUILD, first.id) == first
        assert first.question == question()
        assert (first.number, second.number) == (1, 2)
        assert second.question.stem == "héllo \U0001f4a1"
        assert first.state is State.CLAIMED
        assert first.position is None
        assert await transaction.rounds.on(GUILD, MONDAY) == first
        assert await transaction.rounds.on(GUILD, MONDAY - DAY) is None
        assert await transaction.rounds.recent(GUILD, 5) == [second, first]
        assert await transaction.rounds.many([first.id, second.id, 99]) == {first.id: first, second.id: second}
        assert await transaction.rounds.latest(GUILD) is None


async def test_a_date_is_claimed_once(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        assert await claim(transaction) is not None
        assert await claim(transaction) is None
    async with store.begin() as transaction:
        assert await claim(transaction) is None
        assert len(await transaction.rounds.recent(GUILD, 5)) == 1


async def test_a_nonce_is_used_once(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction, GUILD, OTHER)
        await claim(transaction)
    with pytest.raises(ConflictError):
        async with store.begin() as transaction:
            await transaction.rounds.claim(
                guild_id=OTHER,
                local_date=MONDAY,
                question=question(),
                channel_id=CHANNEL,
                nonce=f"{GUILD}/{MONDAY}",
                now=NOON,
                lease_until=NOON,
            )


async def test_a_lease_goes_to_one_of_those_who_find_it_expired(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        claimed = await claim(transaction)
        assert claimed is not None
        assert await transaction.rounds.expired_claims(NOON, 5) == []
        late = NOON + 2 * MINUTE
        assert await transaction.rounds.expired_claims(late, 5) == [claimed]
        assert not await transaction.rounds.lease(claimed, now=NOON, until=late)
        assert await transaction.rounds.lease(claimed, now=late, until=late + MINUTE)
        assert not await transaction.rounds.lease(claimed, now=late, until=late + MINUTE)
        await transaction.rounds.put_off(claimed.id, late + HOUR)
        assert await transaction.rounds.expired_claims(late + 2 * MINUTE, 5) == []
        await transaction.rounds.attempted(claimed.id, late)
        await transaction.rounds.attempted(claimed.id, late + MINUTE)
        found = await transaction.rounds.get(GUILD, claimed.id)
        assert found is not None
        assert found.attempted_at == late


async def test_a_lease_that_ends_hours_ahead_is_over_since_the_clock_was_set_back(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        claimed = await claim(transaction)
        assert claimed is not None
        assert claimed.lease_until is not None
        earlier = claimed.lease_until - 3 * HOUR
        assert await transaction.rounds.expired_claims(earlier, 5) == [claimed]
        assert await transaction.rounds.lease(claimed, now=earlier, until=earlier + MINUTE)
        assert await transaction.rounds.expired_claims(earlier, 5) == []


async def test_opened_rounds_take_positions_in_order_and_abandoned_ones_none(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        assert await transaction.rounds.last_position(GUILD) == 0
        first = await open_round(transaction)
        lost = await claim(transaction, day=MONDAY + DAY)
        assert lost is not None
        assert await transaction.rounds.abandon(GUILD, lost.id, NOON)
        assert not await transaction.rounds.abandon(GUILD, lost.id, NOON)
        third = await open_round(transaction, day=MONDAY + 2 * DAY)
        assert (first.position, third.position) == (1, 2)
        assert third.number == 3
        assert third.state is State.OPEN
        assert await transaction.rounds.open_in(GUILD) == third
        assert await transaction.rounds.latest(GUILD) == third
        assert await transaction.rounds.last_position(GUILD) == 2
        assert await transaction.rounds.closed_position(GUILD) == 1
        assert await transaction.rounds.asked(GUILD) == ["t01-steps", "t01-steps"]
        assert (
            await transaction.rounds.opened(GUILD, lost.id, message_id=5, channel_id=CHANNEL, at=NOON, closes_at=None)
            is None
        )


async def test_a_guild_has_one_open_round(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        await open_round(transaction)
        second = await claim(transaction, day=MONDAY + DAY)
        assert second is not None
    with pytest.raises(ConflictError):
        async with store.begin() as transaction:
            await transaction.rounds.opened(GUILD, second.id, message_id=5, channel_id=CHANNEL, at=NOON, closes_at=None)


async def test_a_message_belongs_to_one_round(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction, GUILD, OTHER)
        first = await open_round(transaction)
        second = await claim(transaction, guild_id=OTHER)
        assert first.message_id is not None
        assert second is not None
    with pytest.raises(ConflictError):
        async with store.begin() as transaction:
            await transaction.rounds.opened(
                OTHER, second.id, message_id=first.message_id, channel_id=CHANNEL, at=NOON, closes_at=None
            )


async def test_an_open_round_closes_once_and_when_its_time_is_up(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        forever = await open_round(transaction)
        assert await transaction.rounds.expired(NOON + DAY, 5) == []
        assert await transaction.rounds.close(GUILD, forever.id, NOON)
        opened = await open_round(transaction, day=MONDAY + DAY, closes_at=NOON + HOUR)
        assert await transaction.rounds.expired(NOON, 5) == []
        (over,) = await transaction.rounds.expired(NOON + HOUR, 5)
        assert over.id == opened.id
        assert await transaction.rounds.close(GUILD, opened.id, NOON + HOUR)
        assert not await transaction.rounds.close(GUILD, opened.id, NOON + 2 * HOUR)
        closed = await transaction.rounds.get(GUILD, opened.id)
        assert closed is not None
        assert (closed.state, closed.closed_at) == (State.CLOSED, NOON + HOUR)
        assert await transaction.rounds.open_in(GUILD) is None


async def test_a_void_moves_later_rounds_down(store: Store) -> None:
    rounds = await play(store, 4)
    async with store.begin() as transaction:
        await void(transaction, rounds[1])
        positions = [one.position for one in reversed(await transaction.rounds.recent(GUILD, 9))]
        assert positions == [1, None, 2, 3]
        assert not await transaction.rounds.void(GUILD, rounds[1].id, reason="again", at=NOON)
        found = await transaction.rounds.get(GUILD, rounds[1].id)
        assert found is not None
        assert (found.state, found.void_reason) == (State.VOID, "wrong key")
        assert (await open_round(transaction, day=MONDAY + 4 * DAY)).position == 4


async def test_words_that_no_database_keeps_become_question_marks(store: Store) -> None:
    rounds = await play(store, 1)
    async with store.begin() as transaction:
        await transaction.rounds.void(GUILD, rounds[0].id, reason="a\0b\ud800c'; DROP TABLE round; --", at=NOON)
        found = await transaction.rounds.get(GUILD, rounds[0].id)
        assert found is not None
        assert found.void_reason == "a?b?c'; DROP TABLE round; --"


async def test_stale_are_the_messages_that_show_something_else(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        opened = await open_round(transaction)
        assert await transaction.rounds.stale(NOON, 5) == []
        await answer(transaction, opened, {ADA: "right", BLAISE: "plus"})
        assert [(one.id, count) for one, count in await transaction.rounds.stale(NOON, 5)] == [(opened.id, 2)]
        await transaction.rounds.shown(opened.id, state=State.OPEN, count=2, next_after=NOON + MINUTE)
        assert await transaction.rounds.stale(NOON + HOUR, 5) == []
        await answer(transaction, opened, {CHEN: "right"})
        assert await transaction.rounds.stale(NOON, 5) == []
        assert len(await transaction.rounds.stale(NOON + MINUTE, 5)) == 1
        await transaction.rounds.postpone(opened.id, NOON + HOUR)
        assert await transaction.rounds.stale(NOON + MINUTE, 5) == []
        await transaction.rounds.close(GUILD, opened.id, NOON)
        await transaction.rounds.shown(opened.id, state=State.OPEN, count=3, next_after=NOON + 9 * HOUR)
        ((stale, _),) = await transaction.rounds.stale(NOON + HOUR, 5)
        assert (stale.state, stale.shown, stale.show_after) == (State.CLOSED, State.OPEN, NOON + HOUR)
        await transaction.guilds.left(GUILD, NOON)
        assert await transaction.rounds.stale(NOON + HOUR, 5) == []


async def test_the_distribution_counts_the_erased_too(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        opened = await open_round(transaction)
        assert await transaction.rounds.distribution(GUILD, opened.id) == {}
        await answer(transaction, opened, {ADA: "right", BLAISE: "plus", CHEN: "right"})
        assert await transaction.rounds.distribution(GUILD, opened.id) == {"right": 2, "plus": 1}
        await transaction.erasures.erase(GUILD, ADA, NOON + HOUR)
        await transaction.erasures.erase(GUILD, CHEN, NOON + HOUR)
        assert await transaction.rounds.distribution(GUILD, opened.id) == {"right": 2, "plus": 1}
        assert await transaction.rounds.distribution(OTHER, opened.id) == {}


async def test_a_claim_in_a_guild_never_set_up_is_refused(store: Store) -> None:
    with pytest.raises(ConflictError):
        async with store.begin() as transaction:
            await claim(transaction)

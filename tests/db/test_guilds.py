"""Guilds: settings, what is due, the queue and the retired items."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.guild import Guild
from bot.core.schedule import Schedule
from db.errors import ConflictError
from db.store import Store
from tests.core.strategies import GUILD, NOON, clock_times, day_sets, guild, snowflakes, zones
from tests.db.play import OTHER, set_up

HOUR = timedelta(hours=1)

instants = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
any_guild = st.builds(
    Guild,
    id=snowflakes,
    channel_id=snowflakes,
    schedule=st.builds(Schedule, zones, clock_times, day_sets),
    seed=st.text("abc123", min_size=1),
    set_up_by=snowflakes,
    role_id=st.none() | snowflakes,
    open_hours=st.none() | st.integers(1, 168),
    moderator_role_id=st.none() | snowflakes,
    served=st.none() | st.dates(),
    next_due=st.none() | instants,
    paused=st.booleans(),
    paused_until=st.none() | instants,
    failures=st.integers(0, 9),
    failure=st.none() | st.just("refused"),
    told_at=st.none() | instants,
)


async def test_a_guild_never_set_up_is_none(store: Store) -> None:
    async with store.begin() as transaction:
        assert await transaction.guilds.get(GUILD) is None
        assert await transaction.guilds.next_due() is None
        assert len(await transaction.guilds.ids()) == 0


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_guild, any_guild)
async def test_a_guild_is_read_as_it_was_saved_and_saved_again(store: Store, first: Guild, second: Guild) -> None:
    second = replace(second, id=first.id)
    async with store.begin() as transaction:
        await transaction.guilds.save(first)
        assert await transaction.guilds.get(first.id) == first
    async with store.begin() as transaction:
        await transaction.guilds.save(second)
        assert await transaction.guilds.get(first.id) == second


async def test_instants_come_back_in_utc_whatever_zone_they_went_in_with(store: Store) -> None:
    due = datetime(2026, 11, 23, 12, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    async with store.begin() as transaction:
        await transaction.guilds.save(guild(next_due=due))
    async with store.begin() as transaction:
        found = await transaction.guilds.next_due()
    assert found == due
    assert found is not None
    assert found.utcoffset() == timedelta(0)


async def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(Exception, match="an instant needs a time zone"):
        async with store.begin() as transaction:
            await transaction.guilds.save(guild(next_due=naive))


async def test_impossible_settings_are_refused(store: Store) -> None:
    for wrong in (guild(open_hours=0), guild(failures=-1)):
        with pytest.raises(ConflictError):
            async with store.begin() as transaction:
                await transaction.guilds.save(wrong)
    async with store.begin() as transaction:
        assert len(await transaction.guilds.ids()) == 0


async def test_due_are_the_guilds_whose_time_has_come_longest_due_first(store: Store) -> None:
    guilds = (
        guild(id=1, next_due=NOON),
        guild(id=2, next_due=NOON - HOUR),
        guild(id=3, next_due=NOON + HOUR),
        guild(id=4, next_due=None),
        guild(id=5, next_due=NOON - HOUR, paused=True),
        guild(id=7, next_due=NOON - 2 * HOUR),
        guild(id=8, next_due=NOON - HOUR, left_at=NOON),
    )
    async with store.begin() as transaction:
        for one in guilds:
            await transaction.guilds.save(one)
    async with store.begin() as transaction:
        assert [one.id for one in await transaction.guilds.due(NOON, 10)] == [7, 2, 1]
        assert [one.id for one in await transaction.guilds.due(NOON, 2)] == [7, 2]
        assert await transaction.guilds.next_due() == NOON - 2 * HOUR
        assert len(await transaction.guilds.ids()) == 6


async def test_waking_are_the_guilds_whose_pause_has_run_out(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.guilds.save(guild(id=1, paused=True, paused_until=NOON))
        await transaction.guilds.save(guild(id=2, paused=True, paused_until=NOON + HOUR))
        await transaction.guilds.save(guild(id=3, paused=True))
        await transaction.guilds.save(guild(id=4, paused_until=NOON - HOUR))
        await transaction.guilds.save(guild(id=5, paused=True, paused_until=NOON - HOUR))
        await transaction.guilds.save(guild(id=6, paused=True, paused_until=NOON, left_at=NOON))
        assert [one.id for one in await transaction.guilds.waking(NOON)] == [5, 1]


async def test_a_guild_that_left_is_served_again_once_it_is_back(store: Store) -> None:
    plain = guild(next_due=NOON)
    async with store.begin() as transaction:
        await transaction.guilds.save(plain)
        await set_up(transaction, OTHER)
        assert await transaction.guilds.left(GUILD, NOON)
        assert not await transaction.guilds.left(GUILD, NOON + HOUR)
        assert await transaction.guilds.get(GUILD) is None
        assert await transaction.guilds.due(NOON, 10) == []
        assert await transaction.guilds.ids() == {OTHER}
        assert await transaction.guilds.gone(NOON, 10) == []
        assert await transaction.guilds.gone(NOON + HOUR, 10) == [GUILD]
        assert await transaction.guilds.left(GUILD, None)
        assert not await transaction.guilds.left(GUILD, None)
        assert await transaction.guilds.get(GUILD) == plain
        assert not await transaction.guilds.left(7, NOON)


async def test_a_guild_that_left_is_served_again_once_it_is_set_up(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        await transaction.guilds.left(GUILD, NOON)
        await transaction.guilds.save(guild(schedule=Schedule("UTC", time(7))))
        assert await transaction.guilds.get(GUILD) is not None


async def test_the_queue_keeps_its_order_and_holds_an_item_once(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction, GUILD, OTHER)
        for item in ("b", "a", "c", "b"):
            await transaction.guilds.enqueue(GUILD, item)
        await transaction.guilds.enqueue(OTHER, "z")
        assert await transaction.guilds.queued(GUILD) == ("b", "a", "c")
        assert await transaction.guilds.dequeue(GUILD, "a")
        assert not await transaction.guilds.dequeue(GUILD, "a")
        assert not await transaction.guilds.dequeue(GUILD, "z")
        await transaction.guilds.enqueue(GUILD, "a")
        assert await transaction.guilds.queued(GUILD) == ("b", "c", "a")


async def test_retired_items_can_be_restored(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction, GUILD, OTHER)
        await transaction.guilds.retire(GUILD, "a")
        await transaction.guilds.retire(GUILD, "a")
        await transaction.guilds.retire(OTHER, "b")
        assert await transaction.guilds.retired(GUILD) == {"a"}
        assert await transaction.guilds.restore(GUILD, "a")
        assert not await transaction.guilds.restore(GUILD, "a")
        assert not await transaction.guilds.restore(GUILD, "b")
        assert await transaction.guilds.retired(GUILD) == frozenset()


async def test_nothing_is_queued_for_a_guild_that_was_never_set_up(store: Store) -> None:
    with pytest.raises(ConflictError):
        async with store.begin() as transaction:
            await transaction.guilds.enqueue(GUILD, "a")


async def test_notes_and_acts_are_kept_newest_first(store: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction, GUILD, OTHER)
        assert await transaction.notes.get("commands") is None
        await transaction.notes.set("commands", "one")
        await transaction.notes.set("commands", "two")
        assert await transaction.notes.get("commands") == "two"
        for number in range(5):
            await transaction.audit.add(guild_id=GUILD, by=9, action="skip", detail={"n": number}, at=NOON)
        await transaction.audit.add(guild_id=OTHER, by=9, action="skip", detail={"n": 9}, at=NOON)
        acts = await transaction.audit.recent(GUILD, 3)
        assert [act.detail["n"] for act in acts] == [4, 3, 2]
        assert acts[0].at == NOON
        older = await transaction.audit.recent(GUILD, 3, acts[-1].id)
        assert [act.detail["n"] for act in older] == [1, 0]

"""PostgreSQL: several processes at once, and connections that are lost."""

# ruff: noqa: PT012 - an exception has to pass through the end of a transaction

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db import address
from db.connection import build
from db.doctor import examine
from db.engine import open_store
from db.errors import BusyError, ClashError, DatabaseError, UncertainError
from db.store import Store
from tests.core import strategies
from tests.core.strategies import GUILD, MONDAY, NOON, guild
from tests.db.play import ADA, BLAISE, adjustment, answer, claim, open_round, play, set_up
from tests.stores import SERVER, now, temporary_url

DAY = timedelta(days=1)


@pytest.fixture
async def url(tmp_path: Path) -> AsyncIterator[str]:
    async with temporary_url("postgresql", tmp_path) as made:
        yield made


@pytest.fixture
async def other(url: str) -> AsyncIterator[Store]:
    """Return another process's store on the same database."""
    opened = await open_store(url, clock=lambda: NOON)
    yield opened
    await opened.close()


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url, clock=lambda: NOON)
    yield opened
    await opened.close()


async def kill_others(url: str) -> None:
    """End every other connection to the database, as a restart would."""
    engine = build(address.read(url))
    async with engine.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    await engine.dispose()


async def test_two_processes_claim_a_date_once(store: Store, other: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)

    async def attempt(on: Store) -> bool:
        async with on.begin() as transaction:
            return await claim(transaction) is not None

    assert sorted(await asyncio.gather(*(attempt(on) for on in (store, other) * 5))) == [False] * 9 + [True]


async def test_two_processes_store_one_of_two_equal_answers(store: Store, other: Store, url: str) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        opened = await open_round(transaction)

    async def attempt(on: Store, option_id: str) -> int:
        async with on.begin() as transaction:
            await transaction.rounds.many([opened.id])
            if await transaction.answers.find([(opened.id, ADA)]):
                return 0
            return len(await answer(transaction, opened, {ADA: option_id}))

    assert sum(await asyncio.gather(*(attempt(on, "right") for on in (store, other) * 4))) == 1
    assert await examine(url) == []


async def test_an_answer_added_without_looking_is_added_once(store: Store, other: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
        opened = await open_round(transaction)

    async def attempt(on: Store) -> int:
        async with on.begin() as transaction:
            return len(await transaction.answers.add([strategies.answer(round_id=opened.id)]))

    assert sum(await asyncio.gather(*(attempt(on) for on in (store, other) * 4))) == 1
    async with store.begin() as transaction:
        assert await transaction.rounds.distribution(GUILD, opened.id) == {"right": 1}


async def test_boards_stay_right_under_many_writers(store: Store, other: Store, url: str) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)

    async def work(on: Store, number: int) -> None:
        for turn in range(4):
            for _ in range(20):
                try:
                    async with on.begin() as transaction:
                        if number == 5:
                            await transaction.ledger.set_hidden(GUILD, turn + 1, hidden=turn % 2 == 0)
                        elif number == 6:
                            await transaction.erasures.erase(GUILD, turn + 1, NOON - DAY)
                        else:
                            await transaction.ledger.add([adjustment(user, user) for user in range(1, 6)])
                except BusyError:  # a clash, or on a slow machine a lock waited for too long: nothing was stored
                    continue
                break

    await asyncio.gather(*(work(on, number) for number in range(7) for on in (store, other)))
    assert await examine(url) == []


async def test_a_deadlock_is_told_apart_from_other_failures(store: Store, other: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction, 1, 2)
    both = asyncio.Barrier(2)

    async def cross(on: Store, first: int, second: int) -> str:
        try:
            async with on.begin() as transaction:
                await transaction.guilds.get(first)
                await both.wait()
                await transaction.guilds.get(second)
        except ClashError:
            return "clash"
        return "done"

    assert sorted(await asyncio.gather(cross(store, 1, 2), cross(other, 2, 1))) == ["clash", "done"]


async def test_a_lock_held_too_long_is_given_up(store: Store, other: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)
    async with store.begin() as transaction:
        await transaction.guilds.get(GUILD)
        with pytest.raises(BusyError, match="lock timeout"):
            async with other.begin() as second:
                await second.guilds.get(GUILD)


async def test_the_pool_recovers_from_a_restart_of_the_server(store: Store, url: str) -> None:
    await play(store, 1)
    await kill_others(url)
    async with store.begin() as transaction:
        assert await transaction.ledger.points(GUILD, ADA) == 20


async def test_a_connection_lost_within_a_transaction_stores_nothing(store: Store, url: str) -> None:
    await play(store, 1)
    with pytest.raises(BusyError, match="Nothing was stored"):
        async with store.begin() as transaction:
            await transaction.ledger.add([adjustment(BLAISE, 5)])
            await kill_others(url)
            await transaction.ledger.add([adjustment(BLAISE, 5)])
    async with store.begin() as transaction:
        assert await transaction.ledger.points(GUILD, BLAISE) == 0


async def test_a_connection_lost_at_the_commit_leaves_it_open_whether_it_was_stored(store: Store, url: str) -> None:
    await play(store, 1)
    with pytest.raises(UncertainError, match="read it again"):
        async with store.begin() as transaction:
            await transaction.ledger.add([adjustment(BLAISE, 5)])
            await kill_others(url)
    async with store.begin() as transaction:
        assert await transaction.ledger.points(GUILD, BLAISE) in {0, 5}


async def test_an_exception_after_a_lost_connection_is_what_is_raised(store: Store, url: str) -> None:
    with pytest.raises(ZeroDivisionError):
        async with store.begin() as transaction:
            await set_up(transaction)
            await kill_others(url)
            _ = 1 / 0
    async with store.begin() as transaction:
        assert len(await transaction.guilds.ids()) == 0


async def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(BusyError, match="cannot be reached") as caught:
        await open_store("postgresql://somebody:secret@127.0.0.1:9/stepwise", clock=now)
    assert "secret" not in str(caught.value)


async def test_a_database_that_is_not_there_is_told(url: str) -> None:
    assert url
    with pytest.raises(DatabaseError, match="does not exist"):
        await open_store(f"{SERVER}/stepwise_never_made", clock=now)


async def test_all_connections_in_use_is_told(store: Store, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = build(address.read(url))
    monkeypatch.setattr(engine.sync_engine.pool, "_timeout", 0.1)
    small = Store(engine, clock=now)
    held = [small.begin() for _ in range(10)]
    for one in held:
        await one.__aenter__()
    with pytest.raises(BusyError, match="All connections to the database are in use"):
        async with small.begin():
            pass
    for one in held:
        await one.__aexit__(None, None, None)
    await small.close()
    assert store is not small


async def test_a_settings_change_waits_for_the_one_before_it(store: Store, other: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)

    async def fail(on: Store) -> None:
        async with on.begin() as transaction:
            found = await transaction.guilds.get(GUILD)
            assert found is not None
            await transaction.guilds.save(replace(found, failures=found.failures + 1))

    await asyncio.gather(*(fail(on) for on in (store, other) * 5))
    async with store.begin() as transaction:
        assert await transaction.guilds.get(GUILD) == guild(failures=10)


async def test_claims_of_one_process_go_on_while_another_opens(store: Store, other: Store) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)

    async def ask(on: Store, number: int) -> None:
        async with on.begin() as transaction:
            await claim(transaction, day=MONDAY + number * DAY)

    await asyncio.gather(*(ask(on, number) for number, on in enumerate((store, other) * 5)))
    async with store.begin() as transaction:
        recent = await transaction.rounds.recent(GUILD, 20)
    assert [one.number for one in recent] == list(range(10, 0, -1))

"""Transactions: all or nothing, whatever ends them."""

# ruff: noqa: PT012 - an exception has to pass through the end of a transaction

from __future__ import annotations

import asyncio

import pytest

from db.errors import ConflictError, DatabaseError
from db.store import Store
from tests.core.strategies import GUILD, NOON, guild
from tests.db.play import OTHER, set_up


async def test_an_exception_undoes_everything(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        async with store.begin() as transaction:
            await set_up(transaction)
            _ = 1 / 0
    async with store.begin() as transaction:
        assert len(await transaction.guilds.ids()) == 0


async def test_a_return_from_within_is_a_good_end(store: Store) -> None:
    async def save() -> str:
        async with store.begin() as transaction:
            await set_up(transaction)
            return "done"

    assert await save() == "done"
    async with store.begin() as transaction:
        assert len(await transaction.guilds.ids()) == 1


async def test_a_refused_change_undoes_those_before_it(store: Store) -> None:
    with pytest.raises(ConflictError, match="Nothing was stored"):
        async with store.begin() as transaction:
            await set_up(transaction)
            await transaction.guilds.enqueue(OTHER, "a")
    async with store.begin() as transaction:
        assert len(await transaction.guilds.ids()) == 0


async def test_an_exception_of_the_caller_is_not_taken_for_the_databases(store: Store) -> None:
    with pytest.raises(FileNotFoundError):
        async with store.begin():
            raise FileNotFoundError


async def test_an_act_about_a_guild_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(DatabaseError):
        async with store.begin() as transaction:
            await transaction.audit.add(guild_id=GUILD, by=1, action="skip", detail={}, at=NOON)


@pytest.mark.parametrize("turns", range(0, 40, 3))
async def test_a_cancelled_transaction_stores_nothing_and_harms_no_other(store: Store, turns: int) -> None:
    async with store.begin() as transaction:
        await set_up(transaction)

    async def work() -> None:
        async with store.begin() as transaction:
            for number in range(50):
                await transaction.guilds.save(guild(id=number + 2, seed="new"))
            await asyncio.sleep(60)

    task = asyncio.create_task(work())
    for _ in range(turns):
        await asyncio.sleep(0.0005)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with store.begin() as transaction:
        assert await transaction.guilds.ids() == {GUILD}
        await set_up(transaction, OTHER)
    async with store.begin() as transaction:
        assert await transaction.guilds.ids() == {GUILD, OTHER}


async def test_many_transactions_at_once_take_turns(store: Store) -> None:
    async def add(number: int) -> None:
        async with store.begin() as transaction:
            await transaction.guilds.save(guild(id=number))

    await asyncio.gather(*(add(number) for number in range(1, 41)))
    async with store.begin() as transaction:
        assert len(await transaction.guilds.ids()) == 40

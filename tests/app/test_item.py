"""Queueing, retiring, bringing back and looking at single items."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.app.item import find, preview, queue, restore, retire, retired
from bot.core.errors import ItemStateError, NothingToAskError, NotSetUpError, UnknownItemError
from tests.app.world import GUILD, MODERATOR, OTHER, World, bank

FIRST, SECOND, *REST = [card.id for card in bank().cards()]


async def test_the_queue_tells_each_items_place(world: World) -> None:
    await world.set_up()
    assert await queue(world.context, GUILD, MODERATOR, FIRST) == 1
    assert await queue(world.context, GUILD, MODERATOR, SECOND) == 2
    assert [act.detail for act in (await world.acts())[:2]] == [{"item": SECOND}, {"item": FIRST}]
    assert (await world.acts())[0].action == "queue"


async def test_an_item_waits_in_the_queue_once(world: World) -> None:
    await world.set_up()
    await queue(world.context, GUILD, MODERATOR, FIRST)
    with pytest.raises(ItemStateError) as caught:
        await queue(world.context, GUILD, MODERATOR, FIRST)
    assert caught.value == ItemStateError(FIRST, "queued")


async def test_an_item_that_was_asked_may_be_queued_again(world: World) -> None:
    round_ = await world.first_round()
    await queue(world.context, GUILD, MODERATOR, round_.question.id)
    assert (await world.next_round()).question.id == round_.question.id


async def test_a_retired_item_cannot_be_queued(world: World) -> None:
    await world.set_up()
    await retire(world.context, GUILD, MODERATOR, FIRST)
    with pytest.raises(ItemStateError) as caught:
        await queue(world.context, GUILD, MODERATOR, FIRST)
    assert caught.value == ItemStateError(FIRST, "retired")


async def test_retiring_takes_an_item_out_of_the_queue(world: World) -> None:
    await world.set_up()
    await queue(world.context, GUILD, MODERATOR, FIRST)
    await retire(world.context, GUILD, MODERATOR, FIRST)
    assert await retired(world.context, GUILD) == {FIRST}
    async with world.store.begin() as transaction:
        assert await transaction.guilds.queued(GUILD) == ()
    act = (await world.acts())[0]
    assert (act.action, act.detail) == ("retire", {"item": FIRST})


async def test_an_item_is_retired_once(world: World) -> None:
    await world.set_up()
    await retire(world.context, GUILD, MODERATOR, FIRST)
    with pytest.raises(ItemStateError) as caught:
        await retire(world.context, GUILD, MODERATOR, FIRST)
    assert caught.value.reason == "retired"


async def test_the_last_item_cannot_be_retired(world: World) -> None:
    await world.set_up()
    async with world.store.begin() as transaction:
        for item_id in (SECOND, *REST):
            await transaction.guilds.retire(GUILD, item_id)
    with pytest.raises(ItemStateError) as caught:
        await retire(world.context, GUILD, MODERATOR, FIRST)
    assert caught.value == ItemStateError(FIRST, "last")


async def test_a_retired_item_comes_back(world: World) -> None:
    await world.set_up()
    await retire(world.context, GUILD, MODERATOR, FIRST)
    await restore(world.context, GUILD, MODERATOR, FIRST)
    assert await retired(world.context, GUILD) == frozenset()
    act = (await world.acts())[0]
    assert (act.action, act.detail) == ("restore", {"item": FIRST})


async def test_only_a_retired_item_can_come_back(world: World) -> None:
    await world.set_up()
    with pytest.raises(ItemStateError) as caught:
        await restore(world.context, GUILD, MODERATOR, FIRST)
    assert caught.value == ItemStateError(FIRST, "not_retired")


async def test_an_item_that_left_the_bank_can_still_be_brought_back(world: World) -> None:
    await world.set_up()
    async with world.store.begin() as transaction:
        await transaction.guilds.retire(GUILD, "gone-since")
    await restore(world.context, GUILD, MODERATOR, "gone-since")
    assert await retired(world.context, GUILD) == frozenset()


async def test_an_unknown_item_is_answered_with_those_that_resemble_it(world: World) -> None:
    await world.set_up()
    with pytest.raises(UnknownItemError) as caught:
        await queue(world.context, GUILD, MODERATOR, FIRST[:-1])
    assert caught.value.item == FIRST[:-1]
    assert FIRST in caught.value.near
    with pytest.raises(UnknownItemError):
        await retire(world.context, GUILD, MODERATOR, "'; DROP TABLE guild; --")
    assert find(world.context, FIRST) is bank().get(FIRST).question


async def test_the_preview_is_what_will_be_asked(world: World) -> None:
    await world.set_up()
    shown = await preview(world.context, GUILD, None)
    assert (await world.next_round()).question == shown


async def test_a_chosen_item_is_previewed_as_it_would_be_asked(world: World) -> None:
    await world.set_up()
    shown = await preview(world.context, GUILD, SECOND)
    await queue(world.context, GUILD, MODERATOR, SECOND)
    assert (await world.next_round()).question == shown
    assert sorted(option.id for option in shown.options) == sorted(
        option.id for option in bank().get(SECOND).question.options
    )


async def test_with_nothing_left_there_is_nothing_to_preview(world: World) -> None:
    await world.set_up()
    async with world.store.begin() as transaction:
        for item_id in (FIRST, SECOND, *REST):
            await transaction.guilds.retire(GUILD, item_id)
    with pytest.raises(NothingToAskError):
        await preview(world.context, GUILD, None)
    assert (await preview(world.context, GUILD, FIRST)).id == FIRST


async def test_nothing_is_decided_before_the_set_up(world: World) -> None:
    for act in (queue, retire, restore):
        with pytest.raises(NotSetUpError):
            await act(world.context, OTHER, MODERATOR, FIRST)
    with pytest.raises(NotSetUpError):
        await preview(world.context, OTHER, None)
    assert await retired(world.context, OTHER) == frozenset()


async def test_a_live_round_shows_its_snapshot_when_the_item_has_left_the_bank(world: World) -> None:
    round_ = await world.first_round()
    others = {name: item for name, item in bank().by_id.items() if name != round_.question.id}
    cards = tuple(card for card in bank().cards() if card.id in others)
    smaller = replace(world.context, bank=replace(bank(), by_id=others, deck=cards))
    changed = replace(world.restart(), context=smaller)
    marked = await changed.answered(round_)
    assert marked.round.question == round_.question
    assert (await world.next_round()).question.id != round_.question.id

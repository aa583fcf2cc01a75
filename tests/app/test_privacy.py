"""What is kept of a member: taken away whole, erased for good, and hidden from others."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.app.board import board
from bot.app.click import Verb
from bot.app.privacy import erase, export, hide
from bot.app.stats import stats
from bot.core.errors import NotSetUpError
from bot.core.period import Period
from tests.app.world import ADA, BLAISE, GUILD, OTHER, World, answering, clicking


async def test_an_export_holds_all_that_is_kept_as_json(world: World) -> None:
    round_ = await world.first_round()
    await world.writer.submit(clicking(round_, verb=Verb.OPEN_HINT))
    marked = await world.answered(round_)
    data = json.loads(json.dumps(await export(world.context, GUILD, ADA)))
    assert (data["guild_id"], data["user_id"]) == (str(GUILD), str(ADA))
    assert len(data["hints"]) == 1
    (answer,) = data["answers"]
    assert (answer["option_id"], answer["hinted"], answer["base"]) == (
        marked.answer.option_id,
        True,
        marked.answer.base,
    )
    assert [entry["points"] for entry in data["entries"]] == [marked.answer.points]
    assert len(data["standings"]) == len(Period)


async def test_an_export_of_somebody_unknown_is_empty(world: World) -> None:
    data = await export(world.context, GUILD, ADA)
    assert not any(value for name, value in data.items() if name not in {"guild_id", "user_id"})


async def test_an_erasure_leaves_nothing_but_when_it_was(world: World) -> None:
    round_ = await world.first_round()
    await world.writer.submit(clicking(round_, verb=Verb.OPEN_HINT))
    await world.answered(round_)
    await world.answered(round_, BLAISE)
    await erase(world.context, GUILD, ADA)
    data = await export(world.context, GUILD, ADA)
    kept = {name for name, value in data.items() if value} - {"guild_id", "user_id"}
    assert kept == {"erased"}
    assert await world.member() is None
    assert [one.user_id for one in (await board(world.context, GUILD, ADA, Period.ALL)).page.places] == [BLAISE]
    assert sum((await world.distribution(round_)).values()) == 2, "the count stays, without who it was"


async def test_an_event_that_is_replayed_brings_nothing_back(world: World) -> None:
    round_ = await world.first_round()
    clicks = [clicking(round_, verb=Verb.OPEN_HINT), answering(round_)]
    for click in clicks:
        await world.writer.submit(click)
    world.clock.forward(seconds=1)
    await erase(world.context, GUILD, ADA)
    before = await export(world.context, GUILD, ADA)
    for click in clicks:
        await world.writer.submit(click)
    assert await export(world.context, GUILD, ADA) == before


async def test_erasing_works_where_nothing_is_set_up(world: World) -> None:
    await erase(world.context, OTHER, ADA)
    assert (await export(world.context, OTHER, ADA))["erased"]


async def test_who_was_erased_starts_anew(world: World) -> None:
    await world.answered(await world.first_round())
    await world.answered(await world.next_round())
    await erase(world.context, GUILD, ADA)
    marked = await world.answered(await world.next_round())
    assert (marked.answer.streak, marked.answer.bonus, marked.freezes) == (1, 0, 1)
    assert await world.points() == marked.answer.points


async def test_who_hides_is_on_no_board_but_keeps_a_place(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_, ADA)
    await hide(world.context, GUILD, ADA, hidden=True)
    await world.answered(round_, BLAISE, right=False)
    shown = await board(world.context, GUILD, ADA, Period.ALL)
    assert shown.page.places == ()
    assert shown.own is not None
    await hide(world.context, GUILD, ADA, hidden=False)
    assert [one.user_id for one in (await board(world.context, GUILD, ADA, Period.ALL)).page.places] == [ADA]


async def test_who_hides_before_the_first_answer_is_hidden_from_the_start(world: World) -> None:
    await world.set_up()
    await hide(world.context, GUILD, ADA, hidden=True)
    await world.answered(await world.next_round())
    assert (await board(world.context, GUILD, BLAISE, Period.ALL)).page.places == ()
    assert await stats(world.context, GUILD, BLAISE, ADA) is None


async def test_hiding_where_nothing_is_set_up_is_told_so(world: World) -> None:
    with pytest.raises(NotSetUpError):
        await hide(world.context, OTHER, ADA, hidden=True)


async def test_an_answer_that_waits_while_its_member_is_erased_is_not_stored(world: World) -> None:
    round_ = await world.first_round()
    world.clock.forward(minutes=1)
    await erase(world.context, GUILD, ADA)
    world.clock.now -= timedelta(seconds=30)  # the click was older than the erasure
    await world.answer(round_)
    assert await world.member() is None

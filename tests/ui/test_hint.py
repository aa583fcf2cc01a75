"""The hint: offered before it costs anything, recorded before it is shown, free after the answer."""

from __future__ import annotations

from pathlib import Path

from bot.core.scoring import BASE_POINTS
from tests.ui.trouble import CALLBACKS, at_once, nothing_written, press, tables
from tests.ui.world import World, ids, labels, on, reply, said, text


async def base(world: World) -> int:
    """Return what the newest question is worth."""
    return BASE_POINTS[(await world.rounds())[0].question.difficulty]


async def hint(world: World) -> str:
    """Return the newest question's hint."""
    return (await world.rounds())[0].question.hint


async def test_the_hint_says_first_what_it_costs_and_records_nothing(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    full = await base(world)
    with nothing_written(tmp_path):
        offer = reply(await world.ada.click(message, label="Hint"))
    assert f"The hint halves this question's points: **{full // 2}** instead of {full}" in text(offer)
    assert labels(offer) == ["Show hint", "Not now"]
    assert await hint(world) not in text(offer)


async def test_not_now_keeps_the_hint_closed_and_the_points_whole(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    offer = reply(await world.ada.click(message, label="Hint"))
    with nothing_written(tmp_path):
        assert "asks you again" in said(await world.ada.click(offer, label="Not now"))
    assert f"+{await base(world)} points" in await world.answer(world.ada, message)


async def test_an_offer_that_was_taken_up_has_no_buttons_any_more(world: World) -> None:
    message = await world.first_question()
    offer = await world.ada.click(message, label="Hint")
    await world.ada.click(reply(offer), label="Show hint")
    assert labels(reply(offer)) == []
    assert await hint(world) in said(offer)


async def test_an_opened_hint_halves_the_points_and_not_the_streak_bonus(world: World) -> None:
    await world.answer(world.ada, await world.first_question())
    message = await world.next_question()
    offer = reply(await world.ada.click(message, label="Hint"))
    shown = said(await world.ada.click(offer, label="Show hint"))
    assert shown == f"💡 **Hint**\n{await hint(world)}\n-# A right answer to this question now earns half its points."
    half = await base(world) // 2
    answered = await world.answer(world.ada, message)
    assert f"+{half + 1} points** ({half} after the hint, 1 for the streak)" in answered


async def test_an_opened_hint_is_shown_again_without_asking(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    await world.ada.click(reply(await world.ada.click(message, label="Hint")), label="Show hint")
    with nothing_written(tmp_path):
        assert await hint(world) in said(await world.ada.click(message, label="Hint"))


async def test_the_hint_is_recorded_before_it_is_shown(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    offer = reply(await world.ada.click(message, label="Hint"))
    world.env.inject_error("POST", CALLBACKS, status=404, code=10062, times=None)
    lost = await press(world.ada, offer, ids(offer)[0])
    assert lost.response is None
    assert len(tables(tmp_path)["hint"]) == 1
    world.env.backend.faults.clear()
    assert "after the hint" in await world.answer(world.ada, message)


async def test_opening_the_hint_twice_at_once_records_it_once(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    offer = reply(await world.ada.click(message, label="Hint"))
    results = await at_once(world.ada, [(offer, ids(offer)[0])] * 2)
    assert [await hint(world) in said(result) for result in results] == [True, True]
    assert len(tables(tmp_path)["hint"]) == 1


async def test_after_answering_the_hint_is_free_and_nothing_is_recorded(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    with nothing_written(tmp_path):
        shown = said(await world.ada.click(message, label="Hint"))
    assert await hint(world) in shown
    assert "It costs nothing now." in shown


async def test_an_offer_that_is_taken_up_after_the_answer_is_free(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    offer = reply(await world.ada.click(message, label="Hint"))
    await world.answer(world.ada, message)
    with nothing_written(tmp_path):
        assert "It costs nothing now." in said(await world.ada.click(offer, label="Show hint"))


async def test_an_offer_that_is_taken_up_after_the_close_is_free(world: World, tmp_path: Path) -> None:
    message = await world.first_question(open_hours=1)
    offer = reply(await world.ada.click(message, label="Hint"))
    await world.jump(on(0, 10, 5))
    with nothing_written(tmp_path):
        assert "It costs nothing now." in said(await world.ada.click(offer, label="Show hint"))


async def test_one_members_hint_costs_another_nothing(world: World) -> None:
    message = await world.first_question()
    await world.ada.click(reply(await world.ada.click(message, label="Hint")), label="Show hint")
    assert f"+{await base(world)} points" in await world.answer(world.blaise, message)


async def test_a_hint_of_yesterday_costs_nothing_today(world: World) -> None:
    message = await world.first_question()
    await world.ada.click(reply(await world.ada.click(message, label="Hint")), label="Show hint")
    shown = await world.answer(world.ada, await world.next_question())
    assert f"+{await base(world)} points" in shown


async def test_a_wrong_answer_after_the_hint_earns_nothing_and_keeps_the_streak(world: World) -> None:
    message = await world.first_question()
    await world.ada.click(reply(await world.ada.click(message, label="Hint")), label="Show hint")
    shown = await world.answer(world.ada, message, right=False)
    assert "+0 points" in shown
    assert "1-day streak" in shown
    assert "after the hint" not in shown

"""`/mydata`: what is kept about a member, to be taken away, erased, hidden and shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from simcord import MemberActor

from bot.core.scoring import BASE_POINTS
from tests.ui.trouble import nothing_written, press, tables
from tests.ui.world import World, ids, labels, parts, reply, said, text


async def export(member: MemberActor, world: World) -> Any:  # noqa: ANN401 - whatever is kept
    """Return what the export's file holds."""
    message = reply(await member.slash(world.channel, "mydata export"))
    (attachment,) = message.attachments
    assert attachment.filename == "stepwise-mydata.json"
    assert [part["type"] for part in parts(message)].count(13) == 1
    blob = world.env.backend.cdn.get(attachment.url)
    assert blob is not None
    return json.loads(blob)


async def erase(member: MemberActor, world: World) -> str:
    """Erase everything kept about a member."""
    asked = reply(await member.slash(world.channel, "mydata erase"))
    return said(await member.click(asked, label="Erase my data"))


async def test_an_export_holds_answers_and_points_and_neither_names_nor_messages(world: World) -> None:
    await world.answer(world.ada, await world.first_question())
    data = await export(world.ada, world)
    text_of_it = json.dumps(data)
    assert str(world.ada.id) in text_of_it
    assert str(world.blaise.id) not in text_of_it
    assert '"ada"' not in text_of_it
    assert "option" in text_of_it


async def test_an_export_works_for_somebody_of_whom_nothing_is_kept(world: World) -> None:
    await world.set_up()
    assert isinstance(await export(world.chen, world), dict)


async def test_erasing_asks_first_and_cancel_keeps_everything(world: World, tmp_path: Path) -> None:
    await world.answer(world.ada, await world.first_question())
    with nothing_written(tmp_path):
        asked = reply(await world.ada.slash(world.channel, "mydata erase"))
        assert "This cannot be undone" in text(asked)
        assert labels(asked) == ["Erase my data", "Cancel"]
        assert said(await world.ada.click(asked, label="Cancel")) == "Nothing was changed."


async def test_the_question_before_erasing_expires_after_ten_minutes(world: World, tmp_path: Path) -> None:
    await world.answer(world.ada, await world.first_question())
    await world.tick(4)
    asked = reply(await world.ada.slash(world.channel, "mydata erase"))
    world.env.backend.advance_clock(601)
    with nothing_written(tmp_path):
        assert "This has ended" in said(await world.ada.click(asked, label="Erase my data"))


async def test_nobody_can_erase_somebody_else(world: World, tmp_path: Path) -> None:
    await world.answer(world.ada, await world.first_question())
    asked = reply(await world.ada.slash(world.channel, "mydata erase"))
    with nothing_written(tmp_path):
        refused = said(await press(world.moderator, asked, ids(asked)[0]))
    assert refused == "This button is for the person who ran the command."


async def test_erasing_leaves_nothing_about_the_member_but_that_it_was_done(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    await world.ada.click(message, label="Hint")
    await world.answer(world.ada, message)
    await world.quiz("adjust", member=world.ada, points=5, reason="a gift")
    assert "is erased" in await erase(world.ada, world)
    left = {name for name, rows in tables(tmp_path).items() if str(world.ada.id) in repr(rows)}
    assert left == {"erasure"}
    assert "No answers yet." in said(await world.ada.slash(world.channel, "stats"))


async def test_the_public_count_and_distribution_stay_as_they_were(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    await world.tick(4)
    await erase(world.ada, world)
    await world.moderator.click(reply(await world.quiz("close")), label="Close it")
    await world.tick(4)
    assert "-# Closed · 1 answer" in text(world.reread(message))
    assert "1 (100 %)" in text(world.reread(message))


async def test_an_open_question_takes_no_answer_after_erasing_and_the_next_one_does(
    world: World, tmp_path: Path
) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    await erase(world.ada, world)
    with nothing_written(tmp_path):
        again = await world.answer(world.ada, message)
        copy = reply(await world.ada.slash(world.channel, "today"))
        private = said(await world.ada.click(copy, label="A"))
    assert again == private
    assert again.startswith("You have erased what was kept about you here since this question was asked")
    assert "1-day streak" in await world.answer(world.ada, await world.next_question())


async def test_erasing_needs_no_set_up_and_no_answers(world: World) -> None:
    assert "is erased" in await erase(world.chen, world)


async def test_a_hidden_member_is_on_no_board_and_only_they_see_their_figures(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    await world.answer(world.blaise, message)
    assert "off the boards" in said(await world.ada.slash(world.channel, "mydata hide"))
    board = said(await world.blaise.slash(world.channel, "leaderboard"))
    assert world.ada.mention not in board
    assert "You are 1st of 1" in board
    other = said(await world.blaise.slash(world.channel, "stats", member=world.ada))
    assert other == "This member keeps their figures to themselves."
    own = said(await world.ada.slash(world.channel, "stats"))
    assert "1-day streak" in own
    assert "You are hidden: only you see this." in own
    assert "This member keeps" in said(await world.moderator.slash(world.channel, "stats", member=world.ada))


async def test_a_member_who_shows_themselves_again_is_back_with_all_points(world: World) -> None:
    message = await world.first_question()
    await world.ada.slash(world.channel, "mydata hide")
    await world.answer(world.ada, message)
    await world.answer(world.blaise, message)
    assert "on the boards again" in said(await world.ada.slash(world.channel, "mydata show"))
    board = said(await world.blaise.slash(world.channel, "leaderboard"))
    assert board.count("🥇") == 2
    assert world.ada.mention in board


async def test_a_hidden_reader_is_told_their_own_standing_truthfully(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    await world.ada.slash(world.channel, "mydata hide")
    board = said(await world.ada.slash(world.channel, "leaderboard"))
    points = (await world.rounds())[0].question.difficulty
    assert world.ada.mention not in board
    assert f"-# You have {BASE_POINTS[points]} points, and are hidden from this board." in board


async def test_hiding_before_the_set_up_is_declined_politely(world: World) -> None:
    assert "is not set up here yet" in said(await world.ada.slash(world.channel, "mydata hide"))
    assert "is not set up here yet" in said(await world.ada.slash(world.channel, "mydata show"))

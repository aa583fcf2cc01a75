"""The buttons A to E and Solution: what a member is told, and what is counted."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.core.question import LETTERS
from bot.core.scoring import BASE_POINTS
from tests.ui.trouble import at_once, crowd, edits, nothing_written, tables
from tests.ui.world import World, ids, labels, on, reply, said, text


async def test_a_right_answer_says_so_first_and_gives_solution_points_and_streak(world: World) -> None:
    message = await world.first_question()
    (round_,) = await world.rounds()
    question = round_.question
    shown = await world.answer(world.ada, message)
    lines = shown.splitlines()
    assert lines[0] == "✅ Correct"
    assert lines[1] == f"You chose **{question.letter(question.key.id)}.** {question.key.text}"
    for number, step in enumerate(question.solution.steps, 1):
        assert f"{number}. {step}" in shown
    assert f"**Quick check** — {question.solution.quick_check}" in shown
    for mistake in question.solution.mistakes:
        assert f"- {mistake}" in shown
    assert f"+{BASE_POINTS[question.difficulty]} points" in shown
    assert "1-day streak" in shown


async def test_a_wrong_answer_says_so_first_and_names_the_misconception_behind_it(world: World) -> None:
    message = await world.first_question()
    (round_,) = await world.rounds()
    wrong = next(option for option in round_.question.options if not option.correct)
    shown = said(await world.ada.click(message, label=round_.question.letter(wrong.id)))
    assert shown.splitlines()[0] == "❌ Not quite"
    assert wrong.remark is not None
    assert wrong.remark in shown
    for other in round_.question.options:
        if other.remark and other.id != wrong.id:
            assert other.remark not in shown
    assert "**Worked solution**\n1. " in shown
    assert "+0 points" in shown
    assert "1-day streak" in shown
    assert "Trying counts" in shown


async def test_every_letter_chooses_the_option_beside_it(world: World) -> None:
    message = await world.first_question()
    (round_,) = await world.rounds()
    question = round_.question
    members = [world.ada, world.blaise, world.chen, world.moderator, world.guild.add_member(world.env.create_user("e"))]
    for letter, option, member in zip(LETTERS, question.options, members, strict=False):
        shown = said(await member.click(message, label=letter))
        assert f"You chose **{letter}.** {option.text}" in shown
        assert shown.startswith("✅ Correct" if option.correct else "❌ Not quite")
    async with world.store.begin() as transaction:
        chosen = await transaction.rounds.distribution(world.guild.id, round_.id)
    assert chosen == {option.id: 1 for option in question.options}


async def test_points_and_streak_grow_from_day_to_day(world: World) -> None:
    message = await world.first_question()
    for day in (1, 2, 3):
        shown = await world.answer(world.ada, message)
        base = BASE_POINTS[(await world.rounds())[0].question.difficulty]
        assert f"+{base + day - 1} points" in shown
        assert f"{day}-day streak" in shown
        assert ("for the streak" in shown) == (day > 1)
        message = await world.next_question()


async def test_a_second_click_shows_the_first_answer_and_changes_nothing(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    first = await world.answer(world.ada, message, right=False)
    with nothing_written(tmp_path):
        again = await world.answer(world.ada, message)
    assert again.startswith("❌ Not quite\n-# This is the answer you gave; the first one counts.\n")
    assert again.splitlines()[2:] == first.splitlines()[1:]


async def test_two_clicks_at_once_make_one_answer_and_both_are_told(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    first, second = await at_once(world.ada, [(message, ids(message)[0]), (message, ids(message)[1])])
    (row,) = tables(tmp_path)["answer"]
    assert row is not None
    assert "This is the answer you gave" not in said(first)
    assert "-# This is the answer you gave; the first one counts." in said(second)
    assert said(first).splitlines()[0] == said(second).splitlines()[0]


async def test_a_click_that_discord_tells_of_twice_counts_once(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    message = await world.first_question()
    (told,) = await crowd([(world.ada, message, ids(message)[0])], times=2)
    assert said(told)[0] in "✅❌"
    assert len(tables(tmp_path)["answer"]) == len(tables(tmp_path)["entry"]) == 1
    assert [
        record for record in caplog.records if record.levelno >= logging.WARNING and record.name != "bot.ui.client"
    ] == []


async def test_a_hundred_members_who_click_twice_each_at_once_are_all_answered_and_counted_once(
    world: World, tmp_path: Path
) -> None:
    message = await world.first_question()
    members = [world.guild.add_member(world.env.create_user(f"member{number}")) for number in range(100)]
    buttons = ids(message)
    clicks = [
        (member, message, buttons[(number + turn) % 3]) for turn in (0, 1) for number, member in enumerate(members)
    ]
    told = await crowd(clicks)
    assert len(tables(tmp_path)["answer"]) == 100
    assert all("This is the answer you gave" not in said(each) for each in told[:100])
    assert all("This is the answer you gave" in said(each) for each in told[100:])
    await world.tick(4)
    assert "100 have answered" in text(world.reread(message))


async def test_what_one_member_answers_nobody_else_sees(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    seen = [text(each) for each in world.channel.history(viewer=world.blaise)]
    assert len(seen) == 1
    assert "Worked solution" not in seen[0]


async def test_the_public_count_follows_at_most_every_fifteen_seconds(world: World) -> None:
    message = await world.first_question()
    assert "nobody has answered yet" in text(message)
    await world.answer(world.ada, message)
    await world.tick(2)
    assert "1 has answered" in text(world.reread(message))
    await world.answer(world.blaise, message)
    await world.answer(world.chen, message)
    await world.tick(1)
    assert len(edits(world)) == 1
    await world.tick(3)
    assert "2 have answered" not in text(world.reread(message))
    assert "3 have answered" in text(world.reread(message))
    assert len(edits(world)) == 2
    await world.tick(20)
    assert len(edits(world)) == 2


async def test_the_count_on_a_message_older_than_an_hour_follows_every_three_minutes(world: World) -> None:
    message = await world.first_question()
    await world.jump(on(0, 10, 30))
    await world.answer(world.ada, message)
    await world.tick(2)
    await world.answer(world.blaise, message)
    await world.tick(20)
    assert len(edits(world)) == 1
    await world.tick(16)
    assert len(edits(world)) == 2
    assert "2 have answered" in text(world.reread(message))


async def test_a_closed_question_shows_how_many_chose_each_option(world: World) -> None:
    message = await world.first_question(open_hours=1)
    await world.answer(world.ada, message)
    await world.answer(world.blaise, message)
    await world.answer(world.chen, message, right=False)
    await world.jump(on(0, 10, 5))
    shown = text(world.reread(message))
    key, (wrong, *_) = await world.letters()
    assert f"✅ **{key}.**" in shown
    assert f"Answer: **{key}**" in shown
    assert "2 (67 %)" in shown.partition(f"**{key}.**")[2].splitlines()[1]
    assert "1 (33 %)" in shown.partition(f"**{wrong}.**")[2].splitlines()[1]
    assert labels(world.reread(message)) == ["Solution"]


async def test_the_solution_of_a_closed_question_is_shown_to_who_answered_and_who_did_not(
    world: World, tmp_path: Path
) -> None:
    message = await world.first_question(open_hours=1)
    await world.answer(world.ada, message, right=False)
    await world.jump(on(0, 10, 5))
    closed = world.reread(message)
    key, _ = await world.letters()
    with nothing_written(tmp_path):
        own = said(await world.ada.click(closed, label="Solution"))
        other = said(await world.blaise.click(closed, label="Solution"))
    assert own.startswith("❌ Not quite\n-# This is the answer you gave")
    assert other.startswith(f"The answer is **{key}.** ")
    assert "points" not in other.partition("**Worked solution**")[0]
    assert "**Worked solution**\n1. " in other


async def test_five_options_bear_five_letters(world: World) -> None:
    items = world.client.context.bank.items()
    five = [item.question.id for item in items if len(item.question.options) == 5]
    three = [item.question.id for item in items if len(item.question.options) == 3]
    await world.set_up()
    for item in [*five[:1], *three[:1]]:
        count = len(world.client.context.bank.get(item).question.options)
        assert labels(reply(await world.quiz("preview", item=item)))[:-1] == list(LETTERS[:count])


async def test_seven_answers_in_a_row_earn_a_freeze(world: World) -> None:
    message = await world.first_question()
    for day in range(1, 8):
        shown = await world.answer(world.ada, message)
        assert ("you earned a freeze" in shown) == (day == 7)
        if day < 7:
            message = await world.next_question()
    assert "2 freezes held" in shown

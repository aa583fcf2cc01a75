"""Questions asked before something that cannot be undone."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest
from simcord import ResponseMessage

from tests.ui.trouble import at_once, give_role, nothing_written, press, show_quiz_to, tables
from tests.ui.world import World, ids, labels, reply, said, text

WAYS = {"close": "Close it", "void": "Take it back", "reset": "Delete all scores"}


async def ask(world: World, command: str) -> ResponseMessage:
    """Run a command of `/quiz` that asks back, and return its question."""
    options = {"reason": "wrong key"} if command == "void" else {}
    return reply(await world.quiz(command, **options))


@pytest.mark.parametrize("command", WAYS)
async def test_nothing_happens_before_the_answer_and_nothing_after_cancel(
    world: World, tmp_path: Path, command: str
) -> None:
    await world.first_question()
    with nothing_written(tmp_path):
        asked = await ask(world, command)
        assert labels(asked) == [WAYS[command], "Cancel"]
        assert said(await world.moderator.click(asked, label="Cancel")) == "Nothing was changed."
    assert labels(reply(await world.moderator.slash(world.channel, "help"))) == []


@pytest.mark.parametrize("command", WAYS)
async def test_a_question_expires_after_ten_minutes(world: World, tmp_path: Path, command: str) -> None:
    await world.first_question()
    asked = await ask(world, command)
    world.env.backend.advance_clock(600)
    with nothing_written(tmp_path):
        late = await world.moderator.click(asked, label=WAYS[command])
        assert said(late) == "This has ended. Please run the command again."


async def test_a_question_holds_until_just_before_ten_minutes_are_over(world: World) -> None:
    await world.first_question()
    asked = await ask(world, "close")
    world.env.backend.advance_clock(590)
    assert "is closed" in said(await world.moderator.click(asked, label="Close it"))


async def test_a_question_can_be_answered_once(world: World, tmp_path: Path) -> None:
    await world.first_question()
    asked = await ask(world, "close")
    yes = ids(asked)[0]
    assert "is closed" in said(await world.moderator.click(asked, label="Close it"))
    with nothing_written(tmp_path):
        assert said(await press(world.moderator, asked, yes)) == "This has ended. Please run the command again."


@pytest.mark.parametrize("by_role", [False, True])
async def test_a_double_click_does_a_thing_once(world: World, tmp_path: Path, by_role: bool) -> None:  # noqa: FBT001 - a case
    await world.set_up()
    member = world.moderator
    if by_role:
        member = world.ada
        show_quiz_to(world, member)
        await world.quiz("moderators", role=world.learners)
        await give_role(member, world, world.learners)
    await world.next_question()
    asked = reply(await member.slash(world.channel, "quiz reset"))
    yes = ids(asked)[0]
    before = len(tables(tmp_path)["audit"])
    results = await at_once(member, [(asked, yes), (asked, yes)])
    assert len(tables(tmp_path)["audit"]) == before + 1
    assert all(result.acknowledged for result in results)
    if by_role:  # both clicks had to look the role up: the second leaves what the first has said
        assert "are deleted" in text(asked)


async def test_a_double_click_on_erasing_ones_data_erases_it_once(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    asked = reply(await world.ada.slash(world.channel, "mydata erase"))
    yes = ids(asked)[0]
    results = await at_once(world.ada, [(asked, yes), (asked, yes)])
    assert all(result.acknowledged for result in results)
    assert text(asked.message).startswith(("Everything kept about you", "This has ended"))


async def test_a_question_is_for_the_person_who_asked(world: World, tmp_path: Path) -> None:
    await world.first_question()
    other = world.guild.add_member(world.env.create_user("hopper"), roles=[world.guild.roles["Moderators"]])
    asked = await ask(world, "close")
    with nothing_written(tmp_path):
        result = await press(other, asked, ids(asked)[0])
        assert said(result) == "This button is for the person who ran the command."
        assert said(await press(other, asked, ids(asked)[1])) == "This button is for the person who ran the command."
    assert "is closed" in said(await world.moderator.click(asked, label="Close it"))


async def test_a_question_that_was_overtaken_says_so_and_changes_nothing(world: World) -> None:
    await world.first_question()
    first, second = await ask(world, "close"), await ask(world, "close")
    await world.moderator.click(first, label="Close it")
    late = await world.moderator.click(second, label="Close it")
    assert said(late) == "No question is open right now."


async def test_a_question_about_one_round_never_acts_on_the_next(world: World) -> None:
    await world.first_question()
    asked = await ask(world, "void")
    close = await ask(world, "close")
    # The next question comes within the question's ten minutes only when a moderator makes it so.
    await world.set_up(time="00:00", timezone="UTC")
    world.env.backend.advance_clock(60)
    async with world.store.begin() as transaction:
        (round_,) = await transaction.rounds.recent(world.guild.id, 5)
        await transaction.rounds.void(world.guild.id, round_.id, reason="another moderator", at=world.env.now())
    assert "There is no question to take back" in said(await world.moderator.click(asked, label="Take it back"))
    assert said(await world.moderator.click(close, label="Close it")) == "No question is open right now."


async def test_a_restart_ends_open_questions_politely(world: World, tmp_path: Path) -> None:
    await world.first_question()
    asked = await ask(world, "reset")
    await world.restart()
    with nothing_written(tmp_path):
        result = await world.moderator.click(asked, label="Delete all scores")
        assert said(result) == "This has ended. Please run the command again."


async def test_only_the_newest_thousand_questions_are_remembered(world: World) -> None:
    await world.first_question()
    asked = await ask(world, "close")
    confirmations = world.client.services.confirmations

    async def nothing(_: discord.Interaction[discord.Client]) -> str:
        return ""

    for _ in range(1000):
        confirmations.ask(nothing, user_id=world.ada.id, moderator=False, now=world.env.now())
    assert said(await world.moderator.click(asked, label="Close it")) == "This has ended. Please run the command again."

"""`/quiz void`: a question is taken back, and with it all that came of it."""

from __future__ import annotations

from pathlib import Path

from tests.ui.trouble import nothing_written, press, tables
from tests.ui.world import World, ids, labels, reply, said, text


async def void(world: World, reason: str = "The key was wrong") -> str:
    """Take the newest question back and return what the moderator is told."""
    asked = reply(await world.quiz("void", reason=reason))
    return said(await world.moderator.click(asked, label="Take it back"))


async def test_the_question_before_a_void_repeats_the_reason_as_members_will_read_it(world: World) -> None:
    await world.first_question()
    asked = text(reply(await world.quiz("void", reason="typo in *B*")))
    assert "Take question 1 back?" in asked
    assert "“typo in \\*B\\*”" in asked
    assert "cannot be undone" in asked


async def test_a_reason_of_blanks_is_refused(world: World) -> None:
    await world.first_question()
    for done in (
        await world.quiz("void", reason="   "),
        await world.quiz("adjust", member=world.ada, points=5, reason=" "),
    ):
        assert said(done) == "Give a reason in words: others will read it."


async def test_a_void_takes_its_points_back_by_new_entries(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    await world.answer(world.blaise, message, right=False)
    before = tables(tmp_path)["entry"]
    done = await void(world)
    points = int(done.split(" and ")[1].split()[0])
    assert done.startswith("Question 1 is taken back: 2 answers and ")
    assert points in {10, 20, 30}
    after = tables(tmp_path)["entry"]
    assert set(before) < set(after)
    assert len(after) == len(before) + 2
    assert "No answers yet." in said(await world.ada.slash(world.channel, "stats"))
    assert "Nobody is on this board yet." in said(await world.ada.slash(world.channel, "leaderboard"))


async def test_a_void_breaks_no_streak_and_counts_in_none(world: World) -> None:
    await world.answer(world.ada, await world.first_question())
    await world.answer(world.ada, await world.next_question())
    await world.next_question()
    await void(world)
    assert "**2-day streak** · best 2 · 1 freeze" in said(await world.ada.slash(world.channel, "stats"))
    assert "3-day streak" in await world.answer(world.ada, await world.next_question())


async def test_a_void_undoes_the_streak_that_the_question_had_given(world: World) -> None:
    await world.answer(world.ada, await world.first_question())
    await world.answer(world.ada, await world.next_question())
    await void(world)
    shown = said(await world.ada.slash(world.channel, "stats"))
    assert "**1-day streak** · best 1" in shown
    assert "**1 of 1 right**" in shown


async def test_the_public_message_gives_the_reason_in_place_of_the_question(world: World) -> None:
    message = await world.first_question()
    await void(world, "Two options were right")
    await world.tick(2)
    changed = world.reread(message)
    assert labels(changed) == []
    assert "### Question 1 was taken back\nTwo options were right" in text(changed)
    assert "no streak is broken by it" in text(changed)


async def test_clicks_on_a_question_that_was_taken_back_are_declined_politely(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    buttons = ids(message)
    await world.answer(world.ada, message)
    await void(world)
    with nothing_written(tmp_path):
        for member in (world.ada, world.blaise):
            for button in (*buttons, "sw1:o:1", "sw1:s:1"):
                words = said(await press(member, message, button))
                assert words.startswith("This question was taken back by a moderator.")


async def test_a_closed_question_can_be_taken_back_too(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    await world.moderator.click(reply(await world.quiz("close")), label="Close it")
    await world.tick(2)
    assert "Question 1 is taken back" in await void(world)
    await world.tick(2)
    assert "was taken back" in text(world.reread(message))


async def test_a_question_is_taken_back_once(world: World, tmp_path: Path) -> None:
    await world.first_question()
    await void(world)
    with nothing_written(tmp_path):
        assert "There is no question to take back" in said(await world.quiz("void", reason="again"))


async def test_there_is_nothing_to_take_back_before_the_first_question(world: World) -> None:
    await world.set_up()
    assert "none was asked yet" in said(await world.quiz("void", reason="why not"))


async def test_after_a_void_there_is_no_second_question_on_that_day(world: World) -> None:
    await world.first_question()
    await void(world)
    await world.tick(3)
    assert len(await world.rounds()) == 1
    assert said(await world.quiz("post")) == "Today's question was asked already; there is one for each day."
    assert "taken back" in said(await world.quiz("status"))
    assert "No question is open right now." in said(await world.ada.slash(world.channel, "today"))


async def test_a_void_stands_in_the_audit_with_its_reason(world: World) -> None:
    await world.first_question()
    await void(world, "The key was wrong")
    shown = said(await world.quiz("audit"))
    assert f"{world.moderator.mention} took question 1 back with its 0 points: The key was wrong" in shown


async def test_a_freeze_that_a_void_gives_back_bridges_the_next_missed_day(world: World) -> None:
    await world.answer(world.ada, await world.first_question())
    await world.next_question()
    used = await world.answer(world.ada, await world.next_question())
    assert "1 freeze bridged the day you missed" in used
    assert "0 freezes held" in used
    await void(world)
    assert "1 freeze held" in said(await world.ada.slash(world.channel, "stats"))

"""`/today`, `/stats`, `/leaderboard` and `/help`: what members look up."""

from __future__ import annotations

from pathlib import Path

import pytest
from simcord import InteractionResult, MemberActor

from bot.ui.words.common import DIFFICULTY
from tests.ui.trouble import nothing_written
from tests.ui.world import World, bank, instants, labels, on, parts, reply, said, text


async def look(reader: MemberActor, world: World, command: str, **options: object) -> InteractionResult:
    """Run a command in the channel."""
    return await reader.slash(world.channel, command, **options)


async def crowd(world: World, points: list[int]) -> list[MemberActor]:
    """Add a member for each number of points, by adjustments."""
    await world.set_up()
    members = [world.guild.add_member(world.env.create_user(f"member{number}")) for number in range(len(points))]
    for member, number in zip(members, points, strict=True):
        await world.quiz("adjust", member=member, points=number, reason="a start")
    return members


async def test_nothing_is_open_before_the_first_question_but_its_time_is_told(world: World) -> None:
    await world.set_up()
    words = said(await look(world.ada, world, "today"))
    assert words.startswith("No question is open right now. The next one comes ")
    assert instants(words) == [on(0)]
    await world.quiz("pause")
    assert said(await look(world.ada, world, "today")) == "No question is open right now."


@pytest.mark.parametrize("command", ["today", "stats", "leaderboard"])
async def test_a_server_that_is_not_set_up_says_who_can_do_it(world: World, command: str) -> None:
    assert "Whoever manages the server can do it with `/quiz setup`." in said(await look(world.ada, world, command))


async def test_todays_question_can_be_answered_from_ones_private_copy(world: World) -> None:
    message = await world.first_question()
    copy = reply(await look(world.ada, world, "today"))
    assert labels(copy) == labels(message)
    key, _ = await world.letters()
    assert said(await world.ada.click(copy, label=key)).startswith("✅ Correct\n")
    again = await world.answer(world.ada, message, right=False)
    assert again.startswith("✅ Correct\n-# This is the answer you gave; the first one counts.")


async def test_the_hint_works_from_a_private_copy(world: World) -> None:
    await world.first_question()
    copy = reply(await look(world.ada, world, "today"))
    offer = reply(await world.ada.click(copy, label="Hint"))
    assert "now earns half its points" in said(await world.ada.click(offer, label="Show hint"))
    assert "after the hint" in await world.answer(world.ada, world.channel.history()[0])


async def test_after_answering_today_shows_the_reply_again(world: World) -> None:
    first = await world.answer(world.ada, await world.first_question(), right=False)
    again = said(await look(world.ada, world, "today"))
    assert again.startswith("❌ Not quite\n-# This is the answer you gave")
    assert first.splitlines()[2:] == again.splitlines()[3:]


async def test_a_private_copy_that_is_clicked_too_late_earns_nothing(world: World, tmp_path: Path) -> None:
    await world.first_question(open_hours=1)
    copy = reply(await look(world.ada, world, "today"))
    await world.jump(on(0, 10, 30))
    with nothing_written(tmp_path):
        assert said(await world.ada.click(copy, label="A")).startswith("This question closed <t:")


async def test_stats_show_points_ranks_streak_best_freezes_and_accuracy(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    await world.answer(world.ada, await world.next_question(), right=False)
    shown = said(await look(world.ada, world, "stats"))
    assert shown.startswith("### Your figures")
    assert "1st this week · 1st this month · 1st all time" in shown
    assert "**2-day streak** · best 2 · 1 freeze held" in shown
    assert "**1 of 2 right** (50 %)" in shown
    wrong, right = [round_.question for round_ in await world.rounds()]
    for heading, lines in (
        ("**By difficulty** · ", [DIFFICULTY[question.difficulty] + " {} of {}" for question in (right, wrong)]),
        ("**By topic**\n", [f"{bank().topic_name(question.topic)}: {{}} of {{}}" for question in (right, wrong)]),
    ):
        counted = shown.partition(heading)[2]
        if lines[0] == lines[1]:
            assert lines[0].format(1, 2) in counted
        else:
            assert lines[0].format(1, 1) in counted
            assert lines[1].format(0, 1) in counted


async def test_somebody_elses_stats_name_them_without_notifying(world: World) -> None:
    await world.answer(world.ada, await world.first_question())
    shown = await look(world.blaise, world, "stats", member=world.ada)
    assert f"Figures of {world.ada.mention}" in said(shown)
    assert "1-day streak" in said(shown)
    assert "No answers yet." in said(await look(world.blaise, world, "stats", member=world.chen))
    assert "`/today` shows the question" in said(await look(world.blaise, world, "stats"))


async def test_a_streak_that_has_ended_shows_as_nought_and_its_best_stays(world: World) -> None:
    await world.answer(world.ada, await world.first_question())
    for _ in range(3):
        await world.next_question()
    assert "**0-day streak** · best 1 · 1 freeze held" in said(await look(world.ada, world, "stats"))


async def test_equal_points_share_a_rank_and_the_next_one_is_left_out(world: World) -> None:
    first, second, third = await crowd(world, [20, 20, 10])
    lines = said(await look(third, world, "leaderboard")).splitlines()
    assert lines == [
        "### Leaderboard · this week",
        f"🥇 {first.mention} — 20 points",
        f"🥇 {second.mention} — 20 points",
        f"**🥉 {third.mention} — 10 points** (you)",
        "-# You are 3rd of 3 with 10 points.",
    ]


async def test_a_board_without_points_invites_to_open_it(world: World) -> None:
    await world.set_up()
    shown = reply(await look(world.ada, world, "leaderboard"))
    assert "Nobody is on this board yet." in text(shown)
    assert "You have no points here yet" in text(shown)
    assert labels(shown) == ["This week", "This month", "All time"]


@pytest.mark.parametrize(("value", "name"), [("week", "this week"), ("month", "this month"), ("all", "all time")])
async def test_each_period_has_its_own_board_by_the_servers_calendar(world: World, value: str, name: str) -> None:
    await crowd(world, [15])
    assert f"### Leaderboard · {name}" in said(await look(world.ada, world, "leaderboard", period=value))
    await world.jump(on(7, 8))
    assert ("15 points" in said(await look(world.ada, world, "leaderboard", period=value))) == (value != "week")
    await world.jump(on(8, 8))
    assert ("15 points" in said(await look(world.ada, world, "leaderboard", period=value))) == (value == "all")


async def test_the_buttons_under_a_board_lead_to_the_other_periods(world: World) -> None:
    await crowd(world, [15])
    page = reply(await look(world.ada, world, "leaderboard"))
    await world.ada.click(page, label="All time")
    assert "### Leaderboard · all time" in text(page)
    shown = {part["label"]: part["disabled"] for part in parts(page) if part["type"] == 2}
    assert shown == {"This week": False, "This month": False, "All time": True}


async def test_a_long_board_is_paged_from_its_first_to_its_last_line_and_back(world: World) -> None:
    members = await crowd(world, list(range(230, 0, -10)))
    page = reply(await look(members[22], world, "leaderboard"))

    def shown() -> list[bool]:
        return [f"{members[number].mention} " in text(page) for number in (0, 9, 10, 19, 20, 22)]

    def usable() -> list[str]:
        names = {"First", "Back", "Next", "Last"}
        return [part["label"] for part in parts(page) if part.get("label") in names and not part["disabled"]]

    assert shown() == [True, True, False, False, False, False]
    assert usable() == ["Next", "Last"]
    assert "You are 23rd of 23 with 10 points." in text(page)
    await members[22].click(page, label="Next")
    assert shown() == [False, False, True, True, False, False]
    assert usable() == ["First", "Back", "Next", "Last"]
    await members[22].click(page, label="Next")
    assert shown() == [False, False, False, False, True, True]
    assert usable() == ["First", "Back"]
    await members[22].click(page, label="Back")
    assert shown() == [False, False, True, True, False, False]
    await members[22].click(page, label="First")
    assert shown() == [True, True, False, False, False, False]
    await members[22].click(page, label="Last")
    assert "23. " in text(page)
    assert "(you)" in text(page)
    assert usable() == ["First", "Back"]


async def test_a_board_of_ten_needs_no_pages_and_one_of_eleven_does(world: World) -> None:
    await crowd(world, [5] * 10)
    assert labels(reply(await look(world.ada, world, "leaderboard")))[0] == "This week"
    await world.quiz("adjust", member=world.ada, points=5, reason="the eleventh")
    assert labels(reply(await look(world.ada, world, "leaderboard")))[:4] == ["First", "Back", "Next", "Last"]


async def test_nobody_is_notified_by_being_on_a_board(world: World) -> None:
    await crowd(world, [5])
    await look(world.ada, world, "leaderboard")
    sent = world.env.http_requests[-1].json
    assert sent is not None
    assert sent["data"]["allowed_mentions"] == {"parse": []}

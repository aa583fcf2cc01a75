"""`/quiz adjust`, `reset` and `audit`: points put right, all begun anew, and who did what."""

from __future__ import annotations

from pathlib import Path

import pytest
from simcord import SetupError

from tests.ui.trouble import nothing_written, press, tables
from tests.ui.world import World, labels, reply, said, text


async def adjust(world: World, points: int, reason: str = "a gift") -> str:
    """Change ada's points and return what the moderator is told."""
    return said(await world.quiz("adjust", member=world.ada, points=points, reason=reason))


async def test_an_adjustment_gives_points_and_takes_them_back_by_entries(world: World, tmp_path: Path) -> None:
    await world.set_up()
    assert await adjust(world, 10) == f"{world.ada.mention} gets 10 points and has 10 now."
    assert await adjust(world, -4) == f"{world.ada.mention} gives back 4 points and has 6 now."
    assert len(tables(tmp_path)["entry"]) == 2
    assert "**6 points** · 1st this week" in said(await world.ada.slash(world.channel, "stats"))


async def test_an_adjustment_of_one_point_is_worded_as_one(world: World) -> None:
    await world.set_up()
    assert await adjust(world, 1) == f"{world.ada.mention} gets 1 point and has 1 now."


async def test_adjustments_out_of_range_are_refused_with_the_range(world: World, tmp_path: Path) -> None:
    await world.set_up()
    with nothing_written(tmp_path):
        for points in (0, -1, 1001, 2**53 - 1, 1 - 2**53):
            assert await adjust(world, points) == (
                "This member has no points to take back. You can give 1 to 1,000 points."
            )
    await adjust(world, 30)
    with nothing_written(tmp_path):
        for points in (0, -31, 1001):
            assert await adjust(world, points) == "You can give up to 1,000 points, or take back up to 30."
    assert "has 0 now" in await adjust(world, -30)


async def test_a_reason_must_be_given_and_stay_short(world: World) -> None:
    await world.set_up()
    for reason in ("", "x" * 301):
        with pytest.raises(SetupError):
            await adjust(world, 5, reason)
    assert "gets 5 points" in await adjust(world, 5, "x" * 300)


async def test_somebody_who_is_no_member_any_more_cannot_be_adjusted_or_looked_up(world: World, tmp_path: Path) -> None:
    await world.set_up()
    left = world.env.create_user("left")
    with nothing_written(tmp_path):
        refused = said(await world.quiz("adjust", member=left, points=5, reason="late"))
        looked = said(await world.ada.slash(world.channel, "stats", member=left))
    assert refused == looked == "That person is not in this server any more."


async def test_a_reset_deletes_points_streaks_and_answers_and_keeps_the_settings(world: World, tmp_path: Path) -> None:
    await world.set_up()
    await world.quiz("retire", item="t01-one-update")
    message = await world.next_question()
    await world.answer(world.ada, message)
    await adjust(world, 50)
    asked = reply(await world.quiz("reset"))
    assert "all points, streaks and answers" in text(asked)
    assert "are deleted" in said(await world.moderator.click(asked, label="Delete all scores"))
    after = tables(tmp_path)
    assert after["entry"] == after["answer"] == after["standing"] == after["hint"] == []
    assert (await world.settings()).schedule.zone == "UTC"
    assert "1 retired" in said(await world.quiz("status"))
    assert "No answers yet." in said(await world.ada.slash(world.channel, "stats"))
    assert "Nobody is on this board yet." in said(await world.ada.slash(world.channel, "leaderboard"))


async def test_after_a_reset_the_open_question_is_taken_back_and_the_next_one_begins_anew(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    await world.moderator.click(reply(await world.quiz("reset")), label="Delete all scores")
    await world.tick(2)
    assert "was taken back" in text(world.reread(message))
    assert labels(world.reread(message)) == []
    words = await world.answer(world.ada, await world.next_question())
    assert "1-day streak" in words
    assert "1 freeze held" in words


async def test_the_audit_is_empty_of_words_before_anything_was_done_and_counts_every_act_once(world: World) -> None:
    await world.set_up()
    assert said(await world.quiz("audit")).count("\n- ") == 1
    await world.quiz("pause", days=3)
    await world.quiz("resume")
    await world.quiz("skip")
    await world.quiz("moderators", role=world.learners)
    await world.quiz("moderators")
    await adjust(world, 7, "helped others")
    shown = said(await world.quiz("audit")).splitlines()
    acts = [line.partition("> ")[2].partition("> ")[2] for line in shown[1:]]
    assert acts == [
        f"changed the points of {world.ada.mention} by +7: helped others",
        "left the daily question to those who manage the server",
        f"let {world.learners.mention} run the daily question",
        "skipped 2026-11-23",
        "resumed the daily question",
        "paused the daily question for 3 days",
        f"set the daily question up: {world.channel.mention}, 09:00 (UTC)",
    ]


async def test_the_audit_is_paged_from_the_newest_to_the_oldest_and_back(world: World) -> None:
    await world.set_up()
    for number in range(1, 25):
        await adjust(world, number, f"act {number}")
    first = reply(await world.quiz("audit"))
    assert labels(first) == ["Older"]
    assert [f"act {number}" in text(first) for number in (24, 15, 14)] == [True, True, False]
    await world.moderator.click(first, label="Older")
    assert labels(first) == ["Newest", "Older"]
    assert [f"act {number}" in text(first) for number in (15, 14, 5, 4)] == [False, True, True, False]
    await world.moderator.click(first, label="Older")
    assert labels(first) == ["Newest"]
    assert "set the daily question up" in text(first)
    await world.moderator.click(first, label="Newest")
    assert labels(first) == ["Older"]
    assert "act 24" in text(first)


async def test_a_page_of_the_longest_reasons_still_fits_into_a_message(world: World) -> None:
    await world.set_up()
    for number in range(10):
        await adjust(world, number + 1, "@*_<" * 75)
    shown = said(await world.quiz("audit"))
    assert shown.count("\n- ") == 10
    assert len(shown) <= 4000


async def test_the_audits_buttons_are_for_moderators_only(world: World, tmp_path: Path) -> None:
    await world.set_up()
    for number in range(11):
        await adjust(world, number + 1)
    page = reply(await world.quiz("audit"))
    older = next(part for part in page.components[0]["components"][-1]["components"])["custom_id"]
    with nothing_written(tmp_path):
        assert said(await press(world.ada, page, older)).startswith("Only members who manage the server")


async def test_acts_of_and_about_people_who_were_erased_stay_without_their_names(world: World) -> None:
    await world.set_up()
    await adjust(world, 5)
    for member in (world.ada, world.moderator):
        asked = reply(await member.slash(world.channel, "mydata erase"))
        await member.click(asked, label="Erase my data")
    shown = said(await world.quiz("audit"))
    assert "<@0>" not in shown
    assert "None" not in shown
    assert "an erased member changed the points of an erased member by +5: a gift" in shown

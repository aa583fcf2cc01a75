"""Two servers side by side: nothing of one is ever seen or changed in the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.ui.trouble import tables, visible
from tests.ui.world import World, build, on, reply, said, text


@pytest.fixture
async def other(world: World) -> World:
    """Return a second server that has the same members as the first."""
    made = build(world.env, world.store, "Elsewhere")
    made.ada = made.guild.add_member(world.ada.user)
    made.moderator = made.guild.add_member(world.moderator.user, roles=[made.guild.roles["Moderators"]])
    return made


def rows_of(world: World, folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows that bear this server's id."""
    return {name: [row for row in rows if world.guild.id in row] for name, rows in tables(folder).items()}


async def test_each_server_has_its_own_time_questions_and_numbers(world: World, other: World) -> None:
    await world.first_question()
    await other.set_up(time="12:00", timezone="Europe/Berlin")
    assert visible(other) == []
    await world.jump(on(0, 11))
    assert "### Question 1" in text(other.question())
    await world.jump(on(1))
    assert "### Question 2" in text(world.question())
    assert len(visible(other)) == 1


async def test_points_streaks_and_figures_of_one_server_do_not_show_in_the_other(world: World, other: World) -> None:
    await world.set_up()
    await other.set_up()
    await world.jump(on(0))
    await world.answer(world.ada, world.question())
    assert "No answers yet." in said(await other.ada.slash(other.channel, "stats"))
    assert "No answers yet." in said(await other.moderator.slash(other.channel, "stats", member=other.ada))
    for period in ("week", "month", "all"):
        board = said(await other.ada.slash(other.channel, "leaderboard", period=period))
        assert world.ada.mention not in board
    today = said(await other.ada.slash(other.channel, "today"))
    assert "Correct" not in today
    assert "nobody has answered yet" in today
    assert "0 members have answered so far" in said(await other.quiz("status"))
    assert "1-day streak" in await other.answer(other.ada, other.question())


async def test_nothing_a_moderator_does_in_one_server_changes_the_other(
    world: World, other: World, tmp_path: Path
) -> None:
    await world.set_up(role=world.learners)
    await other.set_up()
    await world.jump(on(0))
    await other.answer(other.ada, other.question())
    await world.answer(world.ada, world.question())
    await world.tick(4)
    before = rows_of(other, tmp_path)
    await world.quiz("queue", item="t01-one-update")
    await world.quiz("retire", item="t01-one-update")
    await world.quiz("moderators", role=world.learners)
    await world.quiz("adjust", member=world.ada, points=7, reason="here only")
    await world.quiz("skip")
    await world.quiz("pause")
    for command, yes in (("close", "Close it"), ("void", "Take it back"), ("reset", "Delete all scores")):
        options = {"reason": "here only"} if command == "void" else {}
        await world.moderator.click(reply(await world.quiz(command, **options)), label=yes)
    await world.tick(2)
    assert rows_of(other, tmp_path) == before
    assert "here only" not in said(await other.quiz("audit"))
    assert "0 retired" in said(await other.quiz("status"))
    offered = await other.moderator.autocomplete(other.channel, "quiz restore", "item", "")
    assert offered == []


async def test_what_a_member_hides_erases_or_exports_here_stays_as_it_is_there(
    world: World, other: World, tmp_path: Path
) -> None:
    await world.set_up()
    await other.set_up()
    await world.jump(on(0))
    await world.answer(world.ada, world.question())
    await other.answer(other.ada, other.question())
    await world.tick(4)
    before = rows_of(other, tmp_path)
    await world.ada.slash(world.channel, "mydata hide")
    exported = reply(await world.ada.slash(world.channel, "mydata export")).attachments[0]
    blob = world.env.backend.cdn.get(exported.url)
    assert blob is not None
    assert str(other.guild.id).encode() not in blob
    await world.ada.click(reply(await world.ada.slash(world.channel, "mydata erase")), label="Erase my data")
    assert rows_of(other, tmp_path) == before
    assert other.ada.mention in said(await other.ada.slash(other.channel, "leaderboard"))


async def test_a_moderator_of_one_server_is_nobody_in_the_other(world: World, other: World) -> None:
    await other.set_up()
    stranger = other.guild.add_member(world.blaise.user)
    await world.set_up()
    await world.quiz("moderators", role=world.learners)
    world.env.backend.add_member_role(world.guild.id, world.blaise.id, world.learners.id)
    command = world.env.backend.find_command("quiz", other.guild.id)
    assert command is not None
    other.guild.set_command_permissions(int(command["id"]), {stranger: True})
    assert "Only members who manage the server" in said(await stranger.slash(other.channel, "quiz status"))


async def test_the_bot_leaving_one_server_does_not_touch_the_other(world: World, other: World, tmp_path: Path) -> None:
    await world.set_up()
    await other.set_up()
    before = rows_of(other, tmp_path)
    world.env.backend.remove_guild(world.guild.id)
    await world.env.settle()
    assert rows_of(other, tmp_path) == before
    await other.jump(on(0))
    assert len(visible(other)) == 1

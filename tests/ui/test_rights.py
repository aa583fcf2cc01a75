"""Who may do what: rights are checked by the bot, whatever Discord shows to whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest

from bot.ui.permission import invite
from tests.ui.trouble import give_role, nothing_written, show_quiz_to, take_role
from tests.ui.world import World, said, text

REFUSED = "Only members who manage the server, or have the role chosen with `/quiz moderators`, can do this."


def commands(world: World) -> dict[str, dict[str, Any]]:
    """Return every command of `/quiz` with options that it takes."""
    return {
        "setup": {"channel": world.channel, "time": "09:00", "timezone": "UTC"},
        "status": {},
        "preview": {},
        "post": {},
        "queue": {"item": "t01-one-update"},
        "skip": {},
        "close": {},
        "void": {"reason": "a mistake"},
        "pause": {},
        "resume": {},
        "retire": {"item": "t01-one-update"},
        "restore": {"item": "t01-one-update"},
        "adjust": {"member": world.blaise, "points": 5, "reason": "a gift"},
        "moderators": {"role": world.learners},
        "reset": {},
        "audit": {},
    }


async def test_every_quiz_command_refuses_a_member_without_rights_and_writes_nothing(
    world: World, tmp_path: Path
) -> None:
    await world.first_question()
    show_quiz_to(world, world.ada)
    with nothing_written(tmp_path):
        for name, options in commands(world).items():
            assert said(await world.ada.slash(world.channel, f"quiz {name}", **options)) == REFUSED


async def test_the_list_of_quiz_commands_here_is_whole(world: World) -> None:
    offered = world.moderator.available_commands(world.channel)
    assert {name.removeprefix("quiz ") for name in offered if name.startswith("quiz ")} == set(commands(world))


async def test_the_moderators_role_may_use_every_quiz_command(world: World) -> None:
    await world.first_question()
    show_quiz_to(world, world.ada)
    await world.quiz("moderators", role=world.learners)
    await give_role(world.ada, world, world.learners)
    for name, options in commands(world).items():
        words = said(await world.ada.slash(world.channel, f"quiz {name}", **options))
        assert words != REFUSED
        assert "went wrong" not in words


async def test_taking_the_role_away_takes_the_rights_with_it(world: World) -> None:
    await world.set_up()
    show_quiz_to(world, world.ada)
    await world.quiz("moderators", role=world.learners)
    await give_role(world.ada, world, world.learners)
    assert "Daily question" in said(await world.ada.slash(world.channel, "quiz status"))
    await take_role(world.ada, world, world.learners)
    assert said(await world.ada.slash(world.channel, "quiz status")) == REFUSED


async def test_leaving_the_moderators_role_out_leaves_the_quiz_to_those_who_manage_the_server(world: World) -> None:
    await world.set_up()
    show_quiz_to(world, world.ada)
    await give_role(world.ada, world, world.learners)
    assert world.learners.mention in said(await world.quiz("moderators", role=world.learners))
    assert world.learners.mention in said(await world.quiz("status"))
    assert said(await world.quiz("moderators")) == (
        "Only members who manage the server can run the daily question now."
    )
    assert said(await world.ada.slash(world.channel, "quiz status")) == REFUSED


async def test_everybodys_role_cannot_run_the_quiz(world: World) -> None:
    await world.set_up()
    assert "everybody's" in said(await world.quiz("moderators", role=world.guild.default_role))
    assert (await world.settings()).moderator_role_id is None


async def test_the_owner_and_administrators_may_run_the_quiz(world: World) -> None:
    await world.set_up()
    admins = world.guild.create_role("Admins", permissions=discord.Permissions(administrator=True))
    await give_role(world.ada, world, admins)
    assert "Daily question" in said(await world.ada.slash(world.channel, "quiz status"))


@pytest.mark.parametrize("command", ["close", "void", "reset"])
async def test_a_confirmation_refuses_somebody_whose_rights_were_taken_between(
    world: World, tmp_path: Path, command: str
) -> None:
    await world.first_question()
    show_quiz_to(world, world.ada)
    await world.quiz("moderators", role=world.learners)
    await give_role(world.ada, world, world.learners)
    asked = (await world.ada.slash(world.channel, f"quiz {command}", **commands(world)[command])).response
    assert asked is not None
    await take_role(world.ada, world, world.learners)
    with nothing_written(tmp_path):
        yes = {"close": "Close it", "void": "Take it back", "reset": "Delete all scores"}[command]
        assert said(await world.ada.click(asked, label=yes)) == REFUSED


async def test_a_member_without_rights_is_offered_no_questions_while_typing(world: World) -> None:
    await world.set_up()
    await world.quiz("retire", item="t01-one-update")
    show_quiz_to(world, world.ada)
    for name in ("preview", "queue", "retire", "restore"):
        assert await world.ada.autocomplete(world.channel, f"quiz {name}", "item", "t01") == []
        assert await world.moderator.autocomplete(world.channel, f"quiz {name}", "item", "t01") != []


async def test_no_quiz_command_but_the_set_up_works_before_the_set_up(world: World, tmp_path: Path) -> None:
    with nothing_written(tmp_path):
        for name, options in commands(world).items():
            if name != "setup":
                assert "is not set up here yet" in said(await world.quiz(name, **options))


async def test_the_bot_asks_discord_for_guilds_and_nothing_else(world: World) -> None:
    assert world.client.intents.value == 1
    assert list(world.client.cached_messages) == []
    assert list(world.client.users) == [world.client.user]


def test_the_invitation_asks_for_just_five_permissions() -> None:
    link = invite(1234)
    wanted = discord.Permissions(
        view_channel=True, send_messages=True, embed_links=True, attach_files=True, read_message_history=True
    )
    assert f"permissions={wanted.value}" in link
    assert wanted.value == 117760
    assert "client_id=1234" in link
    assert "scope=bot+applications.commands" in link


async def test_help_shows_moderators_what_they_can_do_and_members_only_what_concerns_them(world: World) -> None:
    member = said(await world.ada.slash(world.channel, "help"))
    moderator = said(await world.moderator.slash(world.channel, "help"))
    for name in ("/today", "/stats", "/leaderboard", "/mydata", "/help"):
        assert f"`{name}`" in member
    assert "/quiz" not in member
    assert moderator.startswith(member)
    for name in commands(world):
        assert f"{name}`" in moderator


async def test_every_command_says_what_it_and_each_of_its_options_is_for(world: World) -> None:
    def check(node: dict[str, Any]) -> None:
        assert node["description"] not in {"", "…"}
        assert len(node["description"]) <= 100
        for option in node.get("options", ()):
            check(option)

    for command in world.client.tree.get_commands():
        check(command.to_dict(world.client.tree))
    assert "went wrong" not in text((await world.set_up()).followups[0])

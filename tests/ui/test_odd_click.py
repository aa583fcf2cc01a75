"""Clicks that come too late, from elsewhere, or on buttons nobody made: a polite private reply, nothing written."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.click import Verb
from bot.core.board import Cursor
from bot.core.period import Period
from bot.ui import route
from bot.ui.route import AuditRoute, BoardRoute, ConfirmRoute, NotNowRoute, RoundRoute, Side
from tests.ui.trouble import nothing_written, press, tables
from tests.ui.world import World, build, ids, labels, on, reply, said, text

UNKNOWN = "This button belongs to nothing I know here. Look for today's question with `/today`."

FORGED = (
    "sw1:a:1:9",
    "sw1:a:1:-1",
    "sw1:a:1:99999999999999999999",
    "sw1:a:999:0",
    "sw1:a:0:0",
    "sw1:a:-1:0",
    "sw1:a:9223372036854775807:0",
    "sw1:a:9223372036854775808:0",
    "sw1:a:1:0:0",
    "sw1:a:\N{ARABIC-INDIC DIGIT ONE}:0",
    "sw1:a:1:0 ",
    "sw1:s:2",
    "sw1:h:2",
    "sw1:o:2",
    "sw1:z:1",
    "sw1:b:week:a",
    "sw1:b:year:t",
    "sw1:",
    "sw2:a:1:0",
    "sw1:a:../../etc/passwd:0",
    "sw1:a:1 OR 1=1:0",
    "something else",
    "sw" + "x" * 98,
    "\N{PILE OF POO}" * 50,
    "\N{RIGHT-TO-LEFT OVERRIDE}sw1:a:1:0",
)

ROUTES = st.one_of(
    st.builds(
        RoundRoute, st.just(Verb.ANSWER), st.integers(1, route.LARGEST_ID), st.integers(-(2**62), route.LARGEST_ID)
    ),
    st.builds(
        RoundRoute, st.sampled_from([Verb.HINT, Verb.OPEN_HINT, Verb.SOLUTION]), st.integers(1, route.LARGEST_ID)
    ),
    st.builds(BoardRoute, st.sampled_from(Period), st.sampled_from([Side.TOP, Side.FIRST, Side.LAST])),
    st.builds(
        BoardRoute,
        st.sampled_from(Period),
        st.sampled_from([Side.AFTER, Side.BEFORE]),
        st.builds(Cursor, st.integers(-(10**9), 10**9), st.integers(1, route.LARGEST_ID)),
    ),
    st.builds(AuditRoute, st.none() | st.integers(1, route.LARGEST_ID)),
    st.builds(ConfirmRoute, st.text("0123456789abcdef", min_size=16, max_size=16), st.booleans()),
    st.just(NotNowRoute()),
)


@given(ROUTES)
def test_every_button_we_make_reads_back_as_it_was_meant_and_fits(meant: route.Route) -> None:
    written = route.write(meant)
    assert route.read(written) == meant
    assert len(written) <= 100
    assert route.is_ours(written)


@given(st.text(max_size=100) | st.from_regex(r"sw1(:[a-z0-9-]{0,40}){0,7}", fullmatch=True))
def test_whatever_is_read_is_one_of_ours_or_nothing(custom_id: str) -> None:
    found = route.read(custom_id)
    if found is not None:
        # Leading zeros and a minus before nought are the only liberties that reading takes.
        assert route.read(route.write(found)) == found
        assert custom_id.startswith("sw1:")


async def test_forged_buttons_are_declined_and_write_nothing(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    with nothing_written(tmp_path):
        for custom_id in FORGED:
            assert said(await press(world.ada, message, custom_id)) == UNKNOWN


async def test_a_button_of_a_private_message_does_nothing_under_a_public_one(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    before = text(message)
    asked = reply(await world.quiz("close"))
    with nothing_written(tmp_path):
        for custom_id in ("sw1:n", "sw1:b:week:t", "sw1:b:all:a:5:5", "sw1:u", ids(asked)[0], ids(asked)[1]):
            assert said(await press(world.moderator, message, custom_id)) == UNKNOWN
    assert text(world.reread(message)) == before


async def test_the_solution_of_an_open_question_stays_closed(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    with nothing_written(tmp_path):
        assert said(await press(world.ada, message, "sw1:s:1")) == (
            "The solution can be seen once you have answered, or once the question is closed."
        )


async def test_a_late_click_gets_the_solution_and_no_points(world: World, tmp_path: Path) -> None:
    message = await world.first_question(open_hours=1)
    buttons = ids(message)
    await world.jump(on(0, 10, 5))
    (round_,) = await world.rounds()
    with nothing_written(tmp_path):
        shown = said(await press(world.ada, message, buttons[0]))
    assert shown.startswith(f"This question closed <t:{int(on(0, 10).timestamp())}:R>, so it earns no points any more.")
    assert round_.question.solution.answer in shown
    assert "streak" not in shown


async def test_a_click_at_the_very_end_of_the_hours_is_late_whether_the_message_has_followed_or_not(
    world: World, tmp_path: Path
) -> None:
    message = await world.first_question(open_hours=1)
    (round_,) = await world.rounds()
    assert round_.closes_at is not None
    world.env.backend.advance_clock((round_.closes_at - world.env.now()).total_seconds())
    assert said(await press(world.ada, message, ids(message)[0])).startswith("This question closed")
    assert tables(tmp_path)["answer"] == tables(tmp_path)["entry"] == []


async def test_a_late_click_of_somebody_who_answered_shows_their_answer(world: World, tmp_path: Path) -> None:
    message = await world.first_question(open_hours=1)
    buttons = ids(message)
    await world.answer(world.ada, message)
    await world.jump(on(0, 10, 5))
    with nothing_written(tmp_path):
        assert said(await press(world.ada, message, buttons[0])).startswith(
            "✅ Correct\n-# This is the answer you gave"
        )


async def test_a_click_on_yesterdays_question_does_not_count_for_today(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    buttons = ids(message)
    await world.next_question()
    await world.tick(2)
    with nothing_written(tmp_path):
        assert said(await press(world.ada, message, buttons[0])).startswith("This question closed")


async def test_another_servers_question_cannot_be_answered_hinted_or_solved_from_here(
    world: World, tmp_path: Path
) -> None:
    other = build(world.env, world.store, "Elsewhere")
    await other.set_up()
    message = await world.first_question()
    foreign = other.question()
    (round_,) = await other.rounds()
    copy = reply(await world.ada.slash(world.channel, "today"))
    with nothing_written(tmp_path):
        for custom_id in (*ids(foreign), f"sw1:s:{round_.id}", f"sw1:o:{round_.id}"):
            for here in (message, copy):
                assert said(await press(world.ada, here, custom_id)) == UNKNOWN
        for custom_id in ids(message):
            assert said(await press(other.ada, foreign, custom_id)) == UNKNOWN


async def test_another_rounds_button_under_a_message_is_declined(world: World, tmp_path: Path) -> None:
    first = await world.first_question()
    second = await world.next_question()
    await world.tick(4)
    with nothing_written(tmp_path):
        assert said(await press(world.ada, first, ids(second)[0])) == UNKNOWN


async def test_a_copy_of_the_question_in_another_message_is_declined(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    backend = world.env.backend
    stored = backend.get_message(world.channel.id, message.id)
    copy = backend.create_message(
        world.channel.id, backend.bot_user.id, components=stored.components, flags=stored.flags
    )
    shown = next(each for each in world.channel.history() if each.id == copy.id)
    with nothing_written(tmp_path):
        assert said(await world.ada.click(shown, label="A")) == UNKNOWN


async def test_a_click_from_a_direct_message_is_told_where_this_works(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    backend = world.env.backend
    stored = backend.get_message(world.channel.id, message.id)
    channel = world.ada.user.dm_channel
    backend.create_message(channel.id, backend.bot_user.id, components=stored.components, flags=stored.flags)
    copy = channel.last_message
    assert copy is not None
    with nothing_written(tmp_path):
        result = await world.ada.user.click(copy, label="A")
    assert text(result.response) == "This works only in a server."


async def test_an_erased_round_is_nobodys_any_more(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    async with world.store.begin() as transaction:
        await transaction.erasures.erase_guild(world.guild.id, world.env.now())
    with nothing_written(tmp_path):
        for custom_id in ids(message):
            assert said(await press(world.ada, message, custom_id)) == UNKNOWN
    assert tables(tmp_path)["round"] == []


async def test_commands_are_not_offered_in_direct_messages(world: World) -> None:
    await world.set_up()
    assert world.ada.user.available_commands() == ()
    with pytest.raises(Exception, match="not visible"):
        await world.ada.user.slash("today")


async def test_buttons_work_after_a_restart_with_a_fresh_client(world: World) -> None:
    message = await world.first_question()
    offer = reply(await world.ada.click(message, label="Hint"))
    copy = reply(await world.blaise.slash(world.channel, "today"))
    board = reply(await world.chen.slash(world.channel, "leaderboard"))
    await world.restart()
    message = world.reread(message)
    assert "**Hint**" in said(await world.ada.click(offer, label="Show hint"))
    assert "after the hint" in await world.answer(world.ada, message)
    assert said(await world.blaise.click(copy, label="A"))[0] in "✅❌"
    await world.chen.click(board, label="All time")
    assert "all time" in text(board)
    await world.restart()
    await world.moderator.click(reply(await world.quiz("close")), label="Close it")
    await world.tick(2)
    assert labels(world.reread(message)) == ["Solution"]
    assert "This is the answer you gave" in said(await world.ada.click(world.reread(message), label="Solution"))


async def test_discord_is_told_of_the_commands_once_and_not_at_every_start(world: World) -> None:
    def told() -> int:
        return sum(one.method == "PUT" and one.path.endswith("/commands") for one in world.env.http_requests)

    assert told() == 1
    await world.restart()
    assert told() == 1
    assert isinstance(world.client.user, discord.ClientUser)

"""Replies that do not arrive, and errors that nobody foresaw: what is stored holds, and the member gets an answer."""

from __future__ import annotations

import logging
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import discord
import pytest

from bot.bank.bank import SHIPPED, load
from db.errors import BusyError
from tests.ui.trouble import CALLBACKS, press, requests, tables
from tests.ui.world import World, ids, said, text
from tests.ui.world import world as open_world

NOT_SAVED = "That was **not saved**: the database did not answer in time. Please try again in a moment."


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060)])
async def test_an_answer_whose_reply_came_too_late_counts_and_can_be_seen_again(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    message = await world.first_question()
    world.env.inject_error("POST", CALLBACKS, status=status, code=code)
    before = len(requests(world.env, "POST", CALLBACKS))
    lost = await press(world.ada, message, ids(message)[0])
    assert lost.response is None
    assert len(requests(world.env, "POST", CALLBACKS)) == before + 1
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert len(tables(tmp_path)["answer"]) == 1
    again = said(await press(world.ada, message, ids(message)[0]))
    assert "This is the answer you gave" in again


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060)])
async def test_a_command_whose_reply_came_too_late_has_done_its_work(world: World, status: int, code: int) -> None:
    await world.set_up()
    world.env.inject_error("POST", CALLBACKS, status=status, code=code)
    assert (await world.quiz("pause")).response is None
    assert (await world.settings()).paused
    world.provoked.append(discord.HTTPException)


async def test_a_reply_that_discord_fails_to_take_is_logged_and_nothing_is_lost(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    message = await world.first_question()
    world.env.inject_error("POST", CALLBACKS, status=500, times=2)
    await press(world.ada, message, ids(message)[0])
    assert len(tables(tmp_path)["answer"]) == 1
    assert "could not be sent" in caplog.text


async def test_an_unforeseen_error_gives_an_id_that_stands_in_the_log(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    message = await world.first_question()
    world.provoked.append(KeyError)
    with closing(sqlite3.connect(tmp_path / "stepwise.db")) as connection:
        connection.execute("""UPDATE round SET question = '{"id": "half"}'""")
        connection.commit()
    by_button = said(await press(world.ada, message, ids(message)[0]))
    by_command = said(await world.ada.slash(world.channel, "today"))
    for shown in (by_button, by_command):
        assert shown.startswith("Something went wrong on our side, and it was noted.")
        (error_id,) = re.findall(r"`([0-9a-f]{8})`", shown)
        (record,) = [one for one in caplog.records if error_id in one.getMessage()]
        assert record.levelno == logging.ERROR
        assert record.exc_info is not None
        assert isinstance(record.exc_info[1], KeyError)
        assert str(world.ada.id) not in record.getMessage()
    assert by_button != by_command


async def test_a_database_that_another_process_locks_gives_an_honest_reply(world: World, tmp_path: Path) -> None:
    message = await world.first_question()
    with closing(sqlite3.connect(tmp_path / "stepwise.db", isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        shown = said(await press(world.ada, message, ids(message)[0]))
        connection.execute("ROLLBACK")
    assert shown == NOT_SAVED
    assert tables(tmp_path)["answer"] == []
    assert said(await press(world.ada, message, ids(message)[0]))[0] in "✅❌"


async def test_a_command_that_cannot_be_stored_says_so_too(world: World, tmp_path: Path) -> None:
    await world.set_up()
    with closing(sqlite3.connect(tmp_path / "stepwise.db", isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        shown = said(await world.quiz("pause"))
        connection.execute("ROLLBACK")
    assert shown == NOT_SAVED
    assert not (await world.settings()).paused
    world.provoked.append(BusyError)


async def test_a_mistake_of_a_person_is_no_error_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await world.set_up(time="25:00")
    await world.quiz("queue", item="nobody-knows")
    await world.ada.slash(world.channel, "today")
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_picture_that_is_gone_is_replaced_by_its_alt_text(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(SHIPPED, pack)
    questions = load([pack])
    item = next(each.question for each in questions.items() if each.question.picture is not None)
    assert item.picture is not None
    (pack / item.picture.file).unlink()
    async with open_world(tmp_path, questions=questions) as world:
        await world.set_up()
        await world.quiz("queue", item=item.id)
        message = await world.next_question()
        assert f"The picture cannot be shown. It shows: {item.picture.alt}" in text(message)
        assert message.attachments == []
        assert said(await world.ada.click(message, custom_id=ids(message)[0]))[0] in "✅❌"

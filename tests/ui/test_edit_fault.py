"""Public messages that cannot be brought up to date: tried again with patience, and never at anybody else's cost."""

from __future__ import annotations

from datetime import timedelta

from tests.ui.trouble import ONE_MESSAGE, edits, forbid, posts
from tests.ui.world import World, build, ids, labels, on, reply, said, text


async def test_too_many_edits_of_an_old_message_are_answered_with_patience(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    world.env.inject_error("PATCH", ONE_MESSAGE, status=429, code=30046, times=1)
    await world.tick(2)
    assert len(edits(world)) == 1
    await world.tick(9)
    assert len(edits(world)) == 1
    await world.tick(5)
    assert len(edits(world)) == 2
    assert "1 has answered" in text(world.reread(message))


async def test_an_edit_that_fails_at_discords_end_is_repeated_once_a_minute(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    world.env.inject_error("PATCH", ONE_MESSAGE, status=503, times=2)
    await world.jump(world.env.now() + timedelta(seconds=150))
    await world.jump(world.env.now() + timedelta(seconds=60))
    assert len(edits(world)) <= 4
    await world.jump(world.env.now() + timedelta(seconds=60))
    assert "1 has answered" in text(world.reread(message))


async def test_without_permission_an_edit_is_tried_once_an_hour(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    world.env.inject_error("PATCH", ONE_MESSAGE, status=403, code=50013, times=1)
    await world.tick(2)
    await world.jump(world.env.now() + timedelta(minutes=50))
    assert len(edits(world)) == 1
    await world.jump(world.env.now() + timedelta(minutes=15))
    assert "1 has answered" in text(world.reread(message))


async def test_a_question_that_was_deleted_is_let_go_and_the_next_one_comes(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    world.env.backend.delete_message(world.channel.id, message.id)
    await world.tick(3)
    assert len(edits(world)) == 1
    copy = reply(await world.blaise.slash(world.channel, "today"))
    assert said(await world.blaise.click(copy, label="A"))[0] in "✅❌"
    await world.next_question()
    await world.tick(4)
    assert len(posts(world)) == 2
    assert len(edits(world)) <= 2
    assert "in a row" not in said(await world.quiz("status"))


async def test_a_deleted_channel_breaks_no_other_servers_counts(world: World) -> None:
    other = build(world.env, world.store, "Elsewhere")
    await other.set_up()
    mine = await world.first_question()
    theirs = other.question()
    await world.answer(world.ada, mine)
    await other.answer(other.ada, theirs)
    world.env.backend.delete_channel(world.channel.id)
    await world.tick(5)
    assert "1 has answered" in text(other.reread(theirs))


async def test_closing_is_shown_once_discord_lets_it(world: World) -> None:
    message = await world.first_question(open_hours=1)
    world.env.inject_error("PATCH", ONE_MESSAGE, status=500, times=1)
    await world.jump(on(0, 10, 1))
    assert labels(world.reread(message))[0] == "A"
    assert "No question is open right now." in said(await world.ada.slash(world.channel, "today"))
    await world.jump(world.env.now() + timedelta(seconds=60))
    assert labels(world.reread(message)) == ["Solution"]


async def test_a_bot_that_was_down_at_closing_time_closes_when_it_is_back(world: World) -> None:
    message = await world.first_question(open_hours=1)
    world.env.backend.advance_clock(timedelta(hours=3).total_seconds())
    await world.restart()
    await world.tick(3)
    assert labels(world.reread(message)) == ["Solution"]


async def test_a_permission_taken_after_the_post_does_not_stop_answers(world: World) -> None:
    message = await world.first_question()
    await forbid(world, "send_messages", "embed_links")
    assert said(await world.ada.click(message, custom_id=ids(message)[0]))[0] in "✅❌"

"""`/quiz post`, `skip`, `close`, `pause`, `resume` and `status`: running the daily question day by day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from simcord.backend.serializers import guild_create_payload

from tests.ui.trouble import nothing_written, posts, visible
from tests.ui.world import World, instants, labels, on, reply, said, text


async def test_a_post_asks_todays_question_at_once_and_the_schedule_does_not_repeat_it(world: World) -> None:
    await world.set_up()
    done = await world.quiz("post")
    assert said(done).startswith("Question 1 is posted · [go to it](https://discord.com/channels/")
    assert len(visible(world)) == 1
    await world.jump(on(0, 9, 5))
    assert len(visible(world)) == 1
    await world.jump(on(1))
    assert len(visible(world)) == 2


async def test_a_second_post_on_one_day_is_refused(world: World, tmp_path: Path) -> None:
    await world.first_question()
    with nothing_written(tmp_path):
        assert said(await world.quiz("post")) == "Today's question was asked already; there is one for each day."
    assert len(visible(world)) == 1


async def test_a_post_works_on_a_day_without_questions_and_while_paused(world: World) -> None:
    await world.set_up(days="sat")
    assert "is posted" in said(await world.quiz("post"))
    assert (await world.settings()).next_due == on(5)
    await world.quiz("pause")
    world.env.backend.advance_clock(timedelta(days=1).total_seconds())
    await world.tick(2)
    assert "is posted" in said(await world.quiz("post"))
    assert (await world.settings()).next_due is None
    assert len(visible(world)) == 2


async def test_a_post_without_any_question_left_says_what_to_do(world: World) -> None:
    await world.set_up()
    async with world.store.begin() as transaction:
        for card in world.client.context.bank.cards():
            await transaction.guilds.retire(world.guild.id, card.id)
    assert "Bring one back with `/quiz restore`" in said(await world.quiz("post"))
    await world.quiz("restore", item="t01-one-update")
    assert "is posted" in said(await world.quiz("post"))


async def test_a_new_question_closes_the_one_before(world: World) -> None:
    first = await world.first_question()
    await world.answer(world.ada, first)
    second = await world.next_question()
    await world.tick(2)
    assert labels(world.reread(first)) == ["Solution"]
    assert "closed" in text(world.reread(first))
    assert labels(second)[:3] == ["A", "B", "C"]


async def test_a_skipped_day_has_no_question_and_breaks_no_streak(world: World) -> None:
    await world.answer(world.ada, await world.first_question())
    done = said(await world.quiz("skip"))
    assert "There is no question on Tuesday, 24 November." in done
    assert instants(done) == [on(2)]
    await world.jump(on(1, 12))
    assert len(visible(world)) == 1
    message = await world.next_question()
    assert world.env.now() >= on(2)
    assert "2-day streak" in await world.answer(world.ada, message)


async def test_skipping_twice_leaves_out_two_days(world: World) -> None:
    await world.set_up()
    await world.quiz("skip")
    assert instants(said(await world.quiz("skip"))) == [on(2)]
    await world.next_question()
    assert len(await world.rounds()) == 1


async def test_closing_asks_first_then_shows_the_answer_to_all(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    asked = reply(await world.quiz("close"))
    assert "Close question 1 now?" in text(asked)
    assert said(await world.moderator.click(asked, label="Close it")).startswith("Question 1 is closed.")
    await world.tick(2)
    key, _ = await world.letters()
    closed = world.reread(message)
    assert f"Answer: **{key}**" in text(closed)
    assert labels(closed) == ["Solution"]
    assert "-# Closed · 1 answer" in text(closed)


async def test_there_is_nothing_to_close_before_the_first_question_and_after_the_last_is_closed(world: World) -> None:
    await world.set_up()
    assert said(await world.quiz("close")) == "No question is open right now."
    await world.next_question()
    await world.moderator.click(reply(await world.quiz("close")), label="Close it")
    assert said(await world.quiz("close")) == "No question is open right now."


async def test_a_question_closes_by_itself_after_its_hours(world: World) -> None:
    message = await world.first_question(open_hours=2)
    assert f"<t:{int(on(0, 11).timestamp())}:R>" in text(message)
    await world.jump(on(0, 10, 59))
    assert labels(world.reread(message))[0] == "A"
    await world.jump(on(0, 11, 1))
    assert labels(world.reread(message)) == ["Solution"]
    assert "No question is open right now." in said(await world.ada.slash(world.channel, "today"))


async def test_a_pause_stops_questions_until_it_is_resumed(world: World, tmp_path: Path) -> None:
    await world.answer(world.ada, await world.first_question())
    assert "Paused until `/quiz resume`." in said(await world.quiz("pause"))
    with nothing_written(tmp_path):
        assert said(await world.quiz("pause")) == "The daily question is paused. `/quiz resume` starts it again."
        assert "is paused" in said(await world.quiz("skip"))
    await world.jump(on(3, 8))
    assert len(visible(world)) == 1
    done = said(await world.quiz("resume"))
    assert instants(done) == [on(3)]
    message = await world.next_question()
    assert "2-day streak" in await world.answer(world.ada, message)


async def test_a_pause_with_days_ends_by_itself(world: World) -> None:
    await world.set_up()
    done = said(await world.quiz("pause", days=2))
    (until,) = instants(done)
    assert until == world.env.now().replace(microsecond=0) + timedelta(days=2)
    await world.jump(on(1, 12))
    assert posts(world) == []
    assert f"<t:{int(until.timestamp())}:F>" in said(await world.quiz("status"))
    await world.jump(on(2))
    assert len(posts(world)) == 1


async def test_days_of_a_pause_out_of_range_are_refused_with_the_range(world: World, tmp_path: Path) -> None:
    await world.set_up()
    with nothing_written(tmp_path):
        for days in (0, -3, 366, 2**53 - 1):
            assert "A pause can last 1 to 365 days." in said(await world.quiz("pause", days=days))


async def test_resuming_what_is_not_paused_is_refused(world: World, tmp_path: Path) -> None:
    await world.set_up()
    with nothing_written(tmp_path):
        assert said(await world.quiz("resume")) == "The daily question is not paused."


async def test_resuming_after_todays_time_brings_todays_question_at_once(world: World) -> None:
    await world.set_up()
    await world.quiz("pause")
    await world.jump(on(0, 12))
    assert "today's comes within seconds" in said(await world.quiz("resume"))
    await world.tick(2)
    assert len(visible(world)) == 1


async def test_the_status_tells_settings_next_post_newest_question_and_counts(world: World) -> None:
    await world.set_up(role=world.learners, open_hours=5)
    fresh = said(await world.quiz("status"))
    assert instants(fresh) == [on(0)]
    assert "0 members have answered so far." in fresh
    message = await world.next_question()
    await world.answer(world.ada, message)
    shown = said(await world.quiz("status"))
    item = (await world.rounds())[0].question.id
    assert f"Question 1 (`{item}`), open, 1 answered" in shown
    assert f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/{message.id}" in shown
    assert "1 member has answered so far." in shown
    assert "closes after 5 hours" in shown
    assert world.learners.mention in shown
    await world.moderator.click(reply(await world.quiz("close")), label="Close it")
    assert "closed, 1 answered" in said(await world.quiz("status"))


async def test_the_status_shows_ten_queued_questions_and_how_many_more(world: World) -> None:
    await world.set_up()
    items = [card.id for card in world.client.context.bank.cards()][:13]
    for item in items:
        await world.quiz("queue", item=item)
    shown = said(await world.quiz("status"))
    assert f"`{items[9]}` and 3 more" in shown
    assert items[10] not in shown


async def test_after_downtime_only_todays_question_comes(world: World) -> None:
    await world.set_up()
    world.env.backend.advance_clock(timedelta(days=5, hours=3).total_seconds())
    await world.tick(3)
    (round_,) = await world.rounds()
    assert round_.local_date == on(5).date()
    assert len(visible(world)) == 1


async def test_a_server_that_the_bot_comes_back_to_goes_on_where_it_was(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id)})
    await world.env.settle()
    await world.jump(on(1))
    assert len(posts(world)) == 1
    payload = guild_create_payload(world.env.backend, world.env.backend.get_guild(world.guild.id))
    world.env.backend.emit("GUILD_CREATE", {key: value for key, value in payload.items() if key != "unavailable"})
    await world.env.settle()
    await world.tick(2)
    assert len(posts(world)) == 2
    assert "2-day streak" in await world.answer(world.ada, world.question())


async def test_an_outage_of_discord_is_no_removal(world: World) -> None:
    await world.first_question()
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id), "unavailable": True})
    await world.env.settle()
    assert (await world.settings()).left_at is None

"""`/quiz preview`, `queue`, `retire` and `restore`: what moderators decide about single questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.trouble import nothing_written, tables
from tests.ui.world import World, bank, labels, parts, reply, said, text


def two_items() -> tuple[str, str]:
    """Return the ids of two items."""
    first, second, *_ = bank().cards()
    return first.id, second.id


def pictured() -> str:
    """Return the id of an item with a picture."""
    return next(item.question.id for item in bank().items() if item.question.picture is not None)


async def test_a_preview_shows_the_question_that_comes_next_as_it_will_come(world: World) -> None:
    await world.set_up()
    shown = said(await world.quiz("preview"))
    message = await world.next_question()
    (asked,) = await world.rounds()
    assert f"`{asked.question.id}`" in shown
    for option in asked.question.options:
        assert f"**{asked.question.letter(option.id)}.** {option.text}" in shown
        assert f"**{asked.question.letter(option.id)}.** {option.text}" in text(message)


async def test_a_preview_hides_the_answer_until_it_is_clicked_and_its_buttons_do_nothing(world: World) -> None:
    await world.set_up()
    item, _ = two_items()
    shown = reply(await world.quiz("preview", item=item))
    question = bank().get(item).question
    assert f": {question.solution.answer}||" in text(shown)
    assert "only you see this" in text(shown)
    buttons = [part for part in parts(shown) if part["type"] == 2]
    assert len(buttons) == len(question.options) + 1
    assert all(button["disabled"] for button in buttons)


async def test_a_preview_of_a_question_nobody_knows_suggests_one(world: World) -> None:
    await world.set_up()
    item, _ = two_items()
    words = said(await world.quiz("preview", item=item[:-1] + "?"))
    assert words.startswith("There is no question “")
    assert f"`{item}`" in words


async def test_a_preview_writes_nothing(world: World, tmp_path: Path) -> None:
    await world.set_up()
    with nothing_written(tmp_path):
        await world.quiz("preview")
        await world.quiz("preview", item=two_items()[0])


async def test_a_preview_and_the_question_itself_carry_the_picture_with_its_alt_text(world: World) -> None:
    await world.set_up()
    item = pictured()
    picture = bank().get(item).question.picture
    assert picture is not None
    shown = reply(await world.quiz("preview", item=item))
    assert [attachment.description for attachment in shown.attachments] == [picture.alt[:1024]]
    await world.quiz("queue", item=item)
    message = await world.next_question()
    for each in (shown, message):
        (gallery,) = [part for part in parts(each) if part["type"] == 12]
        assert gallery["items"][0]["description"] == picture.alt
    assert len(message.attachments) == 1


async def test_the_picture_stays_when_its_message_is_changed_and_closed(world: World) -> None:
    await world.set_up()
    await world.quiz("queue", item=pictured())
    message = await world.next_question()
    await world.answer(world.ada, message)
    await world.tick(4)
    assert "1 has answered" in text(world.reread(message))
    assert len(world.reread(message).attachments) == 1
    await world.moderator.click(reply(await world.quiz("close")), label="Close it")
    await world.tick(2)
    closed = world.reread(message)
    assert labels(closed) == ["Solution"]
    assert len(closed.attachments) == 1
    assert [part for part in parts(closed) if part["type"] == 12]


async def test_a_private_copy_of_a_question_with_a_picture_carries_it_too(world: World) -> None:
    await world.set_up()
    await world.quiz("queue", item=pictured())
    await world.next_question()
    assert len(reply(await world.ada.slash(world.channel, "today")).attachments) == 1


async def test_queued_questions_come_next_in_their_order(world: World) -> None:
    await world.set_up()
    first, second = two_items()
    assert said(await world.quiz("queue", item=second)) == f"`{second}` is queued: it is the next question."
    assert said(await world.quiz("queue", item=first)) == f"`{first}` is queued at place 2."
    assert f"Queue: `{second}`, `{first}`" in said(await world.quiz("status"))
    assert f"`{second}`" in said(await world.quiz("preview"))
    await world.next_question()
    await world.next_question()
    assert [round_.question.id for round_ in await world.rounds()] == [first, second]
    assert "Queue" not in said(await world.quiz("status"))


async def test_a_question_waits_in_the_queue_once(world: World, tmp_path: Path) -> None:
    await world.set_up()
    first, _ = two_items()
    await world.quiz("queue", item=first)
    with nothing_written(tmp_path):
        assert said(await world.quiz("queue", item=first)) == f"`{first}` is in the queue already."


async def test_a_retired_question_leaves_the_queue_and_cannot_enter_it(world: World, tmp_path: Path) -> None:
    await world.set_up()
    first, _ = two_items()
    await world.quiz("queue", item=first)
    assert "will not be asked here again" in said(await world.quiz("retire", item=first))
    assert "Queue" not in said(await world.quiz("status"))
    assert "1 retired" in said(await world.quiz("status"))
    with nothing_written(tmp_path):
        assert "is retired" in said(await world.quiz("queue", item=first))
        assert "is retired" in said(await world.quiz("retire", item=first))


async def test_a_retired_question_can_still_be_looked_at(world: World) -> None:
    await world.set_up()
    first, _ = two_items()
    await world.quiz("retire", item=first)
    assert f"`{first}`" in said(await world.quiz("preview", item=first))


async def test_a_restored_question_may_be_queued_again(world: World, tmp_path: Path) -> None:
    await world.set_up()
    first, _ = two_items()
    await world.quiz("retire", item=first)
    assert said(await world.quiz("restore", item=first)) == f"`{first}` is back among the questions."
    assert "is queued" in said(await world.quiz("queue", item=first))
    with nothing_written(tmp_path):
        assert "is not retired" in said(await world.quiz("restore", item=first))
        assert "is not retired" in said(await world.quiz("restore", item="nobody-knows"))


async def test_the_last_question_cannot_be_retired(world: World) -> None:
    await world.set_up()
    *others, last = [card.id for card in bank().cards()]
    async with world.store.begin() as transaction:
        for item in others:
            await transaction.guilds.retire(world.guild.id, item)
    assert "is the last question left" in said(await world.quiz("retire", item=last))
    assert f"`{last}`" in said(await world.quiz("preview"))


@pytest.mark.parametrize("command", ["queue", "retire", "preview"])
async def test_an_unknown_question_is_refused(world: World, tmp_path: Path, command: str) -> None:
    await world.set_up()
    with nothing_written(tmp_path):
        assert "There is no question" in said(await world.quiz(command, item="'; DROP TABLE guild; --"))


async def test_questions_are_offered_by_id_and_topic_and_retired_ones_only_to_be_restored(world: World) -> None:
    await world.set_up()
    first, second = two_items()
    await world.quiz("retire", item=first)
    for command in ("preview", "queue", "retire"):
        offered = await world.moderator.autocomplete(world.channel, f"quiz {command}", "item", "")
        assert len(offered) == 25
        assert first not in {choice["value"] for choice in offered}
        assert all(len(choice["name"]) <= 100 for choice in offered)
        topic = bank().topic_name(bank().get(second).question.topic)
        by_topic = await world.moderator.autocomplete(world.channel, f"quiz {command}", "item", topic[:8])
        assert second in {choice["value"] for choice in by_topic}
    (only,) = await world.moderator.autocomplete(world.channel, "quiz restore", "item", first[:5].upper())
    assert only["value"] == first
    assert await world.moderator.autocomplete(world.channel, "quiz restore", "item", "zzz") == []


async def test_a_retired_question_that_has_left_its_pack_can_still_be_restored(world: World) -> None:
    await world.set_up()
    async with world.store.begin() as transaction:
        await transaction.guilds.retire(world.guild.id, "gone-since")
    offered = await world.moderator.autocomplete(world.channel, "quiz restore", "item", "gone")
    assert offered == [{"name": "gone-since", "value": "gone-since"}]
    assert "is back" in said(await world.quiz("restore", item="gone-since"))


async def test_each_decision_about_a_question_is_in_the_audit_once(world: World, tmp_path: Path) -> None:
    await world.set_up()
    first, second = two_items()
    await world.quiz("queue", item=second)
    await world.quiz("retire", item=first)
    await world.quiz("restore", item=first)
    assert len(tables(tmp_path)["audit"]) == 4
    shown = said(await world.quiz("audit"))
    assert f"queued `{second}`" in shown
    assert f"retired `{first}`" in shown
    assert f"brought `{first}` back" in shown

"""The double's interactions, tried with one sample bot for all tests; each has a channel of its own."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.wire.client import Client
from tests.wire.process import BotProcess, Double
from tests.wire.seen import Message
from tests.wire.setup import ADA, GENERAL, GUILD, MODERATOR, QUIZ, ChannelSpec, GuildSpec, MemberSpec
from tests.wire.wire import NotPossibleError

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHANNELS = itertools.count(QUIZ + 100)
CROWD = tuple(MemberSpec(ADA + number, f"member{number}") for number in range(1000, 1200))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    log: Path = tmp_path_factory.mktemp("wire") / "bot.log"
    guild = GuildSpec(members=(*GuildSpec().members, *CROWD))
    async with Double([guild]) as double, BotProcess(double, log, module="tests.wire.sample") as bot:
        await bot.up()
        yield double.client


@pytest_asyncio.fixture(loop_scope="module")
async def place(client: Client) -> int:
    channel = next(CHANNELS)
    await client.add_channel(GUILD, ChannelSpec(channel, f"quiz-{channel % 1000}"))
    return channel


@pytest_asyncio.fixture(loop_scope="module")
async def message(client: Client, place: int) -> Message:
    await client.ran("quiz post", MODERATOR, GENERAL, {"nonce": str(place), "channel": place})
    (posted,) = await client.messages(place)
    return posted


async def test_a_press_is_answered_in_private(client: Client, message: Message) -> None:
    reply = await client.pressed(message, ADA, "A")
    assert reply.text == "✅ Correct"
    assert reply.private
    assert reply.after is not None
    assert reply.after < 1
    assert len(await client.messages(message.channel)) == 1


async def test_a_press_that_closes_a_message_edits_it(client: Client, message: Message) -> None:
    assert message.labels == ["A", "Late", "Twice", "Close", "Form"]
    await client.pressed(message, ADA, "Close")
    closed = await client.changed(message)
    assert (closed.text, closed.labels) == ("closed", [])
    with pytest.raises(NotPossibleError, match="0 parts are called 'A'"):
        await client.press(message, ADA, "A")
    forced = await client.reply(await client.press(message, ADA, custom_id="sample:a", force=True))
    assert forced.text == "✅ Correct"


async def test_a_late_first_reply_is_refused_as_unknown(client: Client, message: Message) -> None:
    before = (await client.state()).requests
    await client.settings(callback_within=0.2)
    pressed = await client.press(message, ADA, "Late")
    refused = await client.request("POST /interactions/*", since=before)
    await client.settings(callback_within=3)
    assert (refused.status, refused.code) == (404, 10062)
    assert [waiting.id for waiting in await client.unanswered()] == [pressed]
    assert (await client.refused())[-1] == refused


async def test_a_second_first_reply_is_refused_as_acknowledged(client: Client, message: Message) -> None:
    assert (await client.pressed(message, ADA, "Twice")).text == "refused with 40060"


async def test_a_form_is_opened_filled_in_and_answered(client: Client, message: Message) -> None:
    opened = await client.pressed(message, ADA, "Form")
    assert opened.callback == "modal"
    with pytest.raises(NotPossibleError, match="does not take"):
        await client.submit(opened.id, {"Reason": "x" * 41})
    reply = await client.reply(await client.submit(opened.id, {"Reason": "it diverges"}))
    assert reply.text == "because it diverges"


async def test_a_member_cannot_run_what_they_do_not_see_unless_forced(client: Client) -> None:
    with pytest.raises(NotPossibleError, match="Ada does not see"):
        await client.command("quiz clock", ADA, GENERAL)
    assert (await client.reply(await client.command("quiz clock", ADA, GENERAL, force=True))).answered


async def test_an_invalid_body_is_refused_and_noted_and_another_reply_may_follow(client: Client) -> None:
    assert (await client.ran("quiz wrong", MODERATOR, GENERAL)).text == "refused with 50035"
    assert (await client.refused())[-1].why == "content: must be 2000 or fewer in length, not 2001"


async def test_a_file_is_kept_with_its_description(client: Client) -> None:
    reply = await client.ran("quiz picture", MODERATOR, GENERAL)
    assert reply.message is not None
    assert reply.message.alt_texts == ["a falling curve"]
    assert await client.file(reply.message.files[0]["url"]) == b"png"


async def test_private_messages_reach_whoever_takes_them(client: Client) -> None:
    await client.ran("quiz tell", MODERATOR, GENERAL, {"person": ADA})
    (message,) = await client.private(ADA)
    assert message.text == "hello in private"


async def test_history_is_read_by_pages_and_empty_without_the_permission(client: Client, place: int) -> None:
    said = [await client.say(place, ADA, f"line {number}") for number in range(120)]
    everything = await client.ran("quiz history", MODERATOR, GENERAL, {"channel": place})
    assert everything.text.startswith("120 messages")
    after = await client.ran("quiz history", MODERATOR, GENERAL, {"channel": place, "after": str(said[-3].id)})
    assert after.text == f"2 messages: {[said[-2].id, said[-1].id]}"
    await client.mischief.deny(place, "read_message_history")
    before = await client.refused()
    nothing = await client.ran("quiz history", MODERATOR, GENERAL, {"channel": place})
    assert nothing.text == "0 messages: []"
    assert await client.refused() == before


async def test_two_hundred_presses_at_once_are_all_answered(client: Client, message: Message) -> None:
    pressed = await asyncio.gather(*(client.press(message, person.id, "A") for person in CROWD))
    replies = await asyncio.gather(*(client.reply(one) for one in pressed))
    assert all(reply.text == "✅ Correct" for reply in replies)
    assert (await client.state()).limited == 0

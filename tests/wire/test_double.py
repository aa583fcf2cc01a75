from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.wire import clock
from tests.wire.client import Client
from tests.wire.process import BotProcess, Double
from tests.wire.setup import ADA, BO, CY, GENERAL, GUILD, MODERATOR, QUIZ, ChannelSpec, GuildSpec


@pytest.fixture
def clock_file(tmp_path: Path) -> Path:
    return tmp_path / "clock"


@pytest.fixture
async def double(clock_file: Path) -> AsyncIterator[Double]:
    async with Double([GuildSpec()], clock_file=clock_file) as running:
        yield running


@pytest.fixture
def client(double: Double) -> Client:
    return double.client


@pytest.fixture
async def bot(double: Double, clock_file: Path, tmp_path: Path) -> AsyncIterator[BotProcess]:
    process = BotProcess(double, tmp_path / "bot.log", clock_file=clock_file, module="tests.wire.sample")
    async with process:
        await process.up()
        yield process


async def post(client: Client, nonce: str = "first") -> str:
    return (await client.ran("quiz post", MODERATOR, GENERAL, {"nonce": nonce, "channel": QUIZ}, within=10)).text


@pytest.mark.usefixtures("bot")
async def test_a_bot_logs_in_with_its_intents_and_synchronises_its_commands(client: Client) -> None:
    state = await client.state()
    assert [session.intents for session in state.sessions] == [1]
    assert [command["name"] for command in state.commands] == ["quiz"]
    assert state.refused == 0


@pytest.mark.usefixtures("bot")
async def test_the_same_nonce_posts_once_and_is_forgotten_after_a_while(client: Client, clock_file: Path) -> None:
    first = await post(client)
    assert await post(client) == first
    assert len(await client.messages(QUIZ)) == 1
    clock.move(clock_file, 600)
    assert await post(client) != first
    assert len(await client.messages(QUIZ)) == 2


@pytest.mark.usefixtures("bot")
async def test_missing_permissions_and_channels_have_their_codes(client: Client) -> None:
    await client.mischief.deny(QUIZ, "send_messages")
    assert await post(client) == "failed: Forbidden 50013"
    await client.mischief.deny(QUIZ, "view_channel")
    assert await post(client) == "failed: Forbidden 50001"
    await client.mischief.delete_channel(QUIZ)
    await client.add_channel(GUILD, ChannelSpec(QUIZ + 1, "other"))
    options: dict[str, str | float] = {"nonce": "n", "channel": QUIZ + 1}
    await client.ran("quiz post", MODERATOR, GENERAL, {**options})
    assert len(await client.messages(QUIZ + 1)) == 1


@pytest.mark.usefixtures("bot")
async def test_a_500_after_the_message_was_taken_leaves_one_message(client: Client) -> None:
    await client.mischief.status("POST /channels/*/messages", 500, when="after")
    assert (await post(client)).startswith("posted")
    assert len(await client.messages(QUIZ)) == 1
    tried = await client.requests("POST /channels/*/messages")
    assert [(request.status, request.accepted) for request in tried] == [(500, True), (200, True)]


@pytest.mark.usefixtures("bot")
async def test_a_reset_or_closed_connection_before_and_after_the_message_was_taken(client: Client) -> None:
    route = "POST /channels/*/messages"
    await client.mischief.reset(route)
    assert (await post(client)).startswith("failed: ")
    assert await client.messages(QUIZ) == []
    await client.mischief.finish(route, when="after")
    assert (await post(client)).startswith("failed: ServerDisconnectedError")
    assert len(await client.messages(QUIZ)) == 1
    assert (await post(client)).startswith("posted")
    assert len(await client.messages(QUIZ)) == 1


async def test_a_bot_killed_while_its_post_hangs_finds_it_after_the_restart(client: Client, bot: BotProcess) -> None:
    await client.mischief.hang("POST /channels/*/messages", when="after")
    await client.command("quiz post", MODERATOR, GENERAL, {"nonce": "n", "channel": QUIZ})
    held = await client.request("POST /channels/*/messages")
    assert (held.status, held.accepted) == (None, True)
    await bot.restart()
    await bot.up()
    (message,) = await client.messages(QUIZ)
    assert len((await client.state()).identifies) == 2
    assert (await client.pressed(message, ADA, "A", within=10)).text == "✅ Correct"


async def test_the_limit_over_all_routes_is_told_as_discord_tells_it(double: Double) -> None:
    async with double.session() as session:
        answers = await asyncio.gather(*(session.get("/api/v10/guilds/" + str(GUILD)) for _ in range(60)))
        assert sorted(answer.status for answer in answers) == [200] * 50 + [429] * 10
        refused = next(answer for answer in answers if answer.status == 429)
        assert refused.content_type == "application/json"
        assert {"Via", "Retry-After", "X-RateLimit-Scope"} <= set(refused.headers)
        assert refused.headers["X-RateLimit-Global"] == "true"
        body = await refused.json()
        assert body["global"] is True
        assert 0 < body["retry_after"] <= 1
        await asyncio.sleep(body["retry_after"])
        async with session.get("/api/v10/users/@me") as again:
            assert again.status == 200
    assert (await double.client.state()).limited == 10


async def test_a_wrong_body_of_each_kind_is_refused(double: Double) -> None:
    text = {"type": 10, "content": "x"}
    button = {"type": 2, "style": 1, "label": "A", "custom_id": "a"}
    wrong = [
        {"flags": 1 << 15, "components": [text], "content": "both"},
        {"flags": 1 << 15, "components": [text] * 41},
        {"flags": 1 << 15, "components": [{**text, "content": "x" * 2001}] * 2},
        {"components": [text]},
        {"components": [{"type": 1, "components": [button] * 6}]},
        {"components": [{"type": 1, "components": [{**button, "custom_id": "x" * 101}]}]},
        {"components": [{"type": 1, "components": [{**button, "label": "x" * 81}]}]},
        {"components": [{"type": 1, "components": [button, button]}]},
        {"content": "x", "nonce": "x" * 26},
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
    ]
    await double.client.settings(route_limits=0)
    async with double.session() as session:
        for body in wrong:
            async with session.post(f"/api/v10/channels/{QUIZ}/messages", json=body) as answer:
                assert (answer.status, (await answer.json())["code"]) == (400, 50035), body
        async with session.get(f"/api/v10/channels/{QUIZ}/messages/1") as gone:
            assert (await gone.json())["code"] == 10008
        async with session.get("/api/v10/channels/1") as gone:
            assert (await gone.json())["code"] == 10003
    assert len(await double.client.refused()) == len(wrong) + 2


async def test_a_cut_gateway_is_resumed_with_what_was_missed_in_order(client: Client, bot: BotProcess) -> None:
    await post(client)
    (message,) = await client.messages(QUIZ)
    await client.mischief.delay("GET /ws", 0.4)
    await client.mischief.cut()
    missed = [await client.press(message, person, "A") for person in (ADA, BO, CY)]
    assert [(await client.reply(one)).text for one in missed] == ["✅ Correct"] * 3
    (session,) = (await client.connected()).sessions
    assert session.resumes == 1
    assert len((await client.state()).identifies) == 1
    await client.mischief.invalidate(resumable=True)
    assert (await client.pressed(message, ADA, "A")).answered
    assert bot.running


async def test_a_forgotten_session_is_refused_with_op_9_and_begun_anew(client: Client, bot: BotProcess) -> None:
    await post(client)
    (message,) = await client.messages(QUIZ)
    await client.mischief.forget_sessions()
    await client.mischief.cut()
    await bot.logged("session has been invalidated")
    lost = await client.press(message, ADA, "A")
    state = await client.connected()  # discord.py waits five seconds before it identifies again
    assert len(state.identifies) == 2
    assert (await client.pressed(message, ADA, "A")).answered
    assert [one.id for one in await client.unanswered()] == [lost]


async def test_scripted_429s_are_told_from_cloudflares(double: Double) -> None:
    await double.client.mischief.limit("GET /users/@me", 1.5, everywhere=True)
    await double.client.mischief.cloudflare("GET /users/@me", 60)
    async with double.session() as session:
        async with session.get("/api/v10/users/@me") as own:
            assert (own.status, (await own.json())["retry_after"]) == (429, 1.5)
            assert own.headers["X-RateLimit-Global"] == "true"
        async with session.get("/api/v10/users/@me") as foreign:
            assert (foreign.status, foreign.content_type, "Via" in foreign.headers) == (429, "text/html", False)
        async with session.get("/api/v10/users/@me") as fine:
            assert fine.status == 200
    assert await double.client.refused() == []


async def test_an_event_sent_again_comes_with_the_same_id(client: Client, bot: BotProcess) -> None:
    await post(client)
    (message,) = await client.messages(QUIZ)
    reply = await client.pressed(message, ADA, "A")
    before = (await client.state()).requests
    await client.replay(reply.id)
    assert (await client.request("POST /interactions/*", before)).code == 40060
    assert bot.running


async def test_a_revoked_token_closes_the_gateway_with_4004(client: Client, bot: BotProcess) -> None:
    await client.mischief.revoke_token()
    assert await bot.exited() == 4
    await bot.start()
    assert await bot.exited() == 3
    assert (await client.requests("GET /users/@me"))[-1].status == 401


async def test_guilds_come_and_go(client: Client, bot: BotProcess) -> None:
    await bot.logged("ready now")  # discord.py takes a join before it is ready for one of READY's
    await client.guild(GuildSpec(GUILD + 1, "Another", channels=(ChannelSpec(QUIZ + 9, "quiz"),)))
    await bot.logged("joined Another")
    await client.mischief.outage(GUILD + 1)
    await bot.logged("unavailable Another")
    await client.mischief.outage(GUILD + 1, over=True)
    await bot.logged("available again Another")
    await client.mischief.remove_guild(GUILD + 1)
    await bot.logged("removed Another")
    assert (await client.state()).refused == 0


@pytest.mark.usefixtures("bot")
async def test_the_bots_clock_moves_with_the_file(client: Client, clock_file: Path) -> None:
    today = (await client.ran("quiz clock", MODERATOR, GENERAL)).text
    clock.move(clock_file, 86400)
    assert (await client.ran("quiz clock", MODERATOR, GENERAL)).text > today


async def test_sigterm_reaches_the_bot_and_its_exit_code_is_read(bot: BotProcess) -> None:
    assert await bot.terminate() == -signal.SIGTERM
    assert not bot.running

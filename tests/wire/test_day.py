"""One full day over the wire: the bot in its own process, a double of Discord in another, and a real kill between."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.wire import clock
from tests.wire.client import Client, Options
from tests.wire.process import ROOT, BotProcess, Double
from tests.wire.seen import Message, Reply
from tests.wire.setup import MODERATOR, QUIZ, GuildSpec, MemberSpec

DUE = datetime(2026, 11, 23, 9, tzinfo=UTC)
CLASS = tuple(MemberSpec(5000 + number, f"member{number}") for number in range(22))


def set_clock(file: Path, to: datetime) -> None:
    """Let the bot's clock, and the double's, show this instant now."""
    clock.move(file, (to - datetime.now(UTC)).total_seconds())


async def press(client: Client, message: Message, member: int, label: str) -> Reply:
    """Press a button and read the private reply."""
    reply = await client.pressed(message, member, label)
    assert reply.private
    return reply


async def doctor(database: str) -> tuple[int, str]:
    """Run `python -m bot doctor` on a database and return its exit code and words."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "doctor"),
        cwd=ROOT,
        env={"STEPWISE_DATABASE_URL": database, "PATH": ""},
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode().strip()


async def test_a_day_with_twenty_answers_a_kill_and_a_restart_loses_and_repeats_nothing(tmp_path: Path) -> None:
    file, database = tmp_path / "clock", f"sqlite:///{tmp_path / 'stepwise.db'}"
    set_clock(file, DUE - timedelta(hours=1))
    guild = GuildSpec()
    async with Double([replace(guild, members=guild.members + CLASS)], clock_file=file) as double:
        client = double.client
        async with BotProcess(double, tmp_path / "bot.log", database_url=database, clock_file=file) as bot:
            await bot.up()
            await client.synced()
            options: Options = {"channel": QUIZ, "time": "09:00", "timezone": "UTC"}
            done = await client.reply(await client.command("quiz setup", MODERATOR, QUIZ, options), followups=1)
            assert "is set up" in done.text
            set_clock(file, DUE)
            question = (await client.messages(QUIZ, 1, within=30))[0]
            assert question.labels == ["A", "B", "C", "D", "Hint"]

            early, late, too_late = CLASS[:20], CLASS[20], CLASS[21]
            replies = await asyncio.gather(
                *(press(client, question, member.id, "ABCD"[place % 4]) for place, member in enumerate(early))
            )
            await bot.kill()
            verdicts = [reply.text.splitlines()[0] for reply in replies]
            assert sorted(set(verdicts)) == ["✅ Correct", "❌ Not quite"]
            assert verdicts.count("✅ Correct") == 5

            await bot.start()
            await bot.up()
            again = await press(client, question, early[0].id, "D")
            assert again.text.splitlines()[:2] == [verdicts[0], "-# This is the answer you gave; the first one counts."]
            assert "1-day streak" in (await press(client, question, late.id, "A")).text
            counted = await client.changed(question, lambda message: "21 have answered" in message.text, within=40)

            set_clock(file, DUE + timedelta(days=1))
            following = (await client.messages(QUIZ, 2, within=30))[1]
            closed = await client.changed(counted, lambda message: message.labels == ["Solution"], within=30)
            assert "21 answers" in closed.text
            old = await client.press(question, too_late.id, custom_id=question.button("A").custom_id, force=True)
            assert "earns no points any more" in (await client.reply(old)).text
            assert "2-day streak" in (await press(client, following, early[0].id, "A")).text

            assert await client.unanswered() == []
            assert [request.why for request in await client.refused()] == []
            assert (await client.state()).limited == 0
            assert await bot.terminate() == 0
    assert await doctor(database) == (0, "The database is sound: every score follows from its answers.")

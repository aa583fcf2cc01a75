"""A question that cannot be posted: counted, shown, told once a day, tried again with back-off, never posted twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ui.trouble import forbid, posts, visible
from tests.ui.world import World, build, on, said, text

SETTLED = timedelta(minutes=40)


def told(world: World) -> list[str]:
    """Return the direct messages that whoever ran the set-up has got."""
    return [text(message) for message in world.moderator.user.dm_channel.history()]


def break_posts(
    world: World, *, status: int, code: int = 0, times: int | None = None, message: str = "injected"
) -> None:
    """Make posts into the channel fail."""
    path = f"/channels/{world.channel.id}/messages"
    world.env.inject_error("POST", path, status=status, code=code, message=message, times=times)


@pytest.mark.parametrize(
    ("status", "code", "words", "reported"),
    [
        (403, 50013, "I may not post in the channel", True),
        (403, 50001, "I may not post in the channel", True),
        (404, 10003, "the channel is gone", True),
        (400, 50035, "Discord refused the message", True),
        (429, 0, "Discord did not answer", False),
        (500, 0, "Discord did not answer", False),
        (503, 0, "Discord did not answer", False),
    ],
)
async def test_each_failure_is_counted_shown_and_told_where_somebody_can_mend_it(
    world: World,
    status: int,
    code: int,
    words: str,
    reported: bool,  # noqa: FBT001 - a case
) -> None:
    await world.set_up()
    break_posts(world, status=status, code=code)
    await world.jump(on(0))
    shown = said(await world.quiz("status"))
    assert f"**1 failure in a row**: {words}" in shown
    assert "I keep trying." in shown
    assert [words in each for each in told(world)] == [True] * reported
    world.env.backend.faults.clear()
    world.env.backend.advance_clock(60)
    await world.tick(2)
    assert len(visible(world)) == 1
    assert "in a row" not in said(await world.quiz("status"))


async def test_attempts_come_further_and_further_apart_and_all_bear_one_nonce(world: World) -> None:
    await world.set_up()
    break_posts(world, status=403, code=50013)
    await world.jump(on(0))
    for attempt, minutes in enumerate((0.5, 1, 2, 4, 8, 15, 15), 1):
        assert len(posts(world)) == attempt
        await world.jump(world.env.now() + timedelta(minutes=minutes))
    assert len(posts(world)) == 8
    nonces = {attempt.json["nonce"] for attempt in posts(world) if attempt.json is not None}
    assert len(nonces) == 1
    assert all(attempt.json["enforce_nonce"] for attempt in posts(world) if attempt.json is not None)
    assert len(next(iter(nonces))) <= 25


async def test_whoever_set_it_up_is_told_once_a_day_at_most(world: World) -> None:
    await world.set_up()
    break_posts(world, status=403, code=50013)
    await world.jump(on(0))
    await world.jump(world.env.now() + timedelta(minutes=20))
    assert len(posts(world)) == 2
    assert len(told(world)) == 1
    assert "**Study group**" in told(world)[0]
    assert "`/quiz status` in the server says more" in told(world)[0]
    await world.jump(on(1, 9, 30))
    assert len(told(world)) == 2


async def test_closed_direct_messages_are_skipped_silently(world: World) -> None:
    await world.set_up()
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, times=None)
    break_posts(world, status=403, code=50013)
    await world.jump(on(0))
    assert "1 failure in a row" in said(await world.quiz("status"))
    assert told(world) == []
    world.env.backend.faults.clear()
    world.env.inject_error(
        "POST", f"/channels/{world.moderator.user.dm_channel.id}/messages", status=403, code=50007, times=None
    )
    break_posts(world, status=403, code=50013)
    await world.jump(on(1, 9, 1))
    assert told(world) == []


async def test_a_deleted_channel_is_told_and_another_one_takes_over_at_once(world: World) -> None:
    await world.first_question()
    world.env.backend.delete_channel(world.channel.id)
    await world.env.settle()
    lobby = world.guild.create_text_channel("lobby")
    await world.jump(on(1))
    shown = said(await world.moderator.slash(lobby, "quiz status"))
    assert "the channel is gone. Choose another one with `/quiz setup`" in shown
    assert "the channel is gone" in told(world)[0]
    options = {"channel": lobby, "time": "09:00", "timezone": "UTC"}
    await world.moderator.slash(lobby, "quiz setup", **options)
    await world.tick(3)
    public = [message for message in lobby.history() if not message.flags.ephemeral]
    assert len(public) == 1
    assert "Question 2" in text(public[0])
    assert "2-day streak" not in await world.answer(world.ada, public[0])


@pytest.mark.parametrize("lost", ["view_channel", "send_messages"])
async def test_a_revoked_permission_is_told_and_its_return_is_noticed(world: World, lost: str) -> None:
    await world.set_up()
    await forbid(world, lost)
    await world.jump(on(0))
    assert "I may not post in the channel" in said(await world.moderator.slash(world.channel, "quiz status"))
    await forbid(world)
    await world.jump(world.env.now() + SETTLED)
    assert len(visible(world)) == 1


async def test_a_moderator_can_have_it_tried_again_at_once(world: World) -> None:
    await world.set_up()
    break_posts(world, status=403, code=50013, times=1)
    await world.jump(on(0))
    assert visible(world) == []
    assert "Question 1 is posted" in said(await world.quiz("post"))
    assert len(visible(world)) == 1
    await world.jump(world.env.now() + SETTLED)
    assert len(visible(world)) == 1


async def test_a_post_by_hand_that_fails_says_why_and_goes_on_being_tried(world: World) -> None:
    await world.set_up()
    break_posts(world, status=503, times=1)
    assert said(await world.quiz("post")) == (
        "The question could not be posted: Discord did not answer. I keep trying unless the daily question is paused; "
        "`/quiz post` tries at once."
    )
    await world.jump(world.env.now() + timedelta(minutes=2))
    assert len(visible(world)) == 1


async def test_one_servers_trouble_does_not_reach_another(world: World) -> None:
    other = build(world.env, world.store, "Elsewhere")
    await world.set_up()
    await other.set_up()
    break_posts(world, status=500)
    await world.jump(on(0))
    assert visible(world) == []
    assert len(visible(other)) == 1
    assert "in a row" not in said(await other.quiz("status"))
    assert "1 failure in a row" in said(await world.quiz("status"))


async def test_when_the_day_is_over_its_question_is_given_up_and_no_streak_suffers(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    break_posts(world, status=403, code=50013)
    await world.jump(on(1))
    world.env.backend.faults.clear()
    world.env.backend.advance_clock((on(2, 0, 1) - world.env.now()).total_seconds())
    await world.tick(3)
    assert len(visible(world)) == 1
    assert [round_.state.value for round_ in await world.rounds()] == ["abandoned", "open"]
    message = await world.next_question()
    assert world.env.now().date() == on(2).date()
    assert "2-day streak" in await world.answer(world.ada, message)


async def test_a_question_that_was_given_up_may_be_asked_another_day(world: World) -> None:
    await world.set_up()
    break_posts(world, status=403, code=50013)
    await world.jump(on(0))
    world.env.backend.faults.clear()
    world.env.backend.advance_clock((on(1, 0, 1) - world.env.now()).total_seconds())
    await world.tick(3)
    await world.next_question()
    given_up, asked = sorted(await world.rounds(), key=lambda round_: round_.number)
    assert given_up.question.id == asked.question.id


async def test_nothing_left_to_ask_is_told_once_a_day_and_shown(world: World) -> None:
    await world.set_up()
    async with world.store.begin() as transaction:
        for card in world.client.context.bank.cards():
            await transaction.guilds.retire(world.guild.id, card.id)
    await world.jump(on(0))
    assert "every question is retired. Bring one back with `/quiz restore`" in said(await world.quiz("status"))
    assert len(told(world)) == 1
    assert "I keep trying" not in told(world)[0] + said(await world.quiz("status"))
    await world.quiz("restore", item="t01-one-update")
    await world.next_question()
    assert len(visible(world)) == 1


async def test_a_notice_shows_a_hostile_server_name_harmlessly(world: World) -> None:
    world.env.backend.edit_guild(world.guild.id, {"name": "@everyone [x](https://evil.example) <t:1:F>"})
    await world.env.settle()
    await world.set_up()
    break_posts(world, status=403, code=50013)
    await world.jump(on(0))
    (notice,) = told(world)
    assert "@everyone" not in notice
    assert "](https" not in notice
    assert "<t:1" not in notice

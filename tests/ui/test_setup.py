"""`/quiz setup`: what it stores, says and shows, and what follows for today's question."""

from __future__ import annotations

from pathlib import Path

import pytest
from simcord import SetupError

from bot.ui.permission import NEEDED
from bot.ui.words.error import PERMISSION
from tests.ui.trouble import forbid, nothing_written, posts, visible
from tests.ui.world import World, instants, labels, on, said, text


async def test_the_shortest_set_up_says_where_and_when_and_shows_the_next_question_to_the_moderator_only(
    world: World,
) -> None:
    done = await world.set_up()
    assert world.channel.mention in said(done)
    assert "every day at 09:00 (UTC)" in said(done)
    assert "open until the next one" in said(done)
    assert instants(said(done)) == [on(0)]
    (preview,) = done.followups
    assert preview.ephemeral
    assert "only you see this" in text(preview)
    assert labels(preview)[-1] == "Hint"
    assert posts(world) == []


async def test_every_option_of_the_set_up_is_kept_and_shown(world: World) -> None:
    done = await world.set_up(
        time="7:05", timezone="europe/berlin", days="mon, wed, fri", role=world.learners, open_hours=6
    )
    settings = await world.settings()
    assert settings.channel_id == world.channel.id
    assert settings.schedule.zone == "Europe/Berlin"
    assert settings.schedule.days == {0, 2, 4}
    assert settings.role_id == world.learners.id
    assert settings.open_hours == 6
    assert settings.set_up_by == world.moderator.id
    words = said(done)
    assert "Monday, Wednesday and Friday at 07:05 (Europe/Berlin)" in words
    assert "closes after 6 hours" in words
    assert f"Notifies {world.learners.mention}." in words


async def test_a_time_that_is_none_is_refused_with_an_example(world: World) -> None:
    for time in ("21:61", "24:00", "9", "noon", "", "-1:00", "09:00:00"):
        assert "is not a time; use HH:MM, e.g. 09:00." in said(await world.set_up(time=time))


async def test_a_refused_time_is_quoted_as_typed(world: World) -> None:
    assert said(await world.set_up(time="21:61")) == "“21\\:61” is not a time; use HH:MM, e.g. 09:00."


async def test_a_zone_that_is_none_is_refused_with_the_one_that_was_probably_meant(world: World) -> None:
    assert "Did you mean `Europe/Berlin`" in said(await world.set_up(timezone="Berlinn"))
    assert "Choose one from the list, e.g. Europe/Berlin." in said(await world.set_up(timezone="qqqqqqq"))


async def test_weekdays_that_are_none_are_refused_with_examples(world: World) -> None:
    assert "names no weekdays; use daily, weekdays, mon-fri" in said(await world.set_up(days="someday"))


async def test_hours_out_of_range_are_refused_with_the_range(world: World) -> None:
    for hours in (0, -1, 169, 2**53 - 1):
        assert said(await world.set_up(open_hours=hours)) == "A question can stay open for 1 to 168 hours."


async def test_the_least_and_most_hours_are_taken(world: World) -> None:
    for hours in (1, 168):
        await world.set_up(open_hours=hours)
        assert (await world.settings()).open_hours == hours


async def test_everybodys_role_is_refused(world: World) -> None:
    words = said(await world.set_up(role=world.guild.default_role))
    assert words == "That role is everybody's. Choose a role of its own, or leave it out."


async def test_a_role_that_discord_would_not_notify_comes_with_a_warning(world: World) -> None:
    quiet = world.guild.create_role("Quiet")
    await forbid(world, "mention_everyone")
    assert "will be named but not notified" in said(await world.set_up(role=quiet))
    assert "will be named but not notified" not in said(await world.set_up(role=world.learners))
    await forbid(world)
    assert "will be named but not notified" not in said(await world.set_up(role=quiet))


async def test_each_missing_permission_is_named_as_discord_names_it(world: World) -> None:
    for permission in NEEDED:
        await forbid(world, permission)
        words = said(await world.set_up())
        # Without View Channel, or Send Messages, Discord grants nothing that builds on it: then more is named.
        assert PERMISSION[permission] in words.partition("Missing there: ")[2]
        assert world.channel.mention in words
    await forbid(world)
    assert "The daily question is set up" in said(await world.set_up())


async def test_several_missing_permissions_are_named_together(world: World) -> None:
    await forbid(world, "embed_links", "attach_files")
    assert "**Embed Links, Attach Files**" in said(await world.set_up())


async def test_a_channel_that_is_no_text_channel_cannot_be_chosen(world: World) -> None:
    voice = world.guild.create_voice_channel("talk")
    with pytest.raises(SetupError):
        await world.set_up(channel=voice)


async def test_a_first_set_up_after_the_time_has_passed_starts_tomorrow(world: World) -> None:
    done = await world.set_up(time="07:30")
    assert instants(said(done)) == [on(1, 7, 30)]
    await world.tick(3)
    assert posts(world) == []
    await world.jump(on(1, 7, 30))
    assert len(posts(world)) == 1


async def test_a_first_set_up_on_a_day_without_questions_starts_on_the_next_one_that_has(world: World) -> None:
    assert instants(said(await world.set_up(days="sat"))) == [on(5)]


async def test_a_changed_time_that_is_past_already_counts_from_tomorrow(world: World) -> None:
    await world.set_up(time="20:00")
    assert instants(said(await world.set_up(time="07:30"))) == [on(1, 7, 30)]
    await world.tick(2)
    assert posts(world) == []


async def test_a_changed_time_does_not_bring_a_second_question_on_one_day(world: World) -> None:
    await world.first_question()
    done = await world.set_up(time="20:00")
    assert instants(said(done)) == [on(1, 20)]
    await world.jump(on(0, 20, 30))
    assert len(posts(world)) == 1


async def test_a_changed_zone_does_not_bring_a_second_question_for_one_local_date(world: World) -> None:
    await world.first_question()
    await world.set_up(timezone="America/Los_Angeles", time="23:00")
    await world.jump(on(0, 23, 30))
    assert len(await world.rounds()) == 1


async def test_setting_up_again_keeps_scores_streaks_questions_and_the_open_round(world: World) -> None:
    message = await world.first_question()
    await world.answer(world.ada, message)
    before = await world.settings()
    other = world.guild.create_text_channel("elsewhere")
    await world.set_up(channel=other, time="10:00")
    after = await world.settings()
    assert (after.seed, after.served) == (before.seed, before.served)
    assert "1-day streak" in said(await world.ada.slash(world.channel, "stats"))
    assert "It counts" not in await world.answer(world.blaise, message)
    await world.jump(on(1, 10))
    assert other.last_message is not None
    assert "Question 2" in text(other.last_message)
    assert "2-day streak" in await world.answer(world.ada, other.last_message)


async def test_options_left_out_at_a_second_set_up_go_back_to_their_defaults(world: World) -> None:
    await world.set_up(role=world.learners, open_hours=5, days="mon")
    await world.set_up()
    settings = await world.settings()
    assert (settings.role_id, settings.open_hours, len(settings.schedule.days)) == (None, None, 7)


async def test_setting_up_while_paused_keeps_the_pause_and_says_so(world: World) -> None:
    await world.set_up()
    await world.quiz("pause")
    assert "Paused until `/quiz resume`." in said(await world.set_up(time="10:00"))
    await world.jump(on(0, 11))
    assert posts(world) == []


async def test_setting_up_where_every_question_is_retired_shows_no_preview(world: World) -> None:
    await world.set_up()
    async with world.store.begin() as transaction:
        for card in world.client.context.bank.cards():
            await transaction.guilds.retire(world.guild.id, card.id)
    done = await world.set_up()
    assert "The daily question is set up" in said(done)
    assert done.followups == []


async def test_a_refused_set_up_writes_nothing(world: World, tmp_path: Path) -> None:
    with nothing_written(tmp_path):
        await world.set_up(time="21:61")
        await world.set_up(timezone="Nowhere")
        await world.set_up(open_hours=0)
        await world.set_up(days="never")
        await world.set_up(role=world.guild.default_role)


async def test_the_first_question_mentions_the_chosen_role_and_nobody_else(world: World) -> None:
    message = await world.first_question(role=world.learners)
    assert text(message).startswith(world.learners.mention)
    sent = posts(world)[-1].json
    assert sent is not None
    allowed = {kind: value for kind, value in sent["allowed_mentions"].items() if value}
    assert allowed == {"roles": [world.learners.id]}


async def test_a_question_without_a_role_mentions_nobody(world: World) -> None:
    await world.first_question()
    sent = posts(world)[-1].json
    assert sent is not None
    assert not any(sent["allowed_mentions"].values())


async def test_zones_are_suggested_while_typing(world: World) -> None:
    found = await world.moderator.autocomplete(world.channel, "quiz setup", "timezone", "berl")
    assert found[0] == {"name": "Europe/Berlin", "value": "Europe/Berlin"}
    everything = await world.moderator.autocomplete(world.channel, "quiz setup", "timezone", "")
    assert len(everything) == 25
    assert await world.moderator.autocomplete(world.channel, "quiz setup", "timezone", "qqqqqqqqq") == []
    typo = await world.moderator.autocomplete(world.channel, "quiz setup", "timezone", "Berlinn")
    assert [choice["value"] for choice in typo][:1] == ["Europe/Berlin"]


async def test_a_set_up_says_nothing_in_public(world: World) -> None:
    await world.set_up()
    assert visible(world) == []

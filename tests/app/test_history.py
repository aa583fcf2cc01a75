"""Whatever happens in whatever order: scores, streaks and boards are the fold of the facts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.core.answer import Member
from bot.core.ledger import EntryKind
from db.doctor import examine
from tests.app.play import FULL, USERS, Step, live, lives
from tests.app.world import GUILD, OTHER, World, answering, in_folder, world_at

few = settings(max_examples=5, suppress_health_check=list(HealthCheck))


@few
@given(life=lives)
@example(life=FULL)
def test_members_standings_and_ledger_are_the_fold_of_the_facts_after_any_life(life: list[Step]) -> None:
    asyncio.run(_check_life(life))


async def _check_life(life: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        url = in_folder(Path(folder))
        async with world_at(url) as world:
            await world.set_up()
            account = await live(world, life)
            for user in USERS:
                member = await world.member(user) or Member(GUILD, user)
                assert member.streak == account.streak(user)
                assert (member.answered, member.correct) == account.counts(user)
                assert await world.points(user) == account.total(user)
            dates = [one.local_date for one in await world.rounds()]
            assert len(dates) == len(set(dates))
            assert len({message.round_id for message in world.messenger.messages}) == len(world.messenger.messages)
        assert await examine(url) == []


days = st.lists(
    st.tuples(st.lists(st.tuples(st.sampled_from(USERS), st.booleans()), unique_by=lambda one: one[0]), st.randoms()),
    min_size=1,
    max_size=3,
)


@few
@given(plan=days)
def test_a_streak_never_depends_on_the_order_of_others_or_on_how_they_were_batched(plan: list[Any]) -> None:
    asyncio.run(_check_order(plan))


async def _check_order(plan: list[Any]) -> None:
    with TemporaryDirectory() as folder:
        async with world_at(in_folder(Path(folder))) as world:
            for guild_id in (GUILD, OTHER):
                guild = await world.set_up(guild_id)
                async with world.store.begin() as transaction:
                    await transaction.guilds.save(replace(guild, seed="the same"))
            for answers, chance in plan:
                await world.next_round()
                for user, right in answers:
                    await world.answered(await world.open_round(), user, right=right)
                shuffled = list(answers)
                chance.shuffle(shuffled)
                round_ = await world.open_round(OTHER)
                clicks = [answering(round_, user, right=right) for user, right in shuffled]
                await asyncio.gather(*map(world.writer.submit, clicks))
            for user in USERS:
                one, other = await world.member(user), await world.member(user, OTHER)
                assert one == (None if other is None else replace(other, guild_id=GUILD))
                assert await world.points(user) == await world.points(user, OTHER)


async def test_every_answer_has_one_entry_and_every_entry_of_a_void_round_its_opposite(world: World) -> None:
    await world.set_up()
    life = [Step("day"), *(Step("answer", user) for user in USERS), Step("void"), Step("day"), Step("answer", USERS[1])]
    await live(world, life)
    first, second = await world.rounds()
    async with world.store.begin() as transaction:
        taken_back = await transaction.ledger.of_round(GUILD, first.id)
        kept = await transaction.ledger.of_round(GUILD, second.id)
    assert [one.kind for one in taken_back] == [EntryKind.ANSWER] * 4 + [EntryKind.VOID] * 4
    assert sum(one.points for one in taken_back) == 0
    assert [(one.user_id, one.kind) for one in kept] == [(USERS[1], EntryKind.ANSWER)]

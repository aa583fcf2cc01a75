"""Nothing that happens in one guild is seen in another."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.answer import Member
from bot.core.period import keys
from bot.core.round import Round
from db.store import Store, Transaction
from tests.core.strategies import MONDAY, NOON
from tests.db.play import adjustment, answer, open_round, set_up, void

USERS = (1, 2, 3)
ONE, TWO, ALONE = 101, 102, 103

acts = st.one_of(
    st.tuples(st.just("ask"), st.sets(st.sampled_from(USERS)), st.sampled_from(["right", "plus"])),
    st.tuples(st.just("void")),
    st.tuples(st.just("adjust"), st.sampled_from(USERS), st.integers(-30, 90)),
    st.tuples(st.just("hide"), st.sampled_from(USERS), st.booleans()),
    st.tuples(st.just("erase"), st.sampled_from(USERS)),
    st.tuples(st.just("queue"), st.sampled_from("abc")),
    st.tuples(st.just("retire"), st.sampled_from("abc")),
    st.tuples(st.just("reset")),
    st.tuples(st.just("leave"), st.booleans()),
)


@dataclass
class Host:
    """One guild, and what is done to it."""

    guild_id: int
    rounds: list[Round] = field(default_factory=list)

    async def do(self, transaction: Transaction, act: tuple[Any, ...]) -> None:  # noqa: C901 - a case for each act
        match act:
            case ("ask", users, option):
                day = MONDAY + timedelta(days=len(self.rounds))
                opened = await open_round(transaction, guild_id=self.guild_id, day=day)
                await answer(transaction, opened, dict.fromkeys(sorted(users), option), hinted=users & {1})
                self.rounds.append(opened)
            case ("void",):
                latest = await transaction.rounds.latest(self.guild_id)
                if latest is not None and latest.position is not None:
                    await void(transaction, latest)
            case ("adjust", user, points):
                await transaction.ledger.add([adjustment(user, points, guild_id=self.guild_id)])
            case ("hide", user, hidden):
                await transaction.ledger.set_hidden(self.guild_id, user, hidden=hidden)
            case ("erase", user):
                await transaction.erasures.erase(self.guild_id, user, NOON)
            case ("queue", item):
                await transaction.guilds.enqueue(self.guild_id, item)
            case ("retire", item):
                await transaction.guilds.retire(self.guild_id, item)
            case ("reset",):
                await transaction.erasures.reset(self.guild_id, NOON)
            case ("leave", back):
                await transaction.guilds.left(self.guild_id, None if back else NOON)
        await transaction.audit.add(guild_id=self.guild_id, by=USERS[0], action=act[0], detail={}, at=NOON)

    async def seen(self, transaction: Transaction) -> str:
        """Return everything that can be seen in the guild, with numbers in the place of its own ids."""
        guild_id = self.guild_id
        recent = await transaction.rounds.recent(guild_id, 99)
        members: list[Member | None] = [await transaction.members.get(guild_id, user) for user in USERS]
        view = [
            await transaction.guilds.get(guild_id),
            await transaction.guilds.queued(guild_id),
            sorted(await transaction.guilds.retired(guild_id)),
            [(one.number, one.state, one.position, one.shown, one.void_reason) for one in recent],
            [sorted((await transaction.rounds.distribution(guild_id, one.id)).items()) for one in recent],
            [len(await transaction.ledger.of_round(guild_id, one.id)) for one in recent],
            await transaction.rounds.last_position(guild_id),
            await transaction.members.count(guild_id),
            members,
            [await transaction.ledger.page(guild_id, period) for period in keys(MONDAY)],
            [await transaction.ledger.place(guild_id, user, "all") for user in USERS],
            [await transaction.answers.tally(guild_id, user) for user in USERS],
            sorted((await transaction.answers.positions(guild_id, USERS)).items()),
            sorted(await transaction.answers.answerers_since(guild_id, 1)),
            [act.action for act in await transaction.audit.recent(guild_id, 99)],
            sorted(user for _, user in await transaction.erasures.tombstones([(guild_id, user) for user in USERS])),
        ]
        exports = [await transaction.erasures.export(guild_id, user) for user in USERS]
        text = repr(view) + json.dumps(exports)
        for one in recent:
            text = text.replace(f'"round_id": "{one.id}"', f'"round_id": "number {one.number}"')
        return text.replace(str(guild_id), "here")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([ONE, TWO]), acts), max_size=14))
async def test_a_guild_beside_another_is_as_if_it_were_alone(
    store: Store, script: list[tuple[int, tuple[Any, ...]]]
) -> None:
    hosts = {guild_id: Host(guild_id) for guild_id in (ONE, TWO, ALONE)}
    async with store.begin() as transaction:
        for guild_id in hosts:
            await transaction.erasures.erase_guild(guild_id, NOON)
            for user in USERS:  # tombstones would tell of the last example
                await transaction.erasures.erase(guild_id, user, NOON)
        await set_up(transaction, *hosts)
        blank = await hosts[ONE].seen(transaction)
        assert blank == await hosts[ALONE].seen(transaction)
        for guild_id, act in script:
            await hosts[guild_id].do(transaction, act)
        for guild_id, act in script:
            if guild_id == ONE:
                await hosts[ALONE].do(transaction, act)
        assert await hosts[ONE].seen(transaction) == await hosts[ALONE].seen(transaction)

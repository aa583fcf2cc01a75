"""Erasing, resetting and exporting."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.core.answer import Member
from bot.core.round import State
from db.doctor import examine
from db.store import Store
from tests.core.strategies import GUILD, MODERATOR, MONDAY, NOON
from tests.db.play import ADA, BLAISE, CHEN, OTHER, adjustment, answer, claim, open_round, play, set_up

DAY = timedelta(days=1)
LATER = NOON + 30 * DAY


async def act(store: Store, guild_id: int = GUILD) -> None:
    """Have moderators do things about members, some of them members too."""
    async with store.begin() as transaction:
        await transaction.ledger.add([adjustment(ADA, 5, guild_id=guild_id), adjustment(BLAISE, 7, by=ADA)])
        detail = {"member": str(ADA), "points": 5, "reason": "for help"}
        await transaction.audit.add(guild_id=guild_id, by=MODERATOR, action="adjust", detail=detail, at=NOON)
        detail = {"member": str(BLAISE), "points": 7, "reason": f"not {ADA}1"}
        await transaction.audit.add(guild_id=guild_id, by=ADA, action="adjust", detail=detail, at=NOON)


async def test_the_export_holds_all_that_is_kept_as_json(store: Store) -> None:
    await play(store, 3)
    await act(store)
    async with store.begin() as transaction:
        exported = await transaction.erasures.export(GUILD, ADA)
        chen = await transaction.erasures.export(GUILD, CHEN)
        moderator = await transaction.erasures.export(GUILD, MODERATOR)
    assert json.loads(json.dumps(exported)) == exported
    assert (exported["guild_id"], exported["user_id"]) == (str(GUILD), str(ADA))
    assert [one["option_id"] for one in exported["answers"]] == ["right"] * 3
    assert [one["local_date"] for one in exported["answers"]] == ["2026-11-23", "2026-11-24", "2026-11-25"]
    assert [one["points"] for one in exported["entries"]] == [20, 21, 22, 5]
    assert "by" not in exported["entries"][0]
    assert exported["member"][0]["best"] == 3
    assert {one["period"]: one["points"] for one in exported["standings"]}["all"] == 68
    assert exported["hints"] == []
    assert len(chen["hints"]) == 2
    assert [(one["own"], one["detail"]["points"]) for one in exported["acts"]] == [(False, 5), (True, 7)]
    assert str(MODERATOR) not in json.dumps(exported)
    assert exported["set_up"] == []
    assert len(moderator["set_up"]) == 1


async def test_nothing_is_exported_of_a_stranger(store: Store) -> None:
    await play(store, 1)
    async with store.begin() as transaction:
        exported = await transaction.erasures.export(GUILD, 77)
        elsewhere = await transaction.erasures.export(OTHER, ADA)
    assert not any(value for name, value in exported.items() if not name.endswith("_id"))
    assert not any(value for name, value in elsewhere.items() if not name.endswith("_id"))


async def test_an_erased_member_is_gone_and_public_counts_stay(store: Store, url: str) -> None:
    rounds = await play(store, 3)
    await act(store)
    async with store.begin() as transaction:
        before = [await transaction.rounds.distribution(GUILD, one.id) for one in rounds]
        await transaction.erasures.erase(GUILD, ADA, LATER)
    async with store.begin() as transaction:
        exported = await transaction.erasures.export(GUILD, ADA)
        assert [name for name, value in exported.items() if value and not name.endswith("_id")] == ["erased"]
        assert [await transaction.rounds.distribution(GUILD, one.id) for one in rounds] == before
        assert await transaction.members.get(GUILD, ADA) is None
        assert await transaction.ledger.points(GUILD, ADA) == 0
        assert [place.user_id for place in (await transaction.ledger.page(GUILD, "all")).places] == [CHEN, BLAISE]
        assert (await transaction.ledger.page(GUILD, "all")).members == 2
        pairs = [(GUILD, ADA), (GUILD, BLAISE), (OTHER, ADA)]
        assert await transaction.erasures.tombstones(pairs) == {(GUILD, ADA): LATER}
        acts = await transaction.audit.recent(GUILD, 5)
        assert [(one.by, one.detail["member"]) for one in acts] == [(0, str(BLAISE)), (MODERATOR, None)]
        assert acts[0].detail["reason"] == f"not {ADA}1"
    assert await examine(url) == []


async def test_an_erasure_touches_no_other_guild(store: Store, url: str) -> None:
    await play(store, 2)
    await play(store, 2, guild_id=OTHER)
    await act(store, OTHER)
    async with store.begin() as transaction:
        before = await transaction.erasures.export(OTHER, ADA)
        await transaction.erasures.erase(GUILD, ADA, LATER)
        await transaction.erasures.erase(GUILD, BLAISE, LATER)
        assert await transaction.erasures.export(OTHER, ADA) == before
    assert await examine(url) == []


async def test_the_latest_tombstone_stays(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.erasures.erase(GUILD, ADA, LATER)
        await transaction.erasures.erase(GUILD, ADA, NOON)
        assert await transaction.erasures.tombstones([(GUILD, ADA)]) == {(GUILD, ADA): LATER}
        await transaction.erasures.erase(GUILD, ADA, LATER + DAY)
        assert await transaction.erasures.tombstones([(GUILD, ADA)]) == {(GUILD, ADA): LATER + DAY}


async def test_who_was_erased_begins_anew(store: Store, url: str) -> None:
    await play(store, 2)
    async with store.begin() as transaction:
        await transaction.erasures.erase(GUILD, ADA, NOON + DAY + timedelta(hours=1))
        opened = await open_round(transaction, day=MONDAY + 2 * DAY)
        (given,) = await answer(transaction, opened, {ADA: "right"})
        assert given.streak == 1
    assert await examine(url) == []


async def test_an_erased_guild_is_gone_and_may_come_again(store: Store, url: str) -> None:
    rounds = await play(store, 2)
    await play(store, 1, guild_id=OTHER)
    await act(store)
    async with store.begin() as transaction:
        await transaction.guilds.enqueue(GUILD, "a")
        await transaction.guilds.retire(GUILD, "b")
        await transaction.erasures.erase(GUILD, CHEN, LATER)
        await transaction.erasures.erase_guild(GUILD, LATER)
    async with store.begin() as transaction:
        assert await transaction.guilds.ids() == {OTHER}
        assert await transaction.rounds.get(GUILD, rounds[0].id) is None
        assert await transaction.guilds.queued(GUILD) == ()
        assert await transaction.guilds.retired(GUILD) == frozenset()
        assert await transaction.audit.recent(GUILD, 5) == []
        assert (await transaction.ledger.page(GUILD, "all")).members == 0
        assert (await transaction.ledger.page(OTHER, "all")).members == 2
        assert await transaction.erasures.tombstones([(GUILD, 0)]) == {(GUILD, 0): LATER}
        await set_up(transaction)
        opened = await open_round(transaction, day=MONDAY + 60 * DAY)
        assert opened.number == 1
        assert opened.id > rounds[-1].id
    assert await examine(url) == []


async def test_a_reset_voids_the_open_round_and_keeps_settings_and_choices_to_hide(store: Store, url: str) -> None:
    rounds = await play(store, 3)
    await play(store, 1, guild_id=OTHER)
    async with store.begin() as transaction:
        await transaction.guilds.enqueue(GUILD, "a")
        await transaction.guilds.retire(GUILD, "b")
        await transaction.ledger.set_hidden(GUILD, BLAISE, hidden=True)
        await transaction.erasures.erase(GUILD, CHEN, LATER)
        await claim(transaction, day=MONDAY + 9 * DAY)
        settings = await transaction.guilds.get(GUILD)
        await transaction.erasures.reset(GUILD, LATER)
    async with store.begin() as transaction:
        assert await transaction.guilds.get(GUILD) == settings
        assert await transaction.guilds.queued(GUILD) == ("a",)
        assert await transaction.guilds.retired(GUILD) == {"b"}
        states = [one.state for one in await transaction.rounds.recent(GUILD, 9)]
        assert states == [State.CLAIMED, State.VOID, State.CLOSED, State.CLOSED]
        assert await transaction.rounds.distribution(GUILD, rounds[0].id) == {}
        assert await transaction.rounds.last_position(GUILD) == 2
        assert await transaction.members.get(GUILD, ADA) is None
        assert await transaction.members.get(GUILD, BLAISE) == Member(GUILD, BLAISE, hidden=True)
        assert (await transaction.ledger.page(GUILD, "all")).members == 0
        assert (await transaction.ledger.page(OTHER, "all")).members == 2
        opened = await open_round(transaction, day=MONDAY + 10 * DAY)
        assert opened.position == 3
        await answer(transaction, opened, {BLAISE: "right"})
        assert (await transaction.ledger.page(GUILD, "all")).members == 0
    assert await examine(url) == []

"""One guild's aggregates, reckoned anew from its facts and compared with what is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select, true

from bot.core.answer import Member, fold_member
from bot.core.ledger import EntryKind
from bot.core.period import keys
from bot.core.round import State
from db.schema import answer, entry, erasure, forgotten, hint, member, round_, standing, tally
from db.store.answers import Answers
from db.store.erasures import EVERYBODY
from db.store.histogram import buckets, is_listed
from db.store.members import COLUMNS, member_of
from db.store.statement import AnyRow, Part

_WITH_MEMBERS = (member, answer, hint, entry, standing)
_DATED = ((round_, round_.c.claimed_at), (answer, answer.c.at), (hint, hint.c.at), (entry, entry.c.at))


class Reckoning(Part):
    """Findings about one guild, or about some of its members, from within one transaction."""

    __slots__ = ()

    async def of_guild(self, guild_id: int) -> list[str]:
        """Compare the counts on rounds with their answers, and the histograms with the standings."""
        where = f"Guild {guild_id}"
        return [
            *await self._round_counts(where, guild_id),
            *await self._histograms(where, guild_id),
            *await self._remains_of_guild(where, guild_id),
        ]

    async def users(self, guild_id: int, after: int, limit: int) -> list[int]:
        """Return the next users of whom anything is kept, in ascending order."""
        found: set[int] = set()
        for table in _WITH_MEMBERS:
            user_id = table.c.user_id
            some = select(user_id).distinct().where(table.c.guild_id == guild_id, user_id > after)
            found.update((await self._execute(some.order_by(user_id).limit(limit))).scalars())
        return sorted(found)[:limit]

    async def of_members(self, guild_id: int, users: Collection[int]) -> list[str]:
        """Compare members' figures, points and standings with what they follow from, and look for what was erased."""
        kept = {one.user_id: one for one in map(member_of, await self._of(member, guild_id, users, *COLUMNS))}
        entries = await self._of(entry, guild_id, users, *entry.c)
        where = f"Guild {guild_id}, member"
        return [
            *await self._figures(where, guild_id, users, kept),
            *await self._points(where, guild_id, users, entries),
            *await self._standings(where, guild_id, users, entries, kept),
            *await self._remains_of_members(where, guild_id, users),
        ]

    async def _round_counts(self, where: str, guild_id: int) -> Iterator[str]:
        rounds = select(round_.c.id, round_.c.answers).where(round_.c.guild_id == guild_id)
        kept = {of: count for of, count in await self._execute(rounds) if count}
        counted = select(answer.c.round_id, func.count()).where(answer.c.guild_id == guild_id)
        follows = Counter(dict(map(tuple, await self._execute(counted.group_by(answer.c.round_id)))))
        erased = select(forgotten.c.round_id, func.sum(forgotten.c.answers)).where(
            forgotten.c.round_id.in_(select(round_.c.id).where(round_.c.guild_id == guild_id))
        )
        follows.update(dict(map(tuple, await self._execute(erased.group_by(forgotten.c.round_id)))))
        return _differing(f"{where}, number of answers of round", kept, follows)

    async def _histograms(self, where: str, guild_id: int) -> Iterator[str]:
        rows = select(tally.c.period, tally.c.level, tally.c.bucket, tally.c.members).where(
            tally.c.guild_id == guild_id
        )
        kept = {(period, level, bucket): members for period, level, bucket, members in await self._execute(rows)}
        standings = (
            select(standing.c.period, standing.c.points, func.count())
            .where(standing.c.guild_id == guild_id, standing.c.visible == true())
            .group_by(standing.c.period, standing.c.points)
        )
        follows: Counter[tuple[str, int, int]] = Counter()
        for period, points, members in await self._execute(standings):
            for level, bucket in buckets(points):
                follows[period, level, bucket] += members if is_listed(points, visible=True) else 0
        return _differing(f"{where}, histogram (period, level, range)", kept, +follows)

    async def _figures(
        self, where: str, guild_id: int, users: Collection[int], kept: Mapping[int, Member]
    ) -> Iterator[str]:
        history = await Answers(self._connection).positions(guild_id, users)
        shown = {user: kept.get(user, Member(guild_id, user)) for user in users}
        follows = {user: fold_member(guild_id, user, history[user], hidden=shown[user].hidden) for user in users}
        return _differing(f"{where} figures of", shown, follows)

    async def _points(
        self, where: str, guild_id: int, users: Collection[int], entries: Collection[AnyRow]
    ) -> Iterator[str]:
        """Compare what each answer came to, after a void, with what its entries come to."""
        earned = answer.c.user_id, answer.c.round_id, answer.c.base + answer.c.bonus, round_.c.state
        rows = self._selected(answer, guild_id, users, *earned).join(round_, round_.c.id == answer.c.round_id)
        follows = {
            (user, of): 0 if state is State.VOID else points for user, of, points, state in await self._execute(rows)
        }
        kept = Counter(dict.fromkeys(follows, 0))
        for one in entries:
            if one.kind is not EntryKind.ADJUST:
                kept[one.user_id, one.round_id] += one.points
        return _differing(f"{where} and round, points for", kept, follows)

    async def _standings(
        self, where: str, guild_id: int, users: Collection[int], entries: Collection[AnyRow], kept: Mapping[int, Member]
    ) -> Iterator[str]:
        """Compare points, number of entries, and whether the member is visible, in every period."""
        columns = standing.c.user_id, standing.c.period, standing.c.points, standing.c.entries, standing.c.visible
        rows = await self._of(standing, guild_id, users, *columns)
        points: Counter[tuple[int, str]] = Counter()
        count: Counter[tuple[int, str]] = Counter()
        for one in entries:
            for period in keys(one.day):
                points[one.user_id, period] += one.points
                count[one.user_id, period] += 1
        hiding = {user for user, one in kept.items() if one.hidden}
        return _differing(
            f"{where} and period, points, entries and visibility of",
            {(user, period): figures for user, period, *figures in rows},
            {key: [points[key], count[key], key[0] not in hiding] for key in count},
        )

    async def _remains_of_guild(self, where: str, guild_id: int) -> list[str]:
        tombstone = select(erasure.c.at).where(erasure.c.guild_id == guild_id, erasure.c.user_id == EVERYBODY)
        erased = (await self._execute(tombstone)).scalar()
        if erased is None:
            return []
        findings = []
        for table, at in _DATED:
            older = select(func.count()).where(table.c.guild_id == guild_id, at < erased)
            if count := (await self._execute(older)).scalar_one():
                findings.append(f"{where} was erased, but {table.name} still holds {count} older than that.")
        return findings

    async def _remains_of_members(self, where: str, guild_id: int, users: Collection[int]) -> list[str]:
        findings = []
        for table, at in _DATED[1:]:
            older = (
                self._selected(table, guild_id, users, table.c.user_id, func.count())
                .join(erasure, (erasure.c.guild_id == table.c.guild_id) & (erasure.c.user_id == table.c.user_id))
                .where(at < erasure.c.at)
                .group_by(table.c.user_id)
            )
            for user, count in await self._execute(older):
                findings.append(f"{where} {user} was erased, but {table.name} still holds {count} older than that.")
        return findings

    async def _of(
        self, table: Table, guild_id: int, users: Collection[int], *columns: ColumnElement[Any]
    ) -> list[AnyRow]:
        return list(await self._execute(self._selected(table, guild_id, users, *columns)))

    def _selected(
        self, table: Table, guild_id: int, users: Collection[int], *columns: ColumnElement[Any]
    ) -> Select[*tuple[Any, ...]]:
        return select(*columns).where(table.c.guild_id == guild_id, table.c.user_id.in_(users))


def _differing(what: str, kept: Mapping[Any, Any], follows: Mapping[Any, Any]) -> Iterator[str]:
    """Say where what is kept is not what follows from the facts."""
    for key in sorted(kept.keys() | follows.keys()):
        if kept.get(key) != follows.get(key):
            name = ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)
            yield f"{what} {name}: {_said(kept.get(key))} is kept, {_said(follows.get(key))} follows from the facts."


def _said(value: object) -> str:
    if isinstance(value, Member):
        streak = value.streak
        return (
            f"streak {streak.length} (best {streak.best}, freezes {streak.freezes}, up to {streak.position}), "
            f"{value.correct} of {value.answered} right"
        )
    return "nothing" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)

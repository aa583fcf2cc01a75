"""Answers and opened hints: facts, added once and never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select, true, update

from bot.core.answer import Answer
from bot.core.ledger import Tally
from bot.core.round import State
from db.schema import answer, hint, round_
from db.store.statement import Pair, Part, columns_of, is_among, per_dialect, values_of

_COLUMNS = columns_of(Answer, answer)
_FIND = select(*_COLUMNS).where(is_among(answer.c.round_id, answer.c.user_id))
_HINTS = select(hint.c.round_id, hint.c.user_id).where(is_among(hint.c.round_id, hint.c.user_id))
_ADD = per_dialect(
    lambda insert_into: insert_into(answer).on_conflict_do_nothing().returning(answer.c.round_id, answer.c.user_id)
)
_ADD_HINT = per_dialect(lambda insert_into: insert_into(hint).on_conflict_do_nothing())
_MORE = bindparam("more", type_=round_.c.answers.type)
_COUNT = update(round_).where(round_.c.id == bindparam("of")).values(answers=round_.c.answers + _MORE)


class Answers(Part):
    """The answers and hints of all guilds."""

    __slots__ = ()

    async def find(self, pairs: Collection[Pair]) -> dict[Pair, Answer]:
        """Return the answers among these (round, user) pairs."""
        found = (Answer(*row) for row in await self._by_pairs(_FIND, pairs))
        return {(one.round_id, one.user_id): one for one in found}

    async def hints(self, pairs: Collection[Pair]) -> set[Pair]:
        """Return those (round, user) pairs for which the hint was opened."""
        return {(round_id, user_id) for round_id, user_id in await self._by_pairs(_HINTS, pairs)}

    async def add(self, answers: Sequence[Answer]) -> set[Pair]:
        """Add answers and count them on their rounds.

        Returns the (round, user) pairs that were really added; an earlier answer of the same pair stays, uncounted.
        """
        if not answers:
            return set()
        ordered = sorted(answers, key=lambda one: (one.round_id, one.user_id))
        added = {(round_id, user_id) for round_id, user_id in await self._execute(_ADD, values_of(ordered))}
        more = Counter(round_id for round_id, _ in added)
        if more:
            await self._execute(_COUNT, [{"of": round_id, "more": more[round_id]} for round_id in sorted(more)])
        return added

    async def add_hints(self, hints: Sequence[tuple[int, int, int, datetime]]) -> None:
        """Note opened hints, given as (guild, round, user, at); the first opening stays."""
        if hints:
            names = ("guild_id", "round_id", "user_id", "at")
            await self._execute(_ADD_HINT, [dict(zip(names, one, strict=True)) for one in sorted(hints)])

    async def positions(self, guild_id: int, user_ids: Collection[int]) -> dict[int, list[tuple[int, bool]]]:
        """Return for each user the position of every round that counts and was answered, ascending, and whether right.

        That is all `streak.fold` and the counts of a member follow from. Users without such answers get an empty list.
        """
        found: dict[int, list[tuple[int, bool]]] = {user_id: [] for user_id in user_ids}
        statement = (
            select(answer.c.user_id, round_.c.position, answer.c.correct)
            .join(round_, round_.c.id == answer.c.round_id)
            .where(is_among(answer.c.guild_id, answer.c.user_id), round_.c.position.is_not(None))
            .order_by(answer.c.user_id, round_.c.position)
        )
        pairs = {(guild_id, user_id) for user_id in user_ids}
        for user_id, position, correct in await self._by_pairs(statement, pairs):
            found[user_id].append((position, correct))
        return found

    async def answerers_since(self, guild_id: int, position: int, *, round_id: int | None = None) -> set[int]:
        """Return who answered a round at or after `position`, or the round `round_id` wherever that stands now."""
        statement = (
            select(answer.c.user_id)
            .join(round_, round_.c.id == answer.c.round_id)
            .where(round_.c.guild_id == guild_id, or_(round_.c.position >= position, round_.c.id == round_id))
            .distinct()
        )
        return set((await self._execute(statement)).scalars())

    async def tally(self, guild_id: int, user_id: int) -> list[Tally]:
        """Return how a member fared by topic and difficulty, topics in order; voided rounds are left out."""
        statement = (
            select(
                round_.c.topic,
                round_.c.difficulty,
                func.count(),
                func.count().filter(answer.c.correct == true()),
            )
            .join(round_, round_.c.id == answer.c.round_id)
            .where(answer.c.guild_id == guild_id, answer.c.user_id == user_id, round_.c.state != State.VOID)
            .group_by(round_.c.topic, round_.c.difficulty)
            .order_by(round_.c.topic, round_.c.difficulty)
        )
        return [Tally(*row) for row in await self._execute(statement)]

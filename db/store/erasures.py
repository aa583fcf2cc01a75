"""Forgetting: what was kept is removed for good, and a tombstone remembers that it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Executable, delete, false, literal, select, text, update

from db.schema import (
    OPEN,
    answer,
    audit,
    entry,
    erasure,
    forgotten,
    guild,
    hint,
    member,
    queue,
    retired,
    round_,
    standing,
    tally,
)
from db.store.export import Export, exported, naming
from db.store.histogram import Histogram, Moves, is_listed
from db.store.members import NEWCOMER, Members
from db.store.rounds import Rounds
from db.store.statement import InsertInto, Pair, is_among, per_dialect

RESET = "All scores were reset."
"""Why a round is void that was open at a reset."""

EVERYBODY = 0
"""The user id of a tombstone for a whole guild, and of whoever is not known any more."""

_PERSONAL = (entry, standing, answer, hint, member)
"""What is kept about members, those that refer to others first."""

_OTHER = (tally, audit, queue, retired)


def _forgetting(insert_into: InsertInto) -> Executable:
    """Count a member's choices without the member."""
    chosen = select(answer.c.round_id, answer.c.option_id, literal(1)).where(
        is_among(answer.c.guild_id, answer.c.user_id)
    )
    adding = insert_into(forgotten).from_select(["round_id", "option_id", "answers"], chosen)
    return adding.on_conflict_do_update(
        index_elements=["round_id", "option_id"], set_={"answers": forgotten.c.answers + 1}
    )


def _burying(insert_into: InsertInto) -> Executable:
    adding = insert_into(erasure)
    return adding.on_conflict_do_update(
        index_elements=["guild_id", "user_id"], set_={"at": adding.excluded.at}, where=erasure.c.at < adding.excluded.at
    )


_FORGET = per_dialect(_forgetting)
_BURY = per_dialect(_burying)
_TOMBSTONES = select(erasure).where(is_among(erasure.c.guild_id, erasure.c.user_id))


class Erasures(Histogram):
    """What members and guilds may ask for: all that is kept of them, and that none of it is kept any more."""

    __slots__ = ()

    async def erase(self, guild_id: int, user_id: int, at: datetime) -> None:
        """Remove all that is kept about a member in a guild; only how often each option was chosen stays as it was.

        Acts as a moderator stay without the name. Who set the guild up stays too, as the one to turn to, until somebody
        else does.
        """
        await self._bury(guild_id, user_id, at)
        there = select(guild.c.id).where(guild.c.id == guild_id).with_for_update(read=True, key_share=True)
        if (await self._execute(there)).scalar() is None:
            return
        # Answers and points come under these locks, so that none slips in between what is counted and what is removed.
        await self._execute(select(round_.c.id).where(round_.c.guild_id == guild_id, text(OPEN)).with_for_update())
        await Members(self._connection).hold([(guild_id, user_id)])
        await self._execute(_FORGET, {"pairs": [(guild_id, user_id)]})
        moves: Moves = Counter()
        for period, points, visible in await self._execute(
            select(standing.c.period, standing.c.points, standing.c.visible)
            .where(standing.c.guild_id == guild_id, standing.c.user_id == user_id)
            .with_for_update()
        ):
            moves[(guild_id, period), points] -= is_listed(points, visible=visible)
        for table in _PERSONAL:
            await self._execute(delete(table).where(table.c.guild_id == guild_id, table.c.user_id == user_id))
        await self.move(moves)
        await self._execute(update(entry).where(entry.c.guild_id == guild_id, entry.c.by == user_id).values(by=None))
        await self._forget_acts(guild_id, user_id)

    async def erase_guild(self, guild_id: int, at: datetime) -> None:
        """Remove all that is kept about a guild and its members, settings too."""
        await self._hold(guild_id)
        for table in (*_PERSONAL, *_OTHER):
            await self._execute(delete(table).where(table.c.guild_id == guild_id))
        rounds = select(round_.c.id).where(round_.c.guild_id == guild_id)
        await self._execute(delete(forgotten).where(forgotten.c.round_id.in_(rounds)))
        await self._execute(delete(round_).where(round_.c.guild_id == guild_id))
        await self._execute(delete(guild).where(guild.c.id == guild_id))
        await self._bury(guild_id, EVERYBODY, at)

    async def reset(self, guild_id: int, at: datetime) -> None:
        """Start a guild's scores anew: points, answers, hints and streaks go, and an open round is void.

        Closed rounds stay as they were shown, but without their answers. Choices to hide stay, and so do settings,
        queue and retired items. A claimed round will be the first to count.
        """
        await self._hold(guild_id)
        rounds = Rounds(self._connection)
        running = await rounds.open_in(guild_id)
        if running is not None:
            await rounds.void(guild_id, running.id, reason=RESET, at=at)
            await rounds.postpone(running.id, at)
        for table in (entry, standing, tally, answer, hint):
            await self._execute(delete(table).where(table.c.guild_id == guild_id))
        of_guild = select(round_.c.id).where(round_.c.guild_id == guild_id)
        await self._execute(delete(forgotten).where(forgotten.c.round_id.in_(of_guild)))
        await self._execute(update(round_).where(round_.c.guild_id == guild_id, round_.c.answers > 0).values(answers=0))
        await self._execute(delete(member).where(member.c.guild_id == guild_id, member.c.hidden == false()))
        await self._execute(update(member).where(member.c.guild_id == guild_id).values(NEWCOMER))

    async def tombstones(self, pairs: Collection[Pair]) -> dict[Pair, datetime]:
        """Return when those among these (guild, user) pairs were erased last that ever were.

        What such a member did before that must not be stored again.
        """
        return {(guild_id, user_id): at for guild_id, user_id, at in await self._by_pairs(_TOMBSTONES, pairs)}

    async def export(self, guild_id: int, user_id: int) -> Export:
        """Return all that is kept about a member in a guild, JSON-compatible, with ids as text as Discord has them."""
        return await exported(self._execute, guild_id, user_id)

    async def _hold(self, guild_id: int) -> None:
        """Keep others from adding anything to the guild until the transaction ends."""
        await self._execute(select(guild.c.id).where(guild.c.id == guild_id).with_for_update())

    async def _forget_acts(self, guild_id: int, user_id: int) -> None:
        """Take a member's id out of the audit, as the one who acted and as the one it was about."""
        for act in (await self._execute(naming(guild_id, user_id))).all():
            detail = {key: None if str(value) == str(user_id) else value for key, value in act.detail.items()}
            values = {"by": EVERYBODY if act.by == user_id else act.by, "detail": detail}
            await self._execute(update(audit).where(audit.c.id == act.id).values(values))

    async def _bury(self, guild_id: int, user_id: int, at: datetime) -> None:
        await self._execute(_BURY, {"guild_id": guild_id, "user_id": user_id, "at": at})

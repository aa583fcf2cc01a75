"""The tables. What must always hold is a constraint here first, and code elsewhere second.

Facts are `round`, `answer`, `hint`, `entry` and `audit`. Aggregates follow from them and are updated in the same
transaction: `member`, `standing`, `tally`, and the counter `round.answers`; `doctor` proves that they still follow.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

from bot.core.ledger import EntryKind
from bot.core.question import Difficulty
from bot.core.round import State
from bot.core.streak import MOST_FREEZES
from db.types import KEY, Choice, Day, Flag, Instant, Json, Snapshot, TimeOfDay, Words

VERSION = "0001"
"""The migration that leads to this schema."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

SERVED = "NOT paused AND left_at IS NULL"
CLAIMED = "state = 'claimed'"
OPEN = "state = 'open'"
STALE = (
    "message_id IS NOT NULL "
    "AND CASE WHEN shown = state AND (state <> 'open' OR shown_count = answers) THEN 0 ELSE 1 END = 1"
)
"""Rows that a tick looks for, word for word as their partial indices have them: else those would not be used.

STALE is a CASE because PostgreSQL expects nearly all rows to fulfil a plain `shown <> state`, and would read them all.
"""


def _table(name: str, *parts: SchemaItem, clustered: bool = False, numbered: bool = False) -> Table:
    """Declare a table; on SQLite `clustered` stores it in its key's order, `numbered` never gives an id twice."""
    return Table(
        name,
        metadata,
        *parts,
        sqlite_strict=True,
        sqlite_with_rowid=not clustered,
        sqlite_autoincrement=numbered,
    )


def _among(column: str, kind: type[StrEnum], name: str | None = None) -> CheckConstraint:
    values = ", ".join(f"'{value}'" for value in kind)
    return CheckConstraint(f"{column} IN ({values})", name=name or column)


def _flag(column: str) -> CheckConstraint:
    """Hold a flag to 0 and 1 where the engine has no boolean."""
    return CheckConstraint(f"{column} IN (0, 1)", name=column).ddl_if(dialect="sqlite")


def _partial(name: str, condition: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


guild = _table(
    "guild",
    Column("id", KEY, primary_key=True, autoincrement=False),
    Column("channel_id", KEY, nullable=False),
    Column("zone", Text, nullable=False),
    Column("time", TimeOfDay, nullable=False),
    Column("days", Integer, CheckConstraint("days BETWEEN 1 AND 127", name="days"), nullable=False),
    Column("seed", Text, nullable=False),
    Column("set_up_by", KEY, nullable=False),
    Column("role_id", KEY),
    Column("open_hours", Integer, CheckConstraint("open_hours > 0", name="open_hours")),
    Column("moderator_role_id", KEY),
    Column("served", Day),
    Column("next_due", Instant),
    Column("paused", Flag, nullable=False),
    Column("paused_until", Instant),
    Column("failures", Integer, CheckConstraint("failures >= 0", name="failures"), nullable=False),
    Column("failure", Text),
    Column("told_at", Instant),
    Column("left_at", Instant),
    _flag("paused"),
    _partial("ix_guild_due", SERVED, "next_due"),
    _partial("ix_guild_waking", "paused AND left_at IS NULL", "paused_until"),
    _partial("ix_guild_left", "left_at IS NOT NULL", "left_at"),
)

queue = _table(
    "queue",
    Column("id", KEY, primary_key=True),
    Column("guild_id", KEY, ForeignKey("guild.id"), nullable=False),
    Column("item_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("guild_id", "item_id"),
    numbered=True,
)

retired = _table(
    "retired",
    Column("guild_id", KEY, ForeignKey("guild.id"), primary_key=True),
    Column("item_id", Text, primary_key=True),
    Column("at", Instant, nullable=False),
    clustered=True,
)

# The snapshot is the largest column and stands last, so that SQLite need not read through it to reach another.
round_ = _table(
    "round",
    Column("id", KEY, primary_key=True),
    Column("guild_id", KEY, ForeignKey("guild.id"), nullable=False),
    Column("number", Integer, CheckConstraint("number >= 1", name="number"), nullable=False),
    Column("local_date", Day, nullable=False),
    Column("state", Choice(State), nullable=False),
    Column("channel_id", KEY, nullable=False),
    Column("nonce", Text, CheckConstraint("length(nonce) BETWEEN 1 AND 25", name="nonce"), nullable=False),
    Column("claimed_at", Instant, nullable=False),
    Column("lease_until", Instant),
    Column("attempted_at", Instant),
    Column("message_id", KEY),
    Column("position", Integer, CheckConstraint("position >= 1", name="position")),
    Column("opened_at", Instant),
    Column("closes_at", Instant),
    Column("closed_at", Instant),
    Column("void_reason", Words),
    Column("shown", Choice(State)),
    Column("shown_count", Integer, CheckConstraint("shown_count >= 0", name="shown_count"), nullable=False),
    Column("show_after", Instant),
    Column("answers", Integer, CheckConstraint("answers >= 0", name="answers"), nullable=False),
    Column("item_id", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("difficulty", Choice(Difficulty), nullable=False),
    Column("question", Snapshot, nullable=False),
    UniqueConstraint("guild_id", "local_date"),
    UniqueConstraint("guild_id", "number"),
    UniqueConstraint("guild_id", "position"),
    UniqueConstraint("guild_id", "id"),
    UniqueConstraint("message_id"),
    UniqueConstraint("nonce"),
    _among("state", State),
    _among("shown", State),
    _among("difficulty", Difficulty),
    CheckConstraint("(state IN ('open', 'closed')) = (position IS NOT NULL)", name="positioned"),
    CheckConstraint("(state IN ('claimed', 'abandoned')) = (message_id IS NULL)", name="delivered"),
    CheckConstraint("(opened_at IS NULL) = (message_id IS NULL)", name="opened"),
    CheckConstraint("state <> 'claimed' OR lease_until IS NOT NULL", name="leased"),
    CheckConstraint("state IN ('claimed', 'open') OR closed_at IS NOT NULL", name="ended"),
    CheckConstraint("(state = 'void') = (void_reason IS NOT NULL)", name="void"),
    Index("uq_round_open", "guild_id", unique=True, sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    _partial("ix_round_claimed", CLAIMED, "lease_until"),
    _partial("ix_round_closing", OPEN, "closes_at"),
    _partial("ix_round_stale", STALE, "show_after"),
    numbered=True,
)

answer = _table(
    "answer",
    Column("guild_id", KEY, nullable=False),
    Column("round_id", KEY, primary_key=True),
    Column("user_id", KEY, primary_key=True),
    Column("option_id", Text, nullable=False),
    Column("correct", Flag, nullable=False),
    Column("hinted", Flag, nullable=False),
    Column("base", Integer, nullable=False),
    Column("bonus", Integer, nullable=False),
    Column("streak", Integer, CheckConstraint("streak >= 1", name="streak"), nullable=False),
    Column("freezes_used", Integer, nullable=False),
    Column("freeze_earned", Flag, nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["guild_id", "round_id"], ["round.guild_id", "round.id"]),
    _flag("correct"),
    _flag("hinted"),
    _flag("freeze_earned"),
    CheckConstraint("base BETWEEN 0 AND 1000 AND bonus BETWEEN 0 AND 1000", name="points"),
    CheckConstraint("correct OR base + bonus = 0", name="wrong"),
    CheckConstraint(f"freezes_used BETWEEN 0 AND {MOST_FREEZES}", name="freezes_used"),
    Index("ix_answer_member", "guild_id", "user_id"),
    clustered=True,
)

hint = _table(
    "hint",
    Column("guild_id", KEY, nullable=False),
    Column("round_id", KEY, primary_key=True),
    Column("user_id", KEY, primary_key=True),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["guild_id", "round_id"], ["round.guild_id", "round.id"]),
    Index("ix_hint_member", "guild_id", "user_id"),
    clustered=True,
)

# How erased members had chosen, without who: the public count and distribution of a round stay as they were.
forgotten = _table(
    "forgotten",
    Column("round_id", KEY, ForeignKey("round.id"), primary_key=True),
    Column("option_id", Text, primary_key=True),
    Column("answers", Integer, CheckConstraint("answers > 0", name="answers"), nullable=False),
    clustered=True,
)

member = _table(
    "member",
    Column("guild_id", KEY, ForeignKey("guild.id"), primary_key=True),
    Column("user_id", KEY, primary_key=True),
    Column("length", Integer, nullable=False),
    Column("best", Integer, nullable=False),
    Column("freezes", Integer, nullable=False),
    Column("position", Integer, CheckConstraint("position >= 0", name="position"), nullable=False),
    Column("answered", Integer, nullable=False),
    Column("correct", Integer, nullable=False),
    Column("hidden", Flag, nullable=False),
    _flag("hidden"),
    CheckConstraint("length >= 0 AND best >= length", name="streak"),
    CheckConstraint(f"freezes BETWEEN 0 AND {MOST_FREEZES}", name="freezes"),
    CheckConstraint("correct >= 0 AND answered >= correct", name="counts"),
    clustered=True,
)

entry = _table(
    "entry",
    Column("id", KEY, primary_key=True),
    Column("guild_id", KEY, ForeignKey("guild.id"), nullable=False),
    Column("user_id", KEY, nullable=False),
    Column("round_id", KEY),
    Column("kind", Choice(EntryKind), nullable=False),
    Column("points", Integer, nullable=False),
    Column("reason", Words),
    Column("by", KEY),
    Column("at", Instant, nullable=False),
    Column("day", Day, nullable=False),
    ForeignKeyConstraint(["guild_id", "round_id"], ["round.guild_id", "round.id"]),
    ForeignKeyConstraint(["round_id", "user_id"], ["answer.round_id", "answer.user_id"]),
    UniqueConstraint("round_id", "user_id", "kind"),
    _among("kind", EntryKind),
    CheckConstraint("kind = 'adjust' OR round_id IS NOT NULL", name="cause"),
    CheckConstraint("points BETWEEN -1000000 AND 1000000", name="points"),
    CheckConstraint("(kind <> 'answer' OR points >= 0) AND (kind <> 'void' OR points <= 0)", name="sign"),
    Index("ix_entry_member", "guild_id", "user_id"),
    numbered=True,
)

standing = _table(
    "standing",
    Column("guild_id", KEY, ForeignKey("guild.id"), primary_key=True),
    Column("period", Text, primary_key=True),
    Column("user_id", KEY, primary_key=True),
    Column("points", KEY, nullable=False),
    Column("entries", Integer, CheckConstraint("entries > 0", name="entries"), nullable=False),
    Column("visible", Flag, nullable=False),
    _flag("visible"),
    Index("ix_standing_member", "guild_id", "user_id"),
    clustered=True,
)
Index(
    "ix_standing_board",
    standing.c.guild_id,
    standing.c.period,
    standing.c.visible,
    standing.c.points.desc(),
    standing.c.user_id,
)

# How many visible members stand in which range of points; see `store.histogram`.
tally = _table(
    "tally",
    Column("guild_id", KEY, ForeignKey("guild.id"), primary_key=True),
    Column("period", Text, primary_key=True),
    Column("level", Integer, primary_key=True),
    Column("bucket", KEY, primary_key=True),
    Column("members", Integer, nullable=False),
    clustered=True,
)

audit = _table(
    "audit",
    Column("id", KEY, primary_key=True),
    Column("guild_id", KEY, ForeignKey("guild.id"), nullable=False),
    Column("by", KEY, nullable=False),
    Column("action", Text, nullable=False),
    Column("detail", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_audit_guild_id_id", "guild_id", "id"),
    numbered=True,
)

# Tombstones outlive everything they speak of, so they refer to nothing. User 0 stands for the whole guild.
erasure = _table(
    "erasure",
    Column("guild_id", KEY, primary_key=True),
    Column("user_id", KEY, primary_key=True),
    Column("at", Instant, nullable=False),
    clustered=True,
)

# What a process has to remember of itself between two runs, such as which commands Discord was told of.
note = _table(
    "note",
    Column("name", Text, primary_key=True),
    Column("text", Text, nullable=False),
    clustered=True,
)

"""The first schema.

What a migration makes never changes afterwards, so nothing here is taken from the code that goes on changing.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = BigInteger().with_variant(Integer, "sqlite")
INTEGER = Integer()
TEXT = Text()
INSTANT = DateTime(timezone=True).with_variant(Text, "sqlite")
DAY = Date().with_variant(Text, "sqlite")
TIME = Time().with_variant(Text, "sqlite")
FLAG = Boolean().with_variant(Integer, "sqlite")

STATES = ("claimed", "open", "closed", "void", "abandoned")
SERVED = "NOT paused AND left_at IS NULL"
CLAIMED = "state = 'claimed'"
OPEN = "state = 'open'"
STALE = (
    "message_id IS NOT NULL "
    "AND CASE WHEN shown = state AND (state <> 'open' OR shown_count = answers) THEN 0 ELSE 1 END = 1"
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


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


def _among(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _flag(column: str) -> CheckConstraint:
    """Hold a flag to 0 and 1 where the engine has no boolean."""
    return CheckConstraint(f"{column} IN (0, 1)", name=column).ddl_if(dialect="sqlite")


def _partial(name: str, condition: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


_table(
    "guild",
    Column("id", KEY, primary_key=True, autoincrement=False),
    Column("channel_id", KEY, nullable=False),
    Column("zone", TEXT, nullable=False),
    Column("time", TIME, nullable=False),
    Column("days", INTEGER, CheckConstraint("days BETWEEN 1 AND 127", name="days"), nullable=False),
    Column("seed", TEXT, nullable=False),
    Column("set_up_by", KEY, nullable=False),
    Column("role_id", KEY),
    Column("open_hours", INTEGER, CheckConstraint("open_hours > 0", name="open_hours")),
    Column("moderator_role_id", KEY),
    Column("served", DAY),
    Column("next_due", INSTANT),
    Column("paused", FLAG, nullable=False),
    Column("paused_until", INSTANT),
    Column("failures", INTEGER, CheckConstraint("failures >= 0", name="failures"), nullable=False),
    Column("failure", TEXT),
    Column("told_at", INSTANT),
    Column("left_at", INSTANT),
    _flag("paused"),
    _partial("ix_guild_due", SERVED, "next_due"),
    _partial("ix_guild_waking", "paused AND left_at IS NULL", "paused_until"),
    _partial("ix_guild_left", "left_at IS NOT NULL", "left_at"),
)

_table(
    "queue",
    Column("id", KEY, primary_key=True),
    Column("guild_id", KEY, ForeignKey("guild.id"), nullable=False),
    Column("item_id", TEXT, nullable=False),
    Column("at", INSTANT, nullable=False),
    UniqueConstraint("guild_id", "item_id"),
    numbered=True,
)

_table(
    "retired",
    Column("guild_id", KEY, ForeignKey("guild.id"), primary_key=True),
    Column("item_id", TEXT, primary_key=True),
    Column("at", INSTANT, nullable=False),
    clustered=True,
)

_table(
    "round",
    Column("id", KEY, primary_key=True),
    Column("guild_id", KEY, ForeignKey("guild.id"), nullable=False),
    Column("number", INTEGER, CheckConstraint("number >= 1", name="number"), nullable=False),
    Column("local_date", DAY, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("channel_id", KEY, nullable=False),
    Column("nonce", TEXT, CheckConstraint("length(nonce) BETWEEN 1 AND 25", name="nonce"), nullable=False),
    Column("claimed_at", INSTANT, nullable=False),
    Column("lease_until", INSTANT),
    Column("attempted_at", INSTANT),
    Column("message_id", KEY),
    Column("position", INTEGER, CheckConstraint("position >= 1", name="position")),
    Column("opened_at", INSTANT),
    Column("closes_at", INSTANT),
    Column("closed_at", INSTANT),
    Column("void_reason", TEXT),
    Column("shown", TEXT),
    Column("shown_count", INTEGER, CheckConstraint("shown_count >= 0", name="shown_count"), nullable=False),
    Column("show_after", INSTANT),
    Column("answers", INTEGER, CheckConstraint("answers >= 0", name="answers"), nullable=False),
    Column("item_id", TEXT, nullable=False),
    Column("topic", TEXT, nullable=False),
    Column("difficulty", TEXT, nullable=False),
    Column("question", TEXT, nullable=False),
    UniqueConstraint("guild_id", "local_date"),
    UniqueConstraint("guild_id", "number"),
    UniqueConstraint("guild_id", "position"),
    UniqueConstraint("guild_id", "id"),
    UniqueConstraint("message_id"),
    UniqueConstraint("nonce"),
    _among("state", *STATES),
    _among("shown", *STATES),
    _among("difficulty", "easy", "medium", "hard"),
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

_table(
    "answer",
    Column("guild_id", KEY, nullable=False),
    Column("round_id", KEY, primary_key=True),
    Column("user_id", KEY, primary_key=True),
    Column("option_id", TEXT, nullable=False),
    Column("correct", FLAG, nullable=False),
    Column("hinted", FLAG, nullable=False),
    Column("base", INTEGER, nullable=False),
    Column("bonus", INTEGER, nullable=False),
    Column("streak", INTEGER, CheckConstraint("streak >= 1", name="streak"), nullable=False),
    Column("freezes_used", INTEGER, nullable=False),
    Column("freeze_earned", FLAG, nullable=False),
    Column("at", INSTANT, nullable=False),
    ForeignKeyConstraint(["guild_id", "round_id"], ["round.guild_id", "round.id"]),
    _flag("correct"),
    _flag("hinted"),
    _flag("freeze_earned"),
    CheckConstraint("base BETWEEN 0 AND 1000 AND bonus BETWEEN 0 AND 1000", name="points"),
    CheckConstraint("correct OR base + bonus = 0", name="wrong"),
    CheckConstraint("freezes_used BETWEEN 0 AND 2", name="freezes_used"),
    Index("ix_answer_member", "guild_id", "user_id"),
    clustered=True,
)

_table(
    "hint",
    Column("guild_id", KEY, nullable=False),
    Column("round_id", KEY, primary_key=True),
    Column("user_id", KEY, primary_key=True),
    Column("at", INSTANT, nullable=False),
    ForeignKeyConstraint(["guild_id", "round_id"], ["round.guild_id", "round.id"]),
    Index("ix_hint_member", "guild_id", "user_id"),
    clustered=True,
)

_table(
    "forgotten",
    Column("round_id", KEY, ForeignKey("round.id"), primary_key=True),
    Column("option_id", TEXT, primary_key=True),
    Column("answers", INTEGER, CheckConstraint("answers > 0", name="answers"), nullable=False),
    clustered=True,
)

_table(
    "member",
    Column("guild_id", KEY, ForeignKey("guild.id"), primary_key=True),
    Column("user_id", KEY, primary_key=True),
    Column("length", INTEGER, nullable=False),
    Column("best", INTEGER, nullable=False),
    Column("freezes", INTEGER, nullable=False),
    Column("position", INTEGER, CheckConstraint("position >= 0", name="position"), nullable=False),
    Column("answered", INTEGER, nullable=False),
    Column("correct", INTEGER, nullable=False),
    Column("hidden", FLAG, nullable=False),
    _flag("hidden"),
    CheckConstraint("length >= 0 AND best >= length", name="streak"),
    CheckConstraint("freezes BETWEEN 0 AND 2", name="freezes"),
    CheckConstraint("correct >= 0 AND answered >= correct", name="counts"),
    clustered=True,
)

_table(
    "entry",
    Column("id", KEY, primary_key=True),
    Column("guild_id", KEY, ForeignKey("guild.id"), nullable=False),
    Column("user_id", KEY, nullable=False),
    Column("round_id", KEY),
    Column("kind", TEXT, nullable=False),
    Column("points", INTEGER, nullable=False),
    Column("reason", TEXT),
    Column("by", KEY),
    Column("at", INSTANT, nullable=False),
    Column("day", DAY, nullable=False),
    ForeignKeyConstraint(["guild_id", "round_id"], ["round.guild_id", "round.id"]),
    ForeignKeyConstraint(["round_id", "user_id"], ["answer.round_id", "answer.user_id"]),
    UniqueConstraint("round_id", "user_id", "kind"),
    _among("kind", "answer", "void", "adjust"),
    CheckConstraint("kind = 'adjust' OR round_id IS NOT NULL", name="cause"),
    CheckConstraint("points BETWEEN -1000000 AND 1000000", name="points"),
    CheckConstraint("(kind <> 'answer' OR points >= 0) AND (kind <> 'void' OR points <= 0)", name="sign"),
    Index("ix_entry_member", "guild_id", "user_id"),
    numbered=True,
)

standing = _table(
    "standing",
    Column("guild_id", KEY, ForeignKey("guild.id"), primary_key=True),
    Column("period", TEXT, primary_key=True),
    Column("user_id", KEY, primary_key=True),
    Column("points", KEY, nullable=False),
    Column("entries", INTEGER, CheckConstraint("entries > 0", name="entries"), nullable=False),
    Column("visible", FLAG, nullable=False),
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

_table(
    "tally",
    Column("guild_id", KEY, ForeignKey("guild.id"), primary_key=True),
    Column("period", TEXT, primary_key=True),
    Column("level", INTEGER, primary_key=True),
    Column("bucket", KEY, primary_key=True),
    Column("members", INTEGER, nullable=False),
    clustered=True,
)

_table(
    "audit",
    Column("id", KEY, primary_key=True),
    Column("guild_id", KEY, ForeignKey("guild.id"), nullable=False),
    Column("by", KEY, nullable=False),
    Column("action", TEXT, nullable=False),
    Column("detail", TEXT, nullable=False),
    Column("at", INSTANT, nullable=False),
    Index("ix_audit_guild_id_id", "guild_id", "id"),
    numbered=True,
)

_table(
    "erasure",
    Column("guild_id", KEY, primary_key=True),
    Column("user_id", KEY, primary_key=True),
    Column("at", INSTANT, nullable=False),
    clustered=True,
)

_table(
    "note",
    Column("name", TEXT, primary_key=True),
    Column("text", TEXT, nullable=False),
    clustered=True,
)


def upgrade() -> None:
    """Make all tables."""
    metadata.create_all(op.get_bind(), checkfirst=False)

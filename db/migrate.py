"""The schema of a database: made where there is none yet, checked at each start, and brought up to date on request.

Alembic is imported where it is called: it takes longer than all else that a start needs, and most starts do without it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db import address, schema
from db.address import Address
from db.connection import build, secure
from db.copy import beside, duplicate
from db.errors import DamagedError, SchemaError, damaged_line, translating

_VERSIONS = "alembic_version"
_FIRST_COME = 7_163_829_450_117
"""The advisory lock for making the schema, when two processes find one empty PostgreSQL database."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A folder of migrations, and the version they lead to."""

    scripts: Path
    version: str

    def knows(self, version: str) -> bool:
        """Tell whether a version is one of those on the way."""
        from alembic.script import ScriptDirectory  # noqa: PLC0415 - see above

        return version in {script.revision for script in ScriptDirectory(self.scripts).walk_revisions()}


PLAN = Plan(Path(__file__).parent / "migrations", schema.VERSION)


async def ensure(engine: AsyncEngine, place: Address, plan: Plan = PLAN) -> None:
    """Build the schema in an empty database, in one transaction; leave any other as it is.

    Raises SchemaError when the schema is older, and says how to migrate; or newer, or none of ours.
    """
    with translating():
        async with engine.begin() as connection:
            version = await found(connection)
            if version is None and place.dialect == "postgresql":
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _FIRST_COME})
                version = await found(connection)
            if version is None:
                await upgrade(connection, plan)
                return
    judge(version, place, plan)


async def migrate(url: str, plan: Plan = PLAN) -> str:
    """Bring a database up to date, all at once or not at all, and return a line that says what was done.

    On SQLite a copy of the file is made beside it before anything changes. Raises what `open_store` raises, but takes
    an older schema.
    """
    place = address.read(url)
    lock = await asyncio.to_thread(secure, place) if place.file else None
    # Without foreign keys, because SQLite changes most things about a table by making another in its place.
    engine = build(place, foreign_keys=False)
    try:
        with translating():
            async with engine.connect() as connection:
                version = await found(connection)
                await connection.rollback()
                if version == plan.version:
                    return f"{place} has schema {version} already; nothing was changed."
                kept = None
                if version is not None:
                    if not plan.knows(version):
                        judge(version, place, plan)
                    kept = await asyncio.to_thread(_keep, place, version)
                async with connection.begin():
                    await upgrade(connection, plan)
                    await _check_references(connection, place)
    finally:
        await engine.dispose()
        if lock:
            lock.release()
    before = "none" if version is None else version
    saved = f" The file as it was is kept in {kept}." if kept else ""
    return f"{place} went from schema {before} to {plan.version}.{saved}"


async def found(connection: AsyncConnection) -> str | None:
    """Return the version of the schema, or None in an empty database; raises SchemaError when it is none of ours."""
    tables = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    if not tables:
        return None
    version = None
    if _VERSIONS in tables:
        version = (await connection.execute(text(f"SELECT version_num FROM {_VERSIONS}"))).scalar()  # noqa: S608
    if version is None:
        message = "The database holds tables of some other program. Give Stepwise one of its own."
        raise SchemaError(message)
    return str(version)


async def upgrade(connection: AsyncConnection, plan: Plan = PLAN) -> None:
    """Run the missing migrations within the transaction that the connection is in."""
    await connection.run_sync(_upgrade, plan)


def judge(version: str, place: Address, plan: Plan = PLAN) -> None:
    """Raise SchemaError when a version is not the one that this program works with."""
    if version == plan.version:
        return
    if plan.knows(version):
        message = f"{place} has the older schema {version}. Bring it up to date first: python -m bot migrate"
        raise SchemaError(message)
    message = (
        f"{place} has schema {version}, which is newer than this program knows ({plan.version}). "
        "Update the program, or go back to a backup: python -m bot restore BACKUP"
    )
    raise SchemaError(message)


def _upgrade(connection: Connection, plan: Plan) -> None:
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(plan.scripts).replace("%", "%%"))
    command.upgrade(config, plan.version)


def _keep(place: Address, version: str) -> Path | None:
    """Copy an SQLite file under a name that tells its version; PostgreSQL has backups of its own."""
    if place.file is None:
        return None
    kept = beside(place.file, f"schema-{version}")
    duplicate(place.file, kept)
    return kept


async def _check_references(connection: AsyncConnection, place: Address) -> None:
    """See that a migration on SQLite left no row that refers to nothing; raising undoes the migration."""
    if place.dialect != "sqlite":
        return
    lost = (await connection.execute(text("PRAGMA foreign_key_check"))).first()
    if lost is not None:
        raise DamagedError(damaged_line(str(place), f"a row of {lost[0]} refers to nothing"))

"""The schema: built by migrations, checked at each start, brought up to date all at once or not at all."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db import address, schema
from db.connection import build
from db.engine import open_store
from db.errors import DamagedError, SchemaError, SecondInstanceError
from db.migrate import PLAN, Plan, ensure, migrate
from tests.core.strategies import GUILD, NOON
from tests.db.play import play
from tests.stores import Kind, now, temporary_url

ADD_COLUMN = "op.add_column('guild', sa.Column('colour', sa.Text()))"
KILLED = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
LEAVES_AN_ORPHAN = "op.execute('DELETE FROM round')"
LEAVES_NOTHING = "raise RuntimeError('no')"


@pytest.fixture
def newer(tmp_path: Path) -> Plan:
    """Return a plan with one migration more."""
    scripts = tmp_path / "migrations"
    shutil.copytree(PLAN.scripts, scripts)
    return write_next(Plan(scripts, "0002"), ADD_COLUMN)


def write_next(plan: Plan, *lines: str) -> Plan:
    body = "\n    ".join(lines)
    (plan.scripts / "versions" / "0002_next.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n\nrevision = '0002'\ndown_revision = '0001'\n\n\n"
        f"def upgrade():\n    {body}\n"
    )
    return plan


async def described(url: str) -> list[tuple[str, ...]]:
    """Return all that a schema consists of, in the engine's own words."""
    engine = build(address.read(url))
    async with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = await connection.execute(text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        else:
            rows = await connection.execute(
                text(
                    "SELECT 'column', table_name, column_name, data_type, is_nullable, column_default "
                    "FROM information_schema.columns WHERE table_schema = 'public' "
                    "UNION ALL "
                    "SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '' "
                    "FROM pg_constraint WHERE connamespace = 'public'::regnamespace "
                    "UNION ALL SELECT 'index', tablename, indexname, indexdef, '', '' "
                    "FROM pg_indexes WHERE schemaname = 'public'"
                )
            )
        found = sorted(tuple(map(str, row)) for row in rows)
    await engine.dispose()
    return [row for row in found if "alembic_version" not in str(row)]


async def test_the_migrations_build_exactly_the_schema(kind: Kind, tmp_path: Path) -> None:
    async with temporary_url(kind, tmp_path, empty=True) as migrated, temporary_url(kind, tmp_path, empty=True) as made:
        assert "went from schema none to 0001" in await migrate(migrated)
        engine = build(address.read(made))
        async with engine.begin() as connection:
            await connection.run_sync(schema.metadata.create_all)
        await engine.dispose()
        assert await described(migrated) == await described(made)
        assert len(await described(migrated)) > 20


async def test_an_up_to_date_schema_is_left_alone(url: str) -> None:
    await (await open_store(url, clock=now)).close()
    assert "has schema 0001 already" in await migrate(url)


async def test_two_processes_may_find_one_empty_database(tmp_path: Path) -> None:
    async with temporary_url("postgresql", tmp_path, empty=True) as url:
        stores = await asyncio.gather(*(open_store(url, clock=now) for _ in range(4)))
        for store in stores:
            async with store.begin() as transaction:
                assert len(await transaction.guilds.ids()) == 0
            await store.close()


async def test_an_older_schema_is_refused_until_it_is_migrated(url: str, newer: Plan) -> None:
    store = await open_store(url, clock=now)
    rounds = await play(store, 2)
    await store.close()
    engine = build(address.read(url))
    with pytest.raises(SchemaError, match=r"older schema 0001.*python -m bot migrate"):
        await ensure(engine, address.read(url), newer)
    line = await migrate(url, newer)
    assert "went from schema 0001 to 0002" in line
    await ensure(engine, address.read(url), newer)
    async with engine.connect() as connection:
        assert await count(connection, "round") == len(rounds)
        await connection.execute(text("SELECT colour FROM guild"))
    await engine.dispose()
    file = address.read(url).file
    if file is not None:
        kept = file.with_name(f"{file.name}.schema-0001")
        assert str(kept) in line
        assert kept.stat().st_mode & 0o777 == 0o600
        with closing(sqlite3.connect(kept)) as copy:
            assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
            assert copy.execute("SELECT count(*) FROM round").fetchone() == (2,)


async def test_a_newer_schema_is_refused_and_left_as_it_is(url: str, newer: Plan) -> None:
    await (await open_store(url, clock=now)).close()
    await migrate(url, newer)
    before = await described(url)
    with pytest.raises(SchemaError, match="schema 0002, which is newer than this program knows"):
        await open_store(url, clock=now)
    with pytest.raises(SchemaError, match="newer"):
        await migrate(url)
    assert await described(url) == before


async def test_a_database_of_another_program_is_refused(url: str) -> None:
    engine = build(address.read(url))
    async with engine.begin() as connection:
        await connection.run_sync(schema.metadata.drop_all)
        await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        await connection.execute(text("CREATE TABLE cookies (id INTEGER)"))
    await engine.dispose()
    with pytest.raises(SchemaError, match="some other program"):
        await open_store(url, clock=now)
    with pytest.raises(SchemaError, match="some other program"):
        await migrate(url)


async def test_a_migration_that_fails_changes_nothing(url: str, newer: Plan) -> None:
    await (await open_store(url, clock=now)).close()
    before = await described(url)
    with pytest.raises(RuntimeError, match="no"):
        await migrate(url, write_next(newer, ADD_COLUMN, LEAVES_NOTHING))
    assert await described(url) == before
    await (await open_store(url, clock=now)).close()


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_a_migration_that_leaves_rows_without_what_they_refer_to_is_undone(url: str, newer: Plan) -> None:
    store = await open_store(url, clock=lambda: NOON)
    (opened,) = await play(store, 1)
    await store.close()
    with pytest.raises(DamagedError, match="refers to nothing"):
        await migrate(url, write_next(newer, LEAVES_AN_ORPHAN))
    store = await open_store(url, clock=now)
    async with store.begin() as transaction:
        assert await transaction.rounds.get(GUILD, opened.id) is not None
    await store.close()


async def test_a_migration_killed_half_way_changes_nothing_and_can_be_run_again(url: str, newer: Plan) -> None:
    store = await open_store(url, clock=now)
    await play(store, 2)
    await store.close()
    before = await described(url)
    write_next(newer, ADD_COLUMN, "op.execute(\"UPDATE guild SET seed = 'lost'\")", KILLED)
    program = (
        "import asyncio, sys; from pathlib import Path; from db.migrate import Plan, migrate; "
        "asyncio.run(migrate(sys.argv[1], Plan(Path(sys.argv[2]), '0002')))"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, url, str(newer.scripts))
    assert await process.wait() == -9
    assert await described(url) == before
    assert "went from schema 0001 to 0002" in await migrate(url, write_next(newer, ADD_COLUMN))
    engine = build(address.read(url))
    async with engine.connect() as connection:
        seeds = (await connection.execute(text("SELECT seed FROM guild"))).scalars().all()
    await engine.dispose()
    assert "lost" not in seeds


async def test_no_migration_runs_beside_the_bot(tmp_path: Path) -> None:
    async with temporary_url("sqlite", tmp_path) as url:
        store = await open_store(url, clock=now)
        with pytest.raises(SecondInstanceError):
            await migrate(url)
        await store.close()
        await migrate(url)


async def count(connection: AsyncConnection, table: str) -> int:
    return int((await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one())  # noqa: S608 - ours

"""Backup while the bot runs, and restore while it does not. What was erased since the backup stays erased."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from db import address, copy
from db.address import Address
from db.connection import build
from db.errors import BusyError, DamagedError, DatabaseError, translating, unusable
from db.lock import FileLock
from db.migrate import PLAN, Plan, found, judge, upgrade
from db.schema import erasure
from db.sqlite import opened
from db.store.erasures import EVERYBODY, Erasures

_SIDECARS = ("-journal", "-wal", "-shm")

Tombstones = dict[tuple[int, int], datetime]


async def backup(url: str, file: Path) -> str:
    """Copy an SQLite database into a new file, also while the bot runs, and return a line that says what was done.

    The copy is checked before it gets its name. Raises DatabaseError when the file exists already, or on PostgreSQL,
    which has its own way; DamagedError when the database is not sound; BusyError when the disk does not take it.
    """
    place = address.read(url)
    source = _file(place, f"pg_dump --format=custom --file={file} {_bare(place)}")
    size = await asyncio.to_thread(copy.duplicate, source, file)
    return f"{source} was saved in {file} ({size:,} bytes, checked)."


async def restore(url: str, file: Path, *, now: datetime, plan: Plan = PLAN) -> str:
    """Put a backup in the place of an SQLite database, and return a line that says what was done.

    Erasures that the replaced database knows of and the backup does not are done again; an older schema is brought up
    to date. The replaced file is kept beside. Nothing changes unless all goes well. Raises SecondInstanceError while
    the bot runs, DamagedError or SchemaError when the backup is no good, DatabaseError on PostgreSQL.
    """
    place = address.read(url)
    target = _file(place, f"pg_restore --clean --if-exists --dbname={_bare(place)} {file}")
    lock = await asyncio.to_thread(_lock, target, file)
    coming = copy.beside(target, "restoring")
    try:
        await asyncio.to_thread(_fetch, file, coming)
        erased = await asyncio.to_thread(_erasures_of, target)
        again = await _prepare(coming, erased or {}, plan)
        kept = await asyncio.to_thread(_swap, coming, target, now)
    finally:
        coming.unlink(missing_ok=True)
        lock.release()
    return f"{target} is as it was in {file}.{_told(kept, erased, again)}"


def _told(kept: Path | None, erased: Tombstones | None, again: int) -> str:
    if kept is None:
        return ""
    line = f" What was there before is kept in {kept}."
    if erased is None:
        return f"{line} It could not be read: whatever was erased since the backup has to be erased again."
    return f"{line} Erasures done again: {again}." if again else line


def _file(place: Address, instead: str) -> Path:
    if place.file is None:
        way = f"use its own tools: {instead}" if place.dialect == "postgresql" else "there is nothing to save"
        message = f"{place} is not a file; {way}"
        raise DatabaseError(message)
    return place.file


def _bare(place: Address) -> str:
    """Return the URL as PostgreSQL's tools take it, without the password."""
    return place.url.set(drivername="postgresql", password=None).render_as_string()


def _lock(target: Path, file: Path) -> FileLock:
    if target.exists() and file.exists() and target.samefile(file):
        message = f"{file} is the database itself. Name the file that a backup was saved in."
        raise DatabaseError(message)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unusable(target, error) from error
    return FileLock(target)


def _fetch(file: Path, coming: Path) -> None:
    """Copy a backup beside the database it is to replace; the backup itself stays untouched."""
    try:
        copy.examine(file)
    except DamagedError as error:
        message = f"{file} is no sound backup, and nothing was restored. {error}"
        raise DamagedError(message) from error
    copy.duplicate(file, coming)


def _erasures_of(file: Path) -> Tombstones | None:
    """Return the tombstones of the database to be replaced, as far as it is there; None when it cannot be read."""
    if not file.exists() or not file.stat().st_size:
        return {}
    try:
        with opened(file) as connection:
            rows = connection.execute("SELECT guild_id, user_id, at FROM erasure").fetchall()
    except (sqlite3.Error, DatabaseError):
        return None
    return {(guild_id, user_id): datetime.fromisoformat(at) for guild_id, user_id, at in rows}


async def _prepare(coming: Path, erased: Tombstones, plan: Plan) -> int:
    """Bring a copied backup up to date, and erase what has been erased since; return how often."""
    place = address.read(f"sqlite:///{coming}")
    engine = build(place)
    try:
        with translating():
            async with engine.begin() as connection:
                version = await found(connection)
                if version is None or not plan.knows(version):
                    judge(version or "none", place, plan)
                await upgrade(connection, plan)
                return await _erase_again(connection, erased)
    finally:
        await engine.dispose()


async def _erase_again(connection: AsyncConnection, erased: Tombstones) -> int:
    known = {(guild_id, user_id): at for guild_id, user_id, at in await connection.execute(select(erasure))}
    # A tombstone that the backup lacks was made after it: so all that the backup holds of them is older.
    missing = sorted(pair for pair, at in erased.items() if pair not in known or known[pair] < at)
    erasures = Erasures(connection)
    for guild_id, user_id in missing:
        at = erased[guild_id, user_id]
        if user_id == EVERYBODY:
            await erasures.erase_guild(guild_id, at)
        else:
            await erasures.erase(guild_id, user_id, at)
    return len(missing)


def _swap(coming: Path, target: Path, now: datetime) -> Path | None:
    """Put a file in the place of a database that nobody uses, in one step, and keep that one under another name."""
    try:
        kept = None
        if target.exists():
            kept = copy.beside(target, f"before-restore-{now:%Y%m%dT%H%M%SZ}")
            kept.hardlink_to(target)
            # A journal left over by a crash belongs to the old file and would spoil the new one; most are empty.
            for suffix in _SIDECARS:
                sidecar = target.with_name(target.name + suffix)
                if sidecar.exists() and sidecar.stat().st_size:
                    sidecar.replace(kept.with_name(kept.name + suffix))
        coming.replace(target)
        copy.settle(target.parent)
    except OSError as error:
        message = f"{target} cannot be replaced ({error.strerror}). It was left as it is."
        raise BusyError(message) from error
    return kept

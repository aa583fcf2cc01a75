"""Whether a database is sound: its file, its schema, and that every aggregate still follows from the facts.

It only reads, and a few members at a time, so that it may look on while the bot runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from db import address, copy
from db.address import Address
from db.connection import build
from db.errors import DamagedError, DatabaseError, SchemaError, translating
from db.migrate import found, judge
from db.reckoning import Reckoning
from db.schema import erasure, guild

AT_ONCE: Final = 100
"""Members whose facts are held in memory together."""

MOST: Final = 200
"""Findings that are told; whoever has more is not helped by them."""


async def examine(url: str, *, at_once: int = AT_ONCE) -> list[str]:
    """Return a line for each thing that is wrong with a database; none when it is sound.

    Raises DatabaseError when there is no database, or BusyError when it cannot be read now.
    """
    place = address.read(url)
    engine = build(place, read_only=place.dialect == "postgresql" or place.file is not None)
    findings: list[str] = []
    try:
        if place.file is not None:
            await asyncio.to_thread(copy.examine, place.file)
        await _check_schema(engine, place)
        async with aclosing(_findings(engine, at_once)) as found_wrong:
            async for finding in found_wrong:
                findings.append(finding)
                if len(findings) == MOST:
                    findings.append("There may be more.")
                    break
    except (DamagedError, SchemaError) as error:
        findings.append(str(error))
    finally:
        await engine.dispose()
    return findings


async def _check_schema(engine: AsyncEngine, place: Address) -> None:
    with translating():
        async with engine.connect() as connection:
            version = await found(connection)
    if version is None:
        message = f"{place} is empty."
        raise DatabaseError(message)
    judge(version, place)


async def _findings(engine: AsyncEngine, at_once: int) -> AsyncGenerator[str, None]:
    """Look at guild after guild; each transaction sees one state, and is short enough to be in nobody's way."""
    with translating():
        async with engine.connect() as connection:
            known = select(guild.c.id).union(select(erasure.c.guild_id)).order_by("id")
            guilds = list((await connection.execute(known)).scalars())
        for guild_id in guilds:
            async with engine.connect() as connection:
                of_guild = await Reckoning(connection).of_guild(guild_id)
            for finding in of_guild:
                yield finding
            users = [-1]
            while users:
                async with engine.connect() as connection:
                    reckoning = Reckoning(connection)
                    users = await reckoning.users(guild_id, users[-1], at_once)
                    of_members = await reckoning.of_members(guild_id, users)
                for finding in of_members:
                    yield finding

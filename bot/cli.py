"""The command line: `python -m bot`. Exit codes: 0 done, 1 found something wrong, 2 used wrongly."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bot import log
from bot.bank import show
from bot.bank.bank import SHIPPED, load
from bot.bank.check import check
from bot.bank.problem import PackError
from bot.run import NO_LOGIN, RunError, run
from bot.settings import Settings, SettingsError
from db.backup import backup, restore
from db.doctor import examine
from db.errors import DatabaseError
from db.migrate import migrate

DONE, WRONG, MISUSED = 0, 1, 2

DESCRIPTION = (
    "Stepwise asks a study group one question a day about the learning rate. Without a command: run where a token is "
    "set, else playground."
)


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] | None = None) -> int:
    """Do what the arguments ask for and return the exit code."""
    options = parser().parse_args(arguments)
    try:
        settings = Settings.from_env(os.environ if environment is None else environment)
    except SettingsError as error:
        return _complain(str(error), MISUSED)
    command: Command = options.command or (_run if settings.token else _playground)
    try:
        code = command(settings, options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our words has had enough, as `head` has; at exit Python would try to flush the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except PackError as error:
        return _complain(str(error), WRONG)
    except (DatabaseError, RunError) as error:
        return _complain(str(error), WRONG)
    return code


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser("python -m bot", description=DESCRIPTION)
    top.set_defaults(command=None)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, command: Command, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        added.set_defaults(command=command)
        return added

    add("run", _run, "run the bot against Discord")
    add("playground", _playground, "try the bot in the browser, without Discord and without a token")
    checking = add("check", _check, "check question packs: the shipped one and STEPWISE_CONTENT, or those named")
    checking.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="a pack's folder or file")
    checking.add_argument("--json", action="store_true", help="write JSON")
    listing = add("list", _list, "list the question bank, an item a line")
    listing.add_argument("--json", action="store_true", help="write JSON")
    showing = add("show", _show, "show an item as it is asked, with its key and its solution")
    showing.add_argument("item", metavar="ITEM", help="the item's id")
    showing.add_argument("--seed", metavar="N", type=int, default=0, help="which order of options (default 0)")
    showing.add_argument("--json", action="store_true", help="write JSON")
    add("migrate", _migrate, "bring the database to this version's schema")
    saving = add("backup", _backup, "save the database to a new file; the bot may run meanwhile")
    saving.add_argument("file", metavar="FILE", type=Path, help="the file to make")
    restoring = add("restore", _restore, "put a saved database in the place of the present one; stop the bot before")
    restoring.add_argument("file", metavar="FILE", type=Path, help="the saved file")
    add("doctor", _doctor, "check the database: the file, its schema, and every score against the answers behind it")
    return top


Command = Callable[[Settings, argparse.Namespace], int]


def _run(settings: Settings, _: argparse.Namespace) -> int:
    if settings.token is None:
        return _complain(NO_LOGIN, MISUSED)
    log.start(settings.log_format, settings.log_level, secrets=settings.secrets())
    asyncio.run(run(settings))
    return DONE


def _playground(settings: Settings, _: argparse.Namespace) -> int:
    try:
        from bot.playground.serve import serve  # noqa: PLC0415 - the only part that needs SimCord, which servers do without
    except ModuleNotFoundError as error:
        text = f"The playground needs {error.name}: pip install --require-hashes -r requirements/playground.txt"
        return _complain(text, MISUSED)
    log.start(settings.log_format, "WARNING", secrets=settings.secrets())
    with suppress(KeyboardInterrupt):  # the way to end it
        asyncio.run(serve(settings))
    return DONE


def _check(settings: Settings, options: argparse.Namespace) -> int:
    report = check(options.paths or [SHIPPED, *settings.content])
    _print(report.json() if options.json else str(report))
    return WRONG if report.problems else DONE


def _list(settings: Settings, options: argparse.Namespace) -> int:
    bank = load([SHIPPED, *settings.content])
    _print(show.listing_json(bank) if options.json else show.listing(bank))
    return DONE


def _show(settings: Settings, options: argparse.Namespace) -> int:
    bank = load([SHIPPED, *settings.content])
    try:
        item = bank.get(options.item)
    except KeyError:
        near = ", ".join(bank.like(options.item, 3))
        hint = f"Did you mean {near}?" if near else "python -m bot list names them all."
        return _complain(f"There is no item {options.item!r}. {hint}", WRONG)
    _print(show.show_json(item, options.seed) if options.json else show.show(item, options.seed))
    return DONE


def _migrate(settings: Settings, _: argparse.Namespace) -> int:
    _print(asyncio.run(migrate(settings.database_url)))
    return DONE


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    _print(asyncio.run(backup(settings.database_url, options.file)))
    return DONE


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    _print(asyncio.run(restore(settings.database_url, options.file, now=datetime.now(UTC))))
    return DONE


def _doctor(settings: Settings, _: argparse.Namespace) -> int:
    findings = asyncio.run(examine(settings.database_url))
    _print("\n".join(findings) or "The database is sound: every score follows from its answers.")
    return WRONG if findings else DONE


def _print(text: str) -> None:
    print(text)  # noqa: T201 - this is what a command line is for


def _complain(text: str, code: int) -> int:
    print(text, file=sys.stderr)  # noqa: T201 - as above
    return code

"""Whatever a person can use is documented, and the documents name nothing that is not there."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from discord import app_commands

from bot import settings
from bot.cli import parser
from bot.core.question import Kind
from bot.ui.cogs.member import MemberCog, MyData
from bot.ui.cogs.question import QuestionCog
from bot.ui.cogs.schedule import ScheduleCog
from bot.ui.cogs.score import ScoreCog
from bot.ui.words import member as member_words

ROOT = Path(__file__).parents[1]
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


def text(name: str) -> str:
    """Return a document with its lines joined: a name may be broken over two."""
    return (ROOT / name).read_text(encoding="utf-8")


def slash_commands() -> Iterator[app_commands.Command[Any, ..., Any]]:
    """Yield every slash command as its class declares it, with its path."""
    for cog in (ScheduleCog, QuestionCog, ScoreCog):
        yield from (command for command in cog.__cog_app_commands__ if isinstance(command, app_commands.Command))


def moderator_commands() -> list[str]:
    return [f"/quiz {command.name}" for command in slash_commands()]


def member_commands() -> list[str]:
    own = [f"/{command.name}" for command in MemberCog.__cog_app_commands__]
    return own + [f"/mydata {name}" for name in vars(MyData) if isinstance(vars(MyData)[name], app_commands.Command)]


@pytest.mark.parametrize("command", [*moderator_commands(), *member_commands()])
def test_every_slash_command_stands_in_the_moderators_guide(command: str) -> None:
    assert f"`{command}" in text("docs/moderators.md")


def test_every_option_of_a_moderators_command_is_named_beside_it() -> None:
    guide = text("docs/moderators.md")
    missing = [
        f"/quiz {command.name} {option.name}"
        for command in slash_commands()
        for option in command.parameters
        if not re.search(rf"`/quiz {command.name}[^`]*\b{option.name}\b", guide)
    ]
    assert missing == []


def test_the_documents_name_no_slash_command_that_is_not_there() -> None:
    known = {*moderator_commands(), *member_commands(), "/mydata", "/quiz", "/playground next_day"}
    for document in DOCUMENTS:
        for written in re.findall(r"`(/(?:quiz|mydata|playground)(?: [a-z_]+)?|/[a-z]+)[ `]", document.read_text()):
            assert written in known, f"{document.name} names {written}"


@pytest.mark.parametrize("command", [name for name in member_commands() if name.count(" ") == 0])
def test_help_names_every_command_of_members(command: str) -> None:
    assert f"`{command}`" in member_words.HELP


@pytest.mark.parametrize("command", moderator_commands())
def test_help_for_moderators_names_every_command(command: str) -> None:
    assert command.removeprefix("/quiz ") in re.findall(r"[a-z]+", member_words.HELP_MODERATOR)


def test_every_setting_stands_in_the_hosting_guide() -> None:
    source = Path(settings.__file__).read_text(encoding="utf-8")
    names = set(re.findall(r'"((?:STEPWISE|DISCORD)_[A-Z_]+)"', source))
    assert len(names) >= 7
    assert {name for name in names if f"| `{name}` |" not in text("docs/hosting.md")} == set()


def test_the_documents_name_no_setting_that_is_not_there() -> None:
    source = Path(settings.__file__).read_text(encoding="utf-8") + text("tests/require.py")
    for document in (*DOCUMENTS, ROOT / "CONTRIBUTING.md"):
        for written in re.findall(r"\b((?:STEPWISE|DISCORD)_[A-Z_]+)\b", document.read_text()):
            assert written in source, f"{document.name} names {written}"


def commands() -> dict[str, argparse.ArgumentParser]:
    chosen = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))  # noqa: SLF001 - argparse has no other way
    return dict(chosen.choices)


@pytest.mark.parametrize("command", commands())
def test_every_command_of_the_command_line_stands_in_the_readme_with_its_flags(command: str) -> None:
    line = next(line for line in text("README.md").splitlines() if line.startswith(f"| `{command}"))
    for action in commands()[command]._actions:  # noqa: SLF001 - as above
        for flag in action.option_strings:
            assert flag in {"-h", "--help"} or flag in line
        if not action.option_strings and action.metavar:
            assert str(action.metavar) in line


def test_every_kind_of_question_stands_in_the_authors_guide() -> None:
    guide = text("docs/authoring.md")
    assert {kind for kind in Kind if kind not in guide} == set()


def test_links_between_the_documents_lead_somewhere() -> None:
    for document in (*DOCUMENTS, ROOT / "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text()):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_no_file_names_the_address_of_a_package_registry() -> None:
    hosts = ("pypi." + "org", "python" + "hosted.org", "registry.npmjs" + ".org", "files.python")
    for path in (*ROOT.glob("requirements/*"), ROOT / "pyproject.toml", ROOT / "Makefile", *DOCUMENTS):
        assert not any(host in path.read_text() for host in hosts), path.name

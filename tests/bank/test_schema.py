"""The schema for editors: up to date, and of one mind with the loader."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.bank import schema
from bot.bank.bank import SHIPPED
from bot.bank.reader import read
from bot.bank.text import SCHEMA_PATTERN, refused
from tests.bank.packs import PACK, edit, write, wrong
from tests.bank.test_message import CASES, LONG

VALIDATOR = jsonschema.Draft202012Validator(schema.build())
CONTENT = sorted(SHIPPED.rglob("*.yaml"))

BEYOND = ("no pack names a topic", "the same as that of", "of 4,000;", "of 40;", "of 80;", "there is no such file")
"""What only shows beside other values or other files."""

LIKE_ONE = "format: 1.0 is not"
"""JSON Schema knows only one kind of number."""


def plain(data: bytes) -> Any:  # noqa: ANN401 - whatever the file holds
    root = read(data, "a.yaml").root
    return None if root is None else root.plain()


def test_the_written_schema_is_up_to_date() -> None:
    assert schema.WRITTEN.read_text(encoding="utf-8") == schema.text(), "run python -m bot.bank.schema"


def test_the_schema_is_one(tmp_path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(schema.build())
    schema.main([str(tmp_path / "pack.schema.json")])
    assert (tmp_path / "pack.schema.json").read_text(encoding="utf-8") == schema.text()


def test_every_key_is_explained() -> None:
    for shape in (schema.build(), *schema.build()["$defs"].values()):
        for name, key in shape.get("properties", {}).items():
            assert key.get("description"), name


@pytest.mark.parametrize("file", CONTENT, ids=[file.name for file in CONTENT])
def test_the_shipped_files_follow_the_schema_and_name_it(file: Path) -> None:
    data = file.read_bytes()
    assert [error.message for error in VALIDATOR.iter_errors(plain(data))] == []
    first = data.decode().splitlines()[0]
    assert first == f"# yaml-language-server: $schema={os.path.relpath(schema.WRITTEN, file.parent)}"


@pytest.mark.parametrize(("old", "new", "told"), CASES + LONG, ids=[told[0] for _, _, told in CASES + LONG])
def test_what_the_loader_refuses_the_schema_refuses(old: str, new: str, told: list[str]) -> None:
    text = edit(old, new)
    document = read(text.encode(), "a.yaml")
    if document.root is None or document.problems:
        return  # the editor's own YAML parser tells of these
    beyond = any(words in told[0] for words in (*BEYOND, LIKE_ONE))
    assert VALIDATOR.is_valid(document.root.plain()) is beyond


@pytest.mark.parametrize("file", ["../a.png", "a/../b.png", "/a.png", "..\\a.png"])
def test_the_schema_refuses_pictures_from_outside(file: str) -> None:
    text = edit("source: A book", f"source: A book\n    picture:\n      file: '{file}'\n      alt: Text")
    assert not VALIDATOR.is_valid(plain(text.encode()))


def test_the_sound_pack_is_sound_to_the_schema(tmp_path: Path) -> None:
    assert VALIDATOR.is_valid(plain(PACK.encode()))
    assert wrong(write(tmp_path), PACK) == []


PIECES = [
    "<@1>",
    "<@&1>",
    "<#1>",
    "<t:1:R>",
    "</a b:1>",
    "<:a:1>",
    "<a:b:1>",
    "<id:home>",
    "@everyone",
    "@Here",
    "<",
    ">",
]
OTHERS = [
    "https://a",
    "x://",
    "://",
    "discord.gg",
    "Discord.com/invite",
    "```",
    "``",
    "\u200b",
    "\u202e",
    " ",
    "a",
    "@",
    "é",
]


@given(st.lists(st.sampled_from(PIECES + OTHERS), max_size=4).map("".join))
@example("e-mail me @ home < 3")
@example("<t:1:R")
def test_loader_and_schema_refuse_the_same_texts(text: str) -> None:
    said = VALIDATOR.evolve(schema={"not": {"pattern": SCHEMA_PATTERN}}).is_valid(text)
    assert said is not any(refused(text))

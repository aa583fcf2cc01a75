"""The guide for authors says what is true."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

from bot.bank import schema
from bot.bank.bank import load
from bot.bank.check import check
from bot.bank.model import FileModel, ItemModel, PackModel
from bot.bank.reader import read
from tests.bank.packs import PACK, edit, write, wrong

GUIDE = schema.WRITTEN.with_name("authoring.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return str(found[0])


EXAMPLE = block("yaml")


def test_the_example_is_a_sound_pack(tmp_path: Path) -> None:
    assert check([write(tmp_path, EXAMPLE)]).clean
    root = read(EXAMPLE.encode(), "a.yaml").root
    assert root is not None
    jsonschema.validate(root.plain(), schema.build())


def test_the_messages_are_those_that_check_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = edit("difficulty: easy", "difficulty: esay", EXAMPLE)
    text = edit('text: "0.05"', "text: 0.05", text)
    text = re.sub(r"        remark: The third epoch .*\n", "", text)
    text = edit("    hint: ", "    hnt: ", text)
    write(tmp_path / "my-pack", text, "first.yaml")
    monkeypatch.chdir(tmp_path)
    assert "".join(f"{problem}\n" for problem in check([Path("my-pack")]).problems) == block("text")


def test_the_topics_of_ones_own_are_written_as_the_guide_says(tmp_path: Path) -> None:
    assert wrong(tmp_path, edit("  topics:\n    U01: Own topic\n", block("yaml-part"))) == []


@pytest.mark.parametrize("key", [*FileModel.model_fields, *PackModel.model_fields, *ItemModel.model_fields])
def test_every_key_is_in_the_guide(key: str) -> None:
    assert f"`{key}`" in GUIDE


def test_an_extra_pack_comes_beside_the_first(tmp_path: Path) -> None:
    bank = load([write(tmp_path / "one", PACK), write(tmp_path / "two", PACK.replace("first", "second"))])
    assert [item.pack for item in bank.items()] == ["Test pack", "Test pack"]

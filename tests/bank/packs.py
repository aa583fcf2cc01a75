"""Packs for tests: real files in a folder of the test's own."""

from __future__ import annotations

from pathlib import Path

from bot.bank.bank import Bank, load
from bot.bank.gather import Item, gather

PACK = """\
format: 1
pack:
  title: Test pack
  author: A. Person
  licence: CC-BY-4.0
  version: 1.0.0
  topics:
    U01: Own topic
items:
  - id: first
    topic: U01
    difficulty: easy
    kind: concept
    stem: What is asked here?
    options:
      - id: right
        text: The right one
        correct: true
      - id: wrong
        text: A wrong one
        misconception: some-error
        remark: That is an error.
      - id: other
        text: Another wrong one
        misconception: other-error
        remark: That is another error.
    hint: Think.
    steps:
      - One step.
    answer: The right one
    quick_check: Look again.
    mistakes:
      - Not looking.
    source: A book
"""
"""A pack with one item and nothing wrong: the tests break it in one place each."""

HEAD, ITEM = PACK.split("items:\n")

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x08\0\0\0\x08\x08\x02\0\0\0"
"""As much of a picture as is looked at."""


def edit(old: str, new: str, text: str = PACK) -> str:
    """Return a pack with one thing changed that stands in it once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def write(folder: Path, text: str | bytes = PACK, name: str = "pack.yaml") -> Path:
    """Write a file of a pack and return its folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def problems(folder: Path) -> list[str]:
    """Return what is wrong with the pack in a folder, without the folder's path."""
    return [str(problem).removeprefix(f"{folder}/") for problem in gather([folder]).problems]


def wrong(folder: Path, text: str | bytes) -> list[str]:
    """Return what is wrong with a pack of one file, without the file's name."""
    return [problem.removeprefix("pack.yaml:") for problem in problems(write(folder, text))]


def bank_of(folder: Path, text: str = PACK) -> Bank:
    """Return a bank of one pack with one file."""
    return load([write(folder, text)])


def item_of(folder: Path, text: str = PACK) -> Item:
    """Return the item `first` of a pack with one file."""
    return bank_of(folder, text).get("first")

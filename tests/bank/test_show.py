"""The bank and its items on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from bot.bank import show
from bot.core.question import shuffled
from tests.bank.packs import ITEM, PACK, PNG, bank_of, edit, item_of

EXTRA = """source: A book
    code: |
      first = 1
      second = 2
    verify: print("right")
    picture:
      file: a.png
      alt: A line."""


def test_the_listing_has_an_item_a_line(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, PACK + ITEM.replace("id: first", "id: a-second-one").replace("easy", "medium"))
    assert show.listing(bank).splitlines() == [
        "a-second-one  U01   medium  concept",
        "first         U01   easy    concept",
    ]


def test_the_listing_for_programs_says_where_each_item_stands(tmp_path: Path) -> None:
    assert json.loads(show.listing_json(bank_of(tmp_path))) == [
        {
            "id": "first",
            "topic": "U01",
            "topic_name": "Own topic",
            "difficulty": "easy",
            "kind": "concept",
            "verified": False,
            "pack": "Test pack",
            "file": f"{tmp_path}/pack.yaml",
            "line": 10,
        }
    ]


def test_an_item_is_shown_with_everything_that_members_ever_see_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    item = item_of(tmp_path, edit("source: A book", EXTRA))
    order = {option.id: letter for option, letter in zip(shuffled(item.question, "3").options, "ABC", strict=True)}
    text = show.show(item, 3)
    assert text.startswith(
        f"first\nU01, easy (10 points), concept; Test pack, {tmp_path}/pack.yaml:10\n\nWhat is asked"
    )
    for part in (
        "    first = 1\n    second = 2",
        "[a.png: A line.]",
        f"{order['right']}  The right one\n",
        "Hint: Think.",
        f"Key: {order['right']}  The right one",
        f"{order['wrong']}  some-error: That is an error.",
        "1. One step.",
        "Answer: The right one\nQuick check: Look again.",
        "Common mistakes:\n- Not looking.",
        "Source: A book",
    ):
        assert part in text


def test_an_item_without_a_source_is_said_to_be_computed(tmp_path: Path) -> None:
    item = item_of(tmp_path, edit("source: A book", 'verify: print("right")'))
    assert show.show(item, 1).endswith("Source: computed by its verify program")


def test_an_item_for_programs_has_its_options_in_the_order_of_the_seed(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    item = item_of(tmp_path, edit("source: A book", EXTRA))
    orders = set()
    for seed in range(10):
        data = json.loads(show.show_json(item, seed))
        ids = [option["id"] for option in data["options"]]
        assert ids == [option.id for option in shuffled(item.question, str(seed)).options]
        assert data["seed"] == seed
        orders.add(tuple(ids))
    assert len(orders) > 2


def test_an_item_for_programs_holds_all_its_fields(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    data = json.loads(show.show_json(item_of(tmp_path, edit("source: A book", EXTRA)), 1))
    right = next(option for option in data.pop("options") if option["correct"])
    assert right == {"id": "right", "text": "The right one", "correct": True, "misconception": None, "remark": None}
    assert data == {
        "id": "first",
        "topic": "U01",
        "difficulty": "easy",
        "kind": "concept",
        "stem": "What is asked here?",
        "code": "first = 1\nsecond = 2",
        "picture": {"file": "a.png", "alt": "A line."},
        "hint": "Think.",
        "steps": ["One step."],
        "answer": "The right one",
        "quick_check": "Look again.",
        "mistakes": ["Not looking."],
        "source": "A book",
        "verify": 'print("right")',
        "pack": "Test pack",
        "parameters": {},
        "seed": 1,
    }


def test_an_item_without_a_picture_has_none(tmp_path: Path) -> None:
    assert json.loads(show.show_json(item_of(tmp_path), 1))["picture"] is None

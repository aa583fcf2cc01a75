"""Every mistake is told with its place and what to do about it.

`messages.txt` and `syntax.txt` hold a mistake a block: what stands in the sound pack (-), what stands there instead
(+), and all that is told of it (>).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bank.packs import PACK, edit, wrong

Case = tuple[str, str, list[str]]


def read(name: str) -> list[Case]:
    blocks = Path(__file__).with_name(name).read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    return [case(block.split("\n")) for block in blocks]


def case(lines: list[str]) -> Case:
    old, new, told = ([line[2:] for line in lines if line.startswith(sign)] for sign in "-+>")
    assert len(old) + len(new) + len(told) == len(lines)
    return "\n".join(old) + ("" if new else "\n"), "\n".join(new), told


CASES = [*read("messages.txt"), *read("syntax.txt")]

LONG: list[Case] = [
    ("title: Test pack", f"title: {'x' * 101}", ["3:10: pack, title: 101 characters; use 100 at most"]),
    ("- id: first", f"- id: {'a' * 61}", ["10:9: id: 61 characters; use 60 at most"]),
    ("source: A book", f"source: {'x' * 301}", ["34:13: source: 301 characters; use 300 at most"]),
    (
        "source: A book",
        f"source: A book\n    picture:\n      fiel: a.png\n      alt: {'x' * 1001}",
        [
            "36:7: picture, fiel: unknown key; did you mean file?",
            "37:12: picture, alt: 1,001 characters; use 1,000 at most",
        ],
    ),
    (
        "title: Test pack",
        f"title: {'1' * 5000}",
        ["3:10: a number with 5,000 characters; use 100 at most, or put it in quotes"],
    ),
    ("  title: Test pack", "\ttitle: Test pack", ["3:1: a tab in the indentation; use spaces"]),
    ("title: Test pack", "title: Test \0pack", ["3:15: a NUL byte in the text; remove it"]),
    ("title: Test pack", "title: Test \x1bpack", ["3:15: the control character U+001B in the text; remove it"]),
    (
        "What is asked here?",
        "x" * 3500,
        ["10:5: the closed message would have 4,580 characters of 4,000; shorten stem, code and options"],
    ),
    ("hint: Think.", f"hint: {'x' * 3800}", ["10:5: the hint would have 4,100 characters of 4,000; shorten hint"]),
    (
        "- One step.",
        "\n      ".join(["- One step."] * 28),
        ["10:5: the private reply would have 41 parts of 40; shorten the lists of steps and mistakes"],
    ),
    (
        "Own topic",
        "\N{GRINNING FACE}" * 60,
        ["10:5: the button of the topic would have 120 characters of 80; shorten the topic's name"],
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), CASES + LONG, ids=[told[0] for _, _, told in CASES + LONG])
def test_every_mistake_is_told_with_its_place_and_a_remedy(old: str, new: str, told: list[str], tmp_path: Path) -> None:
    assert wrong(tmp_path, edit(old, new)) == told


def test_a_pack_without_mistakes_has_nothing_to_tell(tmp_path: Path) -> None:
    assert wrong(tmp_path, PACK) == []


def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = edit(
        "format: 1\n", "format: 1\nformat: 1\n", edit("kind: concept", "kind: odd", edit("    hint: Think.\n", ""))
    )
    assert [problem.split(":")[0] for problem in wrong(tmp_path, text)] == ["2", "11", "14"]


@pytest.mark.parametrize("text", ["- format: 1\n", "just text\n", "12\n"])
def test_a_file_that_is_no_mapping_is_told_of(text: str, tmp_path: Path) -> None:
    what, *_ = wrong(tmp_path, text)
    assert what == "1:1: keys and values belong here; write each key on a line of its own below, indented"


def test_an_option_that_is_no_mapping_is_told_of_once(tmp_path: Path) -> None:
    text = edit("- id: other\n        text: Another wrong one\n", "- just a text\n", PACK)
    text = text.replace("        misconception: other-error\n        remark: That is another error.\n", "")
    told = "23:9: option 3: keys and values belong here; write each key on a line of its own below, indented"
    assert wrong(tmp_path, text) == [told]


def test_after_a_thousand_problems_in_a_file_the_rest_is_only_counted(tmp_path: Path) -> None:
    items = "".join(f"  - {{id: item-{number}}}\n" for number in range(200))
    told = wrong(tmp_path, PACK + items)
    assert len(told) == 1001
    assert told[-1].endswith("more problems in this file from here on; mend those above first")


def test_one_item_tells_a_hundred_misshapen_values_at_most(tmp_path: Path) -> None:
    told = wrong(tmp_path, edit("      - One step.\n", "      - 1\n" * 500))
    assert len(told) == 100


def test_one_text_tells_ten_refusals_at_most(tmp_path: Path) -> None:
    told = wrong(tmp_path, edit("What is asked here?", "'" + "@here " * 50 + "'"))
    assert len(told) == 10

"""What `check` reports."""

from __future__ import annotations

import json
import time
from pathlib import Path

from bot.bank.bank import SHIPPED
from bot.bank.check import check
from tests.bank.packs import ITEM, PACK, edit, write


def test_the_report_counts_items_by_topic_difficulty_and_kind(tmp_path: Path) -> None:
    second = (
        ITEM.replace("id: first", "id: second").replace("easy", "hard").replace("source: A book", "verify: print(1)")
    )
    report = check([write(tmp_path, PACK + second)], beside=[])
    assert report.clean
    assert report.items.total == 2
    assert report.items.verified == 1
    assert report.items.topics == {"U01": 2}
    assert report.items.difficulties == {"easy": 1, "medium": 0, "hard": 1}
    assert report.items.kinds["concept"] == 2
    lines = str(report).splitlines()
    assert lines[:4] == ["2 items, 1 with a verify program", "", "     2  U01  Own topic", ""]
    assert "     1  hard" in lines
    assert "     0  order" in lines


def test_the_report_tells_each_problem_in_a_line_and_how_many_there_are(tmp_path: Path) -> None:
    report = check([write(tmp_path, edit("    hint: Think.\n", "", edit("kind: concept", "kind: x")))], beside=[])
    assert not report.clean
    lines = str(report).splitlines()
    assert [line.split(": ")[0] for line in lines[:2]] == [f"{tmp_path}/pack.yaml:10:5", f"{tmp_path}/pack.yaml:13:11"]
    assert lines[2:5] == ["", "2 problems", "1 item, 0 with a verify program"]


def test_one_problem_is_no_plural(tmp_path: Path) -> None:
    assert "\n1 problem\n0 items" in str(check([write(tmp_path, "[")], beside=[]))


def test_the_report_for_programs_holds_the_same(tmp_path: Path) -> None:
    pack = write(tmp_path, edit("kind: concept", "kind: x"))
    data = json.loads(check([pack], beside=[]).json())
    assert data == {
        "clean": False,
        "paths": [str(tmp_path)],
        "problems": [
            {
                "file": f"{tmp_path}/pack.yaml",
                "line": 13,
                "column": 11,
                "item": "first",
                "message": 'kind: "x" is not known here',
                "remedy": "choose concept, predict_output, spot_bug, numeric, order or read_plot",
            }
        ],
        "items": json.loads(check([pack], beside=[]).json())["items"],
    }
    assert data["items"]["total"] == 1


def test_a_pack_may_use_the_shipped_topics_and_must_not_repeat_the_shipped_ids(tmp_path: Path) -> None:
    pack = write(tmp_path, edit("topic: U01", "topic: T07"))
    report = check([pack])
    assert report.clean
    assert report.items.total == 1
    taken = next(iter(check([SHIPPED / "items"]).items.topics))
    assert taken == "T01"
    report = check([write(tmp_path, edit("id: first", "id: t07-exponential-third-epoch"))])
    assert [problem.line for problem in report.problems] == [10]


def test_a_file_of_the_shipped_pack_is_judged_as_part_of_it() -> None:
    report = check([SHIPPED / "items/t08.yaml"])
    assert report.clean
    assert report.items.topics == {"T08": report.items.total}


def test_what_is_wrong_in_the_packs_beside_is_not_told(tmp_path: Path) -> None:
    broken = write(tmp_path / "broken", edit("kind: concept", "kind: x", PACK.replace("first", "other")))
    assert check([write(tmp_path / "pack")], beside=[broken]).clean


def test_the_shipped_pack_is_checked_well_within_three_seconds() -> None:
    start = time.perf_counter()
    report = check([SHIPPED])
    assert time.perf_counter() - start < 1.5
    assert report.items.total >= 20

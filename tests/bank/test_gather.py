"""Packs beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bank.bank import load
from bot.bank.gather import gather, gather_part
from bot.bank.problem import PackError
from tests.bank.packs import HEAD, ITEM, PACK, edit, problems, write


def told(*paths: Path, root: Path) -> list[str]:
    return [str(problem).replace(f"{root}/", "") for problem in gather(paths).problems]


def test_an_id_given_twice_in_a_pack_is_told_of(tmp_path: Path) -> None:
    write(tmp_path, PACK + ITEM)
    assert told(tmp_path, root=tmp_path) == [
        'pack.yaml:35:9: id: "first" is given to another item already, in pack.yaml, line 10; give this one another id'
    ]


def test_an_id_given_in_two_packs_is_told_of_in_the_later_one(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one"), write(tmp_path / "two")
    what = 'id: "first" is given to another item already, in one/pack.yaml, line 10'
    assert told(one, two, root=tmp_path) == [f"two/pack.yaml:10:9: {what}; give this one another id"]


def test_the_same_pack_named_twice_is_read_once(tmp_path: Path) -> None:
    pack = write(tmp_path / "pack")
    (tmp_path / "link").symlink_to(pack)
    assert told(pack, pack, tmp_path / "link", root=tmp_path) == []


def test_a_topic_named_by_another_pack_is_known(tmp_path: Path) -> None:
    one = write(tmp_path / "one", HEAD)
    two = write(tmp_path / "two", edit("  topics:\n    U01: Own topic\n", ""))
    assert told(two, one, root=tmp_path) == []


def test_two_packs_may_share_a_topic_but_not_call_it_different_things(tmp_path: Path) -> None:
    one = write(tmp_path / "one", HEAD)
    two = write(tmp_path / "two", HEAD)
    three = write(tmp_path / "three", edit("Own topic", "Other topic", HEAD))
    assert told(one, two, root=tmp_path) == []
    what = 'the topic U01 is called "Own topic" in one/pack.yaml, line 8'
    assert told(one, two, three, root=tmp_path) == [
        f"three/pack.yaml:8:5: {what}; give yours another id, such as my-topic"
    ]


def test_unknown_topics_are_not_told_while_a_file_that_may_name_them_is_broken(tmp_path: Path) -> None:
    write(tmp_path, "pack: [\n")
    write(tmp_path, f"format: 1\nitems:\n{ITEM}", "items.yaml")
    assert [problem.split(":")[0] for problem in problems(tmp_path)] == ["pack.yaml"]


def test_another_version_of_the_format_is_not_judged_further(tmp_path: Path) -> None:
    write(tmp_path, "format: 2\nnew: things\nitems: {a: b}\n", "pack.yaml")
    assert problems(tmp_path) == ["pack.yaml:1:9: format: 2 is not a version known here; write format: 1"]


def test_a_pack_that_nobody_describes_is_told_of(tmp_path: Path) -> None:
    write(tmp_path, "format: 1\n", "a.yaml")
    write(tmp_path, "format: 1\n", "b.yaml")
    what = "no file says what the pack is"
    remedy = "add pack: with title, author, licence and version to one of its files"
    assert problems(tmp_path) == [f"a.yaml:1:1: {what}; {remedy}"]
    assert problems(tmp_path / "a.yaml") == [f"{tmp_path}/a.yaml:1:1: {what}; check the whole folder, or {remedy}"]


def test_a_pack_described_twice_is_told_of(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, edit("title: Test pack", "title: Other", HEAD), "second.yaml")
    assert problems(tmp_path) == [
        f"second.yaml:2:1: pack is given again, first in {tmp_path}/pack.yaml; keep one of the two"
    ]


def test_problems_come_file_by_file_and_line_by_line(tmp_path: Path) -> None:
    one = write(tmp_path / "one", edit("topic: U01", "topic: U09", edit("    hint: Think.\n", "")))
    two = write(tmp_path / "two", edit("kind: concept", "kind: x"))
    places = [problem.split(": ")[0] for problem in told(one, two, root=tmp_path)]
    assert places == ["one/pack.yaml:10:5", "one/pack.yaml:11:12", "two/pack.yaml:10:9", "two/pack.yaml:13:11"]


def test_part_of_a_pack_is_judged_within_it(tmp_path: Path) -> None:
    pack = write(tmp_path / "pack", HEAD)
    write(pack, f"format: 1\nitems:\n{ITEM}", "good.yaml")
    write(
        pack, edit("kind: concept", "kind: x", f"format: 1\nitems:\n{ITEM}").replace("id: first", "id: bad"), "bad.yaml"
    )
    good, bad = (gather_part([pack / name], [pack]) for name in ("good.yaml", "bad.yaml"))
    assert (len(good.items), good.problems) == (1, [])
    assert [problem.item for problem in bad.problems] == ["bad"]
    assert gather_part([pack], [pack]).problems == bad.problems
    (missing,) = gather_part([pack / "missing.yaml"], [pack]).problems
    assert missing.message.startswith("cannot be read")


def test_a_line_break_in_a_file_name_cannot_forge_a_line(tmp_path: Path) -> None:
    write(tmp_path, "[", "a\nb.yaml")
    (problem,) = problems(tmp_path)
    assert "\n" not in problem


def test_the_error_names_every_problem(tmp_path: Path) -> None:
    pack = write(tmp_path, edit("kind: concept", "kind: x", edit("    hint: Think.\n", "")))
    with pytest.raises(PackError) as caught:
        load([pack])
    assert [problem.line for problem in caught.value.problems] == [10, 13]
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))

"""The bank as the app uses it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from bot.bank.bank import load
from bot.bank.picture import PictureError
from bot.core.pick import Card
from bot.core.question import Difficulty, Kind, Picture
from tests.bank.packs import HEAD, ITEM, PACK, PNG, bank_of, edit, item_of, write


def items(*ids: str) -> str:
    return f"{HEAD}items:\n" + "".join(ITEM.replace("id: first", f"id: {item_id}") for item_id in ids)


def with_picture(folder: Path, item_id: str = "first") -> Path:
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures/a.png").write_bytes(PNG + folder.name.encode())
    shown = "source: A book\n    picture:\n      file: pictures/a.png\n      alt: Text"
    return write(folder, edit("source: A book", shown).replace("id: first", f"id: {item_id}"))


def test_an_item_holds_the_question_as_written(tmp_path: Path) -> None:
    item = item_of(tmp_path)
    question = item.question
    assert (question.id, question.topic, question.difficulty, question.kind) == (
        "first",
        "U01",
        Difficulty.EASY,
        Kind.CONCEPT,
    )
    assert question.key.text == "The right one"
    assert question.option("wrong").misconception == "some-error"
    assert question.solution.steps == ("One step.",)
    assert (question.code, question.picture, question.source) == (None, None, "A book")
    assert (item.verify, item.pack, item.file, item.line) == (None, "Test pack", str(tmp_path / "pack.yaml"), 10)


def test_code_keeps_its_indentation_and_loses_blank_lines_around_it(tmp_path: Path) -> None:
    text = edit("source: A book", "source: A book\n    code: |2\n\n          a\n        b\n\n")
    assert item_of(tmp_path, text).question.code == "    a\n  b"


def test_items_are_sorted_by_id(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, items("b", "c", "a"))
    assert [item.question.id for item in bank.items()] == ["a", "b", "c"]
    assert bank.cards() == tuple(Card(item_id, "U01", Difficulty.EASY) for item_id in "abc")


def test_an_unknown_item_is_a_key_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        bank_of(tmp_path).get("nope")


def test_topics_have_names_and_fall_back_to_their_ids(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, edit("    U01: Own topic\n", "    U02: Later\n    U01: Own topic\n"))
    assert list(bank.topics().items()) == [("U01", "Own topic"), ("U02", "Later")]
    assert bank.topic_name("U01") == "Own topic"
    assert bank.topic_name("X99") == "X99"


def test_a_bank_of_no_packs_is_empty() -> None:
    bank = load([])
    assert (bank.items(), bank.cards(), bank.like("a", 5), dict(bank.topics())) == ((), (), [], {})


def test_a_bank_cannot_be_changed(tmp_path: Path) -> None:
    bank = bank_of(tmp_path)
    with pytest.raises(FrozenInstanceError):
        bank.deck = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        bank.topics()["U01"] = "Other"  # type: ignore[index]


def test_items_are_found_by_how_they_begin_then_by_what_they_hold_then_by_topic(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, items("deep-topic", "own-thing", "topic-one"))
    assert bank.like("topic", 5) == ["topic-one", "deep-topic", "own-thing"]
    assert bank.like("Topic", 1) == ["topic-one"]
    assert bank.like("OWN t", 9) == ["own-thing", "deep-topic", "topic-one"]
    assert bank.like("", 2) == ["deep-topic", "own-thing"]


def test_a_misspelt_id_finds_what_resembles_it(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, items("steplr-third-epoch", "cosine-end", "steplr-first-epoch"))
    assert bank.like("steplr-thrid-epoch", 5)[0] == "steplr-third-epoch"
    assert "cosine-end" not in bank.like("steplr-thrid-epoch", 5)
    assert bank.like("zzz", 5) == []
    assert bank.like("z", 5) == []


def test_a_picture_is_found_by_its_question(tmp_path: Path) -> None:
    one, two = with_picture(tmp_path / "one"), with_picture(tmp_path / "two", "second")
    bank = load([one, two])
    assert bank.picture(bank.get("first").question) == PNG + b"one"
    assert bank.picture(bank.get("second").question) == PNG + b"two"


def test_a_snapshot_of_an_item_that_is_gone_still_finds_a_picture_only_one_pack_has(tmp_path: Path) -> None:
    bank = load([with_picture(tmp_path / "one")])
    assert bank.picture(replace(bank.get("first").question, id="gone")) == PNG + b"one"


def test_a_snapshot_of_an_item_that_is_gone_is_not_shown_with_a_picture_that_may_be_another(tmp_path: Path) -> None:
    bank = load([with_picture(tmp_path / "one"), with_picture(tmp_path / "two", "second")])
    with pytest.raises(PictureError, match=r"the item gone and its picture pictures/a\.png are gone"):
        bank.picture(replace(bank.get("first").question, id="gone"))


def test_a_snapshot_that_shows_another_file_than_the_item_now_gets_that_file_or_none(tmp_path: Path) -> None:
    bank = load([with_picture(tmp_path / "one")])
    question = bank.get("first").question
    with pytest.raises(PictureError, match="there is no such file"):
        bank.picture(replace(question, picture=Picture("pictures/old.png", "Text")))


def test_a_picture_that_was_taken_away_since_is_told_of(tmp_path: Path) -> None:
    bank = load([with_picture(tmp_path / "one")])
    (tmp_path / "one/pictures/a.png").unlink()
    with pytest.raises(PictureError) as caught:
        bank.picture(bank.get("first").question)
    assert caught.value.remedy


def test_a_question_without_a_picture_has_none_to_show(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, PACK)
    with pytest.raises(PictureError, match="the question has no picture"):
        bank.picture(bank.get("first").question)

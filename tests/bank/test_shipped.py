"""The pack that comes with Stepwise."""

from __future__ import annotations

from bot.bank.bank import SHIPPED, load
from bot.bank.check import check


def test_the_shipped_pack_is_sound() -> None:
    assert check([SHIPPED]).problems == ()


def test_the_shipped_pack_names_all_twenty_topics() -> None:
    assert list(load([SHIPPED]).topics()) == [f"T{number:02}" for number in range(1, 21)]


def test_every_item_stands_in_the_file_of_its_topic() -> None:
    for item in load([SHIPPED]).items():
        topic = item.question.topic.lower()
        assert item.file.endswith(f"items/{topic}.yaml")
        assert item.question.id.startswith(f"{topic}-")


def test_every_shipped_picture_is_shown_by_an_item() -> None:
    bank = load([SHIPPED])
    shown = {item.question.picture.file for item in bank.items() if item.question.picture is not None}
    assert shown <= {str(file.relative_to(SHIPPED)) for file in SHIPPED.glob("pictures/*.png")}
    for item in bank.items():
        if item.question.picture is not None:
            assert bank.picture(item.question).startswith(b"\x89PNG")

"""Pictures: PNG files inside their pack, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bank import picture
from tests.bank.packs import PACK, PNG, edit, wrong


def shows(file: str) -> str:
    return edit("source: A book", f"source: A book\n    picture:\n      file: '{file}'\n      alt: Text")


def test_a_picture_in_the_pack_is_fine(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures/a.png").write_bytes(PNG)
    assert wrong(tmp_path, shows("pictures/a.png")) == []
    assert picture.read(tmp_path, "pictures/a.png") == PNG


@pytest.mark.parametrize("file", ["../a.png", "x/../../a.png", "/etc/a.png", "..\\a.png", "C:\\a.png", "a\u00a0b.png"])
def test_a_path_out_of_the_pack_is_refused(file: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    told = "the path leads out of the pack; write it relative to the pack's folder, with / and without .."
    assert wrong(tmp_path / "pack", shows(file)) == [f"36:13: picture, file: {told}"]


def test_a_link_out_of_the_pack_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack/a.png").symlink_to(tmp_path / "a.png")
    told = "the link leads out of the pack; put the picture itself into the pack"
    assert f"36:13: picture, file: {told}" in wrong(tmp_path / "pack", shows("a.png"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "this is not a PNG picture; convert it: renaming is not enough"),
        (b"\xff\xd8\xff" + b"x" * 50, "this is not a PNG picture; convert it: renaming is not enough"),
        (PNG[:16] + b"\0" * 12, "the picture is damaged or more than 8,192 pixels wide or high; make it anew"),
        (PNG.replace(b"IHDR", b"IDAT"), "the picture is damaged or more than 8,192 pixels wide or high; make it anew"),
        (
            PNG[:16] + b"\0\0\x20\x01\0\0\0\x01" + PNG[24:],
            "the picture is damaged or more than 8,192 pixels wide or high; make it anew",
        ),
        (PNG + b"x" * picture.LARGEST_PICTURE, "the picture is larger than 8 MiB; make it smaller"),
    ],
    ids=["empty", "jpeg", "no size", "no header", "too wide", "too heavy"],
)
def test_what_discord_could_not_show_is_refused(data: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(data)
    assert wrong(tmp_path, shows("a.png")) == [f"36:13: picture, file: {told}"]


@pytest.mark.parametrize("file", ["a.png", "no/such.png", "folder.png", f"{'x' * 190}/{'y' * 5}.png"])
def test_a_picture_that_is_not_there_is_told_of(file: str, tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    told = "there is no such file in the pack; check the name, small and capital letters too"
    assert wrong(tmp_path, shows(file)) == [f"36:13: picture, file: {told}"]


def test_a_name_longer_than_the_file_system_takes_is_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(picture.PictureError, match="there is no such file"):
        picture.read(tmp_path, f"{'x' * 5000}.png")


def test_a_picture_of_a_pack_of_one_file_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    assert wrong(tmp_path, PACK) == []
    assert wrong(tmp_path, shows("a.png")) == []

"""Which files make up a pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bank import source
from tests.bank.packs import HEAD, ITEM, PACK, problems, write


def test_all_yaml_files_in_all_folders_of_a_pack_are_read(tmp_path: Path) -> None:
    write(tmp_path, HEAD)
    write(tmp_path, f"format: 1\nitems:\n{ITEM}", "deep/down/items.yaml")
    write(tmp_path, "not: [yaml", "notes.txt")
    assert problems(tmp_path) == []
    assert source.files(tmp_path)[0] == [tmp_path / "deep/down/items.yaml", tmp_path / "pack.yaml"]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, "[", ".hidden.yaml")
    write(tmp_path, "[", ".git/config.yaml")
    assert problems(tmp_path) == []


def test_a_single_file_can_be_a_pack(tmp_path: Path) -> None:
    assert problems(write(tmp_path) / "pack.yaml") == []


@pytest.mark.parametrize("name", ["items.yml", "items.YAML", "items.Yml"])
def test_a_file_with_another_ending_is_told_of(name: str, tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, PACK, name)
    assert problems(tmp_path) == [f"{name}:1:1: only files that end in .yaml are read; rename it"]


def test_a_folder_without_yaml_is_told_of(tmp_path: Path) -> None:
    assert problems(tmp_path) == [
        f"{tmp_path}:1:1: there is no .yaml file in this folder; add one, or name another folder"
    ]


def test_a_path_that_leads_nowhere_is_told_of(tmp_path: Path) -> None:
    (told,) = problems(tmp_path / "nowhere")
    assert told.endswith("nowhere:1:1: cannot be read: no such file or directory; check the path and who may read it")


def test_a_path_that_is_none_is_told_of() -> None:
    assert problems(Path("a\0b")) == ["a\\u0000b:1:1: cannot be read: not a path; check the path and who may read it"]


def test_a_file_larger_than_1_mib_is_refused(tmp_path: Path) -> None:
    write(tmp_path, PACK + "#" * source.LARGEST_FILE)
    assert problems(tmp_path) == ["pack.yaml:1:1: the file is larger than 1 MiB; split it into several files"]


def test_a_file_of_10_mb_is_refused(tmp_path: Path) -> None:
    write(tmp_path, b"- a\n" * 2_500_000)
    assert problems(tmp_path) == ["pack.yaml:1:1: the file is larger than 1 MiB; split it into several files"]


def test_what_is_no_ordinary_file_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    write(tmp_path)
    fifo = tmp_path / "pipe.yaml"
    import os  # noqa: PLC0415 - only here

    os.mkfifo(fifo)
    assert problems(tmp_path) == ["pipe.yaml:1:1: this is not an ordinary file; remove it"]


def test_a_link_out_of_the_pack_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "outside", PACK)
    pack = write(tmp_path / "pack")
    (pack / "more.yaml").symlink_to(tmp_path / "outside" / "pack.yaml")
    (pack / "folder").symlink_to(tmp_path / "outside")
    told = "1:1: this link leads out of the pack; put the file itself into the pack"
    assert problems(pack) == [f"folder:{told}", f"more.yaml:{told}"]


def test_a_link_within_the_pack_counts_as_its_file_once(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "same.yaml").symlink_to(tmp_path / "pack.yaml")
    (tmp_path / "again").symlink_to(tmp_path)
    assert problems(tmp_path) == []


def test_a_link_in_a_circle_is_told_of(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "circle.yaml").symlink_to(tmp_path / "circle.yaml")
    (told,) = problems(tmp_path)
    assert told.startswith("circle.yaml:1:1: cannot be read: ")


def test_a_folder_that_cannot_be_listed_is_told_of(tmp_path: Path) -> None:
    """A folder that goes while it is looked through stands in for one that may not be read: root may read all."""
    write(tmp_path)
    with pytest.raises(OSError, match="Not a directory"):
        list(source._walk(tmp_path / "pack.yaml"))  # noqa: SLF001

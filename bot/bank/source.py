"""The files of a pack: which there are, and their bytes, never from outside the pack."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.bank.problem import PackError, Problem

LARGEST_FILE = 1 << 20
"""Bytes in one YAML file."""


def folder(path: Path) -> Path:
    """Return the folder that a pack's pictures are relative to: the pack itself, or where its one file lies."""
    return path if path.is_dir() else path.parent


def files(path: Path) -> tuple[list[Path], list[Problem]]:
    """Return the YAML files of the pack at `path`, sorted, and what is wrong with the folder itself.

    Hidden files and folders are passed over. A symbolic link to a file counts as that file, once; links to folders
    are not followed. A link that leads out of the pack is a problem.
    """
    try:
        if not path.is_dir():
            path.stat()
            return [path], []
        found = sorted(_walk(path))
    except (OSError, ValueError) as error:
        return [], [_unreadable(path, error)]
    problems = [problem for entry in found for problem in _misplaced(entry, path)]
    misplaced = {problem.file for problem in problems}
    chosen: dict[Path, Path] = {}
    for entry in found:
        if entry.suffix == ".yaml" and not entry.is_dir() and str(entry) not in misplaced:
            chosen.setdefault(real(entry), entry)
    if not chosen and not problems:
        problems.append(_problem(path, "there is no .yaml file in this folder", "add one, or name another folder"))
    return list(chosen.values()), problems


def read(path: Path) -> bytes:
    """Return a file's bytes. Raises PackError when it is no ordinary file, cannot be read, or is over 1 MiB."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise PackError((_problem(path, "this is not an ordinary file", "remove it"),))
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise PackError((_unreadable(path, error),)) from error
    if len(data) > LARGEST_FILE:
        raise PackError((_problem(path, "the file is larger than 1 MiB", "split it into several files"),))
    return data


def real(path: Path | str) -> Path:
    """Return the path with all links followed, as far as that can be done: unlike Path.resolve, this never raises."""
    try:
        return Path(os.path.realpath(path))
    except ValueError:  # a NUL byte in it
        return Path(path)


def inside(path: Path, root: Path) -> bool:
    """Whether `path`, with all links followed, lies in the folder `root`, or is that."""
    return real(path).is_relative_to(real(root))


def _walk(root: Path) -> Iterator[Path]:
    """Yield every visible file under `root`, and every link to a folder."""

    def fail(error: OSError) -> None:
        raise error

    for place, folders, names in os.walk(root, onerror=fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in [*names, *folders]:
            entry = Path(place, name)
            if not name.startswith(".") and (name in names or entry.is_symlink()):
                yield entry


def _misplaced(entry: Path, root: Path) -> Iterator[Problem]:
    if entry.is_symlink() and not inside(entry, root):
        yield _problem(entry, "this link leads out of the pack", "put the file itself into the pack")
    elif entry.suffix.casefold() in {".yml", ".yaml"} and entry.suffix != ".yaml":
        yield _problem(entry, "only files that end in .yaml are read", "rename it")


def _unreadable(path: Path, error: OSError | ValueError) -> Problem:
    reason = (getattr(error, "strerror", None) or "not a path").lower()
    return _problem(path, f"cannot be read: {reason}", "check the path and who may read it")


def _problem(path: Path, message: str, remedy: str) -> Problem:
    return Problem(str(path), 1, 1, None, message, remedy)

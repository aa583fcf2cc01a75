"""The pictures of a pack: PNG files inside it."""

from __future__ import annotations

import struct
from pathlib import Path, PurePosixPath

from bot.bank.source import inside

LARGEST_PICTURE = 8 << 20
"""Bytes in one picture; Discord takes 10 MiB a file."""

LARGEST_SIDE = 8192
"""Pixels on a side."""

_HEADER = struct.Struct(">8s4x4sII")
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class PictureError(Exception):
    """A picture that cannot be shown. `message` says why, `remedy` what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def read(folder: Path, file: str) -> bytes:
    """Return the picture `file`, a path relative to the pack's folder. Raises PictureError."""
    path = _locate(folder, file)
    try:
        with path.open("rb") as opened:
            data = opened.read(LARGEST_PICTURE + 1)
    except OSError:
        message = "the file cannot be read"
        raise PictureError(message, "check who may read it") from None
    _examine(data)
    return data


def _locate(folder: Path, file: str) -> Path:
    parts = PurePosixPath(file).parts
    if "\\" in file or file.startswith("/") or ".." in parts or not file.isprintable():
        message = "the path leads out of the pack"
        raise PictureError(message, "write it relative to the pack's folder, with / and without ..")
    path = folder / file
    if not inside(path, folder):
        message = "the link leads out of the pack"
        raise PictureError(message, "put the picture itself into the pack")
    try:
        found = path.is_file()
    except OSError:  # a name longer than the file system takes
        found = False
    if not found:
        message = "there is no such file in the pack"
        raise PictureError(message, "check the name, small and capital letters too")
    return path


def _examine(data: bytes) -> None:
    if len(data) > LARGEST_PICTURE:
        message = "the picture is larger than 8 MiB"
        raise PictureError(message, "make it smaller")
    if len(data) < _HEADER.size or not data.startswith(_SIGNATURE):
        message = "this is not a PNG picture"
        raise PictureError(message, "convert it: renaming is not enough")
    _, chunk, width, height = _HEADER.unpack_from(data)
    if chunk != b"IHDR" or not 0 < width <= LARGEST_SIDE or not 0 < height <= LARGEST_SIDE:
        message = f"the picture is damaged or more than {LARGEST_SIDE:,} pixels wide or high"
        raise PictureError(message, "make it anew")

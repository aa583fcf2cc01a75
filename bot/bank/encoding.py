"""Bytes as text: UTF-8 and nothing else."""

from __future__ import annotations

import re

from bot.bank.node import Place
from bot.bank.problem import PackError, Problem

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def decode(data: bytes, file: str) -> str:
    """Return the text of a file, without a byte order mark. Raises PackError with one problem."""
    if data.startswith(_UTF_16) or (len(data) > 1 and (data[0] == 0) != (data[1] == 0)):
        raise _error(file, (1, 1), "the file is in UTF-16, not in UTF-8", "save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = place_of(error.object[: error.start].decode(errors="replace"))
        message = f"the byte 0x{error.object[error.start]:02x} is not UTF-8"
        raise _error(file, place, message, "save the file as UTF-8") from None
    strange = _NOT_YAML.search(text)
    if strange is not None:
        place = place_of(text[: strange.start()])
        name = "a NUL byte" if strange[0] == "\0" else f"the control character U+{ord(strange[0]):04X}"
        raise _error(file, place, f"{name} in the text", "remove it")
    return text


def place_of(before: str) -> Place:
    """Return the place that follows the given text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _error(file: str, place: Place, message: str, remedy: str) -> PackError:
    return PackError((Problem(file, *place, None, message, remedy),))

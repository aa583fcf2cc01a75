"""What a plain scalar means in YAML 1.2, core schema.

PyYAML follows YAML 1.1, where `no` is false, `12:30` is 750 and `1e-3` is text.
"""

from __future__ import annotations

import math
import re

Scalar = str | int | float | bool | None

LONGEST_NUMBER = 100
"""Characters in a number; far beyond any use, far below what Python needs long to read."""

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((f"{sign}{word}" for sign in ("", "+") for word in (".inf", ".Inf", ".INF")), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
_NUMBER_STARTS = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


class LongNumberError(ValueError):
    """A number with more than `LONGEST_NUMBER` characters."""


def resolve(text: str) -> Scalar:
    """Return the value of an unquoted scalar. Raises LongNumberError."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    for pattern, base in ((_INTEGER, 10), (_OCTAL, 8), (_HEXADECIMAL, 16), (_FLOAT, None)):
        if pattern.fullmatch(text):
            if len(text) > LONGEST_NUMBER:
                raise LongNumberError
            # Base 0 would take 0o17 and 0x1f by their prefixes, but refuse 007.
            return float(text) if base is None else int(text, base)
    return text

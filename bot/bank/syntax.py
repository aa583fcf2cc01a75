"""What the YAML parser says, in words for somebody who never saw YAML."""

from __future__ import annotations

import yaml

from bot.bank.node import Place

TOO_DEEP = ("the file is nested more than 20 levels deep", "no part of a pack goes deeper than 5")

_WORDS = (
    ("maximum nesting depth", *TOO_DEEP),
    (
        "mapping values are not allowed",
        "a colon followed by a space inside plain text",
        "put the whole text in quotes, or on a new line after >-",
    ),
    ("unexpected end of stream", "a quote that opens here is never closed", "close it"),
    ("unknown escape character", "a backslash in double quotes that means nothing", "use single quotes, or write \\\\"),
    ("expected ':'", "a key without a colon, or a line indented too little", "write key: value, or indent the line"),
    (
        "expected key",
        "this line fits nothing above it",
        "line it up with its neighbours, and close every quote at the end of its text",
    ),
    ("block end", "this line fits nothing above it", "line it up with its neighbours"),
    ("'-' indicator", "this line fits nothing above it", "begin it with - and line it up with its neighbours"),
    ("entries are not allowed", "a list cannot begin here", "put - on a new line below the key"),
    ("undefined tag handle", "plain text cannot begin with !", "put the whole text in quotes"),
    ("alias", "plain text cannot begin with * or &", "put the whole text in quotes"),
    ("anchor", "plain text cannot begin with * or &", "put the whole text in quotes"),
)
_TAB = ("a tab in the indentation", "use spaces")
_OTHERWISE = ("this is not YAML", "check quotes, colons and the indentation of this line and the one above")


def explain(error: yaml.YAMLError, text: str) -> tuple[Place, str, str]:
    """Return where a file stops being YAML, what is wrong there, and what to do."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return (1, 1), *_OTHERWISE
    place = (mark.line + 1, mark.column + 1)
    tab = _indentation(text, mark.line).find("\t")
    if tab >= 0:
        return (mark.line + 1, tab + 1), *_TAB
    # The pure parser and libyaml word the same mistake differently; what both say is in these pieces.
    said = f"{getattr(error, 'context', None)} {getattr(error, 'problem', None)}"
    if "cannot start any token" in said:
        return place, *_bad_start(text[mark.index : mark.index + 1])
    if "unexpected end of stream" in said and getattr(error, "context_mark", None) is not None:
        opening = error.context_mark  # type: ignore[attr-defined]
        place = (opening.line + 1, opening.column + 1)
    for piece, message, remedy in _WORDS:
        if piece in said:
            return place, message, remedy
    return place, *_OTHERWISE


def _indentation(text: str, line: int) -> str:
    """Return the blanks and tabs that a line, counted from 0, begins with."""
    lines = text.split("\n")
    whole = lines[line] if line < len(lines) else ""
    return whole[: len(whole) - len(whole.lstrip(" \t"))]


def _bad_start(character: str) -> tuple[str, str]:
    """Explain a character that plain text cannot begin with."""
    if character == "\t":
        return _TAB
    return f"plain text cannot begin with {character}", "put the whole text in quotes"

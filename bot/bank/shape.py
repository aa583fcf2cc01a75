"""Whether data has the shape of a model, told in our own words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.bank import model as shapes
from bot.bank.finding import Finding
from bot.bank.node import Node, Path
from bot.bank.problem import quoted

MOST_FINDINGS = 100
"""Findings for one item: with more, the text was never meant to be one."""

_LONGEST_KEY = 60
_NOT_THE_KIND = frozenset({"list_type", "dict_type", "model_type"})
_NESTED: Mapping[object, type[BaseModel]] = {"options": shapes.OptionModel, "picture": shapes.PictureModel}

Words = tuple[str, str]
"""A message and a remedy."""


def misshapen(model: type[BaseModel], node: Node, plain: object) -> list[Finding]:
    """Return what keeps `plain`, the node without places, from being what the model describes."""
    try:
        model.model_validate(plain)
    except ValidationError as error:
        return [_finding(model, node, detail) for detail in islice(_details(error), MOST_FINDINGS)]
    return []


def _details(error: ValidationError) -> list[ErrorDetails]:
    return error.errors(include_url=False, include_input=False)


def _finding(model: type[BaseModel], node: Node, detail: ErrorDetails) -> Finding:
    path = tuple(step for step in detail["loc"] if step != "[key]")
    level = next((_NESTED[step] for step in reversed(path[:-1]) if step in _NESTED), model)
    if detail["type"] == "extra_forbidden":
        return _unknown_key(level, path, node)
    if detail["type"] == "missing":
        return Finding(path, *_missing(level, str(path[-1])))
    on_key = "[key]" in detail["loc"]
    value = Node(path[-1], (0, 0), str(path[-1])) if on_key else node.find(path)
    covers = path if detail["type"] in _NOT_THE_KIND else None
    return Finding(path, *_wrong(detail, value, path), key=on_key, covers=covers)


def _unknown_key(level: type[BaseModel], path: Path, node: Node) -> Finding:
    """Tell of a key that means nothing, and which one it may have been meant to be."""
    known = list(level.model_fields)
    written = re.sub(r"[-\s]+", "_", str(path[-1])[:_LONGEST_KEY].casefold())
    near = difflib.get_close_matches(written, known, 1)
    if not near:
        return Finding(path, "unknown key", f"remove it; the keys here are {', '.join(known)}", key=True)
    given = near[0] in (node.find(path[:-1]).keys or {})
    covers = None if given else (*path[:-1], near[0])
    return Finding(path, "unknown key", f"did you mean {near[0]}?", key=True, covers=covers)


def _missing(level: type[BaseModel], key: str) -> Words:
    described = re.split(r"[.;](?:\s|$)", level.model_fields[key].description or "")[0]
    return "missing", f"add it: {described[:1].lower()}{described[1:]}"


def _wrong(detail: ErrorDetails, value: Node, path: Path) -> Words:
    if value.value is None:
        return "there is nothing here", "write something, or remove the line"
    return _WORDS.get(detail["type"], _otherwise)(value, detail.get("ctx", {}), path)


def _text(value: Node, _: Mapping[str, Any], __: Path) -> Words:
    if isinstance(value.value, dict):
        return "read as a key and its value, because of a colon", "put the text in quotes, or on a new line after >-"
    if isinstance(value.value, list):
        return "a list, not text", "put the text in quotes, or make it one text"
    kind = "true or false" if isinstance(value.value, bool) else "a number"
    return f"{quoted(value.raw)[1:-1]} without quotes is {kind}, not text", f"put it in quotes: {quoted(value.raw)}"


def _count(_: Node, context: Mapping[str, Any], path: Path) -> Words:
    least = f"{shapes.LEAST_OPTIONS} to {shapes.MOST_OPTIONS}" if path[-1] == "options" else "at least 1"
    return f"{context['actual_length']} given", f"give {least}"


def _long(value: Node, context: Mapping[str, Any], _: Path) -> Words:
    return f"{len(value.raw):,} characters", f"use {context['max_length']:,} at most"


def _pattern(value: Node, context: Mapping[str, Any], _: Path) -> Words:
    written = quoted(value.raw)
    return {
        shapes.NOT_BLANK: ("there is nothing here", "write something, or remove the line"),
        shapes.PNG: (f"{written} is not the name of a PNG picture", "name a file that ends in .png"),
        shapes.TOPIC: (f"{written} is not a topic id", "use letters, digits and single hyphens, such as T07"),
        shapes.SLUG: (f"{written} is not an id", f"use small letters, digits and single hyphens: {_slug(value.raw)}"),
    }[context["pattern"]]


def _slug(text: str) -> str:
    """Return an id that resembles the text."""
    return re.sub(r"[^a-z0-9]+", "-", text[:_LONGEST_KEY].lower()).strip("-") or "my-id"


def _choice(value: Node, context: Mapping[str, Any], _: Path) -> Words:
    choices = re.findall(r"'(\w+)'", context["expected"])
    near = difflib.get_close_matches(value.raw[:_LONGEST_KEY].casefold().replace("-", "_"), choices, 1)
    remedy = f"did you mean {near[0]}?" if near else f"choose {', '.join(choices[:-1])} or {choices[-1]}"
    return f"{quoted(value.raw)} is not known here", remedy


def _otherwise(_: Node, __: Mapping[str, Any], ___: Path) -> Words:
    return "this value means nothing here", "see docs/authoring.md for what it may be"


def _always(message: str, remedy: str) -> Callable[[Node, Mapping[str, Any], Path], Words]:
    return lambda _, __, ___: (message, remedy)


_WORDS: Mapping[str, Callable[[Node, Mapping[str, Any], Path], Words]] = {
    "string_type": _text,
    "string_too_long": _long,
    "string_pattern_mismatch": _pattern,
    "string_unicode": _always("half a character, which no text can hold", "remove it"),
    "too_short": _count,
    "too_long": _count,
    "enum": _choice,
    "literal_error": lambda value, _, __: (f"{quoted(value.raw)[1:-1]} is not a version known here", "write format: 1"),
    "bool_type": lambda value, _, __: (f"{quoted(value.raw)} is neither true nor false", "write true, without quotes"),
    "list_type": _always("this is not a list", "give each entry a line of its own that begins with -"),
    "dict_type": _always("keys and values belong here", "write each key on a line of its own below, indented"),
    "model_type": _always("keys and values belong here", "write each key on a line of its own below, indented"),
}

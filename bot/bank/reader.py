"""YAML files as nodes, strictly: what is not plainly what it looks like is refused.

Events are read one by one onto a stack of our own, so no nesting can exhaust Python's; no alias is followed and no tag
obeyed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from bot.bank.encoding import decode
from bot.bank.node import Node, Place
from bot.bank.problem import PackError, Problem, quoted
from bot.bank.scalar import LONGEST_NUMBER, LongNumberError, resolve
from bot.bank.syntax import TOO_DEEP, explain

DEEPEST = 20
_STAND_IN = 20
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser that gives events: libyaml's where PyYAML was built with it."""


@dataclass(slots=True)
class Document:
    """One file as read. `root` is None when it could not be read to its end: `problems` says why."""

    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)


def read(data: bytes, file: str) -> Document:
    """Read one file's bytes; `file` is its name in problems. Never raises for anything that `data` holds."""
    try:
        text = decode(data, file)
    except PackError as error:
        return Document(problems=list(error.problems))
    builder = _Builder(file)
    try:
        builder.read(text)
    except _StopError:
        builder.spoilt = True
    except yaml.YAMLError as error:
        builder.problem(*explain(error, text))
        builder.spoilt = True
    return builder.finish()


class _StopError(Exception):
    """There is no point in reading on."""


@dataclass(slots=True)
class _Open:
    """A list or mapping that has not ended. In a mapping `key` waits for its value; `skip` drops that value."""

    node: Node
    key: str | None = None
    skip: bool = False


class _Builder:
    """Puts nodes together from events and notes what is not allowed on the way.

    `spoilt` says that what was read is not what the author meant, so that nothing in it is worth judging.
    """

    def __init__(self, file: str) -> None:
        self.spoilt = False
        self._file = file
        self._root: Node | None = None
        self._problems: list[Problem] = []
        self._open: list[_Open] = []
        self._anchors: list[Place] = []

    def read(self, text: str) -> None:
        parser = PARSER(text)
        try:
            self._consume(parser)
        finally:
            parser.dispose()

    def finish(self) -> Document:
        if self._anchors:
            count = f" ({len(self._anchors):,} in this file)" if len(self._anchors) > 1 else ""
            message = f"anchors (&) and aliases (*) are not allowed{count}"
            self.problem(self._anchors[0], message, "write the value out")
        elif self._root is None and not self.spoilt:
            self.problem((1, 1), "the file is empty", "begin it with format: 1")
        return Document(None if self.spoilt else self._root, self._problems)

    def problem(self, place: Place, message: str, remedy: str) -> None:
        self._problems.append(Problem(self._file, *place, None, message, remedy))

    def _consume(self, parser: yaml.SafeLoader) -> None:
        while True:
            event = parser.get_event()  # type: ignore[no-untyped-call]
            kind = type(event)
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent:
                self._start(event, Node({}, _place(event), keys={}))
            elif kind is SequenceStartEvent:
                self._start(event, Node([], _place(event)))
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._put(self._open.pop().node)
            elif kind is AliasEvent:
                self._refuse_marks(event)
                self._put(Node("", _place(event)))
            elif kind is DocumentStartEvent and self._root is not None:
                self.problem(_place(event), "a second document begins here", "give it a file of its own")
                raise _StopError
            elif kind is StreamEndEvent:
                return

    def _scalar(self, event: ScalarEvent) -> None:
        raw: str = event.value
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event)
        top = self._open[-1] if self._open else None
        if top is not None and top.key is None and top.node.keys is not None:
            self._key(top, raw, _place(event))
            return
        node = Node(raw, _place(event), raw)
        if event.implicit[0]:
            try:
                node.value = resolve(raw)
            except LongNumberError:
                remedy = f"use {LONGEST_NUMBER} at most, or put it in quotes"
                self.problem(node.place, f"a number with {len(raw):,} characters", remedy)
                node.value = raw[:_STAND_IN]
        self._put(node)

    def _start(self, event: MappingStartEvent | SequenceStartEvent, node: Node) -> None:
        if len(self._open) == DEEPEST:
            self.problem(node.place, *TOO_DEEP)
            raise _StopError
        self._refuse_marks(event)
        self._open.append(_Open(node))

    def _refuse_marks(self, event: NodeEvent) -> None:
        """Note an alias, an anchor or a tag."""
        tag = getattr(event, "tag", None)
        if event.anchor is not None:
            self._anchors.append(_place(event))
            self.spoilt = True
        if tag is not None:
            self.problem(_place(event), f"the tag {quoted(tag)} is not allowed", "remove it, or put the text in quotes")
            self.spoilt = True

    def _key(self, mapping: _Open, key: str, place: Place) -> None:
        keys = mapping.node.keys or {}
        mapping.key = key
        mapping.skip = key in keys
        if mapping.skip:
            self.problem(place, f"{quoted(key)} is given twice, first on line {keys[key][0]}", "keep one of the two")
        elif mapping.node.keys is not None:
            mapping.node.keys[key] = place

    def _put(self, node: Node) -> None:
        """Add a finished node to whatever it stands in."""
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        value = parent.node.value
        if isinstance(value, list):
            value.append(node)
        elif parent.key is None:
            if not self.spoilt:  # an alias, told of already
                message = "a list or mapping stands where a key belongs"
                self.problem(node.place, message, "put text with [ or { in quotes")
            parent.key, parent.skip = "", True
        else:
            if isinstance(value, dict) and not parent.skip:
                value[parent.key] = node
            parent.key = None


def _place(event: Event) -> Place:
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)

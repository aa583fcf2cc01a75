"""YAML as nodes that know where they stand."""

from __future__ import annotations

from typing import Any

from bot.bank.scalar import Scalar

Path = tuple[str | int, ...]
"""The way from a node down to another: keys of mappings and places in lists."""

Place = tuple[int, int]
"""Line and column, both counted from 1."""


class Node:
    """A value and its place.

    `value` is a scalar, a list of nodes, or a mapping of keys to nodes; `raw` is a scalar as it was written. `keys`
    holds where the keys of a mapping stand.
    """

    __slots__ = ("keys", "place", "raw", "value")

    def __init__(
        self,
        value: Scalar | list[Node] | dict[str, Node],
        place: Place,
        raw: str = "",
        keys: dict[str, Place] | None = None,
    ) -> None:
        self.value = value
        self.place = place
        self.raw = raw
        self.keys = keys

    def plain(self) -> Any:  # noqa: ANN401 - whatever the file holds
        """Return the value without places: scalars, lists and dicts."""
        value = self.value
        if isinstance(value, dict):
            return {key: node.plain() for key, node in value.items()}
        if isinstance(value, list):
            return [node.plain() for node in value]
        return value

    def find(self, path: Path) -> Node:
        """Return the node at the end of the path, or the last one on the way that exists."""
        node = self
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                node = node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                break
        return node

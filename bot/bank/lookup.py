"""Finding items by a few letters, for lists that complete what somebody types."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

_PIECE = 3


class Lookup:
    """Ids of items and the names of their topics, ready to be searched on every keystroke."""

    __slots__ = ("_by_piece", "_ids", "_texts")

    def __init__(self, items: Iterable[tuple[str, str]]) -> None:
        self._ids: list[str] = []
        self._texts: list[str] = []
        self._by_piece: defaultdict[str, list[int]] = defaultdict(list)
        for place, (item_id, topic) in enumerate(items):
            self._ids.append(item_id)
            self._texts.append(_plain(topic))
            for piece in _pieces(item_id):
                self._by_piece[piece].append(place)

    def like(self, text: str, most: int) -> list[str]:
        """Return up to `most` ids: those that begin with the text, then those that hold it, then by topic.

        Where nothing holds it, those that share most groups of three letters with it.
        """
        wanted = _plain(text)
        ranked = [
            (rank, item_id)
            for item_id, topic in zip(self._ids, self._texts, strict=True)
            if (rank := _rank(wanted, item_id, topic)) is not None
        ]
        return [item_id for _, item_id in sorted(ranked)[:most]] or self._near(wanted, most)

    def _near(self, wanted: str, most: int) -> list[str]:
        shared = Counter(place for piece in _pieces(wanted) for place in self._by_piece.get(piece, ()))
        least = max(len(_pieces(wanted)) // 2, 1)
        near = sorted(((-count, self._ids[place]) for place, count in shared.items() if count >= least))
        return [item_id for _, item_id in near[:most]]


def _plain(text: str) -> str:
    """Return the text as an id would have it: small letters, hyphens between words."""
    return "-".join(text.casefold().replace("_", " ").replace("-", " ").split())


def _rank(wanted: str, item_id: str, topic: str) -> int | None:
    if item_id.startswith(wanted):
        return 0
    if wanted in item_id:
        return 1
    return 2 if wanted in topic else None


def _pieces(text: str) -> frozenset[str]:
    return frozenset(text[start : start + _PIECE] for start in range(len(text) - _PIECE + 1))

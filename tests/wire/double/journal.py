"""Every request the double has had, and what became of it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

Json = dict[str, Any]
KEPT = 50_000


@dataclass
class Entry:
    """One request. `status` stays None while it is held; `why` says for what Discord would have refused it."""

    seq: int
    at: float
    method: str
    path: str
    query: dict[str, str]
    body: Any = None
    files: list[Json] = field(default_factory=list)
    status: int | None = None
    code: int | None = None
    why: str | None = None
    fault: str | None = None
    accepted: bool = False
    took: float | None = None

    def json(self) -> Json:
        return asdict(self)


class Journal:
    """The requests, oldest first, and counts that outlive them."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._count = 0
        self.limited = 0
        self.unauthorized = 0
        self.forbidden = 0

    @property
    def count(self) -> int:
        """How many requests there have been."""
        return self._count

    def open(self, method: str, path: str, query: dict[str, str]) -> Entry:
        """Note a request that has come."""
        self._count += 1
        entry = Entry(self._count, time.monotonic(), method, path, query)
        self._entries.append(entry)
        return entry

    def close(self, entry: Entry, status: int | None) -> None:
        """Note how it was answered; None when it was not."""
        entry.status = status
        entry.took = time.monotonic() - entry.at
        self.limited += status == 429
        self.unauthorized += status == 401
        self.forbidden += status == 403

    def since(self, seq: int) -> Iterable[Entry]:
        """The requests after that number."""
        return [entry for entry in self._entries if entry.seq > seq]

    def refused(self) -> Iterable[Entry]:
        """Those that Discord would have refused; scripted faults are none of them."""
        return [entry for entry in self._entries if entry.why is not None]

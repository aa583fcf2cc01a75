"""What moderators did, for other moderators to look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act in one guild: `by` did `action` at the aware UTC instant `at`; `detail` is JSON-compatible."""

    id: int
    guild_id: int
    by: int
    action: str
    detail: Mapping[str, object]
    at: datetime

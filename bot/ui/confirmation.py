"""Questions asked before something that cannot be undone. They end with the process: one asks again."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.ui.respond import Interaction

LIFETIME = timedelta(minutes=10)
MOST = 1000
"""Questions remembered at once; the oldest give way."""

Action = Callable[[Interaction], Awaitable[str]]
"""Does what was asked about and returns what to say of it."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that waits for the answer of one person; `moderator` says that it needs a moderator's rights."""

    user_id: int
    moderator: bool
    until: datetime
    action: Action


class Confirmations:
    """The questions that wait for an answer, by token."""

    def __init__(self) -> None:
        self._pending: OrderedDict[str, Pending] = OrderedDict()

    def ask(self, action: Action, *, user_id: int, moderator: bool, now: datetime) -> str:
        """Remember a question and return its token."""
        token = secrets.token_hex(8)
        self._pending[token] = Pending(user_id, moderator, now + LIFETIME, action)
        if len(self._pending) > MOST:
            self._pending.popitem(last=False)
        return token

    def peek(self, token: str, now: datetime) -> Pending | None:
        """Return a question that still waits; None when it was answered, has expired, or was never asked."""
        pending = self._pending.get(token)
        return None if pending is None or pending.until <= now else pending

    def take(self, token: str) -> bool:
        """Forget a question, since it can be answered once; False when somebody was faster."""
        return self._pending.pop(token, None) is not None

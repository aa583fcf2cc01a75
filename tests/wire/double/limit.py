"""Discord's rate limits: 50 requests a second over all, and a bucket for each route and channel."""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import dataclass

from tests.wire.double.problem import Refusal

VIA = "1.1 google"


@dataclass(frozen=True)
class Bucket:
    """So many requests in so many seconds, for each value of a route's first parameter."""

    name: str
    limit: int
    seconds: float


@dataclass
class Window:
    """What was used of a bucket since it was last full."""

    start: float
    used: int = 0


class Limits:
    """What was used of each limit."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque()
        self._windows: dict[tuple[str, str], Window] = {}

    def pass_global(self, limit: int) -> None:
        """Count a request, or refuse it as one too many in this second."""
        now = time.monotonic()
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if len(self._recent) >= limit:
            raise too_many(self._recent[0] + 1 - now, scope="global")
        self._recent.append(now)

    def pass_bucket(self, bucket: Bucket, major: str) -> dict[str, str]:
        """Count a request and return the headers that tell what is left, or refuse it."""
        now = time.monotonic()
        window = self._windows.get((bucket.name, major))
        if window is None or now >= window.start + bucket.seconds:
            window = self._windows[bucket.name, major] = Window(now)
        left = window.start + bucket.seconds - now
        headers = {
            "X-RateLimit-Bucket": bucket.name,
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": str(max(bucket.limit - window.used - 1, 0)),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
        }
        if window.used >= bucket.limit:
            raise too_many(left, scope="user", headers=headers)
        window.used += 1
        return headers


def too_many(after: float, *, scope: str, headers: dict[str, str] | None = None) -> Refusal:
    """A 429 as Discord's own, not Cloudflare's: it has a Via header and JSON."""
    after = max(round(after, 3), 0.001)
    sent = {**(headers or {}), "Retry-After": str(math.ceil(after)), "X-RateLimit-Scope": scope, "Via": VIA}
    if scope == "global":
        sent["X-RateLimit-Global"] = "true"
    body = {"message": "You are being rate limited.", "retry_after": after, "global": scope == "global"}
    return Refusal(429, body, f"rate limit ({scope})", sent)

"""One session at the gateway, and the connection it may have."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
import zlib
from collections import deque
from typing import Any

from aiohttp import web

Json = dict[str, Any]
REPLAYED = 5000


class Link:
    """One websocket. Frames are sent in order by a task of its own; `muted`, it swallows all that either side says."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, *, compressed: bool) -> None:
        self.socket = socket
        self.muted = False
        self.code: int | None = None
        self._request = request
        self._queue: asyncio.Queue[str | int | None] = asyncio.Queue()
        self._deflate = zlib.compressobj() if compressed else None

    def send(self, frame: str) -> None:
        """Send a frame after those before it."""
        if not self.muted:
            self._queue.put_nowait(frame)

    def say(self, op: int, data: object = None) -> None:
        """Send what is not an event."""
        self.send(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def close(self, code: int | None) -> None:
        """Close with a code after what is queued; without one, break the connection at once."""
        if code is None:
            if self._request.transport is not None:
                self._request.transport.abort()
            self._queue.put_nowait(None)
        else:
            self.code = code
            self._queue.put_nowait(code)

    async def write(self) -> None:
        """Send what is queued until the connection is closed."""
        with contextlib.suppress(ConnectionError, RuntimeError):
            while (item := await self._queue.get()) is not None:
                if isinstance(item, int):
                    await self.socket.close(code=item, message=b"closed by the double")
                    return
                if self._deflate is None:
                    await self.socket.send_str(item)
                else:
                    data = self._deflate.compress(item.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(data)


class Session:
    """What one IDENTIFY began. It keeps its events, to say them again after a RESUME."""

    def __init__(self, name: str, identify: Json, link: Link) -> None:
        shard = identify.get("shard") or [0, 1]
        self.name = name
        self.shard: tuple[int, int] = (int(shard[0]), int(shard[1]))
        self.intents = int(identify.get("intents", 0))
        self.seq = 0
        self.link: Link | None = link
        self.left: float | None = None
        self.resumes = 0
        self._events: deque[tuple[int, str]] = deque(maxlen=REPLAYED)

    def dispatch(self, event: str, data: object) -> None:
        """Send an event, or keep it for the RESUME."""
        self.seq += 1
        frame = json.dumps({"op": 0, "s": self.seq, "t": event, "d": data})
        self._events.append((self.seq, frame))
        if self.link is not None:
            self.link.send(frame)

    def leave(self) -> None:
        """The connection is gone; the session can be resumed for a while."""
        self.link = None
        self.left = time.monotonic()

    def alive(self, resume_within: float) -> bool:
        """Whether it is connected or can still be resumed."""
        return self.left is None or time.monotonic() - self.left < resume_within

    def resume(self, link: Link, seq: int) -> bool:
        """Take a new connection and say again what it missed; False when that is no longer known."""
        if seq > self.seq or (self._events and seq < self._events[0][0] - 1):
            return False
        self.link, self.left = link, None
        self.resumes += 1
        for number, frame in self._events:
            if number > seq:
                link.send(frame)
        self.dispatch("RESUMED", {"_trace": []})
        return True

    def serves(self, guild_id: int | None) -> bool:
        """Whether events of this guild, or of private channels, belong to its shard."""
        index, count = self.shard
        return (0 if guild_id is None else (guild_id >> 22) % count) == index

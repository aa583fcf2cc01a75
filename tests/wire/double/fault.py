"""Scripted faults: what shall go wrong, on which requests, how often, before or after the request takes effect."""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal

from aiohttp import web

Json = dict[str, Any]
Kind = Literal["status", "rst", "fin", "hang", "delay"]


@dataclass
class Fault:
    """One fault.

    `route` is a pattern such as `POST /channels/*/messages`. `kind` is what happens: an answer with `status`, a reset
    or closed connection, no answer for `seconds`, or only a delay of `seconds`. With `when` "after" the request takes
    effect first. `skip` lets that many matching requests through.
    """

    route: str
    kind: Kind
    times: int = 1
    when: Literal["before", "after"] = "before"
    status: int = 500
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    seconds: float = 0.0
    skip: int = 0
    hits: int = 0

    def json(self) -> Json:
        return asdict(self)


class Faults:
    """The faults in the order in which they were set."""

    def __init__(self) -> None:
        self.all: list[Fault] = []

    def take(self, method: str, path: str) -> Fault | None:
        """Return the first fault that this request meets, and count it."""
        for fault in self.all:
            if fault.hits < fault.times and fnmatchcase(f"{method} {path}", fault.route):
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.hits += 1
                return fault
        return None


async def break_connection(request: web.Request, fault: Fault) -> None:
    """Leave the request without an answer, in the way the fault says."""
    transport = request.transport
    if fault.kind == "hang":
        await _hold(request, fault.seconds)
    if transport is None:
        return
    if fault.kind == "rst":
        sock = transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    else:
        transport.close()


async def _hold(request: web.Request, seconds: float) -> None:
    """Wait, but no longer than the other side does."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while loop.time() < until and request.transport is not None and not request.transport.is_closing():  # noqa: ASYNC110
        await asyncio.sleep(0.05)  # a transport tells nobody that it closes

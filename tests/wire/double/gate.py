"""The way of a REST request: noted, met by a fault or not, let in, limited, handled, answered."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wire.double import body, route_account, route_channel, route_interaction
from tests.wire.double.body import Body
from tests.wire.double.call import Call, Route
from tests.wire.double.fault import Fault, break_connection
from tests.wire.double.journal import Entry
from tests.wire.double.problem import Refusal, refusal, unauthorized

if TYPE_CHECKING:
    from tests.wire.double.world import World

ROUTES: tuple[Route, ...] = (*route_account.ROUTES, *route_channel.ROUTES, *route_interaction.ROUTES)
PREFIX = "/api/v10"


class Gate:
    """Answers whatever comes under the interface's address."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one request."""
        world = self._world
        path = request.path.removeprefix(PREFIX)
        entry = world.journal.open(request.method, path, dict(request.query))
        fault = world.faults.take(request.method, path)
        if fault is not None:
            entry.fault = f"{fault.kind} {fault.when}"
        await self._wait(fault, "before")
        if fault is not None and fault.kind != "delay" and fault.when == "before":
            await self._note(request, entry)
            return await self._fail(request, entry, fault)
        status, shown, headers = await self._serve(request, entry, path)
        await self._wait(fault, "after")
        if fault is not None and fault.kind != "delay":
            return await self._fail(request, entry, fault)
        world.journal.close(entry, status)
        return _response(status, shown, headers)

    async def _wait(self, fault: Fault | None, when: str) -> None:
        seconds = self._world.settings.latency if when == "before" else 0.0
        if fault is not None and fault.when == when and fault.kind != "hang":
            seconds += fault.seconds
        if seconds:
            await asyncio.sleep(seconds)

    async def _note(self, request: web.Request, entry: Entry) -> Body:
        sent = await body.read(request)
        entry.body = sent.json
        entry.files = [{"filename": f.filename, "size": len(f.data)} for f in sent.files.values()]
        return sent

    async def _serve(self, request: web.Request, entry: Entry, path: str) -> tuple[int, Any, dict[str, str]]:
        headers: dict[str, str] = {}
        try:
            sent = await self._note(request, entry)
            route, args = _find(request.method, path)
            headers = self._admit(request, route, args)
            answer = route.handler(self._world, Call(args, dict(request.query), sent, time.monotonic()))
        except Refusal as refused:
            entry.why = refused.why
            entry.code = refused.body.get("code")
            return refused.status, refused.body, headers | refused.headers
        entry.accepted = True
        return answer.status, answer.body, headers

    def _admit(self, request: web.Request, route: Route, args: dict[str, str]) -> dict[str, str]:
        world = self._world
        if not route.open:
            if world.revoked or request.headers.get("Authorization") != f"Bot {world.token}":
                raise unauthorized()
            world.limits.pass_global(world.settings.global_limit)
        if route.bucket is None or not world.settings.route_limits:
            return {}
        return world.limits.pass_bucket(route.bucket, args.get("channel") or args.get("token") or "")

    async def _fail(self, request: web.Request, entry: Entry, fault: Fault) -> web.StreamResponse:
        if fault.kind == "status":
            self._world.journal.close(entry, fault.status)
            entry.code = fault.body.get("code") if isinstance(fault.body, dict) else None
            return _response(fault.status, fault.body, dict(fault.headers), fault.content_type)
        try:
            await break_connection(request, fault)
        finally:
            self._world.journal.close(entry, None)
        return _response(500, {"message": "the connection is broken"}, {})


def _find(method: str, path: str) -> tuple[Route, dict[str, str]]:
    for route in ROUTES:
        args = route.match(method, path)
        if args is not None and all(_number(name, value) for name, value in args.items()):
            return route, args
    raise refusal(0, f"the double has no route {method} {path}")


def _number(name: str, value: str) -> bool:
    return name == "token" or value.isdecimal() or (name == "message" and value == "@original")


def _response(
    status: int, shown: object, headers: dict[str, str], content_type: str = "application/json"
) -> web.Response:
    if shown is None:
        return web.Response(status=status, headers=headers)
    raw = shown.encode() if isinstance(shown, str) else json.dumps(shown).encode()
    return web.Response(status=status, body=raw, headers=headers, content_type=content_type)

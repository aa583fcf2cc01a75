"""The double's addresses, on 127.0.0.1 only."""

from __future__ import annotations

import asyncio

from aiohttp import web

from tests.wire.double.control import Control
from tests.wire.double.fault import break_connection
from tests.wire.double.gate import PREFIX, Gate
from tests.wire.double.snowflake import Clock
from tests.wire.double.world import World

LARGEST_REQUEST = 128 * 1024 * 1024


class Server:
    """The double while it listens."""

    def __init__(self, clock: Clock) -> None:
        self.world = World("", clock)
        self._runner: web.AppRunner | None = None

    async def start(self, port: int) -> dict[str, str]:
        """Listen, on any free port for 0, and return the addresses and the token to log in with."""
        self._runner = web.AppRunner(_application(self.world), access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port, backlog=1024)
        await site.start()
        base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.world.base = base
        return {
            "base": base,
            "rest": base + PREFIX,
            "gateway": self.world.gateway_url,
            "control": base + "/control",
            "token": self.world.token,
        }

    async def stop(self) -> None:
        """Close every connection and stop listening."""
        self.world.gateway.close(1001)
        if self._runner is not None:
            await self._runner.cleanup()


def _application(world: World) -> web.Application:
    gate, control = Gate(world), Control(world)

    async def websocket(request: web.Request) -> web.StreamResponse:
        fault = world.faults.take("GET", "/ws")
        if fault is not None and fault.kind == "status":
            return web.Response(status=fault.status)
        if fault is not None and fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        elif fault is not None:
            await break_connection(request, fault)
            return web.Response(status=500)
        return await world.gateway.handle(request)

    application = web.Application(client_max_size=LARGEST_REQUEST)
    application.router.add_route("*", PREFIX + "/{tail:.*}", gate.handle)
    application.router.add_get("/ws", websocket)
    application.router.add_get("/attachments/{channel}/{id}/{name}", control.attachment)
    application.router.add_post("/control/{name}", control.order)
    application.router.add_get("/control/interaction/{id}", control.interaction)
    application.router.add_get("/control/unanswered", control.unanswered)
    application.router.add_get("/control/messages/{id}", control.messages)
    application.router.add_get("/control/private/{id}", control.private)
    application.router.add_get("/control/requests", control.requests)
    application.router.add_get("/control/refused", control.refused)
    application.router.add_get("/control/state", control.state)
    return application

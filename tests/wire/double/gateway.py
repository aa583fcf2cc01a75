"""The gateway: who is connected, and who is told what."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.wire.double.session import Link, Session

if TYPE_CHECKING:
    from tests.wire.double.world import World

Json = dict[str, Any]

HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 1, 2, 6, 7, 9, 10, 11
GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES = 1, 1 << 9, 1 << 12
PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15)


class Gateway:
    """All sessions, and the websockets that have not identified yet."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._links: dict[Link, Session | None] = {}
        self.sessions: dict[str, Session] = {}
        self.identifies: list[Json] = []

    def dispatch(self, event: str, data: object, guild_id: int | None, intent: int = 0) -> None:
        """Tell every session whose shard and intents it concerns."""
        for session in self._living():
            if session.serves(guild_id) and (not intent or session.intents & intent):
                session.dispatch(event, data)

    def connected(self) -> list[Session]:
        """The sessions that have a connection."""
        return [session for session in self._living() if session.link is not None]

    def close(self, code: int | None) -> int:
        """Close every connection with a code, or break it without one. Returns how many there were."""
        links = list(self._links)
        for link in links:
            link.close(code)
        return len(links)

    def reconnect(self) -> None:
        """Ask every client to reconnect (op 7)."""
        for link in self._links:
            link.say(RECONNECT)

    def invalidate(self, *, resumable: bool) -> None:
        """Tell every client that its session is invalid (op 9)."""
        for link, session in self._links.items():
            link.say(INVALID, resumable)
            if session is not None and not resumable:
                self.sessions.pop(session.name, None)

    def mute(self, *, muted: bool) -> None:
        """Make every connection a zombie, open and silent, or wake it."""
        for link in self._links:
            link.muted = muted

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one websocket."""
        socket = web.WebSocketResponse(max_msg_size=16384, compress=False, timeout=1)
        await socket.prepare(request)
        link = Link(socket, request, compressed=request.query.get("compress") == "zlib-stream")
        self._links[link] = None
        writer = asyncio.create_task(link.write())
        try:
            link.say(HELLO, {"heartbeat_interval": int(self._world.settings.heartbeat * 1000), "_trace": []})
            async for frame in socket:
                if frame.type is WSMsgType.TEXT and not link.muted:
                    self._hear(link, json.loads(frame.data))
        finally:
            self._forget(link)
            writer.cancel()
            await asyncio.wait([writer])
        return socket

    def _forget(self, link: Link) -> None:
        session = self._links.pop(link, None)
        if session is None or session.link is not link:
            return
        session.leave()
        if link.code is None and link.socket.close_code in {1000, 1001}:
            self.sessions.pop(session.name, None)

    def _living(self) -> list[Session]:
        within = self._world.settings.resume_within
        self.sessions = {name: session for name, session in self.sessions.items() if session.alive(within)}
        return list(self.sessions.values())

    def _hear(self, link: Link, frame: Json) -> None:
        handlers: dict[int, Callable[[Link, Json], None]] = {IDENTIFY: self._identify, RESUME: self._resume}
        op = frame.get("op")
        if op == HEARTBEAT:
            link.say(ACK)
        elif op in handlers and self._links[link] is not None:
            link.close(4005)
        elif op in handlers:
            handlers[op](link, frame["d"])

    def _identify(self, link: Link, data: Json) -> None:
        world = self._world
        self.identifies.append({key: data.get(key) for key in ("intents", "shard", "compress", "properties")})
        if data.get("token") != world.token or world.revoked:
            link.close(4004)
            return
        if int(data.get("intents", 0)) & PRIVILEGED:
            link.close(4014)
            return
        session = Session(f"session{len(self.identifies)}", data, link)
        self.sessions[session.name] = session
        self._links[link] = session
        guilds = [guild for guild in world.guilds.values() if guild.joined and session.serves(guild.id)]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": {**world.bot.user(), "verified": True, "mfa_enabled": True, "email": None, "flags": 0},
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.name,
                "session_type": "normal",
                "resume_gateway_url": world.gateway_url,
                "shard": list(session.shard),
                "application": {"id": str(world.application_id), "flags": 0},
                "private_channels": [],
                "relationships": [],
            },
        )
        for guild in guilds:
            if guild.available and session.intents & GUILDS:
                session.dispatch("GUILD_CREATE", guild.json(world.bot))

    def _resume(self, link: Link, data: Json) -> None:
        world = self._world
        if data.get("token") != world.token or world.revoked:
            link.close(4004)
            return
        self._living()
        session = self.sessions.get(str(data.get("session_id")))
        if session is None:
            link.say(INVALID, data=False)
            return
        if session.link is not None:
            session.link.close(4000)
        self._links[link] = session
        if not session.resume(link, int(data.get("seq") or 0)):
            self._links[link] = None
            self.sessions.pop(session.name, None)
            link.say(INVALID, data=False)

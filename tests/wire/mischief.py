"""Making things go wrong: faults of the interface and the gateway, and what happens to guilds, channels and rights."""

from __future__ import annotations

from typing import Any, Literal

from tests.wire.wire import Wire

When = Literal["before", "after"]


class Mischief:
    """A route is a pattern such as `POST /channels/*/messages`; `/ws` is the gateway's websocket.

    `when` says whether the request takes effect first ("after") or not ("before").
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def status(
        self, route: str, status: int, *, code: int = 0, times: int = 1, when: When = "before", skip: int = 0
    ) -> None:
        """Answer with a status and one of Discord's codes."""
        body = {"message": f"scripted {status}", "code": code}
        await self._fault(route, "status", status=status, body=body, times=times, when=when, skip=skip)

    async def limit(self, route: str, retry_after: float, *, everywhere: bool = False, times: int = 1) -> None:
        """Answer with Discord's own 429; `everywhere` makes it the global one."""
        scope = {"X-RateLimit-Scope": "global" if everywhere else "user"}
        headers = {"Via": "1.1 google", "Retry-After": str(int(retry_after) + 1), **scope}
        if everywhere:
            headers["X-RateLimit-Global"] = "true"
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}
        await self._fault(route, "status", status=429, body=body, headers=headers, times=times)

    async def cloudflare(self, route: str, retry_after: int, *, times: int = 1) -> None:
        """Answer with Cloudflare's 429: no Via header, no JSON."""
        headers = {"Retry-After": str(retry_after)}
        await self._fault(
            route, "status", status=429, body="error code: 1015", headers=headers, content_type="text/html", times=times
        )

    async def reset(self, route: str, *, times: int = 1, when: When = "before", skip: int = 0) -> None:
        """Reset the connection instead of answering."""
        await self._fault(route, "rst", times=times, when=when, skip=skip)

    async def finish(self, route: str, *, times: int = 1, when: When = "before", skip: int = 0) -> None:
        """Close the connection instead of answering."""
        await self._fault(route, "fin", times=times, when=when, skip=skip)

    async def hang(
        self, route: str, *, seconds: float = 60.0, times: int = 1, when: When = "before", skip: int = 0
    ) -> None:
        """Give no answer at all for so long, then close the connection."""
        await self._fault(route, "hang", seconds=seconds, times=times, when=when, skip=skip)

    async def delay(self, route: str, seconds: float, *, times: int = 1, when: When = "before", skip: int = 0) -> None:
        """Answer properly, but late."""
        await self._fault(route, "delay", seconds=seconds, times=times, when=when, skip=skip)

    async def heal(self) -> None:
        """Take all scripted faults back; requests that hang now go on hanging."""
        await self._wire.order("heal")

    async def _fault(self, route: str, kind: str, **rest: Any) -> None:  # noqa: ANN401  -- fields of double.fault.Fault
        await self._wire.order("fault", route=route, kind=kind, **rest)

    async def cut(self) -> None:
        """Break every connection of the gateway without a word."""
        await self._wire.order("close")

    async def close(self, code: int) -> None:
        """Close every connection of the gateway with a code."""
        await self._wire.order("close", code=code)

    async def forget_sessions(self) -> None:
        """Forget all sessions, so that a RESUME is answered with op 9."""
        await self._wire.order("forget_sessions")

    async def reconnect(self) -> None:
        """Ask the bot to reconnect (op 7)."""
        await self._wire.order("reconnect")

    async def invalidate(self, *, resumable: bool) -> None:
        """Tell the bot that its session is invalid (op 9)."""
        await self._wire.order("invalidate", resumable=resumable)

    async def mute(self, *, muted: bool = True) -> None:
        """Leave the gateway's connections open and silent, heartbeats unanswered; events are kept for a RESUME."""
        await self._wire.order("mute", muted=muted)

    async def revoke_token(self, *, revoked: bool = True) -> None:
        """Answer 401 and close the gateway with 4004 from now on; or take that back."""
        await self._wire.order("token", revoked=revoked)

    async def deny(self, channel: int, *permissions: str) -> None:
        """Take these permissions from the bot in a channel, and give all others back."""
        await self._wire.order("deny", channel=channel, permissions=list(permissions))

    async def delete_channel(self, channel: int) -> None:
        """Delete a channel."""
        await self._wire.order("delete_channel", channel=channel)

    async def delete_message(self, message: int) -> None:
        """Delete a message, as a moderator does."""
        await self._wire.order("delete_message", message=message)

    async def remove_guild(self, guild: int) -> None:
        """Remove the bot from a guild."""
        await self._wire.order("remove_guild", guild=guild)

    async def outage(self, guild: int, *, over: bool = False) -> None:
        """Make a guild unavailable, as in an outage of Discord's; or end that."""
        await self._wire.order("outage", guild=guild, over=over)

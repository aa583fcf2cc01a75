"""Clicks on the page and the clock take turns: SimCord refuses either while the other is at work, and the page sticks.

This is the one place that reaches into SimCord's own affairs; its version is pinned exactly for that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from simcord import Preview

from bot.ui.client import Stepwise

REVISION = "published_revision"


def own_errors(client: Stepwise) -> None:
    """Have the commands' errors end at our own boundary again.

    SimCord puts a watch before it, which takes whatever a person did wrong, and was told, for a crash of the bot.
    """
    vars(client.tree).pop("on_error", None)


def take_turns(preview: Preview, turn: asyncio.Lock) -> None:
    """Have the preview's clicks wait for the lock that the clock holds while it moves."""
    act = preview._action  # noqa: SLF001 - see above

    async def in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        page = preview._get_page(context_id)  # noqa: SLF001
        seen = page.revision
        async with turn:
            # The page knew the latest state when it sent the click: what the clock has shown since is no fault of its.
            if body.get(REVISION) == seen:
                body = {**body, REVISION: page.revision}
            return await act(context_id, body)

    preview._action = in_turn  # type: ignore[method-assign]  # noqa: SLF001

"""Whom a message pings, as its allowed mentions have it."""

from __future__ import annotations

import re
from typing import Any

from tests.wire.double import component
from tests.wire.double.message import Mentions, Message
from tests.wire.double.problem import invalid

Json = dict[str, Any]

USER = re.compile(r"<@!?(\d+)>")
ROLE = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(everyone|here)\b")


def mentions(message: Message, allowed: Json | None) -> Mentions:
    """Read the message's words; without allowed mentions everything in them pings."""
    words = "\n".join([message.content, *component.texts(message.components)])
    users = list(dict.fromkeys(map(int, USER.findall(words))))
    roles = list(dict.fromkeys(map(int, ROLE.findall(words))))
    everyone = EVERYONE.search(words) is not None
    if allowed is None:
        return Mentions(users, roles, everyone)
    parse = set(allowed.get("parse") or [])
    for key in ("users", "roles"):
        if key in parse and allowed.get(key):
            raise invalid([("allowed_mentions", f"parse:[{key!r}] and {key} cannot be used together")])
    named_users = {int(user) for user in allowed.get("users") or []}
    named_roles = {int(role) for role in allowed.get("roles") or []}
    return Mentions(
        [user for user in users if "users" in parse or user in named_users],
        [role for role in roles if "roles" in parse or role in named_roles],
        everyone and "everyone" in parse,
    )

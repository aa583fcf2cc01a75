"""How Discord refuses a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

KNOWN: Mapping[int, tuple[int, str]] = {
    0: (404, "404: Not Found"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    30034: (400, "Max number of daily application command creates has been reached (200)"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "Missing Permissions"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    50109: (400, "The request body contains invalid JSON."),
}


class Refusal(Exception):  # noqa: N818  -- not a fault of the double: it is what Discord answers
    """An answer other than success, with the reason for the one who reads the test's failure."""

    def __init__(self, status: int, body: Json, why: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.body = body
        self.why = why
        self.headers = dict(headers or {})


def refusal(code: int, why: str) -> Refusal:
    """Discord's answer with one of its codes."""
    status, message = KNOWN[code]
    return Refusal(status, {"message": message, "code": code}, why)


def unauthorized() -> Refusal:
    """The answer to a wrong or revoked token."""
    return Refusal(401, {"message": "401: Unauthorized", "code": 0}, "wrong or revoked token")


def invalid(problems: list[tuple[str, str]]) -> Refusal:
    """50035 with every field that is wrong, each as a dotted path and what is wrong with it."""
    errors: Json = {}
    for path, message in problems:
        node = errors
        for part in path.split("."):
            node = node.setdefault(part, {})
        node.setdefault("_errors", []).append({"code": "BASE_TYPE_INVALID", "message": message})
    why = "; ".join(f"{path}: {message}" for path, message in problems)
    return Refusal(400, {"message": "Invalid Form Body", "code": 50035, "errors": errors}, why)

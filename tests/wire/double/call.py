"""A request to Discord's REST interface, as its handlers see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.wire.double.body import Body
from tests.wire.double.limit import Bucket

if TYPE_CHECKING:
    from tests.wire.double.world import World

Json = dict[str, Any]


@dataclass
class Call:
    """`args` are the parts of the path that the route names; `arrived` is in monotonic seconds."""

    args: dict[str, str]
    query: dict[str, str]
    body: Body
    arrived: float


@dataclass
class Answer:
    """A success: 204 has no body."""

    status: int = 204
    body: Any = None


Handler = Callable[["World", Call], Answer]


@dataclass(frozen=True)
class Route:
    """A path such as `/channels/{channel}/messages` with the handler of one method.

    `open` routes need no token and lie outside the global limit, as those of interactions do.
    """

    method: str
    path: str
    handler: Handler
    bucket: Bucket | None = None
    open: bool = False

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """Return the named parts when the request is this route's."""
        if method != self.method:
            return None
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        found = re.fullmatch(pattern, path)
        return None if found is None else found.groupdict()

"""What a test reads back: messages as members see them, replies, and the requests of the bot."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from tests.wire.double.component import texts, walk

Json = dict[str, Any]


@dataclass(frozen=True)
class Button:
    """A button or select as it is shown."""

    label: str
    custom_id: str | None
    disabled: bool


@dataclass(frozen=True)
class Message:
    """A message; `raw` is all that the double sends of it."""

    raw: Json

    @property
    def id(self) -> int:
        return int(self.raw["id"])

    @property
    def channel(self) -> int:
        return int(self.raw["channel_id"])

    @property
    def text(self) -> str:
        """All its words: content, embeds' titles and descriptions, text displays; in order, a line each."""
        embeds = [str(embed.get(key)) for embed in self.raw["embeds"] for key in ("title", "description")]
        parts = [self.raw["content"], *(part for part in embeds if part != "None"), *texts(self.raw["components"])]
        return "\n".join(part for part in parts if part)

    @property
    def buttons(self) -> list[Button]:
        parts = [part for _, part in walk(self.raw["components"]) if part["type"] in {2, 3, 5, 6, 7, 8}]
        return [
            Button(
                part.get("label") or part.get("placeholder") or "", part.get("custom_id"), part.get("disabled", False)
            )
            for part in parts
        ]

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    def button(self, label: str) -> Button:
        """The button with that label."""
        found = [button for button in self.buttons if button.label == label]
        assert len(found) == 1, f"{len(found)} buttons are called {label!r}; there are {self.labels}"
        return found[0]

    @property
    def nonce(self) -> str | None:
        return self.raw.get("nonce")

    @property
    def files(self) -> list[Json]:
        """Its attachments: filename, size, url, description."""
        return list(self.raw["attachments"])

    @property
    def alt_texts(self) -> list[str | None]:
        """The descriptions of the pictures in its galleries."""
        galleries = [part for _, part in walk(self.raw["components"]) if part["type"] == 12]
        return [item.get("description") for gallery in galleries for item in gallery["items"]]

    @property
    def pings(self) -> bool:
        """Whether anybody is notified."""
        return bool(self.raw["mention_everyone"] or self.raw["mentions"] or self.raw["mention_roles"])

    @property
    def edits(self) -> int:
        """How often it was changed; known of a channel's messages only."""
        return int(self.raw.get("edits", 0))


@dataclass(frozen=True)
class Reply:
    """How an interaction was answered; `after` is the seconds from the event to the first callback."""

    id: int
    kind: str
    member: int
    channel: int
    answered: bool
    settled: bool
    after: float | None
    callback: str | None
    private: bool
    message: Message | None
    followups: list[Message]
    modal: Json | None
    choices: list[Json] | None

    @classmethod
    def parse(cls, raw: Json) -> Reply:
        """Read what the double sends."""
        message = None if raw["message"] is None else Message(raw["message"])
        return cls(**{**raw, "message": message, "followups": [Message(one) for one in raw["followups"]]})

    @property
    def text(self) -> str:
        """The words of the first reply and of what followed."""
        shown = [self.message] if self.message is not None else []
        return "\n".join(message.text for message in [*shown, *self.followups])


@dataclass(frozen=True)
class Recorded:
    """A request of the bot. `status` is None while it is held, or when it never had an answer.

    `why` is for what Discord would have refused it, `fault` the scripted fault it met; `accepted` says whether it took
    effect.
    """

    seq: int
    at: float
    method: str
    path: str
    query: dict[str, str]
    body: Any
    files: list[Json]
    status: int | None
    code: int | None
    why: str | None
    fault: str | None
    accepted: bool
    took: float | None

    def matches(self, route: str) -> bool:
        """Whether it is of a route such as `POST /channels/*/messages`."""
        return fnmatchcase(f"{self.method} {self.path}", route)


@dataclass(frozen=True)
class Session:
    """A connected session of the gateway."""

    name: str
    shard: list[int]
    intents: int
    seq: int
    resumes: int


@dataclass(frozen=True)
class State:
    """Counts; `invalid` is how many answers of 401, 403 and 429 there were, of which 10,000 in 10 minutes ban."""

    sessions: list[Session]
    identifies: list[Json]
    commands: list[Json]
    requests: int
    refused: int
    limited: int
    invalid: int
    faults: list[Json] = field(default_factory=list)

    @classmethod
    def parse(cls, raw: Json) -> State:
        """Read what the double sends."""
        return cls(**{**raw, "sessions": [Session(**one) for one in raw["sessions"]]})

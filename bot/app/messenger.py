"""What the use cases need of the outside world to deliver a question."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.core.guild import Guild
from bot.core.round import Round

log = logging.getLogger(__name__)


class FailureReason(StrEnum):
    """Why a delivery failed, as it is kept and shown to moderators."""

    CHANNEL_GONE = "channel_gone"
    MESSAGE_GONE = "message_gone"
    NO_PERMISSION = "no_permission"
    NO_HISTORY = "no_history"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    NOTHING_TO_ASK = "nothing_to_ask"


@dataclass
class DeliveryError(Exception):
    """A message could not be sent, found or changed. `retry_after` is in seconds where the other side named it."""

    reason: FailureReason
    retry_after: float | None = None


@contextmanager
def named() -> Iterator[None]:
    """Give an error that nobody foresaw a name, so that it is counted, shown and put off like any other."""
    try:
        yield
    except DeliveryError:
        raise
    except Exception as error:
        log.exception("a message failed for an unforeseen reason")
        raise DeliveryError(FailureReason.REFUSED) from error


@dataclass(frozen=True, slots=True)
class Showing:
    """What the public message of a round is to show.

    `answers` is how many have answered; `distribution` maps option ids to answers and is given once the round is
    closed; `next_due` is when the guild's next question comes, where that is known.
    """

    round: Round
    answers: int
    distribution: Mapping[str, int]
    next_due: datetime | None


class Messenger(Protocol):
    """Sends and changes the messages of rounds. Each method bounds its own time; all raise DeliveryError."""

    async def post(self, showing: Showing, guild: Guild) -> int:
        """Send the round's message with the round's nonce and return its id."""
        ...

    async def find(self, round_: Round) -> int | None:
        """Look through the channel's recent messages for ours of this round; None when it is not among them."""
        ...

    async def show(self, showing: Showing) -> None:
        """Change the round's message to what it is to show."""
        ...

    async def tell(self, guild: Guild, reason: FailureReason) -> None:
        """Tell whoever set the guild up that its question cannot be delivered; silent where messages are closed."""
        ...

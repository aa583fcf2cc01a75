"""Everything a person can do wrong, by name. The words for each stand in `ui.words`."""

from __future__ import annotations

from dataclasses import dataclass


class StepwiseError(Exception):
    """A mistake a person can put right. It carries the facts; `ui.words` says what to do."""

    def __str__(self) -> str:
        """Name the facts, for logs."""
        return repr(self)


@dataclass(unsafe_hash=True)
class InvalidTimeError(StepwiseError):
    """`text` is not a time of day as HH:MM."""

    text: str


@dataclass(unsafe_hash=True)
class InvalidZoneError(StepwiseError):
    """`text` is not an IANA time zone; `near` holds names that resemble it."""

    text: str
    near: tuple[str, ...] = ()


@dataclass(unsafe_hash=True)
class InvalidDaysError(StepwiseError):
    """`text` names no weekdays."""

    text: str


@dataclass(unsafe_hash=True)
class OutOfRangeError(StepwiseError):
    """The number given for `what` lies outside `least` to `most`."""

    what: str
    least: int
    most: int


@dataclass(unsafe_hash=True)
class NotSetUpError(StepwiseError):
    """The guild has no schedule yet."""


@dataclass(unsafe_hash=True)
class NotModeratorError(StepwiseError):
    """The person may not run the daily question here."""


@dataclass(unsafe_hash=True)
class MissingPermissionsError(StepwiseError):
    """The bot lacks `permissions` (Discord's names for them) in the channel with id `channel`."""

    channel: int
    permissions: tuple[str, ...]


@dataclass(unsafe_hash=True)
class InvalidRoleError(StepwiseError):
    """The role is everybody's."""


@dataclass(unsafe_hash=True)
class MissingReasonError(StepwiseError):
    """No reason was given, or only blanks."""


@dataclass(unsafe_hash=True)
class UnknownItemError(StepwiseError):
    """The bank holds no item with the id `item`; `near` holds ids that resemble it."""

    item: str
    near: tuple[str, ...] = ()


@dataclass(unsafe_hash=True)
class ItemStateError(StepwiseError):
    """The item cannot be retired, restored or queued, for the `reason`: retired, not_retired, queued or last."""

    item: str
    reason: str


@dataclass(unsafe_hash=True)
class NoOpenRoundError(StepwiseError):
    """There is no question open in the guild."""


@dataclass(unsafe_hash=True)
class NoRoundError(StepwiseError):
    """There is no question that this could be done to."""


@dataclass(unsafe_hash=True)
class AlreadyPostedError(StepwiseError):
    """The guild's question for today was posted already."""


@dataclass(unsafe_hash=True)
class NothingToAskError(StepwiseError):
    """Every item is retired."""


@dataclass(unsafe_hash=True)
class PauseStateError(StepwiseError):
    """The guild is paused already, or is not paused: `paused` says which."""

    paused: bool


@dataclass(unsafe_hash=True)
class DatabaseBusyError(StepwiseError):
    """The change could not be stored now; nothing was changed."""

"""What is said when something does not work: what the matter is, and what to do."""

from __future__ import annotations

from bot.core import errors
from bot.ui.words import common

PERMISSION = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}
"""Discord's own names for the permissions that are needed."""

_SHORT = 60


def explain(error: errors.StepwiseError) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each error, side by side
    """Return what to tell the person who caused the error."""
    match error:
        case errors.InvalidTimeError(text):
            return f"“{_cut(text)}” is not a time; use HH:MM, e.g. 09:00."
        case errors.InvalidZoneError(text, near):
            return (
                f"“{_cut(text)}” is not a time zone. {_suggest(near, 'Choose one from the list, e.g. Europe/Berlin.')}"
            )
        case errors.InvalidDaysError(text):
            return f"“{_cut(text)}” names no weekdays; use daily, weekdays, mon-fri, or days like mon, wed, fri."
        case errors.OutOfRangeError("open_hours", least, most):
            return f"A question can stay open for {least} to {most} hours."
        case errors.OutOfRangeError("days", least, most):
            return f"A pause can last {least} to {most} days. Leave the days out to pause until you resume."
        case errors.OutOfRangeError("points", least, most):
            return _points(least, most)
        case errors.OutOfRangeError(what, least, most):
            return f"{what} must lie between {least} and {most}."
        case errors.NotSetUpError():
            return "The daily question is not set up here yet. Whoever manages the server can do it with `/quiz setup`."
        case errors.NotModeratorError():
            return "Only members who manage the server, or have the role chosen with `/quiz moderators`, can do this."
        case errors.MissingPermissionsError(channel, permissions):
            names = ", ".join(PERMISSION.get(name, name) for name in permissions)
            return (
                f"I cannot work in {common.channel(channel)} yet. Missing there: **{names}**. Open the channel's "
                "settings, then Permissions, allow me these, and run the command again."
            )
        case errors.InvalidRoleError():
            return "That role is everybody's. Choose a role of its own, or leave it out."
        case errors.MissingReasonError():
            return "Give a reason in words: others will read it."
        case errors.UnknownItemError(item, near):
            return f"There is no question “{_cut(item)}”. {_suggest(near, 'Choose one from the list.')}"
        case errors.ItemStateError(item, "retired"):
            return f"`{item}` is retired. Bring it back first with `/quiz restore`."
        case errors.ItemStateError(item, "queued"):
            return f"`{item}` is in the queue already."
        case errors.ItemStateError(item, "not_retired"):
            return f"“{_cut(item)}” is not retired, so there is nothing to bring back."
        case errors.ItemStateError(item):
            return f"`{item}` is the last question left. Bring another one back with `/quiz restore` first."
        case errors.NoOpenRoundError():
            return "No question is open right now."
        case errors.NoRoundError():
            return "There is no question to take back: none was asked yet, or the newest one was taken back already."
        case errors.AlreadyPostedError():
            return "Today's question was asked already; there is one for each day."
        case errors.NothingToAskError():
            return "Every question is retired, so there is nothing to ask. Bring one back with `/quiz restore`."
        case errors.PauseStateError(True):
            return "The daily question is paused. `/quiz resume` starts it again."
        case errors.PauseStateError():
            return "The daily question is not paused."
        case errors.DatabaseBusyError():
            return "That was **not saved**: the database did not answer in time. Please try again in a moment."
        case _:
            return "That did not work."


def unforeseen(error_id: str) -> str:
    """Return what to say of an error that is ours; its id stands in the log too."""
    return (
        "Something went wrong on our side, and it was noted. Please try again in a moment; if it stays so, tell a "
        f"moderator this id: `{error_id}`"
    )


MEMBER_GONE = "That person is not in this server any more."
CHANNEL_UNSEEN = "I cannot see that channel. Allow me **View Channel** there, and run the command again."
NOT_HERE = "This works only in a server."
UNKNOWN_BUTTON = "This button belongs to nothing I know here. Look for today's question with `/today`."
EXPIRED = "This has ended. Please run the command again."
NOT_YOURS = "This button is for the person who ran the command."


def _points(least: int, most: int) -> str:
    if least == 0:
        return f"This member has no points to take back. You can give 1 to {most:,} points."
    return f"You can give up to {most:,} points, or take back up to {-least:,}."


def _suggest(near: tuple[str, ...], otherwise: str) -> str:
    if not near:
        return otherwise
    names = [f"`{name}`" for name in near]
    return f"Did you mean {names[0] if len(names) == 1 else ', '.join(names[:-1]) + ' or ' + names[-1]}?"


def _cut(text: str) -> str:
    return common.harmless(text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…")

"""The words for moderators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.app.messenger import FailureReason
from bot.app.status import Status
from bot.app.void import Voided
from bot.core.audit import AuditEntry
from bot.core.guild import Guild
from bot.core.question import Question
from bot.core.round import Round, State
from bot.ui.words import common

_STATE = {State.OPEN: "open", State.CLOSED: "closed", State.VOID: "taken back"}

FAILURE = {
    FailureReason.CHANNEL_GONE: "the channel is gone. Choose another one with `/quiz setup`",
    FailureReason.MESSAGE_GONE: "the message was deleted",
    FailureReason.NO_PERMISSION: (
        "I may not post in the channel. Allow me View Channel, Send Messages, Embed Links, Attach Files and Read "
        "Message History there"
    ),
    FailureReason.NO_HISTORY: (
        "I may not read the channel's history, so I cannot tell whether the question was posted already, and do not "
        "risk posting it twice. Allow me Read Message History there"
    ),
    FailureReason.UNREACHABLE: "Discord did not answer",
    FailureReason.REFUSED: "Discord refused the message. The bot's log says why",
    FailureReason.NOTHING_TO_ASK: "every question is retired. Bring one back with `/quiz restore`",
}
"""Why a question could not be delivered, and what to do."""


def next_post(guild: Guild) -> str:
    """Return when the next question comes."""
    if guild.paused:
        until = f" until {common.moment(guild.paused_until)}" if guild.paused_until else " until `/quiz resume`"
        return f"Paused{until}."
    if guild.next_due is None:
        return "No question is planned."
    return f"Next question: {common.moment(guild.next_due)}, {common.distance(guild.next_due)}."


def settings(guild: Guild) -> str:
    """Return what was chosen for the daily question."""
    plan = guild.schedule
    hours = f"closes after {common.plural(guild.open_hours, 'hour')}" if guild.open_hours else "open until the next one"
    lines = [
        f"{common.channel(guild.channel_id)} · {common.weekdays(plan.days)} at {plan.at:%H:%M} ({plan.zone}) · {hours}"
    ]
    if guild.role_id is not None:
        lines.append(f"Notifies {common.role(guild.role_id)}.")
    if guild.moderator_role_id is not None:
        lines.append(f"Moderators: whoever manages the server, and {common.role(guild.moderator_role_id)}.")
    return "\n".join(lines)


def set_up(guild: Guild) -> str:
    """Return what follows a set-up."""
    lines = ["### The daily question is set up", settings(guild), f"**{next_post(guild)}**"]
    if not guild.paused:
        lines.append("`/quiz post` asks one right now. Below is how a question looks; only you see this.")
    return "\n".join(lines)


def silent_role(role_id: int) -> str:
    """Return what to do for a role that Discord would show but not notify."""
    return (
        f"\N{WARNING SIGN} {common.role(role_id)} will be named but not notified: in the role's settings, turn on "
        "“Allow anyone to @mention this role”."
    )


def item_choice(item: Question, topic: str) -> str:
    """Return an item as a list to choose from shows it, in Discord's 100 characters at most."""
    return f"{item.id} · {common.DIFFICULTY[item.difficulty]} · {topic}"[:100]


def status(found: Status) -> str:
    """Return how the daily question fares."""
    guild = found.guild
    lines = ["### Daily question", settings(guild), f"**{next_post(guild)}**"]
    if guild.failures:
        lines.append(failing(guild))
    if found.round is not None:
        lines.append(_newest(found.round, found.answers))
    usable = found.items - len(found.retired)
    lines.append(
        f"{common.plural(found.members, 'member has', 'members have')} answered so far. "
        f"{common.plural(usable, 'question')} in use, {len(found.retired):,} retired."
    )
    if found.queued:
        lines.append("Queue: " + ", ".join(f"`{item}`" for item in found.queued[:_MOST_QUEUED]) + _more(found.queued))
    return "\n".join(lines)


_MOST_QUEUED = 10


def _more(queued: Sequence[str]) -> str:
    left = len(queued) - _MOST_QUEUED
    return f" and {left:,} more" if left > 0 else ""


def failing(guild: Guild) -> str:
    """Return how often in a row the delivery has failed, and why."""
    why = FAILURE[FailureReason(guild.failure)] if guild.failure else FAILURE[FailureReason.UNREACHABLE]
    more = "" if guild.failure == FailureReason.NOTHING_TO_ASK or guild.paused else " I keep trying."
    return f"\N{WARNING SIGN} **{common.plural(guild.failures, 'failure')} in a row**: {why}.{more}"


def _newest(round_: Round, answers: int) -> str:
    where = _link(round_)
    return f"Question {round_.number} (`{round_.question.id}`), {_STATE[round_.state]}, {answers:,} answered{where}."


def _link(round_: Round) -> str:
    if round_.message_id is None:
        return ""
    return f" · [go to it](https://discord.com/channels/{round_.guild_id}/{round_.channel_id}/{round_.message_id})"


def posted(round_: Round) -> str:
    """Return what follows a post."""
    return f"Question {round_.number} is posted{_link(round_)}."


def not_posted(reason: FailureReason) -> str:
    """Return why a post did not work."""
    return (
        f"The question could not be posted: {FAILURE[reason]}. I keep trying unless the daily question is paused; "
        "`/quiz post` tries at once."
    )


def notice(guild_name: str, reason: FailureReason) -> str:
    """Return the direct message to whoever set the guild up."""
    more = "" if reason is FailureReason.NOTHING_TO_ASK else "I keep trying until the day is over. "
    return (
        f"The daily question in **{common.harmless(guild_name)}** could not be posted: {FAILURE[reason]}. {more}"
        "Nobody's streak is broken by it. `/quiz status` in the server says more."
    )


def queued(item: str, place: int) -> str:
    """Return what follows queueing."""
    return f"`{item}` is queued" + (": it is the next question." if place == 1 else f" at place {place}.")


def skipped(day: date, next_due: datetime) -> str:
    """Return what follows skipping."""
    return (
        f"There is no question on {day:%A}, {day.day} {day:%B}. Nobody's streak is broken by it. The next one comes "
        f"{common.moment(next_due)}. If you change your mind, `/quiz post` asks one on that day all the same."
    )


def closed(round_: Round) -> str:
    """Return what follows closing."""
    return f"Question {round_.number} is closed. Its message shows the answer within seconds."


def ask_close(round_: Round) -> str:
    """Ask whether to close."""
    return (
        f"Close question {round_.number} now? The answer is shown to all, and it cannot be opened again. Who has not "
        "answered misses it."
    )


def ask_void(round_: Round, reason: str) -> str:
    """Ask whether to void."""
    return (
        f"Take question {round_.number} back? It will count for nobody: its points go, and streaks are counted as if "
        f"it had never been asked. This cannot be undone. Members will read: “{common.harmless(reason)}”"
    )


def voided(done: Voided) -> str:
    """Return what follows voiding."""
    return (
        f"Question {done.round.number} is taken back: {common.plural(done.answers, 'answer')} and "
        f"{common.plural(done.points, 'point')} count no more. Members see the reason in its place."
    )


def paused(guild: Guild) -> str:
    """Return what follows pausing."""
    return f"{next_post(guild)} Nobody's streak is broken by it. An open question stays open."


def resumed(guild: Guild, now: datetime) -> str:
    """Return what follows resuming."""
    if guild.next_due is not None and guild.next_due <= now:
        return "The daily question goes on: today's comes within seconds."
    return f"The daily question goes on. {next_post(guild)}"


def retired(item: str) -> str:
    """Return what follows retiring."""
    return f"`{item}` is retired: it will not be asked here again. `/quiz restore` brings it back."


def restored(item: str) -> str:
    """Return what follows restoring."""
    return f"`{item}` is back among the questions."


def adjusted(user_id: int, points: int, total: int) -> str:
    """Return what follows an adjustment."""
    done = "gets" if points > 0 else "gives back"
    return f"{common.user(user_id)} {done} {common.plural(abs(points), 'point')} and has {total:,} now."


def moderators(role_id: int | None) -> str:
    """Return what follows choosing the moderators."""
    if role_id is None:
        return "Only members who manage the server can run the daily question now."
    return f"{common.role(role_id)} can run the daily question now, beside members who manage the server."


ASK_RESET = (
    "Delete **all points, streaks and answers** of this server? The settings, the queue and the retired questions "
    "stay. This cannot be undone."
)
RESET = "All points, streaks and answers of this server are deleted. Everybody begins anew with the next question."
YES_CLOSE = "Close it"
YES_VOID = "Take it back"
YES_RESET = "Delete all scores"
CANCEL = "Cancel"
CANCELLED = "Nothing was changed."
SOLUTION_BELOW = "-# The answer, hidden until you click it:"
NO_AUDIT = "Nothing has been done yet."
OLDER = "Older"
NEWEST = "Newest"
AUDIT_HEADING = "### What moderators did"


def preview_key(question: Question) -> str:
    """Return the hidden answer under a preview."""
    return f"{SOLUTION_BELOW}\n||{question.letter(question.key.id)}: {question.solution.answer}||"


def audit_line(entry: AuditEntry) -> str:
    """Return one act in a line."""
    return f"- {common.distance(entry.at)} {_who(entry.by)} {_act(entry.action, entry.detail)}"


_LONGEST_REASON = 120
"""Characters of a reason on a page of the audit: ten of them, escaped, still fit into one message."""


def _who(user_id: object) -> str:
    """Name whoever did something, or had it done to them; nobody is named whose data was erased."""
    return f"<@{user_id}>" if user_id else "an erased member"


def _why(reason: object) -> str:
    text = str(reason)
    return common.harmless(text if len(text) <= _LONGEST_REASON else f"{text[: _LONGEST_REASON - 1]}…")


def _act(action: str, detail: Mapping[str, object]) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each act
    match action, detail:
        case "setup", {"channel": channel, "time": time, "zone": zone}:
            return f"set the daily question up: <#{channel}>, {time} ({zone})"
        case "post", {"number": number}:
            return f"posted question {number}"
        case "queue", {"item": item}:
            return f"queued `{item}`"
        case "skip", {"day": day}:
            return f"skipped {day}"
        case "close", {"number": number}:
            return f"closed question {number}"
        case "void", {"number": number, "reason": reason, "points": points}:
            return f"took question {number} back with its {points} points: {_why(reason)}"
        case "pause", {"days": None}:
            return "paused the daily question"
        case "pause", {"days": days}:
            return f"paused the daily question for {common.plural(int(str(days)), 'day')}"
        case "resume", _:
            return "resumed the daily question"
        case "retire", {"item": item}:
            return f"retired `{item}`"
        case "restore", {"item": item}:
            return f"brought `{item}` back"
        case "adjust", {"member": member, "points": points, "reason": reason}:
            return f"changed the points of {_who(member)} by {int(str(points)):+,}: {_why(reason)}"
        case "moderators", {"role": None}:
            return "left the daily question to those who manage the server"
        case "moderators", {"role": role}:
            return f"let <@&{role}> run the daily question"
        case "reset", _:
            return "deleted all scores"
        case _:
            return action

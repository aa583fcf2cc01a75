"""A guild's life as a list of steps that hypothesis draws, and a simple account of what must come of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from hypothesis import strategies as st

from bot.app import privacy, score, setup
from bot.app.click import Marked, Verb
from bot.app.close import close
from bot.app.messenger import FailureReason
from bot.app.post import post
from bot.app.void import void
from bot.core.errors import AlreadyPostedError, NoOpenRoundError, NoRoundError, PauseStateError
from bot.core.round import Round, State
from bot.core.streak import Streak, fold
from tests.app.fake import refusing
from tests.app.world import GUILD, MODERATOR, World, answering, clicking

USERS = (3001, 3002, 3003, 3004)

Name = Literal[
    "day",
    "outage",
    "answer",
    "late",
    "hint",
    "void",
    "close",
    "pause",
    "resume",
    "skip",
    "post",
    "adjust",
    "erase",
    "reset",
]


@dataclass(frozen=True)
class Step:
    """One thing that happens; `user` and `right` matter to what members do."""

    name: Name
    user: int = USERS[0]
    right: bool = True


_users = st.sampled_from(USERS)
_by_members = st.builds(
    Step, st.sampled_from(("answer", "answer", "answer", "late", "hint", "adjust")), _users, st.booleans()
)
_days = st.just(Step("day"))
_rare = st.builds(
    Step,
    st.sampled_from(("void", "close", "pause", "resume", "skip", "post", "outage", "erase", "void", "reset")),
    _users,
)
steps = st.one_of(_by_members, _by_members, _days, _rare)
lives = st.lists(steps, min_size=8, max_size=24)
_all = [Step("answer", user, right) for user, right in zip(USERS, (True, True, False, True), strict=True)]
_some = [Step("answer", USERS[0]), Step("hint", USERS[1]), Step("answer", USERS[1])]
FULL: list[Step] = [
    *(Step("day"), *_all, Step("day"), *_some, Step("outage"), Step("day"), *_all, Step("adjust", USERS[2])),
    *(Step("void"), Step("day"), *_some, Step("late", USERS[3]), Step("erase", USERS[0]), Step("answer", USERS[0])),
    *(
        Step("skip"),
        Step("day"),
        Step("day"),
        *_some,
        Step("close"),
        Step("late", USERS[1]),
        Step("pause"),
        Step("day"),
    ),
    *(Step("post"), *_all, Step("resume"), Step("day"), *_all, Step("erase", USERS[1]), Step("void")),
    *(Step("day"), *_all, Step("reset"), Step("answer", USERS[0]), Step("day"), *_all, Step("day"), *_some),
]
"""A life with every kind of step in it."""


@dataclass
class Account:
    """What must be true of a guild: kept in the simplest way, from what was seen to happen."""

    delivered: list[int] = field(default_factory=list)
    answered: set[tuple[int, int]] = field(default_factory=set)
    correct: set[tuple[int, int]] = field(default_factory=set)
    points: dict[tuple[int, int], int] = field(default_factory=dict)
    given: dict[int, int] = field(default_factory=dict)

    def streak(self, user: int) -> Streak:
        """Return the streak that follows from the rounds that count."""
        return fold(
            position for position, round_id in enumerate(self.delivered, 1) if (round_id, user) in self.answered
        )

    def counts(self, user: int) -> tuple[int, int]:
        """Return how many rounds the user answered, and how many rightly."""
        mine = [(round_id, user) for round_id in self.delivered if (round_id, user) in self.answered]
        return len(mine), sum(one in self.correct for one in mine)

    def total(self, user: int) -> int:
        """Return the user's points."""
        earned = sum(self.points.get((round_id, user), 0) for round_id in self.delivered)
        return earned + self.given.get(user, 0)

    def begin_anew(self) -> None:
        """Take everybody's answers and points out of the account."""
        self.answered.clear()
        self.correct.clear()
        self.points.clear()
        self.given.clear()

    def forget(self, user: int) -> None:
        """Take a member out of the account, points and all."""
        self.answered -= {one for one in self.answered if one[1] == user}
        self.points = {one: points for one, points in self.points.items() if one[1] != user}
        self.given.pop(user, None)


async def live(world: World, life: list[Step], guild_id: int = GUILD, account: Account | None = None) -> Account:
    """Lead a guild that is set up through its life, or a part of it, and return the account of it."""
    account = account or Account()
    await _look(world, guild_id, account)
    for step in life:
        await _take(world, step, guild_id, account)
        await _look(world, guild_id, account)
    return account


async def _look(world: World, guild_id: int, account: Account) -> None:
    """Note which rounds were delivered meanwhile."""
    for round_ in await world.rounds(guild_id):
        if round_.state in {State.OPEN, State.CLOSED} and round_.id not in account.delivered:
            account.delivered.append(round_.id)


async def _next_day(world: World) -> None:
    """Go to the next day, an hour after the question is due."""
    await world.go((world.clock.now + timedelta(days=1)).replace(hour=10, minute=0, second=0))


async def _take(world: World, step: Step, guild_id: int, account: Account) -> None:
    match step.name:
        case "day":
            await _next_day(world)
        case "outage":
            world.messenger.post_fault = refusing(FailureReason.UNREACHABLE, only=guild_id)
            await _next_day(world)
            world.messenger.post_fault = refusing(FailureReason.UNREACHABLE, only=0)
        case "answer" | "late" | "hint":
            await _click(world, step, guild_id, account)
        case "adjust":
            points = 7 if step.right else 1
            await score.adjust(world.context, guild_id, MODERATOR, step.user, points=points, reason="a bet")
            account.given[step.user] = account.given.get(step.user, 0) + points
        case "erase":
            world.clock.forward(seconds=1)
            await privacy.erase(world.context, guild_id, step.user)
            account.forget(step.user)
        case _:
            await _moderate(world, step.name, guild_id, account)


async def _click(world: World, step: Step, guild_id: int, account: Account) -> None:
    rounds = [one for one in await world.rounds(guild_id) if one.message_id is not None]
    if not rounds:
        return
    round_ = rounds[0] if step.name == "late" else rounds[-1]
    if step.name == "hint":
        await world.writer.submit(clicking(round_, step.user, Verb.OPEN_HINT))
        return
    outcome = await world.writer.submit(answering(round_, step.user, right=step.right))
    if isinstance(outcome, Marked) and outcome.fresh:
        pair = (round_.id, step.user)
        assert pair not in account.answered
        account.answered.add(pair)
        account.points[pair] = outcome.answer.points
        if outcome.answer.correct:
            account.correct.add(pair)
        assert outcome.answer.streak == account.streak(step.user).length


async def _moderate(world: World, name: Name, guild_id: int, account: Account) -> None:
    context = world.context
    rounds = await world.rounds(guild_id)
    delivered: list[Round] = [one for one in rounds if one.message_id is not None]
    newest = delivered[-1].id if delivered else 0
    try:
        match name:
            case "void":
                await void(context, guild_id, MODERATOR, "Two right options.", newest)
                account.delivered.remove(newest)
            case "close":
                await close(context, guild_id, MODERATOR, newest)
            case "pause":
                await setup.pause(context, guild_id, MODERATOR, None)
            case "resume":
                await setup.resume(context, guild_id, MODERATOR)
            case "skip":
                await setup.skip(context, guild_id, MODERATOR)
            case "post":
                await post(context, world.messenger, guild_id, MODERATOR)
            case "reset":
                await score.reset(context, guild_id, MODERATOR)
                if delivered and delivered[-1].state is State.OPEN:
                    account.delivered.remove(newest)
                account.begin_anew()
    except (AlreadyPostedError, NoOpenRoundError, NoRoundError, PauseStateError):
        pass

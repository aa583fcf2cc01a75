"""What a member did with a round, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.question import Question
from bot.core.scoring import Award, award
from bot.core.streak import Step, Streak, answered


@dataclass(frozen=True, slots=True)
class Answer:
    """A member's one answer to a round, with all it earned: enough to show the reply again years later.

    `streak`, `freezes_used` and `freeze_earned` are as they were just after it; `at` is an aware UTC instant.
    """

    guild_id: int
    round_id: int
    user_id: int
    option_id: str
    correct: bool
    hinted: bool
    base: int
    bonus: int
    streak: int
    freezes_used: int
    freeze_earned: bool
    at: datetime

    @property
    def points(self) -> int:
        """All points the answer earned."""
        return self.base + self.bonus


@dataclass(frozen=True, slots=True)
class Member:
    """A member's standing figures in one guild: the streak and the counts behind the accuracy."""

    guild_id: int
    user_id: int
    streak: Streak = field(default_factory=Streak)
    answered: int = 0
    correct: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one answer comes to: the award, the step its streak took, and the member afterwards."""

    award: Award
    step: Step
    member: Member


def judge(member: Member, question: Question, position: int, option_id: str, *, hinted: bool) -> Judgement:
    """Apply one answer to a member: the one rule that both the live bot and `doctor` use.

    Raises KeyError when the question has no such option, ValueError when the position is not after the last one the
    member answered. That cannot happen by lateness: a round closes before the next one opens, so that whoever answered
    the newer one finds the older one closed. It does happen when a voided round's place is taken by another and its
    answers were not folded anew: a void folds every member who answered that round or a later one.
    """
    correct = question.option(option_id).correct
    step, after = _counted(member, position, correct=correct)
    return Judgement(award(question.difficulty, correct=correct, hinted=hinted, streak=step.streak.length), step, after)


def fold_member(guild_id: int, user_id: int, history: Iterable[tuple[int, bool]], *, hidden: bool = False) -> Member:
    """Return the member that judging these answers one by one leads to.

    `history` holds, for each counted round they answered, its position and whether the answer was right, ascending by
    position. Raises ValueError when it is not.
    """
    member = Member(guild_id, user_id, hidden=hidden)
    for position, correct in history:
        member = _counted(member, position, correct=correct)[1]
    return member


def _counted(member: Member, position: int, *, correct: bool) -> tuple[Step, Member]:
    step = answered(member.streak, position)
    right = member.correct + int(correct)
    return step, replace(member, streak=step.streak, answered=member.answered + 1, correct=right)

"""Answer by answer and all at once come to the same, whatever was posted, paused or voided in between."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.core.answer import Member, fold_member, judge
from bot.core.question import Difficulty
from bot.core.scoring import Award
from bot.core.streak import Streak, fold
from tests.core import strategies as core
from tests.core.strategies import GUILD, MEMBER, answer, member, question

QUESTION = question()
USERS = (1, 2, 3)
choices = st.sampled_from(["right", "plus", "raw", "same"])


def judged(one: Member, history: list[tuple[int, bool]]) -> Member:
    for position, correct in history:
        one = judge(one, QUESTION, position, "right" if correct else "plus", hinted=False).member
    return one


@st.composite
def answers(draw: st.DrawFn) -> list[tuple[int, bool]]:
    """Draw the rounds that a member answered, ascending, and how well."""
    rights = draw(st.dictionaries(st.integers(1, 60), st.booleans(), max_size=40))
    return sorted(rights.items())


def test_all_points_of_an_answer_are_its_base_and_its_bonus() -> None:
    assert answer(base=20, bonus=3).points == 23


def test_a_right_answer_earns_counts_and_lengthens_the_streak() -> None:
    before = member(streak=fold([1, 2]), answered=2, correct=1)
    judgement = judge(before, question(difficulty=Difficulty.HARD), 3, "right", hinted=False)
    assert judgement.award == Award(30, 2)
    assert judgement.member == member(streak=Streak(3, 3, 1, 3), answered=3, correct=2)
    assert judgement.step.streak == judgement.member.streak


def test_a_wrong_answer_earns_nothing_yet_lengthens_the_streak() -> None:
    judgement = judge(member(streak=fold([1, 2]), answered=2, correct=1), QUESTION, 3, "plus", hinted=False)
    assert judgement.award == Award(0, 0)
    assert judgement.member == member(streak=Streak(3, 3, 1, 3), answered=3, correct=1)


def test_a_hint_opened_before_halves_the_base() -> None:
    assert judge(member(), QUESTION, 1, "right", hinted=True).award == Award(10, 0)


def test_a_streak_that_restarts_with_this_answer_earns_no_bonus() -> None:
    assert judge(member(streak=fold(range(1, 10))), QUESTION, 20, "right", hinted=False).award == Award(20, 0)


def test_an_option_that_the_question_lacks_is_refused() -> None:
    with pytest.raises(KeyError):
        judge(member(), QUESTION, 1, "Z", hinted=False)


@pytest.mark.parametrize("position", [5, 4])
def test_a_second_answer_or_one_to_an_older_round_is_refused(position: int) -> None:
    before = judge(member(), QUESTION, 5, "right", hinted=False).member
    with pytest.raises(ValueError, match="is not after 5"):
        judge(before, QUESTION, position, "right", hinted=False)
    with pytest.raises(ValueError, match="is not after 5"):
        fold_member(GUILD, MEMBER, [(5, True), (position, True)])


@given(answers(), st.booleans())
def test_folding_a_history_equals_judging_its_answers_one_by_one(
    history: list[tuple[int, bool]],
    hidden: bool,  # noqa: FBT001
) -> None:
    assert fold_member(GUILD, MEMBER, iter(history), hidden=hidden) == judged(member(hidden=hidden), history)


@given(answers(), st.integers(0, 40))
def test_a_history_may_be_folded_up_to_any_answer_and_judged_from_there(
    history: list[tuple[int, bool]], place: int
) -> None:
    half = fold_member(GUILD, MEMBER, history[:place])
    assert judged(half, history[place:]) == fold_member(GUILD, MEMBER, history)


@given(core.members, choices, st.booleans())
def test_an_answer_changes_nothing_of_a_member_but_the_streak_and_the_counts(
    before: Member,
    option: str,
    hinted: bool,  # noqa: FBT001
) -> None:
    after = judge(before, QUESTION, before.streak.position + 1, option, hinted=hinted).member
    assert replace(after, streak=before.streak, answered=before.answered, correct=before.correct) == before
    assert after.answered == before.answered + 1
    assert after.correct == before.correct + (option == "right")


@given(st.lists(st.permutations(USERS).flatmap(lambda order: st.integers(0, 3).map(lambda n: order[:n])), max_size=20))
def test_a_streak_never_depends_on_the_order_in_which_members_answer(rounds: list[list[int]]) -> None:
    """In each round some members answer in some order; sorted, they come to the same."""

    def played(orders: list[list[int]]) -> dict[int, Member]:
        members = {user: member(user_id=user) for user in USERS}
        for position, order in enumerate(orders, start=1):
            for user in order:
                members[user] = judge(members[user], QUESTION, position, "right", hinted=False).member
        return members

    assert played(rounds) == played([sorted(order) for order in rounds])


class Group(RuleBasedStateMachine):
    """A guild over many days: members answer open rounds as they like, days fall out, and rounds are voided.

    The members are kept as the live bot keeps them: judged with each answer, and folded anew where a void touches them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.members = {user: member(user_id=user) for user in USERS}
        self.rounds: list[dict[int, bool]] = []
        self.is_open = False

    def history(self, user: int) -> list[tuple[int, bool]]:
        """Return what a member answered: a round's position is its place among those that count."""
        return [(place, rights[user]) for place, rights in enumerate(self.rounds, start=1) if user in rights]

    @rule()
    def deliver(self) -> None:
        self.rounds.append({})
        self.is_open = True

    @rule(users=st.sets(st.sampled_from(USERS)))
    def deliver_and_all_of_them_answer(self, users: set[int]) -> None:
        self.deliver()
        for user in users:
            self.judge(user, "right")

    @rule()
    def pass_a_day_without_a_question(self) -> None:
        self.is_open = False

    @precondition(lambda self: self.is_open)
    @rule(user=st.sampled_from(USERS), option=choices)
    def answer(self, user: int, option: str) -> None:
        if user in self.rounds[-1]:
            with pytest.raises(ValueError, match="is not after"):
                self.judge(user, option)
        else:
            self.judge(user, option)

    def judge(self, user: int, option: str) -> None:
        self.members[user] = judge(self.members[user], QUESTION, len(self.rounds), option, hinted=False).member
        self.rounds[-1][user] = option == "right"

    @precondition(lambda self: self.rounds)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        """Take a round back, most often the newest; only whoever answered it or a later one is folded anew."""
        place = data.draw(st.just(len(self.rounds) - 1) | st.integers(0, len(self.rounds) - 1))
        touched = {user for rights in self.rounds[place:] for user in rights}
        del self.rounds[place]
        self.is_open = self.is_open and place < len(self.rounds)
        for user in touched:
            self.members[user] = fold_member(GUILD, user, self.history(user))

    @invariant()
    def every_member_equals_the_fold_of_their_history(self) -> None:
        for user, kept in self.members.items():
            assert kept == fold_member(GUILD, user, self.history(user))
            assert kept.streak == fold(position for position, _ in self.history(user))


TestGroup = Group.TestCase
TestGroup.settings = settings(max_examples=80, stateful_step_count=60)

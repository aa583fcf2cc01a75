"""Settle clicks: all that wait, in one transaction, in the order they came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.app.ask import opened
from bot.app.click import Click, Declined, HintOffered, HintShown, Marked, Outcome, Refusal, Solved, Verb
from bot.core.answer import Answer, Member, judge
from bot.core.ledger import Entry, EntryKind
from bot.core.round import Round, State
from db.errors import ClashError
from db.store import Transaction

Pair = tuple[int, int]


@dataclass(slots=True)
class _Desk:
    """What is known of the rounds and members that a batch of clicks concerns, and what the batch adds to it.

    Answers and hints are keyed by (round, user), members and tombstones by (guild, user).
    """

    now: datetime
    rounds: dict[int, Round]
    answers: dict[Pair, Answer]
    hints: set[Pair]
    members: dict[Pair, Member]
    tombstones: dict[Pair, datetime]
    new_answers: list[Answer] = field(default_factory=list)
    new_hints: list[tuple[int, int, int, datetime]] = field(default_factory=list)


async def settle(transaction: Transaction, clicks: Sequence[Click], now: datetime) -> list[Outcome]:
    """Settle the clicks within a transaction; each outcome holds once that is committed."""
    pairs = {(click.round_id, click.user_id) for click in clicks}
    people = {(click.guild_id, click.user_id) for click in clicks}
    desk = _Desk(
        now,
        await transaction.rounds.many({click.round_id for click in clicks}),
        await transaction.answers.find(pairs),
        await transaction.answers.hints(pairs),
        await transaction.members.many(people),
        await transaction.erasures.tombstones(people),
    )
    outcomes = [await _outcome(transaction, desk, click) for click in clicks]
    await _store(transaction, desk)
    return outcomes


async def _outcome(transaction: Transaction, desk: _Desk, click: Click) -> Outcome:
    round_ = desk.rounds.get(click.round_id)
    if round_ is None or round_.guild_id != click.guild_id:
        return Declined(Refusal.UNKNOWN)
    if round_.state is State.CLAIMED and click.message_id is not None and click.channel_id == round_.channel_id:
        # Our message is there, or nobody could click it: its sender has died, or only not come to recording it.
        adopted = await opened(transaction, round_, click.message_id, desk.now)
        if adopted is None:
            return Declined(Refusal.UNKNOWN)
        desk.rounds[round_.id] = round_ = adopted
    if round_.message_id is None or click.message_id not in {None, round_.message_id}:
        return Declined(Refusal.UNKNOWN)
    return _decide(desk, click, round_)


def _decide(desk: _Desk, click: Click, round_: Round) -> Outcome:
    pair = (click.round_id, click.user_id)
    if round_.state is State.VOID:
        return Declined(Refusal.VOID, round_)
    over = round_.state is State.CLOSED or (round_.closes_at is not None and round_.closes_at <= desk.now)
    answer = desk.answers.get(pair)
    if click.verb in {Verb.HINT, Verb.OPEN_HINT}:
        return _hint(desk, click, round_, free=over or answer is not None or _is_erased(desk, click, round_))
    if answer is not None:
        return Marked(round_, answer, _member(desk, click).streak.freezes, fresh=False)
    if click.verb is Verb.SOLUTION:
        return Solved(round_) if over else Declined(Refusal.OPEN)
    if over:
        return Declined(Refusal.CLOSED, round_, round_.closed_at or round_.closes_at)
    return _answer(desk, click, round_)


def _hint(desk: _Desk, click: Click, round_: Round, *, free: bool) -> Outcome:
    pair = (click.round_id, click.user_id)
    if free or pair in desk.hints:
        return HintShown(round_, free)
    if click.verb is Verb.HINT:
        return HintOffered(round_)
    desk.hints.add(pair)
    desk.new_hints.append((click.guild_id, click.round_id, click.user_id, desk.now))
    return HintShown(round_, free=False)


def _answer(desk: _Desk, click: Click, round_: Round) -> Outcome:
    if not 0 <= click.slot < len(round_.question.options) or round_.position is None:
        return Declined(Refusal.UNKNOWN)
    if _is_erased(desk, click, round_):
        return Declined(Refusal.ERASED)
    person = (click.guild_id, click.user_id)
    pair = (click.round_id, click.user_id)
    member = _member(desk, click)
    option = round_.question.options[click.slot]
    hinted = pair in desk.hints
    judgement = judge(member, round_.question, round_.position, option.id, hinted=hinted)
    answer = Answer(
        guild_id=click.guild_id,
        round_id=click.round_id,
        user_id=click.user_id,
        option_id=option.id,
        correct=option.correct,
        hinted=hinted,
        base=judgement.award.base,
        bonus=judgement.award.bonus,
        streak=judgement.step.streak.length,
        freezes_used=judgement.step.used,
        freeze_earned=judgement.step.earned,
        at=desk.now,
    )
    desk.members[person] = judgement.member
    desk.answers[pair] = answer
    desk.new_answers.append(answer)
    return Marked(round_, answer, judgement.member.streak.freezes, fresh=True)


def _is_erased(desk: _Desk, click: Click, round_: Round) -> bool:
    """Tell whether the member was erased since the round opened: nothing of theirs is stored for it again."""
    erased_at = desk.tombstones.get((click.guild_id, click.user_id))
    return erased_at is not None and round_.opened_at is not None and erased_at >= round_.opened_at


def _member(desk: _Desk, click: Click) -> Member:
    person = (click.guild_id, click.user_id)
    return desk.members.get(person) or Member(*person)


async def _store(transaction: Transaction, desk: _Desk) -> None:
    if desk.new_hints:
        await transaction.answers.add_hints(desk.new_hints)
    if not desk.new_answers:
        return
    added = await transaction.answers.add(desk.new_answers)
    if len(added) < len(desk.new_answers):
        # Another process was faster, whatever locks it held: look again, and show its answer.
        message = "an answer was there already"
        raise ClashError(message)
    await transaction.members.save([desk.members[one.guild_id, one.user_id] for one in _last(desk.new_answers)])
    await transaction.ledger.add([_entry(one, desk.rounds[one.round_id]) for one in desk.new_answers])


def _last(answers: Sequence[Answer]) -> list[Answer]:
    """Return each member's last answer of the batch."""
    return list({(one.guild_id, one.user_id): one for one in answers}.values())


def _entry(answer: Answer, round_: Round) -> Entry:
    """Return an answer's points as they go into the ledger: they count for the round's day, whenever it was clicked."""
    return Entry(
        guild_id=answer.guild_id,
        user_id=answer.user_id,
        round_id=answer.round_id,
        kind=EntryKind.ANSWER,
        points=answer.points,
        reason=None,
        by=None,
        at=answer.at,
        day=round_.local_date,
    )

"""A few days in a guild, played straight onto a store: what the use cases do, without their decisions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.core.answer import Answer, Member, fold_member, judge
from bot.core.guild import Guild
from bot.core.ledger import Entry, EntryKind
from bot.core.question import Question
from bot.core.round import Round
from db.store import Store, Transaction
from tests.core.strategies import CHANNEL, GUILD, MODERATOR, MONDAY, NOON, guild, question

OTHER = 1002
ADA, BLAISE, CHEN = 3001, 3002, 3003


async def set_up(transaction: Transaction, *guild_ids: int) -> None:
    for guild_id in guild_ids or (GUILD,):
        await transaction.guilds.save(guild(id=guild_id))


async def claim(
    transaction: Transaction, *, guild_id: int = GUILD, day: date = MONDAY, asked: Question | None = None
) -> Round | None:
    at = at_noon(day)
    return await transaction.rounds.claim(
        guild_id=guild_id,
        local_date=day,
        question=asked or question(),
        channel_id=CHANNEL,
        nonce=f"{guild_id}/{day}",
        now=at,
        lease_until=at + timedelta(minutes=1),
    )


async def open_round(
    transaction: Transaction,
    *,
    guild_id: int = GUILD,
    day: date = MONDAY,
    asked: Question | None = None,
    closes_at: datetime | None = None,
) -> Round:
    """Claim and open a day's round, and close the one before."""
    claimed = await claim(transaction, guild_id=guild_id, day=day, asked=asked)
    assert claimed is not None
    before = await transaction.rounds.open_in(guild_id)
    if before is not None:
        await transaction.rounds.close(guild_id, before.id, at_noon(day))
    opened = await transaction.rounds.opened(
        guild_id, claimed.id, message_id=10_000 + claimed.id, channel_id=CHANNEL, at=at_noon(day), closes_at=closes_at
    )
    assert opened is not None
    return opened


async def answer(
    transaction: Transaction, round_: Round, choices: Mapping[int, str], *, hinted: Collection[int] = ()
) -> list[Answer]:
    """Have members choose options, with all that follows."""
    assert round_.position is not None
    people = {(round_.guild_id, user) for user in choices}
    members = await transaction.members.many(people)
    answers, after = [], []
    for user, option_id in choices.items():
        before = members.get((round_.guild_id, user), Member(round_.guild_id, user))
        came = judge(before, round_.question, round_.position, option_id, hinted=user in hinted)
        after.append(came.member)
        answers.append(
            Answer(
                guild_id=round_.guild_id,
                round_id=round_.id,
                user_id=user,
                option_id=option_id,
                correct=round_.question.option(option_id).correct,
                hinted=user in hinted,
                base=came.award.base,
                bonus=came.award.bonus,
                streak=came.step.streak.length,
                freezes_used=came.step.used,
                freeze_earned=came.step.earned,
                at=at_noon(round_.local_date) + timedelta(minutes=1),
            )
        )
    at = at_noon(round_.local_date)
    await transaction.answers.add_hints([(round_.guild_id, round_.id, user, at) for user in hinted])
    assert await transaction.answers.add(answers) == {(round_.id, user) for user in choices}
    await transaction.members.save(after)
    await transaction.ledger.add([earned(one, round_.local_date) for one in answers])
    return answers


async def void(transaction: Transaction, round_: Round) -> None:
    """Take a round back, with all that follows."""
    assert round_.position is not None
    at = at_noon(round_.local_date) + timedelta(hours=1)
    users = await transaction.answers.answerers_since(round_.guild_id, round_.position, round_id=round_.id)
    assert await transaction.rounds.void(round_.guild_id, round_.id, reason="wrong key", at=at)
    entries = await transaction.ledger.of_round(round_.guild_id, round_.id)
    await transaction.ledger.add(
        [replace(one, kind=EntryKind.VOID, points=-one.points, by=MODERATOR, reason="wrong key") for one in entries]
    )
    history = await transaction.answers.positions(round_.guild_id, users)
    await transaction.members.save([fold_member(round_.guild_id, user, history[user]) for user in sorted(users)])


async def play(store: Store, days: int = 3, *, guild_id: int = GUILD) -> list[Round]:
    """Set a guild up and have three members answer for some days: Ada right, Blaise wrong, Chen on even days only."""
    rounds = []
    for number in range(days):
        async with store.begin() as transaction:
            if not number:
                await set_up(transaction, guild_id)
            opened = await open_round(transaction, guild_id=guild_id, day=MONDAY + timedelta(days=number))
            choices = {ADA: "right", BLAISE: "plus"} | ({CHEN: "right"} if number % 2 == 0 else {})
            await answer(transaction, opened, choices, hinted={CHEN} & choices.keys())
            rounds.append(opened)
    return rounds


def earned(one: Answer, day: date) -> Entry:
    return Entry(one.guild_id, one.user_id, one.round_id, EntryKind.ANSWER, one.points, None, None, one.at, day)


def adjustment(user_id: int, points: int, *, guild_id: int = GUILD, day: date = MONDAY, by: int = MODERATOR) -> Entry:
    return Entry(guild_id, user_id, None, EntryKind.ADJUST, points, "for help", by, NOON, day)


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), NOON.tzinfo)


def renamed(settings: Guild, guild_id: int) -> Guild:
    return replace(settings, id=guild_id)

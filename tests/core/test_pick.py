"""Which item comes next: passes through the pool, seven days that hold every difficulty, topics that advance."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from random import Random
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.pick import REVIEW_LAG, WINDOW, Card, pick
from bot.core.question import Difficulty
from tests.core import strategies as core
from tests.core.strategies import card, real_pool

E, M, H = Difficulty.EASY, Difficulty.MEDIUM, Difficulty.HARD
POOL = real_pool()
seeds = st.text(max_size=8)


def asked_over(
    days: int,
    pool: Sequence[Card] = POOL,
    *,
    seed: str = "seed",
    queued: Mapping[int, str] | None = None,
    retired: Mapping[int, Collection[str]] | None = None,
    before: Sequence[str] = (),
) -> list[str]:
    """Return what is asked on so many days; on the days given an item waits in the queue, or items are retired."""
    asked = list(before)
    gone: set[str] = set()
    for day in range(days):
        gone.update((retired or {}).get(day, ()))
        waiting = [item for at, item in (queued or {}).items() if at == day]
        item = pick(pool, asked, seed=seed, queued=waiting, retired=gone)
        assert item is not None
        asked.append(item)
    return asked[len(before) :]


def difficulties_of(asked: Sequence[str], pool: Sequence[Card] = POOL) -> list[Difficulty]:
    known = {one.id: one.difficulty for one in pool}
    return [known[item] for item in asked]


def windows_without(asked: Sequence[str], pool: Sequence[Card] = POOL) -> list[int]:
    """Return the days on which a window begins that lacks a difficulty of the pool."""
    shown = difficulties_of(asked, pool)
    needed = {one.difficulty for one in pool}
    return [day for day in range(len(shown) - WINDOW + 1) if not needed <= set(shown[day : day + WINDOW])]


def pool_of(easy: int, medium: int, hard: int, seed: int = 0) -> list[Card]:
    """Return a pool with so many items of each difficulty, spread over five topics by lot."""
    kinds = [E] * easy + [M] * medium + [H] * hard
    Random(seed).shuffle(kinds)  # noqa: S311 - a pool is no secret
    return [card(number, topic=f"T{number * 5 // len(kinds):02}", difficulty=kind) for number, kind in enumerate(kinds)]


def test_the_pool_of_these_tests_is_shaped_like_the_real_one() -> None:
    assert Counter(one.difficulty for one in POOL) == {E: 20, M: 26, H: 14}
    assert set(Counter(one.topic for one in POOL).values()) == {5}


@settings(max_examples=20)
@given(seeds)
def test_each_pass_through_the_real_pool_asks_every_item_once(seed: str) -> None:
    asked = asked_over(3 * len(POOL), seed=seed)
    for start in range(0, len(asked), len(POOL)):
        assert sorted(asked[start : start + len(POOL)]) == sorted(one.id for one in POOL)


@given(core.pools(most=12), seeds)
def test_each_pass_through_any_pool_asks_every_item_once(pool: list[Card], seed: str) -> None:
    asked = asked_over(3 * len(pool), pool, seed=seed)
    for start in range(0, len(asked), len(pool)):
        assert sorted(asked[start : start + len(pool)]) == sorted(one.id for one in pool)


@settings(max_examples=40)
@given(seeds)
def test_any_seven_days_of_the_real_pool_hold_every_difficulty_over_several_passes(seed: str) -> None:
    assert windows_without(asked_over(200, seed=seed)) == []


@settings(max_examples=30)
@given(seeds, st.permutations([E] * 20 + [M] * 26 + [H] * 14))
def test_any_seven_days_hold_every_difficulty_however_topics_and_difficulties_fall_together(
    seed: str, kinds: list[Difficulty]
) -> None:
    pool = [Card(one.id, one.topic, kind) for one, kind in zip(POOL, kinds, strict=True)]
    assert windows_without(asked_over(190, pool, seed=seed), pool) == []


@settings(max_examples=40)
@given(
    seeds,
    st.dictionaries(st.integers(0, 150), st.sets(st.sampled_from([one.id for one in POOL]), max_size=2), max_size=3),
)
def test_any_seven_days_hold_every_difficulty_also_when_a_few_items_are_retired(
    seed: str, retired: dict[int, set[str]]
) -> None:
    asked = asked_over(190, seed=seed, retired=retired)
    assert windows_without(asked) == []
    for day, items in retired.items():
        assert not items & set(asked[day:])


@pytest.mark.parametrize(
    ("easy", "medium", "hard"), [(3, 3, 1), (1, 5, 1), (2, 10, 2), (8, 38, 8), (20, 9, 20), (9, 41, 9), (40, 8, 8)]
)
def test_a_pool_that_has_just_enough_of_each_fills_every_window(easy: int, medium: int, hard: int) -> None:
    for seed in range(5):
        pool = pool_of(easy, medium, hard, seed)
        assert windows_without(asked_over(3 * len(pool), pool, seed=str(seed)), pool) == []


def test_a_pool_with_too_few_hard_items_still_asks_them_and_the_rest() -> None:
    pool = pool_of(15, 14, 1)
    assert len(set(asked_over(30, pool))) == 30


def test_retiring_what_was_just_asked_does_not_make_the_days_forget_it() -> None:
    """A hard item comes every seven days just in time; the days of items retired since must count."""
    pool = pool_of(3, 3, 2)
    asked = asked_over(8, pool)
    while difficulties_of(asked, pool)[-1] is not H:
        asked += asked_over(1, pool, before=asked)
    fresh = [card(100 + number, topic="T09", difficulty=E) for number in range(40)]
    since = [one.id for one in fresh[:5]]
    grown = [*pool, *fresh, card(200, topic="T09", difficulty=M), card(201, topic="T09", difficulty=H)]
    history = [*asked, "t09-0200", *since]
    dropped = [one for one in grown if one.id not in since[:4]]
    assert difficulties_of([pick(grown, history, seed="seed") or ""], grown) == [H]
    assert difficulties_of([pick(grown, history, seed="seed", retired=since[:4]) or ""], grown) == [H]
    assert difficulties_of([pick(dropped, history, seed="seed") or ""], dropped) == [H]


def test_a_retired_item_still_counts_as_a_day_of_its_difficulty() -> None:
    pool = pool_of(2, 9, 2)
    easy, medium, hard = ([one.id for one in pool if one.difficulty is kind] for kind in (E, M, H))
    history = [easy[0], *medium[:2], hard[0], *medium[2:5]]
    assert pick(pool, history, seed="seed", retired=[hard[0]]) == easy[1]


@pytest.mark.parametrize("days", [0, 1, 6, 7, 30, 58])
def test_an_item_added_after_some_passes_comes_once_and_not_day_after_day(days: int) -> None:
    late = POOL[30].id
    before = asked_over(3 * 59 + days, [one for one in POOL if one.id != late])
    asked = asked_over(60, before=before)
    assert late in asked
    assert len(set(asked[:30])) == 30


@pytest.mark.parametrize("days", [7, 29, 50])
def test_items_added_or_restored_in_the_middle_of_a_pass_join_it(days: int) -> None:
    """Otherwise a group whose bank grows every month would never see the advanced topics."""
    late = {POOL[1].id, POOL[30].id, POOL[59].id}
    before = asked_over(3 * 57 + days, retired={0: late})
    asked = asked_over(60 - days, before=before)
    assert sorted([*before[-days:], *asked]) == sorted(one.id for one in POOL)


@settings(max_examples=20)
@given(seeds)
def test_nothing_comes_back_soon_after_the_end_of_a_pass(seed: str) -> None:
    asked = asked_over(240, seed=seed)
    for day, item in enumerate(asked):
        assert item not in asked[max(0, day - 20) : day]


def test_two_items_take_turns() -> None:
    asked = asked_over(10, [card(1, difficulty=E), card(2, difficulty=E)])
    assert all(one != other for one, other in pairwise(asked))


def test_a_pool_of_one_item_asks_it_every_day() -> None:
    assert asked_over(3, [card(1)]) == ["t01-0001"] * 3


def test_nothing_is_asked_when_there_is_nothing_or_everything_is_retired() -> None:
    assert pick([], [], seed="seed") is None
    assert pick(POOL, [], seed="seed", retired=[one.id for one in POOL]) is None
    assert pick(POOL, [], seed="seed", queued=[POOL[0].id], retired=[one.id for one in POOL]) is None


def test_a_queued_item_goes_first_whether_it_was_asked_before_or_not() -> None:
    asked = asked_over(20)
    unasked = next(one.id for one in POOL if one.id not in asked)
    assert pick(POOL, asked, seed="seed", queued=[asked[-1], unasked]) == asked[-1]
    assert pick(POOL, asked, seed="seed", queued=[unasked]) == unasked


def test_a_queued_item_that_is_retired_or_unknown_is_passed_over() -> None:
    first, second = POOL[5].id, POOL[6].id
    assert pick(POOL, [], seed="seed", queued=["no-such-item", first, second], retired=[first]) == second


@settings(max_examples=30)
@given(seeds, st.dictionaries(st.integers(0, 59), st.sampled_from([one.id for one in POOL]), max_size=6))
def test_items_queued_do_not_make_others_come_twice_before_the_pool_is_used_up(
    seed: str, queued: dict[int, str]
) -> None:
    asked = asked_over(60, seed=seed, queued=queued)
    twice = {item for item, times in Counter(asked).items() if times > 1}
    assert twice <= set(queued.values())


def test_many_items_queued_again_within_a_pass_do_not_end_it() -> None:
    first = asked_over(1)[0]
    asked = asked_over(60, queued=dict.fromkeys(range(2, 60, 3), first))
    assert {item for item, times in Counter(asked).items() if times > 1} == {first}


@settings(max_examples=50)
@given(core.pools(most=12), seeds, st.data())
def test_a_retired_item_never_comes_and_an_item_of_the_pool_always_does(
    pool: list[Card], seed: str, data: st.DataObject
) -> None:
    ids = st.sampled_from([one.id for one in pool])
    asked = data.draw(st.lists(ids | st.just("dropped"), max_size=40))
    retired = data.draw(st.sets(ids))
    item = pick(pool, asked, seed=seed, queued=data.draw(st.lists(ids, max_size=3)), retired=retired)
    if len(retired) == len(pool):
        assert item is None
    else:
        assert item in {one.id for one in pool} - retired


@given(core.pools(most=12), seeds, st.randoms(use_true_random=False))
def test_the_order_of_the_pool_does_not_matter(pool: list[Card], seed: str, random: Random) -> None:
    mixed = random.sample(pool, len(pool))
    assert asked_over(20, pool, seed=seed) == asked_over(20, mixed, seed=seed)


def test_the_choice_is_the_same_on_every_machine() -> None:
    first = ["t01-0002", "t01-0005", "t02-0005", "t02-0003", "t01-0003", "t03-0005", "t02-0004"]
    assert asked_over(7, seed="pinned") == first
    assert asked_over(7, seed="another") != first


@settings(max_examples=20)
@given(seeds)
def test_topics_advance_from_beginner_to_advanced_in_every_pass(seed: str) -> None:
    asked = asked_over(120, seed=seed)
    for start in (0, 60):
        one_pass = [int(item[1:3]) for item in asked[start : start + 60]]
        quarters = [mean(one_pass[place : place + 15]) for place in range(0, 60, 15)]
        assert quarters == sorted(quarters)
        assert sorted(one_pass[:7])[3] <= 3


@settings(max_examples=20)
@given(seeds)
def test_topics_come_back_for_review(seed: str) -> None:
    asked = [int(item[1:3]) for item in asked_over(60, seed=seed)]
    reviews = [topic for day, topic in enumerate(asked) if max(asked[:day], default=0) >= topic + REVIEW_LAG]
    assert len(set(reviews)) >= 4


def test_a_choice_among_three_thousand_items_takes_some_milliseconds() -> None:
    pool = [card(number, topic=f"T{number % 20:02}", difficulty=list(Difficulty)[number % 3]) for number in range(3000)]
    asked = [one.id for one in Random(1).sample(pool, 1000)]  # noqa: S311 - as above
    fastest = min(_seconds(pool, asked, str(attempt)) for attempt in range(5))
    assert fastest < 0.02


def _seconds(pool: list[Card], asked: list[str], seed: str) -> float:
    start = time.process_time()
    pick(pool, asked, seed=seed)
    return time.process_time() - start

"""The hint: offered, recorded before it is shown, and free once it can change nothing."""

from __future__ import annotations

from bot.app import privacy
from bot.app.click import HintOffered, HintShown, Verb
from tests.app.world import ADA, BLAISE, GUILD, OTHER, World, clicking


async def _hints(world: World, user_id: int = ADA) -> int:
    """Return how many opened hints are kept of a member."""
    return len((await privacy.export(world.context, GUILD, user_id))["hints"])


async def test_asking_for_the_hint_only_says_what_it_costs(world: World) -> None:
    round_ = await world.first_round()
    assert await world.writer.submit(clicking(round_, verb=Verb.HINT)) == HintOffered(round_)
    assert await _hints(world) == 0
    assert not (await world.answered(round_)).answer.hinted


async def test_opening_the_hint_is_recorded(world: World) -> None:
    round_ = await world.first_round()
    assert await world.writer.submit(clicking(round_, verb=Verb.OPEN_HINT)) == HintShown(round_, free=False)
    assert await _hints(world) == 1


async def test_an_opened_hint_is_shown_again_at_once_and_recorded_once(world: World) -> None:
    round_ = await world.first_round()
    for verb in (Verb.OPEN_HINT, Verb.HINT, Verb.OPEN_HINT):
        assert await world.writer.submit(clicking(round_, verb=verb)) == HintShown(round_, free=False)
    assert await _hints(world) == 1


async def test_a_hint_is_each_members_own(world: World) -> None:
    round_ = await world.first_round()
    await world.writer.submit(clicking(round_, ADA, Verb.OPEN_HINT))
    assert await world.writer.submit(clicking(round_, BLAISE, Verb.HINT)) == HintOffered(round_)
    assert not (await world.answered(round_, BLAISE)).answer.hinted
    other = await world.first_round(OTHER)
    assert await world.writer.submit(clicking(other, ADA, Verb.HINT)) == HintOffered(other)


async def test_after_ones_answer_the_hint_is_free_and_leaves_no_trace(world: World) -> None:
    round_ = await world.first_round()
    marked = await world.answered(round_)
    for verb in (Verb.HINT, Verb.OPEN_HINT):
        assert await world.writer.submit(clicking(round_, verb=verb)) == HintShown(round_, free=True)
    assert await _hints(world) == 0
    assert await world.points() == marked.answer.points


async def test_on_a_closed_round_the_hint_is_free_for_everybody(world: World) -> None:
    round_ = await world.first_round()
    await world.next_round()
    shown = await world.writer.submit(clicking(round_, verb=Verb.OPEN_HINT))
    assert isinstance(shown, HintShown)
    assert shown.free
    assert await _hints(world) == 0


async def test_an_erased_member_sees_the_hint_of_a_round_they_cannot_answer_and_nothing_is_kept(world: World) -> None:
    round_ = await world.first_round()
    await world.writer.submit(clicking(round_, verb=Verb.OPEN_HINT))
    await privacy.erase(world.context, GUILD, ADA)
    for verb in (Verb.HINT, Verb.OPEN_HINT):
        assert await world.writer.submit(clicking(round_, verb=verb)) == HintShown(round_, free=True)
    assert await _hints(world) == 0

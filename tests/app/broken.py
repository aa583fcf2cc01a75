"""A delivery whose process ends on the way: just after the claim, or just after Discord has taken the message."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import ask
from bot.core.round import Round, State
from tests.app.fake import KilledError, killing
from tests.app.world import GUILD, START, World

DUE = START + timedelta(hours=1)


def nothing(_: int) -> None:
    """Be a fault: nothing goes wrong."""


async def claimed(world: World) -> Round:
    """Let the process end just after its claim."""
    await world.set_up()
    world.clock.now = DUE
    round_ = await ask.claim(world.context, GUILD)
    assert round_ is not None
    assert round_.state is State.CLAIMED
    return round_


async def sent(world: World) -> Round:
    """Let the process end just after Discord has taken the message."""
    world.messenger.after_post = killing
    round_ = await claimed(world)
    with pytest.raises(KilledError):
        await ask.deliver(world.context, world.messenger, round_)
    world.messenger.after_post = nothing
    (unrecorded,) = await world.rounds()
    assert unrecorded.state is State.CLAIMED
    assert unrecorded.attempted_at == DUE
    return unrecorded

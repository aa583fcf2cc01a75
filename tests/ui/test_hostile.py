"""What people type shows as they typed it: no mention, no markdown, no change of direction, no time, no command."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.ui.words import common
from tests.ui.trouble import posts, requests
from tests.ui.world import World, reply, said, text

HOSTILE = (
    "@everyone and @here",
    "<@1> <@!1> <@&1> <#1>",
    "<t:1795424400:F> </quiz reset:1> <id:customize>",
    "**bold** __under__ ~~gone~~ ||hidden|| `code` ```block```",
    "# heading\n## smaller\n-# small\n> quote\n>>> all\n- list\n1. one",
    "[click](https://evil.example) <https://evil.example>",
    "\N{RIGHT-TO-LEFT OVERRIDE}txet\N{LEFT-TO-RIGHT ISOLATE}\N{ZERO WIDTH JOINER}\N{BYTE ORDER MARK}",
    "<:smile:1> <a:wave:1> :smile:",
    "\\@everyone \\\\*x*",
    "'; DROP TABLE round; --",
    "{0} %s {reason!r} \x07",
)

MARKUP = "*_~`|>#[]()<:-"


def bare(shown: str) -> str:
    """Return a shown text without what is escaped in it."""
    kept, position = [], 0
    while position < len(shown):
        if shown[position] == "\\":
            position += 2
            continue
        kept.append(shown[position])
        position += 1
    return "".join(kept)


@given(st.text(max_size=200) | st.sampled_from(HOSTILE))
def test_whatever_is_typed_keeps_no_power(typed: str) -> None:
    shown = common.harmless(typed)
    rest = bare(shown)
    assert not set(rest) & set(MARKUP)
    assert "@everyone" not in shown
    assert "@here" not in shown
    assert all(character == "\u200b" or unicodedata.category(character) not in {"Cc", "Cf"} for character in shown)
    assert "\n" not in shown
    assert "://" not in shown
    assert len(shown) <= 3 * len(typed)


@given(st.text(alphabet=st.characters(categories=["L", "N"]), max_size=50))
def test_plain_words_are_left_as_they_are(typed: str) -> None:
    assert common.harmless(typed) == typed


async def test_hostile_words_in_every_option_show_harmless_and_mention_nobody(world: World) -> None:
    message = await world.first_question()
    for typed in HOSTILE:
        harmless = common.harmless(typed)
        shown = [
            await world.set_up(time=typed),
            await world.set_up(timezone=typed),
            await world.set_up(days=typed),
            await world.quiz("preview", item=typed),
            await world.quiz("queue", item=typed),
            await world.quiz("retire", item=typed),
            await world.quiz("restore", item=typed),
            await world.quiz("void", reason=typed),
        ]
        assert all(harmless in said(each) for each in shown)
        await world.quiz("adjust", member=world.ada, points=5, reason=typed)
        assert harmless in said(await world.quiz("audit"))
    reason = " ".join(HOSTILE)[:300]
    await world.moderator.click(reply(await world.quiz("void", reason=reason)), label="Take it back")
    await world.tick(2)
    assert common.harmless(reason) in text(world.reread(message))
    for method, path in (("POST", "/channels/*/messages"), ("PATCH", "/channels/*/messages/*")):
        for request in requests(world.env, method, path):
            assert request.json is not None
            assert not any(request.json["allowed_mentions"].values())
    for request in requests(world.env, "POST", "/interactions/*/callback"):
        assert request.json is not None
        mentions = request.json["data"].get("allowed_mentions", {})
        assert not any(mentions.values())
    assert len(posts(world)) == 1


async def test_a_null_character_in_a_reason_is_stored_as_something_that_every_database_takes(world: World) -> None:
    message = await world.first_question()
    await world.moderator.click(reply(await world.quiz("void", reason="a\x00b")), label="Take it back")
    await world.tick(2)
    assert "\x00" not in text(world.reread(message))
    assert "was taken back" in text(world.reread(message))

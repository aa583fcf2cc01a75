"""Text that must not reach a channel, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bot.bank.problem import quoted

MOST_REFUSALS = 10
"""Refusals told of one text."""

# Tab and line feed are fine. The joiners U+200C and U+200D are left: scripts and emoji need them.
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f"
)
# Every repetition is bounded, so that no text can make the search slow.
_REFUSED = re.compile(
    rf"""(?P<unseen>[{_UNSEEN}])
    | (?P<mention>@(?:everyone|here) | <(?:@|\#|t:|id:|/[^<>:\n]{{1,99}}:|a?:\w{{1,99}}:)[^<>\n]{{0,99}}>)
    | (?P<link>\b[a-z][a-z0-9+.-]{{0,20}}://\S{{0,99}} | \bdiscord(?:app)?\.(?:gg|com/invite)\b\S{{0,99}})
    | (?P<fence>```)""",
    re.VERBOSE | re.IGNORECASE,
)
# Most texts hold none of these, and looking for them is much faster than looking for what they may begin.
_SUSPECT = re.compile(rf"[{_UNSEEN}@<]")


def _either_case(word: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" if letter.isalpha() else re.escape(letter) for letter in word)


SCHEMA_PATTERN = "|".join(
    (
        r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]",
        f"@(?:{_either_case('everyone')}|{_either_case('here')})",
        r"<(?:@|#|[tT]:|[iI][dD]:|/[^<>:\n]{1,99}:|[aA]?:\w{1,99}:)[^<>\n]{0,99}>",
        r"\b[a-zA-Z][a-zA-Z0-9+.\-]{0,20}://",
        rf"\b{_either_case('discord')}(?:{_either_case('app')})?\.(?:{_either_case('gg')}|{_either_case('com/invite')})\b",
        "```",
    )
)
"""The same for editors, in what regular expressions of JavaScript and Python have in common."""

_NAMES = {
    "mention": ("Discord would read {} as a mention", "remove it, or word it otherwise"),
    "link": ("{} is a link", "remove it; give the title instead"),
    "fence": ("three backticks would end the block of code", "remove them; python goes under code:"),
}


def refused(text: str) -> Iterator[tuple[str, str]]:
    """Yield a message and a remedy for each piece of the text that may not be shown."""
    if _SUSPECT.search(text) or "://" in text or "```" in text or "discord" in text.casefold():
        for match in islice(_REFUSED.finditer(text), MOST_REFUSALS):
            if match.lastgroup in _NAMES:
                message, remedy = _NAMES[match.lastgroup]
                yield message.format(quoted(match[0])), remedy
            else:
                yield f"the unseen character U+{ord(match[0]):04X}", "remove it"

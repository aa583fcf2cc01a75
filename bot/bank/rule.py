"""The rules between the fields of an item: what must hold before anybody is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.bank import node as nodes
from bot.bank import picture
from bot.bank.finding import Finding
from bot.bank.model import NEEDS
from bot.bank.text import refused
from bot.core import limit
from bot.core.question import Option, Question


def texts(data: object, path: nodes.Path = ()) -> Iterator[Finding]:
    """Yield what may not be shown, in every text that the data holds."""
    if isinstance(data, str):
        for message, remedy in refused(data):
            yield Finding(path, message, remedy)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from texts(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from texts(value, (*path, place))


def rules(question: Question, *, verified: bool, folder: Path) -> Iterator[Finding]:
    """Yield what breaks a rule within one item. Fields left blank are taken as told of elsewhere."""
    yield from _options(question)
    yield from _needs(question, verified=verified)
    if question.picture is not None and question.picture.file:
        try:
            picture.read(folder, question.picture.file)
        except picture.PictureError as error:
            yield Finding(("picture", "file"), error.message, error.remedy)


def fits(question: Question, topics: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what would be too large for Discord."""
    for size in limit.sizes(question, topics.get(question.topic, question.topic)):
        if not size.fits:
            message = f"the {size.shown} would have {size.measured:,} {size.unit} of {size.most:,}"
            yield Finding((), message, f"shorten {size.parts}")


def _needs(question: Question, *, verified: bool) -> Iterator[Finding]:
    for field, value in (("code", question.code), ("picture", question.picture)):
        if question.kind in NEEDS[field] and value is None:
            remedy = f"add the {field}, or choose another kind"
            yield Finding((field,), f"missing, but the kind is {question.kind}", remedy)
    if not verified and question.source is None:
        remedy = "add one of them, so that the key can be trusted"
        yield Finding(("source",), "neither verify nor source is given", remedy)


def _options(question: Question) -> Iterator[Finding]:
    correct = [place for place, option in enumerate(question.options) if option.correct]
    if question.options and not correct:
        yield Finding(("options",), "none is correct", "add correct: true to the right one")
    if len(correct) > 1:
        yield Finding(("options",), f"{len(correct)} are correct", "leave correct: true on one of them")
    yield from _twins(question.options)
    for place, option in enumerate(question.options):
        for field, value in (("misconception", option.misconception), ("remark", option.remark)):
            if option.correct and value is not None:
                yield Finding(("options", place, field), "the correct option takes none", "remove the line")
            elif not option.correct and value is None:
                yield Finding(("options", place, field), "missing", "add it: every wrong option has one")


def _twins(options: tuple[Option, ...]) -> Iterator[Finding]:
    ids: dict[str, int] = {}
    shown: dict[str, int] = {}
    for place, option in enumerate(options):
        look = " ".join(option.text.replace("`", "").casefold().split())
        for field, value, seen in (("id", option.id, ids), ("text", look, shown)):
            if value and value in seen:
                yield Finding(("options", place, field), f"the same as that of option {seen[value] + 1}", "change one")
            seen.setdefault(value, place)

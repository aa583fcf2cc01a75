"""The question bank: the items of all packs, ready to be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.bank import picture
from bot.bank.gather import Item, gather
from bot.bank.lookup import Lookup
from bot.bank.problem import PackError
from bot.core.pick import Card
from bot.core.question import Question

SHIPPED = Path(__file__).resolve().parents[2] / "content"
"""The pack that comes with Stepwise."""


@dataclass(frozen=True, slots=True)
class Bank:
    """Items by id, the names of topics, and the folders that pictures lie in. It never changes: `load` makes a new one.

    `homes` maps an item's id to its pack's folder; `deck` is what picking needs to know.
    """

    by_id: Mapping[str, Item]
    names: Mapping[str, str]
    homes: Mapping[str, Path]
    deck: tuple[Card, ...]
    lookup: Lookup

    def get(self, item_id: str) -> Item:
        """Return the item with this id; raises KeyError when there is none."""
        return self.by_id[item_id]

    def items(self) -> tuple[Item, ...]:
        """Return all items, sorted by id."""
        return tuple(self.by_id.values())

    def topic_name(self, topic_id: str) -> str:
        """Return what a topic is called; its id where no pack names it any more."""
        return self.names.get(topic_id, topic_id)

    def topics(self) -> Mapping[str, str]:
        """Return the names of all topics by their ids, sorted by id, those without items too."""
        return self.names

    def cards(self) -> tuple[Card, ...]:
        """Return what picking needs to know of every item, sorted by id."""
        return self.deck

    def like(self, text: str, most: int) -> list[str]:
        """Return up to `most` ids of items whose id or topic holds the text, or failing that resembles it."""
        return self.lookup.like(text, most)

    def picture(self, question: Question) -> bytes:
        """Return the picture of a question, which may be a snapshot whose item has changed or gone since.

        Raises PictureError when it has none or the file is not to be had any more.
        """
        if question.picture is None:
            message = "the question has no picture"
            raise picture.PictureError(message, "ask for it only where it has one")
        home = self.homes.get(question.id)
        if home is not None:
            return picture.read(home, question.picture.file)
        # The item is gone. Its picture may be there still, but another pack's of the same name will not do.
        folders = [folder for folder in dict.fromkeys(self.homes.values()) if (folder / question.picture.file).exists()]
        if len(folders) != 1:
            message = f"the item {question.id} and its picture {question.picture.file} are gone"
            raise picture.PictureError(message, "put the item back into its pack")
        return picture.read(folders[0], question.picture.file)


def load(paths: Sequence[Path]) -> Bank:
    """Read packs, folders or single files, in the given order. Raises PackError with every problem in any of them."""
    found = gather(paths)
    if found.problems:
        raise PackError(found.problems)
    by_id = {item.question.id: item for item in sorted(found.items, key=lambda item: item.question.id)}
    questions = [item.question for item in by_id.values()]
    names = dict(sorted(found.topics.items()))
    return Bank(
        by_id=MappingProxyType(by_id),
        names=MappingProxyType(names),
        homes=MappingProxyType(found.homes),
        deck=tuple(Card(question.id, question.topic, question.difficulty) for question in questions),
        lookup=Lookup((question.id, names[question.topic]) for question in questions),
    )

"""Pictures of questions, as files to attach."""

from __future__ import annotations

import io
import logging
from collections import OrderedDict

import discord

from bot.bank.bank import Bank
from bot.bank.picture import PictureError
from bot.core.question import Question
from bot.ui.views.question import picture_name

log = logging.getLogger(__name__)

MOST = 16
"""Pictures kept in memory: a day's question is shown in many guilds."""


class Pictures:
    """Reads pictures from their packs, the latest ones once."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    def files(self, question: Question) -> list[discord.File]:
        """Return the question's picture to attach; none where it has none, or where it cannot be read any more."""
        if question.picture is None:
            return []
        try:
            data = self._read(question, question.picture.file)
        except (PictureError, KeyError) as error:
            log.warning("the picture of %s cannot be shown: %s", question.id, error)
            return []
        return [discord.File(io.BytesIO(data), picture_name(question), description=question.picture.alt[:1024])]

    def _read(self, question: Question, file: str) -> bytes:
        key = (question.id, file)
        data = self._kept.pop(key, None) or self._bank.picture(question)
        self._kept[key] = data
        if len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return data

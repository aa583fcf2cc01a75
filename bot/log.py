"""Logging: to standard error, as text or as one JSON object a line, never with a secret in it."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Collection
from datetime import UTC, datetime
from typing import TextIO

_LEAST = {
    "discord": logging.INFO,  # its debug log holds the URLs of interaction callbacks, and those are tokens
    "sqlalchemy": logging.WARNING,  # below that it writes every statement with what is stored
    "alembic": logging.WARNING,
    "aiosqlite": logging.INFO,
    "asyncio": logging.INFO,
}
"""The lowest level for what others log."""

HIDDEN = "[hidden]"


class Redactor(logging.Filter):
    """Takes secrets out of whatever is logged."""

    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without its secrets."""
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001 - logging itself would write such a record out as it is, secrets and all
            message = f"{record.msg} {record.args}"
            record.msg, record.args = message, ()
        cleaned = self.clean(message)
        if cleaned != message:
            record.msg, record.args = cleaned, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True

    def clean(self, text: str) -> str:
        """Return the text without secrets."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and error where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:
            entry["error"] = record.exc_text
        return json.dumps(entry, ensure_ascii=False)


def start(log_format: str, level: str, *, secrets: Collection[str], stream: TextIO | None = None) -> logging.Handler:
    """Log to `stream`, standard error by default, and return the handler."""
    handler = logging.StreamHandler(stream or sys.stderr)
    text = logging.Formatter("{asctime} {levelname:<7} {name}: {message}", style="{")
    handler.setFormatter(JsonFormatter() if log_format == "json" else text)
    handler.addFilter(Redactor(secrets))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    for name, least in _LEAST.items():
        logging.getLogger(name).setLevel(max(root.level, least))
    return handler

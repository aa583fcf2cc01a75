"""What is set from outside, by environment variables. Nothing is read at import."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

DEFAULT_DATABASE = "sqlite:///var/stepwise.db"
DEFAULT_PLAYGROUND_PORT = 8765
LOG_FORMATS = ("text", "json")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_LARGEST_PORT = 65535


class SettingsError(Exception):
    """A setting that cannot be used. The text is a line for people: which one, and what it may be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `token` is None where none is set; it is kept out of the representation."""

    token: str | None = field(default=None, repr=False)
    database_url: str = field(default=DEFAULT_DATABASE, repr=False)
    content: tuple[Path, ...] = ()
    log_format: str = "text"
    log_level: str = "INFO"
    playground_port: int = DEFAULT_PLAYGROUND_PORT

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Settings:
        """Read the settings from environment variables; raises SettingsError. Empty ones count as not set."""
        values = {name: value.strip() for name, value in environment.items() if value.strip()}
        return cls(
            token=_token(values),
            database_url=values.get("STEPWISE_DATABASE_URL", DEFAULT_DATABASE),
            content=tuple(_path("STEPWISE_CONTENT", part) for part in _paths(values.get("STEPWISE_CONTENT", ""))),
            log_format=_choice(values, "STEPWISE_LOG", LOG_FORMATS, "text"),
            log_level=_choice(values, "STEPWISE_LOG_LEVEL", LOG_LEVELS, "INFO"),
            playground_port=_port(values),
        )

    def secrets(self) -> tuple[str, ...]:
        """Return what must never be logged: the token, and a password in the database URL, as written and as meant."""
        try:
            password = urlsplit(self.database_url).password or ""
        except ValueError:  # whatever this is, it may hold one
            password = self.database_url
        return tuple(dict.fromkeys(secret for secret in (self.token, password, unquote(password)) if secret))


def _token(values: Mapping[str, str]) -> str | None:
    token, file = values.get("DISCORD_TOKEN"), values.get("DISCORD_TOKEN_FILE")
    if token is not None:
        return _single(token, "DISCORD_TOKEN")
    if file is None:
        return None
    try:
        text = _path("DISCORD_TOKEN_FILE", file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = type(error).__name__
        message = f"DISCORD_TOKEN_FILE names {file}, which cannot be read ({why}). Check its path and rights."
        raise SettingsError(message) from None
    if not text:
        message = f"DISCORD_TOKEN_FILE names {file}, which is empty. Put the bot's token into it."
        raise SettingsError(message)
    return _single(text, "DISCORD_TOKEN_FILE")


def _single(token: str, name: str) -> str:
    """Return a token that is nothing else; raises SettingsError, without showing it."""
    if not token.isascii() or any(character.isspace() or not character.isprintable() for character in token):
        message = f"{name} holds more than a token: it must be one word, without spaces, line breaks or notes."
        raise SettingsError(message)
    return token


def _paths(text: str) -> list[str]:
    """Split a list of paths as PATH is split on this system."""
    return [part for part in text.split(os.pathsep) if part]


def _path(name: str, text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        message = f"{name} names {text}, but there is no such home folder. Write the path without ~."
        raise SettingsError(message) from None


def _choice(values: Mapping[str, str], name: str, choices: tuple[str, ...], default: str) -> str:
    value = values.get(name, default)
    for choice in choices:
        if value.casefold() == choice.casefold():
            return choice
    message = f"{name} is {value!r}; it may be {', '.join(choices[:-1])} or {choices[-1]}."
    raise SettingsError(message)


def _port(values: Mapping[str, str]) -> int:
    text = values.get("STEPWISE_PLAYGROUND_PORT", str(DEFAULT_PLAYGROUND_PORT))
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST_PORT)) and int(text) <= _LARGEST_PORT):
        message = f"STEPWISE_PLAYGROUND_PORT is {text!r}; it must be a port from 0 (any free one) to {_LARGEST_PORT}."
        raise SettingsError(message)
    return int(text)

"""Logging: no secret in any line, however it got there, and JSON that machines can read."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from bot import log

TOKEN = "canary.token-that-must-not-be-seen"  # noqa: S105 - a canary
PASSWORD = "hush-hush"  # noqa: S105 - a canary
QUIET = ("discord", "aiosqlite", "asyncio", "sqlalchemy", "alembic", "PIL")


@contextmanager
def _logging(log_format: str = "text", level: str = "DEBUG") -> Iterator[io.StringIO]:
    """Log into a text, and leave logging as it was."""
    root = logging.getLogger()
    handlers, levels = root.handlers[:], {name: logging.getLogger(name).level for name in ("", *QUIET)}
    root.handlers[:] = [one for one in handlers if type(one) is logging.StreamHandler]  # without those of pytest
    stream = io.StringIO()
    log.start(log_format, level, secrets=[TOKEN, PASSWORD, ""], stream=stream)
    try:
        yield stream
    finally:
        root.handlers[:] = handlers
        for name, was in levels.items():
            logging.getLogger(name).setLevel(was)


def _everything(logger: logging.Logger) -> None:
    """Log the secrets in every way that logging knows."""
    logger.info("the token is %s", TOKEN)
    logger.info(f"the password is {PASSWORD}")  # noqa: G004 - people write that
    logger.info("two of them: %s and %r", TOKEN, {"password": PASSWORD})
    logger.info("by name: %(token)s", {"token": TOKEN})
    logger.warning("wrong use: %d", TOKEN)
    logger.info("a stack", stack_info=True)
    try:
        _fail(TOKEN)
    except ValueError:
        logger.exception("with a traceback")
    try:
        try:
            _fail(PASSWORD)
        except ValueError as error:
            raise RuntimeError(TOKEN) from error
    except RuntimeError:
        logger.exception("with a chain of them")


def _fail(text: str) -> None:
    message = f"it was {text}"
    raise ValueError(message)


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_secret_is_in_any_line(log_format: str) -> None:
    with _logging(log_format) as stream:
        _everything(logging.getLogger("stepwise.test"))
    text = stream.getvalue()
    assert TOKEN not in text
    assert PASSWORD not in text
    assert text.count(log.HIDDEN) >= 9


def test_a_traceback_that_another_handler_wrote_before_is_cleaned_too() -> None:
    root, other = logging.getLogger(), logging.StreamHandler(io.StringIO())
    root.addHandler(other)
    try:
        with _logging() as stream:
            try:
                _fail(TOKEN)
            except ValueError:
                logging.getLogger("stepwise.test").exception("with a traceback")
    finally:
        root.removeHandler(other)
    assert "Traceback" in stream.getvalue()
    assert TOKEN not in stream.getvalue()


def test_what_holds_no_secret_is_left_as_it_is() -> None:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "%s of %s", (1, 2), None)
    assert log.Redactor([TOKEN]).filter(record)
    assert (record.msg, record.args) == ("%s of %s", (1, 2))


def test_a_record_that_cannot_be_written_does_not_hurt_whoever_logged_it(capsys: pytest.CaptureFixture[str]) -> None:
    with _logging() as stream:
        logging.getLogger("stepwise.test").info("%d of them", "one")
    assert "%d of them" in stream.getvalue()
    assert "Logging error" not in capsys.readouterr().err


def test_text_lines_hold_time_level_logger_and_message() -> None:
    with _logging() as stream:
        logging.getLogger("stepwise.test").warning("a tick took %s s", 7)
    assert stream.getvalue().endswith(" WARNING stepwise.test: a tick took 7 s\n")


def test_each_json_line_is_an_object_of_its_own() -> None:
    with _logging("json") as stream:
        logger = logging.getLogger("stepwise.test")
        logger.info('two\nlines, a \N{GRINNING FACE} and a "quote"')
        try:
            _fail("this")
        except ValueError:
            logger.exception("failed")
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert set(first) == {"time", "level", "logger", "message"}
    assert (first["level"], first["logger"]) == ("INFO", "stepwise.test")
    assert first["message"] == 'two\nlines, a \N{GRINNING FACE} and a "quote"'
    assert datetime.fromisoformat(first["time"]).tzinfo is not None
    assert second["message"] == "failed"
    assert second["error"].endswith("ValueError: it was this")


def test_the_level_holds_and_discords_debug_log_is_never_written() -> None:
    with _logging(level="DEBUG") as stream:
        logging.getLogger("stepwise.test").debug("ours")
        logging.getLogger("discord.http").debug("a callback's address is a token")
        logging.getLogger("discord.http").info("theirs")
    assert "ours" in stream.getvalue()
    assert "theirs" in stream.getvalue()
    assert "callback" not in stream.getvalue()


def test_a_higher_level_holds_for_everybody() -> None:
    with _logging(level="WARNING") as stream:
        logging.getLogger("stepwise.test").info("ours")
        logging.getLogger("discord.http").info("theirs")
    assert stream.getvalue() == ""


def test_without_a_stream_it_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with _logging():
        handler = log.start("text", "INFO", secrets=[])
        logging.getLogger("stepwise.test").info("hello")
        logging.getLogger().removeHandler(handler)
    shown = capsys.readouterr()
    assert (shown.out, "hello" in shown.err) == ("", True)

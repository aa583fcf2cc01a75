"""The playground as a newcomer meets it: one command, a browser, and the first clicks."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.playground.world import MODERATOR
from tests.playground.browser import Page, browser, chromium
from tests.require import require

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Served:
    """A running playground: its address, its folder and its process."""

    url: str
    folder: Path
    process: subprocess.Popen[str]


@contextmanager
def playground(folder: Path, port: int = 0) -> Iterator[Served]:
    """Start the playground in a process of its own, without a token."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STEPWISE_", "DISCORD_"))}
    environment = kept | {"STEPWISE_PLAYGROUND_PORT": str(port), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot"], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/\S+", line)
        assert found is not None, f"no address in {line!r}"
        yield Served(found[0], folder, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    """Open a fresh playground in the browser, with its question in sight."""
    found = chromium()
    require("chromium", found is not None, "chromium and chromedriver are not on the path")
    assert found is not None
    with playground(tmp_path) as served, browser(found) as driver:
        driver.get(served.url)
        page = Page(driver)
        page.wait_for("Question 1 ·")
        yield page


def test_a_newcomer_sees_the_question_clicks_b_and_reads_the_verdict(page: Page) -> None:
    page.click("B")
    text = page.wait_for("Worked solution")
    assert "✅ Correct" in text or "❌ Not quite" in text
    assert "1-day streak" in text
    page.wait_for("1 has answered")


def test_the_clock_moves_to_the_next_question_which_appears_by_itself(page: Page) -> None:
    page.click("A")
    page.wait_for("1-day streak")
    page.command("/playground next_day")
    page.wait_for("Question 2 ·")
    page.wait_for("Closed · 1 answer")
    page.click("A")
    page.wait_for("2-day streak")


def test_a_refused_command_is_answered_and_is_no_crash(page: Page) -> None:
    page.look_as(MODERATOR)
    page.wait_for("Question 1 ·")
    page.command("/quiz resume")
    text = page.wait_for("The daily question is not paused.")
    assert "failed" not in text
    assert "uncertain" not in text


def test_it_binds_to_loopback_only_and_keeps_its_database_to_its_owner(tmp_path: Path) -> None:
    with playground(tmp_path) as served:
        assert served.url.startswith("http://127.0.0.1:")
        database = tmp_path / "var" / "playground" / "playground.db"
        assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    with playground(tmp_path) as served:
        port = served.url.split(":")[2].split("/")[0]
        environment = dict(os.environ) | {"STEPWISE_PLAYGROUND_PORT": port, "PYTHONPATH": str(ROOT)}
        environment.pop("DISCORD_TOKEN", None)
        (tmp_path / "second").mkdir()
        second = subprocess.run(
            [sys.executable, "-m", "bot", "playground"],
            cwd=tmp_path / "second",
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (second.returncode, second.stderr.strip()) == (
            1,
            (
                f"Port {port} cannot be used (Address already in use). "
                "Set STEPWISE_PLAYGROUND_PORT to another one, or to 0 for any free one."
            ),
        )

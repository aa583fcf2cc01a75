"""Take the pictures in docs/pictures from a running playground: `python -m tests.playground.screenshots [FOLDER]`."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from selenium.webdriver.common.by import By

from bot.playground.world import MEMBERS, MODERATOR
from tests.playground.browser import Page, browser, chromium, until
from tests.playground.test_playground import ROOT, playground

FOLDER = ROOT / "docs" / "pictures"


class Album:
    """Takes pictures of one page."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.folder = folder

    def window(self, name: str) -> None:
        """Take a picture of the whole window."""
        time.sleep(1)
        self.page.driver.save_screenshot(str(self.folder / f"{name}.png"))

    def message(self, name: str, words: str) -> None:
        """Take a picture of the newest message that says the words."""
        self.page.wait_for(words)
        time.sleep(1)
        until(lambda: self._message(name, words), f"a message with “{words}”")

    def _message(self, name: str, words: str) -> bool | None:
        found = self.page.driver.find_elements(By.CSS_SELECTOR, "[data-message-id], article, li")
        showing = [each for each in found if words in each.text and each.size["width"] > WIDEST_LIST]
        if not showing:
            return None
        self.page.driver.execute_script("arguments[0].scrollIntoView({block: 'end'})", showing[-1])
        return showing[-1].screenshot(str(self.folder / f"{name}.png"))


WIDEST_LIST = 400
"""Pixels; what is narrower is the list of messages at the side."""


def main(folder: Path) -> None:
    """Play two days and take the pictures."""
    found = chromium()
    assert found is not None, "chromium and chromedriver are needed"
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as place,
        playground(Path(place)) as served,
        browser(found, 1100, 1250) as driver,
    ):
        album = Album(page := Page(driver), folder)
        driver.get(served.url)
        page.wait_for("Question 1 ·")
        winner = MODERATOR
        for name, letter in zip((*MEMBERS, MODERATOR), "ABCD", strict=True):
            page.look_as(name)
            page.wait_for("Question 1 ·")
            page.click(letter)
            verdict = "Correct" if "✅ Correct" in page.wait_for("1-day streak") else "Not quite"
            album.message(f"reply-{verdict.lower().replace(' ', '-')}", verdict)
            winner = name if verdict == "Correct" else winner
            if verdict == "Not quite" and not (folder / "playground.png").exists():
                album.window("playground")
        page.look_as(winner)
        page.command("/playground next_day")
        page.wait_for("Question 2 ·")
        album.message("question", "Question 2 ·")
        album.message("closed", "Closed · 4 answers")
        for command, words in (
            ("/stats", "Your figures"),
            ("/leaderboard", "Leaderboard ·"),
            ("/help", "What you can do"),
        ):
            page.command(command)
            album.message(command.removeprefix("/"), words)
        page.look_as(MODERATOR)
        page.command("/quiz status")
        album.message("status", "Daily question")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

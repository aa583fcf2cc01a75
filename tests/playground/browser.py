"""A person in front of the playground: headless Chromium, driven by what stands on the page."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select

T = TypeVar("T")

PATIENCE = 20.0
"""Seconds to wait for something to appear."""


def chromium() -> tuple[str, str] | None:
    """Return where Chromium and its driver are, if they are."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


class Page:
    """The playground's page."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def text(self) -> str:
        """Return all text on the page."""
        return self.driver.find_element(By.TAG_NAME, "body").text

    def wait_for(self, words: str) -> str:
        """Wait until the page says the words, and return its text."""
        return until(lambda: text if words in (text := self.text()) else None, f"“{words}” on the page")

    def click(self, label: str) -> None:
        """Click the last enabled button with this label: the newest message's."""
        until(lambda: self._click(label), f"a button {label}")

    def look_as(self, name: str) -> None:
        """Look at the channel as another member."""
        select = until(lambda: self._find("select"), "the choice of viewers")
        Select(select).select_by_visible_text(name)
        time.sleep(0.5)

    def command(self, words: str) -> None:
        """Type a slash command without options, choose it from the list, and send it."""
        until(lambda: self._find("[contenteditable=true], textarea"), "the message box").send_keys(words)
        time.sleep(0.6)
        self.driver.switch_to.active_element.send_keys(Keys.ENTER)
        until(lambda: self._find("[aria-label='Exit command mode']"), "the chosen command")
        until(lambda: self._find("button[aria-label=Send]"), "the button that sends").click()

    def _click(self, label: str) -> bool | None:
        buttons = [button for button in self.driver.find_elements(By.TAG_NAME, "button") if _label(button) == label]
        if not buttons or not buttons[-1].is_enabled():
            return None
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", buttons[-1])
        buttons[-1].click()
        return True

    def _find(self, selector: str) -> WebElement | None:
        found = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return next((each for each in found if each.is_displayed()), None)


@contextmanager
def browser(found: tuple[str, str], width: int = 1200, height: int = 1000) -> Iterator[webdriver.Chrome]:
    """Open a headless browser of this size."""
    options = webdriver.ChromeOptions()
    options.binary_location = found[0]
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", f"--window-size={width},{height}"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(found[1]))
    try:
        yield driver
    finally:
        driver.quit()


def _label(button: WebElement) -> str:
    return button.text.strip().rpartition("\n")[2]


def until(look: Callable[[], T | None], what: str) -> T:
    """Look again and again until there is something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if (found := look()) is not None:
                return found
        except StaleElementReferenceException:
            pass
        time.sleep(0.2)
    message = f"{what} did not appear in {PATIENCE} seconds"
    raise AssertionError(message)

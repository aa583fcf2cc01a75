"""Whether the key of an item is what its own program computes.

`python -m bot.bank.verification [PATH…]` runs the programs of packs, the shipped one by default. That is code which the
authors of the packs wrote: run it only for packs you trust. It needs whatever the programs import, such as torch; the
bot itself never runs them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.bank.bank import SHIPPED
from bot.bank.gather import Item, gather_part

TIMEOUT = 300
"""Seconds for all programs together."""

# One process for all, since importing torch takes seconds; each program has names and warning filters of its own.
_RUNNER = """
import contextlib, io, json, sys, traceback, warnings
for name, source in json.load(sys.stdin):
    printed, error = io.StringIO(), None
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            exec(compile(source, name, "exec"), {"__name__": "__main__"})
    except BaseException:
        error = traceback.format_exc().strip().splitlines()[-1]
    print(json.dumps([name, printed.getvalue(), error]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What running an item's program came to. `error` is the last line of its traceback, if it ended in one."""

    item: Item
    stdout: str
    error: str | None

    @property
    def right(self) -> bool:
        """Whether the program ended well and named the key."""
        return self.error is None and names_key(self.item, self.stdout)

    def __str__(self) -> str:
        """Say in one line where the item stands and what its program did."""
        question = self.item.question
        said = self.error or f"printed {_last_line(self.stdout)!r}, but the key is {question.key.text!r}"
        return f"{self.item.file}:{self.item.line}: {question.id}: {'named the key' if self.right else said}"


def program(item: Item) -> str:
    """Return the source of an item's program.

    It is preceded by `shown`, the item's code (empty where it has none), and `options`, the options' texts by their
    ids. Raises ValueError when the item has no program.
    """
    if item.verify is None:
        message = f"{item.question.id} has no verify program"
        raise ValueError(message)
    options = {option.id: option.text for option in item.question.options}
    return f"shown = {item.question.code or ''!r}\noptions = {options!r}\n{item.verify}\n"


def names_key(item: Item, stdout: str) -> bool:
    """Whether the last line printed that is not blank is the text or the id of the item's key."""
    key = item.question.key
    return _last_line(stdout) in {key.id, key.text}


def _last_line(stdout: str) -> str:
    lines = [line.strip() for line in stdout.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def run(items: Sequence[Item], timeout: float = TIMEOUT) -> list[Outcome]:
    """Run the programs of all items that have one, in one process, with every warning an error.

    Raises subprocess.TimeoutExpired when they take longer, in seconds, than `timeout`.
    """
    verified = [item for item in items if item.verify is not None]
    sources = json.dumps([(item.question.id, program(item)) for item in verified])
    done = subprocess.run(  # noqa: S603 - the interpreter that runs this, and no shell
        [sys.executable, "-W", "error", "-c", _RUNNER],
        input=sources,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
    ended = {name: (stdout, error) for name, stdout, error in map(json.loads, done.stdout.splitlines())}
    killed = ("", "its program, or one before it, ended the process")
    return [Outcome(item, *ended.get(item.question.id, killed)) for item in verified]


def main(arguments: Sequence[str]) -> int:
    """Verify packs, print what fails, and return the exit code."""
    found = gather_part([Path(argument) for argument in arguments] or [SHIPPED], beside=[SHIPPED])
    outcomes = run(found.items)
    wrong = [outcome for outcome in outcomes if not outcome.right]
    lines = [*map(str, found.problems), *map(str, wrong), f"{len(outcomes) - len(wrong)} of {len(outcomes)} verified"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if wrong or found.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

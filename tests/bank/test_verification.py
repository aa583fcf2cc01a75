"""Whether keys are what their programs compute."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.bank.bank import SHIPPED, load
from bot.bank.gather import Item, gather
from bot.bank.verification import Outcome, main, names_key, program, run
from tests.bank.packs import HEAD, ITEM, edit, item_of, write
from tests.require import require

SHIPPED_ITEMS = gather([SHIPPED]).items


def verified(snippet: str, item_id: str = "first") -> str:
    lines = "".join(f"\n      {line}" for line in snippet.splitlines())
    return ITEM.replace("id: first", f"id: {item_id}").replace("source: A book", f"verify: |{lines}")


def outcomes(folder: Path, *snippets: str) -> list[Outcome]:
    items = "".join(verified(snippet, f"item-{place}") for place, snippet in enumerate(snippets))
    bank = load([write(folder, f"{HEAD}items:\n{items}")])
    return run(bank.items(), timeout=60)


def test_a_program_finds_the_code_and_the_options_as_they_are_shown(tmp_path: Path) -> None:
    text = edit("source: A book", "code: |\n      x = 'it''s'\n    verify: |\n      print(options['right'], shown)")
    item = item_of(tmp_path, text)
    done = subprocess.run([sys.executable, "-c", program(item)], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == f"The right one {item.question.code}\n"


def test_without_code_shown_is_empty(tmp_path: Path) -> None:
    (outcome,) = outcomes(tmp_path, "assert shown == ''\nprint(options['right'])")
    assert outcome.right


def test_an_item_without_a_program_has_none_to_run(tmp_path: Path) -> None:
    item = item_of(tmp_path)
    with pytest.raises(ValueError, match="first has no verify program"):
        program(item)
    assert run([item]) == []


@pytest.mark.parametrize(
    ("stdout", "named"),
    [
        ("right\n", True),
        ("The right one", True),
        ("working\n  right  \n\n  \n", True),
        ("right\nwrong\n", False),
        ("The right", False),
        ("wrong", False),
        ("", False),
        ("\n\n", False),
    ],
)
def test_the_last_line_that_is_not_blank_names_the_key(stdout: str, *, named: bool, tmp_path: Path) -> None:
    assert names_key(item_of(tmp_path), stdout) is named


def test_programs_do_not_see_each_other(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "x = 1\nprint('right')", "print('right' if 'x' not in globals() else 'wrong')")
    assert [outcome.right for outcome in found] == [True, True]


def test_a_program_that_fails_or_warns_or_exits_fails_alone(tmp_path: Path) -> None:
    found = outcomes(
        tmp_path,
        "print('right')\n1 / 0",
        "import warnings\nwarnings.warn('careful')\nprint('right')",
        "print('right')\nraise SystemExit(3)",
        "print('right')",
        "print('wrong')",
        "def broken(:",
    )
    assert [outcome.right for outcome in found] == [False, False, False, True, False, False]
    assert [str(outcome).split(": ", 2)[2] for outcome in found] == [
        "ZeroDivisionError: division by zero",
        "UserWarning: careful",
        "SystemExit: 3",
        "named the key",
        "printed 'wrong', but the key is 'The right one'",
        "SyntaxError: invalid syntax",
    ]


def test_a_program_that_ends_the_process_is_told_of(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "print('right')", "import os\nos._exit(0)", "print('right')")
    assert [outcome.right for outcome in found] == [True, False, False]
    assert "ended the process" in str(found[1])


def test_a_program_without_end_is_stopped(tmp_path: Path) -> None:
    item = item_of(tmp_path, edit("source: A book", "verify: |\n      while True: pass"))
    with pytest.raises(subprocess.TimeoutExpired):
        run([item], timeout=0.5)


def test_the_command_says_what_fails_and_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = write(tmp_path / "good", f"{HEAD}items:\n" + verified("print('right')"))
    assert main([str(good)]) == 0
    assert capsys.readouterr().out == "1 of 1 verified\n"
    bad = write(tmp_path / "bad", f"{HEAD}items:\n" + verified("print(0)"))
    assert main([str(bad)]) == 1
    told = "first: printed '0', but the key is 'The right one'\n0 of 1 verified\n"
    assert capsys.readouterr().out == f"{bad}/pack.yaml:10: {told}"
    assert main([str(tmp_path / "nowhere")]) == 1


@pytest.fixture(scope="module")
def shipped() -> dict[str, Outcome]:
    """Return what the programs of all shipped items came to, run once for all tests."""
    require("torch", find_spec("torch") is not None, "torch is not installed")
    return {outcome.item.question.id: outcome for outcome in run(SHIPPED_ITEMS)}


VERIFIED = [item for item in SHIPPED_ITEMS if item.verify is not None]


@pytest.mark.parametrize("item", VERIFIED, ids=[item.question.id for item in VERIFIED])
def test_every_shipped_program_names_the_key_and_no_other_option(item: Item, shipped: dict[str, Outcome]) -> None:
    outcome = shipped[item.question.id]
    assert outcome.right, str(outcome)
    for chosen in item.question.options:
        if not chosen.correct:
            options = tuple(replace(option, correct=option is chosen) for option in item.question.options)
            moved = replace(item, question=replace(item.question, options=options))
            assert not replace(outcome, item=moved).right, f"{chosen.id} would pass as the key"


def test_most_shipped_items_compute_their_key() -> None:
    assert len(VERIFIED) >= 0.9 * len(SHIPPED_ITEMS)

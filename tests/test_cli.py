"""The command line: every command, its exit code, and what it says."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot import cli
from bot.bank.bank import SHIPPED
from bot.cli import DONE, MISUSED, WRONG, main
from bot.run import NO_LOGIN
from db.lock import FileLock

COMMANDS = ("run", "playground", "check", "list", "show", "migrate", "backup", "restore", "doctor")
CANARY = "canary.token-that-must-not-be-seen"
ROOT = Path(__file__).parents[1]

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with a database of its own and no token."""
    return {"STEPWISE_DATABASE_URL": f"sqlite:///{tmp_path / 'stepwise.db'}"}


def _broken(folder: Path) -> Path:
    """Return a shipped item with a mistake in it."""
    text = (SHIPPED / "items" / "t01.yaml").read_text(encoding="utf-8")
    file = folder / "broken.yaml"
    file.write_text(text.replace("difficulty: easy", "difficulty: simple", 1), encoding="utf-8")
    return file


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)], ids=" ".join)
def test_every_command_has_its_help(arguments: list[str], capsys: Said) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments, {})
    assert caught.value.code == DONE
    shown = capsys.readouterr()
    assert shown.out.startswith("usage: python -m bot")
    assert shown.err == ""


def test_the_help_names_every_command(capsys: Said) -> None:
    with pytest.raises(SystemExit):
        main(["--help"], {})
    text = capsys.readouterr().out
    assert set(COMMANDS) <= set(text.partition("commands:")[2].split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["show"],
        ["show", "x", "--seed", "one"],
        ["backup"],
        ["restore"],
        ["list", "more"],
        ["doctor", "--json"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2_and_the_usage(arguments: list[str], capsys: Said) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments, {})
    assert caught.value.code == MISUSED
    assert "usage: python -m bot" in capsys.readouterr().err


def test_it_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (DONE, "")
    assert "Without a command" in done.stdout


def test_without_a_token_run_says_what_to_do(environment: dict[str, str], capsys: Said) -> None:
    assert main(["run"], environment) == MISUSED
    assert capsys.readouterr().err == f"{NO_LOGIN}\n"


def test_bad_settings_are_named_in_a_line(capsys: Said) -> None:
    assert main(["list"], {"STEPWISE_LOG": "xml"}) == MISUSED
    assert capsys.readouterr().err == "STEPWISE_LOG is 'xml'; it may be text or json.\n"


@pytest.mark.parametrize("arguments", [["run"], []], ids=["run", "no command"])
def test_a_second_instance_ends_with_a_clear_line(
    arguments: list[str], environment: dict[str, str], tmp_path: Path, capsys: Said
) -> None:
    lock = FileLock(tmp_path / "stepwise.db")
    try:
        assert main(arguments, {**environment, "DISCORD_TOKEN": CANARY}) == WRONG
    finally:
        lock.release()
    shown = capsys.readouterr()
    assert "Another process uses" in shown.err
    assert "Traceback" not in shown.err
    assert CANARY not in shown.err + shown.out


@pytest.mark.parametrize("arguments", [["playground"], []], ids=["playground", "no command"])
def test_without_simcord_the_playground_says_what_to_install(
    arguments: list[str], environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setitem(sys.modules, "simcord", None)
    monkeypatch.delitem(sys.modules, "bot.playground.serve", raising=False)
    monkeypatch.delitem(sys.modules, "bot.playground.world", raising=False)
    assert main(arguments, environment) == MISUSED
    assert capsys.readouterr().err == (
        "The playground needs simcord: pip install --require-hashes -r requirements/playground.txt\n"
    )


def test_check_counts_what_is_in_the_shipped_pack(environment: dict[str, str], capsys: Said) -> None:
    assert main(["check"], environment) == DONE
    assert " items, " in capsys.readouterr().out


def test_check_writes_json(environment: dict[str, str], capsys: Said) -> None:
    assert main(["check", str(SHIPPED), "--json"], environment) == DONE
    data = json.loads(capsys.readouterr().out)
    assert (data["clean"], data["problems"]) == (True, [])
    assert data["items"]["total"] > 0


def test_check_says_where_a_bad_pack_is_wrong(environment: dict[str, str], tmp_path: Path, capsys: Said) -> None:
    file = _broken(tmp_path)
    wrong = file.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(wrong, 1) if "difficulty: simple" in text)
    column = wrong[line - 1].index("simple") + 1
    assert main(["check", str(file)], environment) == WRONG
    assert f"broken.yaml:{line}:{column}: " in capsys.readouterr().out
    assert main(["check", str(file), "--json"], environment) == WRONG
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert (line, column) in [(problem["line"], problem["column"]) for problem in problems]


def test_check_looks_at_the_extra_packs_too(environment: dict[str, str], tmp_path: Path, capsys: Said) -> None:
    missing = tmp_path / "no-such-pack"
    assert main(["check"], {**environment, "STEPWISE_CONTENT": str(missing)}) == WRONG
    assert "no-such-pack" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["list"], ["show", "t01-one-update"]], ids=" ".join)
def test_a_bank_that_cannot_be_used_is_said_to_be_so(
    arguments: list[str], environment: dict[str, str], tmp_path: Path, capsys: Said
) -> None:
    assert main(arguments, {**environment, "STEPWISE_CONTENT": str(tmp_path / "no-such-pack")}) == WRONG
    shown = capsys.readouterr()
    assert "no-such-pack" in shown.err
    assert shown.out == ""


def test_list_has_an_item_a_line(environment: dict[str, str], capsys: Said) -> None:
    assert main(["list"], environment) == DONE
    text = capsys.readouterr().out
    assert "t01-one-update" in text
    assert main(["list", "--json"], environment) == DONE
    assert "t01-one-update" in json.dumps(json.loads(capsys.readouterr().out))


def test_show_gives_an_item_with_its_key_and_solution(environment: dict[str, str], capsys: Said) -> None:
    assert main(["show", "t01-one-update"], environment) == DONE
    assert "t01-one-update" in capsys.readouterr().out
    assert main(["show", "t01-one-update", "--seed", "7", "--json"], environment) == DONE
    data = json.loads(capsys.readouterr().out)
    wanted = [
        "id",
        "topic",
        "difficulty",
        "kind",
        "stem",
        "code",
        "options",
        "hint",
        "steps",
        "answer",
        "quick_check",
        "mistakes",
        "parameters",
        "seed",
    ]
    assert set(wanted) <= set(data)
    assert (data["id"], data["seed"]) == ("t01-one-update", 7)


def test_an_unknown_item_is_answered_with_one_that_resembles_it(environment: dict[str, str], capsys: Said) -> None:
    assert main(["show", "t01-one-updat"], environment) == WRONG
    text = capsys.readouterr().err
    assert text.startswith("There is no item 't01-one-updat'. Did you mean t01-one-update")


def test_an_item_that_resembles_none_is_answered_with_where_to_look(environment: dict[str, str], capsys: Said) -> None:
    assert main(["show", "§§§§§§§§"], environment) == WRONG
    assert capsys.readouterr().err == "There is no item '§§§§§§§§'. python -m bot list names them all.\n"


def test_migrate_makes_the_schema_and_leaves_it_when_it_is_there(environment: dict[str, str], capsys: Said) -> None:
    assert main(["migrate"], environment) == DONE
    assert "went from schema none" in capsys.readouterr().out
    assert main(["migrate"], environment) == DONE
    assert "already" in capsys.readouterr().out


def test_a_sound_database_is_called_so(environment: dict[str, str], capsys: Said) -> None:
    main(["migrate"], environment)
    capsys.readouterr()
    assert main(["doctor"], environment) == DONE
    assert capsys.readouterr().out == "The database is sound: every score follows from its answers.\n"


def test_a_falsified_database_is_found_out(environment: dict[str, str], tmp_path: Path, capsys: Said) -> None:
    main(["migrate"], environment)
    capsys.readouterr()
    with closing(sqlite3.connect(tmp_path / "stepwise.db")) as connection, connection:
        connection.execute(
            "INSERT INTO guild (id, channel_id, zone, time, days, seed, set_up_by, paused, failures)"
            " VALUES (1, 2, 'UTC', '09:00:00', 127, 'x', 3, 0, 0)"
        )
        connection.execute("INSERT INTO standing VALUES (1, 'all', 7, 1000, 1, 1)")
    assert main(["doctor"], environment) == WRONG
    assert "7" in capsys.readouterr().out


def test_doctor_without_a_database_says_so(environment: dict[str, str], capsys: Said) -> None:
    assert main(["doctor"], environment) == WRONG
    shown = capsys.readouterr()
    assert "There is no file" in shown.err
    assert shown.out == ""


def test_a_backup_is_made_and_restored(environment: dict[str, str], tmp_path: Path, capsys: Said) -> None:
    main(["migrate"], environment)
    saved = tmp_path / "saved.db"
    assert main(["backup", str(saved)], environment) == DONE
    assert "saved" in capsys.readouterr().out
    with closing(sqlite3.connect(tmp_path / "stepwise.db")) as connection, connection:
        connection.execute("INSERT INTO note VALUES ('later', 'x')")
    assert main(["restore", str(saved)], environment) == DONE
    assert "is as it was" in capsys.readouterr().out
    with closing(sqlite3.connect(tmp_path / "stepwise.db")) as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (0,)
    assert main(["doctor"], environment) == DONE


def test_a_backup_never_overwrites_a_file(environment: dict[str, str], tmp_path: Path, capsys: Said) -> None:
    main(["migrate"], environment)
    saved = tmp_path / "saved.db"
    saved.write_text("mine", encoding="utf-8")
    assert main(["backup", str(saved)], environment) == WRONG
    assert str(saved) in capsys.readouterr().err
    assert saved.read_text(encoding="utf-8") == "mine"


def test_what_is_no_backup_is_not_restored(environment: dict[str, str], tmp_path: Path, capsys: Said) -> None:
    main(["migrate"], environment)
    saved = tmp_path / "saved.db"
    saved.write_text("no database at all", encoding="utf-8")
    assert main(["restore", str(saved)], environment) == WRONG
    assert "nothing was restored" in capsys.readouterr().err
    assert main(["doctor"], environment) == DONE


@pytest.mark.parametrize("command", ["migrate", "doctor", "backup"])
def test_a_password_in_the_database_url_is_never_shown(command: str, tmp_path: Path, capsys: Said) -> None:
    more = [str(tmp_path / "saved")] if command == "backup" else []
    for url in (f"postgresql://bot:{CANARY}@127.0.0.1:1/x", f"mysql://bot:{CANARY}@db/x", f"nonsense:{CANARY}"):
        assert main([command, *more], {"STEPWISE_DATABASE_URL": url}) == WRONG
        shown = capsys.readouterr()
        assert CANARY not in shown.out + shown.err
        assert shown.err.strip()


def test_the_environment_of_the_process_is_read_where_none_is_given(
    monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setenv("STEPWISE_LOG", "xml")
    assert cli.main(["list"]) == MISUSED
    assert "STEPWISE_LOG" in capsys.readouterr().err


def test_a_reader_who_has_had_enough_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "bot", "list"]
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(  # noqa: S603 - our own command
            command, stdout=closed, stderr=subprocess.PIPE, cwd=ROOT, timeout=60, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")

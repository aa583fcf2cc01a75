"""Settings from the environment: each variable, its default, and what is said when it cannot be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import DEFAULT_DATABASE, DEFAULT_PLAYGROUND_PORT, Settings, SettingsError

CANARY = "canary.token-that-must-not-be-seen"


def test_without_any_variable_the_defaults_hold() -> None:
    settings = Settings.from_env({})
    assert settings == Settings()
    assert (settings.token, settings.database_url, settings.content) == (None, DEFAULT_DATABASE, ())
    assert (settings.log_format, settings.log_level, settings.playground_port) == (
        "text",
        "INFO",
        DEFAULT_PLAYGROUND_PORT,
    )


def test_empty_variables_count_as_not_set() -> None:
    names = ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE", "STEPWISE_DATABASE_URL", "STEPWISE_CONTENT", "STEPWISE_LOG")
    assert Settings.from_env(dict.fromkeys(names, "  ")) == Settings()


def test_the_token_is_read_from_its_variable_without_the_space_around_it() -> None:
    assert Settings.from_env({"DISCORD_TOKEN": f" {CANARY}\n"}).token == CANARY


@pytest.mark.parametrize("written", [f"{CANARY}\n# my bot", f"{CANARY} x", f"{CANARY}\x07", f"{CANARY}é"])
def test_a_token_with_more_beside_it_is_refused_without_being_shown(written: str, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(written, encoding="utf-8")
    for environment in ({"DISCORD_TOKEN": written}, {"DISCORD_TOKEN_FILE": str(file)}):
        with pytest.raises(SettingsError, match="holds more than a token: it must be one word") as caught:
            Settings.from_env(environment)
        assert CANARY not in str(caught.value)


def test_the_token_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{CANARY}\n", encoding="utf-8")
    assert Settings.from_env({"DISCORD_TOKEN_FILE": str(file)}).token == CANARY


def test_the_variable_goes_before_the_file(tmp_path: Path) -> None:
    missing = str(tmp_path / "none")
    assert Settings.from_env({"DISCORD_TOKEN": CANARY, "DISCORD_TOKEN_FILE": missing}).token == CANARY


def test_a_token_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "none"
    with pytest.raises(SettingsError, match="none, which cannot be read") as caught:
        Settings.from_env({"DISCORD_TOKEN_FILE": str(file)})
    assert "FileNotFoundError" in str(caught.value)


def test_an_empty_token_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="is empty"):
        Settings.from_env({"DISCORD_TOKEN_FILE": str(file)})


def test_a_token_file_that_holds_no_text_is_named_and_not_quoted(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_bytes(b"\xff\xfe\x00secret")
    with pytest.raises(SettingsError, match="UnicodeDecodeError") as caught:
        Settings.from_env({"DISCORD_TOKEN_FILE": str(file)})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("name", ["DISCORD_TOKEN_FILE", "STEPWISE_CONTENT"])
def test_a_home_folder_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} names ~nobody-has-this-name/x"):
        Settings.from_env({name: "~nobody-has-this-name/x"})


def test_the_database_is_taken_as_it_is_given() -> None:
    url = "postgresql://bot@db.example/stepwise"
    assert Settings.from_env({"STEPWISE_DATABASE_URL": url}).database_url == url


def test_extra_packs_are_separated_like_a_path(tmp_path: Path) -> None:
    given = os.pathsep.join([str(tmp_path / "one"), "", str(tmp_path / "two")])
    assert Settings.from_env({"STEPWISE_CONTENT": given}).content == (tmp_path / "one", tmp_path / "two")


def test_a_tilde_in_a_pack_folder_means_the_home_folder() -> None:
    assert Settings.from_env({"STEPWISE_CONTENT": "~/packs"}).content == (Path.home() / "packs",)


@pytest.mark.parametrize(("given", "meant"), [("json", "json"), ("JSON", "json"), ("Text", "text")])
def test_the_log_format_is_read_in_any_case(given: str, meant: str) -> None:
    assert Settings.from_env({"STEPWISE_LOG": given}).log_format == meant


@pytest.mark.parametrize(("given", "meant"), [("debug", "DEBUG"), ("Warning", "WARNING"), ("ERROR", "ERROR")])
def test_the_log_level_is_read_in_any_case(given: str, meant: str) -> None:
    assert Settings.from_env({"STEPWISE_LOG_LEVEL": given}).log_level == meant


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("STEPWISE_LOG", "xml", "STEPWISE_LOG is 'xml'; it may be text or json."),
        (
            "STEPWISE_LOG_LEVEL",
            "loud",
            "STEPWISE_LOG_LEVEL is 'loud'; it may be DEBUG, INFO, WARNING or ERROR.",
        ),
    ],
)
def test_a_value_that_is_no_choice_is_named_with_those_that_are(name: str, value: str, line: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({name: value})
    assert str(caught.value) == line


@pytest.mark.parametrize("port", ["0", "8080", "65535"])
def test_a_port_is_a_number_up_to_65535(port: str) -> None:
    assert Settings.from_env({"STEPWISE_PLAYGROUND_PORT": port}).playground_port == int(port)


@pytest.mark.parametrize("port", ["65536", "-1", "http", "80.5", "²", "1_000", "9" * 5000])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(SettingsError, match="STEPWISE_PLAYGROUND_PORT is"):
        Settings.from_env({"STEPWISE_PLAYGROUND_PORT": port})


def test_secrets_stay_out_of_the_representation() -> None:
    settings = Settings(token=CANARY, database_url=f"postgresql://bot:{CANARY}@db/x")
    assert CANARY not in repr(settings)


@pytest.mark.parametrize(
    ("url", "secrets"),
    [
        ("sqlite:///var/stepwise.db", (CANARY,)),
        ("postgresql://bot@db/x", (CANARY,)),
        ("postgresql://bot:hush@db/x", (CANARY, "hush")),
        ("postgresql://bot:hu%40sh@db/x", (CANARY, "hu%40sh", "hu@sh")),
        ("postgresql://bot:hush@[::1/x", (CANARY, "postgresql://bot:hush@[::1/x")),
    ],
)
def test_secrets_are_the_token_and_the_databases_password(url: str, secrets: tuple[str, ...]) -> None:
    assert Settings(token=CANARY, database_url=url).secrets() == secrets


def test_without_token_and_password_there_are_no_secrets() -> None:
    assert Settings().secrets() == ()


def test_settings_hold_no_more_than_what_is_used_of_the_environment() -> None:
    assert Settings.from_env({"PATH": "/bin", "STEPWISE_SOMETHING": "else"}) == Settings()

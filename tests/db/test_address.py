"""Database URLs: read, or refused without telling the password."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from db import address
from db.errors import DatabaseError


@pytest.mark.parametrize("text", ["sqlite:///var/stepwise.db", "sqlite+aiosqlite:///var/stepwise.db"])
def test_an_sqlite_file_is_found_from_the_current_folder(text: str) -> None:
    place = address.read(text)
    assert place.dialect == "sqlite"
    assert place.file == Path.cwd() / "var" / "stepwise.db"
    assert str(place) == str(place.file)


@pytest.mark.parametrize("text", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_has_no_file(text: str) -> None:
    assert address.read(text).file is None


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg"])
def test_a_postgresql_url_is_named_without_its_password(scheme: str) -> None:
    place = address.read(f"{scheme}://somebody:secret@host/name")
    assert (place.dialect, place.file) == ("postgresql", None)
    assert str(place) == "postgresql+asyncpg://somebody:***@host/name"
    assert place.url.password == "secret"  # noqa: S105 - what is tested


@pytest.mark.parametrize("text", ["", "nonsense:secret", "mysql://a:secret@b/c", "postgresql+psycopg://a:secret@b/c"])
def test_any_other_url_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(DatabaseError, match=r"sqlite:///var/stepwise\.db") as caught:
        address.read(text)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_postgresql_without_its_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(DatabaseError, match=r"-r requirements/run\.txt"):
        address.read("postgresql://host/name")

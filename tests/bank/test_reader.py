"""Any bytes become a document or clear problems."""

from __future__ import annotations

import math
import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.bank import reader
from bot.bank.reader import Document, read


def plain(text: str) -> Any:  # noqa: ANN401 - whatever the text holds
    document = read(text.encode(), "a.yaml")
    assert document.problems == []
    assert document.root is not None
    return document.root.plain()


def told(data: bytes) -> list[str]:
    document = read(data, "a.yaml")
    assert document.root is None
    return [str(problem) for problem in document.problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("1e-3", 0.001),
        ("1.", 1.0),
        (".5", 0.5),
        ("12:30", "12:30"),
        ("2024-01-01", "2024-01-01"),
        ("007", 7),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("+12", 12),
        ("-.inf", -math.inf),
        ("~", None),
        ("null", None),
        ("<<", "<<"),
        ("=", "="),
        ("'1'", "1"),
        ('"true"', "true"),
        ("+", "+"),
        ("", None),
    ],
)
def test_unquoted_values_mean_what_yaml_1_2_says(written: str, meant: object) -> None:
    value = plain(f"key: {written}\n")["key"]
    assert value == meant
    assert type(value) is type(meant)


def test_not_a_number_is_read_as_such() -> None:
    assert math.isnan(plain("key: .nan\n")["key"])


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert plain("<<: {a: 1}\n") == {"<<": {"a": 1}}


def test_nodes_know_their_places() -> None:
    root = read(b"a:\n  - x\n  - b: y\n", "a.yaml").root
    assert root is not None
    assert root.find(("a", 1, "b")).place == (3, 8)
    assert root.find(("a", 7, "b")).place == (2, 3)
    assert root.find(("z",)) is root


def test_a_bomb_of_aliases_is_refused_without_being_followed() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 100))]
    start = time.perf_counter()
    assert told("\n".join(lines).encode()) == [
        "a.yaml:1:5: anchors (&) and aliases (*) are not allowed (298 in this file); write the value out"
    ]
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system [id]", "!!python/name:os.system", "!!binary aGk=", "!!str 1", "!mine x"]
)
def test_no_tag_is_obeyed(tag: str) -> None:
    problems = told(f"a: {tag}\n".encode())
    assert len(problems) == 1
    assert problems[0].startswith('a.yaml:1:4: the tag "')


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_deep_nesting_is_refused_and_exhausts_nothing(opening: str) -> None:
    (problem,) = told(opening.encode() * 100_000)
    assert problem.endswith("the file is nested more than 20 levels deep; no part of a pack goes deeper than 5")


def test_a_mark_before_a_deep_list_is_told_beside_it() -> None:
    problems = told(b"a: &x 1\nb: " + b"[" * 30)
    assert len(problems) == 2


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "1:1: the file is empty; begin it with format: 1"),
        (b"# only a comment\n", "1:1: the file is empty; begin it with format: 1"),
        ("a: b\n".encode("utf-16"), "1:1: the file is in UTF-16, not in UTF-8; save it as UTF-8"),
        ("a: b\n".encode("utf-16-le"), "1:1: the file is in UTF-16, not in UTF-8; save it as UTF-8"),
        ("a: b\n".encode("utf-16-be"), "1:1: the file is in UTF-16, not in UTF-8; save it as UTF-8"),
        ("a: 1\nb: caf\xe9\n".encode("latin-1"), "2:7: the byte 0xe9 is not UTF-8; save the file as UTF-8"),
        (b"a: \xed\xa0\x80\n", "1:4: the byte 0xed is not UTF-8; save the file as UTF-8"),
        (b"a: 1\nb: x\0y\n", "2:5: a NUL byte in the text; remove it"),
        (b"a: 1\nb: x\x7fy\n", "2:5: the control character U+007F in the text; remove it"),
        (b"a: 1\n---\nb: 2\n", "2:1: a second document begins here; give it a file of its own"),
        (b"%YAML 9.9\n---\na: 1\n", "1:1: this is not YAML; check quotes, colons and the indentation of this line"),
    ],
)
def test_what_is_no_text_of_ours_is_refused_with_one_problem(data: bytes, problem: str) -> None:
    (only,) = told(data)
    assert only.startswith(f"a.yaml:{problem}")


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    document = read(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "a.yaml")
    assert document.root is not None
    assert document.root.plain() == {"a": 1, "b": 2}
    assert document.root.find(("b",)).place == (2, 4)


def test_the_first_of_two_equal_keys_is_kept_and_the_second_told_of() -> None:
    document = read(b"a: 1\na: 2\n", "a.yaml")
    assert document.root is not None
    assert document.root.plain() == {"a": 1}
    assert [problem.line for problem in document.problems] == [2]


def test_a_number_of_five_thousand_digits_is_not_read_as_one() -> None:
    document = read(b"a: " + b"9" * 5000, "a.yaml")
    assert [problem.column for problem in document.problems] == [4]


def test_a_number_of_a_hundred_digits_is_read() -> None:
    assert plain(f"a: {'9' * 100}") == {"a": int("9" * 100)}


def test_an_alias_can_stand_for_a_key_without_harm() -> None:
    assert told(b"a: &x 1\n*x : 2\n")[0].startswith("a.yaml:1:4: anchors (&) and aliases (*)")


SIGNS = [*"[]{},#'\"\t\\\0\xe9\u2028\ufeff", "a", "b: ", "- ", "? ", ": ", "\n", "\n  ", "&x ", "*x ", "!t ", "<<: "]
FRAGMENTS = st.sampled_from([*SIGNS, "|\n", ">-\n", "---\n", "...\n", "%YAML 1.1\n", "\\ud83d", "0x1f", "1e400"])
ANY = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(lambda text: text.encode(errors="surrogatepass")),
    st.lists(FRAGMENTS, max_size=30).map(lambda parts: "".join(parts).encode()),
)


@given(ANY)
def test_any_bytes_become_a_document_or_clear_problems(data: bytes) -> None:
    document = read(data, "a.yaml")
    assert (document.root is not None) or document.problems
    lines = (
        data.count(b"\n") + data.count(b"\r") + 2 + data.decode(errors="replace").count("\u2028") + data.count(b"\xc2")
    )
    for problem in document.problems:
        assert 1 <= problem.line <= lines
        assert problem.column >= 1
        assert problem.message
        assert problem.remedy
        assert "\n" not in str(problem)


@given(st.lists(FRAGMENTS, max_size=30).map(lambda parts: "".join(parts).encode()))
def test_without_libyaml_nothing_but_the_wording_may_change(data: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "PARSER", yaml.SafeLoader)
        document = read(data, "a.yaml")
    assert isinstance(document, Document)
    assert (document.root is not None) or document.problems

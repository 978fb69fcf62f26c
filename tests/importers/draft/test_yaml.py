"""What the writer of specs promises: text comes back as it was, and nothing is quoted without need."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec import source
from archspec.importers.draft import yaml

_CHARS = st.characters(exclude_categories=["Cs"])
_HOSTILE = st.sampled_from([
    "", "null", "~", "yes", "a: b", "a #b", "- a", "a:", "? a", "&a", "*a", "!a", "|", ">", "'", '"', "\\", "{a}",
    "[a]", "a, b", "\x00", "\x85", "\u2028", "\ufeff", "\u202e", " a", "a ", "a  b", "1.10", "007", "22:22", "%a",
    "a\nb", "\t", "@a", "`a", "=", "<<", "---", "...", "... a", "\ufffe", "\U0001f600", "a?", "?", "-", "- ", ":", "#",
])  # fmt: skip
_TEXT = _HOSTILE | st.text(_CHARS, max_size=40) | st.lists(_HOSTILE | st.text(_CHARS), max_size=60).map(" ".join)
_KEYS = _TEXT.filter(lambda key: key != "<<")
_DATA: st.SearchStrategy[Any] = st.recursive(
    _TEXT, lambda inner: st.lists(inner, max_size=6) | st.dictionaries(_KEYS, inner, max_size=6), max_leaves=30
)


@given(st.dictionaries(_KEYS, _DATA, max_size=5))
def test_reads_back_what_was_written(data: dict[str, Any]) -> None:
    assert source.parse(yaml.write(data)).data == data


@given(st.dictionaries(_KEYS, _DATA, max_size=5))
def test_writes_nothing_that_a_reader_cannot_see(data: dict[str, Any]) -> None:
    assert all(char.isprintable() for line in yaml.write(data).split("\n") for char in line)


@given(_TEXT)
def test_a_comment_never_ends_before_its_line(text: str) -> None:
    lines = "\n".join([*yaml.comment(text, 2), "a: b"])
    assert source.parse(lines).data == {"a": "b"}


@pytest.mark.parametrize(
    "text",
    ["10.0.0.0/16", "us-east-1a", "443 HTTPS", "~$150", "< 5 minutes", "arn:aws:iam::1:role/x", "1.4.0", "a→b", "a's"],
)
def test_plain_text_stays_without_quotes(text: str) -> None:
    assert yaml.scalar(text) == text


@pytest.mark.parametrize("text", ["16.8", "yes", "null", "108782097218", "2026-01-01", "a, b", "note: x", "", "on"])
def test_what_another_reader_takes_for_something_else_is_quoted(text: str) -> None:
    assert yaml.scalar(text) == f'"{text}"'


def test_numbers_and_switches_are_plain() -> None:
    assert yaml.inline({"a": 1, "b": True, "c": 0.5, "d": None}) == "{a: 1, b: true, c: 0.5, d: ~}"


def test_half_a_surrogate_pair_becomes_a_replacement_character() -> None:
    assert source.parse(yaml.write({"a": "\ud800"})).data == {"a": "�"}


def test_a_long_mapping_is_wrapped_below_its_first_key() -> None:
    assert yaml.entry("api", {"title": "x" * 90, "subnets": ["a" * 20, "b" * 20], "port": 80}, 4) == [
        f"    api: {{title: {'x' * 90},",
        f"          subnets: [{'a' * 20}, {'b' * 20}], port: 80}}",
    ]


def test_a_mapping_of_many_lines_has_a_line_for_each_key() -> None:
    data = dict.fromkeys("abcde", "x" * 100)
    assert yaml.entry("api", data, 0) == ["api:", *(f"  {key}: {'x' * 100}" for key in "abcde")]


def test_long_text_is_folded_in_quotes() -> None:
    lines = yaml.entry("note", " ".join(["word"] * 50), 2)
    assert [line[:12] for line in lines] == ['  note: "wor', "    word wor", "    word wor"]
    assert max(map(len, lines)) <= yaml.WIDTH


def test_a_flow_stands_without_braces() -> None:
    assert yaml.item({"a -> b": "443 HTTPS"}, 2, arrow=True) == ["  - a -> b: 443 HTTPS"]


def test_a_key_longer_than_yaml_takes_is_marked() -> None:
    data = {"k" * 3000: {"l" * 3000: "v"}}
    assert source.parse(yaml.write(data)).data == data

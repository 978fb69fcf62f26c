import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec import source
from archspec.errors import Location, Problem, SpecError

STEADY = settings(derandomize=True, database=None, deadline=None, max_examples=300)

plain_words = st.text("abcxyz019.-_:/é😀", min_size=1, max_size=8).map(lambda text: f"k{text}k")
trees = st.recursive(
    st.none() | plain_words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain_words, inner, max_size=4),
    max_leaves=20,
)


def problems(text: str) -> list[Problem]:
    with pytest.raises(SpecError) as caught:
        source.parse(text, "a.yaml")
    return list(caught.value.problems)


def said(text: str) -> list[tuple[int, int, str]]:
    return [(one.location.line, one.location.column, one.message) for one in problems(text)]


def unreadable(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(SpecError) as caught:
        source.read(path, path.name)
    return caught.value.problems


@pytest.mark.parametrize(
    "word", ["no", "on", "yes", "22:22", "1e3", "0x1F", "007", "1.10", "1_000", ".inf", "2027-01-01", "=", "N"]
)
def test_a_plain_scalar_stays_the_text_that_was_written(word: str) -> None:
    assert source.parse(f"key: {word}").data == {"key": word}


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL", "# only a comment"])
def test_an_empty_value_is_none(nothing: str) -> None:
    assert source.parse(f"key: {nothing}").data == {"key": None}


@pytest.mark.parametrize("word", ["", "~", "null", "a: b", "# c", "[x]"])
def test_a_quoted_scalar_is_always_text(word: str) -> None:
    assert source.parse(f"one: '{word}'\ntwo: \"{word}\"\n").data == {"one": word, "two": word}


@pytest.mark.parametrize("text", ["", "\n\n", "# a\n# b\n", "---\n", "--- # a\n...\n", "\ufeff"])
def test_a_text_without_a_value_is_none(text: str) -> None:
    assert source.parse(text).data is None


@given(trees)
@STEADY
def test_what_another_yaml_writer_wrote_is_read_back(tree: object) -> None:
    assert source.parse(yaml.safe_dump(tree, allow_unicode=True)).data == tree


@given(trees, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
@STEADY
def test_every_value_is_found_where_it_stands(tree: object, end: str, flow: bool) -> None:
    written = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, width=30).replace("\n", end)
    read = source.parse(written, "a.yaml")
    for path, word in words(tree):
        found = read.locate(path)
        assert found.text[found.column - 1 :].lstrip("'\"&? ").startswith(word[:3]), (path, found)


def words(tree: object, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], str]]:
    """Paths of keys and of listed texts, with the word that has to stand there."""
    if isinstance(tree, dict):
        own = [((*path, key), key) for key in tree]
        return own + [found for key, value in tree.items() for found in words(value, (*path, key))]
    if isinstance(tree, list):
        own = [((*path, i), item) for i, item in enumerate(tree) if isinstance(item, str)]
        return own + [found for i, item in enumerate(tree) for found in words(item, (*path, i))]
    return []


@given(st.text("ab:-[]{}&*!|>'\"%@`#?~<,\t\n \r\\\u2028\x85é😀\ufeff\0", max_size=40))
@STEADY
def test_any_text_is_read_or_refused_at_a_place_inside_it(text: str) -> None:
    lines = re.split("\r\n|\r|\n", text.removeprefix("\ufeff"))
    try:
        source.parse(text, "a.yaml")
    except SpecError as error:
        for problem in error.problems:
            line = lines[problem.location.line - 1]
            assert problem.location.text == line
            assert 1 <= problem.location.column <= len(line) + 1


def test_a_mapping_entry_is_located_at_its_key_and_an_item_at_its_start() -> None:
    read = source.parse("top:\n  key: [one, {two: 2}]\n", "a.yaml")

    assert [
        read.locate(path) for path in [(), ("top",), ("top", "key"), ("top", "key", 0), ("top", "key", 1, "two")]
    ] == [
        Location("a.yaml", 1, 1, "top:"),
        Location("a.yaml", 1, 1, "top:"),
        Location("a.yaml", 2, 3, "  key: [one, {two: 2}]"),
        Location("a.yaml", 2, 9, "  key: [one, {two: 2}]"),
        Location("a.yaml", 2, 15, "  key: [one, {two: 2}]"),
    ]


def test_a_step_that_does_not_resolve_is_skipped() -> None:
    read = source.parse("top: {key: 1}\n", "a.yaml")

    assert read.locate(("top", "tag-of-a-union", "key", "missing", 3)) == Location("a.yaml", 1, 7, "top: {key: 1}")


def test_columns_count_characters_not_bytes() -> None:
    assert source.parse("é😀: 1\nb: {é😀: 1, key: 2}\n", "a.yaml").locate(("b", "key")).column == 12


def test_a_line_too_long_to_read_is_located_but_not_shown() -> None:
    text = f"a: [{'x, ' * 5000}x]\n"

    assert source.parse(text, "a.yaml").locate(("a", 5000)) == Location("a.yaml", 1, 15005, "")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_do(end: str) -> None:
    read = source.parse(end.join(["a: 1", "b: |", "  text", "", "c: 3", ""]), "a.yaml")

    assert read.locate(("c",)) == Location("a.yaml", 5, 1, "c: 3")


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
def test_a_line_end_that_only_yaml_1_1_knows_is_refused(char: str) -> None:
    assert problems(f"a: 1\nb: x{char}y\nc: 3\n") == [
        Problem(
            f"the character U+{ord(char):04X} may not stand in YAML",
            Location("a.yaml", 2, 5, f"b: x{char}y"),
            f'remove it; where it is meant, write "\\u{ord(char):04X}" in double quotes',
        )
    ]


def test_every_character_that_yaml_forbids_is_named() -> None:
    assert said("a: \0\nb: \x1b[31m\nc: \x7f \x80 \ufeff\n") == [
        (1, 4, "the character U+0000 may not stand in YAML"),
        (2, 4, "the character U+001B may not stand in YAML"),
        (3, 4, "the character U+007F may not stand in YAML"),
        (3, 6, "the character U+0080 may not stand in YAML"),
        (3, 8, "the character U+FEFF may not stand in YAML"),
    ]


def test_a_forbidden_character_may_be_written_as_an_escape() -> None:
    assert source.parse('a: "\\0 \\e \\u2028"').data == {"a": "\0 \x1b \u2028"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a:\n\tb: 1\n", (2, 1, "a tab stands where YAML allows only spaces")),
        ("a: 1\n\tb: 1\n", (2, 1, "a tab stands where YAML allows only spaces")),
        ("a: b: c\n", (1, 5, "a second ': ' stands on this line, or the line is indented too far")),
        ("a: 1\n  b: 2\n", (2, 4, "a second ': ' stands on this line, or the line is indented too far")),
        ("a: 1\nb\nc: 3\n", (2, 1, "this is not a key: no ': ' follows it")),
        ("a: 1\nb:2\n", (2, 1, "this is not a key: no ': ' follows it")),
        ("a: 1\nb", (2, 1, "this is not a key: no ': ' follows it")),
        ("a:\n  b: 1\n c: 2\n", (3, 2, "expected a key of the mapping that starts on line 1")),
        ("a: 1\n- b\n", (2, 1, "expected a key of the mapping that starts on line 1")),
        ("a: []]\n", (1, 6, "expected a key of the mapping that starts on line 1")),
        ("- a\nb: c\n", (2, 1, "expected an item of the list that starts on line 1")),
        ("x: 1\na: [1, 2\n", (2, 4, "the '[' of line 2 is not closed, or a comma is missing")),
        ("a: [1, 2\nb: 3\n", (2, 2, "the '[' of line 1 is not closed, or a comma is missing")),
        ("a: {b: 1\n", (1, 4, "the '{' of line 1 is not closed, or a comma is missing")),
        ("a: {b: {} c: 1}\n", (1, 11, "the '{' of line 1 is not closed, or a comma is missing")),
        ('x: 1\na: "b\nc: 1\n', (2, 4, "this quote is never closed")),
        ("a: 'b\n", (1, 4, "this quote is never closed")),
        ("a: it's\nb: 'x\n---\n", (2, 4, "this quote is not closed before the next ---")),
        ("a: @b\n", (1, 4, "a text may not start with @")),
        ("a: `b`\n", (1, 4, "a text may not start with `")),
        ("a: %b\n", (1, 4, "a text may not start with %")),
        ("a: *.example\n", (1, 4, "a text may not start with *")),
        ("a: & b\n", (1, 4, "a text may not start with &")),
        ('a: "C:\\Users"\n', (1, 9, 'a backslash in "…" starts an escape, and this is none')),
        ('a: "\\d+"\n', (1, 5, 'a backslash in "…" starts an escape, and this is none')),
        ('a: "\\ud83d"\n', (1, 7, 'a backslash in "…" starts an escape, and this is none')),
        ("a: [,]\n", (1, 5, "expected a value")),
        ("a: - b\n", (1, 4, "a list may not start on this line")),
        ("a: |x\n  b\n", (1, 5, "the line ends after | or >")),
        ("[a]\nb: 1\n", (2, 1, "nothing may follow the end of the document")),
        ("%YAML 2.0\n---\na: 1\n", (1, 1, "is not valid YAML: found incompatible YAML document")),
    ],
)
def test_broken_yaml_is_explained_where_it_breaks(text: str, found: tuple[int, int, str]) -> None:
    assert said(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "a: 1\na: 2\na: 3\n",
            [(2, 1, "the key 'a' is already written on line 1"), (3, 1, "the key 'a' is already written on line 1")],
        ),
        ("a: {b: 1,\n  b: 2}\n", [(2, 3, "the key 'b' is already written on line 1")]),
        ("- a: 1\n  b: 2\n  a: 3\n", [(3, 3, "the key 'a' is already written on line 1")]),
        ("'a': 1\n\"a\": 2\n", [(2, 1, "the key 'a' is already written on line 1")]),
        ("~: 1\n", [(1, 1, "a key is a word, not nothing")]),
        ("a: {{ b }}\n", [(1, 5, "a key is a word, not a mapping")]),
        ("? [a, b]\n: c\n", [(1, 3, "a key is a word, not a list")]),
        ("a: &x {}\n*x : 1\n", [(2, 1, "a key is a word, not a mapping")]),
        ("a: &x {b: 1}\nc: {<<: *x}\n", [(2, 5, "the merge key << is not allowed")]),
        ("a: {'<<': 1}\n", [(1, 5, "the merge key << is not allowed")]),
        ("a: !!str 1\n", [(1, 4, "the tag !!str is not allowed")]),
        ("a: !Ref b\n", [(1, 4, "the tag !Ref is not allowed")]),
        ("a: !x {b: !y [c]}\n", [(1, 4, "the tag !x is not allowed"), (1, 11, "the tag !y is not allowed")]),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            [(1, 4, "the tag !!python/object/apply:os.system is not allowed")],
        ),
        ("a: *b\nc: *d\n", [(1, 4, "*b refers to no anchor"), (2, 4, "*d refers to no anchor")]),
        ("a: &x [*x]\n", [(1, 8, "*x refers to the node it stands in")]),
        ("a: &x {b: {c: *x}}\n", [(1, 15, "*x refers to the node it stands in")]),
        ("a: 1\n---\nb: 2\n", [(2, 1, "a second YAML document starts here")]),
        ("a: 1\n...\n---\n", [(3, 1, "a second YAML document starts here")]),
    ],
)
def test_what_yaml_allows_and_archspec_does_not_is_refused_all_at_once(
    text: str, found: list[tuple[int, int, str]]
) -> None:
    assert said(text) == found


def test_duplicate_keys_before_a_syntax_error_are_told_with_it() -> None:
    assert said("a: {b: 1, b: 2}\nc: 1\nc: 2\nd: [\n") == [
        (1, 11, "the key 'b' is already written on line 1"),
        (3, 1, "the key 'c' is already written on line 2"),
        (4, 4, "the '[' of line 4 is not closed, or a comma is missing"),
    ]


def test_an_alias_repeats_the_value_of_its_anchor() -> None:
    assert source.parse("a: &x [1, {b: 2}]\nc: *x\nd: &y 3\n*y : *y\n").data == {
        "a": ["1", {"b": "2"}],
        "c": ["1", {"b": "2"}],
        "d": "3",
        "3": "3",
    }


def test_an_alias_means_the_last_anchor_of_that_name() -> None:
    assert source.parse("a: &x 1\nb: &x 2\nc: *x\n").data == {"a": "1", "b": "2", "c": "2"}


def test_a_value_behind_an_alias_is_located_at_its_anchor() -> None:
    read = source.parse("a: &x\n  b: 1\nc: *x\n", "a.yaml")

    assert read.locate(("c", "b")) == Location("a.yaml", 2, 3, "  b: 1")


def test_an_alias_bomb_is_refused() -> None:
    levels = [f"{b}: &{b} [{','.join(['*' + a] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]

    assert said("\n".join(["a: &a [x,x,x,x,x,x,x,x,x]", *levels])) == [
        (6, 8, "aliases expand to more than 100000 values")
    ]


def test_aliases_that_nest_deeper_than_brackets_may_are_refused() -> None:
    levels = [f"k{i}: &a{i} {'[' * 30}*a{i - 1}{']' * 30}" for i in range(1, 5)]

    assert said("\n".join(["k0: &a0 [x]", *levels])) == [(4, 39, "is nested more than 64 levels deep")]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_a_hundred_thousand_brackets_are_refused_at_once(opening: str) -> None:
    assert [one.message for one in problems(opening * 100_000)][-1] == "is nested more than 64 levels deep"


def test_reading_ends_after_a_thousand_problems() -> None:
    assert said(f"[{', '.join(['!x y'] * 30_000)}]")[-1] == (1, 5996, "the tag !x is not allowed")
    assert [line for line, _, _ in said("a: 1\n" * 30_000)] == list(range(2, 1002))


def test_a_file_that_is_not_there_is_named_with_the_one_that_may_be_meant(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text("a: 1\n", encoding="utf-8")

    assert unreadable(tmp_path / "shop.yml") == (
        Problem("does not exist", Location("shop.yml", 1, 1), f"did you mean {(tmp_path / 'shop.yaml').as_posix()}?"),
    )


def test_a_file_in_a_folder_that_is_not_there_names_the_folder(tmp_path: Path) -> None:
    hint = f"there is no folder {(tmp_path / 'no').as_posix()}"

    assert unreadable(tmp_path / "no" / "shop.yml") == (Problem("does not exist", Location("shop.yml", 1, 1), hint),)


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert [one.message for one in unreadable(tmp_path)] == ["is not a file"]


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os = pytest.importorskip("os")
    os.mkfifo(tmp_path / "pipe.yaml")

    assert [one.message for one in unreadable(tmp_path / "pipe.yaml")] == ["is not a file"]


def test_a_link_in_a_circle_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")

    assert [one.message for one in unreadable(tmp_path / "loop.yaml")] == ["is a link that leads nowhere"]


def test_a_name_that_the_system_refuses_is_a_problem(tmp_path: Path) -> None:
    assert [one.message for one in unreadable(tmp_path / ("x" * 300))] == ["cannot be read: File name too long"]
    assert [one.message for one in unreadable(tmp_path / "a\0b")] == ["does not exist"]


def test_a_file_without_permission_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "secret.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        assert [one.message for one in unreadable(path)] == ["cannot be read: Permission denied"]
    else:
        pytest.skip("this user may read everything")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as opened:
        opened.truncate(50_000_000)

    assert unreadable(path) == (
        Problem("is larger than 32 MB", Location("large.yaml", 1, 1), "split it with `include:`"),
    )


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("é: 1\n".encode("latin-1"), [(1, 1, "is not UTF-8 text: the byte 0xe9 stands here")]),
        ("é: ".encode() + b"\xff\n", [(1, 4, "is not UTF-8 text: the byte 0xff stands here")]),
        (b"\xef\xbb\xbfa: \xff\n", [(1, 4, "is not UTF-8 text: the byte 0xff stands here")]),
        (b"a: 1\r\nb: \xff\r\n", [(2, 4, "is not UTF-8 text: the byte 0xff stands here")]),
        ("a: 1\n".encode("utf-16"), [(1, 1, "is UTF-16 text; a spec is UTF-8")]),
        ("a: 1\n".encode("utf-16-le"), [(1, 1, "is UTF-16 text; a spec is UTF-8")]),
        ("a: 1\n".encode("utf-16-be"), [(1, 1, "is UTF-16 text; a spec is UTF-8")]),
        (
            b"\x7fELF\x02\x01",
            [
                (1, 1, "the character U+007F may not stand in YAML"),
                (1, 5, "the character U+0002 may not stand in YAML"),
                (1, 6, "the character U+0001 may not stand in YAML"),
            ],
        ),
    ],
)
def test_a_file_that_is_not_utf_8_text_is_refused(
    content: bytes, found: list[tuple[int, int, str]], tmp_path: Path
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)

    assert [(one.location.line, one.location.column, one.message) for one in unreadable(path)] == found


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    read = source.read(path, "a.yaml")

    assert (read.data, read.locate(("b",))) == ({"a": "1", "b": "2"}, Location("a.yaml", 2, 1, "b: 2"))

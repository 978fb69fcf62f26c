"""Changes to a YAML text: what changes, and that nothing else does."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec.errors import KeyPath
from archspec.source import parse
from archspec.source.removing import CannotChangeError
from archspec.source.rewriting import Change, Rewriting, spell
from archspec.source.spans import Place

Path = tuple[str | int, ...]


def places(text: str) -> dict[KeyPath, Place]:
    return {place.path: place for place in Rewriting(text).places.values()}


def change(text: str, path: Path, does: Any = "remove", key: str = "", value: str = "") -> Change:  # noqa: ANN401
    child = places(text)[path].child
    return Change(child.start, child.key is None, does, key, value)


def removed(text: str, *paths: Path) -> str:
    return Rewriting(text).run([change(text, path) for path in paths])


def refused(text: str, path: Path, **how: str) -> str:
    return Rewriting(text).refusal(change(text, path, **how))


@pytest.mark.parametrize(
    ("text", "path", "left"),
    [
        # Items on lines of their own.
        ("a:\n  - 1\n  - 2\n", ("a", 0), "a:\n  - 2\n"),
        ("a:\n  - 1\n  - 2\n", ("a", 1), "a:\n  - 1\n"),
        ("a:\n- 1\n- 2\nb: 3\n", ("a", 1), "a:\n- 1\nb: 3\n"),
        ("a:\n  - x: 1\n    y: 2\n  - z: 3\n", ("a", 0), "a:\n  - z: 3\n"),
        ("a:\n  -\n    x: 1\n  - 2\n", ("a", 0), "a:\n  - 2\n"),
        ("a:\n  -\n  - 2\n", ("a", 0), "a:\n  - 2\n"),
        # Comments: beside what goes they go, on lines of their own they stay.
        ("a:\n  # above\n  - 1  # beside\n  # below\n  - 2\n", ("a", 0), "a:\n  # above\n  # below\n  - 2\n"),
        ("a:\n  - 1 # one\n  - 2 # two\n# end\n", ("a", 1), "a:\n  - 1 # one\n# end\n"),
        ("a: # about a\n  b: 1\n\n  # about c\n  c: 2\n", ("a", "b"), "a: # about a\n\n  # about c\n  c: 2\n"),
        # Entries on lines of their own.
        ("a: 1\nb: 2\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
        ("a:\n  b:\n    c: 1\n  d: 2\n", ("a", "b"), "a:\n  d: 2\n"),
        ("a: |\n  text\n\n\nb: 1\n", ("a",), "\n\nb: 1\n"),
        ("a: >-\n  text\n  # no comment\nb: 1\n", ("a",), "b: 1\n"),
        ("a:\nb: 1\n", ("a",), "b: 1\n"),
        ("? a\n: 1\nb: 2\n", ("b",), "? a\n: 1\n"),
        ('a: "x\n  y"\nb: 1\n', ("a",), "b: 1\n"),
        ("a: x\n  y\nb: 1\n", ("a",), "b: 1\n"),
        # The last one: an empty value would be no value.
        ("a:\n  - 1\n", ("a", 0), "a: []\n"),
        ("a:  # why\n  # above\n  - 1\nb: 2\n", ("a", 0), "a: []  # why\n  # above\nb: 2\n"),
        ("a:\n  b: 1\n", ("a", "b"), "a: {}\n"),
        ('"a" :\n  b: 1\n', ("a", "b"), '"a" : {}\n'),
        # In brackets.
        ("a: [1, 2, 3]\n", ("a", 0), "a: [2, 3]\n"),
        ("a: [1, 2, 3]\n", ("a", 1), "a: [1, 3]\n"),
        ("a: [1, 2, 3]\n", ("a", 2), "a: [1, 2]\n"),
        ("a: [1, 2, 3,]\n", ("a", 2), "a: [1, 2]\n"),
        ("a: [1]\n", ("a", 0), "a: []\n"),
        ("a: {b: 1, c: {d: 2}}\n", ("a", "c"), "a: {b: 1}\n"),
        ("a: {b: 1, c: {d: 2}}\n", ("a", "c", "d"), "a: {b: 1, c: {}}\n"),
        ("a: { b: 1 , c: 2 }\n", ("a", "b"), "a: { c: 2 }\n"),
        ("a: [\n  1, # one\n  2, # two\n  3 # three\n]\n", ("a", 0), "a: [\n  2, # two\n  3 # three\n]\n"),
        ("a: [\n  1, # one\n  2, # two\n  3 # three\n]\n", ("a", 1), "a: [\n  1, # one\n  3 # three\n]\n"),
        ("a: [\n  1, # one\n  2, # two\n  3 # three\n]\n", ("a", 2), "a: [\n  1, # one\n  2, # two\n]\n"),
        ("a: [\n  1,\n  2\n]\n", ("a", 1), "a: [\n  1\n]\n"),
        ("a: [1, 2, # two\n  3]\n", ("a", 1), "a: [1,\n  3]\n"),
        ("a: [{b: 1,\n  c: 2}, 3]\n", ("a", 0), "a: [3]\n"),
        # Line endings, and a last line without one.
        ("a:\r\n  - 1\r\n  - 2\r\n", ("a", 0), "a:\r\n  - 2\r\n"),
        ("a:\r\n  - 1\r\n", ("a", 0), "a: []\r\n"),
        ("a: 1\nb: 2", ("b",), "a: 1\n"),
        ("a: 1\nb: 2", ("a",), "b: 2"),
        ("a: [1, 2]", ("a", 1), "a: [1]"),
        ("a: 1\rb: 2\r", ("a",), "b: 2\r"),
        ("é: 1\n数: 2 # 🚀\n", ("é",), "数: 2 # 🚀\n"),
    ],
)
def test_what_is_removed_goes_and_nothing_else(text: str, path: Path, left: str) -> None:
    assert removed(text, path) == left


@pytest.mark.parametrize(
    ("text", "paths", "left"),
    [
        ("a: [1, 2, 3]\n", [("a", 0), ("a", 1)], "a: [3]\n"),
        ("a: [1, 2, 3]\n", [("a", 1), ("a", 2)], "a: [1]\n"),
        ("a: [1, 2, 3]\n", [("a", 0), ("a", 2)], "a: [2]\n"),
        ("a: [1, 2, 3]\n", [("a", 2), ("a", 0), ("a", 1)], "a: []\n"),
        ("a:\n  - 1\n  # two\n  - 2\n  - 3\n", [("a", 0), ("a", 2)], "a:\n  # two\n  - 2\n"),
        ("a:\n  - 1\n  # two\n  - 2\n", [("a", 0), ("a", 1)], "a: []\n  # two\n"),
        ("a:\n  - {x: 1, y: 2}\n  - 3\n", [("a", 0, "x"), ("a", 0)], "a:\n  - 3\n"),
        ("a: 1\nb: 2\nc: 3\n", [("a",), ("b",)], "c: 3\n"),
        ("a: 1\nb: 2\nc: 3\n", [("b",), ("b",)], "a: 1\nc: 3\n"),
    ],
)
def test_several_may_go_at_once(text: str, paths: Sequence[Path], left: str) -> None:
    assert removed(text, *paths) == left


@pytest.mark.parametrize(
    ("text", "path", "value", "changed"),
    [
        ("a: 1 # one\n", ("a",), "22", "a: 22 # one\n"),
        ("a: '1'\n", ("a",), "22", "a: '22'\n"),
        ('a: "1"\n', ("a",), "22", 'a: "22"\n'),
        ("a: [1, 2]\n", ("a", 0), "80, 443", 'a: ["80, 443", 2]\n'),
        ("a: {b: 1}\n", ("a", "b"), "null", 'a: {b: "null"}\n'),
        ("a: x\n  y\nb: 1\n", ("a",), "1", "a: 1\nb: 1\n"),
    ],
)
def test_a_value_is_set_where_it_stands(text: str, path: Path, value: str, changed: str) -> None:
    assert Rewriting(text).run([change(text, path, "set", value=value)]) == changed


@pytest.mark.parametrize(
    ("text", "path", "changed"),
    [
        ("a: {b: 1} # one\n", ("a",), "a: {b: 1, port: 80} # one\n"),
        ("a: [{b: 1,}]\n", ("a", 0), "a: [{b: 1, port: 80,}]\n"),
        ("a:\n  b: 1 # one\n\nc: 2\n", ("a",), "a:\n  b: 1 # one\n  port: 80\n\nc: 2\n"),
        ("a:\r\n  - b: 1\r\n  - c: 1\r\n", ("a", 0), "a:\r\n  - b: 1\r\n    port: 80\r\n  - c: 1\r\n"),
        ("a:\n  b:\n    c: 1", ("a",), "a:\n  b:\n    c: 1\n  port: 80"),
    ],
)
def test_a_key_is_added_behind_the_others(text: str, path: Path, changed: str) -> None:
    assert Rewriting(text).run([change(text, path, "set", "port", "80")]) == changed


def test_a_key_is_given_another_name() -> None:
    text = '"netwrok" :  # why\n  a: 1\n'

    assert Rewriting(text).run([change(text, ("netwrok",), "rename", value="network")]) == text.replace("wrok", "work")


@pytest.mark.parametrize(
    ("text", "path", "how", "told"),
    [
        ("- x: 1\n  y: 2\n", (0, "x"), {}, "it shares a line with something else"),
        ("a:\n  - - 1\n    - 2\n", ("a", 0, 0), {}, "it shares a line with something else"),
        ("? a\n: 1\n", ("a",), {}, "nothing would be left of what it stands in"),
        ("a: 1\n", ("a",), {}, "nothing would be left of what it stands in"),
        ("a: &x 1\nb: *x\n", ("a",), {}, "it is written once for several places, with an anchor or an alias"),
        ("a: &x 1\nb: *x\n", ("b",), {}, "it is written once for several places, with an anchor or an alias"),
        (
            "a: &x {b: [1, 2]}\nc: *x\n",
            ("a", "b", 0),
            {},
            "it is written once for several places, with an anchor or an alias",
        ),
        ("&x a: 1\nb: *x\n", ("b",), {}, "it is written once for several places, with an anchor or an alias"),
        ("a: {b: [&x 1]}\nc: *x\n", ("a",), {}, "it holds an anchor or an alias"),
        ("a: [1]\n", ("a",), {"does": "set", "value": "1"}, "it is no single value on a line"),
        ("a: |\n  x\n", ("a",), {"does": "set", "value": "1"}, "it is no single value on a line"),
        ("a: {}\n", ("a",), {"does": "set", "key": "b", "value": "1"}, "it holds no keys yet"),
        ("a: [\n  1,\n  # about two\n  2\n]\n", ("a", 1), {}, ""),
        ("a: [\n  1\n  # a comment\n  , 2\n]\n", ("a", 0), {}, "a comment stands within what would go"),
    ],
)
def test_what_cannot_be_changed_alone_is_refused(text: str, path: Path, how: dict[str, str], told: str) -> None:
    assert refused(text, path, **how) == told


@pytest.mark.parametrize(
    ("text", "changes", "told"),
    [
        ("a: [x: 1, 2]\n", [(("a", 0, "x"), "remove", "")], "the text around it would change its meaning"),
        ("a: 1\nb: 2\n", [(("a",), "rename", "b")], "the key 'b' is already written on line 1"),
    ],
)
def test_a_text_that_would_say_something_else_is_not_made(text: str, changes: list[Any], told: str) -> None:
    with pytest.raises(CannotChangeError) as caught:
        Rewriting(text).run([change(text, path, does, value=value) for path, does, value in changes])

    assert str(caught.value) == told


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_what_is_spelt_is_read_back(text: str) -> None:
    assert parse(f"a: [{spell(text)}, 1]\n").data == {"a": [text, "1"]}


# What specs are written like: nested, in brackets and without, comments and empty lines anywhere, any line ending.
SCALARS = st.sampled_from(["1", "a b", "'it''s'", '"q: #"', "10.0.0.0/16", "x#y"])
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.tuples(st.just("list"), st.booleans(), st.lists(inner, min_size=1, max_size=4)),
        st.tuples(st.just("mapping"), st.booleans(), st.lists(inner, min_size=1, max_size=4)),
    ),
    max_leaves=12,
)
REMARKS = st.sampled_from(["", "", "", "  # beside", " #x"])
LINES = st.sampled_from(["", "", "", "# above\n", "\n", "\n   # more\n\n"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    tops = draw(st.lists(TREES, min_size=1, max_size=4))
    text = "".join(_block(draw, ("mapping", False, tops), ""))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return (text if draw(st.booleans()) else text.rstrip()).replace("\n", newline)


def _block(draw: st.DrawFn, tree: Any, indent: str) -> Iterator[str]:  # noqa: ANN401
    form, _, inner = tree
    for position, item in enumerate(inner):
        lead = f"k{position}:" if form == "mapping" else "-"
        remark = draw(REMARKS)
        yield draw(LINES).replace("#", f"{indent}#")
        if isinstance(item, tuple) and not item[1]:
            yield f"{indent}{lead}{remark}\n"
            yield from _block(draw, item, indent + draw(st.sampled_from(["  ", "    "])))
        else:
            yield f"{indent}{lead} {_flow(draw, item, indent + '  ')}{remark}\n"


def _flow(draw: st.DrawFn, item: Any, indent: str) -> str:  # noqa: ANN401
    if isinstance(item, str):
        return item
    form, _, inner = item
    parts = [
        f"k{i}: {_flow(draw, one, indent + '  ')}" if form == "mapping" else _flow(draw, one, indent + "  ")
        for i, one in enumerate(inner)
    ]
    gap = draw(st.sampled_from([" ", " ", "", f"\n{indent}", f" # why\n{indent}"]))
    gap = " " if gap == "" and form == "mapping" else gap
    opening, closing = "{}" if form == "mapping" else "[]"
    start, end = draw(st.sampled_from([("", ""), (" ", " "), (f"\n{indent}", f"\n{indent}"), ("", ",")]))
    return f"{opening}{start}{f',{gap}'.join(parts)}{end}{closing}"


def own_comments(text: str) -> list[str]:
    return re.findall(r"(?m)^[ ]*#[^\r\n]*", text)


@settings(max_examples=400, deadline=None)
@given(texts(), st.data())
def test_a_change_leaves_everything_else_byte_for_byte(text: str, data: st.DataObject) -> None:
    known = places(text)
    path = data.draw(st.sampled_from(sorted(known, key=str)))
    place, does = known[path], data.draw(st.sampled_from(["remove", "set"]))
    if does == "set" and place.child.value.form != "scalar":
        does = "remove"
    wanted = change(text, path, does, value="7" if does == "set" else "")
    if Rewriting(text).refusal(wanted):
        return
    new = Rewriting(text).run([wanted])
    holder = place.outer.child if place.outer else None
    before, after = (holder.start, holder.end) if holder else (0, len(text))
    behind = max(after, text.find("\n", after) + 1 or len(text))

    assert new.startswith(text[:before].rstrip(" "))  # the first item takes its indentation along
    assert new.endswith(text[behind:])
    assert [
        sibling
        for i, one in enumerate(place.holder.children)
        if i != place.position and (sibling := text[one.start : one.end].strip()) not in new
    ] == []
    begin = place.child.start if place.child.key else text.rfind("-", 0, place.child.start)
    outside = [*own_comments(text[:begin]), *own_comments(text[place.child.end :].lstrip(" ").lstrip("#"))]
    assert [one for one in outside if one not in new] == []
    assert new.count("\r\n") == new.count("\n") or "\r\n" not in text


@settings(max_examples=200, deadline=None)
@given(texts(), st.data())
def test_whatever_goes_at_once_the_rest_says_what_it_said(text: str, data: st.DataObject) -> None:
    known = places(text)
    chosen = data.draw(st.lists(st.sampled_from(sorted(known, key=str)), unique=True, max_size=5))
    rewriting = Rewriting(text)
    wanted = [one for one in (change(text, path) for path in chosen) if not rewriting.refusal(one)]
    try:
        new = rewriting.run(wanted)
    except CannotChangeError:
        return
    gone = {path for path in chosen if change(text, path) in wanted}

    assert parse(new).data == _without(parse(text).data, (), gone)


def _without(value: Any, path: Path, gone: set[Path]) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {key: _without(one, (*path, key), gone) for key, one in value.items() if (*path, key) not in gone}
    if isinstance(value, list):
        return [_without(one, (*path, i), gone) for i, one in enumerate(value) if (*path, i) not in gone]
    return value

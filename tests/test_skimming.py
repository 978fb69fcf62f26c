"""One key of a spec, found without reading all of it."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from archspec.errors import SpecError
from archspec.source import parse
from archspec.source.skimming import skim

START = "archspec: 1\nname: shop\n"


@pytest.mark.parametrize(
    "text",
    [
        "include: [a.yaml, b c.yaml]\n",
        f"{START}include:\n  - a.yaml\n  - b c.yaml\nnetwork: {{}}\n",
        f"{START}include:\n- a.yaml\n# a comment at the start of a line\n- b c.yaml\nnetwork: {{}}\n",
        f"# first\n\n---\n{START}include: # two\n\n  - 'a.yaml'\n\n  - \"b c.yaml\"",
        f"{START}include: [\n  a.yaml, # the first\n  b c.yaml,\n]\nnetwork: {{}}\n",
        f"{START}include: [\na.yaml,\nb c.yaml\n]\nnetwork: {{}}\n",
        f'{START}"include": [a.yaml, b c.yaml]\n',
        f'{START}"incl\\u0075de": [a.yaml, b c.yaml]\n',
        f"{START}? include\n: [a.yaml, b c.yaml]\n",
        f"{START}include :\n  [a.yaml, b c.yaml]\n",
        f"{START}&key include: [a.yaml, b c.yaml]\n",
        f"parts: &parts [a.yaml, b c.yaml]\n{START}include: *parts\n",
        '{"archspec": 1, "include": ["a.yaml", "b c.yaml"]}',
        "{archspec: 1, include: [a.yaml, b c.yaml]}",
        "  archspec: 1\n  include: [a.yaml, b c.yaml]\n",
        "%YAML 1.2\n---\narchspec: 1\ninclude: [a.yaml, b c.yaml]\n",
        f"{START}include: [a.yaml, b c.yaml]\n".replace("\n", "\r\n"),
        f"{START}include:\n- a.yaml\n- b c.yaml\nnetwork: {{}}\n".replace("\n", "\r"),
        f"\ufeff{START}include: [a.yaml, b c.yaml]\n",
        f"{START}title: |\n  include: [no.yaml]\ninclude: [a.yaml, b c.yaml]\n",
    ],
)
def test_a_key_is_found_however_it_is_written(text: str) -> None:
    assert (skim(text, "include"), parse(text).data["include"]) == ([["a.yaml", "b c.yaml"]], ["a.yaml", "b c.yaml"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        START,
        f"{START}# include: [a.yaml]\n",
        f"{START}title: >-\n  This\n  include: [a.yaml]\n",
        f"{START}document:\n  include: [a.yaml]\n",
        f"{START}includes: [a.yaml]\ninclude_all: [a.yaml]\n",
        f'{START}title: "\\u0022 and no more"\n',
        "- include: [a.yaml]\n",
        "include\n",
    ],
)
def test_where_there_is_no_such_key_nothing_is_found(text: str) -> None:
    assert skim(text, "include") == []


def test_what_only_looks_like_the_key_is_returned_beside_it() -> None:
    text = f'{START}title: "two lines,\ninclude: [no.yaml] # "\ninclude: [a.yaml]\n'

    assert (parse(text).data["include"], skim(text, "include")) == (["a.yaml"], [["no.yaml"], ["a.yaml"]])


def test_the_rest_of_the_file_is_not_parsed() -> None:
    assert skim("include: [a.yaml]\nnetwork: [\n", "include") == [["a.yaml"]]


@pytest.mark.parametrize("text", ["include: [a.yaml\n", "{include: [a.yaml]\n", '"include": *nothing\n'])
def test_where_only_the_whole_file_tells_and_it_is_broken_that_is_said(text: str) -> None:
    with pytest.raises(SpecError):
        skim(text, "include")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), max_size=8)
LEAVES = WORDS | st.sampled_from(["include", "include: [a]", "a\ninclude: [b]\nc", "name: x\n"])
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LEAVES, inner, max_size=3))


@given(
    before=st.dictionaries(LEAVES, VALUES, max_size=3),
    value=st.lists(WORDS.filter(bool), min_size=1),
    style=st.sampled_from(["block", "flow", "mixed", "json"]),
)
def test_no_value_of_a_key_is_missed(before: dict[str, Any], value: list[str], style: str) -> None:
    data = {**before, "include": value, "after": "x"}
    if style == "json":
        text = json.dumps(data)
    else:
        flow = {"block": False, "flow": True, "mixed": None}[style]
        text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    try:
        stated = parse(text).data["include"]
    except SpecError:  # what the reader refuses is no spec
        return

    assert stated in skim(text, "include")

"""What the canonical form of a spec's text is, by example."""

import re
from pathlib import Path

import pytest

from archspec.errors import SpecError
from archspec.formatting import formatted
from archspec.formatting.ordering import FIRST, LAST
from archspec.model.architecture import Architecture
from archspec.model.element import Element, Model, inner_classes

INVISIBLE = {
    "a comment has two spaces before it and one behind its hash": (
        "name: x #why\n#:kept\n##kept\n#   kept\nregion: y\t# z  \n",
        "name: x  # why\n#:kept\n##kept\n#   kept\nregion: y  # z\n",
    ),
    "no line ends with a space, and one empty line is the most": (
        "\n\nname: x   \n\n\n\nregion: y\n\n\n",
        "name: x\n\nregion: y\n",
    ),
    "the last line ends as all others do": (
        "name: x",
        "name: x\n",
    ),
    "text blocks keep every character": (
        "name: x\ndescription: |\n      a\n        b \n\n\n      c\n\n\nregion: y\n",
        "name: x\ndescription: |\n  a\n    b \n\n\n  c\n\nregion: y\n",
    ),
    "no empty line comes to stand below a text that would take it as its own": (
        "region: y\nnote: |+\n  a\n\n  b\n\narchspec: 1\n\nname: x\n\n# c\nowner: z\n",
        "archspec: 1\nnote: |+\n  a\n\n  b\n\nname: x\nregion: y\n\n# c\nowner: z\n",
    ),
    "a comment at the anchor of the whole file stays above it": (
        "# a\n&x # b\n# c\nname: y\n",
        "# a\n# b\n&x\n# c\nname: y\n",
    ),
    "a file of an anchor and comments stays as it is": (
        "# a\n&x # b\n\n# c\n",
        "# a\n&x # b\n\n# c\n",
    ),
    "a key may begin as the mark of a document does": (
        "---x:   1\n",
        "---x: 1\n",
    ),
    "a long key in brackets gets no colon that it had not": (
        f"{'x' * 20}: {{{'a' * 120}  # b\n}}\n",
        f"{'x' * 20}: {{{'a' * 120}  # b\n{' ' * 22}}}\n",
    ),
    "a text block without a last line break is the same text": (
        "a: |\n  b",
        "a: |-\n  b\n",
    ),
    "JSON stays JSON": (
        '{\n    "archspec": "1",\n    "network": {\n        "vpcs": {}\n    }\n}',
        '{\n  "archspec": "1",\n  "network": {\n    "vpcs": {}\n  }\n}\n',
    ),
}
"""What cannot be seen in the file of examples."""

PAGE = (Path(__file__).parent / "examples.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^### ([^\n]*)\n\n```yaml\n(.*?)```\n\n```yaml\n(.*?)```$", PAGE, re.DOTALL | re.MULTILINE)
CASES = INVISIBLE | {sentence: (before, after) for sentence, before, after in EXAMPLES}


def test_every_example_is_read() -> None:
    assert len(EXAMPLES) == PAGE.count("\n### ")


@pytest.mark.parametrize("sentence", CASES)
def test_canonical(sentence: str) -> None:
    before, after = CASES[sentence]

    assert formatted(before) == after


@pytest.mark.parametrize("sentence", CASES)
def test_what_is_canonical_stays(sentence: str) -> None:
    assert formatted(CASES[sentence][1]) == CASES[sentence][1]


@pytest.mark.parametrize("text", ["", "\n", "# a\n", "{}\n", "[]\n", "---\n...\n", "just text\n"])
def test_texts_that_hold_next_to_nothing(text: str) -> None:
    assert formatted(text) == (text if text.strip() else "")


def test_line_breaks_are_of_the_kind_of_the_first() -> None:
    assert formatted("name:  x\r\nregion: y\nstage: z\r") == "name: x\r\nstage: z\r\nregion: y\r\n"
    assert formatted("name:  x\nregion: y\r\n") == "name: x\nregion: y\n"


def test_a_byte_order_mark_stays() -> None:
    assert formatted("\ufeffname:  x\n") == "\ufeffname: x\n"


def test_a_text_that_is_not_yaml_is_refused_with_its_place() -> None:
    with pytest.raises(SpecError) as raised:
        formatted("name: [x\n", "shop.yaml")

    assert [str(one.location) for one in raised.value.problems] == ["shop.yaml:1:7"]


def test_a_key_that_only_a_question_mark_can_write_is_refused_with_its_place() -> None:
    with pytest.raises(SpecError) as raised:
        formatted('a: 1\n? "b\n  c"\n: 2\n', "shop.yaml")

    assert [(str(one.location), one.hint) for one in raised.value.problems] == [("shop.yaml:2:3", "write a short key")]


def test_a_deep_text_is_formatted() -> None:
    deep = "".join(f"{'  ' * depth}k{depth}:\n" for depth in range(60)) + f"{'  ' * 60}end: 1\n"

    assert (formatted(deep), formatted("[" * 60 + "]" * 60 + "\n")) == (deep, "[" * 60 + "]" * 60 + "\n")


def test_what_the_page_says_becomes_of_its_sample() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "formatting.md").read_text(encoding="utf-8")
    before, after, *_ = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)

    assert formatted(before) == after


def models(model: type[Model], found: dict[str, type[Model]]) -> dict[str, type[Model]]:
    """Return a model and all in it, by their names."""
    if model.__name__ not in found:
        found[model.__name__] = model
        for classes in inner_classes(model).values():
            for one in classes:
                models(one, found)
    return found


def test_what_stands_first_or_last_is_a_key_of_the_language() -> None:
    known = models(Architecture, {})
    keys = {name: {field.alias or key for key, field in known[name].model_fields.items()} for name in FIRST}

    assert [(name, key) for name, first in FIRST.items() for key in first if key not in keys[name]] == []
    assert set(LAST) - set(Element.model_fields) == set()

"""What formatting may never lose: the data, the order of what has one, every comment at its key; and that it ends."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from archspec import api
from archspec.errors import SpecError
from archspec.formatting import UnformattableError, formatted
from archspec.model.architecture import AREAS, Architecture
from archspec.source import parse
from tests.exporters.any_spec import any_spec

ROOT = Path(__file__).parent.parent.parent
FILES = sorted((ROOT / "specs").rglob("*.yaml"))
SPECS = [path for path in FILES if path.read_text(encoding="utf-8").partition("archspec: 1")[1]]
PIECES = [
    *(
        "  ",
        "\n\n",
        "\n  ",
        "\n      ",
        "# c\n",
        " # c\n",
        "#x",
        "{",
        "}",
        "[",
        "]",
        ",",
        ": ",
        ":",
        "- ",
        "-",
        "? ",
        "&a ",
        "*a",
    ),
    *(
        '"',
        "'",
        "|\n",
        ">-\n",
        "|+\n",
        "|2\n",
        "\t",
        "\r\n",
        "\ufeff",
        "é",
        "あ",
        "~",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\\",
    ),
    *(" ", "\n", " -> ", "title: x", "note: y", "archspec: 1\n", "x" * 130, "word " * 40),
]
SMALL = [
    "network:\n  vpcs:\n    main: {cidr: 10.0.0.0/16, title: x}\n",
    "flows:\n  - a -> b: 443 x\n  - {a -> b: 1, note: z}\nname: q\narchspec: 1\n",
    'compute:\n services:\n  web: {port: 1, title: "a b", # c\n   note: plain\n    text}\n  # t\n# x\nname: z\n',
    "a: |\n  x\n   y\n\n\n# c\nb: >-\n  z\n",
    "a:\n- b\n- c: 1\n  d: 2\n# x\n-\n  - 1\n  - - 2\n",
    '{"archspec": "1", "name": "x", "network": {\n "vpcs": {}\n}}\n',
    'x: &a {b: 1}\ny: *a\nz: "mult\n  line \\\n  text"\n',
    "k: 'it''s\n\n  two'\nm: plain\n  more\n\n  again\n",
]
many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])


def mutated(text: str, random: Random) -> str:
    for _ in range(random.randint(1, 4)):
        at = random.randint(0, len(text))
        match random.randint(0, 2):
            case 0:
                text = text[:at] + random.choice(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[at + random.randint(1, 6) :]
            case _:
                lines = text.split("\n")
                one, two = random.randrange(len(lines)), random.randrange(len(lines))
                lines[one], lines[two] = lines[two], lines[one]
                text = "\n".join(lines)
    return text


def read(text: str) -> Any:  # noqa: ANN401  whatever a text holds
    try:
        return parse(text).data
    except SpecError:
        return assume(False)


def check(text: str) -> None:
    before = read(text)
    try:
        after = formatted(text)
    except SpecError as error:
        after = str(error)
    if "without `?`" in after:
        return
    assert parse(after).data == before
    assert formatted(after) == after


@many
@given(st.randoms(use_true_random=False), st.sampled_from(SMALL))
def test_a_small_text_says_the_same_and_is_canonical_at_once(random: Random, text: str) -> None:
    check(mutated(text, random))


@settings(many, max_examples=60)
@given(st.randoms(use_true_random=False), st.sampled_from(FILES))
def test_a_spec_with_slips_in_it_says_the_same_and_is_canonical_at_once(random: Random, file: Path) -> None:
    check(mutated(file.read_text(encoding="utf-8"), random))


@settings(many, max_examples=15)
@given(st.integers(0, 10_000))
def test_a_spec_of_everything_says_the_same(seed: int) -> None:
    check(any_spec(seed))


@settings(many, max_examples=15)
@given(st.integers(0, 10_000))
def test_json_stays_json(seed: int) -> None:
    import json

    text = any_spec(seed)

    assert json.loads(formatted(text)) == json.loads(text)


def ids(data: Mapping[str, Any]) -> Iterator[list[str]]:
    """Yield the ids of each kind, and the keys of what the language has no names for, in their order."""
    for area in AREAS:
        yield from (list(kind) for _, kind in sorted((data.get(area) or {}).items()) if isinstance(kind, dict))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_ids_keep_their_order(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert list(ids(parse(formatted(text)).data)) == list(ids(parse(text).data))


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_findings_of_a_formatted_spec_are_the_same(path: Path) -> None:
    before = api.load(path)
    files = zip(before.source.files, before.source.texts, strict=True)
    after = api.load_texts({name: formatted(text) for name, text in files})

    assert said(after) == said(before)


def said(system: api.System) -> Counter[tuple[str, ...]]:
    found = api.check(system).findings
    return Counter((one.rule, one.subject, one.outcome, one.severity.name, one.message) for one in found)


class Commented:
    """A text in blocks of keys in any order, in which every comment names the path of its key."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.lines: list[str] = ["# head", ""]
        self.block((), 0)
        self.text = "\n".join(self.lines) + "\n"

    def block(self, path: tuple[str, ...], depth: int) -> None:
        for key in self.keys(path):
            inner = (*path, key)
            called, indent = "/".join(inner), "   " * depth
            self.lines += [""] * self.random.randint(0, 2)
            if self.random.random() < 0.4:
                self.lines += [f"{indent}#above {called}"] * self.random.randint(1, 2)
            beside = f"   # beside {called}" if self.random.random() < 0.4 else ""
            if len(inner) < 4:
                self.lines.append(f"{indent}{key}:{beside}")
                self.block(inner, depth + 1)
                if self.random.random() < 0.3:
                    self.lines.append(f"{indent}   # end {called}")
            else:
                self.lines.append(f"{indent}{key}:   {self.value(called)}{beside}")

    def keys(self, path: tuple[str, ...]) -> list[str]:
        by_depth = {0: list(AREAS), 2: ["c", "b", "a"], 3: ["note", "title", "name", "tags", "typo", "status"]}
        area = Architecture.model_fields[path[0]].annotation if path else None
        known = by_depth.get(len(path)) or list(getattr(area, "model_fields", {}))
        return self.random.sample(known, self.random.randint(1, min(len(known), 4)))

    def value(self, called: str) -> str:
        return self.random.choice(["x", '"y # no comment"', f"[1,  # beside {called}\n        2]", "{}"])


def paths(text: str) -> Iterator[tuple[str, str]]:
    """Yield each line of a text in blocks with the path of its key; nothing for what has none."""
    stack: list[tuple[int, str]] = []
    for line in text.splitlines():
        found = re.match(r"( *)([\w-]+):", line)
        if found:
            while stack and stack[-1][0] >= len(found[1]):
                stack.pop()
            stack.append((len(found[1]), found[2]))
        yield line, "/".join(key for _, key in stack) if found else ""


def misplaced(text: str) -> Iterator[str]:
    """Yield the comments that do not stand where they say."""
    lines = list(paths(text))
    for number, (line, path) in enumerate(lines):
        following = next((one for one in lines[number + 1 :] if one[1]), ("", ""))
        above = next((one[1] for one in reversed(lines[:number]) if one[1]), "")
        match re.search(r"# (above|beside|end) (\S+)$", line):
            case re.Match() as found if found[1] == "above" and following[1] != found[2]:
                yield line
            case re.Match() as found if found[1] == "beside" and (path or above) != found[2]:
                yield line
            case re.Match() as found if found[1] == "end":
                if not above.startswith(f"{found[2]}/") or following[1].startswith(f"{found[2]}/"):
                    yield line


@settings(many, max_examples=150)
@given(st.randoms(use_true_random=False))
def test_every_comment_stands_at_its_own_key(random: Random) -> None:
    before = Commented(random).text
    after = formatted(before)

    def written(text: str) -> list[str]:
        return sorted(found.replace("#", "").strip() for found in re.findall(r"#\s?(?:above|beside|end|head).*", text))

    assert (list(misplaced(after)), written(after), after.splitlines()[0]) == ([], written(before), "# head")


def test_a_text_whose_form_says_something_else_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archspec.formatting.printed", lambda _: "name: y\n")

    with pytest.raises(UnformattableError, match=r"^shop\.yaml is left as it is"):
        formatted("name:  x\n", "shop.yaml")


def test_a_text_that_lost_a_comment_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archspec.formatting.printed", lambda _: "name: x\n")

    with pytest.raises(UnformattableError):
        formatted("name: x # why\n")


HERE = [*FILES, ROOT / "archspec" / "commands" / "first.yaml"]


@pytest.mark.parametrize("path", HERE, ids=lambda path: path.stem)
def test_what_stands_here_is_formatted(path: Path) -> None:
    assert formatted(path.read_text(encoding="utf-8")) == path.read_text(encoding="utf-8")


def test_the_samples_of_the_language_are_formatted() -> None:
    samples = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "language.md").read_text(encoding="utf-8"), re.DOTALL)

    assert [formatted(one) for one in samples] == samples

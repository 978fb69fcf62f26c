"""The page about rules of one's own: its packs are loaded and their samples run, its rule in Python is one."""

import re
from pathlib import Path

import pytest

from archspec.plugins import _wrong
from archspec.rulepacks import built_in, extended
from archspec.samples import failures, of_pack

PAGE = (Path(__file__).parents[1] / "docs" / "own-rules.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
PACKS = [text for language, text in BLOCKS if language == "yaml"]


@pytest.mark.parametrize("number", range(len(PACKS)))
def test_a_pack_on_the_page_finds_exactly_what_its_samples_say(tmp_path: Path, number: int) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(PACKS[number], encoding="utf-8")
    _, samples = of_pack(path)

    found = failures(samples, extended(built_in(), [path]))

    assert [f"{one.problem.location}: {one.problem.message}" for one in found] == []


def test_the_rule_in_python_on_the_page_is_a_rule() -> None:
    (text,) = [text for language, text in BLOCKS if language == "python"]
    module: dict[str, object] = {}
    exec(text, module)  # noqa: S102  a sample of our own

    assert list(_wrong(type("module", (), module))) == []

"""The page about reports: it lists every format, and its example is what archspec says."""

import json
import re
import shlex
from pathlib import Path

import pytest

from archspec import cli
from archspec.reporters import REPORTERS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(autouse=True)
def _shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work where the small example lets another port in than the one that is meant, as in the README."""
    text = (ROOT / "specs" / "examples" / "hello.yaml").read_text(encoding="utf-8")
    (tmp_path / "specs").mkdir()
    shop = tmp_path / "specs" / "shop.yaml"
    shop.write_text(text.replace("{from: web-sg, port: 5432}", "{from: web-sg, port: 3306}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def test_the_page_lists_every_format_in_the_order_of_the_table() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)[: len(REPORTERS)] == list(REPORTERS)


def test_the_example_says_what_archspec_says(capsys: pytest.CaptureFixture[str]) -> None:
    (text,) = [text for language, text in BLOCKS if language == "console"]
    command, told = text.removeprefix("$ archspec ").split("\n", 1)
    status = cli.run([*shlex.split(command), "--select", "NET001"])

    assert (status, capsys.readouterr().out) == (1, told)
    assert sorted(path.name for path in Path("out").iterdir()) == ["lint.md", "lint.sarif"]


def test_the_sample_of_json_has_the_keys_and_values_of_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    (text,) = [text for language, text in BLOCKS if language == "json"]
    cli.run(["lint", "--format", "json", "--select", "NET001"])
    shown, told = json.loads(text), json.loads(capsys.readouterr().out)
    for one in (*shown["findings"], *told["findings"]):
        one["witness"] = [sorted(step) for step in one["witness"]][:1]
        one["reference"] = one["reference"].partition("amazon")[0]

    assert shown == told

"""What the README says of the program is true; `tests/site` follows its links."""

import re
from pathlib import Path

import pytest

from archspec import cli
from archspec.rulepacks import built_in
from archspec.views import VIEWS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
YAML = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
CONSOLE = re.compile(r"```console\n\$ archspec (?P<arguments>lint .*)\n(?P<shown>(?:.*\n)*?)```")


def test_the_finding_in_the_readme_is_what_lint_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    console = CONSOLE.search(README)
    assert console is not None
    hello = (ROOT / "specs/examples/hello.yaml").read_text(encoding="utf-8")
    path = tmp_path / "specs" / "shop.yaml"
    path.parent.mkdir()
    path.write_text(hello.replace("{from: web-sg, port: 5432}", "{from: web-sg, port: 3306}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert (cli.run(console["arguments"].split()), capsys.readouterr().out) == (1, console["shown"])


def test_every_line_of_the_yaml_in_the_readme_stands_in_that_spec() -> None:
    shown, *_ = YAML
    hello = (ROOT / "specs/examples/hello.yaml").read_text(encoding="utf-8").replace("5432}]", "3306}]")

    assert [line for line in shown.splitlines() if line not in hello.splitlines()] == []


def test_the_hooks_in_the_readme_are_those_that_there_are() -> None:
    _, shown = YAML
    manifest = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")

    assert re.findall(r"id: ([\w-]+)", shown) == re.findall(r"^- id: ([\w-]+)$", manifest, re.MULTILINE)


def test_the_readme_says_what_every_command_does() -> None:
    rows = re.findall(r"^\| (`archspec .*?`.*?) \|", README, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`archspec ([a-z]+)", row)}

    assert set(cli.COMMANDS) - named == set()


def test_the_readme_counts_rules_and_views() -> None:
    assert re.findall(r"\[(\d+) rules\]", README) == [str(len(built_in()))]
    assert re.findall(r"(\d+) views from the spec", README) == [str(len(VIEWS))]

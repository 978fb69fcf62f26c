"""What the README and the documents beside it say of the program is true, and what they link to is there."""

import re
from pathlib import Path

import pytest

from archspec import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs/decisions").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?://)(?P<path>[^)#\s]+)")
CONSOLE = re.compile(r"```console\n\$ archspec (?P<arguments>lint .*)\n(?P<shown>(?:.*\n)*?)```")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    targets = [found["path"] for found in LINK.finditer(page.read_text(encoding="utf-8"))]

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_finding_in_the_readme_is_what_lint_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    console = CONSOLE.search(README)
    assert console is not None
    hello = (ROOT / "specs/examples/hello.yaml").read_text(encoding="utf-8")
    spec = tmp_path / "specs" / "shop.yaml"
    spec.parent.mkdir()
    spec.write_text(hello.replace("{from: web-sg, port: 5432}", "{from: web-sg, port: 3306}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert (cli.run(console["arguments"].split()), capsys.readouterr().out) == (1, console["shown"])


def test_every_line_of_the_yaml_in_the_readme_stands_in_that_spec() -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    hello = (ROOT / "specs/examples/hello.yaml").read_text(encoding="utf-8").replace("5432}]", "3306}]")

    assert [line for line in shown.splitlines() if line not in hello.splitlines()] == []

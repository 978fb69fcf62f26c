"""What the README and the documents beside it say of the program is true, and what they link to is there."""

import re
import tomllib
from pathlib import Path

import pytest

from archspec import cli, project
from archspec.importers import spec
from tests.sample import HEADER

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs/decisions").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?://)(?P<path>[^)#\s]+)")
YAML = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
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
    path = tmp_path / "specs" / "shop.yaml"
    path.parent.mkdir()
    path.write_text(hello.replace("{from: web-sg, port: 5432}", "{from: web-sg, port: 3306}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert (cli.run(console["arguments"].split()), capsys.readouterr().out) == (1, console["shown"])


def test_every_line_of_the_yaml_in_the_readme_stands_in_that_spec() -> None:
    shown, _ = YAML
    hello = (ROOT / "specs/examples/hello.yaml").read_text(encoding="utf-8").replace("5432}]", "3306}]")

    assert [line for line in shown.splitlines() if line not in hello.splitlines()] == []


def test_the_environments_in_the_readme_are_as_it_says() -> None:
    _, shown = YAML
    whole = spec.parse(
        f"{HEADER}{shown}"
        "network:\n"
        "  vpcs: {main: {cidr: 10.0.0.0/16}}\n"
        "  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}\n"
        "  security_groups: {sg: {}}\n"
        "compute:\n"
        "  services:\n"
        "    web: {desired: 4, subnets: [a], security_groups: [sg]}\n"
        "    report: {desired: 2, subnets: [a], security_groups: [sg]}\n"
    ).architecture

    assert {id_: (one.desired, one.cpu) for id_, one in whole.compute.services.items()} == {
        "staging/web": (1, None),
        "production/web": (4, 1024),
        "production/report": (2, None),
    }
    assert list(whole.edge.zones) == ["dns"]


def test_every_setting_stands_in_the_readme_and_those_without_a_list_with_their_defaults() -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    settings = tomllib.loads(shown)["tool"]["archspec"]
    fields = [field for field in project.Project._fields if field != "root"]

    assert [field for field in fields if f"{field} = " not in shown] == []
    assert {key: value for key, value in settings.items() if isinstance(value, str)} == {
        key: project.Project._field_defaults[key] for key, value in settings.items() if isinstance(value, str)
    }

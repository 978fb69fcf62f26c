"""Rules that installed packages offer: loaded when asked for, and refused in words."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archspec import cli
from archspec.errors import UsageError
from archspec.plugins import GROUP, installed
from archspec.rulepacks import built_in
from tests.sample import HEADER

RULE = '''"""A service has no title."""
from archspec.findings import Severities, Severity, Violation
ID = "OWN100"
NAME = "service-without-title"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.OFF)
REFERENCES = ()
def subjects(graph): return []
def check(graph, subject): yield from ()
'''
Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Put a package with one entry point onto the path, and its modules away again."""
    monkeypatch.syspath_prepend(tmp_path)
    made: list[str] = []

    def put(name: str, text: str) -> None:
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {name}\n", encoding="utf-8")
        made.append(name)

    yield put
    import sys

    for name in made:
        sys.modules.pop(name, None)


def refused() -> list[str]:
    with pytest.raises(UsageError) as raised:
        installed(built_in())
    return str(raised.value).split("\n")


def test_a_rule_of_a_package_joins_the_others(install: Install) -> None:
    install("titled_rules", RULE)
    found = installed(built_in())

    assert (found["OWN100"].NAME, len(found)) == ("service-without-title", len(built_in()) + 1)


def test_without_packages_the_rules_are_those_that_are_known() -> None:
    assert installed(built_in()) == built_in()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import nowhere_at_all", "cannot be loaded: ModuleNotFoundError: No module named 'nowhere_at_all'"),
        ("def", "cannot be loaded: SyntaxError: invalid syntax (broken_rules.py, line 1)"),
        ("raise SystemExit(3)", "cannot be loaded: SystemExit: 3"),
        (RULE.replace("OWN100", "own"), "is no rule: ID is letters and three digits, such as OWN001"),
        (RULE.replace("OWN100", "NET001"), "is no rule: its id NET001 is taken by flow-blocked-by-security-group"),
        (RULE.replace("REFERENCES = ()", "REFERENCES = 'x'"), "is no rule: REFERENCES is a tuple of texts"),
        (
            "ID = 'OWN100'",
            (
                "is no rule: NAME is words with dashes, such as service-without-owner; "
                "SEVERITY is archspec.findings.Severities(production, staging, development); "
                "REFERENCES is a tuple of texts; subjects is a function; check is a function"
            ),
        ),
    ],
)
def test_what_is_no_rule_is_refused_with_its_package(install: Install, text: str, said: str) -> None:
    install("broken_rules", text)

    assert refused() == [f"the entry point 'broken_rules' of broken_rules (broken_rules) {said}"]


def test_everything_that_is_wrong_is_told_at_once(install: Install) -> None:
    install("first_rules", "1 / 0")
    install("second_rules", "x = 1")

    assert [line.partition(" of ")[0] for line in refused()] == [
        "the entry point 'first_rules'",
        "the entry point 'second_rules'",
    ]


FINDING = RULE.replace("return []", "return graph.architecture.network.vpcs.values()").replace(
    "yield from ()", 'yield Violation(subject.id, subject.path, f"{subject.id} has no title")'
)


def test_lint_runs_the_code_of_a_package_only_where_the_command_line_allows_it(
    install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install("titled_rules", FINDING)
    spec = tmp_path / "a.yaml"
    spec.write_text(HEADER + "network: {vpcs: {main: {cidr: 10.0.0.0/16}}}\n", encoding="utf-8")
    lines = []
    for arguments in ([], ["--allow-code"], []):
        cli.run(["lint", str(spec), *arguments, "--select", "OWN" if arguments else "NET008"])
        lines.append([line for line in capsys.readouterr().out.splitlines() if "OWN100" in line])

    assert [[line.partition(": ")[2] for line in found] for found in lines] == [
        [],
        ["warning OWN100 service-without-title"],
        [],
    ]

"""Rule packs of a project's own: they run with the rules that come with archspec, and never in place of one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archspec import cli
from tests.sample import HEADER

SPEC = HEADER + "network: {vpcs: {main: {cidr: 10.0.0.0/16}}}\ndelivery: {registries: {images: {}}}\n"
PACK = """\
rules:
  {id}:
    name: registry-without-title
    says: A registry has no title.
    why: Nobody finds it.
    severity: {{production: error, staging: warning, development: info}}
    for: registries
    assert: {test}
    message: "{{id}} has no title"
    fix: give it a title
    fails: none
    passes: none
"""
Run = Callable[..., tuple[int, str]]
FOUND = """\
specs/a.yaml:5:25: error OWN001 registry-without-title
  images has no title
   5 | delivery: {registries: {images: {}}}
     |                         ^
  fix: give it a title

1 error
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in a project with one spec, and a pack in a folder that its settings name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "archspec.toml").write_text(
        'packs = ["rules"]\nreference = "docs"\nselect = ["OWN"]\n', encoding="utf-8"
    )
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "a.yaml").write_text(SPEC, encoding="utf-8")
    write()

    def call(*arguments: str) -> tuple[int, str]:
        status = cli.run(list(arguments))
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return call


def write(name: str = "own.yaml", id_: str = "OWN001", test: str = "has(self.title)") -> None:
    path = Path("rules") / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(PACK.format(id=id_, test=test), encoding="utf-8")


def test_the_rules_of_an_own_pack_run(run: Run) -> None:
    assert run("lint", "--no-cache") == (1, FOUND)


def test_a_finding_of_an_own_rule_is_kept_until_its_pack_changes(run: Run) -> None:
    kept = [run("lint"), run("lint")]
    write(test='self.id == "images"')

    assert [*kept, run("lint")] == [(1, FOUND), (1, FOUND), (0, "0 errors\n")]


def test_a_pack_that_joins_the_folder_is_read(run: Run) -> None:
    before = run("lint")
    write("second.yaml", "OWN002")

    assert (before, run("lint")[1].splitlines()[-1]) == ((1, FOUND), "2 errors")


def test_an_own_rule_is_selected_and_ignored_like_any_other(run: Run) -> None:
    assert [run("lint", "--ignore", "OWN"), run("lint", "--select", "registry-without-title")] == [
        (0, "0 errors\n"),
        (1, FOUND),
    ]


def test_a_broken_pack_ends_with_2_and_its_place_once_for_all_specs(run: Run) -> None:
    Path("specs/b.yaml").write_text(SPEC.replace("sample", "other"), encoding="utf-8")
    write(test="self.id ==")
    status, text = run("lint")

    assert (status, [line for line in text.splitlines() if line.startswith("rules/")]) == (
        2,
        ["rules/own.yaml:8:23: error DOC000 unreadable-file"],
    )


@pytest.mark.parametrize(
    ("id_", "name", "taken"),
    [
        ("NET001", "second.yaml", "flow-blocked-by-security-group"),
        ("OWN001", "second.yaml", "registry-without-title"),
    ],
)
def test_an_id_that_is_taken_is_refused_where_it_stands(run: Run, id_: str, name: str, taken: str) -> None:
    write(name, id_)
    status, text = run("lint")

    assert (status, text.splitlines()[:2]) == (
        2,
        [f"rules/{name}:2:3: error DOC000 unreadable-file", f"  the id '{id_}' is taken by {taken}"],
    )


def test_a_folder_without_a_pack_is_refused(run: Run) -> None:
    Path("rules/own.yaml").unlink()

    assert run("lint") == (2, "archspec: rules holds no rule pack, and `packs` names it\n")


def test_build_writes_the_finding_of_an_own_rule_into_the_document(run: Run) -> None:
    status, _ = run("build", "--no-scan")

    assert (status, "images has no title" in Path("docs/systems/sample.md").read_text(encoding="utf-8")) == (0, True)


def test_an_own_rule_is_listed_and_explained(run: Run) -> None:
    listed, explained = run("rules"), run("explain", "OWN001")

    assert (" registry-without-title " in listed[1], explained[1].splitlines()[:3]) == (
        True,
        ["# OWN001 registry-without-title", "", "A registry has no title."],
    )

"""`archspec rules`: the list, `test` and `--coverage`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archspec import cli
from tests.sample import HEADER

Run = Callable[..., tuple[int, str]]
PACK = """\
rules:
  OWN001:
    name: registry-without-title
    says: A registry has no title.
    why: Nobody finds it.
    severity: {production: error, staging: warning, development: info}
    references: [Glue.99, AC-3]
    for: registries
    assert: has(self.title)
    message: "{id} has no title"
    fails: |
      delivery:
        registries:
          images: {}  # expect: OWN001
    passes: |
      delivery: {registries: {images: {title: Images}}}
"""
SPEC = HEADER + "delivery: {registries: {images: {}, charts: {title: Charts}}}\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "archspec.toml").write_text('packs = ["own.yaml"]\n', encoding="utf-8")
    (tmp_path / "own.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "a.yaml").write_text(SPEC, encoding="utf-8")

    def call(*arguments: str) -> tuple[int, str]:
        status = cli.run(["rules", *arguments])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return call


def change(old: str, new: str) -> None:
    assert old in PACK
    Path("own.yaml").write_text(PACK.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("named", [(), ("own.yaml",), (".",)])
def test_samples_that_find_what_they_say_pass(run: Run, named: tuple[str, ...]) -> None:
    if named == (".",):
        Path("specs/a.yaml").unlink()

    assert run("test", *named) == (0, "1 rules, 2 samples: each finds what it says\n")


def test_what_is_expected_and_not_found_is_told_at_its_line_in_the_pack(run: Run) -> None:
    change("images: {}  # expect", "images: {title: x}  # expect")

    assert run("test") == (
        1,
        (
            "own.yaml:14:11: error OWN001 registry-without-title\n"
            "  OWN001 is expected here and finds nothing\n"
            "   14 |           images: {title: x}  # expect: OWN001\n"
            "      |           ^\n"
            "\n1 error\n1 rules, 2 samples\n"
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("images: {title: Images}", "images: {}", "16:7", "OWN001 is not expected here and finds: images has no title"),
        ("  # expect: OWN001", "", "12:7", "the sample that fails expects nothing of OWN001"),
        ("expect: OWN001", "expect: OWN001, OWN002", "14:11", "no rule is called 'OWN002'"),
        ("Images}}}\n", "Images}}}  # expect: OWN001\n", "16:7", "the sample that passes expects OWN001"),
        (
            "{images: {title: Images}}",
            "{images: {titel: Images}}",
            "16:7",
            "the sample cannot be loaded: unknown key 'titel' in delivery.registries.images",
        ),
        (
            "passes: |\n      delivery: {registries: {images: {title: Images}}}",
            "passes: none",
            "15:13",
            "the sample cannot",
        ),
        (
            "has(self.title)",
            "1 / size(self.tags) == 1",
            "12:7",
            "OWN001 is not expected here and finds: the rule OWN001",
        ),
    ],
)
def test_a_sample_that_does_not_hold_is_told_at_its_line(
    run: Run, old: str, new: str, place: str, message: str
) -> None:
    change(old, new)
    status, text = run("test")

    assert (status, f"own.yaml:{place}: error OWN001" in text, f"  {message}" in text) == (1, True, True), text


def test_a_pack_that_cannot_be_used_ends_with_2(run: Run) -> None:
    change("has(self.title)", "has(self.titel)")
    status, text = run("test")

    assert (status, text.splitlines()[:2]) == (
        2,
        ["own.yaml:9:22: error DOC000 unreadable-file", "  `assert`: a registry has no key 'titel'"],
    )


def test_without_packs_there_is_nothing_to_test(run: Run) -> None:
    Path("archspec.toml").write_text("", encoding="utf-8")

    assert run("test") == (
        2,
        "archspec: this project has no packs of its own; name one: `archspec rules test rules/own.yaml`\n",
    )


def test_the_help_names_all_three_ways(run: Run) -> None:
    status, text = run("--help")

    assert (status, text.splitlines()[:3]) == (
        0,
        [
            "usage: archspec rules [--format FORMAT]",
            "       archspec rules test [PACK ...]",
            "       archspec rules --coverage [SPEC ...] [--framework FRAMEWORK] [--format FORMAT]",
        ],
    )


def test_a_framework_without_coverage_is_refused(run: Run) -> None:
    assert run("--framework", "nist") == (
        2,
        "archspec: --framework goes with --coverage; see `archspec rules --help`\n",
    )


def control(run: Run, id_: str, *arguments: str) -> dict[str, object]:
    status, text = run("--coverage", *arguments, "--format", "json")
    controls = [one for framework in json.loads(text)["frameworks"] for one in framework["controls"]]
    (found,) = [one for one in controls if one["id"] == id_]
    return {"status": status, **found}


def test_a_control_is_told_with_its_rules_and_counts(run: Run) -> None:
    assert control(run, "Glue.99", "--framework", "fsbp") == {
        "status": 0,
        "id": "Glue.99",
        "address": "https://docs.aws.amazon.com/securityhub/latest/userguide/glue-controls.html#glue-99",
        "outcome": "failed",
        "passed": 1,
        "failed": 1,
        "unknown": 0,
        "rules": [{"id": "OWN001", "name": "registry-without-title", "passed": 1, "failed": 1, "unknown": 0}],
    }


@pytest.mark.parametrize(
    ("test", "outcome"),
    [
        ("self.id != ''", "passed"),
        ("self.title != ''", "unknown"),
        ("self.id == ''", "failed"),
        ("1 / size(self.tags) == 1", "unknown"),
    ],
)
def test_a_control_is_as_its_worst_subject(run: Run, test: str, outcome: str) -> None:
    change("has(self.title)", test)

    assert control(run, "Glue.99")["outcome"] == outcome


def test_a_control_of_which_the_spec_has_nothing_is_not_applicable(run: Run) -> None:
    Path("specs/a.yaml").write_text(HEADER, encoding="utf-8")

    assert control(run, "Glue.99")["outcome"] == "not applicable"


def test_the_table_has_each_framework_with_its_totals(run: Run) -> None:
    status, text = run("--coverage", "specs", "--framework", "nist")
    lines = text.splitlines()

    assert (status, lines[0], lines[1].split()) == (
        0,
        "NIST SP 800-53 Revision 5",
        ["control", "outcome", "passed", "failed", "unknown", "rules"],
    )
    assert lines[-1].startswith("subjects in specs/a.yaml; ")


def test_a_spec_that_cannot_be_used_ends_with_2(run: Run) -> None:
    Path("specs/a.yaml").write_text(HEADER + "nothing: 1\n", encoding="utf-8")

    assert run("--coverage")[0] == 2


@pytest.mark.parametrize(
    "arguments",
    [("rules",), ("rules", "--format", "json"), ("rules", "--coverage", "--format", "json"), ("explain", "OWN001")],
)
@pytest.mark.usefixtures("run")
def test_what_a_pack_says_is_harmless_on_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    hostile = '"evil\\e[31m\\u202e"'
    (tmp_path / "own.yaml").write_text(
        PACK.replace("registry-without-title", hostile).replace("Nobody finds it.", hostile), encoding="utf-8"
    )

    status, shown = cli.run(arguments), capsys.readouterr().out

    assert (status, "evil" in shown, "\x1b" in shown, "\u202e" in shown) == (0, True, False, False)

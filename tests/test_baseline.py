"""The baseline: written once, shrinking only, and what it says of findings."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec import baseline, cli
from archspec.baseline import Known
from archspec.errors import Location, SpecError, UsageError
from archspec.findings import Finding, Severity, fingerprint
from archspec.project import Project

HEADER = "archspec: 1\nname: {name}\nregion: us-east-1\n"
SETTINGS = 'select = ["NET008", "DOC002", "DOC005"]\n'
FILE = Path("archspec-baseline.json")


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)
    Path("archspec.toml").write_text(SETTINGS, encoding="utf-8")


class Run:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        status = cli.run(arguments)
        return status, *self.capsys.readouterr()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)


def spec(*groups: str, name: str = "shop", more: str = "") -> str:
    """Write a spec whose security groups, which nothing uses, are each a warning."""
    path = Path("specs", f"{name}.yaml")
    path.parent.mkdir(exist_ok=True)
    held = ", ".join(f"{group}: {{}}" for group in groups)
    text = f"{HEADER.format(name=name)}network: {{security_groups: {{{held}}}}}\n{more}"
    path.write_text(text, encoding="utf-8")
    return path.as_posix()


def entry(subject: str, rule: str = "NET008") -> str:
    return f'{{"rule": "{rule}", "subject": "{subject}", "fingerprint": "{fingerprint(rule, subject)}"}}'


def lines(*entries: str, name: str = "shop") -> str:
    body = ",\n".join(f"      {one}" for one in entries)
    return f'{{\n  "version": 1,\n  "specs": {{\n    "specs/{name}.yaml": [\n{body}\n    ]\n  }}\n}}\n'


def test_a_first_baseline_has_a_line_for_each_finding_sorted(run: Run) -> None:
    spec("b", "a")

    assert run("baseline") == (0, "wrote archspec-baseline.json: 2 known; lint fails for what is new\n", "")
    assert FILE.read_text(encoding="utf-8") == lines(entry("a"), entry("b"))


def test_the_same_findings_are_the_same_bytes_from_whatever_folder(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spec("a")
    run("baseline")
    written = FILE.read_bytes()
    FILE.unlink()
    monkeypatch.chdir(tmp_path / "specs")
    run("baseline", "shop.yaml")

    assert (tmp_path / FILE).read_bytes() == written


def test_where_nothing_is_found_no_baseline_is_written(run: Run) -> None:
    spec()

    assert run("baseline") == (0, "nothing is found that could be known; no baseline is needed\n", "")
    assert not FILE.exists()


def test_a_known_finding_is_not_shown_and_does_not_fail(run: Run) -> None:
    spec("a")
    run("baseline")

    assert run("lint", "--fail-on", "warning") == (0, "0 errors, 1 known (--info shows all)\n", "")


def test_a_known_finding_is_shown_with_info(run: Run) -> None:
    spec("a")
    run("baseline")

    assert run("lint", "--info")[1] == (
        "specs/shop.yaml:4:29: known warning NET008 unused-security-group\n"
        "  a is attached to nothing, and no group in use refers to it\n"
        "   4 | network: {security_groups: {a: {}}}\n"
        "     |                             ^\n"
        "  fix: remove it, or attach it\n"
        "  see: archspec explain NET008\n"
        "\n"
        "0 errors, 1 known\n"
    )


def test_a_new_finding_fails_beside_a_known_one(run: Run) -> None:
    spec("a")
    run("baseline")
    spec("b", "a")
    status, out, _ = run("lint", "--fail-on", "warning")

    assert (status, out.splitlines()[1], out.splitlines()[-1]) == (
        1,
        "  b is attached to nothing, and no group in use refers to it",
        "0 errors, 1 warning, 1 known (--info shows all)",
    )


def test_a_finding_stays_known_when_its_line_moves(run: Run) -> None:
    path = Path(spec("a"))
    run("baseline")
    path.write_text("\n\n# moved\n" + path.read_text(encoding="utf-8"), encoding="utf-8")

    assert run("lint", "--fail-on", "warning")[0] == 0


def test_a_finding_of_another_spec_is_new(run: Run) -> None:
    spec("a")
    run("baseline")
    spec("a", name="other")

    assert run("lint", "--fail-on", "warning")[0] == 1


def test_what_is_known_says_so_in_json(run: Run) -> None:
    spec("a")
    run("baseline")
    report = json.loads(run("lint", "--format", "json")[1])

    assert ([one["known"] for one in report["findings"]], report["summary"]["known"]) == ([True], 1)


def test_what_is_found_no_more_goes_out_of_it(run: Run) -> None:
    spec("a", "b", "c")
    run("baseline")
    spec("b")

    assert run("baseline") == (0, "archspec-baseline.json: 2 gone, 1 known\n", "")
    assert FILE.read_text(encoding="utf-8") == lines(entry("b"))


def test_it_never_grows(run: Run) -> None:
    spec("a", "b")
    run("baseline")
    spec("b", "c")

    assert run("baseline") == (
        1,
        (
            "archspec-baseline.json: 1 gone, 1 known\n"
            "1 new, and it only shrinks: mend or waive them; or delete archspec-baseline.json and run this again, "
            "for a review\n"
        ),
        "",
    )
    assert FILE.read_text(encoding="utf-8") == lines(entry("b"))


def test_an_empty_one_stays_and_lets_nothing_in(run: Run) -> None:
    spec("a")
    run("baseline")
    spec()
    run("baseline")

    assert FILE.read_text(encoding="utf-8") == '{\n  "version": 1,\n  "specs": {}\n}\n'
    spec("a")
    assert run("baseline")[0] == 1


def test_what_was_not_looked_at_stays(run: Run) -> None:
    spec("a")
    spec("x", name="other")
    run("baseline")
    spec()
    spec(name="other")

    assert run("baseline", "specs/shop.yaml")[1] == "archspec-baseline.json: 1 gone, 1 known\n"
    assert FILE.read_text(encoding="utf-8") == lines(entry("x"), name="other")


def test_a_spec_that_is_gone_goes_out_of_it(run: Run) -> None:
    spec("a")
    Path(spec("x", name="other")).rename("x.txt")
    run("baseline")
    Path("x.txt").rename("specs/other.yaml")
    FILE.unlink()
    run("baseline")
    Path("specs/other.yaml").unlink()

    assert run("lint")[2] == "archspec-baseline.json: 1 entry is found no more; run: archspec baseline\n"
    assert run("baseline")[1] == "archspec-baseline.json: 1 gone, 1 known\n"


def test_ci_writes_no_first_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    spec("a")
    monkeypatch.setenv("CI", "true")

    assert run("baseline") == (
        2,
        "",
        ("archspec: CI writes no first archspec-baseline.json: write it where somebody looks at it, and commit it\n"),
    )
    assert not FILE.exists()


@pytest.mark.parametrize("value", ["", "0", "false", "False"])
def test_a_ci_that_is_none_writes_one(value: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    spec("a")
    monkeypatch.setenv("CI", value)

    assert run("baseline")[0] == 0


def test_ci_may_shrink_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    spec("a", "b")
    run("baseline")
    spec("a")
    monkeypatch.setenv("CI", "true")

    assert run("baseline")[1] == "archspec-baseline.json: 1 gone, 1 known\n"


def test_lint_says_how_much_of_it_is_stale(run: Run) -> None:
    spec("a", "b", "c")
    run("baseline")
    spec("c")

    assert run("lint") == (
        0,
        "0 errors, 1 known (--info shows all)\n",
        "archspec-baseline.json: 2 entries are found no more; run: archspec baseline\n",
    )


@pytest.mark.parametrize("options", [("--select", "DOC"), ("--ignore", "NET"), ("--stage", "development")])
def test_nothing_is_called_stale_where_lint_does_not_look_at_everything(options: tuple[str, ...], run: Run) -> None:
    spec("a", "b")
    run("baseline")
    spec("a")

    assert run("lint", *options)[2] == ""


def test_waived_findings_are_not_in_it(run: Run) -> None:
    waiver = "{rule: NET008, subject: a, reason: kept, owner: me, expires: 2099-01-01}"
    spec("a", "b", more=f"waivers: [{waiver}]\n")
    run("baseline")

    assert FILE.read_text(encoding="utf-8") == lines(entry("b"))


def test_a_waiver_that_does_not_hold_is_never_known(run: Run) -> None:
    spec("a", more="waivers: [{rule: NET008, subject: b, reason: kept, owner: me, expires: 2020-01-01}]\n")
    run("baseline")

    assert FILE.read_text(encoding="utf-8") == lines(entry("a"))
    assert run("lint")[0] == 1


def test_a_spec_that_cannot_be_loaded_is_told_and_nothing_is_written(run: Run) -> None:
    spec("a")
    spec(name="broken", more="netwrok: {}\n")
    spec(name="other", more="flow: []\n")
    status, out, err = run("baseline")

    assert (status, out, FILE.exists()) == (2, "", False)
    assert [line for line in err.splitlines() if line.startswith("specs/")] == [
        "specs/broken.yaml:5:1: error DOC002 invalid-key-or-value",
        "specs/other.yaml:5:1: error DOC002 invalid-key-or-value",
    ]


def test_a_spec_that_can_be_loaded_no_more_loses_nothing(run: Run) -> None:
    spec("a")
    run("baseline")
    before = FILE.read_bytes()
    spec("a", more="netwrok: {}\n")

    assert (run("baseline")[0], run("lint")[0], FILE.read_bytes()) == (2, 2, before)


def test_the_file_may_stand_elsewhere(run: Run) -> None:
    Path("archspec.toml").write_text(SETTINGS + 'baseline = "ci/known.json"\n', encoding="utf-8")
    spec("a")

    assert run("baseline")[1] == "wrote ci/known.json: 1 known; lint fails for what is new\n"
    assert run("lint", "--fail-on", "warning")[0] == 0


def test_a_project_may_want_none(run: Run) -> None:
    Path("archspec.toml").write_text(SETTINGS + 'baseline = ""\n', encoding="utf-8")
    spec("a")

    assert run("baseline")[0] == 2
    assert run("lint", "--fail-on", "warning")[0] == 1


GOOD = lines(entry("a"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "archspec-baseline.json:1:1: is not JSON: Expecting value"),
        ("<<<<<<< HEAD\n", "archspec-baseline.json:1:1: is not JSON: Expecting value"),
        (GOOD[:60], "archspec-baseline.json:5:5: is not JSON: Expecting value"),
        (GOOD.replace("}\n    ]", "},\n    ]"), "archspec-baseline.json:6:5: is not JSON: Expecting value"),
        ("[" * 100_000, "archspec-baseline.json:1:1: is no baseline"),
        ("[]", "archspec-baseline.json:1:1: is no baseline of archspec"),
        ('{"findings": []}', "archspec-baseline.json:1:1: is no baseline of archspec"),
        (
            GOOD.replace('"version": 1', '"version": 2'),
            "archspec-baseline.json:2:3: has another version than 1, the one that this archspec reads",
        ),
        (
            GOOD.replace('"version": 1', '"version": true'),
            "archspec-baseline.json:2:3: has another version than 1, the one that this archspec reads",
        ),
        (
            '{"version": 1, "specs": [], "more": 1}',
            "archspec-baseline.json:1:1: is no baseline of archspec: it holds a version and specs",
        ),
        (
            '{"version": 1, "specs": {"a": 1}}',
            "archspec-baseline.json:1:26: a spec has a list of findings here",
        ),
        (
            lines(entry("a"), '{"rule": "NET008"}'),
            "archspec-baseline.json:6:7: a finding has a rule, a subject and a fingerprint",
        ),
        (
            lines('{"rule": 1, "subject": "a", "fingerprint": "b"}'),
            "archspec-baseline.json:5:7: rule, subject and fingerprint are texts",
        ),
        (
            lines(entry("a").replace('"a"', '"b"')),
            "archspec-baseline.json:5:7: the fingerprint is not that of its rule and subject: it is written by hand",
        ),
        (
            lines('{"rule": "NET008", "subject": "\\ud800", "fingerprint": "b"}'),
            "archspec-baseline.json:1:1: the fingerprint is not that of its rule and subject: it is written by hand",
        ),
        (lines(entry("x", "DOC005")), "archspec-baseline.json:5:7: DOC005 is mended, and never kept as known"),
        (lines(entry("x", "XXX000")), "archspec-baseline.json:5:7: XXX000 is mended, and never kept as known"),
        (
            lines(entry("a").replace("}", ', "count": 0}')),
            "archspec-baseline.json:5:7: `count` is a whole number from 1",
        ),
        (
            lines(entry("a").replace("}", ', "count": true}')),
            "archspec-baseline.json:5:7: `count` is a whole number from 1",
        ),
        (lines(entry("a"), entry("a")), "archspec-baseline.json:6:7: this finding stands here twice"),
        (
            '{"version": 1, "specs": {"a": []}, "specs": {}}',
            "archspec-baseline.json:1:1: the key 'specs' is written twice",
        ),
    ],
)
@pytest.mark.parametrize("command", ["lint", "baseline"])
def test_a_file_that_archspec_did_not_write_is_told_with_its_line_and_kept(
    command: str, text: str, told: str, run: Run
) -> None:
    spec("a")
    FILE.write_text(text, encoding="utf-8")
    status, out, err = run(command)
    place, _, message = told.partition(": ")

    assert (status, FILE.read_text(encoding="utf-8")) == (2, text)
    assert f"{place}: error DOC000 unreadable-file\n  {message}\n" in out + err


def test_everything_that_is_wrong_with_it_is_told_at_once() -> None:
    FILE.write_text(lines("1", '{"rule": "NET008"}', entry("x", "DOC005")), encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        baseline.read(FILE)

    assert [one.location.line for one in caught.value.problems] == [5, 6, 7]


def test_a_file_that_is_no_text_is_told(run: Run) -> None:
    spec("a")
    FILE.write_bytes(b"\xff\xfe{}")

    assert "is not UTF-8 text: the byte 0xff stands in it" in run("lint")[1]


def test_a_folder_in_its_place_is_told_and_ends_with_2(run: Run) -> None:
    spec("a")
    FILE.mkdir()

    assert run("lint") == (2, "", "archspec: archspec-baseline.json cannot be read: Is a directory\n")


def finding(subject: str, line: int = 1) -> Finding:
    return Finding(Location("a.yaml", line, 1), "NET007", "made-up", subject, "fail", Severity.WARNING, "it is wide")


def test_a_second_finding_of_a_subject_is_new_where_one_is_known() -> None:
    found = [finding("a", 1), finding("a", 2), finding("b", 3)]

    assert [one.known for one in baseline.apply(found, {Known("NET007", "a"): 1})] == [True, False, False]


def test_as_many_findings_of_a_subject_are_known_as_there_were() -> None:
    known = baseline.record([finding("a", 1), finding("a", 2)])
    FILE.write_text(baseline.write_text({"a.yaml": known}), encoding="utf-8")

    assert baseline.read(FILE) == {"a.yaml": {Known("NET007", "a"): 2}}


@pytest.mark.parametrize(
    "changes",
    [{"outcome": "unknown"}, {"waiver": "accepted"}, {"rule": "DOC005"}, {"rule": "XXX000"}],
)
def test_what_does_not_fail_or_must_be_mended_is_not_recorded_and_never_known(changes: dict[str, Any]) -> None:
    one = finding("a")._replace(**changes)

    assert baseline.record([one]) == Counter()
    assert baseline.apply([one], {Known(one.rule, "a"): 1}) == [one]


SPECS = st.text("abc/.-é\u202e\n\"\\'", min_size=1)
KNOWN = st.builds(Known, st.sampled_from(["NET001", "DOC002"]), st.text())


@given(st.dictionaries(SPECS, st.dictionaries(KNOWN, st.integers(1, 3), min_size=1)))
def test_what_is_written_is_read_back_whatever_it_is_called(
    tmp_path_factory: pytest.TempPathFactory, known: dict[str, dict[Known, int]]
) -> None:
    file = tmp_path_factory.mktemp("baseline") / "known.json"
    file.write_text(baseline.write_text(known), encoding="utf-8")

    assert baseline.read(file) == known
    assert baseline.write_text(baseline.read(file)) == baseline.write_text(known)
    assert file.read_text(encoding="utf-8").replace("\n", "").isprintable()


def test_a_spec_outside_of_the_project_has_a_path_too(tmp_path: Path) -> None:
    assert baseline.name(tmp_path / "a.yaml", Project(tmp_path / "b")) == "../a.yaml"


def test_a_baseline_that_is_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "known.json"
    os.mkfifo(pipe)

    with pytest.raises(UsageError, match="is no file, and reading it might never end"):
        baseline.read(pipe)

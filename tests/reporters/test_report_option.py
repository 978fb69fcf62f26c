"""`--report FORMAT=FILE`: one run prints one format and writes others."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from archspec import cli
from archspec.commands import reporting
from archspec.reporters import REPORTERS
from archspec.reporters.report import Repository

ROOT = Path(__file__).parents[2]
SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"
SARIF = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
HEADER = "archspec: 1\nname: sample\nregion: us-east-1\n"
SPARE = f"{HEADER}network: {{security_groups: {{spare: {{}}}}}}\n"
TAKEN = "may be what is checked, and a report would take its place; name another file"
ARGUMENTS = ("lint", "a.yaml", "--select", "NET008", "--format", "compact")


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_text(SPARE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.run(arguments)
    told = capsys.readouterr()
    return status, told.out, told.err


def test_every_format_can_be_written_in_one_run_into_folders_that_are_made(capsys: pytest.CaptureFixture[str]) -> None:
    asked = [part for form in REPORTERS for part in ("--report", f"{form}=out/new/{form}")]
    status, out, err = run(capsys, *ARGUMENTS, *asked)

    assert (status, out.splitlines()[-1], err) == (0, "0 errors, 1 warning", "")
    assert sorted(path.name for path in Path("out/new").iterdir()) == sorted(REPORTERS)
    assert Path("out/new/compact").read_text(encoding="utf-8") == out


@pytest.mark.parametrize("form", REPORTERS)
def test_what_is_written_is_what_would_be_printed(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, *ARGUMENTS[:-1], form, "--report", f"{form}=out", "--color", "never")

    assert Path("out").read_text(encoding="utf-8") == out


def test_a_file_has_no_colours(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, *ARGUMENTS, "--report", "text=out", "--color", "always")

    assert ("\x1b" in out, "\x1b" in Path("out").read_text(encoding="utf-8")) == (True, False)


def test_a_file_is_replaced_and_not_added_to(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        run(capsys, *ARGUMENTS, "--report", "json=out")

    assert json.loads(Path("out").read_text(encoding="utf-8"))["summary"]["warnings"] == 1


def test_a_spec_that_cannot_be_used_is_in_the_files_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.yaml").write_text("archspec: 1\nname: Bad\n", encoding="utf-8")
    status, _, _ = run(capsys, "lint", "a.yaml", "b.yaml", "--report", "sarif=out")
    (made,) = json.loads(Path("out").read_text(encoding="utf-8"))["runs"]
    files = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in made["results"]}

    assert (status, "b.yaml" in files) == (2, True)


@pytest.mark.parametrize("form", REPORTERS)
def test_a_pack_that_cannot_be_used_is_told_in_every_format(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("archspec.toml").write_text('packs = ["own.yaml"]\n', encoding="utf-8")
    Path("own.yaml").write_text("rules: [\n", encoding="utf-8")
    status, out, err = run(capsys, "lint", "a.yaml", "--format", form)

    assert (status, "own.yaml" in out, err) == (2, True, "")


def test_a_report_takes_the_place_of_no_part_of_a_spec(capsys: pytest.CaptureFixture[str]) -> None:
    Path("whole.yaml").write_text(f"{HEADER}include: [first.inc]\n", encoding="utf-8")
    Path("first.inc").write_text("include: [second.inc]\n", encoding="utf-8")
    Path("second.inc").write_text("stage: staging\n", encoding="utf-8")
    told = f"archspec: --report json=second.inc: second.inc {TAKEN}\n"

    assert run(capsys, "lint", "whole.yaml", "--report", "json=second.inc") == (2, "", told)
    assert Path("second.inc").read_text(encoding="utf-8") == "stage: staging\n"


def test_every_mistake_is_told_at_once_and_nothing_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = ("sarif", "=x", "csv=x", "json=a.yaml", "json=archspec-baseline.json", "text=out", "html=./out")
    status, out, err = run(capsys, *ARGUMENTS, *(part for one in wrong for part in ("--report", one)))

    assert (status, out, Path("out").exists()) == (2, "", False)
    assert err.splitlines() == [
        "archspec: --report sarif: it is written FORMAT=FILE, as in sarif=findings.sarif",
        "archspec: --report =x: it is written FORMAT=FILE, as in sarif=findings.sarif",
        f"archspec: --report csv=x: there is no format 'csv'; there are: {', '.join(REPORTERS)}",
        f"archspec: --report json=a.yaml: a.yaml {TAKEN}",
        f"archspec: --report json=archspec-baseline.json: archspec-baseline.json {TAKEN}",
        "archspec: --report names x twice",
        "archspec: --report names ./out twice",
    ]


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").mkdir()

    assert run(capsys, *ARGUMENTS, "--report", "json=out") == (
        2,
        "",
        "archspec: out cannot be written: Is a directory; nothing of it was changed\n",
    )


def test_a_patch_is_no_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "lint", "a.yaml", "--diff", "--report", "json=out") == (
        2,
        "",
        "archspec: --diff prints a patch and no findings; leave --report out\n",
    )


@pytest.mark.parametrize("command", ["lint", "scan", "drift"])
def test_each_command_with_findings_offers_formats_files_and_colours(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, command, "--help")

    assert [name in out for name in ("--format {text,compact,", "--report FORMAT=FILE", "--color {auto,")] == [True] * 3


def test_paths_start_at_the_root_of_the_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "a.yaml").write_text(SPARE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(tmp_path / "infra")
        _, relative, _ = run(capsys, *ARGUMENTS[:-1], "github")
        _, absolute, _ = run(capsys, "lint", str(tmp_path / "a.yaml"), *ARGUMENTS[2:-1], "github")

    assert (relative.split(",")[0], absolute.split(",")[0]) == ("::warning file=infra/a.yaml", "::warning file=a.yaml")


@pytest.mark.parametrize(
    ("variables", "pages"),
    [
        ({}, ""),
        (
            {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": "abc"},
            "https://github.com/o/r/blob/abc/",
        ),
        ({"CI_PROJECT_URL": "https://gitlab.com/o/r", "CI_COMMIT_SHA": "abc"}, "https://gitlab.com/o/r/-/blob/abc/"),
    ],
)
def test_ci_says_where_it_shows_files(
    variables: dict[str, str], pages: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GITHUB_SHA", "CI_COMMIT_SHA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    (tmp_path / ".git").mkdir()
    here = tmp_path / "infra"

    assert reporting.repository(here) == Repository(tmp_path.as_posix(), here.as_posix(), pages)


def results(file: str) -> list[tuple[str, str, list[str]]]:
    """Return the rule, the name of its page and the suppressions of each result in a SARIF file that fits."""
    content = json.loads(Path(file).read_text(encoding="utf-8"))
    assert list(SARIF.iter_errors(content)) == []
    (made,) = content["runs"]
    rules = made["tool"]["driver"]["rules"]
    return [
        (one["ruleId"], rules[one["ruleIndex"]].get("name", ""), [said["kind"] for said in one["suppressions"]])
        for one in made["results"]
    ]


def test_drift_is_told_in_every_format_with_its_pages(capsys: pytest.CaptureFixture[str]) -> None:
    nothing = {"format_version": "1.0", "values": {"root_module": {"resources": []}}}
    Path("state.json").write_text(json.dumps(nothing), encoding="utf-8")
    asked = [part for form in REPORTERS for part in ("--report", f"{form}=out/{form}")]
    status, _, _ = run(capsys, "drift", str(ROOT / "specs/examples/hello.yaml"), "--state", "state.json", *asked)

    assert (status, results("out/sarif")[0]) == (1, ("DRF001", "missing", []))
    assert Path("out/markdown").read_text(encoding="utf-8").startswith("## archspec drift: 1 error")
    assert sorted(path.name for path in Path("out").iterdir()) == sorted(REPORTERS)


def test_a_report_takes_the_place_of_no_state(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "drift", "a.yaml", "--state", "state.json", "--report", "json=./state.json")

    assert (status, err) == (2, f"archspec: --report json=./state.json: ./state.json {TAKEN}\n")


@pytest.mark.slow
def test_a_scan_reports_what_is_waived_as_suppressed_and_only_on_demand(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = Path("out.sarif").absolute()
    monkeypatch.chdir(ROOT)
    found = []
    for more in ((), ("--info",)):
        status, _, err = run(capsys, "scan", "specs/examples/hello.yaml", "--report", f"sarif={out}", *more)
        if status == 3:
            pytest.skip(err)
        found.append(results(str(out)))

    assert found == [[], [("CKV_AWS_333", "", ["inSource"])]]

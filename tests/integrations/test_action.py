"""The GitHub Action, step by step: what a runner would run is run, what only GitHub has is stood in for."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.integrations.composite import Ran, Stand, Surroundings, program, run, surroundings
from tests.integrations.repository import RED, SETTINGS, SPEC, commit, git, started

ROOT = Path(__file__).parents[2]
MARKER = "<!-- archspec:comment -->"
FIRST = {"specs/shop.yaml": SPEC, "pyproject.toml": SETTINGS, "README.md": "shop\n"}
NO_BASE = "the base of the pull request cannot be fetched; check out with fetch-depth: 0"
SEE = "the log of this step says how, and which command mends it"
CHANGED = SPEC.replace("desired: 2", "desired: 3")

BASH = shutil.which("bash")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not all(map(shutil.which, ("bash", "git", "jq"))), reason="bash, git or jq is not on PATH"),
]


class Pull:
    """A pull request: its repository, and the checkout that a job of it has."""

    def __init__(self, folder: Path, first: Mapping[str, str | None] = FIRST) -> None:
        self.folder = folder
        self.origin = started(folder / "origin", first)
        self.base = git(self.origin, "rev-parse", "HEAD")
        self.workspace = folder / "a workspace"

    def change(self, files: Mapping[str, str | None]) -> None:
        """Commit to the branch of the pull request, and merge it as GitHub does to test it."""
        git(self.origin, "checkout", "--quiet", "-B", "topic", "main")
        commit(self.origin, files)
        git(self.origin, "checkout", "--quiet", "--detach", "main")
        git(self.origin, "merge", "--quiet", "--no-ff", "--message", "merge", "topic")
        git(self.origin, "update-ref", "refs/pull/7/merge", "HEAD")
        git(self.origin, "checkout", "--quiet", "main")

    def check_out(self, *depth: str) -> None:
        """Fetch as actions/checkout does: the merge alone, without a branch."""
        shutil.rmtree(self.workspace, ignore_errors=True)
        self.workspace.mkdir()
        git(self.workspace, "init", "--quiet")
        git(self.workspace, "remote", "add", "origin", self.origin.as_uri())
        git(
            self.workspace,
            "fetch",
            "--quiet",
            "--no-tags",
            *depth,
            "origin",
            "+refs/pull/7/merge:refs/remotes/pull/7/merge",
        )
        git(self.workspace, "checkout", "--quiet", "--detach", "refs/remotes/pull/7/merge")

    def job(self, token: str = "writes", event: str = "pull_request", **inputs: str) -> Ran:  # noqa: S107  no secret
        """Run the Action on what is checked out; a `_` in the name of an input stands for `-`."""
        temporary = self.folder / "temporary"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir()
        programs = self.folder / "programs"
        program(programs / "gh", f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/tests/integrations/gh.py" "$@"\n')
        request: Mapping[str, Any] = {"number": 7, "base": {"sha": self.base}}
        github = {"token": token, "event_name": event, "event": {"pull_request": request}}
        environment = {
            **surroundings(self.folder, programs),
            "ARCHSPEC_CACHE_DIR": os.environ["ARCHSPEC_CACHE_DIR"],
            "GH_FOLDER": str(self.folder),
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_SHA": git(self.origin, "rev-parse", "refs/pull/7/merge") if self.origin.is_dir() else "",
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_OS": "Linux",
            "RUNNER_ARCH": "X64",
        }
        stand = Stand({"python": {"python-path": sys.executable}}, {"Install archspec": installed})
        given = Surroundings(self.workspace, temporary, github, environment)
        return run(ROOT, {name.replace("_", "-"): value for name, value in inputs.items()}, given, stand)

    @property
    def comments(self) -> list[str]:
        """The comments on the pull request."""
        file = self.folder / "comments.json"
        return [one["body"] for one in json.loads(file.read_text(encoding="utf-8"))] if file.is_file() else []


def installed(given: Surroundings) -> None:
    """Stand in for installing, which a test of its own does: the archspec of this checkout, where one is looked for."""
    bin_ = given.temporary / "archspec" / "bin"
    program(bin_ / "python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    program(bin_ / "archspec", f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m archspec "$@"\n')


@pytest.fixture
def pull(tmp_path: Path) -> Pull:
    return Pull(tmp_path)


def commands(log: str, name: str) -> list[str]:
    return [line for line in log.splitlines() if line.startswith(f"::{name} ")]


def test_a_clean_pull_request_passes_and_has_one_comment_however_often_it_is_pushed_to(pull: Pull) -> None:
    pull.change({"specs/shop.yaml": CHANGED})
    pull.check_out("--depth=1")
    first = pull.job()
    again = pull.job()

    assert (first.status, first.outputs["status"], first.outputs["errors"], commands(first.log, "error")) == (
        0,
        "0",
        "0",
        [],
    )
    assert [one.partition("\n")[0] for one in pull.comments] == [MARKER]
    assert ("desired" in pull.comments[0], again.status) == (True, 0)
    assert [line.split()[2:5] for line in (pull.folder / "log").read_text(encoding="utf-8").splitlines()] == [
        ["--raw-field", "query={viewer{login}}", "--jq"],
        ["repos/o/r/issues/7/comments", "--jq", ".[]"],
        ["--method", "POST", "repos/o/r/issues/7/comments"],
        ["--raw-field", "query={viewer{login}}", "--jq"],
        ["repos/o/r/issues/7/comments", "--jq", ".[]"],
        ["--method", "PATCH", "repos/o/r/issues/comments/100"],
    ]


def test_a_red_pull_request_fails_after_it_was_told_at_its_line_in_the_comment_and_in_every_report(pull: Pull) -> None:
    pull.change({"specs/shop.yaml": RED})
    pull.check_out("--depth=1")
    ran = pull.job(sarif="true")
    line = next(number for number, text in enumerate(RED.splitlines(), 1) if "internet -> api" in text)
    (told,) = commands(ran.log, "error")

    assert (ran.status, ran.outputs["status"], ran.outputs["errors"]) == (1, "1", "1")
    assert re.search(rf"^::error file=specs/shop.yaml,line={line},", told)
    assert "NET001" in pull.comments[0]
    assert "NET001" in ran.summary
    sarif = json.loads(Path(ran.outputs["sarif"]).read_text(encoding="utf-8"))
    assert [one["ruleId"] for one in sarif["runs"][0]["results"] if one["level"] == "error"] == ["NET001"]
    assert ran.used["github/codeql-action/upload-sarif@v4"]["sarif_file"] == ran.outputs["sarif"]


def test_a_pull_request_that_changes_no_architecture_gets_no_comment(pull: Pull) -> None:
    pull.change({"README.md": "another\n"})
    pull.check_out("--depth=1")

    assert (pull.job().status, pull.comments) == (0, [])


def test_a_comment_that_has_nothing_to_tell_any_more_says_so(pull: Pull) -> None:
    pull.change({"specs/shop.yaml": CHANGED})
    pull.check_out("--depth=1")
    pull.job()
    pull.change({"README.md": "another\n"})
    pull.check_out("--depth=1")

    assert pull.job().status == 0
    assert pull.comments == [f"{MARKER}\narchspec: nothing of the architecture changes any more.\n"]


def test_a_comment_of_somebody_else_that_starts_alike_is_left_alone(pull: Pull) -> None:
    theirs = {"id": 1, "body": f"{MARKER}\nall is well", "user": {"login": "mallory"}}
    (pull.folder / "comments.json").write_text(json.dumps([theirs]), encoding="utf-8")
    pull.change({"specs/shop.yaml": CHANGED})
    pull.check_out("--depth=1")
    jobs = [pull.job(), pull.job()]

    assert ([one.status for one in jobs], len(pull.comments), pull.comments[0]) == ([0, 0], 2, theirs["body"])


def test_no_python_of_a_pull_request_is_imported(pull: Pull) -> None:
    names = ("json", "hashlib", "pathlib", "subprocess", "pip")
    pull.change({"specs/shop.yaml": CHANGED, **{f"{name}.py": "open('ran', 'w')\n" for name in names}})
    pull.check_out("--depth=1")

    assert (pull.job().outputs["errors"], list(pull.workspace.rglob("ran"))) == ("0", [])


def test_what_is_told_beside_annotations_is_shown_and_not_obeyed(pull: Pull) -> None:
    pull.change({"archspec.toml": '"##[add-mask]a" = 1\n'})
    pull.check_out("--depth=1")
    ran = pull.job(comment="false")
    stop = re.search(r"^::stop-commands::(\S+)$", ran.log, re.MULTILINE)

    assert stop
    assert (ran.status, ran.log.count("##[add-mask]")) == (2, 1)
    assert ran.log.index(stop[0]) < ran.log.index("##[add-mask]") < ran.log.index(f"::{stop[1]}::\n")


def test_the_history_that_a_comment_needs_is_fetched_from_however_far(pull: Pull) -> None:
    pull.change({"specs/shop.yaml": CHANGED})
    git(pull.origin, "checkout", "--quiet", "topic")
    for number in range(60):
        commit(pull.origin, {"README.md": f"{number}\n"})
    pull.workspace.mkdir()
    git(pull.workspace, "clone", "--quiet", "--depth=1", "--branch=topic", pull.origin.as_uri(), ".")

    assert (pull.job().status, len(pull.comments)) == (0, 1)


def test_what_others_have_merged_meanwhile_is_not_told_as_a_change_of_this_one(pull: Pull) -> None:
    commit(pull.origin, {"specs/other.yaml": SPEC.replace("name: shop", "name: other")})
    pull.change({"specs/shop.yaml": CHANGED})
    pull.check_out("--depth=1")

    assert (pull.job().status, "**shop**" in pull.comments[0], "**other**" in pull.comments[0]) == (0, True, False)


def test_without_the_base_there_is_no_comment_and_the_job_goes_on(pull: Pull) -> None:
    pull.change({"specs/shop.yaml": CHANGED})
    pull.check_out("--depth=1")
    shutil.rmtree(pull.origin)
    ran = pull.job()

    assert (ran.status, pull.comments, commands(ran.log, "warning")) == (
        0,
        [],
        [f"::warning title=archspec::No comment: {NO_BASE}"],
    )


def test_a_token_that_may_not_write_leaves_the_comment_in_the_summary(pull: Pull) -> None:
    pull.change({"specs/shop.yaml": CHANGED})
    pull.check_out("--depth=1")
    ran = pull.job("read-only")

    assert (ran.status, pull.comments, MARKER in ran.summary) == (0, [], True)
    assert [one.partition(", as")[0] for one in commands(ran.log, "warning")] == [
        "::warning title=archspec::No comment: the token may not write it"
    ]


def test_without_a_token_there_is_no_comment_and_the_job_goes_on(pull: Pull) -> None:
    pull.change({"specs/shop.yaml": CHANGED})
    pull.check_out("--depth=1")
    ran = pull.job("")

    assert (ran.status, pull.comments, len(commands(ran.log, "warning"))) == (0, [], 1)


@pytest.mark.parametrize("event", ["push", "workflow_dispatch"])
def test_outside_of_a_pull_request_there_is_nothing_to_comment_on(event: str, pull: Pull) -> None:
    pull.change({"specs/shop.yaml": CHANGED})
    pull.check_out("--depth=1")

    assert (pull.job(event=event).status, pull.comments) == (0, [])


def test_paths_stand_on_lines_and_may_hold_spaces_and_what_a_shell_would_run(tmp_path: Path) -> None:
    odd = "specs/my $(touch ran) shop; `touch ran` 'x'.yaml"
    pull = Pull(tmp_path, {**FIRST, "specs/other.yaml": SPEC.replace("name: shop", "name: other")})
    pull.change({odd: RED.replace("name: shop", "name: odd"), "specs/other.yaml": "broken\n"})
    pull.check_out("--depth=1")
    ran = pull.job(paths=f"{odd}\r\n\n  \nspecs/shop.yaml\n".replace("  \n", ""))

    assert (ran.status, ran.outputs["errors"], list(pull.workspace.rglob("ran"))) == (1, "1", [])


def test_a_deleted_spec_is_told_and_fails_only_who_names_it(tmp_path: Path) -> None:
    pull = Pull(tmp_path, {**FIRST, "specs/other.yaml": SPEC.replace("name: shop", "name: other")})
    pull.change({"specs/other.yaml": None})
    pull.check_out("--depth=1")
    ran = pull.job()
    named = pull.job(paths="specs/other.yaml", comment="false")

    assert (ran.status, "other" in pull.comments[0]) == (0, True)
    assert (named.status, named.outputs["status"]) == (2, "2")
    assert "specs/other.yaml" in commands(named.log, "error")[0]


def test_two_specs_of_one_name_are_refused_where_both_would_write_the_same_files(tmp_path: Path) -> None:
    pull = Pull(tmp_path)
    pull.change({"specs/twin.yaml": SPEC})
    pull.check_out("--depth=1")
    ran = pull.job(check_docs="docs", comment="false")

    assert (ran.status, ran.outputs["status"]) == (2, "0")
    assert "specs/shop.yaml and specs/twin.yaml are both named 'shop'" in ran.log


def test_line_ends_of_another_platform_are_no_change_of_the_verdict(pull: Pull) -> None:
    pull.change({"specs/shop.yaml": RED.replace("\n", "\r\n")})
    pull.check_out("--depth=1")
    ran = pull.job()

    assert (ran.status, ran.outputs["errors"], len(commands(ran.log, "error"))) == (1, "1", 1)


def test_stale_documents_fail_where_they_are_asked_about(pull: Pull) -> None:
    pull.change({"docs/systems/shop.md": "::set-output name=x::stale\n"})
    pull.check_out("--depth=1")
    ran = pull.job(check_docs="docs")

    assert (pull.job().status, ran.status, commands(ran.log, "error")) == (
        0,
        1,
        [f"::error title=archspec::What is committed is stale; {SEE}"],
    )
    # What a file says is shown, and not obeyed.
    stop = re.search(r"^::stop-commands::(\S+)$", ran.log, re.MULTILINE)
    assert stop
    assert ran.log.index(stop[0]) < ran.log.index("::set-output") < ran.log.index(f"::{stop[1]}::\n")


def test_a_project_in_a_folder_has_its_own_settings(tmp_path: Path) -> None:
    pull = Pull(tmp_path, {f"apps/my shop/{name}": text for name, text in FIRST.items()})
    pull.change({"apps/my shop/specs/shop.yaml": RED})
    pull.check_out("--depth=1")
    ran = pull.job(working_directory="apps/my shop")

    assert (ran.status, ran.outputs["errors"], len(pull.comments)) == (1, "1", 1)


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"comment": "yes"}, "comment is true or false"),
        ({"sarif": "True"}, "sarif is true or false"),
        ({"check_docs": "true"}, "check-docs is false, docs or all"),
    ],
)
def test_an_input_that_means_nothing_is_refused(inputs: dict[str, str], told: str, pull: Pull) -> None:
    pull.change({"README.md": "another\n"})
    pull.check_out("--depth=1")
    ran = pull.job(**inputs)

    assert (ran.status, commands(ran.log, "error")) == (2, [f"::error title=archspec::{told}"])


def test_the_environment_is_cached_by_what_is_in_it(pull: Pull) -> None:
    pull.change({"README.md": "another\n"})
    pull.check_out("--depth=1")
    keys = [pull.job(**inputs).used["actions/cache@v5"]["key"] for inputs in ({}, {}, {"version": "9"})]

    assert (keys[0] == keys[1], keys[1] == keys[2], keys[0].startswith("archspec-Linux-X64-")) == (True, False, True)


def test_installing_takes_what_the_lock_names_and_the_checkout_of_the_action(tmp_path: Path) -> None:
    action = tmp_path / "the action"
    kept = ("archspec", "rules", "pyproject.toml", "README.md", "LICENSE", ".ci")
    ignore = shutil.ignore_patterns("__pycache__")
    for name in kept:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, action / name, ignore=ignore)
        else:
            action.mkdir(exist_ok=True)
            shutil.copy(source, action / name)
    environment = tmp_path / "an environment"
    given = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        "GITHUB_ACTION_PATH": str(action),
        "PYTHON": sys.executable,
        "ENVIRONMENT": str(environment),
        "VERSION": "",
        "PIP_RETRIES": "1",
    }
    script = [str(BASH), str(action / ".ci/github/install.sh")]
    ran = subprocess.run(script, env=given, capture_output=True, text=True, check=False)
    if any(sign in ran.stderr for sign in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")):
        pytest.skip("the package index cannot be reached")

    assert ran.returncode == 0, ran.stderr
    (tmp_path / "shop.yaml").write_text(RED, encoding="utf-8")
    lint = [str(environment / "bin" / "archspec"), "lint", "--select", "NET001", "shop.yaml"]
    linted = subprocess.run(lint, cwd=tmp_path, env=given, capture_output=True, text=True, check=False)
    assert (linted.returncode, linted.stdout.partition("\n")[0]) == (
        1,
        "shop.yaml:14:5: error NET001 flow-blocked-by-security-group",
    )

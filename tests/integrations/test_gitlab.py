"""The template for GitLab: its script is run as a runner runs it, beside a server with the notes of a merge request.

The server is no GitLab: which requests GitLab takes, its documentation says. https://docs.gitlab.com/api/notes/
"""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.integrations.composite import program, surroundings
from tests.integrations.repository import RED, SETTINGS, SPEC, commit, git, started

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / ".ci" / "gitlab.yml"
MARKER = "<!-- archspec:comment -->"
FIRST = {"specs/shop.yaml": SPEC, "pyproject.toml": SETTINGS, "README.md": "shop\n"}
CHANGED = SPEC.replace("desired: 2", "desired: 3")
NEEDED = "ARCHSPEC_TOKEN needs the scope api, and the role Reporter"
LOOK = ".cache/archspec/bin/archspec lint --select NET001"
OURS = 9
NOTES = "/api/v4/projects/5/merge_requests/7/notes"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("git") is None, reason="git is not on PATH")]


class Notes(ThreadingHTTPServer):
    """The notes of one merge request."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        # More than a page, as long discussions have.
        self.notes: list[dict[str, Any]] = [
            {"id": number, "body": f"said {number}", "author": {"id": 3}} for number in range(120)
        ]
        self.token = "writes"  # noqa: S105  no secret

    @property
    def ours(self) -> list[str]:
        """The notes that the template keeps."""
        return [one["body"] for one in self.notes if one["body"].startswith(MARKER)]


class Answering(BaseHTTPRequestHandler):
    """Answers what the template asks, and nothing else."""

    server: Notes

    def do_GET(self) -> None:
        if self.path == "/api/v4/user":
            self._answer({"id": OURS}, known=True)
            return
        page = int(self.path.rpartition("=")[2])
        known = self.path == f"{NOTES}?sort=asc&per_page=100&page={page}"
        self._answer(self.server.notes[100 * (page - 1) : 100 * page], known=known)

    def do_POST(self) -> None:
        note = {"id": len(self.server.notes), "body": self._body(), "author": {"id": OURS}}
        if self._answer(note, known=self.path == NOTES):
            self.server.notes.append(note)

    def do_PUT(self) -> None:
        number = int(self.path.rpartition("/")[2])
        body = self._body()
        if self._answer({}, known=self.path == f"{NOTES}/{number}"):
            self.server.notes[number]["body"] = body

    def _body(self) -> str:
        return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

    def _answer(self, content: object, *, known: bool) -> bool:
        may = known and self.headers["PRIVATE-TOKEN"] == self.server.token
        self.send_response(200 if may else 401)
        self.end_headers()
        self.wfile.write(json.dumps(content if may else {}).encode())
        return may

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Job(NamedTuple):
    """How a job ended: the status of its script, and what the script and what comes after it printed."""

    status: int
    log: str
    after: str


class Merge:
    """A merge request: its repository, and the checkout that a job of it has."""

    def __init__(self, folder: Path, server: Notes) -> None:
        self.folder = folder
        self.server = server
        self.origin = started(folder / "origin", FIRST)
        self.base = git(self.origin, "rev-parse", "HEAD")
        self.checkout = folder / "a checkout"

    def change(self, files: dict[str, str | None], *depth: str) -> None:
        """Commit to a branch, and check that out."""
        git(self.origin, "checkout", "--quiet", "-B", "topic", "main")
        commit(self.origin, files)
        shutil.rmtree(self.checkout, ignore_errors=True)
        git(self.folder, "clone", "--quiet", *depth, "--branch=topic", self.origin.as_uri(), str(self.checkout))

    def job(self, **variables: str) -> Job:
        """Run the script of the template, with the variables that a runner sets and those that a project may set."""
        job = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))["archspec"]
        program(
            self.checkout / ".cache" / "archspec" / "bin" / "archspec",
            f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m archspec "$@"\n',
        )
        program(self.folder / "programs" / "python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        environment = {
            **surroundings(self.folder, self.folder / "programs"),
            **{name: value for name, value in job["variables"].items() if name != "PIP_CACHE_DIR"},
            "ARCHSPEC_CACHE_DIR": os.environ["ARCHSPEC_CACHE_DIR"],
            "ARCHSPEC_TOKEN": "writes",
            "CI_API_V4_URL": f"http://127.0.0.1:{self.server.server_port}/api/v4",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": self.base,
            "CI_MERGE_REQUEST_IID": "7",
            "CI_PROJECT_ID": "5",
            "CI_PROJECT_URL": "https://gitlab.example/o/r",
            **variables,
        }
        # What installs is left out, which a test of its own runs: the archspec of this checkout stands in its place.
        script, after = (self._run(job[key], environment) for key in ("script", "after_script"))
        return Job(script.returncode, script.stdout, after.stdout)

    def _run(self, lines: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["sh", "-e", "-c", "\n".join(lines)],  # noqa: S607  on PATH
            cwd=self.checkout,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=120,
        )


@pytest.fixture
def server() -> Iterator[Notes]:
    with Notes() as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def merge(tmp_path: Path, server: Notes) -> Merge:
    return Merge(tmp_path, server)


def test_a_clean_merge_request_passes_and_has_one_note_however_often_it_is_pushed_to(merge: Merge) -> None:
    merge.change({"specs/shop.yaml": CHANGED})
    jobs = [merge.job(), merge.job()]

    assert ([one.status for one in jobs], [one.after for one in jobs]) == ([0, 0], ["", ""])
    assert (len(merge.server.ours), len(merge.server.notes)) == (1, 121)


def test_a_red_merge_request_fails_with_both_reports_and_a_note(merge: Merge) -> None:
    merge.change({"specs/shop.yaml": RED})
    job = merge.job()
    quality = json.loads((merge.checkout / "gl-code-quality-report.json").read_text(encoding="utf-8"))

    assert (job.status, len(merge.server.ours)) == (1, 1)
    assert f"https://gitlab.example/o/r/-/blob/{git(merge.checkout, 'rev-parse', 'HEAD')}/specs" in merge.server.ours[0]
    assert ("NET001", "specs/shop.yaml") in [(one["check_name"], one["location"]["path"]) for one in quality]
    assert "NET001" in (merge.checkout / "archspec-junit.xml").read_text(encoding="utf-8")


def test_a_note_that_has_nothing_to_tell_any_more_says_so(merge: Merge) -> None:
    merge.change({"README.md": "another\n"})
    silent = merge.job()
    none = list(merge.server.ours)
    merge.change({"specs/shop.yaml": CHANGED})
    merge.job()
    merge.change({"README.md": "another\n"})
    merge.job()

    assert (silent.status, none) == (0, [])
    assert merge.server.ours == [f"{MARKER}\narchspec: nothing of the architecture changes any more.\n"]


def test_a_note_of_somebody_else_that_starts_alike_is_left_alone(merge: Merge) -> None:
    theirs = f"{MARKER}\nall is well"
    merge.server.notes[5]["body"] = theirs
    merge.change({"specs/shop.yaml": CHANGED})
    merge.job()
    merge.job()

    assert (len(merge.server.ours), merge.server.ours[0]) == (2, theirs)


def test_no_python_of_a_merge_request_is_imported(merge: Merge) -> None:
    names = ("json", "itertools", "pathlib", "urllib")
    merge.change({"specs/shop.yaml": CHANGED, **{f"{name}.py": "open('ran', 'w')\n" for name in names}})
    job = merge.job()

    assert (job, len(merge.server.ours), list(merge.checkout.rglob("ran"))) == (Job(0, "0 errors\n", ""), 1, [])


def test_a_clone_without_the_base_is_deepened(merge: Merge) -> None:
    merge.change({"specs/shop.yaml": CHANGED}, "--depth=1")

    assert (merge.job(), len(merge.server.ours)) == (Job(0, "0 errors\n", ""), 1)


def test_without_the_base_there_is_no_note_and_the_log_says_why(merge: Merge) -> None:
    merge.change({"specs/shop.yaml": CHANGED}, "--depth=1")
    shutil.rmtree(merge.origin)
    job = merge.job()

    assert (job.status, merge.server.ours, f"'{merge.base}' is no revision" in job.after) == (0, [], True)


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ("", "archspec: no comment: ARCHSPEC_TOKEN is not set, as in a merge request from a fork\n"),
        ("wrong", f"archspec: no comment: HTTP Error 401: Unauthorized; {NEEDED}\n"),
    ],
)
def test_without_a_token_that_may_write_there_is_no_note_and_the_log_says_why(
    token: str, told: str, merge: Merge
) -> None:
    merge.change({"specs/shop.yaml": CHANGED})

    assert (merge.job(ARCHSPEC_TOKEN=token), merge.server.ours) == (Job(0, "0 errors\n", told), [])


def test_on_a_branch_there_is_nothing_to_comment_on(merge: Merge) -> None:
    merge.change({"specs/shop.yaml": CHANGED})

    assert (merge.job(CI_MERGE_REQUEST_IID="").after, merge.server.ours) == ("", [])


def test_paths_stand_on_lines_and_may_hold_spaces_and_what_a_shell_would_run(merge: Merge) -> None:
    odd = "specs/my $(touch ran) shop; `touch ran` 'x'.yaml"
    merge.change(
        {odd: RED.replace("name: shop", "name: odd").replace("\n", "\r\n"), "specs/broken.yaml": "archspec: 2\n"}
    )
    job = merge.job(ARCHSPEC_PATHS=f"{odd}\n\nspecs/shop.yaml\n")

    assert (job.status, job.log.splitlines()[-1], list(merge.checkout.rglob("ran"))) == (1, "1 error, 1 warning", [])


def test_a_deleted_spec_is_told_and_a_renamed_one_stays_the_same(merge: Merge) -> None:
    commit(merge.origin, {"specs/other.yaml": SPEC.replace("name: shop", "name: other")})
    merge.base = git(merge.origin, "rev-parse", "HEAD")
    merge.change({"specs/other.yaml": None})
    deleted = merge.job()
    told = merge.server.ours[0]
    merge.change({"specs/shop.yaml": None, "specs/store.yaml": SPEC})

    assert (deleted.status, "other" in told, merge.job().status) == (0, True, 0)


@pytest.mark.parametrize(("asked", "status"), [("docs", 1), ("all", 1), ("false", 0), ("yes", 2)])
def test_stale_documents_fail_where_they_are_asked_about(asked: str, status: int, merge: Merge) -> None:
    merge.change({"specs/shop.yaml": CHANGED})

    assert merge.job(ARCHSPEC_CHECK_DOCS=asked).status == status


def test_what_comes_before_the_script_installs_archspec_where_it_is_looked_for(tmp_path: Path) -> None:
    package = tmp_path / "package"
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("archspec", "rules"):
        shutil.copytree(ROOT / name, package / name, ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, package / name)
    checkout = started(tmp_path / "a checkout", FIRST)
    program(tmp_path / "programs" / "python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    surrounding = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))}
    environment = {
        **surrounding,
        "PATH": f"{tmp_path / 'programs'}{os.pathsep}{os.environ['PATH']}",
        "ARCHSPEC_PACKAGE": str(package),
        "PIP_RETRIES": "1",
    }
    lines = [*yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))["archspec"]["before_script"], LOOK]
    ran = subprocess.run(
        ["sh", "-e", "-c", "\n".join(lines)],  # noqa: S607  on PATH
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if any(sign in ran.stderr for sign in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")):
        pytest.skip("the package index cannot be reached")

    assert (ran.returncode, ran.stdout) == (0, "0 errors\n"), ran.stderr

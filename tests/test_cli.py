import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from archspec import cli

ROOT = Path(__file__).parents[1]
HEADER = "archspec: 1\nname: sample\nregion: us-east-1\n"
# NET008, a warning in production and an info in development, is all there is to find.
SPARE = f"{HEADER}network: {{security_groups: {{spare: {{}}}}}}\n"
BROKEN = "archspec: 1\nname: Bad\nregion: us-east-1\nnetwrok: {}\n"


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


Told = tuple[int, str, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> "Run":
    return Run(capsys)


class Run:
    """Runs a command line inside this process; gives the exit status and both outputs."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> Told:
        status = cli.run(arguments)
        out, err = self.capsys.readouterr()
        return status, out, err


def spec(text: str = SPARE, name: str = "a.yaml") -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


def process(
    *arguments: str | bytes, env: dict[str, str] | None = None, stdout: int = subprocess.PIPE
) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    command: Sequence[str | bytes] = [sys.executable, "-m", "archspec", *arguments]
    return subprocess.run(command, env=environment, stdout=stdout, stderr=subprocess.PIPE, check=False, timeout=60)


def test_without_a_command_or_with_help_all_commands_are_shown(run: Run) -> None:
    shown = run("--help")

    assert shown == run() == run("-h") == run("help")
    assert [line.split()[0] for line in shown[1].splitlines() if line.startswith("  ")] == list(cli.COMMANDS)
    assert (shown[0], shown[2]) == (0, "")


def test_every_module_of_a_command_is_in_the_table() -> None:
    folder = ROOT / "archspec" / "commands"
    modules = {
        path.stem
        for path in folder.glob("*.py")
        if "def run(arguments: Sequence[str]) -> int:" in path.read_text(encoding="utf-8")
    }

    assert modules == {cli.MODULES.get(command, command) for command in cli.COMMANDS}


@pytest.mark.parametrize("command", sorted(cli.COMMANDS))
def test_every_command_shows_its_help_with_an_example(command: str, run: Run) -> None:
    status, out, err = run(command, "--help")
    _, _, example = out.partition("\nexample:\n")

    assert (status, err, out.split()[:3]) == (0, "", ["usage:", "archspec", command])
    assert example.split()[:2] == ["archspec", command]


def test_the_version_is_shown(run: Run) -> None:
    from archspec import __version__

    assert run("--version") == (0, f"archspec {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lnt"], "no command is called 'lnt'; did you mean 'lint'?; `archspec --help` lists them"),
        (["\x1b[31mx"], "no command is called '�[31mx'; `archspec --help` lists them"),
        (["lint", "--bogus"], "unrecognized arguments: --bogus; see `archspec lint --help`"),
        (["lint", ""], "an empty text is no path; name a spec, or a folder of specs"),
        (["lint", "--sel", "NET"], "unrecognized arguments: --sel; see `archspec lint --help`"),
        (["lint"], "this project has no specs (specs); name one, or write a first one with `archspec init`"),
        (["lint", "."], ". holds no spec; `archspec init` writes a first one"),
        (["init", "a", "b"], "unrecognized arguments: b; see `archspec init --help`"),
    ],
)
def test_a_command_line_that_does_not_fit_is_told_and_ends_with_2(arguments: list[str], told: str, run: Run) -> None:
    assert run(*arguments) == (2, "", f"archspec: {told}\n")


def test_an_unknown_rule_is_told_and_ends_with_2(run: Run) -> None:
    assert run("lint", spec(), "--select", "NTE008") == (
        2,
        "",
        "archspec: no rule is called 'NTE008'; did you mean NET008?\n",
    )


def test_a_wrong_setting_is_told_and_ends_with_2(run: Run) -> None:
    spec("[tool.archspec]\nfail_on = 'x'\npath = 1\n", "pyproject.toml")

    assert run("lint", spec()) == (
        2,
        "",
        (
            "archspec: pyproject.toml: 'fail_on' is one of info, warning, error, not 'x'\n"
            "archspec: pyproject.toml: unknown setting 'path'; did you mean 'paths'?\n"
        ),
    )


def test_lint_shows_a_finding_at_its_line(run: Run) -> None:
    assert run("lint", spec(name="my specs/a b.yaml")) == (
        0,
        """\
my specs/a b.yaml:4:29: warning NET008 unused-security-group
  spare is attached to nothing, and no group in use refers to it
   4 | network: {security_groups: {spare: {}}}
     |                             ^
  fix: remove it, or attach it
  see: archspec explain NET008

0 errors, 1 warning
""",
        "",
    )


def test_lint_shows_every_problem_of_every_spec_at_once_and_ends_with_2(run: Run) -> None:
    assert run(
        "lint",
        spec(BROKEN),
        spec(f"{HEADER}region: x\n", "b.yaml"),
        "c.yaml",
        spec(name="d.yaml"),
        "--select",
        "NET008",
    ) == (
        2,
        """\
d.yaml:4:29: warning NET008 unused-security-group
  spare is attached to nothing, and no group in use refers to it
   4 | network: {security_groups: {spare: {}}}
     |                             ^
  fix: remove it, or attach it
  see: archspec explain NET008

a.yaml:2:1: error DOC002 invalid-key-or-value
  'Bad' does not fit 'name'
   2 | name: Bad
     | ^
  fix: write small letters, digits and single hyphens: bad

a.yaml:4:1: error DOC002 invalid-key-or-value
  unknown key 'netwrok'
   4 | netwrok: {}
     | ^
  fix: did you mean 'network'?

b.yaml:4:1: error DOC000 unreadable-file
  the key 'region' is already written on line 3
   4 | region: x
     | ^
  fix: keep one of the two

c.yaml:1:1: error DOC000 unreadable-file
  does not exist
  fix: did you mean d.yaml?

4 errors, 1 warning
""",
        "",
    )


def test_other_commands_show_the_same_problems_on_standard_error(run: Run) -> None:
    status, out, err = run("export", "terraform", spec(BROKEN), "--out", "build")

    assert (status, out, err) == (2, "", run("lint", "a.yaml")[1])
    assert sorted(path.name for path in Path().iterdir()) == ["a.yaml"]


def test_lint_as_json_gives_everything_about_a_finding(run: Run) -> None:
    status, out, err = run("lint", spec(), "--format", "json")

    assert (status, err, json.loads(out)) == (
        0,
        "",
        {
            "version": 1,
            "findings": [
                {
                    "rule": "NET008",
                    "name": "unused-security-group",
                    "severity": "warning",
                    "outcome": "fail",
                    "subject": "spare",
                    "message": "spare is attached to nothing, and no group in use refers to it",
                    "fix": "remove it, or attach it",
                    "location": {"file": "a.yaml", "line": 4, "column": 29},
                    "witness": [],
                    "reference": "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
                    "fingerprint": "cd8ad7360a44e073",
                    "waiver": None,
                    "known": False,
                }
            ],
            "summary": {"errors": 0, "warnings": 1, "infos": 0, "waived": 0, "known": 0, "unknown": 0},
        },
    )


def test_lint_as_json_gives_problems_as_findings(run: Run) -> None:
    status, out, _ = run("lint", "missing.yaml", "--format", "json")

    assert (status, [(one["rule"], one["subject"], one["message"]) for one in json.loads(out)["findings"]]) == (
        2,
        [("DOC000", "missing.yaml", "does not exist")],
    )


@pytest.mark.parametrize(
    ("options", "status", "last"),
    [
        ([], 0, "0 errors, 1 warning"),
        (["--fail-on", "error"], 0, "0 errors, 1 warning"),
        (["--fail-on", "warning"], 1, "0 errors, 1 warning"),
        (["--fail-on", "info"], 1, "0 errors, 1 warning"),
        (["--select", "NET008", "--fail-on", "info"], 1, "0 errors, 1 warning"),
        (["--select", "unused-security-group", "--fail-on", "info"], 1, "0 errors, 1 warning"),
        (["--select", "net", "--fail-on", "info"], 1, "0 errors, 1 warning"),
        (["--select", "DEP,AVL", "--fail-on", "info"], 0, "0 errors"),
        (["--select", "DEP", "--select", "NET", "--fail-on", "info"], 1, "0 errors, 1 warning"),
        (["--ignore", "NET008", "--fail-on", "info"], 0, "0 errors"),
        (["--select", "NET", "--ignore", "NET008", "--fail-on", "info"], 0, "0 errors"),
        (["--stage", "staging", "--fail-on", "warning"], 1, "0 errors, 1 warning"),
        (["--stage", "development", "--fail-on", "info"], 1, "0 errors, 1 info (--info shows all)"),
        (["--stage", "development", "--fail-on", "warning"], 0, "0 errors, 1 info (--info shows all)"),
        (["--no-cache", "--fail-on", "warning"], 1, "0 errors, 1 warning"),
    ],
)
def test_options_say_what_counts(options: list[str], status: int, last: str, run: Run) -> None:
    ended, out, err = run("lint", spec(), *options)

    assert (ended, out.splitlines()[-1], err) == (status, last, "")


def test_settings_of_the_project_say_what_counts_unless_the_command_line_does(run: Run) -> None:
    spec("[tool.archspec]\npaths = ['my specs']\nfail_on = 'warning'\nselect = ['NET']\n", "pyproject.toml")
    spec(name="my specs/a.yaml")

    assert [run("lint")[0], run("lint", "--fail-on", "error")[0], run("lint", "--select", "AVL")[0]] == [1, 0, 0]


def test_info_shows_what_is_hidden_without(run: Run) -> None:
    hidden = run("lint", spec(), "--stage", "development")
    shown = run("lint", "a.yaml", "--stage", "development", "--info")

    assert hidden == (0, "0 errors, 1 info (--info shows all)\n", "")
    assert shown[1].splitlines()[0] == "a.yaml:4:29: info NET008 unused-security-group"


def test_lint_answers_the_same_a_second_time(run: Run) -> None:
    assert run("lint", spec()) == run("lint", "a.yaml") == run("lint", "a.yaml", "--no-cache")


def test_escape_sequences_of_a_spec_do_not_reach_the_terminal(run: Run) -> None:
    network = 'security_groups: {"\\e[31mx": {"\\x07y\\u202e": 1}, sg: {ingress: [{from: "\\e]0;z"}]}}'
    hostile = f"{HEADER}network: {{{network}}}\n"

    status, out, err = run("lint", spec(hostile), "missing\x1b[2J.yaml")

    assert (status, sorted(set(out + err) & set("\x1b\x07\u202e"))) == (2, [])


def test_two_specs_of_one_name_are_refused_before_anything_is_written(run: Run) -> None:
    spec(), spec(name="b.yaml")
    wanted = "archspec: a.yaml and b.yaml are both named 'sample', and would write the same files\n"

    assert run("docs", "a.yaml", "b.yaml") == (2, "", wanted)
    assert sorted(path.name for path in Path().iterdir()) == ["a.yaml", "b.yaml"]


def test_init_writes_a_spec_that_passes_and_never_overwrites(run: Run) -> None:
    assert run("init", "new folder/a.yaml") == (
        0,
        "wrote new folder/a.yaml; now: archspec lint 'new folder/a.yaml'\n",
        "",
    )
    assert run("lint", "new folder/a.yaml")[0] == 0
    assert run("init", "new folder/a.yaml") == (
        2,
        "",
        "archspec: new folder/a.yaml is already there, and init overwrites nothing; name another file\n",
    )


@pytest.mark.parametrize("path", [".", "link.yaml", ""])
def test_init_takes_no_place_that_is_taken(path: str, run: Run) -> None:
    Path("link.yaml").symlink_to("nowhere.yaml")

    assert run("init", path) == (
        2,
        "",
        f"archspec: {path or '.'} is already there, and init overwrites nothing; name another file\n",
    )


def test_init_tells_where_it_cannot_write(run: Run) -> None:
    assert run("init", spec() + "/b.yaml") == (
        2,
        "",
        "archspec: a.yaml/b.yaml cannot be written: File exists; nothing of it was changed\n",
    )


def test_a_file_that_cannot_be_read_back_is_named(run: Run) -> None:
    Path("pyproject.toml").mkdir()
    Path("archspec.toml").write_text("", encoding="utf-8")
    Path("docs").mkdir()
    Path("docs/systems").symlink_to("systems")

    status, out, err = run("docs", spec(), "--check")

    assert (status, out.splitlines()[-1], err) == (1, "1 stale; run: archspec docs a.yaml", "")


def test_a_mistake_of_ours_ends_with_3_and_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cli.COMMANDS, "broken", "a command without a module")
    monkeypatch.delenv("ARCHSPEC_TRACEBACK", raising=False)

    status, out, err = run("broken")

    assert (status, out, re.sub(r":\d+:", ":LINE:", err).splitlines()) == (
        3,
        "",
        [
            (
                "archspec: this is our fault, not yours: ModuleNotFoundError at cli.py:LINE: No module named "
                "'archspec.commands.broken'"
            ),
            "archspec: please report it with the spec; ARCHSPEC_TRACEBACK=1 shows the whole way",
        ],
    )


def test_a_mistake_of_ours_shows_the_whole_way_when_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cli.COMMANDS, "broken", "a command without a module")
    monkeypatch.setenv("ARCHSPEC_TRACEBACK", "1")
    with pytest.raises(ModuleNotFoundError) as caught:
        run("broken")

    assert caught.value.name == "archspec.commands.broken"


def test_a_reader_that_goes_away_is_no_mistake() -> None:
    read, write = os.pipe()
    os.close(read)
    ended = process("rules", stdout=write)
    os.close(write)

    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
def test_an_output_that_cannot_be_written_ends_with_3() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = process("rules", stdout=full.fileno())

    assert (ended.returncode, ended.stderr) == (3, b"archspec: the output cannot be written: No space left on device\n")


def test_a_terminal_without_unicode_gets_question_marks() -> None:
    ended = process("lint", spec(f"{HEADER}title: {'é' * 9}: x\n"), env={"PYTHONIOENCODING": "ascii"})

    assert (ended.returncode, ended.stderr, ended.stdout.splitlines()[2]) == (2, b"", b"   4 | title: ?????????: x")


def test_a_name_that_is_not_text_is_shown_as_far_as_it_can_be() -> None:
    ended = process("lint", b"\xff.yaml", env={"PYTHONUTF8": "1"})

    assert (ended.returncode, ended.stderr) == (2, b"")
    assert ended.stdout.decode().splitlines()[0] == "�.yaml:1:1: error DOC000 unreadable-file"


def test_an_installed_command_lints_from_the_cache_without_importing_the_model() -> None:
    program = (
        "import sys; from archspec.cli import run; status = run(['lint', 'a.yaml']);"
        "heavy = {'pydantic', 'networkx', 'yaml', 'jinja2', 'rich', 'diagrams', 'cel_expr_python'};"
        "print(status, sorted(heavy & set(sys.modules)))"
    )
    spec()
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        for _ in range(2)
    ]

    assert outputs[1].stdout.splitlines()[-1] == "0 []"

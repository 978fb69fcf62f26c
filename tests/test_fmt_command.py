"""`archspec fmt` writes specs and their parts in one style, says which are not, and leaves what it cannot read."""

import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from archspec import cli, formatting

SPEC = Path("specs/shop.yaml")
PART = Path("specs/shop/network.yaml")
MESSY = b"name:  shop\narchspec: 1\nregion: us-east-1\ninclude: [ shop/network.yaml ]\n"
CLEAN = b"archspec: 1\nname: shop\nregion: us-east-1\ninclude: [shop/network.yaml]\n"
MESSY_PART, CLEAN_PART = b"network:\n    vpcs: {}   # none\n", b"network:\n  vpcs: {}  # none\n"


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    PART.parent.mkdir(parents=True)
    SPEC.write_bytes(MESSY)
    PART.write_bytes(MESSY_PART)


class Run:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        status = cli.run(["fmt", *arguments])
        return status, *self.capsys.readouterr()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)


def test_a_spec_and_what_it_includes_are_formatted(run: Run) -> None:
    said = "formatted specs/shop.yaml\nformatted specs/shop/network.yaml\n2 files, 2 of them formatted\n"

    assert (run(), SPEC.read_bytes(), PART.read_bytes()) == ((0, said, ""), CLEAN, CLEAN_PART)


def test_the_second_time_nothing_is_left_to_do(run: Run) -> None:
    run()

    assert run() == (0, "2 files, 0 of them formatted\n", "")


def test_check_names_what_is_not_formatted_and_how_to_do_it(run: Run) -> None:
    run("specs/shop/network.yaml")
    said = "would format specs/shop.yaml\n2 files, 1 of them to format; run: archspec fmt specs\n"

    assert (run("specs", "--check"), SPEC.read_bytes()) == ((1, said, ""), MESSY)


def test_check_is_silent_about_what_is_formatted(run: Run) -> None:
    run()

    assert run("--check") == (0, "2 files, 0 of them to format\n", "")


@pytest.mark.skipif(which("patch") is None, reason="patch is not on PATH")
def test_diff_shows_a_patch_that_does_the_same(run: Run) -> None:
    status, patch, _ = run("--diff")
    subprocess.run([str(which("patch")), "-p1"], input=patch, text=True, check=True, capture_output=True)

    assert (status, SPEC.read_bytes(), PART.read_bytes()) == (1, CLEAN, CLEAN_PART)


def test_diff_of_what_is_formatted_is_empty(run: Run) -> None:
    run()

    assert run("--diff") == (0, "", "")


def test_a_file_of_two_specs_is_formatted_once(run: Run) -> None:
    Path("specs/other.yaml").write_bytes(MESSY)

    assert run()[1].splitlines() == [
        "formatted specs/other.yaml",
        "formatted specs/shop/network.yaml",
        "formatted specs/shop.yaml",
        "3 files, 3 of them formatted",
    ]


def test_a_file_that_is_no_yaml_is_told_and_left_and_all_others_are_formatted(run: Run) -> None:
    PART.write_bytes(b"network: {\n")
    status, out, said = run()

    assert (status, out.splitlines()[0], said.splitlines()[0], PART.read_bytes()) == (
        2,
        "formatted specs/shop.yaml",
        "specs/shop/network.yaml:1:10: error DOC000 unreadable-file",
        b"network: {\n",
    )


def test_a_spec_with_mistakes_is_formatted(run: Run) -> None:
    SPEC.write_bytes(b"archspec:  7\nnetwrok:   {vpcs: 1}\ninclude: [../up.yaml, gone.yaml, 3, {a: b}]\n")

    assert (run(), SPEC.read_bytes()) == (
        (0, "formatted specs/shop.yaml\n1 file, 1 of them formatted\n", ""),
        b"archspec: 7\nnetwrok: {vpcs: 1}\ninclude: [../up.yaml, gone.yaml, 3, {a: b}]\n",
    )


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark"])
def test_marks_and_line_breaks_stay(run: Run, start: bytes) -> None:
    SPEC.write_bytes(start + MESSY.replace(b"\n", b"\r\n"))
    run()

    assert SPEC.read_bytes() == start + CLEAN.replace(b"\n", b"\r\n")


def test_rule_packs_and_plans_are_no_specs(run: Run) -> None:
    Path("rules.yaml").write_text("OWN001:\n    name: x\n", encoding="utf-8")
    Path("plan.json").write_text('{"format_version": "1.2"}', encoding="utf-8")

    assert [(run(name)[0], Path(name).read_text(encoding="utf-8")) for name in ("rules.yaml", "plan.json")] == [
        (2, "OWN001:\n    name: x\n"),
        (2, '{"format_version": "1.2"}'),
    ]


def test_what_is_touched_is_formatted_with_its_spec_and_the_commit_stops(run: Run) -> None:
    first = run("--touched", "specs/shop/network.yaml")

    assert (first[0], SPEC.read_bytes(), run("--touched", "specs/shop/network.yaml")[0]) == (1, CLEAN, 0)


def test_what_is_touched_and_no_spec_is_ignored(run: Run) -> None:
    assert (run("--touched", "README.md"), SPEC.read_bytes()) == ((0, "", ""), MESSY)


def test_our_own_mistake_leaves_the_file_and_ends_with_3(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formatting, "printed", lambda _: "name: other\n")
    status, _, said = run()

    assert (status, "specs/shop.yaml is left as it is" in said, SPEC.read_bytes()) == (3, True, MESSY)


def test_a_missing_spec_is_told(run: Run) -> None:
    status, _, said = run("specs/shpo.yaml")

    assert (status, "did you mean specs/shop.yaml?" in said) == (2, True)


def test_formatting_needs_no_rules_and_no_graph() -> None:
    heavy = "[one for one in sys.modules if one.startswith(('archspec.rules', 'archspec.graph', 'networkx'))]"
    script = f"import sys; from archspec import cli; cli.run(['fmt']); print({heavy})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def stream(content: bytes, *options: str) -> tuple[int, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "archspec", "fmt", "-", *options], input=content, capture_output=True, check=False
    )
    return done.returncode, done.stdout


def test_a_dash_formats_what_comes_in() -> None:
    assert stream(MESSY) == (0, CLEAN)


def test_a_dash_keeps_marks_and_line_breaks() -> None:
    messy, clean = (b"\xef\xbb\xbf" + one.replace(b"\n", b"\r\n") for one in (MESSY, CLEAN))

    assert stream(messy) == (0, clean)


def test_a_dash_says_whether_what_comes_in_is_formatted() -> None:
    assert (stream(MESSY, "--check"), stream(CLEAN, "--check")) == ((1, b"would format <stdin>\n"), (0, b""))


def test_a_dash_prints_nothing_for_what_is_no_yaml() -> None:
    assert stream(b"network: {\n") == (2, b"")


def test_a_dash_stands_alone(run: Run) -> None:
    assert run("-", "specs")[::2] == (2, "archspec: - formats what comes in, and nothing else; leave out other paths\n")

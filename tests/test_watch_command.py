"""`archspec watch`: what a save makes anew, turn by turn, and the real process that is told of saves."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from archspec import cli, project
from archspec.commands.remaking import Wanted
from archspec.commands.watching import Known, first, folders, is_stale, turn
from archspec.errors import UsageError

ROOT = Path(__file__).parents[1]
HELLO = (ROOT / "specs/examples/hello.yaml").read_text(encoding="utf-8").replace("name: hello", "name: shop")
BLOCKED = HELLO.replace("{from: web-sg, port: 5432}", "{from: web-sg, port: 3306}")
SPEC = Path("specs/shop.yaml")
FAST = 'formats = ["text"]\nviews = ["network", "security-groups"]\nselect = ["NET001"]\n'


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)  # where no first baseline is written
    save(SPEC, HELLO)
    save("archspec.toml", FAST)


def save(path: Path | str, text: str) -> None:
    """Save as an editor does that writes another file and renames it: so the file's number tells of every save."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.swp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(target)


class Turns:
    """What is known from turn to turn, and what the last one said."""

    def __init__(self, wanted: Wanted = Wanted()) -> None:  # noqa: B008  frozen
        self.wanted: Wanted = wanted
        self.known: Known = first(project.find(Path.cwd()))
        self.next()

    def next(self) -> list[str]:
        """Take a turn, and return what it said: lines, without how long it took."""
        said: list[str] = []
        self.known = turn(self.known, self.wanted, said.append)
        lines = "".join(said).splitlines()
        return [line.rpartition(", ")[0] if line.endswith(" ms") else line for line in lines if "linted in" not in line]


CLEAN = "0 errors"
FLOW = HELLO.splitlines().index("  - web -> db: 5432 PostgreSQL") + 1
END = len(HELLO.splitlines()) + 1
UNCLOSED = f"specs/shop.yaml:{END}:7: error DOC000 unreadable-file:"
ERROR = f"specs/shop.yaml:{FLOW}:5: error NET001 flow-blocked-by-security-group: web may not reach db on tcp/5432"


def test_a_turn_without_a_save_says_nothing() -> None:
    turns = Turns()

    assert (is_stale(turns.known), turns.next()) == (False, [])


def test_everything_is_made_at_first() -> None:
    Turns()

    assert sorted(path.as_posix() for path in Path().rglob("*.*") if "specs" not in path.parts) == [
        "archspec.toml",
        "diagrams_out/shop/network.txt",
        "diagrams_out/shop/security-groups.txt",
        "docs/systems/shop.md",
    ]


def test_a_save_is_linted_and_only_what_differs_is_drawn_and_written() -> None:
    turns = Turns()
    save(SPEC, BLOCKED)

    assert turns.next() == [
        "specs/shop.yaml",
        ERROR,
        "1 error",
        "wrote diagrams_out/shop/security-groups.txt",
        "wrote docs/systems/shop.md",
        "shop: 1 of 2 pictures drawn, 2 files changed",
    ]


def test_a_save_that_changes_nothing_draws_nothing() -> None:
    turns = Turns()
    save(SPEC, f"{HELLO}# more\n")

    assert turns.next() == ["specs/shop.yaml", CLEAN, "shop: 0 of 2 pictures drawn, 0 files changed"]


def test_what_was_written_does_not_set_off_a_turn() -> None:
    turns = Turns()
    save(SPEC, BLOCKED)
    turns.next()

    assert (is_stale(turns.known), turns.next()) == (False, [])


def test_a_broken_spec_shows_its_problem_and_writes_nothing_until_it_is_mended() -> None:
    turns = Turns()
    document = Path("docs/systems/shop.md").read_text(encoding="utf-8")
    save(SPEC, f"{BLOCKED}more: [1\n")

    assert turns.next() == [
        "specs/shop.yaml",
        f"{UNCLOSED} the '[' of line {END} is not closed, or a comma is missing",
        "1 error",
    ]
    assert Path("docs/systems/shop.md").read_text(encoding="utf-8") == document
    save(SPEC, HELLO)
    assert turns.next() == ["specs/shop.yaml", CLEAN, "shop: 0 of 2 pictures drawn, 0 files changed"]


def test_only_the_systems_of_a_changed_file_are_looked_at() -> None:
    save("specs/other.yaml", HELLO.replace("name: shop", "name: other"))
    turns = Turns()
    save("specs/other.yaml", BLOCKED.replace("name: shop", "name: other"))

    assert [line for line in turns.next() if "shop" in line] == []


def test_includes_count_as_they_come_change_and_go() -> None:
    turns = Turns()
    save(SPEC, HELLO.replace("title:", "include: [shop/more.yaml]\ntitle:"))
    assert turns.next()[1] == ("specs/shop.yaml:3:11: error DOC000 unreadable-file: 'shop/more.yaml' is not a file")
    save("specs/shop/more.yaml", "waivers: []\n")
    assert turns.next()[:2] == ["specs/shop/more.yaml", CLEAN]
    save("specs/shop/more.yaml", "waivers: [1]\n")
    assert turns.next()[0] == "specs/shop/more.yaml"
    Path("specs/shop/more.yaml").unlink()
    assert turns.next()[0] == "specs/shop/more.yaml"
    save(SPEC, HELLO)
    assert turns.next()[:2] == ["specs/shop.yaml", CLEAN]
    save("specs/shop/more.yaml", "waivers: []\n")
    assert turns.next() == []


def test_a_spec_may_come_and_go() -> None:
    turns = Turns()
    save("specs/new.yaml", HELLO.replace("name: shop", "name: new"))
    assert turns.next()[:2] == ["specs/new.yaml", CLEAN]
    Path("specs/new.yaml").unlink()
    assert turns.next() == ["specs/new.yaml is gone"]


def test_without_any_spec_it_waits_and_says_so_once() -> None:
    turns = Turns()
    SPEC.unlink()
    assert turns.next() == ["archspec: specs holds no spec; `archspec init` writes a first one"]
    assert turns.next() == []
    save(SPEC, HELLO)
    assert turns.next()[0:2] == ["specs/shop.yaml", CLEAN]


def test_two_specs_of_one_name_do_not_write_over_each_other() -> None:
    turns = Turns()
    save("specs/twin.yaml", BLOCKED)

    assert turns.next()[-1] == ("archspec: specs/shop.yaml is named 'shop' as well, and would write the same files")
    assert "tcp/3306" not in Path("docs/systems/shop.md").read_text(encoding="utf-8")


def test_settings_concern_everything() -> None:
    turns = Turns()
    save("archspec.toml", FAST.replace('"text"', '"mermaid"'))

    assert turns.next() == [
        "archspec.toml",
        CLEAN,
        "wrote diagrams_out/shop/network.mmd",
        "wrote diagrams_out/shop/security-groups.mmd",
        "shop: 2 of 2 pictures drawn, 2 files changed",
    ]


def test_settings_with_a_mistake_are_told_of_and_waited_for() -> None:
    turns = Turns()
    save("archspec.toml", "formatz = []\n")
    assert turns.next() == ["archspec: archspec.toml: unknown setting 'formatz'; did you mean 'formats'?"]
    save(SPEC, BLOCKED)
    assert turns.next() == []
    save("archspec.toml", FAST)
    assert turns.next()[:2] == ["archspec.toml", ERROR]


def test_settings_that_name_no_rule_are_told_of_and_waited_for() -> None:
    turns = Turns()
    save("archspec.toml", FAST.replace("NET001", "NOT001"))
    assert turns.next() == ["archspec.toml", "archspec: no rule is called 'NOT001'; did you mean NET001?"]
    assert turns.next() == []
    save("archspec.toml", FAST)
    assert turns.next()[1] == CLEAN


def test_a_format_that_there_is_not_is_told_of() -> None:
    turns = Turns()
    save("archspec.toml", FAST.replace('"text"', '"txt"'))

    assert turns.next()[2].startswith("archspec: no format is called 'txt'; there are: ")


def test_settings_may_come_to_stand_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("inner").mkdir()
    monkeypatch.chdir("inner")
    turns = Turns(Wanted(("../specs",)))
    save("archspec.toml", FAST.replace("NET001", "NET002"))

    assert turns.next()[0] == "archspec.toml"


def test_a_rule_pack_concerns_everything() -> None:
    save("rules/own.yaml", "rules: {}\n")
    save("archspec.toml", f'{FAST}packs = ["rules"]\n')
    turns = Turns()
    save("rules/own.yaml", "rules: {OWN001: {}}\n")

    said = turns.next()
    assert (said[0], said[1].partition(": ")[0], len(said)) == ("rules/own.yaml", "rules/own.yaml:1:9", 11)


def test_the_baseline_concerns_everything() -> None:
    save(SPEC, BLOCKED)
    turns = Turns()
    cli.run(["baseline"])

    assert turns.next()[:2] == ["archspec-baseline.json", "0 errors, 1 known (--info shows all)"]


def test_a_template_concerns_everything() -> None:
    shown = (ROOT / "archspec/documents/templates/traffic.md.j2").read_text(encoding="utf-8")
    save("templates/traffic.md.j2", shown)
    save("archspec.toml", f'{FAST}templates = "templates"\n')
    turns = Turns()
    save("templates/traffic.md.j2", f"{shown}\nby us\n")

    assert turns.next()[:3] == ["templates/traffic.md.j2", CLEAN, "wrote docs/systems/shop.md"]
    save("templates/traffic.md.j2", "{{ oops")
    assert turns.next()[2].partition(": ")[0] == "templates/traffic.md.j2:1:1"


@pytest.mark.parametrize(
    ("only", "written"),
    [
        ("lint", []),
        ("render", ["diagrams_out/shop/network.txt", "diagrams_out/shop/security-groups.txt"]),
        ("docs", ["docs/systems/shop.md"]),
    ],
)
def test_one_thing_may_be_made_alone(only: str, written: list[str]) -> None:
    Turns(Wanted(only=only))

    assert (
        sorted(path.as_posix() for path in Path().rglob("*.*") if path.parts[0] in ("diagrams_out", "docs")) == written
    )


def test_the_interactive_page_is_made_where_the_settings_name_it() -> None:
    save("archspec.toml", FAST.replace('"text"', '"html"'))
    turns = Turns(Wanted(only="render"))
    save(SPEC, BLOCKED)

    assert turns.next()[-2] == "wrote diagrams_out/shop/index.html"


def test_text_of_a_file_name_cannot_fake_a_line() -> None:
    turns = Turns()
    save("specs/a\x1b[2J.yaml", HELLO.replace("name: shop", "name: other"))

    assert turns.next()[0] == "specs/a�[2J.yaml"


def test_folders_are_watched_in_which_something_may_come_to_count(tmp_path: Path) -> None:
    (tmp_path / "specs" / "part" / ".hidden").mkdir(parents=True)
    turns = Turns(Wanted(("specs",)))

    assert folders(turns.known, turns.wanted) == (tmp_path, tmp_path / "specs", tmp_path / "specs" / "part")


class Watch:
    """A process that watches the folder of the test."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        # Where a shell has started the tests in the background, Ctrl-C is ignored, and so it is by all that they start.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "archspec", "watch"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=environment,
        )
        self.lines: Queue[str] = Queue()
        self.reader = Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, start: str, seconds: float = 60) -> list[str]:
        """Return the lines up to one that starts so. Raises `Empty` where none comes in time."""
        end, found = time.monotonic() + seconds, [""]
        while not found[-1].startswith(start):
            found.append(self.lines.get(timeout=max(end - time.monotonic(), 0.01)))
        return found[1:]

    def silence(self, seconds: float) -> list[str]:
        """Return what comes meanwhile."""
        time.sleep(seconds)
        return [self.lines.get_nowait() for _ in range(self.lines.qsize())]


@pytest.fixture
def watch() -> Iterator[Watch]:
    one = Watch()
    try:
        one.until("watching 1 spec; Ctrl-C ends it")
        yield one
    finally:
        one.process.kill()
        one.process.wait()
        one.reader.join()
        assert one.process.stdout is not None
        one.process.stdout.close()


def test_a_save_is_answered_in_well_under_a_second(watch: Watch) -> None:
    took = []
    for text in (BLOCKED, HELLO, BLOCKED, HELLO, BLOCKED):
        started = time.monotonic()
        save(SPEC, text)
        said = watch.until("shop: 1 of 2 pictures drawn, ")
        took.append(time.monotonic() - started)
        assert (said[0], ERROR in said) == ("specs/shop.yaml", text is BLOCKED)

    assert min(took) < 1, took


def test_what_it_writes_and_what_does_not_count_leave_it_silent(watch: Watch) -> None:
    save(SPEC, BLOCKED)
    watch.until("shop: ")
    save("specs/notes.txt", "nothing")
    save("diagrams_out/shop/network.txt", "nothing")

    assert watch.silence(1) == []


def test_many_saves_at_once_are_few_turns(watch: Watch) -> None:
    for number in range(20):
        SPEC.write_text(f"{HELLO}# {number}\n", encoding="utf-8")
        time.sleep(0.005)
    watch.until("shop: ")

    assert len([line for line in watch.silence(1) if line.startswith("shop: ")]) <= 2


def test_it_goes_on_after_a_broken_save_and_a_deleted_file(watch: Watch) -> None:
    save(SPEC, f"{HELLO}more: [1\n")
    assert watch.until("linted in")[1].startswith(UNCLOSED)
    SPEC.unlink()
    watch.until("archspec: specs holds no spec")
    save(SPEC, BLOCKED)

    assert ERROR in watch.until("shop: ")


def test_a_folder_that_is_new_is_watched(watch: Watch) -> None:
    Path("specs/deep/er").mkdir(parents=True)
    time.sleep(0.5)
    save("specs/deep/er/new.yaml", HELLO.replace("name: shop", "name: new"))

    assert watch.until("new: ")[0] == "specs/deep/er/new.yaml"


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there")
def test_ctrl_c_ends_it_quietly(watch: Watch) -> None:
    watch.process.send_signal(signal.SIGINT)

    assert (watch.process.wait(timeout=20), watch.silence(0.2)) == (0, [])


def test_it_ends_when_nobody_reads_any_more() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "archspec", "watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    while not process.stdout.readline().startswith("watching"):
        pass
    process.stdout.close()
    save(SPEC, BLOCKED)

    assert (process.wait(timeout=20), process.stderr.read()) == (0, "")
    process.stderr.close()


def test_a_mistake_on_the_command_line_ends_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()

    assert cli.run(["watch", "empty"]) == 2
    assert capsys.readouterr().err == "archspec: empty holds no spec; `archspec init` writes a first one\n"


def test_it_ends_when_its_folder_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not on Windows, where a folder in use cannot be removed."""
    folder = tmp_path / "soon-gone"
    save(folder / SPEC, HELLO)
    monkeypatch.chdir(folder)
    turns = Turns(Wanted(only="lint"))
    shutil.rmtree(folder)

    with pytest.raises(UsageError, match="the folder that is watched is gone"):
        turns.next()

"""`archspec diff`: files and git revisions, formats, pictures and exit statuses."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archspec.cli import run
from tests.changes.repository import OPENED, SPEC, TINY, alone, commit, git, write
from tests.changes.two import edited

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(*arguments: str) -> tuple[int, str, str]:
        status = run(["diff", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return asked


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(tmp_path, monkeypatch)


@pytest.fixture
def _repository() -> None:
    git("init", "-q", "-b", "main")
    write("specs/shop.yaml", SPEC)
    commit()


repository = pytest.mark.usefixtures("_repository")


def test_two_files_that_say_the_same_have_no_change(ask: Ask) -> None:
    write("old.yaml", TINY)
    write("new.yaml", TINY + "# a comment\n")
    assert ask("old.yaml", "new.yaml") == (0, "tiny, old.yaml -> new.yaml: no change\n", "")


def test_two_files_that_differ_are_told_apart_and_that_alone_is_no_failure(ask: Ask) -> None:
    write("old file.yaml", TINY)
    write("new file.yaml", edited(TINY, ("ann: {}", "ann: {}, bob: {}")))
    assert ask("old file.yaml", "new file.yaml") == (
        0,
        "tiny, old file.yaml -> new file.yaml: 1 added\n  + actor bob  new file.yaml:4\n\n",
        "",
    )


@repository
def test_a_revision_is_compared_with_the_working_tree(ask: Ask) -> None:
    write("specs/shop.yaml", OPENED)
    status, out, err = ask("main")
    assert (status, err) == (0, "")
    opened = "db can be reached from the public subnets of main: alb may open tcp/5432, no flow declares it"
    assert out.split("\n")[:2] == [
        "shop, main:specs/shop.yaml -> specs/shop.yaml: risks 1 high, 1 medium; 1 changed",
        f"  high    {opened}  specs/shop.yaml:16",
    ]


@repository
@pytest.mark.parametrize(("level", "status"), [("high", 1), ("medium", 1), ("low", 1)])
def test_a_risk_at_or_above_the_level_fails(ask: Ask, level: str, status: int) -> None:
    write("specs/shop.yaml", OPENED)
    assert ask("main", "--fail-on", level)[0] == status


@repository
def test_a_risk_below_the_level_does_not_fail(ask: Ask) -> None:
    write("specs/shop.yaml", edited(SPEC, ("desired: 2", "desired: 3")))
    assert ask("main", "--fail-on", "low")[0] == 0


@repository
def test_two_revisions_are_compared_whatever_the_working_tree_holds(ask: Ask) -> None:
    write("specs/shop.yaml", OPENED)
    commit("two")
    write("specs/shop.yaml", "not: a spec\n")
    status, out, _ = ask("HEAD~1", "HEAD")
    assert (status, out.split("\n")[0]) == (
        0,
        "shop, HEAD~1:specs/shop.yaml -> HEAD:specs/shop.yaml: risks 1 high, 1 medium; 1 changed",
    )
    assert ask("HEAD~1..HEAD")[1] == out


@repository
def test_three_dots_leave_out_what_the_other_branch_did_since(ask: Ask) -> None:
    git("checkout", "-q", "-b", "topic")
    write("specs/shop.yaml", edited(SPEC, ("desired: 2", "desired: 3")))
    commit("topic")
    git("checkout", "-q", "main")
    write("specs/shop.yaml", edited(SPEC, ("30 days", "7 days")))
    commit("main")
    _, out, _ = ask("main...topic")
    assert "desired: 2 -> 3" in out
    assert "retention" not in out


@repository
def test_specs_named_after_revisions_are_those_that_are_compared(ask: Ask) -> None:
    write("specs/tiny.yaml", TINY)
    commit("two")
    assert ask("main", "specs/tiny.yaml")[1] == "tiny, main:specs/tiny.yaml -> specs/tiny.yaml: no change\n"
    assert (
        ask("HEAD", "main", "specs/tiny.yaml")[1] == "tiny, HEAD:specs/tiny.yaml -> main:specs/tiny.yaml: no change\n"
    )
    assert ask("HEAD", "specs")[1].count("no change") == 2


@repository
def test_a_file_is_compared_with_itself_in_a_revision_that_follows(ask: Ask) -> None:
    write("specs/shop.yaml", edited(SPEC, ("desired: 2", "desired: 3")))
    assert "desired: 3 -> 2" in ask("specs/shop.yaml", "main")[1]


@repository
def test_a_path_wins_over_a_branch_of_its_name_and_that_is_said(ask: Ask) -> None:
    write("topic", TINY)
    write("other", TINY)
    git("branch", "topic")
    status, out, err = ask("topic", "other")
    assert (status, out) == (0, "tiny, topic -> other: no change\n")
    assert err == "archspec: 'topic' is taken for the path; the branch is refs/heads/topic\n"
    assert ask("refs/heads/topic")[1] == "shop, refs/heads/topic:specs/shop.yaml -> specs/shop.yaml: no change\n"


@repository
def test_it_works_from_a_folder_below_and_with_spaces(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    write("my specs/a b.yaml", TINY)
    commit("two")
    monkeypatch.chdir("my specs")
    assert ask("main", "a b.yaml")[1] == "tiny, main:a b.yaml -> a b.yaml: no change\n"
    assert ask("main", "../my specs")[1] == "tiny, main:../my specs/a b.yaml -> ../my specs/a b.yaml: no change\n"


@repository
def test_a_spec_that_is_new_has_everything_added(ask: Ask) -> None:
    write("specs/tiny.yaml", TINY)
    assert ask("main", "specs/tiny.yaml")[1] == "tiny, specs/tiny.yaml is new: 1 added\n\n"


@repository
def test_a_spec_that_is_gone_has_lost_its_data(ask: Ask) -> None:
    Path("specs/shop.yaml").unlink()
    status, out, _ = ask("main", "specs/shop.yaml", "--fail-on", "high")
    assert status == 1
    assert out.startswith("shop, main:specs/shop.yaml is gone: risks 1 high")
    assert "db, a database, is deleted: its data goes with it  main:specs/shop.yaml:25" in out


@repository
def test_a_spec_in_another_file_is_the_same_system(ask: Ask) -> None:
    git("mv", "specs/shop.yaml", "specs/store.yaml")
    assert ask("main")[1] == "shop, main:specs/shop.yaml -> specs/store.yaml: no change\n"


@repository
def test_a_spec_that_moved_is_the_same_system_also_where_another_took_its_file(ask: Ask) -> None:
    git("mv", "specs/shop.yaml", "specs/store.yaml")
    write("specs/shop.yaml", TINY)
    assert ask("main")[1] == (
        "tiny, specs/shop.yaml is new: 1 added\n\nshop, main:specs/shop.yaml -> specs/store.yaml: no change\n"
    )


@repository
def test_a_system_with_another_name_is_the_one_that_its_file_was(ask: Ask) -> None:
    write("specs/shop.yaml", SPEC.replace("name: shop", "name: store"))
    assert "      name: shop -> store\n" in ask("main")[1]


@repository
def test_included_files_are_read_from_the_revision(ask: Ask) -> None:
    write("specs/tiny.yaml", "archspec: 1\nname: tiny\nregion: us-east-1\ninclude: [parts/one.yaml]\n")
    write("specs/parts/one.yaml", "include: [parts/two.yaml]\nexternal: {actors: {ann: {title: Ann}}}\n")
    write("specs/parts/two.yaml", "external: {actors: {bob: {}}}\n")
    commit("two")
    write("specs/tiny.yaml", edited(TINY, ("ann: {}", "bob: {}, ann: {title: Anne}")))
    shutil.rmtree("specs/parts")
    assert ask("main", "specs/tiny.yaml")[1] == (
        "tiny, main:specs/tiny.yaml -> specs/tiny.yaml: 1 changed\n"
        "  ~ actor ann  specs/tiny.yaml:4\n"
        "      title: Ann -> Anne\n\n"
    )


@repository
def test_line_ends_of_windows_are_no_change(ask: Ask) -> None:
    write("specs/shop.yaml", SPEC.replace("\n", "\r\n"))
    assert ask("main")[1] == "shop, main:specs/shop.yaml -> specs/shop.yaml: no change\n"


@repository
def test_a_spec_that_does_not_load_is_located_in_its_revision(ask: Ask) -> None:
    write("specs/shop.yaml", "archspec: 1\nname: shop\n")
    commit("broken")
    write("specs/shop.yaml", SPEC + "colour: red\n")
    status, out, err = ask("main")
    assert (status, out) == (2, "")
    assert "main:specs/shop.yaml:1:1: error DOC002" in err
    assert "\nspecs/shop.yaml:31:1: error DOC002" in err


@repository
@pytest.mark.parametrize(
    ("include", "message"),
    [
        ("missing.yaml", "'missing.yaml' is not a file in main"),
        ("../secret.yaml", "'../secret.yaml' is outside the folder of the spec"),
        ("/etc/passwd", "'/etc/passwd' is no path below the folder of the spec"),
        ("tiny.yaml", "'tiny.yaml' is already part of this spec"),
    ],
)
def test_a_wrong_include_of_a_revision_is_located(ask: Ask, include: str, message: str) -> None:
    write("specs/tiny.yaml", f"{TINY}include: [{include}]\n")
    commit("broken")
    write("specs/tiny.yaml", TINY)
    status, _, err = ask("main", "specs/tiny.yaml")
    assert status == 2
    assert "main:specs/tiny.yaml:5:11: error DOC000" in err
    assert message in err


@repository
def test_bytes_that_are_no_text_are_refused_in_a_revision(ask: Ask) -> None:
    Path("specs/tiny.yaml").write_bytes(b"archspec: 1\nname: \xff\n")
    commit("broken")
    write("specs/tiny.yaml", TINY)
    status, _, err = ask("main", "specs/tiny.yaml")
    assert (status, "main:specs/tiny.yaml:2:7: error" in err, "not UTF-8" in err) == (2, True, True)


@repository
def test_a_link_in_a_revision_is_followed_within_it(ask: Ask) -> None:
    Path("specs/link.yaml").symlink_to("shop.yaml")
    Path("specs/away.yaml").symlink_to("../../away.yaml")
    commit("links")
    assert (
        ask("HEAD", "main", "specs/link.yaml")[1] == "shop, HEAD:specs/link.yaml -> main:specs/link.yaml: no change\n"
    )
    assert ask("HEAD", "main", "specs/away.yaml")[0] == 2


@repository
def test_a_link_in_a_folder_of_specs_is_the_same_spec_in_a_revision(ask: Ask) -> None:
    write("elsewhere/tiny.yaml", TINY)
    Path("specs/a.yaml").symlink_to("../elsewhere/tiny.yaml")
    Path("specs/b.yaml").symlink_to("shop.yaml")
    commit("links")
    assert ask("main")[1] == (
        "tiny, main:specs/a.yaml -> specs/a.yaml: no change\nshop, main:specs/b.yaml -> specs/b.yaml: no change\n"
    )


@repository
def test_a_path_in_a_submodule_is_refused_and_not_taken_for_new(ask: Ask) -> None:
    git("init", "-q", "-b", "main", "sub")
    write("sub/specs/tiny.yaml", TINY)
    git("-C", "sub", "add", "-A")
    git("-C", "sub", "commit", "-q", "-m", "one")
    commit("two")
    for path in ("sub", "sub/specs", "sub/specs/tiny.yaml"):
        message = f"archspec: {path} is in the submodule sub; compare it there: cd sub\n"
        assert ask("main", path) == (2, "", message)


@repository
def test_a_repository_of_somebody_else_says_how_to_trust_it(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    status, _, err = ask("main")
    assert (status, "; if you trust it, run: git config --global --add safe.directory /" in err) == (2, True)


@repository
def test_a_revision_and_a_path_in_one_word_are_told_apart(ask: Ask) -> None:
    status, _, err = ask("main:specs/shop.yaml")
    assert status == 2
    assert err.endswith("; write the revision and the path as two words: main specs/shop.yaml\n")


@repository
def test_branches_without_a_common_commit_are_compared_with_two_dots(ask: Ask) -> None:
    git("checkout", "-q", "--orphan", "other")
    commit("other")
    message = "archspec: main and other have no commit in common; compare them as they stand: main..other\n"
    assert ask("main...other") == (2, "", message)
    assert ask("main..other")[0] == 0


def test_without_a_repository_it_says_so(ask: Ask) -> None:
    status, out, err = ask("main")
    assert (status, out) == (2, "")
    assert err == (
        "archspec: 'main' is no file, and no git revision can be read here: not a git repository "
        "(or any of the parent directories): .git\n"
    )


@repository
def test_an_unknown_revision_is_refused(ask: Ask) -> None:
    status, _, err = ask("mian")
    assert status == 2
    assert err.startswith("archspec: 'mian' is neither a file nor a revision of the repository in ")
    assert err.endswith("; is it spelt so, and fetched? run: git fetch\n")


@repository
def test_a_branch_that_only_the_remote_has_is_named(ask: Ask) -> None:
    git("update-ref", "refs/remotes/origin/release", "HEAD")
    assert ask("release")[2].endswith("; did you mean 'origin/release'?\n")


@repository
def test_a_shallow_clone_says_what_to_fetch(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    write("specs/shop.yaml", OPENED)
    commit("two")
    git("clone", "-q", "--depth", "1", Path.cwd().as_uri(), "clone")
    monkeypatch.chdir("clone")
    status, _, err = ask("HEAD~1")
    assert status == 2
    assert err.endswith(
        "; the clone is shallow, run: git fetch --unshallow --tags origin '+refs/heads/*:refs/remotes/origin/*'; "
        "or clone all of it: `fetch-depth: 0` at actions/checkout, `GIT_DEPTH: 0` in GitLab's pipelines\n"
    )


@repository
@pytest.mark.parametrize(
    "name", ["--output=x", "-h", "--upload-pack=touch x", "main\nHEAD", "", "main\x00", "$(touch x)", "main; touch x"]
)
def test_a_hostile_name_is_refused_and_does_nothing(ask: Ask, name: str) -> None:
    before = sorted(Path().rglob("*"))
    status, out, err = ask("--", name)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert sorted(Path().rglob("*")) == before


@repository
def test_no_filter_of_a_repository_runs(ask: Ask) -> None:
    write(".gitattributes", "*.yaml filter=evil diff=evil\n")
    commit("two")
    for key in ("filter.evil.smudge", "diff.evil.textconv", "filter.evil.clean"):
        git("config", key, "touch ran; cat")
    assert ask("main")[0] == 0
    assert not Path("ran").exists()


@repository
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["specs/shop.yaml"],
         "specs/shop.yaml is compared with what? name a revision, or another file: HEAD specs/shop.yaml"),
        (["specs/shop.yaml", "specs"],
         "specs is a folder, and two files are compared; for a folder, name a revision: HEAD"),
        (["specs/shop.yaml", "specs/shop.yaml", "specs/shop.yaml"],
         "two files are compared, and these are more; for several, name a revision first: HEAD"),
        (["main", "main", "nothing.yaml"], "nothing.yaml is no spec, neither in main nor in main"),
        (["main", "main", ""], "an empty text is no path; name a spec, or a folder of specs"),
        (["main", "--view", "network"], "--view says what --picture draws; name a file with --picture"),
        (["main", "--picture", "x.gif"], "x.gif: a picture of a change is .svg or .png"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(ask: Ask, words: list[str], message: str) -> None:
    assert ask(*words) == (2, "", f"archspec: {message}\n")


def test_without_specs_on_either_side_it_says_so(ask: Ask) -> None:
    git("init", "-q", "-b", "main")
    write("readme", "none")
    commit()
    assert ask("main") == (2, "", "archspec: there is no spec in main nor in the working tree (specs)\n")


@repository
def test_a_path_outside_of_the_repository_is_refused(ask: Ask, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "tiny.yaml"
    other.write_text(TINY)
    status, _, err = ask("main", str(other))
    assert (status, "is outside of the repository in" in err) == (2, True)


@repository
def test_json_and_markdown_are_printed(ask: Ask) -> None:
    write("specs/shop.yaml", OPENED)
    assert json.loads(ask("main", "--format", "json")[1])["summary"] == {
        "high": 1,
        "medium": 1,
        "low": 0,
        "none": 0,
        "changes": 1,
    }
    assert ask("main", "--format", "markdown")[1].startswith("### shop: `main:specs/shop.yaml` → `specs/shop.yaml`\n")


@repository
def test_a_picture_is_drawn_and_it_is_said_which(ask: Ask) -> None:
    write("specs/shop.yaml", edited(SPEC, ("desired: 2", "desired: 3")))
    status, _, err = ask("main", "--picture", "out/change.svg", "--view", "network")
    assert (status, err) == (0, "drew out/change.svg: network, as asked\n")
    assert Path("out/change.svg").read_text().startswith("<svg")
    err = ask("main", "--picture", "change.png")[2]
    assert err.startswith("drew change.png: ")
    assert Path("change.png").read_bytes().startswith(b"\x89PNG")


@repository
def test_each_spec_that_changed_has_a_picture_of_its_own(ask: Ask) -> None:
    other = SPEC.replace("name: shop", "name: other")
    write("specs/other.yaml", other)
    commit("two")
    for name, text in (("shop", SPEC), ("other", other)):
        write(f"specs/{name}.yaml", edited(text, ("desired: 2", "desired: 3")))
    ask("main", "--picture", "change.svg", "--view", "network")
    assert sorted(path.name for path in Path().glob("*.svg")) == ["change-other.svg", "change-shop.svg"]


@repository
def test_where_nothing_changed_nothing_is_drawn(ask: Ask) -> None:
    assert ask("main", "--picture", "change.svg")[2] == "nothing changed, so change.svg was not drawn\n"
    assert not Path("change.svg").exists()


@repository
def test_where_no_picture_shows_what_changed_none_is_drawn(ask: Ask) -> None:
    write("specs/shop.yaml", SPEC + "waivers: [{rule: SEC001, subject: alb, reason: known}]\n")
    assert ask("main", "--picture", "x.svg")[2] == "no picture shows what changed, so x.svg was not drawn\n"
    assert not Path("x.svg").exists()


@repository
def test_nothing_is_printed_where_the_picture_that_is_wanted_is_unknown(ask: Ask) -> None:
    write("specs/shop.yaml", OPENED)
    assert ask("main", "--picture", "x.svg", "--view", "nope")[:2] == (2, "")


@pytest.mark.parametrize("name", ["null", "42", "true"])
def test_a_new_spec_may_have_any_name(ask: Ask, name: str) -> None:
    git("init", "-q", "-b", "main")
    write("readme", "none")
    commit()
    write("specs/tiny.yaml", TINY.replace("name: tiny", f'name: "{name}"'))
    assert ask("main") == (0, f"{name}, specs/tiny.yaml is new: 1 added\n\n", "")


ENVIRONMENTS = (
    "archspec: 1\nname: two\nregion: us-east-1\nenvironments: {staging: {}, beta: {}, later: {status: planned}}\n"
    "security: {keys: {one: {alias: a}}}\n"
)


def test_one_environment_is_looked_at_alone_also_where_it_is_planned(ask: Ask) -> None:
    write("old.yaml", ENVIRONMENTS)
    write("new.yaml", edited(ENVIRONMENTS, ("alias: a", "alias: b")))
    for name in ("staging", "later"):
        _, out, _ = ask("old.yaml", "new.yaml", "--environment", name)
        assert [line.split("  ")[1] for line in out.split("\n") if line.startswith("  ~")] == [f"~ key {name}/one"]


def test_an_environment_that_does_not_exist_is_refused(ask: Ask) -> None:
    write("old.yaml", ENVIRONMENTS)
    status, _, err = ask("old.yaml", "old.yaml", "--environment", "betta")
    assert (status, err) == (2, "archspec: no environment of old.yaml is called 'betta'; did you mean 'beta'?\n")


def test_help_ends_with_examples(ask: Ask) -> None:
    status, out, _ = ask("--help")
    assert (status, "archspec diff main...HEAD" in out) == (0, True)

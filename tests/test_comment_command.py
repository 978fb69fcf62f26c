"""`archspec comment`: what a branch does to its systems, in real repositories."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archspec.cli import run
from tests.changes.repository import OPENED, SPEC, TINY, alone, commit, git, write
from tests.changes.two import edited
from tests.conftest import Golden

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

THREE = edited(SPEC, ("desired: 2", "desired: 3"))
MAIL = "mail: {cluster: ecs, port: 25, cpu: 256, memory: 512, subnets: [private-a], security_groups: [api-sg]}"
BLOCKED = edited(SPEC, ("{from: alb-sg, port: 4000}", "{from: alb-sg, port: 4001}"))
WAIVER = "rule: NET001, subject: alb -> api 4000, reason: r, owner: o"
BROKEN = SPEC + "colour: red\n"
SOURCE = "https://github.com/o/r/blob/{revision}/{path}#L{line}"

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(*arguments: str) -> tuple[int, str, str]:
        status = run(["comment", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return asked


@pytest.fixture
def told(ask: Ask) -> Callable[..., str]:
    """Return the comment, which has to be made without a word on stderr."""

    def made(*arguments: str) -> str:
        status, out, err = ask(*(arguments or ("--base", "main")))
        assert (status, err) == (0, "")
        return out

    return made


Told = Callable[..., str]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(tmp_path, monkeypatch)
    monkeypatch.delenv("CI", raising=False)  # where no first baseline is written


@pytest.fixture
def _repository() -> None:
    git("init", "-q", "-b", "main")
    write("specs/shop.yaml", SPEC)
    commit()


repository = pytest.mark.usefixtures("_repository")


def verdict(comment: str) -> str:
    """Return the first line that is shown."""
    marker, first, *_ = comment.split("\n")
    assert marker == "<!-- archspec:comment -->"
    return first.removeprefix("### archspec: ")


# What is told


@repository
def test_one_value_that_changed_is_one_line_and_a_table(told: Told, golden: Golden) -> None:
    write("specs/shop.yaml", THREE)
    golden("comments/golden/one_value.md", told())


@repository
def test_a_store_that_is_opened_to_the_internet_is_told_with_everything(told: Told, golden: Golden) -> None:
    opened = edited(
        SPEC,
        ("{from: api-sg, port: 5432}", "{from: internet, port: 5432}"),
        ("{engine: postgres, subnets: [data-a, data-b]", "{engine: postgres, public: true, subnets: [public-a]"),
        (
            "multi_az: true,\n         backups: {every: 1 day, retention: 30 days, point_in_time: true}",
            "multi_az: false",
        ),
        ("services:\n", f"services:\n    {MAIL}\n"),
    )
    write("specs/shop.yaml", opened)
    golden("comments/golden/risky.md", told("--base", "main", "--source", SOURCE))


@repository
def test_a_new_system_is_told_with_its_findings_and_its_overview(told: Told, golden: Golden) -> None:
    write("specs/second.yaml", SPEC.replace("name: shop", "name: second"))
    golden("comments/golden/new_system.md", told())


@repository
def test_a_system_that_is_gone_is_told_with_what_is_lost(told: Told) -> None:
    write("specs/tiny.yaml", TINY)
    Path("specs/shop.yaml").unlink()
    made = told()
    assert verdict(made) == "1 new system, 1 system gone, 1 high risk, -$16.42 a month"
    assert "| 🔴 high | db, a database, is deleted: its data goes with it | `specs/shop.yaml:25` before |" in made


@repository
@pytest.mark.parametrize(
    "text",
    [
        SPEC,
        SPEC.replace("\n", "\r\n"),
        "# a comment\n" + SPEC.replace("desired: 2", "desired:   2").replace("flows:", "flows:  # all"),
        SPEC.replace("name: shop\nregion: us-east-1", 'region: "us-east-1"\nname: shop'),
        SPEC.replace("30 days", "30d"),
    ],
)
def test_nothing_is_printed_where_nothing_but_the_writing_changed(told: Told, text: str) -> None:
    write("specs/shop.yaml", text)
    assert told() == ""


@repository
def test_nothing_is_printed_where_the_branch_is_its_base(told: Told) -> None:
    for base in ("HEAD", "main", git("rev-parse", "HEAD")):
        assert told("--base", base) == ""


@repository
def test_a_file_is_written_whole_and_is_empty_where_there_is_nothing_to_post(told: Told) -> None:
    write("specs/shop.yaml", THREE)
    assert told("--base", "main", "--out", "out/comment.md") == ""
    assert Path("out/comment.md").read_text() == told()
    write("specs/shop.yaml", SPEC)
    assert told("--base", "main", "--out", "out/comment.md") == ""
    assert Path("out/comment.md").read_bytes() == b""


@repository
def test_what_main_did_since_the_branch_left_is_not_told(told: Told) -> None:
    git("checkout", "-q", "-b", "topic")
    write("specs/shop.yaml", THREE)
    commit("topic")
    git("checkout", "-q", "main")
    write("specs/shop.yaml", edited(SPEC, ("30 days", "7 days")))
    commit("main")
    git("checkout", "-q", "topic")
    made = told()
    assert "| changed | service `api` | `desired` | 2 | 3 |" in made
    assert "retention" not in made


@repository
def test_a_base_that_is_ahead_leaves_what_is_not_committed(told: Told) -> None:
    git("branch", "topic")
    write("specs/shop.yaml", OPENED)
    commit("main")
    git("checkout", "-q", "topic")
    assert told() == ""
    write("specs/shop.yaml", THREE)
    assert verdict(told()) == "1 change, no new finding, no risk"


@repository
def test_another_head_is_read_from_git_whatever_the_working_tree_holds(told: Told) -> None:
    git("checkout", "-q", "-b", "topic")
    write("specs/shop.yaml", THREE)
    commit("topic")
    expected = told()
    write("specs/shop.yaml", "not: a spec\n")
    assert told("--base", "main", "--head", "topic") == expected
    git("checkout", "-q", "-f", "--detach", "main")
    assert told("--base", "main", "--head", "topic") == expected
    git("checkout", "-q", "--detach", "topic")
    assert told() == expected


@repository
def test_what_is_not_committed_is_told(told: Told) -> None:
    write("specs/shop.yaml", THREE)
    git("add", "-A")
    assert "| `desired` | 2 | 3 |" in told()


@repository
def test_only_the_specs_that_are_named_are_told(told: Told) -> None:
    write("specs/tiny.yaml", TINY)
    write("specs/shop.yaml", THREE)
    assert "tiny" not in told("--base", "main", "specs/shop.yaml")


@repository
def test_what_a_month_costs_is_told_before_and_after_with_the_lines_that_make_the_difference(told: Told) -> None:
    cost = "cost: {{lines: [{{resource: RDS, covers: [db], amount: ${}}}, {{resource: ALB, amount: $20}}]}}\n"
    write("archspec.toml", 'select = ["NET"]\n')
    write("specs/shop.yaml", SPEC + cost.format(180))
    commit("two")
    git("branch", "-f", "base")
    write("specs/shop.yaml", SPEC + cost.format(590))
    made = told("--base", "base")
    assert verdict(made) == "1 high risk, +$410 a month"
    assert "\n**Cost** 🔴 high: **+$410** a month, $200 → $610: RDS +$410\n" in made


# Findings


@repository
def test_a_finding_on_another_line_with_other_words_is_not_new(told: Told) -> None:
    write("specs/shop.yaml", OPENED)
    commit("two")
    git("branch", "-f", "base")
    write("specs/shop.yaml", "\n\n" + edited(OPENED, ("desired: 2", "desired: 3")))
    made = told("--base", "base")
    assert "new" not in verdict(made).replace("no new finding", "")
    assert "| ❌" not in made


@repository
def test_a_renamed_element_has_its_findings_as_before(told: Told) -> None:
    write("specs/shop.yaml", SPEC.replace("db:", "store:").replace("api -> db", "api -> store"))
    made = told()
    assert verdict(made) == "1 medium risk"
    assert "| renamed | database `store`, was `db` | | | |" in made


@repository
def test_what_a_waiver_accepts_is_told_and_is_not_new(told: Told) -> None:
    write("archspec.toml", 'select = ["NET001"]\n')
    write("specs/shop.yaml", BLOCKED)
    assert verdict(told()) == "1 new error, 1 high risk"
    write("specs/shop.yaml", f"{BLOCKED}waivers: [{{{WAIVER}, expires: 2099-01-01}}]\n")
    made = told()
    assert verdict(made) == "1 accepted, 1 high and 1 medium risk"
    assert "Accepted by a waiver now: **NET001** alb -> api 4000\n" in made


@repository
def test_a_waiver_that_ended_since_the_branch_left_opens_its_finding_again(told: Told) -> None:
    waiver = f"waivers: [{{{WAIVER}, expires: 2020-02-01}}]\n"
    write("archspec.toml", 'select = ["NET"]\n')
    write("specs/shop.yaml", BLOCKED + waiver)
    commit("waived")
    git("branch", "-f", "base")
    write("specs/shop.yaml", edited(BLOCKED, ("desired: 2", "desired: 3")) + waiver)
    made = told("--base", "base")
    assert verdict(made).startswith("1 open again")
    assert "| open again, ❌ error | **NET001**" in made


@repository
def test_what_the_baseline_knows_is_not_new(told: Told, capsys: pytest.CaptureFixture[str]) -> None:
    write("archspec.toml", 'select = ["NET001"]\n')
    write("specs/shop.yaml", BLOCKED)
    assert run(["baseline"]) == 0
    capsys.readouterr()
    made = told()
    assert verdict(made) == "1 high risk"
    assert "New, and known by the baseline: **NET001** alb -> api 4000\n" in made


@repository
def test_a_rule_that_is_chosen_now_is_judged_on_both_sides(told: Told) -> None:
    write("specs/shop.yaml", BLOCKED)
    write("archspec.toml", 'select = ["DAT"]\n')
    commit("blocked")
    git("branch", "-f", "base")
    write("archspec.toml", 'select = ["NET001"]\n')
    assert told("--base", "base") == ""


# What cannot be read


@repository
def test_a_spec_that_cannot_be_read_any_more_is_told_with_its_problems(told: Told, golden: Golden) -> None:
    write("specs/tiny.yaml", TINY)
    commit("two")
    git("branch", "-f", "base")
    write("specs/shop.yaml", BROKEN)
    write("specs/tiny.yaml", edited(TINY, ("ann: {}", "ann: {}, bob: {}")))
    golden("comments/golden/unreadable.md", told("--base", "base"))


@repository
def test_a_spec_that_could_not_be_read_is_told_with_all_its_findings(told: Told) -> None:
    write("specs/shop.yaml", BROKEN)
    commit("broken")
    git("branch", "-f", "base")
    write("archspec.toml", 'select = ["NET001"]\n')
    write("specs/shop.yaml", BLOCKED)
    made = told("--base", "base")
    assert verdict(made) == "1 open error"
    assert "cannot be read, so all of its findings are told" in made


@repository
def test_a_spec_that_is_as_broken_as_before_is_not_told(told: Told) -> None:
    write("specs/shop.yaml", BROKEN)
    commit("broken")
    git("branch", "-f", "base")
    assert told("--base", "base") == ""


@repository
def test_a_new_spec_that_cannot_be_read_is_told(told: Told) -> None:
    write("specs/second.yaml", "archspec: 1\nname: [\n")
    made = told()
    assert verdict(made) == "1 spec cannot be read"
    assert "**second** `specs/second.yaml` cannot be read" in made


# Files and names


@repository
def test_a_part_of_a_spec_that_changed_alone_is_told_at_its_place(told: Told) -> None:
    write("specs/tiny.yaml", "archspec: 1\nname: tiny\nregion: us-east-1\ninclude: [parts/one.yaml]\n")
    write("specs/parts/one.yaml", "external: {actors: {ann: {title: Ann}}}\n")
    commit("two")
    git("branch", "-f", "base")
    write("specs/parts/one.yaml", "external: {actors: {ann: {title: Anne}}}\n")
    assert "| changed | actor `ann` | `title` | Ann | Anne |" in told("--base", "base")


@repository
def test_a_spec_in_another_file_is_the_same_system(told: Told) -> None:
    git("mv", "specs/shop.yaml", "specs/store.yaml")
    assert told() == ""
    write("specs/store.yaml", THREE)
    assert "**shop** `specs/store.yaml`, was `specs/shop.yaml`: 1 changed since" in told()


@repository
def test_a_folder_of_specs_that_becomes_a_link_and_back_is_no_change(told: Told) -> None:
    git("mv", "specs", "real")
    Path("specs").symlink_to("real")
    assert told() == ""
    commit("a link")
    Path("specs").unlink()
    git("mv", "real", "specs")
    assert told("--base", "HEAD") == ""
    write("specs/shop.yaml", THREE)
    assert "**shop** `specs/shop.yaml`: 1 changed since" in told("--base", "HEAD")


@repository
def test_two_specs_of_one_name_are_told_apart_by_their_files(told: Told) -> None:
    write("specs/other.yaml", SPEC)
    made = told()
    assert "**shop** `specs/other.yaml` is new" in made
    assert "specs/shop.yaml" not in made
    commit("two")
    git("branch", "-f", "base")
    write("specs/shop.yaml", THREE)
    assert "**shop** `specs/shop.yaml`: 1 changed since" in told("--base", "base")


@repository
def test_paths_may_hold_spaces_and_letters_of_any_script(told: Told) -> None:
    write("specs/mein lädchen/店.yaml", TINY)
    made = told("--base", "main", "--source", SOURCE)
    assert "**tiny** `specs/mein lädchen/店.yaml` is new" in made
    commit("two")
    git("branch", "-f", "base")
    write("specs/mein lädchen/店.yaml", TINY + "colour: red\n")
    made = told("--base", "base", "--source", SOURCE)
    assert "specs/mein%20l%C3%A4dchen/%E5%BA%97.yaml#L5)" in made


@repository
def test_places_are_seen_from_the_top_wherever_it_runs(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    write("archspec.toml", 'paths = ["specs"]\n')
    write("specs/shop.yaml", OPENED)
    expected = told("--base", "main", "--source", SOURCE)
    Path("below").mkdir()
    for folder in ("below", "../specs"):
        monkeypatch.chdir(folder)
        assert told("--base", "main", "--source", SOURCE) == expected


@repository
def test_a_path_that_is_no_text_is_shown_and_linked(told: Told) -> None:
    Path("specs", "caf\udce9.yaml").write_text(TINY)
    made = told("--base", "main", "--source", SOURCE)
    assert "**tiny** `specs/caf�.yaml` is new: 1 added" in made


@repository
def test_it_works_in_a_worktree(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    git("worktree", "add", "-q", "-b", "topic", "tree")
    monkeypatch.chdir("tree")
    write("specs/shop.yaml", THREE)
    assert "| `desired` | 2 | 3 |" in told()


@repository
def test_specs_in_a_submodule_are_compared_there(ask: Ask) -> None:
    git("init", "-q", "-b", "main", "sub")
    write("sub/tiny.yaml", TINY)
    git("-C", "sub", "add", "-A")
    git("-C", "sub", "commit", "-q", "-m", "one")
    commit("two")
    message = "archspec: sub is in the submodule sub; compare it there: cd sub\n"
    assert ask("--base", "HEAD", "sub") == (2, "", message)


# Pictures


@repository
def test_committed_pictures_that_changed_stand_side_by_side(told: Told) -> None:
    write("diagrams_out/shop/network.svg", "<svg/>")
    write("diagrams_out/shop/traffic.svg", "<svg/>")
    write("diagrams_out/other/network.svg", "<svg/>")
    commit("pictures")
    old = git("rev-parse", "HEAD")
    git("branch", "-f", "base")
    write("diagrams_out/shop/network.svg", "<svg>2</svg>")
    write("diagrams_out/shop/new one.svg", "<svg/>")
    write("diagrams_out/other/network.svg", "<svg>2</svg>")
    write("specs/shop.yaml", THREE)
    commit("changed")
    new = git("rev-parse", "HEAD")
    made = told("--base", "base", "--pictures", "https://example.com/raw/{revision}/{path}")
    before, now = (f"https://example.com/raw/{one}/diagrams_out/shop/" for one in (old, new))
    table = (
        "| picture | before | after |\n|---|---|---|\n"
        f"| network | [![before]({before}network.svg)]({before}network.svg) "
        f"| [![after]({now}network.svg)]({now}network.svg) |\n"
        f"| new one | none | [![after]({now}new%20one.svg)]({now}new%20one.svg) |\n"
    )
    assert table in made
    assert "traffic" not in made.partition("2 pictures before and after")[2]


# What cannot be compared


def test_without_a_repository_it_says_so(ask: Ask) -> None:
    message = "no git revision can be read here: not a git repository (or any of the parent directories): .git"
    assert ask("--base", "main") == (2, "", f"archspec: {message}\n")


@repository
def test_a_base_that_is_not_there_is_refused_with_what_to_do(ask: Ask) -> None:
    status, out, err = ask("--base", "mian")
    assert (status, out) == (2, "")
    assert err.startswith("archspec: 'mian' is no revision of the repository in ")
    assert err.endswith("; is it spelt so, and fetched? run: git fetch\n")
    git("update-ref", "refs/remotes/origin/release", "HEAD")
    assert ask("--base", "release")[2].endswith("; did you mean 'origin/release'?\n")


FETCH = (
    "; the clone is shallow, run: git fetch --unshallow --tags origin '+refs/heads/*:refs/remotes/origin/*'; "
    "or clone all of it: `fetch-depth: 0` at actions/checkout, `GIT_DEPTH: 0` in GitLab's pipelines\n"
)


@repository
def test_a_shallow_clone_without_the_base_says_what_to_fetch(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    git("checkout", "-q", "-b", "topic")
    write("specs/shop.yaml", THREE)
    commit("topic")
    git("clone", "-q", "--depth", "1", "--branch", "topic", Path.cwd().as_uri(), "clone")
    monkeypatch.chdir("clone")
    status, _, err = ask("--base", "origin/main")
    assert (status, err.endswith(FETCH)) == (2, True)


@repository
def test_a_shallow_clone_without_the_commit_in_common_says_what_to_fetch(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("checkout", "-q", "-b", "topic")
    write("specs/shop.yaml", THREE)
    commit("topic")
    git("checkout", "-q", "main")
    write("readme", "more")
    commit("main")
    git("clone", "-q", "--depth", "1", "--no-single-branch", "--branch", "topic", Path.cwd().as_uri(), "clone")
    monkeypatch.chdir("clone")
    status, _, err = ask("--base", "origin/main")
    assert (status, "have no commit in common" in err, err.endswith(FETCH)) == (2, True, True)


@repository
def test_a_branch_of_another_history_is_refused(ask: Ask) -> None:
    git("checkout", "-q", "--orphan", "other")
    commit("other")
    status, out, err = ask("--base", "main")
    assert (status, out, "have no commit in common" in err) == (2, "", True)


def test_without_specs_on_either_side_it_says_so(ask: Ask) -> None:
    git("init", "-q", "-b", "main")
    write("readme", "none")
    commit()
    short = git("rev-parse", "HEAD")[:12]
    message = f"archspec: there is no spec in {short} nor in the working tree (specs)\n"
    assert ask("--base", "main") == (2, "", message)


def test_a_repository_without_a_commit_is_refused(ask: Ask) -> None:
    git("init", "-q", "-b", "main")
    write("specs/tiny.yaml", TINY)
    status, out, err = ask("--base", "main")
    assert (status, out, err.startswith("archspec: 'main' is no revision")) == (2, "", True)


@repository
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--base", "main", "--source", "https://example.com/{path}"],
         "--source is an address that begins with https:// and holds {path}, {line}, not 'https://example.com/{path}'"),
        (["--base", "main", "--source", "javascript:a//{path}{line}"],
         "--source is an address that begins with https:// and holds {path}, {line}, not 'javascript:a//{path}{line}'"),
        (["--base", "main", "--pictures", "https://a/(b)/{path}"],
         "--pictures is an address that begins with https:// and holds {revision}, {path}, not 'https://a/(b)/{path}'"),
        (["--base", "main", "nothing.yaml"], "nothing.yaml is no spec, neither in {main} nor in the working tree"),
        (["--base", "main", "--out", "specs/shop.yaml"],
         "--out specs/shop.yaml would be written over, and it is YAML, as specs are; name another file"),
        ([], "the following arguments are required: --base; see `archspec comment --help`"),
        (["--base", ""],
         "'' is no name of a revision: it is empty, starts with '-' or holds a character that none has"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(ask: Ask, words: list[str], message: str) -> None:
    expected = message.replace("{main}", git("rev-parse", "main")[:12])
    assert ask(*words) == (2, "", f"archspec: {expected}\n")


@repository
def test_a_broken_baseline_is_told_as_what_it_is(ask: Ask) -> None:
    write("archspec-baseline.json", "{")
    write("specs/shop.yaml", THREE)
    status, out, err = ask("--base", "main")
    assert (status, out, "archspec-baseline.json:1:2" in err) == (2, "", True)


@repository
def test_the_same_change_gives_the_same_bytes(told: Told) -> None:
    write("specs/shop.yaml", OPENED)
    assert len({told() for _ in range(3)}) == 1


# What the manual shows

ROOT = Path(__file__).parents[1]


def test_the_manual_shows_what_is_printed(told: Told) -> None:
    hello = edited((ROOT / "specs/examples/hello.yaml").read_text("utf-8"), ("name: hello", "name: shop"))
    shown = (ROOT / "docs/comment.md").read_text("utf-8").partition("````markdown\n")[2].partition("````\n")[0]
    git("init", "-q", "-b", "main")
    write("archspec.toml", 'select = ["NET", "DAT", "AVL"]\n')
    write("specs/shop.yaml", hello)
    commit()
    edits = (("from: web-sg, port: 5432", "from: web-sg, port: 3306"), ("retention: 7 days", "retention: 1 day"))
    write("specs/shop.yaml", edited(hello, *edits, ("desired: 2", "desired: 3")))
    made = told().replace(git("rev-parse", "HEAD")[:12], "329bb18b66c4")
    assert made.partition("\n<details><summary>Picture")[0] == shown

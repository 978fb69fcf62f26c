"""`--touched`: from files that changed to the specs that they are part of."""

import contextlib
import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec import cli, project
from archspec.commands.touching import Reach, touched
from archspec.errors import UsageError
from archspec.project import Project

SPEC = "archspec: 1\nname: {}\nregion: us-east-1\n"


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(path: str, text: str) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def spec(path: str, more: str = "", name: str = "") -> None:
    written(path, SPEC.format(name or Path(path).stem.replace(" ", "-")) + more)


def found(*changed: str, reach: Reach = Reach()) -> list[str]:  # noqa: B008  frozen
    return [path.as_posix() for path in touched(project.find(Path.cwd()), changed, reach)]


@pytest.fixture
def _two() -> None:
    """`specs/a.yaml` of three files, one in another, `specs/b.yaml` of one, and a file of neither."""
    spec("specs/a.yaml", "include: [a/network.yaml]\n")
    written("specs/a/network.yaml", "include: [a/more/costs.yaml]\nnetwork: {}\n")
    written("specs/a/more/costs.yaml", "cost: {}\n")
    written("specs/a/unused.yaml", "cost: {}\n")
    spec("specs/b.yaml")
    written("README.md", "")
    written("src/app.py", "")


@pytest.mark.usefixtures("_two")
@pytest.mark.parametrize(
    ("changed", "specs"),
    [
        ([], []),
        (["specs/a.yaml"], ["specs/a.yaml"]),
        (["specs/b.yaml", "specs/a.yaml"], ["specs/a.yaml", "specs/b.yaml"]),
        (["specs/a/network.yaml"], ["specs/a.yaml"]),
        (["specs/a/more/costs.yaml"], ["specs/a.yaml"]),
        (["specs/a/more/costs.yaml", "specs/a.yaml", "specs/a/network.yaml"], ["specs/a.yaml"]),
        (["specs/a/unused.yaml", "README.md", "src/app.py", "src", "."], []),
        (["specs/gone.yaml", "specs/gone/part.yaml", "gone"], []),
        (["./specs/../specs/b.yaml"], ["specs/b.yaml"]),
    ],
)
def test_changed_files_mean_the_specs_that_they_are_part_of(changed: list[str], specs: list[str]) -> None:
    assert found(*changed) == specs


@pytest.mark.usefixtures("_two")
def test_absolute_paths_mean_the_same(tmp_path: Path) -> None:
    assert found(str(tmp_path / "specs/a/network.yaml"), str(tmp_path / "specs/b.yaml")) == [
        "specs/a.yaml",
        "specs/b.yaml",
    ]


@pytest.mark.usefixtures("_two")
@pytest.mark.parametrize(
    ("folder", "changed", "specs"),
    [
        ("specs", ["a/network.yaml"], ["a.yaml"]),
        ("specs/a", ["network.yaml"], ["{}/specs/a.yaml"]),
        ("src", ["../specs/b.yaml"], ["{}/specs/b.yaml"]),
        ("src", ["specs/b.yaml"], []),
    ],
)
def test_paths_are_those_of_the_folder_that_one_works_in(
    folder: str, changed: list[str], specs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written("archspec.toml", "")
    monkeypatch.chdir(folder)

    assert found(*changed) == [path.format(tmp_path.as_posix()) for path in specs]


def test_names_may_hold_spaces_and_whatever_else_a_file_system_takes() -> None:
    spec("specs/a shop.yaml", 'include: ["parts of it/it\'s [1] * \\u00e9.yaml"]\n')
    written("specs/parts of it/it's [1] * é.yaml", "")

    assert found("specs/a shop.yaml") == found("specs/parts of it/it's [1] * é.yaml") == ["specs/a shop.yaml"]


def test_two_specs_that_include_one_part_are_both_touched() -> None:
    for name in ("one", "two"):
        spec(f"specs/{name}.yaml", "include: [shared.yaml]\n")
    spec("specs/three.yaml")
    written("specs/shared.yaml", "")

    assert found("specs/shared.yaml") == ["specs/one.yaml", "specs/two.yaml"]


def test_links_mean_what_they_lead_to(tmp_path: Path) -> None:
    spec("real/a.yaml", "include: [part.yaml]\n")
    written("real/target.yaml", "")
    Path("real/part.yaml").symlink_to("target.yaml")
    spec("outside/b.yaml", name="b")
    Path("specs").symlink_to("real")
    Path("real/b.yaml").symlink_to("../outside/b.yaml")

    assert [found(path) for path in ("real/a.yaml", "real/target.yaml", "specs/part.yaml", "real/part.yaml")] == [
        ["specs/a.yaml"]
    ] * 4
    assert found("outside/b.yaml") == found("specs/b.yaml") == ["specs/b.yaml"]
    assert found(str(tmp_path / "real" / "b.yaml")) == ["specs/b.yaml"]


def test_a_spec_behind_two_names_is_one() -> None:
    spec("specs/a.yaml")
    Path("specs/b.yaml").symlink_to("a.yaml")

    assert found("specs/a.yaml", "specs/b.yaml") == ["specs/a.yaml"]


def test_a_part_that_is_gone_touches_the_spec_that_still_includes_it() -> None:
    spec("specs/a.yaml", "include: [gone.yaml]\n")
    spec("specs/b.yaml")

    assert found("specs/gone.yaml") == ["specs/a.yaml"]


def test_a_spec_that_cannot_be_parsed_is_touched_by_what_its_text_mentions() -> None:
    spec("specs/a.yaml", "include: [part.yaml\nnetwork: {}\n")
    written("specs/part.yaml", "")
    written("specs/other.yaml", "")

    assert (found("specs/part.yaml"), found("specs/other.yaml")) == (["specs/a.yaml"], [])


def test_files_that_include_each_other_in_a_circle_come_to_an_end() -> None:
    spec("specs/a.yaml", "include: [b.yaml]\n")
    written("specs/b.yaml", "include: [a.yaml, c.yaml]\n")
    written("specs/c.yaml", "include: [b.yaml, ../out.yaml, /etc/hostname, \"a\\0b\", ' ']\n")

    assert (found("specs/c.yaml"), found("specs/d.yaml"), found("out.yaml")) == (["specs/a.yaml"], [], [])


@pytest.mark.parametrize("changed", ["pyproject.toml", "archspec.toml", "packs/own.yaml", "packs/gone.yml", "one.yaml"])
def test_settings_and_packs_concern_every_spec(changed: str) -> None:
    spec("specs/a.yaml")
    spec("specs/b.yaml")
    written("packs/own.yaml", "")
    written("one.yaml", "")
    written("packs/README.md", "")
    written("archspec.toml", 'packs = ["packs", "one.yaml"]\n')
    judged = Reach(judged=True)

    assert found(changed, reach=judged) == ["specs/a.yaml", "specs/b.yaml"]
    assert (found("packs/README.md", "other.toml", reach=judged), found(changed)) == ([], [])


def test_settings_of_the_folder_above_concern_every_spec(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written("pyproject.toml", '[tool.archspec]\npaths = ["app/arch"]\n')
    spec("app/arch/a.yaml")
    monkeypatch.chdir("app")

    changed = ["../pyproject.toml", str(tmp_path / "pyproject.toml"), "pyproject.toml"]

    assert [found(one, reach=Reach(judged=True)) for one in changed] == [["arch/a.yaml"], ["arch/a.yaml"], []]


def test_what_a_command_names_concerns_every_spec() -> None:
    spec("specs/a.yaml")
    spec("specs/b.yaml")
    reach = Reach((Path("templates"), Path("known.json")))

    assert [found(path, reach=reach) for path in ("templates/page.md.j2", "known.json", "known.json5")] == [
        ["specs/a.yaml", "specs/b.yaml"],
        ["specs/a.yaml", "specs/b.yaml"],
        [],
    ]


def test_what_was_made_touches_the_system_that_it_is_named_after() -> None:
    spec("specs/one.yaml", "include: [one/name.yaml]\n")
    Path("specs/one.yaml").write_text("archspec: 1\ninclude: [one/name.yaml]\n", encoding="utf-8")
    written("specs/one/name.yaml", "name: shop\n")
    spec("specs/two.yaml", name="shop-admin")
    reach = Reach(made=(Path("pictures"), Path("docs")))
    changed = ["pictures/shop/network.svg", "docs/shop.md", "docs/shop.html", "docs/shop-admin.md", "docs/index.md"]

    assert [found(path, reach=reach) for path in changed] == [
        ["specs/one.yaml"],
        ["specs/one.yaml"],
        ["specs/one.yaml"],
        ["specs/two.yaml"],
        [],
    ]


def test_systems_that_one_file_shows_go_together() -> None:
    for name in ("a", "b", "c"):
        spec(f"specs/{name}.yaml")
    reach = Reach(shown=(frozenset({"a", "b"}), frozenset({"gone"}), frozenset()))

    assert [found(path, reach=reach) for path in ("specs/a.yaml", "specs/c.yaml", "README.md")] == [
        ["specs/a.yaml", "specs/b.yaml"],
        ["specs/c.yaml"],
        [],
    ]
    assert found("specs/c.yaml", reach=Reach(shown=(frozenset({""}),))) == [f"specs/{name}.yaml" for name in "abc"]


def test_a_spec_that_is_not_the_projects_is_ignored() -> None:
    spec("specs/a.yaml")
    spec("tests/broken.yaml")

    assert found("specs/a.yaml", "tests/broken.yaml") == ["specs/a.yaml"]


def test_in_a_project_without_specs_of_its_own_any_spec_counts(tmp_path: Path) -> None:
    spec("arch/a.yaml", "include: [a/part.yaml]\n")
    written("arch/a/part.yaml", "")
    spec("b.yaml")
    written("compose.yaml", "services: {}\n")
    outside = tmp_path.parent / f"{tmp_path.name} outside.yaml"
    outside.write_text(SPEC.format("c"), encoding="utf-8")

    assert found("arch/a/part.yaml", "b.yaml", "compose.yaml") == ["b.yaml", "arch/a.yaml"]
    assert found(f"../{outside.name}") == [outside.as_posix()]
    assert found("pyproject.toml", "compose.yaml", reach=Reach(judged=True)) == []


def test_an_empty_path_is_told() -> None:
    with pytest.raises(UsageError) as caught:
        touched(Project(Path.cwd()), ("",))

    assert str(caught.value) == "an empty text is no path; name the files that changed"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.run(arguments)
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.usefixtures("_two")
@pytest.mark.parametrize("command", ["lint", "fmt", "docs", "render"])
def test_where_nothing_is_touched_nothing_is_said(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, command, "--touched", "README.md") == run(capsys, command, "--touched") == (0, "", "")


@pytest.mark.usefixtures("_two")
def test_a_report_for_machines_is_one_also_where_nothing_is_touched(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "lint", "--touched", "--format", "json", "README.md")

    assert (status, '"findings": []' in out) == (0, True)


@pytest.mark.usefixtures("_two")
def test_a_broken_spec_that_was_not_touched_is_not_linted(capsys: pytest.CaptureFixture[str]) -> None:
    written("specs/b.yaml", "archspec: 1\nname: b\nregion: us-east-1\nnetwrok: {}\n")

    assert run(capsys, "lint", "--touched", "specs/a/more/costs.yaml", "--select", "NET")[:2] == (0, "0 errors\n")
    status, out, _ = run(capsys, "lint", "--touched", "specs/b.yaml")
    assert (status, out.splitlines()[:2]) == (
        2,
        ["specs/b.yaml:4:1: error DOC002 invalid-key-or-value", "  unknown key 'netwrok'"],
    )


@pytest.mark.usefixtures("_two")
def test_a_baseline_concerns_every_spec(capsys: pytest.CaptureFixture[str]) -> None:
    written("specs/b.yaml", SPEC.format("b") + "network: {security_groups: {spare: {}}}\n")
    run(capsys, "baseline")
    Path("archspec-baseline.json").write_text('{"version": 1, "findings": []}\n', encoding="utf-8")
    touched_all = run(capsys, "lint", "--touched", "archspec-baseline.json")

    assert touched_all == run(capsys, "lint")
    assert "spare" in touched_all[1]


CRLF = (SPEC.format("a") + "include:\n- a/part.yaml\n").replace("\n", "\r\n")


def test_line_ends_of_another_platform_change_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("specs/a").mkdir(parents=True)
    Path("specs/a.yaml").write_bytes(CRLF.encode())
    Path("specs/a/part.yaml").write_bytes(b"network:\r\n  security_groups: {spare: {}}\r\n")

    status, out, _ = run(capsys, "lint", "--touched", "specs/a/part.yaml", "--select", "NET008")
    assert (status, out.splitlines()[0]) == (0, "specs/a/part.yaml:2:21: warning NET008 unused-security-group")


@pytest.mark.usefixtures("_two")
def test_docs_write_the_touched_systems_and_fail_while_there_was_something_to_write(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = run(capsys, "docs", "--touched", "specs/a/network.yaml")
    again = run(capsys, "docs", "--touched", "specs/a/network.yaml")
    document = Path("docs/systems/a.md")
    mine = document.read_bytes()
    document.write_bytes(b"changed by hand\n")
    by_hand = run(capsys, "docs", "--touched", str(document))

    assert (first, again, by_hand) == (
        (1, "wrote docs/systems/a.md\n", ""),
        (0, "unchanged docs/systems/a.md\n", ""),
        (1, "wrote docs/systems/a.md\n", ""),
    )
    assert (document.read_bytes() == mine, os.listdir("docs/systems")) == (True, ["a.md"])  # noqa: PTH208


@pytest.mark.usefixtures("_two")
def test_fmt_formats_the_touched_specs_and_fails_while_there_was_something_to_format(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("a", "b"):
        written(f"specs/{name}.yaml", f"archspec:   1\nname: {name}\nregion: us-east-1\n")
    first = run(capsys, "fmt", "--touched", "specs/b.yaml", "pyproject.toml")
    again = run(capsys, "fmt", "--touched", "specs/b.yaml", "pyproject.toml")

    assert (first, again) == (
        (1, "formatted specs/b.yaml\n1 file, 1 of them formatted\n", ""),
        (0, "1 file, 0 of them formatted\n", ""),
    )


@pytest.mark.usefixtures("_two")
def test_docs_check_only_what_is_touched(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "docs")
    for name in ("a", "b"):
        Path(f"docs/systems/{name}.md").write_text("stale\n", encoding="utf-8")
    status, out, _ = run(capsys, "docs", "--touched", "--check", "specs/b.yaml")

    assert (status, out.splitlines()[0], out.splitlines()[-1]) == (
        1,
        "--- a/docs/systems/b.md",
        "1 stale; run: archspec docs --touched specs/b.yaml",
    )


REGION = "<!-- archspec:begin {0} -->\n<!-- archspec:end {0} -->\n"


@pytest.mark.usefixtures("_two")
@pytest.mark.parametrize(
    ("region", "changed", "wrote"),
    [
        ("b/network", "specs/b.yaml", ["docs/systems/b.md", "README.md"]),
        ("b/network", "specs/a.yaml", ["docs/systems/a.md"]),
    ],
)
def test_a_file_with_regions_is_filled_where_it_shows_what_is_touched(
    region: str, changed: str, wrote: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    written("archspec.toml", 'inject = ["README.md", "plain.md"]\n')
    written("README.md", REGION.format(region))
    written("plain.md", "no regions\n")

    assert run(capsys, "docs", "--touched", changed)[:2] == (1, "".join(f"wrote {file}\n" for file in wrote))


@pytest.mark.usefixtures("_two")
def test_a_file_that_shows_several_systems_is_filled_with_all_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    written("archspec.toml", 'inject = ["README.md"]\n')
    written("README.md", REGION.format("b/network") + REGION.format("a/network"))
    spec("specs/c.yaml", "netwrok: {}\n")

    assert run(capsys, "docs", "--touched", "specs/a.yaml")[:2] == (
        1,
        "wrote docs/systems/a.md\nwrote docs/systems/b.md\nwrote README.md\n",
    )


@pytest.mark.usefixtures("_two")
@pytest.mark.parametrize("changed", ["README.md", "ours/prose.md.j2"])
def test_a_file_with_regions_and_a_template_concern_every_system(
    changed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    written("archspec.toml", 'inject = ["README.md", "plain.md"]\ntemplates = "ours"\n')
    written("README.md", "<!-- archspec:begin b/network -->\n<!-- archspec:end b/network -->\n")
    written("plain.md", "no regions\n")
    Path("ours").mkdir()

    assert run(capsys, "docs", "--touched", changed)[:2] == (
        1,
        "wrote docs/systems/a.md\nwrote docs/systems/b.md\nwrote README.md\n",
    )


@pytest.mark.usefixtures("_two")
def test_render_draws_the_touched_systems_and_fails_while_there_was_something_to_write(
    capsys: pytest.CaptureFixture[str],
) -> None:
    subnet = "{az: us-east-1a, tier: public, cidr: 10.0.1.0/24}"
    network = f"network: {{vpcs: {{main: {{cidr: 10.0.0.0/16}}}}, subnets: {{public-a: {subnet}}}}}\n"
    written("specs/b.yaml", SPEC.format("b") + network)
    render = ("render", "--format", "mermaid", "--view", "network", "--touched")
    first = run(capsys, *render, "specs/b.yaml")
    again = run(capsys, *render, "specs/b.yaml")
    picture = Path("diagrams_out/b/network.mmd")
    picture.write_text("changed by hand\n", encoding="utf-8")
    stale = run(capsys, *render, "--check", str(picture))
    by_hand = run(capsys, *render, str(picture))

    wrote = "wrote diagrams_out/b/network.mmd\n1 pictures, 1 changed\n"
    assert (first, again, by_hand) == ((1, wrote, ""), (0, "1 pictures, 0 changed\n", ""), (1, wrote, ""))
    assert (stale[0], stale[1].splitlines()[-1]) == (
        1,
        "1 stale; run: archspec render --format mermaid --view network --touched diagrams_out/b/network.mmd",
    )
    assert [path.name for path in Path("diagrams_out").iterdir()] == ["b"]


def test_a_spec_of_the_same_name_is_refused_although_it_was_not_touched(capsys: pytest.CaptureFixture[str]) -> None:
    spec("specs/a.yaml", name="shop")
    spec("specs/b.yaml", name="shop")
    told = "archspec: specs/b.yaml and specs/a.yaml are both named 'shop', and would write the same files\n"

    assert run(capsys, "docs", "--touched", "specs/b.yaml") == (2, "", told)
    assert run(capsys, "lint", "--touched", "specs/b.yaml", "--select", "NET")[0] == 0


NAMES = ["a.yaml", "b c.yaml", "sub/a.yaml", "sub/d'e.yaml", "sub/deep/f.yaml", "sub/deep/é.yaml"]
LISTS = {
    "flow": lambda names: f"include: [{', '.join(map(json.dumps, names))}]\n",
    "lines": lambda names: "include: [\n{}]\n".format("".join(f"  {json.dumps(name)}, # {name}\n" for name in names)),
    "block": lambda names: "include:\n{}".format("".join(f"- {json.dumps(name)}\n" for name in names)),
    "quoted": lambda names: f'"include": {json.dumps(names)}\n',
}


@given(
    included=st.fixed_dictionaries({name: st.lists(st.sampled_from(NAMES), unique=True, max_size=3) for name in NAMES}),
    specs=st.sets(st.sampled_from(NAMES), min_size=1),
    style=st.sampled_from(sorted(LISTS)),
    changed=st.sampled_from(NAMES),
)
def test_a_file_touches_the_specs_that_loading_reads_it_for_and_no_other(
    included: dict[str, list[str]], specs: set[str], style: str, changed: str
) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name, listed in included.items():
            start = SPEC.format("a") if name in specs else "network: {}\n"
            written(f"specs/{name}", start + (LISTS[style](listed) if listed else ""))

        assert touched(Project(Path(folder)), [f"specs/{changed}"]) == [
            Path("specs", name)
            for name in sorted(specs, key=lambda name: name.split("/"))
            if changed in read(name, included)
        ]


def read(spec: str, included: dict[str, list[str]]) -> set[str]:
    """Return the files that loading a spec reads: those that it lists as seen from its folder, and so on."""
    above = Path(spec).parent
    waiting = [spec]
    for name in waiting:
        parts = [(above / part).as_posix() for part in included.get(name, [])]
        waiting += [part for part in parts if part not in waiting]
    return set(waiting)

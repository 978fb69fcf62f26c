from pathlib import Path

import pytest

from archspec import project
from archspec.errors import UsageError
from archspec.project import Project

SPEC = "archspec: 1\nname: a\nregion: us-east-1\n"


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(path: Path | str, text: str) -> Path:
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refusal(text: str, name: str = "pyproject.toml") -> str:
    written(name, text)
    with pytest.raises(UsageError) as caught:
        project.find(Path.cwd())
    return str(caught.value)


def refused(paths: tuple[str, ...] = (), settings: Project | None = None) -> str:
    with pytest.raises(UsageError) as caught:
        project.specs(settings or Project(Path.cwd()), paths)
    return str(caught.value)


def found(*paths: str) -> list[str]:
    return [path.as_posix() for path in project.specs(Project(Path.cwd()), paths)]


def test_settings_are_read_from_pyproject(tmp_path: Path) -> None:
    written("pyproject.toml", '[tool.archspec]\npaths = ["a", "b"]\nfail_on = "warning"\nignore = ["NET"]\n')

    assert project.find(tmp_path) == Project(tmp_path, paths=("a", "b"), fail_on="warning", ignore=("NET",))


def test_settings_are_found_from_a_folder_below(tmp_path: Path) -> None:
    written("archspec.toml", 'diagrams = "pictures"\n')
    written("a/pyproject.toml", "[tool.other]\nx = 1\n")
    (tmp_path / "a" / "b").mkdir()

    assert project.find(tmp_path / "a" / "b") == Project(tmp_path, diagrams="pictures")


def test_a_file_of_its_own_goes_before_pyproject(tmp_path: Path) -> None:
    written("archspec.toml", 'diagrams = "one"\n')
    written("pyproject.toml", '[tool.archspec]\ndiagrams = "two"\n')

    assert project.find(tmp_path) == Project(tmp_path, diagrams="one")


@pytest.mark.parametrize(
    "text", ["", "[tool]\n", "[project]\nname = 'a'\n", "[tool.archspec]\n", "\ufeff[tool.archspec]\n"]
)
def test_without_settings_the_defaults_hold(text: str, tmp_path: Path) -> None:
    written("pyproject.toml", text)

    assert project.find(tmp_path) == Project(tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[tool.archspec]\npath = ['a']\n", "pyproject.toml: unknown setting 'path'; did you mean 'paths'?"),
        (
            "[tool.archspec]\nx = 1\n",
            (
                "pyproject.toml: unknown setting 'x'; there are: "
                "paths, diagrams, formats, views, documents, terraform, reference, templates, inject, packs, select, "
                "ignore, fail_on, baseline, longest_waiver"
            ),
        ),
        (
            "[tool.archspec]\nroot = 'a'\n",
            (
                "pyproject.toml: unknown setting 'root'; there are: "
                "paths, diagrams, formats, views, documents, terraform, reference, templates, inject, packs, select, "
                "ignore, fail_on, baseline, longest_waiver"
            ),
        ),
        ("[tool.archspec]\npaths = 'specs'\n", "pyproject.toml: 'paths' is a list of texts, not 'specs'"),
        ("[tool.archspec]\nselect = [1]\n", "pyproject.toml: 'select' is a list of texts, not [1]"),
        ("[tool.archspec]\ninject = 'README.md'\n", "pyproject.toml: 'inject' is a list of texts, not 'README.md'"),
        ("[tool.archspec]\ntemplates = []\n", "pyproject.toml: 'templates' is a text, not []"),
        (
            '[tool.archspec]\ninject = ["a\\u0000"]\n',
            "pyproject.toml: 'inject' holds a NUL character, and no name does",
        ),
        ("[tool.archspec]\ndiagrams = true\n", "pyproject.toml: 'diagrams' is a text, not True"),
        (
            "[tool.archspec]\nfail_on = 'never'\n",
            "pyproject.toml: 'fail_on' is one of info, warning, error, not 'never'",
        ),
        (
            "[tool.archspec]\nlongest_waiver = 'a while'\n",
            "pyproject.toml: 'longest_waiver' is a time such as 90 days, 6 months or 1 year, not 'a while'",
        ),
        (
            "[tool.archspec]\npath = 1\nfail_on = 2\n",
            "pyproject.toml: unknown setting 'path'; did you mean 'paths'?\npyproject.toml: 'fail_on' is a text, not 2",
        ),
        ("[tool]\narchspec = 3\n", "pyproject.toml: [tool.archspec] is a table of settings, not 3"),
        ("tool = 3\n", "pyproject.toml: [tool.archspec] is a table of settings, not 3"),
        ("[[tool.archspec]]\nx = 1\n", "pyproject.toml: [tool.archspec] is a table of settings, not [{'x': 1}]"),
        (
            "[tool.archspec\n",
            "pyproject.toml is not valid TOML: Expected ']' at the end of a table declaration (at line 1, column 15)",
        ),
    ],
)
def test_a_setting_that_is_wrong_is_told(text: str, told: str) -> None:
    assert refusal(text) == told


@pytest.mark.parametrize(
    ("time", "days"), [("1 day", 1), ("90 days", 90), ("2 weeks", 14), ("6 months", 186), ("1 year", 366)]
)
def test_a_time_has_at_most_so_many_days(time: str, days: int) -> None:
    written("archspec.toml", f"longest_waiver = '{time}'\n")

    assert project.days(project.find(Path.cwd()).longest_waiver) == days


def test_settings_that_are_not_text_are_told() -> None:
    Path("archspec.toml").write_bytes(b"x = '\xff'\n")
    with pytest.raises(UsageError) as caught:
        project.find(Path.cwd())

    assert str(caught.value).partition(": ")[0] == "archspec.toml is not valid TOML"


def test_a_folder_means_the_specs_in_it_and_below() -> None:
    for name in ("s/b.yaml", "s/a.yml", "s/sub/c d.yaml"):
        written(name, SPEC)
    written("s/part.yaml", "network: {}\n")
    written("s/notes.txt", SPEC)
    Path("s/folder.yaml").mkdir()

    assert found("s") == ["s/a.yml", "s/b.yaml", "s/sub/c d.yaml"]


@pytest.mark.parametrize(
    "text",
    [
        SPEC.replace("\n", "\r\n"),
        SPEC.replace("\n", "\r"),
        f"\ufeff{SPEC}",
        "# a long introduction\n" * 500 + SPEC,
        'name: a\n"archspec" : 1\n',
        '{"archspec": 1}',
        "{archspec: 1}",
        "---\narchspec: 1\n",
    ],
)
def test_a_spec_is_known_by_its_key_however_it_is_written(text: str) -> None:
    Path("s").mkdir()
    Path("s/a.yaml").write_bytes(text.encode())

    assert found("s") == ["s/a.yaml"]


def test_a_spec_that_cannot_be_read_is_not_left_out() -> None:
    Path("s").mkdir()
    Path("s/a.yaml").write_text(SPEC, encoding="utf-8")
    Path("s/a.yaml").chmod(0)

    assert found("s") == ["s/a.yaml"]


def test_a_spec_that_is_named_twice_is_taken_once() -> None:
    written("s/a.yaml", SPEC)
    Path("link.yaml").symlink_to("s/a.yaml")

    assert found("s/a.yaml", "s", "./s/../s/a.yaml", "link.yaml", str(Path.cwd() / "s")) == ["s/a.yaml"]


def test_a_file_that_is_named_is_taken_whatever_it_holds() -> None:
    assert found("missing.yaml", "x y.txt") == ["missing.yaml", "x y.txt"]


def test_a_folder_without_specs_is_told() -> None:
    Path("s").mkdir()

    assert refused(("s",)) == "s holds no spec; `archspec init` writes a first one"


def test_a_project_without_specs_is_told() -> None:
    wanted = "this project has no specs{}; name one, or write a first one with `archspec init`"

    assert refused() == wanted.format(" (specs)")
    assert refused(settings=Project(Path.cwd(), paths=())) == wanted.format("")
    assert refused(settings=Project(Path.cwd(), paths=("a", "b"))) == wanted.format(" (a, b)")


def test_an_empty_path_is_told() -> None:
    assert refused(("a.yaml", "")) == "an empty text is no path; name a spec, or a folder of specs"


def test_files_to_fill_are_found_by_name_and_by_pattern(tmp_path: Path) -> None:
    for name in ("README.md", "docs/b.md", "docs/a.md", "docs/deep/c.md", "odd[1].md"):
        written(name, "")
    settings = Project(tmp_path, inject=("odd[1].md", "docs/**/*.md", "README.md", "gone.md", "no/*.md", "docs/*"))
    wanted = ["odd[1].md", "docs/a.md", "docs/b.md", "docs/deep/c.md", "README.md", "gone.md", "no/*.md"]

    assert [path.as_posix() for path in project.injected(settings, ())] == [*wanted, "docs/a.md", "docs/b.md"]


def test_files_are_filled_only_with_all_of_the_projects_specs(tmp_path: Path) -> None:
    for name in ("specs/a.yaml", "specs/b.yaml", "c.yaml"):
        written(name, SPEC)
    settings = Project(tmp_path, inject=("README.md",))
    runs: list[tuple[str, ...]] = [(), ("specs",), ("specs/a.yaml", "c.yaml", "specs/b.yaml"), ("specs/a.yaml",)]

    assert [bool(project.injected(settings, paths)) for paths in runs] == [True, True, True, False]
    assert project.injected(settings._replace(paths=("none",)), ("c.yaml",)) == []


def test_a_spec_whose_own_key_is_misspelt_is_not_left_out() -> None:
    written("s/a.yaml", SPEC)
    written("s/typo.yaml", SPEC.replace("archspec: 1", "archpsec: 1  # the language"))
    written("s/part.yaml", "network: {}\nversion: 1\n")

    assert found("s") == ["s/a.yaml", "s/typo.yaml"]

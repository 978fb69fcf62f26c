"""A build of what did not change says what the last one said, and makes nothing."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from archspec import api, cli, outputs, project
from archspec.commands import build, drawing

SPEC = """\
archspec: 1
name: shop
region: us-east-1
network: {vpcs: {main: {cidr: 10.0.0.0/16}}}
"""
Say = Callable[[], str]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Return what builds a project with one spec, without checkov, and returns what that prints."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "shop.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "archspec.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def said() -> str:
        assert build.run(["--no-scan"]) == 0
        return capsys.readouterr().out

    return said


def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the systems that are loaded from here on."""
    found: list[str] = []
    load = api.load

    def noted(path: Path, environment: str = "") -> api.System:
        found.append(path.name)
        return load(path, environment=environment)

    monkeypatch.setattr(api, "load", noted)
    return found


def test_a_second_build_loads_nothing_and_says_that_nothing_changed(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    first = say()
    loaded = made(monkeypatch)
    second = say()

    assert loaded == []
    assert first.splitlines()[0].endswith("document changed;  Terraform: 7 files, 7 changed;  checkov: not run")
    assert second.splitlines()[0].endswith("document unchanged;  Terraform: 7 files, 0 changed;  checkov: not run")


@pytest.mark.usefixtures("say")
def test_without_checkov_everything_else_is_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "prefix", str(Path.cwd() / ".venv"))
    monkeypatch.delenv("ARCHSPEC_CHECKOV", raising=False)
    monkeypatch.setenv("PATH", "")
    status = build.run([])
    out, err = capsys.readouterr()

    assert (status, out.splitlines()[0].split()[-3:], Path("docs/systems/shop.md").is_file()) == (
        0,
        ["checkov:", "not", "installed"],
        True,
    )
    assert err.endswith(
        "archspec: checkov is not installed; run `pipx install checkov==3.3.30`, or name it in ARCHSPEC_CHECKOV\n"
    )


@pytest.mark.parametrize("name", ["docs/systems/shop.md", "build/terraform/shop/main.tf"])
def test_a_file_that_somebody_changed_or_removed_is_made_again(name: str, say: Say) -> None:
    say()
    wanted = Path(name).read_bytes()
    Path(name).write_bytes(wanted + b"x")
    say()
    assert Path(name).read_bytes() == wanted
    Path(name).unlink()
    say()
    assert Path(name).read_bytes() == wanted


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("specs/shop.yaml", SPEC.replace("10.0", "10.1")),
        ("specs/other.yaml", SPEC.replace("shop", "other")),
        ("archspec.toml", "terraform = 'elsewhere'\n"),
    ],
)
def test_a_changed_spec_a_new_one_and_a_setting_are_seen(
    name: str, text: str, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    say()
    Path(name).write_text(text, encoding="utf-8")
    loaded = made(monkeypatch)
    say()

    assert "shop.yaml" in loaded


def test_a_template_of_the_projects_own_that_changes_is_seen(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("archspec.toml").write_text("templates = 'templates'\n", encoding="utf-8")
    Path("templates").mkdir()
    Path("templates/derived.md.j2").write_text("a\n", encoding="utf-8")
    say()
    Path("templates/derived.md.j2").write_text("b\n", encoding="utf-8")
    loaded = made(monkeypatch)
    say()

    assert loaded == ["shop.yaml"]


@pytest.mark.parametrize(
    ("setting", "name", "text"),
    [
        ("inject = ['*.md']", "new.md", "<!-- archspec:begin network -->\n<!-- archspec:end network -->\n"),
        ("inject = ['*.md']", "old.md", "<!-- archspec:begin network -->\n<!-- archspec:end network -->\n"),
        ("packs = ['packs']", "packs/new.yaml", "rules: {}\n"),
        ("templates = 'templates'", "templates/derivd.md.j2", ""),
    ],
)
def test_one_more_file_in_a_folder_or_pattern_is_seen(
    setting: str, name: str, text: str, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("archspec.toml").write_text(f"{setting}\n", encoding="utf-8")
    for file in ("old.md", "packs/old.yaml", "templates/derived.md.j2"):
        Path(file).parent.mkdir(exist_ok=True)
        Path(file).write_text("rules: {}\n" if "packs" in file else "nothing\n", encoding="utf-8")
    say()
    Path(name).write_text(text, encoding="utf-8")
    loaded = made(monkeypatch)
    cli.run(["build", "--no-scan"])

    assert loaded == ["shop.yaml"]


def test_several_systems_are_drawn_as_each_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    systems = two(tmp_path, monkeypatch)
    settings = project.Project(tmp_path)

    assert drawing.pictures(systems, settings) == [list(outputs.pictures(one, settings)) for one in systems]


def test_where_no_process_starts_they_are_drawn_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    systems = two(tmp_path, monkeypatch)
    wanted = drawing.pictures(systems, project.Project(tmp_path))

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError

    monkeypatch.setattr(drawing, "ProcessPoolExecutor", refuse)

    assert drawing.pictures(systems, project.Project(tmp_path)) == wanted


def two(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[api.System]:
    """Return two systems with a picture each."""
    monkeypatch.chdir(folder)
    for name in ("a", "b"):
        Path(f"{name}.yaml").write_text(f"{SPEC.replace('shop', name)}delivery: {{registries: {{images: {{}}}}}}\n")
    return [api.load(Path("a.yaml")), api.load(Path("b.yaml"))]

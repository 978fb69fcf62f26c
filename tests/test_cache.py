import json
from pathlib import Path

import pytest

from archspec import cache
from archspec.commands.linting import Asked, lint_cached
from archspec.errors import Location
from archspec.findings import Edit, Finding, LocatedHop, Severity

PLACE = Location("a.yaml", 3, 5, "  line")
FINDING = Finding(
    PLACE,
    "NET001",
    "public-datastore",
    "db",
    "fail",
    Severity.ERROR,
    "it is öpen\x1b",
    "close it",
    (LocatedHop("open", "hop", PLACE, "CODE", (("a", "b"), ("c",))), LocatedHop("note", "AWS's default", None, "")),
    "https://example.org",
    "accepted",
    known=False,
    edits=(Edit(("network", "security_groups", "sg", "ingress", 0, "port"), "set", "443"),),
)
ASKED = Asked(None, ("NET008",), (), "2026-11-20")

SPEC = """\
archspec: 1
name: sample
region: us-east-1
include: [part.yaml]
"""
PART = "network: {vpcs: {main: {cidr: 10.0.0.0/16}}, security_groups: {spare: {}}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARCHSPEC_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    (tmp_path / "a.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "part.yaml").write_text(PART, encoding="utf-8")
    return tmp_path / "a.yaml"


def subjects(spec: Path, asked: Asked = ASKED) -> list[str]:
    return [finding.subject for finding in lint_cached(spec, asked)]


def kept(folder: Path) -> Path:
    (entry,) = folder.iterdir()
    return entry


@pytest.mark.usefixtures("folder")
def test_findings_are_read_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("é: 1\n", encoding="utf-8")
    cache.write("key", [(path, "é: 1\n")], [FINDING])

    assert cache.read("key") == (FINDING,)


@pytest.mark.usefixtures("folder")
def test_what_was_never_kept_is_no_answer() -> None:
    assert cache.read("key") is None


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("change", [lambda path: path.write_text("a: 2\n"), lambda path: path.unlink()])
def test_a_file_that_changed_or_went_makes_an_entry_useless(change: object, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    cache.write("key", [(path, "a: 1\n")], [FINDING])
    assert callable(change)
    change(path)

    assert cache.read("key") is None


@pytest.mark.usefixtures("folder")
def test_a_file_that_changed_while_it_was_checked_makes_an_entry_useless(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 2\n", encoding="utf-8")
    cache.write("key", [(path, "a: 1\n")], [FINDING])

    assert cache.read("key") is None


@pytest.mark.usefixtures("folder")
def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    cache.write("key", [(path, "a: 1\n")], [FINDING])

    assert cache.read("key") == (FINDING,)


@pytest.mark.parametrize("length", [0, 1, 39, 40, 41, 100, -1])
def test_a_torn_entry_is_no_answer(length: int, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    cache.write("key", [(path, "a: 1\n")], [FINDING])
    kept(folder).write_bytes(kept(folder).read_bytes()[:length])

    assert cache.read("key") is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"null",
        b"[" * 100_000,
        json.dumps({"files": {}, "findings": []}).encode(),
        b"\n",
        "é\n{}".encode(),
    ],
)
def test_a_foreign_entry_is_no_answer(content: bytes, folder: Path) -> None:
    folder.mkdir()
    (folder / "key.json").write_bytes(content)

    assert cache.read("key") is None


def test_a_folder_in_the_place_of_an_entry_is_done_without(folder: Path) -> None:
    (folder / "key.json").mkdir(parents=True)
    cache.write("key", [], [FINDING])

    assert (cache.read("key"), [path.name for path in folder.iterdir()]) == (None, ["key.json"])


def test_a_file_in_the_place_of_the_folder_is_done_without(folder: Path) -> None:
    folder.write_text("", encoding="utf-8")
    cache.write("key", [], [FINDING])

    assert cache.read("key") is None


def test_a_user_without_a_home_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ARCHSPEC_CACHE_DIR", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    cache.write("key", [], [FINDING])

    assert cache.read("key") is None


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"ARCHSPEC_CACHE_DIR": "/own", "XDG_CACHE_HOME": "/xdg", "HOME": "/home/me"}, "/own"),
        ({"XDG_CACHE_HOME": "/xdg", "HOME": "/home/me"}, "/xdg/archspec"),
        ({"ARCHSPEC_CACHE_DIR": "", "XDG_CACHE_HOME": "", "HOME": "/home/me"}, "/home/me/.cache/archspec"),
    ],
)
def test_the_environment_says_where_entries_are_kept(
    environment: dict[str, str], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ARCHSPEC_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert cache.folder() == Path(wanted)


def test_an_unchanged_spec_is_answered_from_what_was_kept(folder: Path, spec: Path) -> None:
    first = lint_cached(spec, ASKED)
    before = kept(folder).stat().st_mtime_ns

    assert (lint_cached(spec, ASKED), kept(folder).stat().st_mtime_ns) == (first, before)


@pytest.mark.usefixtures("folder")
def test_a_changed_included_file_is_checked_anew(spec: Path) -> None:
    before = subjects(spec)
    spec.with_name("part.yaml").write_text(PART.replace("spare", "other"), encoding="utf-8")

    assert (before, subjects(spec)) == (["spare"], ["other"])


@pytest.mark.usefixtures("folder")
def test_another_option_or_day_or_spelling_of_the_path_is_another_entry(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(spec.parent)
    asked = [
        ASKED,
        ASKED._replace(stage="staging"),
        ASKED._replace(select=("NET",)),
        ASKED._replace(ignore=("NET",)),
        ASKED._replace(select=("NET", "AVL")),
        ASKED._replace(select=("NET,AVL",)),
        ASKED._replace(today="2026-11-21"),
        ASKED._replace(longest_waiver="2 years"),
    ]
    keys = [cache.key(path, one) for path in (spec, Path("a.yaml"), Path("../b/a.yaml")) for one in asked]

    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.usefixtures("folder")
def test_kept_findings_name_the_file_as_it_is_given_now(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lint_cached(spec, ASKED)
    monkeypatch.chdir(spec.parent)

    assert [finding.location.file for finding in lint_cached(Path("a.yaml"), ASKED)] == ["part.yaml"]


@pytest.mark.usefixtures("folder")
def test_a_path_that_is_not_text_has_a_key_of_its_own() -> None:
    assert len({cache.key(Path(name), ASKED) for name in ("a.yaml", "\udcff.yaml", "\udcfe.yaml")}) == 3

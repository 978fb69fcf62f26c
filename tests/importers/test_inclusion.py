from collections.abc import Callable
from pathlib import Path

import pytest

from archspec.errors import Location, SpecError
from archspec.importers.spec.inclusion import read_with_includes

Folder = Callable[[dict[str, str]], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Write files into a folder of a spec, and return the first."""

    def written(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / "specs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "specs" / next(iter(files))

    return written


def said(path: Path) -> list[str]:
    with pytest.raises(SpecError) as caught:
        read_with_includes(path, f"s/{path.name}")
    return [f"{one.location}: {one.message}; {one.hint}" for one in caught.value.problems]


def test_sections_and_kinds_of_several_files_are_joined_and_lists_follow_each_other(folder: Folder) -> None:
    path = folder(
        {
            "a.yaml": "include: [b.yaml, sub/c.yaml]\nnetwork: {vpcs: {one: {cidr: 1}}}\nflows: [x]\n",
            "b.yaml": "network: {vpcs: {two: {cidr: 2}}, subnets: {s: {}}}\ncost: {lines: [1]}\n",
            "sub/c.yaml": "network: {vpcs: {three: {}}}\nflows: [y, z]\ncost: {lines: [2]}\n",
        }
    )

    assert read_with_includes(path, "s/a.yaml").data == {
        "include": ["b.yaml", "sub/c.yaml"],
        "network": {"vpcs": {"one": {"cidr": "1"}, "two": {"cidr": "2"}, "three": {}}, "subnets": {"s": {}}},
        "flows": ["x", "y", "z"],
        "cost": {"lines": ["1", "2"]},
    }


def test_everything_is_located_in_the_file_that_holds_it(folder: Folder) -> None:
    path = folder(
        {
            "a.yaml": "include: [b.yaml]\nnetwork:\n  vpcs:\n    one: {cidr: 1}\nflows: [x]\n",
            "b.yaml": "# b\nnetwork: {vpcs: {two: {cidr: 2}}}\nflows:\n  - y\n",
        }
    )
    read = read_with_includes(path, "s/a.yaml")

    assert [
        read.locate(path)
        for path in [
            ("network",),
            ("network", "vpcs", "one"),
            ("network", "vpcs", "two", "cidr"),
            ("flows", 0),
            ("flows", 1),
        ]
    ] == [
        Location("s/a.yaml", 2, 1, "network:"),
        Location("s/a.yaml", 4, 5, "    one: {cidr: 1}"),
        Location("s/b.yaml", 2, 24, "network: {vpcs: {two: {cidr: 2}}}"),
        Location("s/a.yaml", 5, 9, "flows: [x]"),
        Location("s/b.yaml", 4, 5, "  - y"),
    ]


def test_an_included_file_may_include_others(folder: Folder) -> None:
    path = folder({"a.yaml": "include: [b.yaml]\n", "b.yaml": "include: [c.yaml]\n", "c.yaml": "title: c\n"})

    assert read_with_includes(path, "a.yaml").data == {"include": ["b.yaml", "c.yaml"], "title": "c"}


def test_what_two_files_alias_is_joined_without_changing_either(folder: Folder) -> None:
    path = folder(
        {"a.yaml": "include: [b.yaml]\none: &x {k: [1]}\ntwo: *x\n", "b.yaml": "one: {k: [2], l: 3}\n"},
    )

    assert read_with_includes(path, "a.yaml").data == {
        "include": ["b.yaml"],
        "one": {"k": ["1", "2"], "l": "3"},
        "two": {"k": ["1"]},
    }


def test_an_element_written_in_two_files_is_refused_with_both_places(folder: Folder) -> None:
    path = folder(
        {
            "a.yaml": "include: [b.yaml, c.yaml]\ntitle: a\nnetwork: {vpcs: {main: {}}}\n",
            "b.yaml": "title: b\nnew: 1\nnetwork: {vpcs: {main: {}, other: {}}}\n",
            "c.yaml": "new: 2\nnetwork: {vpcs: {other: {}}}\n",
        }
    )

    assert said(path) == [
        "s/b.yaml:1:1: the key 'title' is already written at s/a.yaml:2:1; keep one of the two",
        "s/b.yaml:3:18: the key 'main' is already written at s/a.yaml:3:18; keep one of the two",
        "s/c.yaml:1:1: the key 'new' is already written at s/b.yaml:2:1; keep one of the two",
        "s/c.yaml:2:18: the key 'other' is already written at s/b.yaml:3:28; keep one of the two",
    ]


def test_a_section_that_is_a_mapping_in_one_file_and_a_list_in_the_other_is_refused(folder: Folder) -> None:
    path = folder({"a.yaml": "include: [b.yaml]\nnetwork: {}\n", "b.yaml": "network: []\n"})

    assert said(path) == ["s/b.yaml:1:1: the key 'network' is already written at s/a.yaml:2:1; keep one of the two"]


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        (
            "../out.yaml",
            "'../out.yaml' is outside the folder of the spec; a spec includes files of its own folder and below",
        ),
        (
            "sub/../../out.yaml",
            "'sub/../../out.yaml' is outside the folder of the spec; a spec includes files of its own folder and below",
        ),
        (
            "link.yaml",
            "'link.yaml' is outside the folder of the spec; a spec includes files of its own folder and below",
        ),
        ("/etc/hostname", "'/etc/hostname' is no path below the folder of the spec; write it as seen from that folder"),
        ('"a\\0b"', "'a\0b' is no path below the folder of the spec; write it as seen from that folder"),
        ("loop.yaml", "'loop.yaml' is not a file; did you mean 'link.yaml'?"),
        ("sub", "'sub' is not a file; did you mean 'sub.yaml'?"),
        ("' '", "' ' is not a file; check the path"),
        ("''", "'' is not a file; check the path"),
        ("netwrok.yaml", "'netwrok.yaml' is not a file; did you mean 'network.yaml'?"),
        ("no/network.yaml", "'no/network.yaml' is not a file; there is no folder no"),
        ("a.yaml", "'a.yaml' is already part of this spec; include each file once"),
        ("sub/../a.yaml", "'sub/../a.yaml' is already part of this spec; include each file once"),
    ],
)
def test_what_cannot_be_included_is_refused_at_its_line(target: str, problem: str, folder: Folder) -> None:
    path = folder(
        {"a.yaml": f"include:\n  - {target}\n", "network.yaml": "", "sub.yaml": "", "sub/b.yaml": "", "../out.yaml": ""}
    )
    (path.parent / "link.yaml").symlink_to("../out.yaml")
    (path.parent / "loop.yaml").symlink_to("loop.yaml")

    assert said(path) == [f"s/a.yaml:2:5: {problem}"]


def test_a_circle_and_a_repetition_are_refused_where_they_close(folder: Folder) -> None:
    path = folder({"a.yaml": "include: [b.yaml, b.yaml]\n", "b.yaml": "include:\n- a.yaml\n"})

    assert said(path) == [
        "s/a.yaml:1:19: 'b.yaml' is already part of this spec; include each file once",
        "s/b.yaml:2:3: 'a.yaml' is already part of this spec; include each file once",
    ]


def test_the_problems_of_all_files_are_told_at_once(folder: Folder) -> None:
    path = folder({"a.yaml": "include: [b.yaml, no.yaml, c.yaml]\n", "b.yaml": "x: [\n", "c.yaml": "y: 1\ny: 2\n"})

    assert [problem.partition(";")[0] for problem in said(path)] == [
        "s/a.yaml:1:19: 'no.yaml' is not a file",
        "s/b.yaml:1:4: the '[' of line 1 is not closed, or a comma is missing",
        "s/c.yaml:2:1: the key 'y' is already written on line 1",
    ]


@pytest.mark.parametrize("text", ["- a\n", "hello\n"])
def test_an_included_file_without_keys_is_refused(text: str, folder: Folder) -> None:
    assert said(folder({"a.yaml": "include: [b.yaml]\n", "b.yaml": text})) == [
        "s/b.yaml:1:1: holds no keys of a spec; write sections, as in `network:`"
    ]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_an_included_file_may_be_empty(text: str, folder: Folder) -> None:
    path = folder({"a.yaml": "include: [b.yaml]\ntitle: a\n", "b.yaml": text})

    assert read_with_includes(path, "a.yaml").data == {"include": ["b.yaml"], "title": "a"}


def test_more_than_a_hundred_files_are_refused(folder: Folder) -> None:
    names = [f"f{i}.yaml" for i in range(100)]
    path = folder({"a.yaml": f"include: [{', '.join(names)}]\n", **dict.fromkeys(names, "")})

    column = len(f"include: [{', '.join(names[:-1])}, ") + 1

    assert said(path) == [f"s/a.yaml:1:{column}: more than 100 files are included; join some of them"]


def test_a_spec_behind_a_link_includes_the_files_beside_the_link(folder: Folder, tmp_path: Path) -> None:
    path = folder({"b.yaml": "title: b\n"})
    (tmp_path / "real.yaml").write_text("include: [b.yaml]\n", encoding="utf-8")
    (path.parent / "a.yaml").symlink_to(tmp_path / "real.yaml")

    assert read_with_includes(path.parent / "a.yaml", "a.yaml").data == {"include": ["b.yaml"], "title": "b"}


def test_environments_and_what_is_shared_may_be_split_over_files_by_section_and_kind(folder: Folder) -> None:
    path = folder(
        {
            "a.yaml": "include: [b.yaml]\n"
            "environments: {beta: {title: B, compute: {services: {a: {cpu: 1}}}, flows: [x]}}\n"
            "shared: {data: {buckets: {f: {}}}}\n",
            "b.yaml": "environments: {beta: {compute: {services: {b: {}}, clusters: {c: {}}}, flows: [y]}, new: {}}\n"
            "shared: {data: {buckets: {g: {}}}, flows: [z]}\n",
        }
    )

    assert read_with_includes(path, "s/a.yaml").data == {
        "include": ["b.yaml"],
        "environments": {
            "beta": {
                "title": "B",
                "compute": {"services": {"a": {"cpu": "1"}, "b": {}}, "clusters": {"c": {}}},
                "flows": ["x", "y"],
            },
            "new": {},
        },
        "shared": {"data": {"buckets": {"f": {}, "g": {}}}, "flows": ["z"]},
    }


def test_an_overlay_of_one_element_is_written_in_one_file(folder: Folder) -> None:
    path = folder(
        {
            "a.yaml": "include: [b.yaml]\nenvironments: {beta: {title: B, compute: {services: {a: {cpu: 1}}}}}\n",
            "b.yaml": "environments: {beta: {title: C, compute: {services: {a: {memory: 2}}}}}\n",
        }
    )

    assert said(path) == [
        "s/b.yaml:1:23: the key 'title' is already written at s/a.yaml:2:23; keep one of the two",
        "s/b.yaml:1:54: the key 'a' is already written at s/a.yaml:2:54; keep one of the two",
    ]

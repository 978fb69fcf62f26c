"""Regions of files that people write: what is filled, what stays, and what is told."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec import cli
from archspec.documents.injection import Unfit, inject
from archspec.errors import SpecError

SPEC = """archspec: 1
name: {name}
region: us-east-1
network:
  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}
  subnets: {{a: {{az: us-east-1a, tier: public, cidr: 10.0.0.0/24}}}}
  security_groups: {{web-sg: {{ingress: [{{from: internet, port: 443}}]}}}}
compute: {{services: {{web: {{title: '{title}', port: 443, subnets: [a], security_groups: [web-sg]}}}}}}
flows: [internet -> web: 443 HTTPS]
"""
PIECE = st.text(st.characters(exclude_characters="`~<{", exclude_categories=["Cs"]), max_size=40)
ENDING = st.sampled_from(["\n", "\r\n", "\r"])
LINE = st.sampled_from([
    "<!-- archspec:begin a -->", "<!-- archspec:end a -->", "  <!-- archspec:begin b -->", "<!-- archspec:end b -->",
    "```", "~~~", "    x", "- x", "> ```", "", "text", "<!-- archspec:end -->", "\t<!-- archspec:begin c -->",
])  # fmt: skip


def content(name: str) -> str | Unfit:
    return f"# {name}\n\n```\nx\n```"


def told(text: str, fill: Callable[[str], str | Unfit] = content) -> list[tuple[int, int, str, str]]:
    with pytest.raises(SpecError) as caught:
        inject(text, "a.md", fill)
    return [(one.location.line, one.location.column, one.message, one.hint) for one in caught.value.problems]


def region(name: str, inside: str = "") -> str:
    return f"<!-- archspec:begin {name} -->\n{inside}<!-- archspec:end {name} -->\n"


def test_a_region_is_filled_with_blank_lines_around() -> None:
    assert inject(f"a\n{region('x', 'old' + chr(10))}b", "a.md", lambda name: f"new {name}\n") == (
        f"a\n{region('x', f'{chr(10)}new x{chr(10) * 2}')}b"
    )


def test_a_region_without_content_is_emptied() -> None:
    assert inject(region("x", "old\n"), "a.md", lambda _: "") == region("x", "\n")


def test_lines_are_indented_as_the_region_is() -> None:
    text = "- item\n\n  <!-- archspec:begin x -->\n  <!-- archspec:end x -->\n"
    assert inject(text, "a.md", lambda _: "a\n\nb") == (
        "- item\n\n  <!-- archspec:begin x -->\n\n  a\n\n  b\n\n  <!-- archspec:end x -->\n"
    )


@given(st.lists(PIECE, min_size=3, max_size=3), ENDING, st.booleans())
def test_text_outside_regions_is_untouched_and_the_second_time_nothing_changes(
    pieces: list[str], ending: str, marked: bool
) -> None:
    before, between, after = (f"{piece}{ending}" for piece in pieces)
    begin, end = (f"<!-- archspec:{verb} {{}} -->{ending}" for verb in ("begin", "end"))
    # Four spaces would make the marker code; a line of text between ends whatever could still be open.
    bare = f"{before}{ending}p{ending}{{}}{between}{ending}p{ending}{{}}{after}"
    bare = bare if marked else f"\ufeff{bare}"
    text = bare.replace("{}", f"{begin.format('x')}old{ending}{end.format('x')}", 1)
    text = text.replace("{}", f"{begin.format('y')}{end.format('y')}", 1)
    filled = [ending.join([begin.format(n).strip(), "", "new", "", end.format(n)]) for n in "xy"]
    wanted = bare.replace("{}", filled[0], 1).replace("{}", filled[1], 1)

    assert inject(text, "a.md", lambda _: "new") == wanted
    assert inject(wanted, "a.md", lambda _: "new") == wanted


@given(st.lists(st.tuples(LINE, ENDING), max_size=14))
def test_whatever_the_lines_are_they_are_refused_or_stay_and_the_second_time_nothing_changes(
    lines: list[tuple[str, str]],
) -> None:
    text = "".join(line + ending for line, ending in lines)
    try:
        once = inject(text, "a.md", content)
    except SpecError:
        return
    assert inject(once, "a.md", content) == once
    # A marker inside code is none, which `_outside` cannot see.
    if not any(mark in text for mark in ("```", "~~~", "    ")):
        assert _outside(once) == _outside(text)


def _outside(text: str) -> str:
    return re.sub(r"(?s)(<!-- archspec:begin (\w) -->).*?(<!-- archspec:end \2 -->)", r"\1\3", text)


@pytest.mark.parametrize(
    "text",
    [
        f"```md\n{region('x')}```\n",
        f"~~~~\n```\n{region('x')}~~~~\n",
        "    <!-- archspec:begin x -->\n",
        "- a\n\n  ```\n  <!-- archspec:begin x -->\n  ```\n",
        "Write `<!-- archspec:begin x -->`.\n",
        f"```\n{region('x')}",
        "<!-- archspec is good -->\n",
    ],
)
def test_what_is_code_or_text_is_no_region(text: str) -> None:
    assert inject(text, "a.md", lambda _: "new") == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "a\n<!-- archspec:begin x -->\n",
            [(2, 1, "region 'x' begins here and is never closed", "write `<!-- archspec:end x -->` after it")],
        ),
        ("<!-- archspec:end x -->\n", [(1, 1, "region 'x' ends here and begins nowhere", "remove this line")]),
        (
            "<!-- archspec:begin x -->\n<!-- archspec:begin y -->\n<!-- archspec:end y -->\n<!-- archspec:end x -->\n",
            [(2, 1, "region 'y' begins inside region 'x' (line 1)", "end that first: `<!-- archspec:end x -->`")],
        ),
        (
            "<!-- archspec:begin x -->\n<!-- archspec:begin y -->\n<!-- archspec:end y -->\n",
            [(1, 1, "region 'x' begins here and is never closed", "write `<!-- archspec:end x -->` after it")],
        ),
        (
            f"{region('x')}\n{region('x')}",
            [(4, 1, "region 'x' is in this file already (line 1)", "keep one of the two")],
        ),
        (
            " <!-- archspec:begin x -->\n <!-- archspec:end y -->\n",
            [
                (2, 2, "region 'y' ends here, and the one that is open is 'x' (line 1)",
                 "write `<!-- archspec:end x -->`"),
            ],
        ),
        (
            "<!-- archspec:begin -->\n<!-- archspec:start x -->\n<!-- archspec:begin x --> y\n",
            [
                (
                    line,
                    1,
                    f"this begins or ends no region: <!-- archspec:{rest}",
                    "write `<!-- archspec:begin NAME -->` and `<!-- archspec:end NAME -->`, each on a line of its own",
                )
                for line, rest in ((1, "begin -->"), (2, "start x -->"), (3, "begin x --> y"))
            ],
        ),
    ],
)  # fmt: skip
def test_markers_that_do_not_fit_are_told(text: str, wanted: list[tuple[int, int, str, str]]) -> None:
    assert told(text) == wanted


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = f"\ufeff{region('x')}<!-- archspec:end z -->\r\n"
    assert told(text, lambda name: Unfit(f"no '{name}'", "try 'y'")) == [
        (1, 1, "no 'x'", "try 'y'"),
        (3, 1, "region 'z' ends here and begins nowhere", "remove this line"),
    ]


@pytest.mark.parametrize("inside", ["```\nx", "~~~", "<!-- archspec:end x -->", "<!-- archspec:begin y -->"])
def test_content_that_would_not_stay_in_its_region_is_refused(inside: str) -> None:
    assert told(region("x"), lambda _: inside) == [
        (
            1,
            1,
            "what belongs into region 'x' holds a marker or an open code block",
            "mend the template that writes it",
        )
    ]


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    written("specs/one.yaml", SPEC.format(name="one", title="Web"))

    def call(*arguments: str) -> tuple[int, str, str]:
        status = cli.run(arguments)
        out, err = capsys.readouterr()
        return status, out, err

    return call


def written(name: str, text: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def inside(path: Path) -> str:
    found = re.search(r"(?s)begin [^\n]*-->\r?\n(.*?)<!-- archspec:end", path.read_bytes().decode())
    assert found is not None
    return found[1]


def places(err: str) -> list[str]:
    """Return place and message of every problem."""
    return [
        f"{block.splitlines()[0].split(': ')[0]} {block.splitlines()[1].strip()}"
        for block in err.split("\n\n")
        if ": error " in block
    ]


def test_a_section_is_put_in_without_its_heading_and_links_to_the_document(run: Run) -> None:
    page = written("notes/a.md", region("services"))

    assert run("docs", "--into", "notes/a.md") == (0, "wrote docs/systems/one.md\nwrote notes/a.md\n", "")
    text = inside(page)
    assert "\n### Where the tasks run\n" in text
    assert "[Web](../docs/systems/one.md#web)" in text
    assert [found for found in ("\n## ", "](#", "<a id=") if found in text] == []


def test_every_link_of_a_region_leads_to_an_anchor_of_the_document(run: Run) -> None:
    names = ["overview", "network", "traffic", "security-groups", "services", "recovery", "derived"]
    page = written("a.md", "".join(map(region, names)))
    run("docs", "--into", "a.md")

    links = set(re.findall(r"\]\(docs/systems/one\.md#([^)]+)\)", page.read_text(encoding="utf-8")))
    anchors = re.findall(r'<a id="([^"]+)"></a>', Path("docs/systems/one.md").read_text(encoding="utf-8"))
    assert links
    assert links - set(anchors) == set()


def test_marks_in_a_section_are_explained(run: Run) -> None:
    page = written("a.md", region("derived"))
    run("docs", "--into", "a.md")

    assert inside(page).endswith("| no route table is stated: public subnets reach the internet |\n\n")
    page = written("a.md", region("services"))
    run("docs", "--into", "a.md")
    assert inside(page).endswith("\n\n† computed by archspec from what the spec states.\n\n")


@pytest.mark.parametrize("name", ["network.svg", "one/network.svg"])
def test_a_view_is_put_in_as_a_picture(name: str, run: Run) -> None:
    page = written("notes/a.md", region(name))
    run("docs", "--into", "notes/a.md")

    assert re.fullmatch(r"\n!\[Network of one [^\]]*\]\(\.\./diagrams_out/one/network\.svg\)\n\n", inside(page))


@pytest.mark.parametrize("name", ["costs", "claims"])
def test_a_section_with_nothing_to_show_says_so(name: str, run: Run) -> None:
    page = written("a.md", region(name))
    run("docs", "--into", "a.md")

    assert inside(page) == "\n*Nothing to show.*\n\n"


def test_line_ends_and_byte_order_mark_stay(run: Run) -> None:
    page = written("a.md", ("\ufeff" + "# A\n\n" + region("costs") + "last").replace("\n", "\r\n"))
    run("docs", "--into", "a.md")

    filled = "\ufeff" + "# A\n\n" + region("costs", "\n*Nothing to show.*\n\n") + "last"
    assert page.read_bytes() == filled.replace("\n", "\r\n").encode()


def test_what_the_project_names_is_filled_and_compared(run: Run) -> None:
    written("archspec.toml", 'inject = ["README.md", "notes/*.md"]\n')
    for name in ("README.md", "notes/a.md"):
        written(name, region("costs"))
    written("notes/b.md", "no region\n")

    status, out, err = run("docs", "--check")
    assert (status, err, out.splitlines()[-1]) == (1, "", "3 stale; run: archspec docs")
    assert "--- a/README.md\n+++ b/README.md\n" in out
    assert "\n+*Nothing to show.*\n" in out
    assert run("docs") == (0, "wrote docs/systems/one.md\nwrote README.md\nwrote notes/a.md\n", "")
    assert run("docs", "--check") == (0, "everything is up to date\n", "")


def test_the_command_that_mends_says_all_that_was_asked(run: Run) -> None:
    written("my notes.md", region("costs"))

    assert run("docs", "specs", "--check", "--into", "my notes.md", "--format", "html,md")[1].splitlines()[-1] == (
        "3 stale; run: archspec docs specs --into 'my notes.md' --format html,md"
    )


@pytest.mark.parametrize(
    "arguments", [["docs", "specs/one.yaml"], ["docs", "--out", "x"], ["docs", "--format", "html"]]
)
def test_a_run_of_another_kind_leaves_the_projects_files_alone(arguments: Sequence[str], run: Run) -> None:
    written("specs/two.yaml", SPEC.format(name="two", title="Web"))
    written("archspec.toml", 'inject = ["README.md"]\n')
    page = written("README.md", region("one/costs"))

    assert run(*arguments)[0] == 0
    assert inside(page) == ""
    assert run("docs", "specs")[0] == 0
    assert inside(page) != ""


def test_build_fills_and_compares_regions(run: Run) -> None:
    written("archspec.toml", 'inject = ["README.md"]\n')
    page = written("README.md", region("costs"))

    status, out, _ = run("build", "--no-scan")
    assert (status, "regions    1 file, 1 changed\n" in out, inside(page)) == (0, True, "\n*Nothing to show.*\n\n")
    assert run("build", "--check") == (0, "everything is up to date\n", "")
    written("README.md", region("costs"))
    assert run("build", "--check")[1].splitlines()[-1] == "1 stale; run: archspec build"


def test_with_several_systems_a_region_says_which(run: Run) -> None:
    written("specs/two.yaml", SPEC.format(name="two", title="Web"))
    written("a.md", region("costs") + region("tow/costs") + region("two/price") + region("one/traffic.svg"))
    before = Path("a.md").read_bytes()

    status, out, err = run("docs", "--into", "a.md")
    assert (status, out, Path("docs").exists(), Path("a.md").read_bytes()) == (2, "", False, before)
    assert places(err) == [
        "a.md:1:1 'costs' may be of any of 2 systems",
        "a.md:3:1 no system is called 'tow'",
        "a.md:5:1 no section or view is called 'price'",
    ]
    assert re.findall(r"fix: (.*)", err) == ["write one of `one/costs`, `two/costs`", "did you mean 'two'?",
                                             "did you mean 'services'?"]  # fmt: skip


def test_files_that_cannot_be_filled_are_told_at_once_and_nothing_is_written(run: Run) -> None:
    written("archspec.toml", 'inject = ["none.md", "no/*.md", "bytes.md", "."]\n')
    written("bytes.md", b"a\nb \xff")
    written("good.md", region("costs"))
    written("plain.md", "text\n")

    status, out, err = run("docs", "--into", "good.md", "--into", "plain.md")
    assert (status, out, Path("docs").exists(), inside(Path("good.md"))) == (2, "", False, "")
    assert places(err) == [
        ".:1:1 this is a folder",
        "bytes.md:2:3 is not UTF-8 text: the byte 0xff stands here",
        "no/*.md:1:1 no file fits this pattern",
        "none.md:1:1 there is no such file",
        "plain.md:1:1 there is no region in this file",
    ]


def test_a_file_and_a_link_to_it_are_filled_once(run: Run) -> None:
    page = written("real.md", region("costs"))
    Path("link.md").symlink_to("real.md")

    assert run("docs", "--into", "real.md", "--into", "link.md")[1].count("wrote") == 2
    assert (Path("link.md").is_symlink(), inside(page)) == (True, "\n*Nothing to show.*\n\n")


def test_regions_need_the_document_as_markdown(run: Run) -> None:
    assert run("docs", "--format", "html", "--into", "a.md") == (
        2,
        "",
        "archspec: --into links to the document as Markdown; add --format md\n",
    )


@pytest.mark.parametrize("title", ["](#web) [x](#y)", "<!-- archspec:end services -->", "`](#a)` ```", "<!-- a"])
def test_a_hostile_title_stays_in_its_region(title: str, run: Run) -> None:
    written("specs/one.yaml", SPEC.format(name="one", title=title))
    page = written("a.md", f"before\n\n{region('services')}after\n")

    assert run("docs", "--into", "a.md")[0] == 0
    once = page.read_bytes()
    assert run("docs", "--into", "a.md")[0] == 0
    assert (page.read_bytes(), once.endswith(b"end services -->\nafter\n")) == (once, True)


def test_code_in_a_section_stays_as_it_is(run: Run) -> None:
    code = '<a id="x"></a>](#y)'
    written("specs/one.yaml", SPEC.format(name="one", title="Web").replace("port: 443, sub", f"image: '{code}', sub"))
    page = written("a.md", region("inventory") + region("services"))
    run("docs", "--into", "a.md")

    assert f"`{code}`" in page.read_text(encoding="utf-8")


def test_thousands_of_markers_are_judged_in_no_time() -> None:
    begins = "".join(f"<!-- archspec:begin r{i} -->\n" for i in range(10_000))

    assert len(told(begins)) == 10_000

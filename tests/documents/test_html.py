"""The document as one HTML file: it shows what the Markdown shows, loads nothing and runs nothing."""

import os
import re
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from archspec import api, cli, outputs
from archspec.documents import Picture
from archspec.documents.html import Drawing, render
from archspec.project import Project
from tests.sample import TODAY

ROOT = Path(__file__).parents[2]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="20.5" height="10"><title>x</title></svg>'
EVIL = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "[x](javascript:alert(1))", '<a id="x" onclick=y>',
    "![x](https://evil.example/x.png)", "</title></style></main>", "<code onclick=x>", "</code></td></table>", "<!-- x",
    "[x](data:text/html,x)", "<svg/onload=alert(1)>", "&lt;script&gt;", "<base href=//evil.example>", "{{ 7 * 7 }}",
    "<style>*{display:none}</style>", "<https://evil.example>", "[x]: javascript:alert(1)", "<iframe src=//e.example>",
]  # fmt: skip
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "footer", "nav", "h1", "h2", "h3", "ul", "ol", "li", "p",
    "a", "div", "span", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "blockquote", "strong", "em", "img",
}  # fmt: skip
VOID = {"meta", "img"}


class Page(HTMLParser):
    """What a page is made of; it fails where tags do not pair up."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "title"} & set(self.open):
            self.words.append(data)

    def all(self, tag: str, attribute: str) -> list[str]:
        return [str(attrs[attribute]) for name, attrs in self.tags if name == tag and attribute in attrs]

    @property
    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.tags if "id" in attrs]


def body(text: str, *drawings: Drawing) -> str:
    """Return what stands in `<main>`."""
    found = re.search(r"(?s)<main>\n(.*)</main>", render(text, "a.yaml", drawings))
    assert found is not None
    return found[1]


def drawn(link: str = "a.svg", name: str = "network") -> Drawing:
    return Drawing(Picture(name, "A", link, 'What "it" shows'), SVG)


def documented(system: api.System) -> dict[str, str]:
    made = outputs.documents((system, api.check(system)), Project(ROOT, reference="docs"), ("md", "html"))
    return {path.suffix: content.decode() for path, content in made}


@pytest.fixture(scope="module")
def real() -> dict[str, str]:
    return documented(api.load(ROOT / "specs/ecs-production.yaml", TODAY))


def test_the_page_is_whole_and_made_of_known_tags(real: dict[str, str]) -> None:
    page = Page(real[".html"])

    assert {tag for tag, _ in page.tags} <= TAGS
    assert [attrs for _, attrs in page.tags if {"style", "onclick"} & attrs.keys()] == []


def test_the_page_shows_every_word_of_the_markdown(real: dict[str, str]) -> None:
    shown = " ".join("".join(Page(real[".html"]).words).split())
    plain = re.sub(r"<!--.*?-->|^```\w*|<[^>]*>|!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[\[\]`*\\|>]|^#+ |-{3,}:?", " ",
                   real[".md"], flags=re.MULTILINE)  # fmt: skip
    words = set(re.findall(r"[\w.$†‡-]{3,}", plain))

    assert [word for word in sorted(words) if word not in shown] == []


def test_every_link_in_the_page_leads_to_one_anchor(real: dict[str, str]) -> None:
    page = Page(real[".html"])
    targets = {unquote(link[1:]) for link in page.all("a", "href") if link.startswith("#")}

    assert len(targets) > 40
    assert {target: page.ids.count(target) for target in targets} == dict.fromkeys(targets, 1)


def test_anchors_and_links_are_those_of_the_markdown(real: dict[str, str]) -> None:
    page = Page(real[".html"])
    links = re.findall(r"(?<!!)\[(?:\\.|[^\]\\])*\]\(([^)]+)\)", real[".md"])

    assert set(re.findall(r'<a id="([^"]+)"></a>', real[".md"])) <= set(page.ids)
    assert set(page.all("a", "href")) == set(links)


def test_the_contents_name_every_chapter() -> None:
    contents = "## Contents\n\n[B](#b) ·\n[C](#c)\n\nLegend.\n\n"
    text = f"<!-- Generated -->\n\n# A\n\nSub.\n\n{contents}## B\n\n## C & <b>\n\n## B\n"
    assert body(text) == (
        '<h1 id="a">A</h1>\n<p>Sub.</p>\n<nav>\n<h2 id="contents">Contents</h2>\n<ul>\n'
        '<li><a href="#b">B</a></li>\n<li><a href="#c--b">C &amp; &lt;b&gt;</a></li>\n<li><a href="#b-1">B</a></li>\n'
        '</ul>\n</nav>\n<p>Legend.</p>\n<h2 id="b">B</h2>\n<h2 id="c--b">C &amp; &lt;b&gt;</h2>\n<h2 id="b-1">B</h2>\n'
    )


def test_a_document_of_another_shape_has_contents_too() -> None:
    assert body("Hi.\n\n## B\n") == (
        '<p>Hi.</p>\n<nav>\n<h2>Contents</h2>\n<ul>\n<li><a href="#b">B</a></li>\n</ul>\n</nav>\n<h2 id="b">B</h2>\n'
    )
    assert body("Hi.\n") == "<p>Hi.</p>\n"


def test_a_table_scrolls_in_a_box_of_its_own() -> None:
    assert body("# A\n\n| x | n |\n| --- | ---: |\n| ~~1~~ | 2 |\n").partition("</h1>\n")[2] == (
        '<div class="wide" role="group" tabindex="0" aria-label="A">\n<table>\n<thead>\n<tr>\n<th>x</th>\n'
        '<th class="right">n</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><s>1</s></td>\n<td class="right">2</td>\n</tr>\n'
        "</tbody>\n</table>\n</div>\n"
    )


def test_a_picture_is_inside() -> None:
    data = b64encode(SVG).decode()
    assert body("![x](a%20b.svg)", drawn("a b.svg")) == (
        f'<p><span class="wide picture" tabindex="0"><img src="data:image/svg+xml;base64,{data}" '
        'width="20" height="10" alt="What &quot;it&quot; shows"></span></p>\n'
    )


def test_a_picture_that_is_not_inside_is_a_link() -> None:
    assert body("![x & y](other.png)") == '<p><a href="other.png">x &amp; y</a></p>\n'
    assert body("![x](data:image/png;base64,AAAA)") == "<p><a>x</a></p>\n"


def test_a_diagram_is_the_picture_of_its_chapter_or_else_text() -> None:
    text = "## Network\n\n```mermaid\na --> b\n```\n"
    data = b64encode(SVG).decode()

    assert f'<img src="data:image/svg+xml;base64,{data}"' in body(text, drawn())
    assert body(text).endswith('<pre><code class="language-mermaid">a --&gt; b\n</code></pre>\n')


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('<a id="x-1"></a>a', '<a id="x-1"></a>a'),
        ("<code>a \\| \\`b\\` \\<b></code>", "<code>a | `b` &lt;b&gt;</code>"),
        ('<a id="x">a</a>', "&lt;a id=&quot;x&quot;&gt;a&lt;/a&gt;"),
        ('a <a id="x" href="y"></a>', "a &lt;a id=&quot;x&quot; href=&quot;y&quot;&gt;&lt;/a&gt;"),
        ("a <code>*b*</code>", "a &lt;code&gt;<em>b</em>&lt;/code&gt;"),
        ("a</code>", "a&lt;/code&gt;"),
        ("a<script>alert(1)</script>", "a&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<div onclick=x>", "&lt;div onclick=x&gt;"),
        ("a<!-- b -->c", "ac"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](JaVa&#115;cript&colon;alert(1))", "[x](JaVascript:alert(1))"),
        ("[x](steam://run)", "<a>x</a>"),
        ("[x](//evil.example)", "<a>x</a>"),
        ("[x](https://a.example/?a=1&b=2)", '<a href="https://a.example/?a=1&amp;b=2">x</a>'),
        ("[x](a.md#b)", '<a href="a.md#b">x</a>'),
        ('[x](a.md "t")', '<a href="a.md" title="t">x</a>'),
    ],
)
def test_nothing_but_anchors_and_code_type_is_taken_as_html(text: str, wanted: str) -> None:
    assert body(text) == f"<p>{wanted}</p>\n"


@pytest.mark.parametrize("text", EVIL)
def test_a_hostile_text_does_nothing_even_where_nobody_escaped_it(text: str) -> None:
    made = render(f"<!-- {text} -->\n# {text}\n\n## {text}\n\n{text}\n\n| a |\n| --- |\n| {text} |\n\n- {text}\n", text,
                  [Drawing(Picture(text, text, text, text), SVG)])  # fmt: skip
    page = Page(made)

    assert {tag for tag, _ in page.tags} <= TAGS | {"s"}
    assert [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name == "style"] == []
    assert [one for one in page.all("a", "href") if not one.startswith(("#", "https://evil.example"))] == []
    assert [one for one in page.all("img", "src") if not one.startswith("data:image/svg+xml;base64,")] == []


@pytest.mark.parametrize("text", EVIL)
def test_a_hostile_spec_makes_a_page_of_known_parts(text: str, system: Callable[[str], api.System]) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    spec = (
        f"title: {quoted}\nsubtitle: {quoted}\nnetwork:\n  vpcs: {{main: {{title: {quoted}, cidr: 10.0.0.0/16}}}}\n"
        f"  security_groups: {{sg: {{title: {quoted}, note: {quoted}}}}}\n"
        f"document: {{sections: [{{title: {quoted}, text: {quoted}, items: [{quoted}]}}, {{section: network}},\n"
        "  {section: security-groups}]}\n"
    )
    page = Page(documented(system(spec))[".html"])

    assert {tag for tag, _ in page.tags} <= TAGS
    assert [one for one in page.all("img", "src") if not one.startswith("data:image/svg+xml;base64,")] == []
    assert [one for one in page.all("a", "href") if not one.startswith(("#", "docs/", "../"))] == []
    assert "".join(page.words).count(text) >= 6


def test_nothing_is_loaded_and_only_our_styles_hold(real: dict[str, str]) -> None:
    page = Page(real[".html"])
    (policy,) = [
        str(attrs["content"]) for _, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    (style,) = re.findall(r"(?s)<style>(.*?)</style>", real[".html"])
    digest = b64encode(sha256(style.encode()).digest()).decode()

    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style
    assert "@import" not in style
    pictures = [b64decode(source.partition(",")[2]) for source in page.all("img", "src")]
    assert [svg[:4] for svg in pictures] == [b"<svg"] * len(api.views(api.load(ROOT / "specs/ecs-production.yaml")))


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_bytes_do_not_depend_on_the_hash_seed(seed: str, real: dict[str, str]) -> None:
    code = (
        "import sys; from tests.documents.test_html import *\n"
        "sys.stdout.write(documented(api.load(ROOT / 'specs/ecs-production.yaml', TODAY))['.html'])"
    )
    variables = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=variables, capture_output=True, check=True)
    assert made.stdout.decode() == real[".html"]


def test_the_command_writes_and_compares_both_formats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text("archspec: 1\nname: a\nregion: us-east-1\n", encoding="utf-8")

    def run(*arguments: str) -> tuple[int, list[str]]:
        return cli.run(["docs", "a.yaml", *arguments]), capsys.readouterr().out.splitlines()

    assert run("--format", "html") == (0, ["wrote docs/systems/a.html"])
    assert run("--format", "html", "--check") == (0, ["everything is up to date"])
    assert run("--format", "md", "--format", "html") == (
        0,
        ["wrote docs/systems/a.md", "unchanged docs/systems/a.html"],
    )
    Path("docs/systems/a.html").write_text("old", encoding="utf-8")
    status, out = run("--format", "html", "--check")
    assert (status, out[0], out[-1]) == (
        1,
        "--- a/docs/systems/a.html",
        "1 stale; run: archspec docs a.yaml --format html",
    )
    assert run("--check") == (0, ["everything is up to date"])


def test_a_format_that_there_is_not_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["docs", "--format", "pdf"]) == 2
    assert capsys.readouterr().err == "archspec: no format is called 'pdf'; there are: md, html\n"

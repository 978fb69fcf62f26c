"""Findings as one HTML file: it is whole, loads and runs nothing, shows all, and can be narrowed."""

import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archspec.findings import LocatedHop
from archspec.reporters import REPORTERS
from archspec.reporters.report import Part, Report, of
from tests.reporters.made import every_kind, finding, hostile, several

if TYPE_CHECKING:
    from playwright.sync_api import Page as Opened

VOID = {"meta", "input"}
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section", "article", "h1", "h2",
    "h3", "p", "fieldset", "legend", "label", "input", "details", "summary", "pre", "mark", "span", "b", "code", "ol",
    "li", "a",
}  # fmt: skip
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
Open = Callable[..., "Opened"]


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
        if "article" in self.open:
            self.words.append(data)


def written(report: Report) -> str:
    return REPORTERS["html"](report)


@pytest.mark.parametrize("report", [every_kind(), of([]), of(several()), of([hostile()])])
def test_a_page_is_whole_and_refers_to_nothing_outside(report: Report) -> None:
    page = Page(written(report))
    loading = [(tag, key) for tag, attrs in page.tags for key in attrs if key in ("src", "srcset", "style", "onclick")]

    assert {tag for tag, _ in page.tags} <= TAGS
    assert loading == []
    assert [attrs["href"] for tag, attrs in page.tags if tag != "a" and "href" in attrs] == []
    assert "url(" not in written(report)
    assert "@import" not in written(report)


def test_a_page_shows_everything_of_every_finding() -> None:
    hops = (LocatedHop("open", "a -> b goes", None, ""), LocatedHop("blocked", "b refuses", None, "CODE"))
    found = finding(fix="state `a: b`", witness=hops, waiver="we know", reference="https://example.com/x")
    words = " ".join("".join(Page(written(of([found]))).words).split())

    assert words == (
        "waived TST001 made-up a is wrong a.yaml:3:5 3 a: b open a -> b goes blocked b refuses CODE "
        "Fix state a: b Accepted we know Read more"
    )


def test_a_spec_without_findings_says_so() -> None:
    assert '<h2>b.yaml</h2>\n<p class="clean">Nothing is found.</p>' in written(Report((Part("b.yaml", ()),)))


def test_only_an_https_address_is_a_link() -> None:
    page = Page(written(of([finding(reference="javascript:alert(1)")])))

    assert [tag for tag, _ in page.tags if tag == "a"] == []


def test_a_long_line_is_cut_around_the_column() -> None:
    text = "x" * 500 + "HERE" + "y" * 500
    found = finding(location=finding().location._replace(text=text, column=501))

    assert f"{'x' * 60}<mark>HERE{'y' * 116}</mark>" in written(of([found]))


@pytest.mark.parametrize("info", [False, True])
def test_the_boxes_that_are_ticked_are_those_that_a_text_report_shows(info: bool) -> None:
    ticked = re.findall(r'id="show-(\w+)" checked', written(of(several(), info=info)))

    assert ticked == (["error", "warning", "info", "unknown", "known", "waived"] if info else ["error", "warning"])


@pytest.fixture
def open_page(tmp_path: Path) -> Iterator[Open]:
    """Open a report in the Chromium of this machine; at the end nothing may have gone wrong, or been asked for."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("there is no Chromium on PATH")
    file = tmp_path / "report.html"
    wrong: list[str] = []
    with api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox"])

        def opened(report: Report, width: int = 1000) -> "Opened":
            file.write_text(written(report), encoding="utf-8")
            page: Opened = browser.new_page(viewport={"width": width, "height": 800})
            page.on("console", lambda said: wrong.append(said.text))
            page.on("request", lambda asked: wrong.extend([asked.url] * (asked.url != file.as_uri())))
            page.on("dialog", lambda asked: wrong.append(asked.message))
            page.goto(file.as_uri())
            return page

        yield opened
        browser.close()
    assert wrong == []


def visible(page: "Opened") -> list[str]:
    return [one.inner_text() for one in page.locator("article:visible h3 b").all()]


@pytest.mark.slow
def test_boxes_narrow_what_a_browser_shows(open_page: Open) -> None:
    page = open_page(of(several()))
    first = visible(page)
    page.uncheck("#show-error")
    page.check("#show-waived")
    without_errors = visible(page)
    page.click("summary")
    page.check("text=TST005")

    assert (first, without_errors, visible(page)) == (
        ["TST001", "TST001", "TST002"],
        ["TST005", "TST002"],
        ["TST005"],
    )


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_is_wider_than_the_screen_and_nothing_hostile_runs(open_page: Open, width: int) -> None:
    long = finding(message="w" * 300, fix="w" * 300, location=finding().location._replace(file="w" * 300))
    page = open_page(of([*several(), hostile(), long], info=True), width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width

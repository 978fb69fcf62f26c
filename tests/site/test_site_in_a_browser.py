"""The site as a reader has it: nothing from elsewhere, nothing wrong in the console, and room on a phone."""

import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.site.conftest import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PAGES = ("index", "first-ten-minutes", "security", "rules/NET001", "reference/spec", "systems/ecs-production")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        """Say nothing."""


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site.folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("there is no Chromium on PATH")
    with api.sync_playwright() as started:
        running = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


def watched(browser: "Browser", address: str, *, width: int, dark: bool) -> tuple["Page", list[str]]:
    """Return an empty tab, and the list of whatever will go wrong in it."""
    wrong: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light")
    page.on("console", lambda said: wrong.append(f"console: {said.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on(
        "request", lambda asked: None if asked.url.startswith((address, "data:", "blob:")) else wrong.append(asked.url)
    )
    return page, wrong


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "dark"), [(390, True), (1280, False)])
def test_a_page_fits_and_asks_nobody_else(name: str, width: int, dark: bool, address: str, browser: "Browser") -> None:
    page, wrong = watched(browser, address, width=width, dark=dark)
    page.goto(f"{address}{name}.html")
    page.wait_for_load_state("networkidle")

    assert wrong == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("[...document.images].filter(one => !one.complete || !one.naturalWidth).length") == 0
    page.close()


def test_the_search_finds_a_page(address: str, browser: "Browser") -> None:
    page, wrong = watched(browser, address, width=1280, dark=False)
    page.goto(f"{address}index.html")
    page.keyboard.press("f")
    page.keyboard.type("baseline")
    page.wait_for_selector(".md-search-result__item a[href*='findings.html']", state="attached")

    assert wrong == []
    page.close()

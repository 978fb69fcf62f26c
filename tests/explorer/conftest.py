"""A browser for the tests of the page, and pages opened in it that tell whatever goes wrong."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.explorer.reading import Made

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, ViewportSize

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
Open = Callable[..., "Page"]


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Start the Chromium of this machine; playwright would download its own, which tests must not."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("there is no Chromium on PATH")
    with api.sync_playwright() as started:
        running = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def open_page(browser: "Browser", tmp_path: Path) -> Iterator[Open]:
    """Open a system's page from a file, at an address within it; at the end nothing may have gone wrong."""
    wrong: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(one: Made, address: str = "", size: tuple[int, int] = (1280, 800), **settings: Any) -> "Page":  # noqa: ANN401
        file = tmp_path / f"page-{len(contexts)}.html"
        file.write_bytes(one.page)
        viewport: ViewportSize = {"width": size[0], "height": size[1]}
        contexts.append(browser.new_context(viewport=viewport, reduced_motion="reduce", **settings))
        page = contexts[-1].new_page()
        _watch(page, wrong)
        page.goto(f"{file.as_uri()}{address}")
        page.wait_for_selector("#paper svg")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def _watch(page: "Page", wrong: list[str]) -> None:
    """Collect what a page says in the console, what fails in it, what it asks and what it loads."""

    def dialog(asked: "Dialog") -> None:
        wrong.append(f"dialog: {asked.message}")
        asked.dismiss()

    def request(asked: "Request") -> None:
        if not asked.url.startswith(("file:", "data:")):
            wrong.append(f"request: {asked.url}")

    page.on("console", lambda message: wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("dialog", dialog)
    page.on("request", request)

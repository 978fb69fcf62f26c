"""What the tests of renderers share: the views of two specs, and files that hold what is expected."""

import datetime
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from archspec.defaults import complete
from archspec.graph.graph import Graph
from archspec.importers import spec
from archspec.views import project
from archspec.views.view import View

ROOT = Path(__file__).parents[2]


@pytest.fixture
def views() -> Callable[[str], dict[str, View]]:
    """Return the views of a spec, by its path under `specs` without the ending."""

    def load(name: str) -> dict[str, View]:
        architecture = complete(spec.load(ROOT / "specs" / f"{name}.yaml").architecture)
        return {view.name: view for view in project(Graph(architecture, datetime.date(2026, 11, 20)))}

    return load


@pytest.fixture
def all_views(views: Callable[[str], dict[str, View]]) -> Callable[[], dict[str, View]]:
    """Return every view of every system, and of a small one, by names of their own."""

    def load() -> dict[str, View]:
        systems = [path.stem for path in sorted((ROOT / "specs").glob("*.yaml"))]
        return {f"{name}/{view}": one for name in [*systems, "examples/hello"] for view, one in views(name).items()}

    return load


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """Open an empty page in a browser of this machine."""
    browsers = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, browsers)), None)
    if found is None:
        pytest.skip("no Chromium on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()

"""What the tests of renderers share: the views of two specs, and files that hold what is expected."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

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

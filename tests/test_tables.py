"""Tables of plug-ins: naming them imports nothing, and a picture imports what draws it, no more."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import pytest

from archspec import api, outputs
from archspec.graph.graph import Graph
from archspec.project import Project
from archspec.renderers import RENDERERS, WIDE
from archspec.views import VIEWS
from archspec.views.view import View

ROOT = Path(__file__).parent.parent
SPECS = ("ecs-production.yaml", "z360.yaml")


def loaded(code: str, packages: tuple[str, ...]) -> list[str]:
    """Run code in a process of its own; return the modules in these packages that it imported."""
    tail = f"; import sys; print('\\n'.join(sorted(m for m in sys.modules if m.rpartition('.')[0] in {packages!r})))"
    command = [sys.executable, "-c", code + tail]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()


def test_every_module_of_a_table_is_what_its_protocol_says() -> None:
    """A table that imports late is not compared with its Protocol by mypy."""
    takes_graph = {"graph": Graph, "return": Iterator[View]}
    takes_view = {"view": View, "return": bytes}

    assert {name: get_type_hints(one.project) for name, one in VIEWS.items()} == dict.fromkeys(VIEWS, takes_graph)
    assert {name: type(one.EXTENSION) for name, one in RENDERERS.items()} == dict.fromkeys(RENDERERS, str)
    assert {name: get_type_hints(one.render) for name, one in RENDERERS.items()} == {
        name: takes_view | ({"width": int} if name in WIDE else {}) for name in RENDERERS
    }


def test_a_name_that_is_in_no_table_is_refused() -> None:
    assert "nothing" not in VIEWS
    with pytest.raises(KeyError, match="nothing"):
        VIEWS["nothing"]


def test_naming_plug_ins_imports_none() -> None:
    code = "from archspec.views import VIEWS; from archspec.renderers import RENDERERS; 'svg' in RENDERERS; [*VIEWS]"
    plug_ins = {f"archspec.views.{name.replace('-', '_')}" for name in VIEWS}
    plug_ins |= {f"archspec.renderers.{name}" for name in RENDERERS}

    assert plug_ins & set(loaded(code, ("archspec.views", "archspec.renderers"))) == set()


def test_a_picture_imports_its_view_and_its_format_alone() -> None:
    code = (
        "from archspec import api; from pathlib import Path; "
        "[api.render(one, 'svg') for one in api.views(api.load(Path('specs/ecs-production.yaml')), '', ('traffic',))]"
    )
    plug_ins = {f"archspec.views.{name.replace('-', '_')}" for name in VIEWS}
    plug_ins |= {f"archspec.renderers.{name}" for name in RENDERERS}

    assert plug_ins & set(loaded(code, ("archspec.views", "archspec.renderers"))) == {
        "archspec.renderers.svg",
        "archspec.views.traffic",
    }


@pytest.mark.parametrize("spec", SPECS)
def test_a_view_that_is_asked_for_alone_is_the_one_among_all(spec: str) -> None:
    system = api.load(ROOT / "specs" / spec)
    every = api.views(system)

    for view in every:
        assert [one for one in outputs.views(system, Project(ROOT, views=(view.name,))) if one.name == view.name] == [
            view
        ]

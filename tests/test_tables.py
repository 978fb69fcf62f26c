"""Tables of plug-ins: naming them imports nothing, and a picture imports what draws it, no more."""

import subprocess
import sys
from pathlib import Path

import pytest

from archspec import api, outputs
from archspec.project import Project
from archspec.renderers import RENDERERS, WIDE
from archspec.tables import Table
from archspec.views import VIEWS

ROOT = Path(__file__).parent.parent
SPECS = ("ecs-production.yaml", "z360.yaml")


def loaded(code: str, packages: tuple[str, ...]) -> list[str]:
    """Run code in a process of its own; return the modules in these packages that it imported."""
    tail = f"; import sys; print('\\n'.join(sorted(m for m in sys.modules if m.rpartition('.')[0] in {packages!r})))"
    command = [sys.executable, "-c", code + tail]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize("table", [VIEWS, RENDERERS, WIDE], ids=["views", "renderers", "wide"])
def test_every_name_of_a_table_gives_a_module_that_offers_what_it_should(table: Table[object]) -> None:
    wanted = "project" if table is VIEWS else "render"

    assert [name for name, module in table.items() if not callable(getattr(module, wanted, None))] == []


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

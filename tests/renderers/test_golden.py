"""What two specs look like, as files to read: the view, and beside it what each text format makes of it.

`--update-golden` writes them anew. The drawings themselves are committed in diagrams_out.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from archspec.renderers import RENDERERS
from archspec.views.view import View

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).with_name("golden")
PICTURES = [
    (spec, view)
    for spec in ("ecs-production", "examples/hello")
    for view in ("overview", "network", "security-groups", "traffic")
]


def dumped(view: View) -> str:
    """Return a view as text, one thing a line."""
    head = [view.name, view.title, view.description, view.layout, *view.hidden]
    return "".join(f"{line}\n" for line in [*head, *view.groups, *view.nodes, *view.edges])


@pytest.mark.parametrize(("spec", "name"), PICTURES)
def test_a_view_is_as_recorded(
    spec: str, name: str, views: Callable[[str], dict[str, View]], golden: Callable[[Path, str | bytes], None]
) -> None:
    golden(GOLDEN / f"{Path(spec).name}.{name}.view.txt", dumped(views(spec)[name]))


@pytest.mark.parametrize("renderer", ["ascii", "d2", "drawio", "mermaid", "text"])
@pytest.mark.parametrize(("spec", "name"), PICTURES)
def test_a_text_format_is_as_recorded(
    spec: str,
    name: str,
    renderer: str,
    views: Callable[[str], dict[str, View]],
    golden: Callable[[Path, str | bytes], None],
) -> None:
    chosen = RENDERERS[renderer]
    golden(GOLDEN / f"{Path(spec).name}.{name}.{chosen.EXTENSION}", chosen.render(views(spec)[name]))


@pytest.mark.parametrize("renderer", ["mermaid", "svg", "text"])
@pytest.mark.parametrize(("spec", "name"), PICTURES)
def test_committed_pictures_are_reproduced_byte_for_byte(
    spec: str, name: str, renderer: str, views: Callable[[str], dict[str, View]]
) -> None:
    chosen = RENDERERS[renderer]
    committed = ROOT / "diagrams_out" / Path(spec).name / f"{name}.{chosen.EXTENSION}"
    assert chosen.render(views(spec)[name]) == committed.read_bytes()

"""Views for the page: what each shows, which flows its edges stand for, and the drawings with the icons beside them."""

import re
from base64 import b85encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from archspec.explorer.arrows import Arrows
from archspec.explorer.found import ways
from archspec.findings import Finding
from archspec.graph.graph import Graph
from archspec.renderers import svg
from archspec.renderers.icons import icon_file
from archspec.views.marked import marked
from archspec.views.view import View

_CHAPTERS: Final = {
    "overview": "Overview",
    "network": "Network",
    "edge": "Network",
    "security-groups": "Network",
    "traffic": "Traffic",
    "journey": "Request flows",
    "security": "Security",
    "permissions": "Security",
    "encryption": "Security",
    "messaging": "Data",
    "data": "Data",
    "services": "Operation",
    "delivery": "Operation",
    "recovery": "Operation",
    "observability": "Operation",
    "cost": "Operation",
}
"""Name of a view, or how it begins → the heading that it is listed under, in the order of the list."""

_OTHER: Final = "More"
CHAPTERS: Final = [*dict.fromkeys(_CHAPTERS.values()), _OTHER]
_REQUEST_FLOW: Final = re.compile(r"request flow:? +", re.IGNORECASE)
"""What the heading over request flows says already."""


_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")
_NOTHING: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="360" height="120" viewBox="0 0 360 120" role="img">'
    '<rect width="100%" height="100%" fill="#FFFFFF"/>'
    '<text x="180" y="64" font-size="12" fill="#545B64" text-anchor="middle">There is nothing to draw.</text></svg>'
)
_NO_VIEW: Final = View("none", "No picture", "The spec has nothing that a picture shows.", "flow")


def described(graph: Graph, views: Sequence[View], findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return what the page says of each view.

    `nodes` gives the element of each node that is one, `members` those that it shows beside that; `ways`, for each
    finding by its position, which edges lie on each of its ways, if it has any.
    """
    return [_described(graph, view, findings) for view in views or (_NO_VIEW,)]


def _described(graph: Graph, view: View, findings: Sequence[Finding]) -> dict[str, Any]:
    whole = graph.architecture
    environment = _environment(graph, view)
    ends = _ends(graph, view)
    arrows = Arrows(graph, view.edges, ends)
    flows = [(place, arrows.along((flow.source, flow.target))) for place, flow in enumerate(whole.flows)]
    return {
        "name": view.name,
        "title": _title(graph, view, environment),
        "chapter": _chapter(view.name),
        "environment": environment,
        "description": view.description,
        "hidden": list(view.hidden),
        "nodes": {id_: element for id_, element in ends.items() if element in whole.elements},
        "members": {node.id: list(node.members) for node in view.nodes if node.members},
        "edges": [
            {
                "from": ends.get(edge.source, edge.source),
                "to": ends.get(edge.target, edge.target),
                "label": edge.label,
                "flows": [flow for flow, along in flows if place in along],
            }
            for place, edge in enumerate(view.edges)
        ],
        "ways": {
            str(place): [arrows.along(pair) for pair in pairs]
            for place, finding in enumerate(findings)
            if (pairs := ways(graph, finding))
        },
    }


def _environment(graph: Graph, view: View) -> str:
    """Return the environment that a view is of, by its name and its title: one may be called `eu`, another `my-eu`."""
    known = graph.architecture.environments.items()
    named = (
        id_ for id_, one in known if view.name.endswith(f"-{id_}") and view.title.endswith(f", {one.title or id_}")
    )
    return max(named, key=len, default="")


def _title(graph: Graph, view: View, environment: str) -> str:
    """Return the title without what the page says already: the system, and the environment."""
    whole = graph.architecture
    known = whole.environments.get(environment)
    title = view.title.removeprefix(f"{whole.label}: ")
    title = title.removesuffix(f", {known.title or environment}") if known else title
    title = _REQUEST_FLOW.sub("", title, count=1) if _REQUEST_FLOW.match(title) else title
    return title if view.name.startswith("journey") else f"{title[:1].upper()}{title[1:]}"


def _chapter(name: str) -> str:
    """Return the heading for a view, whose name may end with a journey or an environment."""
    fitting = [key for key in _CHAPTERS if name == key or name.startswith(f"{key}-")]
    return _CHAPTERS[max(fitting, key=len)] if fitting else _OTHER


def _ends(graph: Graph, view: View) -> Mapping[str, str]:
    """Return node or group → the id of the element that it shows; a group's may have a suffix (`cluster@services`)."""
    named = ((group.id, group.id.partition("@")[0]) for group in view.groups)
    groups = {id_: element for id_, element in named if element in graph.architecture.elements}
    return groups | {node.id: node.element for node in view.nodes}


def badged(view: View, findings: Iterable[Finding]) -> View:
    """Return the view with numbers of open findings on it. Bad ways are drawn once somebody asks for one."""
    counted = marked(view, findings)
    return replace(view, groups=counted.groups, nodes=counted.nodes)


def pictures(views: Iterable[View]) -> list[str]:
    """Return the drawing of each view, without what all of them share; one that says so where there is none.

    What a script counts as two characters stands as one reference (`&#128512;`), as `fold` needs it.
    """
    drawings = [svg.draw(view, fonts=False, icons=False) for view in views] or [_NOTHING]
    return [_BEYOND.sub(lambda char: f"&#{ord(char[0])};", drawing) for drawing in drawings]


def icon_files(views: Iterable[View]) -> dict[str, list[str]]:
    """Return the icons of all views: the file's bytes as text → the kinds that have it.

    The text is in base 85, which is shorter than 64, and has a dot for `<`: nothing in it ends or begins a tag.
    """
    found: dict[str, list[str]] = {}
    for kind in sorted({kind for view in views for kind in svg.icon_kinds(view)}):
        found.setdefault(b85encode(icon_file(kind).read_bytes()).decode("ascii").replace("<", "."), []).append(kind)
    return found


def icons(views: Iterable[View]) -> dict[str, str]:
    """Return the kind of icon that shows an element, by its id."""
    return {node.element: node.kind for view in views for node in view.nodes}

"""A view → a Mermaid flowchart, which GitHub, GitLab and many wikis draw from text in a page.

https://mermaid.js.org/syntax/flowchart.html. Every text stands in quotes and as one line, with whatever could end the
quotes, start a comment, a directive or HTML written as an entity; every id is made here. So a text is only ever a text.
"""

import re
from collections.abc import Iterator
from typing import Final

from archspec.errors import UsageError
from archspec.layout.text import printable
from archspec.layout.tree import ROOT, Tree
from archspec.views.view import Edge, Group, Node, View

EXTENSION = "mmd"

_PLAIN: Final = re.compile(r"[^\w .,:/()+–—·×→-]", re.ASCII)
_LIST: Final = re.compile(r"(\d+)\.(?= )")
# Where nothing is filled, words keep the colour of the page's theme, which may be dark.
_STYLES: Final = {
    "cloud": "fill:none,stroke:#545B64",
    "region": "fill:none,stroke:#00A4A6,stroke-dasharray:6 4",
    "vpc": "fill:none,stroke:#8C4FFF",
    "az": "fill:none,stroke:#147EBA,stroke-dasharray:6 4",
    "public": "fill:#F2F6E8,stroke:#7AA116,color:#232F3E",
    "private": "fill:#E6F6F7,stroke:#00A4A6,color:#232F3E",
    "data": "fill:#EEF0FC,stroke:#3B48CC,color:#232F3E",
    "cluster": "fill:#FFFFFF,stroke:#D45B07,color:#232F3E",
}
_OTHER: Final = "fill:none,stroke:#545B64"
_ARROWS: Final = {
    (False, False): "-->",
    (False, True): "-.->",
    (True, False): "<-->",
    (True, True): "<-.->",
}
"""(both ends, dashed) → arrow."""


def render(view: View) -> bytes:
    """Return the flowchart. Raises `UsageError` for a view that shows nothing."""
    if not (view.nodes or view.groups):
        raise UsageError(f"the view {view.name} shows nothing: the architecture has no elements for it")
    return "".join(f"{line}\n" for line in _lines(view)).encode()


def _lines(view: View) -> Iterator[str]:
    tree = Tree(view)
    names = {group.id: f"g{index}" for index, group in enumerate(view.groups)}
    names |= {node.id: f"n{index}" for index, node in enumerate(view.nodes)}
    yield "flowchart LR" if view.layout == "flow" else "flowchart TB"
    yield f"    accTitle: {_plain(view.title)}"
    yield f"    accDescr: {_plain(' '.join([view.description, *view.hidden]))}"
    yield from _inside(tree, names, ROOT, 1)
    for edge in view.edges:
        yield f"    {_edge(edge, names)}"
    if any(not (tree.nodes_in.get(group.id) or tree.groups_in.get(group.id)) for group in view.groups):
        yield "    classDef empty fill:none,stroke:none"
    planned = [names[node.id] for node in view.nodes if node.status != "current"]
    if planned:
        yield "    classDef planned stroke-dasharray:5 3,opacity:0.7"
        yield f"    class {','.join(planned)} planned"
    for group in view.groups:
        yield f"    style {names[group.id]} {_STYLES.get(group.kind, _OTHER)}"


def _inside(tree: Tree, names: dict[str, str], parent: str, depth: int) -> Iterator[str]:
    indent = "    " * depth
    for node in tree.nodes_in.get(parent, ()):
        yield f'{indent}{names[node.id]}["{_node_words(node)}"]'
    for group in (*tree.others(parent), *tree.columns(parent)):
        yield f'{indent}subgraph {names[group.id]}["{_group_words(group)}"]'
        if not (tree.nodes_in.get(group.id) or tree.groups_in.get(group.id)):
            yield f'{indent}    {names[group.id]}x[" "]:::empty'  # Mermaid draws a subgraph without nodes as a node
        yield from _inside(tree, names, group.id, depth + 1)
        yield f"{indent}end"


def _node_words(node: Node) -> str:
    return "<br/>".join(_escaped(line) for line in (node.title, *node.detail)) or " "


def _group_words(group: Group) -> str:
    return _escaped(" ".join(filter(None, (group.title, group.subtitle)))) or " "


def _edge(edge: Edge, names: dict[str, str]) -> str:
    arrow = _ARROWS[edge.both, edge.status != "current"]
    label = f'|"{_escaped(edge.label)}"|' if _escaped(edge.label) else ""
    return f"{names[edge.source]} {arrow}{label} {names[edge.target]}"


def _escaped(text: str) -> str:
    """Return a text for use in quotes. `#` starts an entity by the decimal number of a character."""
    clean = " ".join(printable(text).split())
    coded = _PLAIN.sub(lambda match: _entity(match[0]), clean)
    # A number and a point at the start would make a list of it, which Mermaid refuses to draw.
    coded = _LIST.sub(r"\1#46;", coded, count=1) if _LIST.match(coded) else coded
    return f"#{ord(coded[0])};{coded[1:]}" if coded[:1] in {"-", "+"} else coded


def _entity(char: str) -> str:
    return char if char.isalpha() else f"#{ord(char)};"


def _plain(text: str) -> str:
    """Return a text for the accessible title: it stands outside quotes, up to the end of its line."""
    return re.sub(r"[^\w .,:/()–-]", " ", " ".join(printable(text).split()))

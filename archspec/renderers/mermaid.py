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
from archspec.renderers.palette import CHANGES, FRAMES, OTHER, PAPER, classes, colours, signed, told
from archspec.views.view import Edge, Group, Node, View

EXTENSION = "mmd"

# `maxTextSize` and `maxEdges`, which only the page that shows a drawing can raise, and GitHub does not:
# https://mermaid.js.org/config/schema-docs/config.html
_MOST_CHARACTERS: Final = 50_000
_MOST_EDGES: Final = 500

# Titles touch what is below them without.
_SETTINGS: Final = '%%{init: {"flowchart": {"subGraphTitleMargin": {"top": 0, "bottom": 12}}}}%%'
_PLAIN: Final = re.compile(r"[^\w .,:/()+–—·×→■▲●-]", re.ASCII)
_LIST: Final = re.compile(r"(\d+)\.(?= )")
_DASHES: Final = "stroke-dasharray:6 4"
_CLASSES: Final = {
    "planned": "stroke-dasharray:5 3,opacity:0.7",
    **{name: f"stroke:{colour},stroke-width:3px" for name, colour in colours().items()},
    "removed": f"stroke:{CHANGES['removed']},stroke-width:3px,stroke-dasharray:5 3",
}
"""What `classes` may say of a node → how it is drawn."""

_ARROWS: Final = {
    (False, False): "-->",
    (False, True): "-.->",
    (True, False): "<-->",
    (True, True): "<-.->",
}
"""(both ends, dashed) → arrow."""


def render(view: View) -> bytes:
    """Return the flowchart. Raises `UsageError` for a view that shows nothing, or more than pages draw."""
    if not (view.nodes or view.groups):
        raise UsageError(f"the view {view.name} shows nothing: the architecture has no elements for it")
    text = "".join(f"{line}\n" for line in _lines(view))
    _check(view, "edges", len(view.edges), _MOST_EDGES)
    _check(view, "characters of Mermaid", len(text.encode("utf-16-le")) // 2, _MOST_CHARACTERS)
    return text.encode()


def _check(view: View, what: str, count: int, most: int) -> None:
    if count > most:
        message = f"the view {view.name} has {count} {what}, and a page like GitHub's draws {most} at most"
        raise UsageError(f"{message}; draw it in another format, such as svg")


def _lines(view: View) -> Iterator[str]:
    tree = Tree(view)
    names = {group.id: f"g{index}" for index, group in enumerate(view.groups)}
    names |= {node.id: f"n{index}" for index, node in enumerate(view.nodes)}
    yield _SETTINGS
    yield "flowchart LR" if view.layout == "flow" else "flowchart TB"
    yield f"    accTitle: {_plain(view.title)}"
    yield f"    accDescr: {_plain(' '.join([view.description, *view.hidden]))}"
    yield from _inside(tree, names, ROOT, 1)
    for edge in view.edges:
        yield f"    {_edge(edge, names)}"
    yield from _looks(tree, names)


def _looks(tree: Tree, names: dict[str, str]) -> Iterator[str]:
    if any(_empty(tree, group) for group in tree.view.groups):
        yield "    classDef empty fill:none,stroke:none"
    for name, look in _CLASSES.items():
        marked = [names[node.id] for node in tree.view.nodes if name in classes(node)]
        if marked:
            yield f"    classDef {name} {look}"
            yield f"    class {','.join(marked)} {name}"
    for group in tree.view.groups:
        yield f"    style {names[group.id]} {_frame(group)}"
    for name, colour in colours().items():
        drawn = [str(index) for index, edge in enumerate(tree.view.edges) if classes(edge)[-1:] == (name,)]
        if drawn:
            yield f"    linkStyle {','.join(drawn)} stroke:{colour},stroke-width:3px"


def _frame(group: Group) -> str:
    """Return how a frame looks. Its ground lets the page through, which may be dark and decides how words look."""
    look = FRAMES.get(group.kind, OTHER)
    ground = "none" if look.fill in {"none", PAPER} else f"{look.stroke}1F"
    colour, wide = (CHANGES[group.change], "3px") if group.change else (look.stroke, "1.5px")
    dashed = f",{_DASHES}" if look.dashed or group.status != "current" or group.change == "removed" else ""
    return f"fill:{ground},stroke:{colour},stroke-width:{wide}{dashed}"


def _inside(tree: Tree, names: dict[str, str], parent: str, depth: int) -> Iterator[str]:
    indent = "    " * depth
    for node in tree.nodes_in.get(parent, ()):
        yield f'{indent}{names[node.id]}["{_node_words(node)}"]'
    # Of subgraphs that stand side by side, Mermaid draws the last at the left.
    for group in (*tree.others(parent), *reversed(tree.columns(parent))):
        yield f'{indent}subgraph {names[group.id]}["{_group_words(group)}"]'
        if _empty(tree, group):
            yield f'{indent}    {names[group.id]}x[" "]:::empty'  # Mermaid draws a subgraph without nodes as a node
        yield from _inside(tree, names, group.id, depth + 1)
        yield f"{indent}end"


def _empty(tree: Tree, group: Group) -> bool:
    return not (tree.nodes_in.get(group.id) or tree.groups_in.get(group.id))


def _node_words(node: Node) -> str:
    lines = (signed(node.title, node.change), *node.detail, told(node.badges))
    return "<br/>".join(filter(None, map(_escaped, lines))) or " "


def _group_words(group: Group) -> str:
    return (
        _escaped(" ".join(filter(None, (signed(group.title, group.change), group.subtitle, told(group.badges))))) or " "
    )


def _edge(edge: Edge, names: dict[str, str]) -> str:
    arrow = _ARROWS[edge.both, edge.status != "current" or edge.change == "removed"]
    words = _escaped(signed(edge.label, edge.change))
    label = f'|"{words}"|' if words else ""
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

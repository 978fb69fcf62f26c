"""A view → a D2 drawing: groups as containers, kinds by shape, what is out of the ordinary as classes.

https://d2lang.com/tour/intro. Every text stands in double quotes, with what means something there escaped; every id is
made here. So a text is only ever a text. D2 brings no icons of AWS, and those on the web would tie a drawing to it.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from archspec.errors import UsageError
from archspec.layout.cells import fold
from archspec.layout.tree import ROOT, Tree
from archspec.renderers.palette import CHANGES, FRAMES, INK, MUTED, OTHER, PAPER, Frame, classes, colours, signed, told
from archspec.views.view import Edge, Group, Node, View

EXTENSION = "d2"

_SHAPES: Final = {
    "actor": "person",
    "aurora": "cylinder",
    "bucket": "stored_data",
    "document_database": "cylinder",
    "internet": "cloud",
    "mariadb": "cylinder",
    "memcached": "cylinder",
    "mysql": "cylinder",
    "postgres": "cylinder",
    "queue": "queue",
    "redis": "cylinder",
}
"""Kind of node → D2's shape for it, where a rectangle would say less."""

_FRAMES: Final = {**FRAMES, "other": OTHER}
_MARKED: Final = {
    "planned": "stroke-dash: 4; opacity: 0.7",
    **{name: f'stroke: "{colour}"; stroke-width: 3' for name, colour in colours().items()},
    "removed": f'stroke: "{CHANGES["removed"]}"; stroke-width: 3; stroke-dash: 4',
}
"""What `classes` may say of a thing → how it is drawn."""

_TITLE_CELLS: Final = 60
_CAPTION_CELLS: Final = 100
_WORD_CELLS: Final = 28


def render(view: View) -> bytes:
    """Return the drawing. Raises `UsageError` for a view that shows nothing."""
    if not (view.nodes or view.groups):
        raise UsageError(f"the view {view.name} shows nothing: the architecture has no elements for it")
    return "".join(f"{line}\n" for line in _lines(Tree(view))).encode()


def _lines(tree: Tree) -> Iterator[str]:
    view = tree.view
    names = _names(tree)
    # ELK draws arrows between nested boxes at right angles; the default engine, dagre, runs them through titles.
    yield "vars: {d2-config: {layout-engine: elk}}"
    yield f"direction: {'right' if view.layout == 'flow' else 'down'}"
    yield "classes: {"
    yield from (f"  {line}" for line in _classes(view))
    yield "}"
    yield from _caption("title", [view.title], "near: top-center; style: {font-size: 24; bold: true}")
    yield from _inside(tree, names, ROOT, "")
    yield from (_edge(edge, names) for edge in view.edges)
    yield from _caption("notes", view.hidden, f'near: bottom-center; style.font-color: "{MUTED}"')


def _caption(name: str, sentences: Iterable[str], look: str) -> Iterator[str]:
    words = r"\n".join(filter(None, (_words(sentence, _CAPTION_CELLS) for sentence in sentences)))
    if words:  # D2 refuses a text without letters
        yield f'{name}: "{words}" {{shape: text; {look}}}'


def _names(tree: Tree) -> dict[str, str]:
    """Return what each group and node is called from outside every container."""
    own = {group.id: f"g{index}" for index, group in enumerate(tree.view.groups)}
    own |= {node.id: f"n{index}" for index, node in enumerate(tree.view.nodes)}
    return {id_: ".".join([*(own[outer] for outer in reversed([*tree.ancestors(id_)])), own[id_]]) for id_ in own}


def _classes(view: View) -> Iterator[str]:
    """Yield how the kinds of group in a view look, and over those what is out of the ordinary in it."""
    kinds = {_kind(group) for group in view.groups}
    yield from (_frame(kind, frame) for kind, frame in _FRAMES.items() if kind in kinds)
    yield f'element: {{style: {{fill: "{PAPER}"; stroke: "{MUTED}"; font-color: "{INK}"; bold: false}}}}'
    yield f'flow: {{style: {{stroke: "{MUTED}"; font-color: "{INK}"}}}}'
    marked = {name for things in (view.groups, view.nodes, view.edges) for thing in things for name in classes(thing)}
    yield from (f"{name}: {{style: {{{look}}}}}" for name, look in _MARKED.items() if name in marked)


def _kind(group: Group) -> str:
    return group.kind if group.kind in FRAMES else "other"


def _frame(name: str, frame: Frame) -> str:
    fill = "transparent" if frame.fill == "none" else f'"{frame.fill}"'
    dashes = "; stroke-dash: 5" if frame.dashed else ""
    colours = f'fill: {fill}; stroke: "{frame.stroke}"; font-color: "{frame.stroke}"'
    return f"{name}: {{label.near: top-left; style: {{{colours}; font-size: 18{dashes}}}}}"


def _inside(tree: Tree, names: dict[str, str], parent: str, indent: str) -> Iterator[str]:
    for node in tree.nodes_in.get(parent, ()):
        shape = f"; shape: {_SHAPES[node.kind]}" if node.kind in _SHAPES else ""
        yield f"{indent}{_own(names, node)}: {_node_text(node)} {{class: {_list('element', node)}{shape}}}"
    for group in (*tree.others(parent), *tree.columns(parent)):
        yield f"{indent}{_own(names, group)}: {_group_text(group)} {{"
        yield f"{indent}  class: {_list(_kind(group), group)}"
        yield from _inside(tree, names, group.id, f"{indent}  ")
        yield f"{indent}}}"


def _own(names: dict[str, str], thing: Group | Node) -> str:
    return names[thing.id].rpartition(".")[2]


def _list(first: str, thing: Group | Node | Edge) -> str:
    return f"[{'; '.join((first, *classes(thing)))}]"


def _node_text(node: Node) -> str:
    lines = (signed(node.title, node.change), *node.detail, told(node.badges))
    return '"' + r"\n".join(filter(None, (_words(line, _WORD_CELLS) for line in lines))) + '"'


def _group_text(group: Group) -> str:
    words = filter(None, (signed(group.title, group.change), group.subtitle, told(group.badges)))
    return _text(" ".join(words), _TITLE_CELLS)


def _edge(edge: Edge, names: dict[str, str]) -> str:
    arrow = "<->" if edge.both else "->"
    label = _text(signed(edge.label, edge.change), _WORD_CELLS)
    return f"{names[edge.source]} {arrow} {names[edge.target]}: {label} {{class: {_list('flow', edge)}}}"


def _text(text: str, room: int) -> str:
    return f'"{_words(text, room)}"'


def _words(text: str, room: int) -> str:
    """Return a text for use in double quotes, where a backslash escapes and `${` would read a variable.

    It is broken into lines here, as D2 breaks none.
    """
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") for line in fold(text, room, 8))
    return r"\n".join(escaped)

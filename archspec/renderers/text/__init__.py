"""A view → boxes drawn in characters, for terminals, mails and code blocks; below them who talks to whom, in chains."""

from collections.abc import Iterator
from typing import Final

from archspec.errors import UsageError
from archspec.layout.cells import fold
from archspec.layout.tree import ROOT, Tree
from archspec.renderers.text.boxes import boxed, framed
from archspec.renderers.text.chains import chains
from archspec.renderers.text.marks import legend, marked
from archspec.views.view import Node, View

EXTENSION = "txt"
WIDTH: Final = 100
"""How many cells wide a drawing is, unless said otherwise."""

LEAST: Final = 40
MOST: Final = 240
_SENTENCE: Final = 12  # lines, of the fewest cells


def render(view: View, width: int = WIDTH) -> bytes:
    """Return the drawing, `width` cells wide at most; letters of East Asian scripts take two.

    Raises `UsageError` for a view that shows nothing, or for a width out of `LEAST` to `MOST`.
    """
    if not LEAST <= width <= MOST:
        raise UsageError(f"a drawing in characters is {LEAST} to {MOST} characters wide; {width} is not")
    if not (view.nodes or view.groups):
        raise UsageError(f"the view {view.name} shows nothing: the architecture has no elements for it")
    return "".join(f"{line.rstrip()}\n" for line in _lines(Tree(view), width)).encode("utf-8", "replace")


def _lines(tree: Tree, width: int) -> Iterator[str]:
    yield from fold(tree.view.title, width)
    yield ""
    yield from _placement(tree, width) if tree.view.layout == "placement" else _flow(tree, width)
    for sentence in (" ".join(legend(tree.view)), *tree.view.hidden):
        lines = fold(sentence, width, _SENTENCE)
        yield from ("", *lines) if lines else ()


def _placement(tree: Tree, width: int) -> Iterator[str]:
    yield from boxed(tree, ROOT, width)
    for group in tree.groups_in.get(ROOT, ()):
        yield from framed(tree, group, width)
    yield ""
    yield from chains(tree, width)


def _flow(tree: Tree, width: int) -> Iterator[str]:
    """Yield the chains first, as they are what such a view is about, then what stands in frames, then facts."""
    yield from chains(tree, width)
    for group in tree.groups_in.get(ROOT, ()):
        yield ""
        yield from framed(tree, group, width)
    connected = {end for edge in tree.view.edges for end in (edge.source, edge.target)}
    known = [node for node in tree.nodes_in.get(ROOT, ()) if _has_more(node) or node.id not in connected]
    if known:
        yield ""
    for node in known:
        facts = ": ".join(filter(None, (marked(node), ", ".join(node.detail))))
        for index, line in enumerate(fold(facts, width - 2, _SENTENCE)):
            yield f"  {line}" if index else line


def _has_more(node: Node) -> bool:
    return bool(node.detail or node.badges or node.change)

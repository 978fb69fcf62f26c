"""What the keys of a spec mean: the texts that stand below the fields in the code of the model."""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from archspec.model.element import Model


def meanings(model: type[Model]) -> Mapping[str, str]:
    """Return the fields of a model, with its bases', and what each of them means, as one paragraph."""
    found = {**_USUAL}
    for class_ in reversed(model.__mro__):
        if issubclass(class_, Model):
            found |= _classes(class_.__module__).get(class_.__name__, {})
    return found


_USUAL = {
    "note": "A remark for the reader.",
    "status": "Whether it is there today, or planned, disabled, removed or only recommended.",
    "vpc": "The VPC that it belongs to; may be left out where there is one.",
    "security_groups": "Its security groups.",
    "policy": "The statements of its own policy.",
}
"""What keys mean wherever nothing else is said below them."""


@cache
def _classes(module: str) -> Mapping[str, Mapping[str, str]]:
    """Return the texts below the fields of each class of a module. Python itself forgets them, so its code is read."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: dict(_described(node.body)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _described(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for statement, below in pairwise(body):
        match statement, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, " ".join(text.split())
            case _:
                pass

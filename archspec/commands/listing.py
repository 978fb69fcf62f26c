"""What `archspec query --names` prints: the names, keys and functions that an expression sees, from their shapes."""

from collections.abc import Iterator, Mapping, Sequence

from archspec.errors import UsageError
from archspec.expressions.checking import near
from archspec.expressions.functions import OF_VALUES, OVER_THE_GRAPH, Signature, known
from archspec.expressions.shapes import ANY, LIST, MAPPING, Shape
from archspec.graph.fact_shapes import of_claims


def names(name: str = "") -> str:
    """List what an expression sees, or what is in one of its names. Raises `UsageError` for a name that it has not."""
    variables = of_claims().variables
    if not name:
        return "".join(f"{line}\n" for line in _everything(variables))
    shape = _found(name, variables)
    each = shape.item or shape
    keys = each.has() if each.has else {}
    return "".join(f"{line}\n" for line in (f"{name}: {_spelt(shape)}", *_table(keys)))


def _found(name: str, variables: Mapping[str, Shape]) -> Shape:
    """Return the shape of a name, or of a key behind it: `databases.backups`."""
    keys, shape = variables, ANY
    for step in name.split("."):
        if step not in keys:
            raise UsageError(f"no expression sees '{step}'; {near(step, keys)}")
        shape = keys[step]
        has = (shape.item or shape).has
        keys = has() if has else {}
    return shape


def _everything(variables: Mapping[str, Shape]) -> Iterator[str]:
    tables = {name: shape for name, shape in variables.items() if shape.family == MAPPING}
    yield "elements by their ids, `databases.orders`, and each of them in `all`, `exists`, `filter`, `map`:"
    yield from _columns(list(tables))
    yield "sections of the spec:"
    yield from _table({name: shape for name, shape in variables.items() if name not in tables})
    yield "functions beside CEL's own:"
    for name in known():
        for way in (*OVER_THE_GRAPH.get(name, ()), *OF_VALUES.get(name, ())):
            yield f"  {signature(name, way)}"
    yield "the keys of one of them: archspec query --names databases, or databases.backups"


def signature(name: str, way: Signature) -> str:
    """Write one way to call a function: `reaches(text, text): true or false`."""
    answers = of_claims().answers.get(name, way.answers)
    return f"{name}({', '.join(map(_spelt, way.takes))}): {_spelt(answers)}"


def _columns(words: Sequence[str], columns: int = 4) -> Iterator[str]:
    width = max(map(len, words)) + 2
    for start in range(0, len(words), columns):
        yield "  " + "".join(word.ljust(width) for word in words[start : start + columns]).rstrip()


def _table(keys: Mapping[str, Shape]) -> Iterator[str]:
    width = max(map(len, keys), default=0)
    for key, shape in keys.items():
        yield f"  {key:<{width}}  {_spelt(shape)}"


def _spelt(shape: Shape) -> str:
    """Write what sort of value it is; a list with what is in it, a text that is one of few words with those."""
    family = shape.family.strip("'")
    if shape.words:
        return f"{family}: {', '.join(shape.words)}"
    if shape.item:
        inner = (
            "" if shape.item is ANY else f" of {_spelt(shape.item)}" if family == LIST else f": {_spelt(shape.item)}"
        )
        return f"{family}{inner}"
    return family

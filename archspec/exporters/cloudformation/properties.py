"""The body of a Terraform resource → the properties of the same resource in a template."""

from collections.abc import Iterator, Mapping
from typing import Any

from archspec.exporters.cloudformation.values import Names, key_of, text, written
from archspec.exporters.terraform import hcl
from archspec.resources.cloudformation import Form, spelling

_META = frozenset({"depends_on", "lifecycle", "provider"})
_Tree = dict[str, Any]


def properties(body: hcl.Body, form: Form, names: Names) -> _Tree:
    """Return the properties that a body is written as."""
    root: _Tree = {}
    held: _Tree = {} if form.within else root
    _fill(held, (body, ""), form, (names, root))
    if form.within:
        root[form.within.removesuffix("[]")] = [held] if form.within.endswith("[]") else held
    return root


def _fill(target: _Tree, given: tuple[hcl.Body, str], form: Form, at: tuple[Names, _Tree]) -> None:
    """Write the entries of a body, whose names begin with a prefix, into an object; `at` has the resource's own."""
    body, prefix = given
    for name, value in body.items():
        if value is not None and (prefix or name not in _META):
            path = f"{prefix}{name}"
            place = form.names.get(path, spelling(name))
            if not place and not isinstance(value, hcl.Block):
                continue
            own = at[1] if place.startswith("/") else target
            for inner in _written(value, path, form, at):
                if place:
                    _put(
                        own,
                        place.removeprefix("/"),
                        form.values.get(path, {}).get(inner, inner) if _is_plain(inner) else inner,
                    )


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int)


def _written(value: object, path: str, form: Form, at: tuple[Names, _Tree]) -> Iterator[Any]:
    match value:
        case hcl.Block():
            yield _object(value, path, form, at)
        case hcl.Repeated():
            yield [_object(one, path, form, at) for one in value.blocks]
        case Mapping() if path in {"tags", "dimensions"}:
            key = "Key" if path == "tags" else "Name"
            yield [{key: name, "Value": written(one, at[0])} for name, one in value.items()]
        case hcl.Json() if path == "container_definitions":
            yield _spelt(written(value, at[0]))
        case hcl.Json() if path in form.texts:
            yield text(written(value, at[0]))
        case _:
            yield written(value, at[0])


def _object(block: hcl.Block, path: str, form: Form, at: tuple[Names, _Tree]) -> _Tree:
    found: _Tree = {}
    # What stands "at the resource itself" stands at the item of a list of blocks.
    inner = (at[0], found) if form.names.get(path, "").endswith("[]") else at
    _fill(found, (block.body, f"{path}."), form, inner)
    return found


def _put(target: _Tree, place: str, value: Any) -> None:  # noqa: ANN401
    if place.startswith("@"):
        name, _, key = place[1:].partition(".")
        text = str(value).lower() if isinstance(value, bool | int) else value
        target.setdefault(name, []).append({"Key": key, "Value": text})
        return
    first, dot, rest = place.partition(".")
    name = first.removesuffix("[]").removesuffix("{}")
    if first.endswith("{}"):
        blocks = value if isinstance(value, list) else [value]
        target[name] = {key_of(one.get("Name", one.get("Key"))): one["Value"] for one in blocks}
    elif not dot:
        target[name] = _listed(target.get(name), value) if first.endswith("[]") else value
    elif first.endswith("[]"):
        inner: _Tree = {}
        _put(inner, rest, value)
        target.setdefault(name, []).append(inner)
    else:
        _put(target.setdefault(name, {}), rest, value)


def _listed(already: list[Any] | None, value: Any) -> list[Any]:  # noqa: ANN401
    return [*(already or []), *(value if isinstance(value, list) else [value])]


def _spelt(value: Any) -> Any:  # noqa: ANN401
    """Write the keys of a container definition with capitals; those of options and labels are data."""
    match value:
        case dict() if not any(key.startswith(("Fn::", "Ref")) for key in value):
            return {
                key[:1].upper() + key[1:]: one if key in {"options", "dockerLabels"} else _spelt(one)
                for key, one in value.items()
            }
        case list():
            return [_spelt(one) for one in value]
        case _:
            return value

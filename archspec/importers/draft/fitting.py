"""Pieces as the spec's model takes them: what it would refuse is left out, and said."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from ipaddress import ip_network
from typing import Any

from pydantic import ValidationError

from archspec.errors import KeyPath
from archspec.importers.draft import secret_stores
from archspec.importers.draft.naming import architecture_name, says
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.mistakes import short
from archspec.model.architecture import element_kinds
from archspec.model.element import INTERNET, Element, Reference, references, spell_kind, with_article
from archspec.resources.kinds import KINDS

_EMPTY: tuple[object, ...] = (None, "", [], {})


def fitted(given: Given, found: Iterable[Piece]) -> Iterator[Piece | Left]:
    """Yield the pieces without what is empty and without what the model refuses, with a guess for each of those.

    A piece whose kind needs what is then missing is left.
    """
    pieces, classes = [*found], element_kinds()
    stores = dict.fromkeys(secret_stores.stores(given).values(), "secret_store")
    kinds = {**_kinds(given), **stores, **{one.id: classes[one.home].kind for one in pieces}}
    name = architecture_name(given.inventory)
    for piece in pieces:
        data = _stated(piece.data, classes[piece.home])
        if says(piece.id, _bare(str(data.get("name", ""))), name):
            del data["name"]
        yield _fit(piece._replace(data=data), classes[piece.home], kinds)


def _bare(name: str) -> str:
    """Return a name without what AWS or the whole world ask of names of a kind: the account's number, for a bucket."""
    plain = name.strip("/").removeprefix("aws-waf-logs-").removesuffix(".fifo")
    return re.sub(r"-[0-9]{12}$", "", plain).replace("/", "-")


def _kinds(given: Given) -> dict[str, str]:
    by_type = {type_: kind for kind, types in KINDS.items() for type_ in types}
    resources = given.inventory.by_address
    found = ((id_, resources[address].type) for address, id_ in given.ids.items() if address in resources)
    return {id_: by_type[type_] for id_, type_ in found if type_ in by_type}


def _stated(data: Mapping[str, Any], model: type[Element]) -> dict[str, Any]:
    """Leave out what is empty, at every level, and what has a placeholder's braces where a spec reads one."""
    needed = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    needed |= {"egress"} & {
        name for name in model.model_fields if data.get(name) == []
    }  # nothing leaves: not AWS's default
    kept = {key: _inner(value) for key, value in data.items()}
    if "{" in str(kept.get("name", "")):
        kept["name"] = ""
    return {key: value for key, value in kept.items() if key in needed or value not in _EMPTY}


def _inner(value: object) -> object:
    if isinstance(value, Mapping):
        kept = {key: _inner(one) for key, one in value.items() if key != "derived"}
        # Conditions of a policy that are empty say that there are none.
        return {key: one for key, one in kept.items() if key == "conditions" or one not in _EMPTY}
    return [_inner(one) for one in value if one not in (None, "")] if isinstance(value, list) else value


def _fit(piece: Piece, model: type[Element], kinds: Mapping[str, str]) -> Piece | Left:
    data, left = piece.data, Counter[str]()
    while faults := _faults(piece.id, data, model, kinds):
        places = {_existing(data, path): why for path, why in faults}
        if () in places:
            return Left(
                piece.address, f"{with_article(spell_kind(model.kind))} needs what it does not say: {_needed(faults)}"
            )
        for place in sorted(places, key=_order, reverse=True):
            data = _without(data, place)
            left[f"`{_spelled(place)}` is left out: {places[place]}"] += 1
        data = _stated(data, model)
    said = [f"{guess}{f' ({number} times)' if number > 1 else ''}" for guess, number in sorted(left.items())]
    parts = {path: address for path, address in piece.parts.items() if _is_where_it_was(path, piece.data, data)}
    return piece._replace(data=data, guesses=(*piece.guesses, *said), parts=parts)


def _is_where_it_was(path: KeyPath, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether what stands at a path is still there, and no item of its list has gone."""
    was, is_ = before.get(str(path[0])), after.get(str(path[0]))
    return is_ is not None and (not isinstance(was, list) or len(was) == len(is_))


def _faults(
    id_: str, data: dict[str, Any], model: type[Element], kinds: Mapping[str, str]
) -> list[tuple[KeyPath, str]]:
    try:
        made = model.model_validate({**data, "id": id_})
    except ValidationError as error:
        return [(one["loc"], _reason(one["msg"])) for one in error.errors(include_url=False, include_context=False)]
    return [
        (one.path, f"'{short(one.id)}' is no {' or '.join(map(spell_kind, one.kinds)) or 'element'}")
        for one in references(made)
        if not _resolves(one, kinds)
    ]


def _resolves(reference: Reference, kinds: Mapping[str, str]) -> bool:
    """Whether a reference leads to an element of a kind that fits, to the internet or to a block of addresses."""
    kind = INTERNET if reference.id == INTERNET else kinds.get(reference.id, "")
    if not kind:
        return "cidr" in reference.kinds and "/" in reference.id and _is_block(reference.id)
    return not reference.kinds or kind in reference.kinds


def _is_block(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def _needed(faults: Sequence[tuple[KeyPath, str]]) -> str:
    return ", ".join(sorted({_spelled(path[:1]) for path, _ in faults}))


def _reason(message: str) -> str:
    return short(message[:1].lower() + message[1:])


def _existing(data: object, path: KeyPath) -> KeyPath:
    """Return as much of a path as leads to something: pydantic puts names of types into it, and what is missing."""
    for depth, step in enumerate(path):
        if isinstance(data, list):
            data = dict(enumerate(data))
        if not isinstance(data, dict) or step not in data:
            return path[:depth]
        data = data[step]
    return path


def _order(path: KeyPath) -> tuple[tuple[int, str], ...]:
    """Sort so that, backwards, what is inside something or behind it in a list goes first."""
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in path)


def _without(data: Any, path: KeyPath) -> Any:  # noqa: ANN401
    step, rest = path[0], path[1:]
    if isinstance(data, list):
        return [_without(one, rest) if i == step else one for i, one in enumerate(data) if i != step or rest]
    return {key: _without(one, rest) if key == step else one for key, one in data.items() if key != step or rest}


def _spelled(path: Sequence[str | int]) -> str:
    return short(".".join(str(step) for step in path if isinstance(step, str)))

"""The base of everything that stands in an architecture, and the small types that all areas share."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from archspec.errors import KeyPath

INTERNET = "internet"
"""The one element that every architecture has: everybody outside."""

Status = Literal["current", "planned", "disabled", "removed", "recommended"]
Network = IPv4Network | IPv6Network


class Model(BaseModel):
    """Typed, frozen, no unknown keys. Classes are built when first used: an unused area costs nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Element(Model):
    """A thing in the architecture, known by its id.

    `home` is where its kind stands in a spec: section and key. `attached` kinds have security groups and subnets.
    `derived` is archspec's reason for adding what no one stated, and cannot be written in a spec.
    """

    kind: ClassVar[str]
    home: ClassVar[tuple[str, str]]
    attached: ClassVar[bool] = False

    id: str
    title: str = ""
    """How people call it; left out, the id."""
    name: str = ""
    """What AWS calls it, where that is more than the id: a name, a pattern with variables (`{project}-alb`), an id of
    AWS's own.
    """
    note: str = ""
    """A remark for readers of the document."""
    owner: str = ""
    """The team that answers for it."""
    status: Status = "current"
    """Whether it is there today (`current`), or planned, disabled, removed or only recommended."""
    assumed: str = ""
    """The author's reason for stating what the sources of the spec do not say."""
    derived: str = ""
    tags: tuple[str, ...] = ()
    """Words of the author's own, to choose from in pictures and rules: `pci`, `team-payments`."""

    @property
    def label(self) -> str:
        """The title, or the id where no title is given."""
        return self.title or self.id

    @property
    def environment(self) -> str:
        """The environment that it stands in, as its id says: `staging/web`; nothing for what stands once."""
        return self.id.rpartition("/")[0]

    @property
    def path(self) -> KeyPath:
        """Where the element stands in its spec."""
        return (*self.home, self.id)


class Listed(Model):
    """A thing that stands in a list (a flow, a cost line, a claim): known by its position, which loading fills in."""

    home: ClassVar[str]

    index: int = 0

    @property
    def path(self) -> KeyPath:
        """Where it stands in its spec."""
        return (*self.home.split("."), self.index)


class Refers(NamedTuple):
    """Marks a field that holds ids, and says of which kinds; no kinds means any element."""

    kinds: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """An id that is written is not empty."""
        return core_schema.str_schema(min_length=1)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Say to editors and readers what kind of id is meant."""
        ids = [with_article(spell_kind(kind)) for kind in self.kinds or ("element",) if kind not in _NO_IDS]
        others = [_NO_IDS[kind] for kind in self.kinds if kind in _NO_IDS]
        return {**handler(schema), "description": ", ".join([f"id of {either(ids)}", *others])}


_NO_IDS = {"internet": "`internet`", "cidr": "a CIDR block"}
_KINDS = {
    "vpc": "VPC",
    "nat_gateway": "NAT gateway",
    "elastic_ip": "elastic IP",
    "nacl": "network ACL",
    "web_acl": "web ACL",
    "internet": "the internet",
    "cidr": "CIDR block",
}


def spell_kind(kind: str) -> str:
    """Write a kind of element in words: `security group`, `NAT gateway`."""
    return _KINDS.get(kind, kind.replace("_", " "))


def either(words: Iterable[str]) -> str:
    """Write what may be one of several: `a`, `a or b`, `a, b or c`."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} or {last}" if first else last


def with_article(noun: str) -> str:
    """Write a noun with its article: `a VPC`, `an endpoint`, `the internet`."""
    return noun if noun.startswith("the ") else f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


class Reference(NamedTuple):
    """An id found in a field: where it stands, relative to its holder, and which kinds may answer to it."""

    path: KeyPath
    id: str
    kinds: tuple[str, ...]


def references(holder: Model) -> Iterator[Reference]:
    """Yield every id that `holder` and the models inside it refer to, in the order of its fields."""
    for name, key, kinds in reference_plan(type(holder)):
        value = getattr(holder, name)
        if not value:
            continue
        if kinds is None:
            yield from _inner_references(key, value)
        elif isinstance(value, str):
            yield Reference((key,), value, kinds)
        else:
            yield from (Reference((key, i), item, kinds) for i, item in enumerate(value))


def _inner_references(key: str, value: Any) -> Iterator[Reference]:
    if isinstance(value, Model):
        yield from (Reference((key, *inner.path), inner.id, inner.kinds) for inner in references(value))
        return
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for step, item in items:
        yield from (Reference((key, step, *inner.path), inner.id, inner.kinds) for inner in references(item))


def inner_models(value: Any) -> Iterable["Model"]:
    """Return the models that a field holds: itself, the items of a list, or the values of a mapping."""
    # In this order, because asking whether something is a pydantic model is slow where it is not.
    if value.__class__ is tuple:
        return [item for item in value if item.__class__ is not str]
    return value.values() if value.__class__ is dict else (value,) if isinstance(value, Model) else ()


def refers_only_to(known: Mapping[str, str], holder: Model) -> bool:
    """Whether every id that `holder` refers to is in `known`, id → kind, with a kind that fits.

    Answers what `references` would, for the many holders in which nothing is wrong, without a path for each id.
    """
    held = holder.__dict__
    for name, _, kinds in reference_plan(type(holder)):
        value = held[name]
        if not value:
            continue
        if kinds is None:
            if not all(refers_only_to(known, item) for item in inner_models(value)):
                return False
        else:
            for id_ in (value,) if value.__class__ is str else value:
                kind = known.get(id_)
                if kind is None or (kinds and kind not in kinds):
                    return False
    return True


@cache
def id_fields(model: type[Model]) -> Mapping[str, tuple[str, ...]]:
    """Return the fields of a model that hold ids, not those of models inside it, with the kinds that may answer."""
    found: dict[str, tuple[str, ...]] = {}
    for name, field in model.model_fields.items():
        marks = (*field.metadata, *_marks(field.annotation))
        kinds = next((mark.kinds for mark in marks if isinstance(mark, Refers)), None)
        if kinds is not None:
            found[name] = kinds
    return found


@cache
def reference_plan(model: type[Model]) -> tuple[tuple[str, str, tuple[str, ...] | None], ...]:
    """List the fields that hold ids (name, key in a spec, kinds) and those that hold models which may (kinds None)."""
    plan: list[tuple[str, str, tuple[str, ...] | None]] = []
    own, inner = id_fields(model), inner_classes(model)
    for name, field in model.model_fields.items():
        key = field.alias or name
        if name in own:
            plan.append((name, key, own[name]))
        elif any(reference_plan(one) for one in inner.get(name, ())):
            plan.append((name, key, None))
    return tuple(plan)


def _marks(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from get_args(annotation)[1:]
    for argument in get_args(annotation):
        yield from _marks(argument)


@cache
def inner_classes(model: type[Model]) -> Mapping[str, tuple[type[Model], ...]]:
    """Return the fields of a model that hold other models, with the classes of those."""
    found = {name: tuple(models_in(field.annotation)) for name, field in model.model_fields.items()}
    return {name: classes for name, classes in found.items() if classes}


def models_in(annotation: Any) -> Iterator[type[Model]]:
    """Yield the model classes that a field's annotation names, at any depth of it."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)


def parse_network(value: object) -> Network:
    """Parse a CIDR block. Raises a pydantic error that shows the block without host bits."""
    if isinstance(value, IPv4Network | IPv6Network):
        return value
    if isinstance(value, str) and value.replace(".", "").isdigit() and "." in value:
        hint = f"{value} has no prefix length; write one such as {value}/16"
        raise PydanticCustomError("cidr", "expected a CIDR block: {hint}", {"hint": hint})
    try:
        return ip_network(str(value))
    except ValueError as error:
        hint = _without_host_bits(str(value)) or str(error)
        raise PydanticCustomError("cidr", "expected a CIDR block: {hint}", {"hint": hint}) from None


def is_block(text: str) -> bool:
    """Whether a peer is written as addresses (`10.0.0.0/16`); an id in an environment has a slash as well."""
    return "/" in text and ("." in text or ":" in text)


def _without_host_bits(text: str) -> str:
    try:
        return f"{text} has bits set beyond its prefix; write {ip_network(text, strict=False)}"
    except ValueError:
        return ""


def _refuse_other_spellings(value: object) -> object:
    """Refuse `4_000` and `80.0`: pydantic reads both as whole numbers, and a reader may not."""
    if isinstance(value, str) and not value.isdigit() and not value.removeprefix("-").isdigit():
        raise PydanticCustomError("int_written", "expected a whole number")
    return value


def _parse_switch(value: object) -> object:
    switch = _SWITCHES.get(value) if isinstance(value, str | bool) else None
    if switch is None:
        raise PydanticCustomError("switch", "expected true or false")
    return switch


def _parse_feature(value: object) -> object:
    feature = "planned" if value == "planned" else _SWITCHES.get(value) if isinstance(value, str | bool) else None
    if feature is None:
        raise PydanticCustomError("feature", "expected true, false or planned")
    return feature


_SWITCHES: dict[object, bool] = {"true": True, "false": False, True: True, False: False}

Cidr = Annotated[Network, BeforeValidator(parse_network), WithJsonSchema({"type": "string", "format": "cidr"})]
Switch = Annotated[bool, BeforeValidator(_parse_switch), WithJsonSchema({"type": "boolean"})]
Feature = Annotated[bool | Literal["planned"], BeforeValidator(_parse_feature),
                    WithJsonSchema({"enum": [True, False, "planned"]})]  # fmt: skip
"""On, off, or on some day: what is planned counts for nothing."""

ElementId = Annotated[str, Refers(())]
KeyId = Annotated[str, Refers(("key",))]
LogGroupId = Annotated[str, Refers(("log_group",))]
RoleId = Annotated[str, Refers(("role",))]
SecretId = Annotated[str, Refers(("secret", "secret_store"))]
VpcId = Annotated[str, Refers(("vpc",))]
SubnetId = Annotated[str, Refers(("subnet",))]
SecurityGroupId = Annotated[str, Refers(("security_group",))]
WholeNumber = Annotated[int, BeforeValidator(_refuse_other_spellings)]
PositiveInt = Annotated[WholeNumber, Field(gt=0)]

"""What an expression in a plan's configuration refers to: resources, also through the variables and outputs of modules.

A plan tells the names in an expression and not the expression: `module.net.ids`, `aws_subnet.private`, `each.key`.
It does not tell what a local value is; a reference ends there.
https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from archspec.importers.terraform.found import Found, called_now

_INDEX = r'(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?'
_RESOURCE = re.compile(rf"([a-z][\w-]*\.[\w-]+){_INDEX}(?:\.(\w+))?")
_OUTPUT = re.compile(rf"module\.([\w-]+){_INDEX}\.([\w-]+){_INDEX}")
_STEP = re.compile(rf"module\.([\w-]+){_INDEX}\.")
_OWN_KEY = ("count.index", "each.key", "each.value")
_NOT_RESOURCES = ("each.", "count.", "local.", "data.", "path.", "terraform.", "self.", "module.", "var.")
_MOST = 1000
"""How many resources one expression may refer to; a plan that is made to say more is cut there."""


class End(NamedTuple):
    """A resource that an expression refers to, the key of that instance, and the attribute where one is named."""

    address: str
    type: str
    key: str
    attribute: str


class Scope(NamedTuple):
    """A module where it is called: its configuration, its instance's prefix and key, and who calls it with what."""

    prefix: str
    module: Mapping[str, Any]
    name: str = ""
    key: str = ""
    call: Mapping[str, Any] = {}
    caller: "Scope | None" = None


class Reader(NamedTuple):
    """Who refers: the key of a resource's or module's instance, and what its `for_each` or `count` refers to."""

    scope: Scope
    key: str = ""
    each: Sequence[str] = ()


@dataclass(frozen=True)
class References:
    """Finds the resources that expressions refer to."""

    scopes: Mapping[str, Scope]
    modules: Mapping[tuple[str, str], Sequence[Scope]]
    keys: Mapping[str, Mapping[str, None]]
    known: dict[tuple[str, str], tuple[End, ...]] = field(default_factory=dict)

    def ends(self, names: Sequence[str], reader: Reader) -> tuple[End, ...]:
        """Return what the names in an expression lead to, each once.

        Where a name means all instances of a resource and the key of the reader's own instance is used beside it,
        the instance of that key is meant.
        """
        own = reader.key if any(name.startswith(_OWN_KEY) for name in names) else ""
        each = (end for name in _longest(names) for end in self._of(name, reader, own))
        found = tuple(dict.fromkeys(islice(each, _MOST)))
        picked = tuple(end for end in found if end.key == own)
        return picked if own and picked else found

    def _of(self, name: str, reader: Reader, own: str) -> tuple[End, ...]:
        if name.startswith("var."):
            return self._variable(name.split(".")[1].partition("[")[0], reader.scope)
        if name.startswith("module."):
            return self._output(name, reader.scope)
        if name.startswith("each.value"):
            attribute = name.split(".")[2] if name.count(".") > 1 else ""
            ends = self.ends(reader.each, Reader(reader.scope)) if reader.each else ()
            return tuple(end._replace(attribute=attribute) for end in ends if end.key == reader.key)
        return () if name.startswith(_NOT_RESOURCES) else tuple(self._resource(name, reader.scope, own))

    def _resource(self, name: str, scope: Scope, own: str) -> Iterator[End]:
        match = _RESOURCE.match(name)
        if match is None:
            return
        base = f"{scope.prefix}{match[1]}"
        keys = self.keys.get(base, {})
        one = match[2] or (own if own in keys else None)
        for key in keys if one is None else (one,) if one in keys else ():
            yield End(f"{base}{key}", called_now(match[1].partition(".")[0]), key, match[3] or "")

    def _variable(self, name: str, scope: Scope) -> tuple[End, ...]:
        caller = scope.caller
        if caller is None:
            return ()
        if (scope.prefix, name) not in self.known:
            self.known[scope.prefix, name] = ()  # a variable that leads to itself leads nowhere
            reader = Reader(caller, scope.key, names_in(mapping(scope.call.get("for_each_expression"))))
            argument = mapping(mapping(scope.call.get("expressions")).get(name))
            self.known[scope.prefix, name] = self.ends(names_in(argument), reader)
        return self.known[scope.prefix, name]

    def _output(self, name: str, scope: Scope) -> tuple[End, ...]:
        match = _OUTPUT.match(name)
        if match is None:
            return ()
        inner = self.modules.get((scope.prefix, match[1]), ())
        found = tuple(end for one in inner if match[2] in {None, one.key} for end in self._given(match[3], one))
        picked = tuple(end for end in found if end.key == match[4])
        return picked if match[4] and picked else found

    def _given(self, output: str, scope: Scope) -> tuple[End, ...]:
        place = (scope.prefix, f"output {output}")
        if place not in self.known:
            self.known[place] = ()
            expression = mapping(mapping(mapping(scope.module.get("outputs")).get(output)).get("expression"))
            self.known[place] = self.ends(names_in(expression), Reader(scope))
        return self.known[place]


def references(configuration: Mapping[str, Any], resources: Sequence[Found]) -> References:
    """Return what finds the ends of the expressions in a configuration among the resources of its plan."""
    keys: dict[str, dict[str, None]] = {}
    scopes = {"": Scope("", mapping(configuration.get("root_module")))}
    for one in resources:
        keys.setdefault(f"{one.prefix}{one.type}.{one.name}", {})[one.key] = None
    for prefix in sorted({one.prefix for one in resources}):
        _enter(prefix, scopes)
    modules: dict[tuple[str, str], list[Scope]] = {}
    for scope in scopes.values():
        if scope.caller is not None:
            modules.setdefault((scope.caller.prefix, scope.name), []).append(scope)
    return References(scopes, modules, keys)


def _enter(prefix: str, scopes: dict[str, Scope]) -> None:
    """Add the scope of a module's instance and of all that it stands in."""
    scope = scopes[""]
    for step in _STEP.finditer(prefix):
        name = prefix[: step.end()]
        if name not in scopes:
            call = mapping(mapping(scope.module.get("module_calls")).get(step[1]))
            scopes[name] = Scope(name, mapping(call.get("module")), step[1], step[2] or "", call, scope)
        scope = scopes[name]


def mapping(value: object) -> Mapping[str, Any]:
    """Return an object of the configuration, or an empty one: a configuration only completes what is planned."""
    return value if isinstance(value, dict) else {}


def names_in(expression: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names that an expression uses."""
    names = expression.get("references")
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def _longest(names: Sequence[str]) -> Iterator[str]:
    """Yield the names without those that only begin another: `aws_vpc.main` after `aws_vpc.main.id`."""
    last = ""
    for name in names:
        if not last.startswith((f"{name}.", f"{name}[")):
            yield name
            last = name

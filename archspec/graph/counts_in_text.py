"""What a text counts, `2 NAT gateways` or `~10 tasks`, and how many of it the architecture has."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.model.data import Cache, Database, Store
from archspec.model.edge import WebAcl
from archspec.model.element import Element
from archspec.model.network import Endpoint
from archspec.model.quantity import Count


class Stated(NamedTuple):
    """A number in a text, whether it is an approximate one, and what it counts, in the singular."""

    number: Decimal
    approximate: bool
    noun: str

    def __str__(self) -> str:
        noun = re.sub(r"(?<![aeiou])y$", "ie", self.noun) + "s" if self.number != 1 else self.noun
        return f"{self.number} {_ACRONYM.sub(lambda found: found[0].upper(), noun)}"


class Counted(NamedTuple):
    """How many there are: one number, or from one to another where it depends on what is counted."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"

    def holds(self, stated: Decimal, *, approximate: bool) -> bool:
        """Whether a stated number is one of these; an approximate one may be a tenth off."""
        slack = stated / 10 if approximate else Decimal(0)
        return self.low - slack <= stated <= self.high + slack


_NUMBER = re.compile(
    r"(?<![\w.,$/×–-])(?P<about>~)?\s*(?P<number>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?![0-9.,%])"
    r"\s*(?:× *)?(?P<words>[A-Za-z]+(?: [A-Za-z]+){0,2})"
)
_ACRONYM = re.compile(r"\b(?:nat|alb|nlb|acl|vpc)(?=s?\b)")
_PLAIN = frozenset({
    "aws", "amazon", "ecs", "fargate", "rds", "aurora", "db", "database", "elasticache", "cache", "redis", "valkey",
    "vpc", "interface", "application", "alb", "web", "waf", "kms", "cloudwatch", "sqs", "sns", "s3", "cloudfront",
})  # fmt: skip
"""Words before a noun that leave out none of what it counts; `3 managed rules` may be some of five."""
_ENDS = frozenset({"per", "of", "in", "for", "with", "and", "to", "on", "by", "at", "each", "a"})


def counts(text: str) -> Iterator[Stated]:
    """Yield the numbers of a text that count something known. `5 services × 2 tasks` are ten tasks."""
    found = [
        Stated(Decimal(shape["number"].replace(",", "")), bool(shape["about"]), noun)
        for shape in _NUMBER.finditer(text)
        if (noun := known_noun(shape["words"]))
    ]
    services = next((one.number for one in found if one.noun == "service"), Decimal(1))
    for one in found:
        each = services if one.noun == "task" and re.search(r"services? *×", text) else Decimal(1)
        yield one._replace(number=one.number * each)


def known_noun(words: str) -> str:
    """Return what a phrase counts, in the singular: its last one or two words; nothing where that is unknown."""
    phrase: list[str] = []
    for word in words.lower().split():
        if word in _ENDS:
            break
        phrase.append(word)
    for length in (2, 1):
        noun = _singular(" ".join(phrase[-length:]))
        if noun in NOUNS and _PLAIN.issuperset(phrase[:-length]):
            return noun
    return ""


def _singular(noun: str) -> str:
    return re.sub(r"ies$", "y", noun) if noun.endswith("ies") else noun.removesuffix("s")


Counter = Callable[[Graph, Sequence[Element]], "Counted | None"]


def _of(*kinds: str) -> Counter:
    def count(_: Graph, elements: Sequence[Element]) -> Counted | None:
        found = [one for one in elements if one.kind in kinds]
        return Counted(len(found), len(found)) if found else None

    return count


def _tasks(_: Graph, elements: Sequence[Element]) -> Counted | None:
    services = [one for one in elements if isinstance(one, Service)]
    wanted = sum(one.desired for one in services)
    return Counted(wanted, wanted) if services else None


def _endpoints(_: Graph, elements: Sequence[Element]) -> Counted | None:
    found = [one for one in elements if isinstance(one, Endpoint) and one.type == "interface"]
    return Counted(len(found), len(found)) if found else None


def _rules(_: Graph, elements: Sequence[Element]) -> Counted | None:
    found = [len(one.rules) for one in elements if isinstance(one, WebAcl)]
    return Counted(sum(found), sum(found)) if found and all(found) else None


def _members(*types: type[Store]) -> Counter:
    """Count instances or nodes: a standby may be counted or not; of a cluster that names none nobody knows how many."""

    def count(_: Graph, elements: Sequence[Element]) -> Counted | None:
        stores = [one for one in elements if isinstance(one, types)]
        if not stores or any(not one.instances and (one.multi_az or "aurora" in one.engine) for one in stores):
            return None
        least = sum(max(1, sum(member.role != "standby" for member in one.members)) for one in _rds(stores) or stores)
        return Counted(least, sum(max(1, len(one.members)) for one in stores))

    return count


def _rds(stores: Sequence[Store]) -> list[Store]:
    """Leave out DocumentDB, whose instances people count or not when they speak of RDS."""
    return [one for one in stores if one.engine != "docdb"]


NOUNS: Mapping[str, Counter] = {
    "task": _tasks,
    "service": _of("service"),
    "microservice": _of("service"),
    "gateway": _of("nat_gateway"),
    "nat gateway": _of("nat_gateway"),
    "nat": _of("nat_gateway"),
    "endpoint": _endpoints,
    "load balancer": _of("load_balancer"),
    "alb": _of("load_balancer"),
    "nlb": _of("load_balancer"),
    "target group": _of("target_group"),
    "security group": _of("security_group"),
    "instance": _members(Database),
    "node": _members(Cache),
    "proxy": _of("proxy"),
    "key": _of("key"),
    "secret": _of("secret"),
    "alarm": _of("alarm"),
    "dashboard": _of("dashboard"),
    "pipeline": _of("pipeline"),
    "acl": _of("web_acl"),
    "rule": _rules,
    "queue": _of("queue"),
    "topic": _of("topic"),
    "bucket": _of("bucket"),
    "distribution": _of("distribution"),
    "hosted zone": _of("zone"),
    "vpc": _of("vpc"),
    "subnet": _of("subnet"),
}
"""Noun → how many of it are among elements; nothing where none of them is one, or where it is not stated how many."""


def units(quantity: Count) -> Decimal | None:
    """Return a quantity of hours without them: `730 hrs × 4` are 4; nothing where no hours are named."""
    factors = re.split(r"[×*]", quantity.text)
    hours = [one for one in factors if re.search(r"[0-9]\s*(?:hrs?|hours?|h)\b", one, re.IGNORECASE)]
    each = Count.parse(hours[0].strip()).high if len(hours) == 1 else Decimal(0)
    return quantity.high / each if each else None

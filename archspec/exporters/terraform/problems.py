"""Why one of a kind cannot be exported: what AWS, or Terraform's provider, would refuse of it."""

import re
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network
from typing import cast

from archspec.exporters.terraform import docdb
from archspec.exporters.terraform.dns_names import spelled
from archspec.model.architecture import is_region
from archspec.model.data import Cache, Database
from archspec.model.element import Element
from archspec.model.network import Namespace, Subnet, Vpc
from archspec.model.security import Certificate

Problem = Callable[[Element], str]

_VERSION = re.compile(r"\d+(\.[0-9a-z_]+)*")
_CACHE_VERSION = re.compile(r"[2-5]\.\d+\.\d+|([6-9]|[1-9]\d)(\.(\d+|x))*")
"""Redis counts patches before 6. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html"""

_MEMCACHED_VERSION = re.compile(r"\d+\.\d+\.\d+")
_MOST_CAPACITY = 256
"""https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html"""


def problem(element: Element) -> str:
    """Return why an element cannot be exported, or nothing."""
    ask = _PROBLEMS.get(element.kind)
    return ask(element) if ask else ""


def _only_ipv4(element: Element) -> str:
    return "" if isinstance(cast("Vpc | Subnet", element).cidr, IPv4Network) else "only IPv4 ranges are exported"


def _certificate(element: Element) -> str:
    region = cast("Certificate", element).region
    return f"'{region}' is no AWS Region" if region and not is_region(region) else ""


def _database(element: Element) -> str:
    database = cast("Database", element)
    if database.engine_version and not _VERSION.fullmatch(database.engine_version):
        return f"{database.engine} has no version '{database.engine_version}'"
    if database.capacity and max(database.capacity.min.high, database.capacity.max.high) > _MOST_CAPACITY:
        return f"Aurora has at most {_MOST_CAPACITY} units of capacity"
    return docdb.problem(database)


def _cache(element: Element) -> str:
    cache = cast("Cache", element)
    known = _MEMCACHED_VERSION if cache.engine == "memcached" and cache.class_ else _CACHE_VERSION
    known = _VERSION if cache.engine == "memcached" and not cache.class_ else known
    if cache.engine_version and not known.fullmatch(cache.engine_version):
        return f"{cache.engine} has no version '{cache.engine_version}'"
    return ""


def _namespace(element: Element) -> str:
    domain = cast("Namespace", element).domain
    return "" if spelled(domain) else f"'{domain}' is no domain name"


_PROBLEMS: Mapping[str, Problem] = {
    "cache": _cache,
    "certificate": _certificate,
    "database": _database,
    "namespace": _namespace,
    "subnet": _only_ipv4,
    "vpc": _only_ipv4,
}
"""Kind of element → what asks for the reason."""

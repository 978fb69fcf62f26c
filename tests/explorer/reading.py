"""What the tests of the page share: a system that has one of everything, and what stands in a page, read back."""

import json
import re
import struct
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from archspec import api, explorer
from archspec.explorer.repeats import Folded
from archspec.views.view import View
from tests.sample import HEADER, TODAY

ROOT = Path(__file__).parents[2]
SPECS = ("apexai-crm", "ecs-production", "event-planner", "pge", "z360", "examples/hello")

SHOP = f"""{HEADER}title: A shop
network:
  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}
  subnets:
    public-a: {{az: us-east-1a, tier: public, cidr: 10.0.0.0/24}}
    public-b: {{az: us-east-1b, tier: public, cidr: 10.0.1.0/24}}
    data-a: {{az: us-east-1a, tier: data, cidr: 10.0.2.0/24}}
    data-b: {{az: us-east-1b, tier: data, cidr: 10.0.3.0/24}}
  internet_gateways: {{igw: {{}}}}
  security_groups:
    alb-sg: {{ingress: [{{from: internet, port: 443}}]}}
    web-sg: {{ingress: [{{from: alb-sg, port: 8080}}]}}
    db-sg: {{ingress: [{{from: web-sg, port: 5432}}]}}
    cache-sg: {{}}
  load_balancers:
    alb: {{title: Entry, subnets: [public-a, public-b], security_groups: [alb-sg],
      listeners: [{{port: 443, protocol: HTTPS, forward: web}}]}}
compute:
  clusters: {{ecs: {{}}}}
  services:
    web: {{title: Web shop, cluster: ecs, port: 8080, cpu: 256, memory: 512, desired: 2, subnets: [public-a, public-b],
      security_groups: [web-sg], tags: [money], owner: shop}}
    jobs: {{cluster: ecs, port: 9090, cpu: 256, memory: 512, subnets: [public-a], security_groups: [web-sg]}}
data:
  databases:
    db: {{title: Orders, engine: postgres, class: db.t4g.small, subnets: [data-a, data-b], security_groups: [db-sg],
      backups: {{every: 1 day, retention: 7 days}}}}
  caches:
    cache: {{engine: redis, class: cache.t4g.micro, subnets: [data-a], security_groups: [cache-sg]}}
    later: {{engine: redis, status: planned, subnets: [data-b], security_groups: [cache-sg]}}
flows:
  - internet -> alb: 443 HTTPS
  - alb -> web: 8080 HTTP
  - web -> db: 5432 PostgreSQL
  - ecs -> cache: 6379 Redis
must_reach: [{{web -> db: 5432}}]
"""


@dataclass(frozen=True, eq=False)
class Made:
    """A system, what the rules say of it, and its pictures."""

    system: api.System
    checked: Any
    views: tuple[View, ...]

    @property
    def page(self) -> bytes:
        """The page, made once."""
        return _page(self)


@cache
def _page(one: Made) -> bytes:
    """Return the page as for a spec in `specs`."""
    links = explorer.Links(f"specs/{one.system.architecture.name}.yaml", "../../docs/rules")
    return explorer.page(one.system.graph, one.checked, one.system.source.locate, one.views, links)


def made(system: api.System) -> Made:
    return Made(system, api.check(system), api.views(system))


def shop(text: str = SHOP) -> Made:
    return made(api.parse(text, "shop.yaml", TODAY))


@cache
def real(name: str) -> Made:
    return made(api.load(ROOT / "specs" / f"{name}.yaml", TODAY))


def told(page: bytes) -> dict[str, Any]:
    """Return the data of a page."""
    facts: dict[str, Any] = json.loads(texts(page)[0])
    return facts


def texts(page: bytes) -> list[str]:
    """Return what the page unfolds: its data, and a drawing for each view."""
    block = re.search(r'<script type="application/json" id="content">(.*?)</script>', page.decode(), re.DOTALL)
    assert block
    return unfold(json.loads(block[1]))


def unfold(folded: Folded) -> list[str]:
    """Return the texts again, as the page's script does."""
    whole, found = "", []
    for parts in folded:
        start = len(whole)
        for position in range(0, len(parts), 3):
            new, *copy = parts[position : position + 3]
            assert isinstance(new, str)
            whole += new
            if copy:
                place, length = (int(number) for number in copy)
                whole += whole[place : place + length]
        found.append(whole[start:])
    return found


def pixels(png: bytes) -> list[tuple[int, int, int]]:
    """Return the colours of a picture with eight bits a channel, as browsers write them, row by row."""
    (width, height), kind = struct.unpack(">II", png[16:24]), png[25]
    size = {2: 3, 6: 4}[kind]
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        data += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    raw, row, found = zlib.decompress(data), bytearray(width * size), []
    for start in range(0, height * (width * size + 1), width * size + 1):
        row = _row(raw[start], raw[start + 1 : start + 1 + width * size], row, size)
        found += [(row[i], row[i + 1], row[i + 2]) for i in range(0, len(row), size)]
    return found


def _row(filtered: int, line: bytes, above: bytearray, size: int) -> bytearray:
    """Undo a row's filter, https://www.w3.org/TR/png-3/#9Filters."""
    row = bytearray(line)
    for i in range(len(row)):
        left, corner = (row[i - size], above[i - size]) if i >= size else (0, 0)
        row[i] = (
            row[i] + (0, left, above[i], (left + above[i]) // 2, _nearest(left, above[i], corner))[filtered]
        ) % 256
    return row


def _nearest(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))

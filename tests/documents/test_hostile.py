"""Text from a spec does nothing but show: every text of a spec is hostile here."""

import datetime
import re
from itertools import pairwise
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from archspec import api
from archspec.documents import Picture, markdown
from archspec.documents.sections import SECTIONS

EVIL = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- x", "x -->", "a | b | c", "`code` ``` ~~~",
    "[x](javascript:alert(1))", "![x](https://evil.example/x.png)", "# heading", "## heading ##", "* a *b* **c**",
    "_a_ __b__", "- item", "+ item", "1. item", "1) item", "> quote", "---", "===", "]]>", "a\\", "a\\|b", "\\",
    "line\n\n# next", "line\n| a | b |", "<https://evil.example>", "https://evil.example", "www.evil.example",
    "[x]: https://evil.example", "[^1]", "&lt;script&gt;", "$x$ $$y$$", "~~gone~~", "{{ 7 * 7 }}", "{% raw %}",
    "```\n# out", '"]; click a "javascript:alert(1)"', "%%{init: {}}%%", "\u202eabc", "<details><summary>",
]  # fmt: skip
OURS = re.compile(r'<a id="[\w-]+">|</a>|<code>|</code>')
PARSER = MarkdownIt("gfm-like", {"linkify": False, "html": True})

SPEC = """archspec: 1
name: hostile
title: {evil}
subtitle: {evil}
description: {evil}
region: us-east-1
account: {evil}
network:
  vpcs: {{main: {{title: {evil}, name: {named}, note: {evil}, cidr: 10.0.0.0/16}}}}
  subnets:
    a: {{title: {evil}, name: {named}, note: {evil}, az: us-east-1a, tier: public, cidr: 10.0.0.0/24}}
    b: {{az: us-east-1b, tier: data, cidr: 10.0.1.0/24, title: {evil}}}
  nat_gateways: {{nat: {{title: {evil}, subnet: a, note: {evil}, assumed: {evil}}}}}
  elastic_ips: {{ip: {{gateway: nat, note: {evil}}}}}
  endpoints: {{s3: {{service: {evil}, type: gateway}}}}
  namespaces: {{ns: {{domain: {evil}, note: {evil}}}}}
  nacls: {{nacl: {{subnets: [a], name: {named}, note: {evil}, ingress: [{{number: 1, note: {evil}}}]}}}}
  route_tables: {{rt: {{subnets: [a], name: {named}, note: {evil}}}}}
  security_groups:
    lb-sg: {{title: {evil}, name: {named}, note: {evil}, ingress: [{{from: internet, port: 443, note: {evil}}}]}}
    sg: {{title: {evil}, ingress: [{{from: lb-sg, port: 80, note: {evil}}}], egress: [{{to: internet, note: {evil}}}]}}
  target_groups: {{tg: {{target: api, port: 80, name: {named}, note: {evil}, health_check: {evil}}}}}
  load_balancers: {{lb: {{title: {evil}, name: {named}, note: {evil}, domain: {evil}, subnets: [a],
    security_groups: [lb-sg],
    listeners: [{{port: 443, protocol: HTTPS, rules: [{{path: {evil}, forward: api}}]}}]}}}}
compute:
  clusters: {{ecs: {{title: {evil}, name: {named}, note: {evil}, capacity_providers: [{evil}, {evil}]}}, other: {{}}}}
  services: {{api: {{title: {evil}, image: {evil}, health_check: {evil}, cluster: ecs, port: 80, cpu: 256, memory: 512,
    subnets: [a], security_groups: [sg], load_balancer: lb, name: {named}, note: {evil}, platform: {evil},
    health_command: {evil}, domain: {evil}, execution_role: role, secrets: [secret], log_group: log,
    deployment: {{note: {evil}}}, scaling: {{min: 1, max: 2, schedules: [{{at: {evil}, name: {evil}, note: {evil}}}],
    policies: [{{metric: {evil}, target: {figure}, name: {evil}, note: {evil}}}]}}}}}}
data:
  databases: {{db: {{title: {evil}, note: {evil}, engine: postgres, engine_version: {evil}, class: db.t3.medium,
    storage: {evil}, subnets: [b], security_groups: [sg], instances: [
    {{role: primary, az: us-east-1a, name: {evil}, note: {evil}}}, {{role: standby, az: us-east-1b, status: planned}}],
    name: {named}, domain: {evil}, maintenance_window: {evil}, logs: [{evil}, {evil}], pool: {{library: {evil}}},
    backups: {{every: 1 day, window: {evil}, manual: {evil}}}, indexes: [{{on: [{evil}], note: {evil}}}]}}}}
  caches: {{cache: {{engine: redis, subnets: [b], security_groups: [sg], rebuild_from: db, note: {evil},
    keys: [{{pattern: {evil}, strategy: {evil}, dropped_on: {evil}}}]}}}}
  proxies: {{proxy: {{target: db, subnets: [b], security_groups: [sg], note: {evil}, pool: {{library: {evil}}}}}}}
security:
  roles: {{role: {{title: {evil}}}}}
  secrets: {{secret: {{title: {evil}}}}}
  certificates: {{cert: {{title: {evil}, domain: {evil}, region: {evil}, assumed: {evil}}}}}
observability:
  log_groups: {{log: {{title: {evil}}}}}
  monitors: {{cw: {{title: {evil}, note: {evil}, metrics: [{evil}, b], watches: [api]}}}}
  alarms: {{alarm: {{title: {evil}, metric: {evil}, threshold: "> 5", watches: [api], action: {evil}}}}}
messaging:
  topics: {{topic: {{title: {evil}, note: {evil}, assumed: {evil}, events: [{evil}, {evil}], tags: [{evil}, {evil}],
    publishers: [api], subscribers: [{{protocol: email, to: {evil}, note: {evil}}}]}}}}
delivery:
  builds: {{build: {{title: {evil}, spec: {evil}, variables: {{A: {evil}, B: {evil}}}}}}}
  pipelines: {{pipeline: {{title: {evil}, trigger: {evil},
    stages: [{{name: {evil}, uses: [build], does: [{evil}, {evil}], note: {evil}}}, {{name: b}}]}}}}
external: {{systems: {{system: {{title: {evil}, provider: {evil}}}}}}}
flows:
  - {{from: internet, to: lb, port: 443, protocol: {evil}, note: {evil}}}
  - {{from: db, to: api, port: 81, protocol: {evil}, note: {evil}}}
recovery:
  objectives: {{rto: 1 hour, rpo: 5 minutes}}
  failover: [{{subject: db, does: {evil}}}]
  targets: [{{component: {evil}, rto: 1 hour, note: {evil}}}]
  strategy: {evil}
  region: {evil}
  region_holds: [{{what: {evil}, holds: [{evil}, {evil}]}}]
  steps: [{{does: {evil}, takes: 1 hour, group: {evil}, note: {evil}}}, {{does: b, takes: 1 hour, group: {evil}}}]
  copies: [{{what: {evil}, method: {evil}, every: {evil}, retention: {evil}}}]
  drills: [{{every: {evil}, title: {evil}, does: [{evil}, {evil}]}}]
cost:
  lines: [{{resource: {evil}, configuration: {evil}, amount: $5, note: {evil}, group: {evil}, daily: $1,
    unit_price: {price}, quantity: 5}}, {{resource: b, amount: $6}}]
  groups: [{{name: {evil}, title: {evil}, subtotal: $1, share: 1%}}]
  total: $7
  environments: [{{environment: {evil}, note: {evil},
    lines: [{{resource: {evil}, configuration: {evil}, amount: $1}}]}}]
  savings: [{{does: {evil}, horizon: {evil}, saves: $1, status: {evil}}}]
  saving_totals: [{{horizon: {evil}, monthly: $2}}, {{horizon: {evil} (2), monthly: $2}}]
  periods: [{{period: {evil}, amount: $1, scenario: {evil}, note: {evil}}}]
journeys:
  - title: {evil}
    note: {evil}
    status: planned
    steps: [{{api -> db: {evil}}}, {{db: {evil}, details: [{evil}, {evil}]}}, {evil} (2)]
operations:
  limits: [{{resource: {evil}, limit: 5, used: 4, act_at: 3, note: {evil}}}]
  windows: [{{subject: db, at: {evil}, note: {evil}}}]
  decisions: [{{decides: {evil}, because: [{evil}, {evil}], about: [db]}}]
variables: {{project: {{value: {evil}, note: {evil}}}}}
environments:
  beta: {{title: {evil}, status: planned, purpose: {evil}, domain: {evil}, traffic: {evil}, note: {evil},
    compute: {{services: {{api: {{image: {evil} (2)}}}}}}}}
claims:
  - {{says: {evil}, about: db, assert: size(services) == 2}}
  - {{says: {evil} (2), assert: {evil}}}
  - {{says: {evil}, topic: {evil}}}
  - {{says: {evil}, topic: {evil} (2)}}
waivers: [{{rule: {evil}, subject: {evil}, reason: {evil}, owner: {evil}, expires: 2027-01-01}}]
document:
  sections:
    - {{title: {evil}, text: {paragraph}, items: [{evil}], steps: [{evil}],
       table: {{columns: [{evil}, b], rows: [[{evil}, {evil}]]}}, claims: {evil}, code: {{language: sh, text: {evil}}},
       sections: [{{title: {evil}, text: {paragraph}, code: {{text: {evil} (2)}}}}]}}
"""
NAMES = tuple(SECTIONS)
WORDS = ("CIC004", "DEP014", "DEP019", "DEP062")
"""Rules that judge what a text says: an image's tag, a version, a name. What they find differs with the text."""


def _quoted(text: str) -> str:
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\u202e", "\\u202e")
    return f'"{inner}"'


def _document(text: str, *, drawn: bool) -> str:
    other, paragraph = _quoted(f"{text} (2)"), _quoted(text.replace("\n\n", "\n"))
    values = {
        "evil": _quoted(text),
        "other": other,
        "paragraph": paragraph,
        "named": _quoted(text.replace("{", "(").replace("}", ")")),  # in a name, braces are placeholders
        "price": _quoted(f"$1/{text}"),
        "figure": _quoted(f"85 %{text.split(chr(10), maxsplit=1)[0]}"),
    }
    spec = SPEC.replace("{evil} (2)", "{other}").format(**values)
    spec += "".join(f"    - {{section: {name}}}\n" for name in NAMES)
    system = api.parse(spec, "evil-->.yaml", datetime.date(2026, 11, 20))
    pictures = [Picture("security-groups", text, f"{text}.svg", text)] if drawn else []
    return markdown.render(system.graph, api.check(system, ignore=WORDS), f"{text}.yaml", pictures, "../rules")


def _tokens(tokens: list[Token]) -> list[Token]:
    return [inner for token in tokens for inner in (token, *_tokens(token.children or []))]


def _shape(document: str) -> list[Any]:
    """Return what the document is made of, whatever its words are."""
    kept = [token for token in _tokens(PARSER.parse(document)) if token.type not in {"text", "text_special"}]
    return [(token.type, token.tag) for token in kept if token.type not in {"inline", "code_inline", "html_inline"}]


@pytest.mark.parametrize("drawn", [True, False])
@pytest.mark.parametrize("text", EVIL)
def test_a_hostile_text_changes_nothing_in_the_shape_of_the_document(text: str, drawn: bool) -> None:
    assert _shape(_document(text, drawn=drawn)) == _shape(_document("plain", drawn=drawn))


@pytest.mark.parametrize("text", EVIL)
def test_html_and_links_in_the_document_are_ours(text: str) -> None:
    tokens = _tokens(PARSER.parse(_document(text, drawn=True)))
    blocks = [token.content for token in tokens if token.type == "html_block"]
    assert [block.startswith("<!-- Generated by archspec") and block.count("-->") == 1 for block in blocks] == [True]
    assert [one.content for one in tokens if one.type == "html_inline" and not OURS.fullmatch(one.content)] == []
    targets = [str(token.attrGet("href")) for token in tokens if token.type == "link_open"]
    assert [target for target in targets if not target.startswith(("#", "../rules/"))] == []


@pytest.mark.parametrize("text", EVIL)
def test_every_row_of_a_table_has_as_many_cells_as_its_head(text: str) -> None:
    lines = _document(text, drawn=False).splitlines()
    bars = [len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0 for line in lines]
    assert [pair for pair in pairwise(bars) if all(pair) and pair[0] != pair[1]] == []


def test_a_template_in_a_text_is_not_run() -> None:
    assert "49" not in _document("{{ 7 * 7 }}", drawn=False)

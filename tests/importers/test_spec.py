import copy
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec import api
from archspec.errors import Problem, SpecError
from archspec.importers import spec

STEADY = settings(derandomize=True, database=None, deadline=None, max_examples=250)
ROOT = Path(__file__).parents[2]
PRODUCTION = (ROOT / "specs" / "ecs-production.yaml").read_text(encoding="utf-8")

HEADER = "archspec: 1\nname: sample\nregion: us-east-1\n"
NETWORK = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {inner: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
"""
SERVICE = NETWORK + "compute: {services: {web: {subnets: [inner], security_groups: [sg]}}}\n"
START = "start with `archspec: 1`; `archspec init` writes a first spec"
WEB = "compute: {services: {web: {subnets: [inner], security_groups: [sg], %s}}}"
STORE = "data: {databases: {db: {engine: postgres, subnets: [inner], security_groups: [sg], %s}}}"
VPC = "network: {vpcs: {main: {%s}}}"
PEER = "network: {vpcs: {main: {cidr: 10.0.0.0/16}}, security_groups: {sg: {ingress: [{%s}]}}}"


def said(text: str) -> list[str]:
    """What loading says, in the order of its lines, without the file."""
    with pytest.raises(SpecError) as caught:
        spec.parse(HEADER + text, "a.yaml")
    return [f"{one.location.line}:{one.location.column}: {one.message}; {one.hint}" for one in caught.value.problems]


def said_of_last_line(text: str) -> list[str]:
    last = (HEADER + text).count("\n") + 1
    return [line.removeprefix(f"{last}:").partition(": ")[2] for line in said(text) if line.startswith(f"{last}:")]


@pytest.mark.parametrize(
    "text",
    ['{"format_version": "1.2", "planned_values": {}}', '{"version": 4, "terraform_version": "1"}', "Resources: {}"],
)
def test_a_plan_a_state_or_a_template_is_told_to_be_none(text: str) -> None:
    with pytest.raises(SpecError) as caught:
        spec.parse(text, "a.json")
    assert [(one.message, one.hint) for one in caught.value.problems] == [
        (
            "is no spec, but what Terraform or CloudFormation has",
            "draft a spec from it with `archspec import`, and use that",
        )
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("netwrok: {}", ["4:1: unknown key 'netwrok'; did you mean 'network'?"]),
        ("network: {subnet: {}}", ["4:11: unknown key 'subnet' in network; did you mean 'subnets'?"]),
        (
            "network: {vpcs: {main: {cird: 10.0.0.0/16}}}",
            [
                "4:18: the key 'cidr' is missing in network.vpcs.main; add `cidr:`",
                "4:25: unknown key 'cird' in network.vpcs.main; did you mean 'cidr'?",
            ],
        ),
        (
            "network: {vpcs: {vpcs: {cidr: 10.0.0.0/16, x: 1}}}",
            [
                (
                    "4:44: unknown key 'x' in network.vpcs.vpcs; expected one of: "
                    "assumed, cidr, dns_hostnames, dns_support, ipv6_cidr, name, note, owner, secondary_cidrs, status, "
                    "tags, title"
                ),
            ],
        ),
        (
            "network: {security_groups: {ingress: {x: 1}}}",
            [
                (
                    "4:39: unknown key 'x' in network.security_groups.ingress; expected one of: "
                    "assumed, egress, ingress, name, note, owner, status, tags, title, vpc"
                ),
            ],
        ),
        (
            "network: {security_groups: {sg: {ingress: [{port: 1}]}}}",
            [
                "4:44: the key 'from' is missing in network.security_groups.sg.ingress, item 1; add `from:`",
            ],
        ),
        (
            "cost: {lines: [{resource: x, amonut: $5}]}",
            [
                "4:16: the key 'amount' is missing in cost.lines, item 1; add `amount:`",
                "4:30: unknown key 'amonut' in cost.lines, item 1; did you mean 'amount'?",
            ],
        ),
        (
            "network: {vpcs: {main: {cidr: 10.0.0.0/16, id: x, derived: y}}}",
            [
                "4:44: unknown key 'id'; remove it; archspec fills it in",
                "4:51: unknown key 'derived'; remove it; archspec fills it in",
            ],
        ),
        ("claims: [{says: x, index: 1}]", ["4:20: unknown key 'index'; remove it; archspec fills it in"]),
        (
            "recovery: {failover: [{subject: internet, does: x, index: 1}]}",
            [
                "4:52: unknown key 'index'; remove it; archspec fills it in",
            ],
        ),
    ],
)
def test_an_unknown_or_a_missing_key_is_told_where_it_stands(text: str, found: list[str]) -> None:
    assert said(text) == found


def test_what_only_archspec_derives_cannot_be_written_into_a_listener() -> None:
    rules = "rules: [{path: /, forward: web, derived: y}]"
    balancer = f"load_balancers: {{alb: {{subnets: [], listeners: [{{port: 1, protocol: TCP, derived: x, {rules}}}]}}}}"

    assert said(SERVICE.replace("  subnets", f"  {balancer}\n  subnets")) == [
        "6:76: unknown key 'derived'; remove it; archspec fills it in",
        "6:120: unknown key 'derived'; remove it; archspec fills it in",
    ]


def test_what_only_archspec_derives_cannot_be_written_into_anything_inside_an_element() -> None:
    group = 'security_groups: {sg: {ingress: [{from: internet, "\\x64erived": y}], tags: [derived]}}'

    assert said(f"network: {{{group}}}") == ["4:61: unknown key 'derived'; remove it; archspec fills it in"]


def test_an_element_may_be_called_derived() -> None:
    loaded = spec.parse(HEADER + "network: {vpcs: {derived: {cidr: 10.0.0.0/16}}}")

    assert list(loaded.architecture.network.vpcs) == ["derived"]


def test_a_part_of_a_spec_is_told_from_a_spec_that_lacks_its_version() -> None:
    with pytest.raises(SpecError) as caught:
        spec.parse("name: a\nregion: us-east-1\nnetwork: {vpcs: {main: {cidr: 10.0.0.0/16}}}")

    assert [(one.message, one.hint) for one in caught.value.problems] == [
        (
            "the key 'archspec' is missing",
            "add `archspec: 1`; or, where this is a part of a spec, lint the spec that includes it",
        )
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title: {a: b}", "'title' is text, not a mapping; "),
        ("title: [a]", "'title' is text, not a list; "),
        ("title:", "'title' is left empty; write a value, or remove the key"),
        ("network:", "'network' is left empty; write a value, or remove the key"),
        ("network: []", "'network' holds keys, not a list; write `network: {vpcs: …}`"),
        ("network: vpc", "'network' holds keys, not 'vpc'; write `network: {vpcs: …}`"),
        ("network: {vpcs: }", "'vpcs' is left empty; write a value, or remove the key"),
        (
            "network: {vpcs: [main]}",
            "'vpcs' holds elements by their ids, not a list; write `vpcs: {first-id: {cidr: …}}`",
        ),
        (
            "network: {vpcs: {main: 10.0.0.0/16}}",
            "'main' holds keys, not '10.0.0.0/16'; write `main: {cidr: 10.0.0.0/16}`",
        ),
        ("network: {vpcs: {main: [a]}}", "'main' holds keys, not a list; write `main: {cidr: …}`"),
        ("network: {vpcs: {main: }}", "the key 'cidr' is missing in network.vpcs.main; add `cidr:`"),
        ("include: a.yaml", "'include' is a list, not 'a.yaml'; write `include: [a.yaml]`"),
        ("include: [~]", "item 1 of 'include' is left empty; write a value, or remove the item"),
        ("include: [{a: b}]", "item 1 of 'include' is text, not a mapping; "),
        (
            "stage: prod",
            (
                "'prod' is not a value of 'stage'; expected 'production', 'staging' or 'development'; "
                "did you mean 'production'?"
            ),
        ),
        (
            "stage: [production]",
            "a list is not a value of 'stage'; expected 'production', 'staging' or 'development'; ",
        ),
        ("flows: {a -> b: 1}", "'flows' is a list, not a mapping; write `flows: [{a -> b: 1}]`"),
        ("flows: [~]", "item 1 of 'flows' is left empty; write a value, or remove the item"),
        ("claims: [all is well]", "item 1 of 'claims' holds keys, not 'all is well'; write `- {says: all is well}`"),
        (
            "network: {security_groups: {sg: {ingress: {from: internet, port: 443}}}}",
            "'ingress' is a list, not a mapping; write `ingress: [{from: internet, port: 443}]`",
        ),
        (
            "network: {security_groups: {sg: {ingress: internet}}}",
            "'ingress' is a list, not 'internet'; write `ingress: [{from: internet}]`",
        ),
        (
            "network: {subnets: {a: 10.0.1.0/24}}",
            "'a' holds keys, not '10.0.1.0/24'; write `a: {az: …, tier: …, cidr: 10.0.1.0/24}`",
        ),
        (
            "document: {sections: [overview]}",
            "item 1 of 'sections' holds keys, not 'overview'; write `- {section: overview}`",
        ),
        ("cost: {total: 5}", "'total': expected an amount in dollars such as ~$150 or $75-95; found '5'; "),
        ("cost: {total: [5]}", "'total': expected an amount in dollars such as ~$150 or $75-95; found a list; "),
        (
            "recovery: {objectives: {rto: 5}}",
            "'rto': expected a duration such as 5 minutes, < 1 hour or 30 days; found '5'; ",
        ),
        (
            "recovery: {objectives: {rto: fast}}",
            "'rto': expected a duration such as 5 minutes, < 1 hour or 30 days; found 'fast'; ",
        ),
        ("waivers: [{rule: A, subject: b, expires: soon}]", "'expires' is a date such as 2027-03-31, not 'soon'; "),
        (
            "waivers: [{rule: A, subject: b, expires: 2027-02-30}]",
            "'expires' is a date such as 2027-03-31, not '2027-02-30'; ",
        ),
        ("waivers: [{rule: A, subject: b, expires: 2027}]", "'expires' is a date such as 2027-03-31, not '2027'; "),
        (
            "observability: {monitors: {m: {collects: [log]}}}",
            "'log' is not a value of 'collects'; expected 'logs', 'metrics' or 'traces'; did you mean 'logs'?",
        ),
    ],
)
def test_a_value_of_the_wrong_type_is_told_with_the_right_one(text: str, found: str) -> None:
    assert said_of_last_line(text) == [found]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("port: yes", "'port' is a whole number, not 'yes'; write the number: 443 for HTTPS, 80 for HTTP"),
        ("port: 0x1F", "'port' is a whole number, not '0x1F'; write the number: 443 for HTTPS, 80 for HTTP"),
        ("port: 1e3", "'port' is a whole number, not '1e3'; write the number: 443 for HTTPS, 80 for HTTP"),
        ("port: 22:22", "'port' is a whole number, not '22:22'; write the number: 443 for HTTPS, 80 for HTTP"),
        ("port: 80-90", "'port' is a whole number, not '80-90'; write the number: 443 for HTTPS, 80 for HTTP"),
        ("port: [80]", "'port' is a whole number, not a list; write the number: 443 for HTTPS, 80 for HTTP"),
        (
            f"port: {'9' * 5000}",
            f"'port' is a whole number, not '{'9' * 59}…'; write the number: 443 for HTTPS, 80 for HTTP",
        ),
        ("desired: 4_000", "'desired' is a whole number, not '4_000'; "),
        ("desired: 80.0", "'desired' is a whole number, not '80.0'; "),
        ("desired: +2", "'desired' is a whole number, not '+2'; "),
        (
            "cpu: 0.5",
            "'cpu' is a whole number, not '0.5'; it is in CPU units: 1024 is one vCPU, 512 is half of one",
        ),
        ("memory: 1.3KB", "'memory': expected a whole number of MiB such as 512, or 512 MB, or 1 GB; found '1.3KB'; "),
        ("memory: 0", "'memory': expected a whole number of MiB such as 512, or 512 MB, or 1 GB; found '0'; "),
        (
            "memory: 0.0001 GB",
            "'memory': expected a whole number of MiB such as 512, or 512 MB, or 1 GB; found '0.0001 GB'; ",
        ),
        ("transport: UDP", "'UDP' is not a value of 'transport'; expected 'tcp' or 'udp'; did you mean 'udp'?"),
        ("port: -1", "'port' is at least 0, not '-1'; "),
        ("port: 70000", "'port' is at most 65535, not '70000'; "),
        ("cpu: 0", "'cpu' is more than 0, not '0'; "),
        ("desired: ", "'desired' is left empty; write a value, or remove the key"),
        ("public_ip: yes", "'public_ip' is true or false, not 'yes'; did you mean 'true'?"),
        ("public_ip: off", "'public_ip' is true or false, not 'off'; did you mean 'false'?"),
        ("public_ip: True", "'public_ip' is true or false, not 'True'; did you mean 'true'?"),
        ("public_ip: 1", "'public_ip' is true or false, not '1'; "),
        ("public_ip: {}", "'public_ip' is true or false, not a mapping; "),
        (
            "status: plannd",
            (
                "'plannd' is not a value of 'status'; expected 'current', 'planned', 'disabled', 'removed' or "
                "'recommended'; did you mean 'planned'?"
            ),
        ),
        (
            "launch: FARGATE",
            "'FARGATE' is not a value of 'launch'; expected 'fargate' or 'ec2'; did you mean 'fargate'?",
        ),
        ("tags: blue", "'tags' is a list, not 'blue'; write `tags: [blue]`"),
        ("tags: [a, ~]", "item 2 of 'tags' is left empty; write a value, or remove the item"),
        ("tags: [{a: b}]", "item 1 of 'tags' is text, not a mapping; "),
    ],
)
def test_a_value_that_does_not_fit_an_element_is_told(keys: str, found: str) -> None:
    assert said_of_last_line(NETWORK + WEB % keys) == [found]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("cidr: ten", "'cidr' is a CIDR block such as 10.0.0.0/16, not 'ten'; "),
        ("cidr: 10.0.0/16", "'cidr' is a CIDR block such as 10.0.0.0/16, not '10.0.0/16'; "),
        ("cidr: 10.0.0.0/33", "'cidr' is a CIDR block such as 10.0.0.0/16, not '10.0.0.0/33'; "),
        ("cidr: 10.0.0.1/16", "'cidr': 10.0.0.1/16 has bits set beyond its prefix; write 10.0.0.0/16"),
        ("cidr: [10.0.0.0/16]", "'cidr' is a CIDR block such as 10.0.0.0/16, not a list; "),
        ("cidr: ", "'cidr' is left empty; write a value, or remove the key"),
    ],
)
def test_a_block_of_addresses_that_is_none_is_told(keys: str, found: str) -> None:
    assert said_of_last_line(VPC % keys) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "network: {vpcs: {Main: {cidr: 10.0.0.0/16}}}",
            ["4:18: the id 'Main' is not kebab-case; write small letters, digits and single hyphens: main"],
        ),
        (
            "network: {vpcs: {myVpc_2: {cidr: 10.0.0.0/16}}}",
            ["4:18: the id 'myVpc_2' is not kebab-case; write small letters, digits and single hyphens: my-vpc-2"],
        ),
        (
            "network: {vpcs: {'': {cidr: 10.0.0.0/16}}}",
            ["4:18: the id '' is not kebab-case; write small letters, digits and single hyphens"],
        ),
        (
            "network: {vpcs: {internet: {cidr: 10.0.0.0/16}}}",
            ["4:18: the id 'internet' is taken: it means everybody outside; choose another id"],
        ),
        (
            "network: {security_groups: {x: {}}}\ncompute: {clusters: {x: }}",
            [
                (
                    "5:22: the id 'x' is already used at a.yaml:4:29; choose another: ids are unique in an "
                    "architecture, also across kinds"
                ),
            ],
        ),
    ],
)
def test_an_id_that_cannot_stand_is_told(text: str, found: list[str]) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (WEB.replace("[inner]", "[innr]") % "", ["no subnet is called 'innr'; did you mean 'inner'?"]),
        (
            WEB.replace("[inner]", "[x, y]") % "",
            ["no subnet is called 'x'; there are: inner", "no subnet is called 'y'; there are: inner"],
        ),
        (WEB.replace("[inner]", "[5]") % "", ["no subnet is called '5'; there are: inner"]),
        (WEB.replace("[inner]", "[sg]") % "", ["'sg' is a security group; expected a subnet; there are: inner"]),
        (WEB % "cluster: ecs", ["no cluster is called 'ecs'; declare a cluster with this id"]),
        (WEB % "cluster: main", ["'main' is a VPC; expected a cluster; declare a cluster with this id"]),
        (WEB % "load_balancer: alb", ["no load balancer is called 'alb'; declare a load balancer with this id"]),
        (STORE % "rebuild_from: sg", ["'sg' is a security group; expected a database or a cache; there are: db"]),
        (
            "flows: [{from: intrenet, to: mian, port: 1}]",
            [
                "no element is called 'intrenet'; did you mean 'internet'?",
                "no element is called 'mian'; did you mean 'main'?",
            ],
        ),
        ("flows: [internet -> a -> sg: 1]", ["'a -> sg' is not one id; write one flow for each `->`"]),
        ("claims: [{says: x, about: mian}]", ["no element is called 'mian'; did you mean 'main'?"]),
        (
            "cost: {lines: [{resource: x, amount: $5, covers: [sg, gs]}]}",
            ["no element is called 'gs'; did you mean 'sg'?"],
        ),
        ("recovery: {failover: [{subject: mian, does: x}]}", ["no element is called 'mian'; did you mean 'main'?"]),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_with_what_may_be_meant(text: str, found: list[str]) -> None:
    assert said_of_last_line(NETWORK + text) == found


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("from: gs", "no security group, prefix list, the internet or CIDR block is called 'gs'; did you mean 'sg'?"),
        (
            "from: main",
            (
                "'main' is a VPC; expected a security group, a prefix list, the internet or a CIDR block; "
                "there are: internet, sg"
            ),
        ),
        ("from: 10.0.0.1/8", "'10.0.0.1/8' is not a CIDR block: it has bits set beyond its prefix; write 10.0.0.0/8"),
        ("from: 10.0.0.1", "'10.0.0.1' is not a CIDR block: it has no prefix length; write 10.0.0.1/32"),
        ("from: fe80::1", "'fe80::1' is not a CIDR block: it has no prefix length; write fe80::1/128"),
        ("from: 10.0.0.0/99", "'10.0.0.0/99' is not a CIDR block: it is no range of addresses; "),
        ("from: ", "'from' is left empty; write a value, or remove the key"),
        ("from: internet, port: 90-80", "'port': expected a range that grows: 80-90, not 90-80; "),
        ("from: internet, port: 70000", "'port': expected ports from 0 to 65535, not 70000; "),
        (
            "from: internet, port: http",
            "'port': expected a port such as 443, a range such as 4000-4003, or all, not 'http'; ",
        ),
    ],
)
def test_a_peer_of_a_security_group_that_is_none_is_told(keys: str, found: str) -> None:
    assert said_of_last_line(PEER % keys) == [found]


@pytest.mark.parametrize(
    ("flow", "found"),
    [
        (
            "internet -> web",
            "item 1 of 'flows' is not a flow: 'internet -> web'; write it as `- internet -> api: 443 HTTPS`",
        ),
        (
            "internet -> web: HTTPS",
            "item 1 of 'flows' names no port after `->`; write it as `- internet -> api: 443 HTTPS`",
        ),
        ("internet -> web:", "item 1 of 'flows' names no port after `->`; write it as `- internet -> api: 443 HTTPS`"),
        (
            "internet -> web: 443 HTTPS (",
            "item 1 of 'flows' names no port after `->`; write it as `- internet -> api: 443 HTTPS`",
        ),
        ("[a]", "item 1 of 'flows' is not a flow: a list; write it as `- internet -> api: 443 HTTPS`"),
        (
            "{internet -> web: 443 HTTPS, statsu: planned}",
            "unknown key 'statsu' in flows, item 1; did you mean 'status'?",
        ),
        (
            "{internet -> web: 443 A, web -> internet: 80 B}",
            "a second '->' stands in the same flow: 'web -> internet'; write a flow for each",
        ),
        ("internet -> web: 70000 HTTPS", "'port': expected ports from 0 to 65535, not 70000; "),
    ],
)
def test_a_flow_that_is_none_is_told(flow: str, found: str) -> None:
    assert said_of_last_line(f"{SERVICE}flows:\n  - {flow}") == [found]


@pytest.mark.parametrize("arrow", ["→", "<-", "=>"])
def test_another_arrow_than_that_of_a_flow_is_told(arrow: str) -> None:
    assert said(f"{SERVICE}flows:\n  - internet {arrow} web: 443 HTTPS\n") == [
        f"10:5: 'internet {arrow} web' is not a flow; write it as `- internet -> api: 443 HTTPS`"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", f"1:1: is empty; {START}"),
        ("# only\n# comments\n", f"1:1: is empty; {START}"),
        (
            "hello",
            f"1:1: is not a spec: expected keys such as name and network; {START}",
        ),
        (
            "- a",
            f"1:1: is not a spec: expected keys such as name and network; {START}",
        ),
        ("archspec: 2\nname: a\nregion: us-east-1", "1:1: '2' is not a value of 'archspec'; expected '1'; "),
        (
            "archspec: 1\nname: My App\nregion: us-east-1",
            "2:1: 'My App' does not fit 'name'; write small letters, digits and single hyphens: my-app",
        ),
    ],
)
def test_a_text_that_is_no_spec_is_told(text: str, found: str) -> None:
    with pytest.raises(SpecError) as caught:
        spec.parse(text)
    assert [
        f"{one.location.line}:{one.location.column}: {one.message}; {one.hint}" for one in caught.value.problems
    ] == [found]


@pytest.mark.parametrize(
    "keys",
    ["port: ~", "port: null", "port: ", "title: no", "image: 1.10", "image: 0x1F", "title: '~'", "health_check: 22:22"],
)
def test_a_value_that_other_readers_of_yaml_change_is_taken_as_written(keys: str) -> None:
    key, _, value = keys.partition(": ")
    wanted = None if key == "port" else value.strip("'")

    loaded = spec.parse(HEADER + NETWORK + WEB % keys)

    assert getattr(loaded.architecture.compute.services["web"], key) == wanted


def test_an_element_left_empty_states_nothing() -> None:
    assert dict(spec.parse(f"{HEADER}compute:\n  clusters:\n    ecs:\n").architecture.compute.clusters["ecs"]) == {
        "id": "ecs",
        "title": "",
        "name": "",
        "note": "",
        "owner": "",
        "status": "current",
        "assumed": "",
        "derived": "",
        "tags": (),
        "capacity_providers": (),
        "container_insights": None,
    }


def test_problems_beyond_the_first_thousand_are_counted() -> None:
    vpcs = "".join(f"    v{i}: {{cidr: 10.0.0.0/16, x: 1}}\n" for i in range(1500))

    assert said(f"network:\n  vpcs:\n{vpcs}")[-1] == "1005:31: … and 500 more problems; mend these, then load it again"


def test_references_that_lead_nowhere_are_told_quickly_in_a_large_spec() -> None:
    groups = "".join(f"    sg-{i}: {{ingress: [{{from: gs-{i}}}]}}\n" for i in range(1000))

    assert said(f"network:\n  security_groups:\n{groups}")[0] == (
        "6:23: no security group, prefix list, the internet or CIDR block is called 'gs-0'; did you mean 'sg-0'?"
    )


Tree: TypeAlias = Any
"""What YAML holds."""


def steps(tree: Tree, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path into a tree."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [found for key, item in items for found in [(*path, key), *steps(item, (*path, key))]]


TREE = yaml.load(PRODUCTION, Loader=yaml.BaseLoader)  # noqa: S506  the loader that reads everything as text
PATHS = steps(TREE)
ODD: list[Tree] = [
    "",
    None,
    [],
    {},
    ["x"],
    [None],
    [[]],
    {"a": "b"},
    {"a": {}},
    "x",
    "-1",
    "9" * 5000,
    "internet",
    "api",
    "10.0.0.1/8",
    "a\0b",
    "\x1b[31m",
    "é😀",
    "->",
    "a -> b",
    "~$5",
    "*",
    "[",
    "null",
    "1e3",
    "2027-01-01",
]
CHARS = "[]{}:,-&*!|>'\"%@`#?~<\t\n \r\\\u2028é😀\0 a1"
changes = st.tuples(
    st.sampled_from(PATHS),
    st.sampled_from(["drop", "set", "rename", "move"]),
    st.sampled_from(ODD),
    st.sampled_from(PATHS),
)
edits = st.tuples(st.integers(0, len(PRODUCTION) - 1), st.integers(0, 30), st.text(CHARS, max_size=4))


def load_or_be_told(text: str) -> None:
    """Load, or be refused with places in the text; whatever else happens fails the test."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    problems: tuple[Problem, ...] = ()
    try:
        api.parse(text, "a.yaml")
    except SpecError as error:
        problems = error.problems
    told = [(one.location.file, one.location.text, bool(one.message)) for one in problems]
    assert told == [("a.yaml", lines[one.location.line - 1], True) for one in problems]


@given(st.lists(edits, min_size=1, max_size=3))
@STEADY
def test_a_spec_with_characters_changed_loads_or_is_told(made: list[tuple[int, int, str]]) -> None:
    text = PRODUCTION
    for start, length, put in made:
        text = text[:start] + put + text[start + length :]
    load_or_be_told(text)


@given(st.lists(changes, min_size=1, max_size=3), st.booleans())
@STEADY
def test_a_spec_with_keys_and_values_changed_loads_or_is_told(made: list[tuple[Any, ...]], flow: bool) -> None:
    tree = copy.deepcopy(TREE)
    for path, how, odd, other in made:
        change(tree, path, how, odd if how == "set" else other)
    load_or_be_told(
        yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow or None, sort_keys=False, width=2000)
    )


def change(tree: Tree, path: tuple[Any, ...], how: str, what: Tree) -> None:
    """Change a tree at a path, where the path still leads somewhere."""
    holder = tree
    for step in path[:-1]:
        if not _has(holder, step):
            return
        holder = holder[step]
    if not _has(holder, path[-1]):
        return
    value = holder[path[-1]]
    match how:
        case "drop":
            del holder[path[-1]]
        case "rename" if isinstance(holder, dict):
            holder[str(what[-1])] = holder.pop(path[-1])
        case "move" if isinstance(holder, dict):
            tree[str(what[0])] = copy.deepcopy(value)
        case _:
            holder[path[-1]] = copy.deepcopy(what if how == "set" else value)


def _has(holder: Tree, step: str | int) -> bool:
    return (
        step in holder
        if isinstance(holder, dict)
        else isinstance(holder, list) and isinstance(step, int) and step < len(holder)
    )


@pytest.mark.parametrize("path", sorted((ROOT / "specs").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_committed_specs_load(path: Path) -> None:
    assert spec.load(path).architecture.name == path.stem

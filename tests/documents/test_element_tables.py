"""Elements of a kind that nobody has written a layout for, told from their model alone."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Annotated, ClassVar, Literal, NamedTuple

import pytest
from pydantic import Field

from archspec import api
from archspec.documents import element_tables, headings, markdown, page
from archspec.documents.cells import semicolons
from archspec.documents.element_tables import Table, also_stated, describe, inventory, section_tables
from archspec.documents.groups import GROUPS, LAID_OUT
from archspec.documents.markup import Markdown, slug
from archspec.documents.page import Page
from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture, element_kinds
from archspec.model.delivery import DeliveryArea
from archspec.model.element import Cidr, Element, ElementId, Feature, Model, Refers, Switch
from archspec.model.ports import Ports
from archspec.model.quantity import Count, Duration, Money
from tests.sample import HEADER, TODAY

TEXT = """\
network:
  vpcs: {main: {title: VPC, cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services: {api: {title: API, desired: 2, port: 80, subnets: [a], security_groups: [sg]}}
data:
  databases: {db: {engine: postgres, subnets: [a], security_groups: [sg]}}
"""


class Place(Model):
    az: str
    count: int = 1


class Step(Model):
    name: str
    uses: tuple[ElementId, ...] = ()
    does: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    derived: str = ""
    note: str = ""


class Limits(Model):
    min: int | None = None
    max: int | None = None
    only: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


class Gadget(Element):
    """What somebody might add next."""

    kind: ClassVar[str] = "vpc_gadget"
    home: ClassVar[tuple[str, str]] = ("delivery", "vpc_gadgets")

    from_: Annotated[str, Refers(("service",))] = Field("", alias="from")
    watches: tuple[ElementId, ...] = ()
    level: Literal["low", "high"] = "low"
    max_receives: int | None = None
    price: Money | None = None
    keeps: Count | None = None
    retention: Duration | None = None
    tls: Switch | None = None
    fifo: Switch = False
    replication: Feature | None = None
    pattern: str = ""
    owner: str = ""
    events: tuple[str, ...] = ()
    cidrs: tuple[Cidr, ...] = ()
    port: Ports = ()
    variables: dict[str, str] = Field(default_factory=dict)
    backups: Limits | None = None
    kms_key_arn: str = ""
    steps: tuple[Step, ...] = ()


class WithGadgets(DeliveryArea):
    vpc_gadgets: dict[str, Gadget] = Field(default_factory=dict)


class Plain(NamedTuple):
    """A table as text: its title, its headings (those of figures with a colon), its rows."""

    title: str
    headings: list[str]
    rows: list[list[str]]


def plain(table: Table) -> Plain:
    named = [f"{column.heading}:" if column.right else column.heading for column in table.columns]
    return Plain(table.title, named, [[str(cell) for cell in row] for row in table.rows])


def made(*gadgets: Gadget, shown: frozenset[str] = frozenset({"network", "services", "supporting-services"})) -> Page:
    """Return the page of a small system with these gadgets."""
    known = api.parse(HEADER + TEXT, "sample.yaml", TODAY)
    area = WithGadgets(vpc_gadgets={one.id: one for one in gadgets})
    whole = Architecture.model_construct(**{**dict(known.architecture), "delivery": area})
    return dataclasses.replace(markdown.page(Graph(whole, TODAY), api.check(known)), shown=shown)


def gadget(id_: str, values: Mapping[str, object]) -> Gadget:
    return Gadget.model_validate({"id": id_, **values})


def described(*gadgets: Gadget) -> list[Plain]:
    return [plain(table) for table in describe(made(*gadgets), gadgets)]


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "HOMES", page.homes([*element_kinds().values(), Gadget]))


@pytest.mark.parametrize(
    ("key", "value", "heading", "cell"),
    [
        ("from", "api", "From", "[API](#api)"),
        ("watches", ["api", "db", "internet"], "Watches", "[API](#api), db, Internet"),
        ("level", "high", "Level", "high"),
        ("max_receives", 3, "Max receives:", "3"),
        ("price", "~$150", "Price:", "~$150"),
        ("keeps", "~10", "Keeps:", "~10"),
        ("retention", "30 days", "Retention", "30 days"),
        ("tls", False, "TLS", "no"),
        ("fifo", True, "FIFO", "yes"),
        ("replication", "planned", "Replication", "planned"),
        ("pattern", "a|*", "Pattern", r"<code>a\|\*</code>"),
        ("owner", "*us*", "Owner", r"\*us\*"),
        ("events", ["made", "paid"], "Events", "made; paid"),
        ("events", ["&lt", "&lt"], "Events", r"\&lt; &lt"),
        ("cidrs", ["10.0.0.0/8", "::/0"], "CIDRs", "`10.0.0.0/8`, `::/0`"),
        ("port", "80, 4000-4003", "Port", "80, 4000-4003"),
        ("variables", {"A_B": "x", "C": "*"}, "Variables", r"A_B: x; C: \*"),
        ("backups", {"min": 1, "only": ["a", "b"]}, "Backups", "min 1, only (a, b)"),
        ("kms_key_arn", "x", "KMS key ARN", "x"),
        ("name", "{project}-x", "Name", "`{project}-x`"),
        ("tags", ["a", "b"], "Tags", "a; b"),
        ("note", "so *be* it", "Note", r"so \*be\* it"),
        ("assumed", "who knows", "Note", "assumed: who knows"),
    ],
)
def test_a_value_is_told_by_its_type(key: str, value: object, heading: str, cell: str) -> None:
    mark = " (assumed)" if key == "assumed" else ""
    title = Plain("VPC gadgets", ["VPC gadget", heading], [[f'<a id="g"></a>g{mark}', cell]])
    assert described(gadget("g", {key: value})) == [title]


def test_a_kind_has_a_column_for_what_any_of_its_elements_states() -> None:
    one = gadget("one", {"title": "One", "level": "high", "name": "x", "note": "n", "assumed": "a", "tags": ["t"]})
    other = gadget("other", {"tls": True, "fifo": True, "status": "planned", "derived": "why"})
    assert described(one, other) == [
        Plain(
            "VPC gadgets",
            ["VPC gadget", "Name", "Level", "TLS", "FIFO", "Tags", "Note"],
            [
                ['<a id="one"></a>One `one` (assumed)', "`x`", "high", "–", "no", "t", "n; assumed: a"],
                ['<a id="other"></a>other‡ (planned)', "–", "low", "yes", "yes", "–", "–"],
            ],
        )
    ]


def test_elements_that_state_nothing_are_named() -> None:
    assert described(gadget("g", {})) == [Plain("VPC gadgets", ["VPC gadget"], [['<a id="g"></a>g']])]


def test_a_list_of_models_is_a_table_below() -> None:
    steps = [
        {"name": "get", "uses": ["api"], "does": ["clone", "test"], "note": "first", "derived": "why"},
        {"name": "put", "places": [{"az": "us-east-1a"}, {"az": "us-east-1b", "count": 2}]},
    ]
    assert described(gadget("g", {"steps": steps}), gadget("h", {"steps": [{"name": "x"}]})) == [
        Plain("VPC gadgets", ["VPC gadget"], [['<a id="g"></a>g'], ['<a id="h"></a>h']]),
        Plain(
            "VPC gadget steps",
            ["VPC gadget", "Name", "Uses", "Does", "Places", "Note"],
            [
                ["[g](#g)", "`get`", "[API](#api)", "clone; test", "–", "first"],
                ["[g](#g)", "`put`", "–", "–", "AZ us-east-1a; AZ us-east-1b, count 2", "–"],
                ["[h](#h)", "`x`", "–", "–", "–", "–"],
            ],
        ),
    ]


def test_a_list_of_models_within_a_model_is_a_table_too_and_is_not_told_twice() -> None:
    assert described(gadget("g", {"backups": {"max": 2, "steps": [{"name": "x"}]}})) == [
        Plain("VPC gadgets", ["VPC gadget", "Backups"], [['<a id="g"></a>g', "max 2"]]),
        Plain("VPC gadget backups steps", ["VPC gadget", "Name"], [["[g](#g)", "`x`"]]),
    ]


def test_an_empty_list_that_is_stated_is_none() -> None:
    class Closed(Gadget):
        peers: tuple[str, ...] | None = None

    one = Closed.model_validate({"id": "g", "peers": []})
    assert [plain(table) for table in describe(made(one), [one])] == [
        Plain("VPC gadgets", ["VPC gadget", "Peers"], [['<a id="g"></a>g', "none"]])
    ]


def test_what_a_layout_shows_is_not_stated_again() -> None:
    one = gadget("one", {"level": "high", "owner": "us", "backups": {"min": 1}, "assumed": "who knows"})
    other = gadget("other", {"level": "high", "note": "so", "backups": {"min": 1, "max": 2}})
    shown = {"level", "backups.min"}
    page = made(one, other, gadget("rest", {"level": "high"}))
    tables = also_stated(page, list(page.architecture.elements.values())[-3:], shown)
    assert [plain(table) for table in tables] == [
        Plain(
            "More about VPC gadgets",
            ["VPC gadget", "Owner", "Backups", "Note"],
            [
                ["[one](#one)", "us", "min 1", "–"],
                ["[other](#other)", "–", "min 1, max 2", "so"],
            ],
        )
    ]


def test_nothing_more_is_no_table() -> None:
    one = gadget("one", {"level": "high", "note": "so", "assumed": "who knows"})
    assert also_stated(made(one), [one], {"level", "note"}) == ()


def test_who_uses_an_element_is_computed_where_that_is_worth_a_column(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(element_tables, "USED_BY", {"vpc_gadgets"})
    one, other = gadget("one", {"watches": ["one"]}), gadget("other", {"watches": ["one", "one"]})
    third = gadget("third", {"steps": [{"name": "x", "uses": ["one"]}]})
    assert described(one, other, third)[0] == Plain(
        "VPC gadgets",
        ["VPC gadget", "Watches", "Used by"],
        [
            ['<a id="one"></a>one', "[one](#one)", "[other](#other), [third](#third)†"],
            ['<a id="other"></a>other', "[one](#one), [one](#one)", "–"],
            ['<a id="third"></a>third', "–", "–"],
        ],
    )


def test_the_inventory_names_every_element_once_with_everything_stated() -> None:
    values = {
        "level": "high", "events": ["a", "b"], "backups": {"min": 1, "only": ["a", "b"]}, "tags": ["t", "u"],
        "steps": [{"name": "x", "does": ["y", "z"]}, {"name": "w"}], "note": "so", "assumed": "who knows",
    }  # fmt: skip
    tables = inventory(made(gadget("g", values)))
    assert [(table.title, len(table.rows)) for table in tables] == [
        ("Inventory: network", 4), ("Inventory: compute", 1), ("Inventory: data", 1), ("Inventory: delivery", 1)
    ]  # fmt: skip
    told = (
        "level high; events a, b; backups min 1, only (a, b); steps (name `x`, does (y, z)), (name `w`); "
        "tags t, u; so; assumed: who knows"
    )
    assert plain(tables[-1]) == Plain(
        "Inventory: delivery", ["Element", "Kind", "Everything stated"], [["[g](#g)", "VPC gadget", told]]
    )


def test_an_element_that_nothing_else_describes_is_defined_in_the_inventory() -> None:
    tables = inventory(made(gadget("g", {}), shown=frozenset({"inventory", "services"})))
    assert [[row[0].partition(" ⚠")[0] for row in table.rows] for table in tables[1:]] == [
        ["[API](#api)"], ['<a id="db"></a>db'], ['<a id="g"></a>g']
    ]  # fmt: skip


def test_a_key_names_the_kinds_of_a_section_and_unknown_keys_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    group = GROUPS["delivery"]._replace(keys=("nothing_yet", "vpc_gadgets"))
    monkeypatch.setattr(element_tables, "GROUPS", {**GROUPS, "delivery": group})
    assert [plain(table) for table in section_tables(made(gadget("g", {})), "delivery")] == described(gadget("g", {}))


def test_no_kind_has_two_sections() -> None:
    keys = [key for group in GROUPS.values() for key in group.keys] + [
        key for kinds in LAID_OUT.values() for key in kinds
    ]
    assert sorted(keys) == sorted(set(keys))


def test_an_element_whose_section_is_left_out_stands_among_the_supporting_services(
    system: Callable[[str], api.System],
) -> None:
    loaded = system(
        "observability: {monitors: {cw: {collects: [logs, metrics], note: n}}}\n"
        "document: {sections: [{section: supporting-services}]}\n"
    )
    text = markdown.render(loaded.graph, api.check(loaded), "sample.yaml")
    assert '| <a id="cw"></a>cw | monitor | collects logs, metrics; n |' in text


def test_an_element_named_like_a_table_keeps_a_place_of_its_own() -> None:
    whole = made(gadget("vpc-gadgets", {}), gadget("vpc-gadget-steps", {}), gadget("staging/x", {}))
    assert [str(whole.refer(id_)) for id_ in ("vpc-gadgets", "vpc-gadget-steps", "staging/x")] == [
        "[vpc-gadgets](#vpc-gadgets-element)",
        "[vpc-gadget-steps](#vpc-gadget-steps-element)",
        "[staging/x](#staging--x)",
    ]


def test_every_title_of_a_table_is_known_beforehand() -> None:
    titles = {slug(title) for title in headings.possible_titles(Gadget)}
    values = {"steps": [{"name": "x"}], "backups": {"max": 2, "steps": [{"name": "x"}]}}
    assert {slug(table.title) for table in described(gadget("g", values))} - titles == set()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("web_acls", "Web ACLs"), ("nat_gateways", "NAT gateways"), ("vpcs", "VPCs"), ("vcpu_limit", "vCPU limit"),
        ("multi_az", "Multi-AZ"), ("ttl", "TTL"), ("dns", "DNS"), ("log_groups", "Log groups"), ("class_", "Class"),
    ],
)  # fmt: skip
def test_a_heading_says_what_a_reader_says(key: str, words: str) -> None:
    assert headings.heading(key) == words


def test_no_semicolon_makes_an_entity() -> None:
    assert semicolons([Markdown(r"\\&lt"), Markdown("a &#60"), Markdown("&lt")]) == r"\\\&lt; a \&#60; &lt"

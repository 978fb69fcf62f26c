from pathlib import Path

from archspec.importers import spec
from archspec.model.architecture import element_kinds
from archspec.model.element import Reference, references

ROOT = Path(__file__).parents[2]


def test_every_kind_stands_at_its_home() -> None:
    assert {home: model.home for home, model in element_kinds().items()} == {home: home for home in element_kinds()}


def test_every_kind_has_a_name_of_its_own() -> None:
    kinds = [model.kind for model in element_kinds().values()]

    assert sorted(set(kinds)) == sorted(kinds)


def test_references_are_found_with_the_path_that_leads_to_them() -> None:
    architecture = spec.load(ROOT / "specs" / "ecs-production.yaml").architecture
    balancer = architecture.network.load_balancers["alb"]
    group = architecture.network.security_groups["ecs-sg"]

    assert [*references(balancer), *references(group), *references(architecture.flows[0])] == [
        Reference(("subnets", 0), "public-a", ("subnet",)),
        Reference(("subnets", 1), "public-b", ("subnet",)),
        Reference(("security_groups", 0), "alb-sg", ("security_group",)),
        Reference(("listeners", 0, "certificate"), "alb-cert", ("certificate",)),
        Reference(("ingress", 0, "from"), "alb-sg", ("security_group", "prefix_list", "internet", "cidr")),
        Reference(("from",), "internet", ()),
        Reference(("to",), "alb", ()),
    ]


def test_every_reference_of_a_spec_is_located_at_the_id() -> None:
    loaded = spec.load(ROOT / "specs" / "ecs-production.yaml")
    places = [
        (reference.id, loaded.source.locate((*element.path, *reference.path)))
        for element in loaded.architecture.elements.values()
        for reference in references(element)
        if isinstance(reference.path[-1], int)
    ]

    assert [place.text[place.column - 1 :].startswith(id_) for id_, place in places] == [True] * len(places)
    assert places

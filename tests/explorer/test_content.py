"""What the page tells is what the graph and the rules say."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec import api
from archspec.explorer.repeats import fold
from archspec.graph.intervals import spell
from archspec.graph.reach import reach_of
from archspec.graph.verdict import answers_of_flows
from tests.explorer.reading import SHOP, SPECS, Made, made, real, shop, told, unfold


@pytest.fixture(scope="module")
def the_shop() -> Made:
    return shop()


@pytest.fixture(scope="module")
def facts(the_shop: Made) -> dict[str, Any]:
    return told(the_shop.page)


def test_every_element_is_told_with_the_line_that_states_it(facts: dict[str, Any]) -> None:
    lines = SHOP.splitlines()

    places = {id_: one["place"] for id_, one in facts["elements"].items() if one["place"]}

    assert {"alb", "web", "db", "cache", "later", "web-sg", "main"} <= set(places)
    for id_, place in places.items():
        file, number = place.rsplit(":", 1)
        assert file == "specs/sample.yaml"
        assert f"{id_}:" in lines[int(number) - 1]


def test_facts_are_what_the_spec_states_in_words_with_ids_as_links(facts: dict[str, Any]) -> None:
    web = facts["elements"]["web"]

    assert web["facts"] == [
        ["Owner", [["shop"]]],
        ["Tags", [["money"]]],
        ["Cluster", [[["ecs"]]]],
        ["Port", [["8080"]]],
        ["CPU", [["256"]]],
        ["Memory", [["512"]]],
        ["Desired", [["2"]]],
        ["Security groups", [[["web-sg"]]]],
    ]
    assert web["where"] == [
        ["VPC", [[["main"]]]],
        ["Subnets", [[["public-a"], ", ", ["public-b"]]]],
        ["AZs", [["us-east-1a, us-east-1b"]]],
    ]
    assert ["Backups", [["every ", "1 day", ", ", "retention ", "7 days"]]] in facts["elements"]["db"]["facts"]


def test_each_model_of_a_list_has_a_line(facts: dict[str, Any]) -> None:
    listeners = dict(facts["elements"]["alb"]["facts"])["Listeners"]

    assert listeners == [["port ", "443", ", ", "protocol ", "HTTPS", ", ", "forward ", ["web"]]]


@pytest.mark.parametrize("name", SPECS)
def test_flows_have_the_answers_of_the_graph(name: str) -> None:
    one = real(name)
    whole = one.system.architecture

    answers = [
        (
            flow["id"],
            answer["from"],
            answer["to"],
            answer["traffic"],
            answer["open"],
            [hop["text"] for hop in answer["hops"]],
        )
        for flow in told(one.page)["flows"]
        for answer in flow["answers"]
    ]

    expected = sorted(answers_of_flows(one.system.graph), key=lambda pair: (pair[0].home, pair[0].index))
    assert [flow["id"] for flow in told(one.page)["flows"]] == [flow.id for flow in (*whole.flows, *whole.must_reach)]
    assert answers == [
        (flow.id, answer.source, answer.target, spell(answer.wanted), answer.is_open, [hop.text for hop in answer.hops])
        for flow, answer in expected
    ]


def test_a_blocked_flow_tells_the_hop_that_blocks_it_its_line_and_the_repair(facts: dict[str, Any]) -> None:
    (flow,) = [one for one in facts["flows"] if one["id"] == "ecs -> cache 6379"]

    blocked = [hop for hop in flow["answers"][0]["hops"] if hop["verdict"] == "blocked"]

    line = SHOP.splitlines().index("    cache-sg: {}") + 1
    assert [(hop["code"], hop["place"]) for hop in blocked] == [("SG_HAS_NO_RULES", f"specs/sample.yaml:{line}")]
    assert flow["answers"][0]["repairs"]
    assert flow["senders"] == ["ecs", "web", "jobs"]


@pytest.mark.parametrize("name", SPECS)
def test_permits_are_the_steps_of_the_graph(name: str) -> None:
    one = real(name)
    reach = reach_of(one.system.graph)

    permits = [(each["from"][0], each["to"][0], each["traffic"]) for each in told(one.page)["permits"]]

    assert permits == [(step.source, step.target, spell(step.traffic)) for step in reach.steps]


@pytest.mark.parametrize("name", SPECS)
def test_findings_are_those_of_the_rules_the_worst_open_ones_first(name: str) -> None:
    one = real(name)

    findings = told(one.page)["findings"]

    assert sorted((each["rule"], each["subject"], each["fix"]) for each in findings) == sorted(
        (finding.rule, finding.subject, finding.fix) for finding in one.checked.findings
    )
    levels = [("info", "warning", "error").index(each["severity"]) for each in findings if each["state"] == "open"]
    assert levels == sorted(levels, reverse=True)
    assert [each["state"] == "open" for each in findings] == sorted(
        (each["state"] == "open" for each in findings), reverse=True
    )


def test_a_finding_knows_the_elements_that_it_is_about(facts: dict[str, Any]) -> None:
    found = [one for one in facts["findings"] if one["subject"] == "ecs -> cache 6379" and one["rule"] == "NET001"]

    assert [one["about"] for one in found] == [["ecs", "cache"]] * 2
    assert {"web", "jobs"} <= {id_ for one in found for id_ in one["along"]}


def test_a_finding_knows_its_ways_and_the_arrows_on_each() -> None:
    facts = told(real("pge").page)
    (place,) = [
        i for i, one in enumerate(facts["findings"]) if (one["rule"], one["subject"]) == ("NET005", "app -> aurora")
    ]
    network = next(view for view in facts["views"] if view["name"] == "network")

    ways = {
        tuple(pair): {(network["edges"][i]["from"], network["edges"][i]["to"]) for i in along}
        for pair, along in zip(facts["findings"][place]["ways"], network["ways"][str(place)], strict=True)
    }

    assert ways == {
        ("app", "aurora"): set(),
        ("internet", "alb"): {("internet", "igw"), ("igw", "alb")},
        ("alb", "app"): {("alb", "app")},
    }


def test_an_arrow_knows_its_flows_also_through_gateways_and_clusters(facts: dict[str, Any]) -> None:
    (network,) = [view for view in facts["views"] if view["name"] == "network"]

    found = {(edge["from"], edge["to"]): edge["flows"] for edge in network["edges"]}

    assert found["internet", "igw"] == found["igw", "alb"] == [0]
    assert found["alb", "web"] == [1]
    assert found["web", "db"] == [2]
    assert [flows for (_, target), flows in found.items() if target == "cache"] == [[3]]


def test_every_node_of_a_picture_is_told_with_its_element() -> None:
    one = real("z360")
    elements = one.system.architecture.elements

    for view, data in zip(one.views, told(one.page)["views"], strict=True):
        nodes = {node.id: node.element for node in view.nodes if node.element in elements}
        assert nodes.items() <= data["nodes"].items()
        assert len(data["edges"]) == len(view.edges)


def test_titles_leave_out_what_the_page_says_already() -> None:
    views = told(real("z360").page)["views"]

    assert {("Network", "staging"), ("Network", "beta"), ("Traffic", "beta")} <= {
        (view["title"], view["environment"]) for view in views
    }
    assert not [view for view in views if "Z360" in view["title"]]


def test_a_picture_is_of_the_environment_that_it_names_in_full() -> None:
    one = shop(
        "archspec: 1\nname: bare\nregion: us-east-1\nenvironments: {eu: {title: Europe}, my-eu: {}}\n"
        "messaging: {queues: {mail: {}}}\n"
    )

    assert [
        (view["title"], view["environment"]) for view in told(one.page)["views"] if view["title"] == "Messaging"
    ] == [
        ("Messaging", "eu"),
        ("Messaging", "my-eu"),
    ]


def test_a_picture_of_the_whole_is_of_no_environment_whatever_its_name_ends_with() -> None:
    one = shop(
        "archspec: 1\nname: bare\nregion: us-east-1\nenvironments: {eu: {status: planned}}\n"
        "messaging: {queues: {mail: {}}}\nviews: [{name: mail-for-eu, of: messaging}]\n"
    )

    assert {view["environment"] for view in told(one.page)["views"]} == {""}


def test_every_ready_picture_has_a_heading_in_the_list() -> None:
    views = [view for name in SPECS for view in told(real(name).page)["views"]]

    assert [view["name"] for view in views if view["chapter"] == "More"] == []


def test_a_spec_with_nothing_to_draw_has_a_page_that_says_so() -> None:
    page = shop("archspec: 1\nname: bare\nregion: us-east-1\n").page

    assert [view["title"] for view in told(page)["views"]] == ["No picture"]


def test_places_do_not_depend_on_where_the_project_lies() -> None:
    page = real("z360").page

    assert str(api.__file__).removesuffix("/archspec/api.py").encode() not in page
    files = {re.sub(r":\d+$", "", one["place"]) for one in told(page)["elements"].values() if one["place"]}
    assert "specs/z360/network.yaml" in files
    assert not [file for file in files if not file.startswith("specs/z360")]


@given(st.lists(st.text(alphabet=st.sampled_from('ab<é\\"'), max_size=300)))
def test_folding_loses_nothing(many: list[str]) -> None:
    assert unfold(fold(many)) == many


def test_what_repeats_is_written_once() -> None:
    text = "".join(f'<text x="{i}" y="12" font-size="11" fill="#232F3E">name</text>' for i in range(100))

    (parts,) = fold([text])

    assert sum(len(str(part)) + 1 for part in parts) < len(text) / 3


def test_characters_that_a_script_counts_twice_come_back() -> None:
    title = "\U0001f600 shop \U0001f680"
    system = api.parse(SHOP.replace("title: Orders", f"title: '{title}'"), "shop.yaml")

    assert told(made(system).page)["elements"]["db"]["title"] == title

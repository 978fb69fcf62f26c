"""A draft as a whole: its text, what is left, and where everything comes from."""

from typing import Any

import pytest

from archspec import source
from archspec.errors import Location
from archspec.importers import spec
from archspec.importers.draft import Place, draft
from archspec.importers.draft.heading import stage_of
from archspec.resources.resource import Inventory, Resource, Unread
from tests.importers.draft.made import SHOP, drafted, inventory

EXPECTED = """\
# yaml-language-server: $schema=archspec.schema.json
# Drafted by `archspec import` from plan.json. A comment above an element says what was guessed.
archspec: 1
name: shop-prod
# No resource is tagged with its stage; it is taken for production.
stage: production
region: us-east-1

network:
  vpcs:
    main: {name: shop-prod-vpc, cidr: 10.0.0.0/16}
  subnets:
    public-a:   {name: shop-prod-public-us-east-1a, az: us-east-1a, tier: public, cidr: 10.0.0.0/24}
    public-b:   {name: shop-prod-public-us-east-1b, az: us-east-1b, tier: public, cidr: 10.0.1.0/24}
    private-a:  {name: shop-prod-private-us-east-1a, az: us-east-1a, tier: private, cidr: 10.0.10.0/24}
    private-b:  {name: shop-prod-private-us-east-1b, az: us-east-1b, tier: private, cidr: 10.0.11.0/24}
    database-a: {name: shop-prod-database-us-east-1a, az: us-east-1a, tier: data, cidr: 10.0.20.0/24}
    database-b: {name: shop-prod-database-us-east-1b, az: us-east-1b, tier: data, cidr: 10.0.21.0/24}
  nat_gateways:
    nat: {subnet: public-a}
  security_groups:
    alb-sg: {name: shop-prod-alb,
             ingress: [{from: internet, port: 80}, {from: internet, port: 443}, {from: "::/0", port: 443}]}
    db-sg: {name: shop-prod-db, note: orders, ingress: [{from: web-sg, port: 5432}], egress: []}
    web-sg: {name: shop-prod-web, ingress: [{from: alb-sg, port: 8080}]}
  load_balancers:
    alb: {name: shop-prod, subnets: [public-a, public-b], security_groups: [alb-sg],
          listeners: [{port: 443, protocol: HTTPS, certificate: cert}, {port: 80, protocol: HTTP, redirect: 443}]}

compute:
  clusters:
    ecs: {name: shop-prod}
  services:
    web: {cluster: ecs, image: nginx:1.27, port: 8080, cpu: 512, memory: 1024, desired: 2, health_check: /healthz,
          subnets: [private-a, private-b], security_groups: [web-sg], load_balancer: alb,
          variables: {LOG_LEVEL: info, API_TOKEN: not copied},
          scaling: {min: 2, max: 8, policies: [{metric: CPU utilization, target: 70%, in_cooldown: 5 minutes}]}}
"""
FLOWS = """
# What listeners let in, what target groups lead to and which rules of security groups name other groups. Who is really
# meant to talk to whom is for you to say.
flows:
  - internet -> alb: 443 HTTPS
  - internet -> alb: 80 HTTP (redirect)
  - alb -> web: 8080 HTTP
  - web -> orders: 5432 PostgreSQL
"""


def tagged(id_: str, **values: object) -> dict[str, Any]:
    return {**values, "tags": {"Element": id_}}


TWO: dict[str, dict[str, Any]] = {
    "aws_vpc.a": tagged("staging/main", cidr_block="10.0.0.0/16"),
    "aws_vpc.b": tagged("beta/main", cidr_block="10.1.0.0/16"),
    "aws_security_group.a": tagged("staging/web-sg", vpc_id="@aws_vpc.a"),
    "aws_security_group.b": tagged("staging/db-sg", vpc_id="@aws_vpc.a", ingress=[
        {"protocol": "tcp", "from_port": 1, "to_port": 1, "security_groups": ["@aws_security_group.a"]}]),
    "aws_sns_topic.t": tagged("alerts", name="alerts"),
}  # fmt: skip


def test_a_draft_is_what_a_person_would_write() -> None:
    text = drafted(SHOP).text
    assert text.startswith(EXPECTED)
    assert text.endswith(FLOWS)


def test_the_same_resources_give_the_same_text() -> None:
    assert drafted(SHOP).text == drafted(dict(reversed(SHOP.items()))).text


def test_nothing_of_a_system_that_is_understood_is_left() -> None:
    assert drafted(SHOP).left == ()


def test_a_type_without_a_kind_is_counted() -> None:
    made = drafted({"aws_lambda_function.a": {}, "aws_lambda_function.b": {}, "data.aws_region.r": {}})
    assert made.left == (Unread("aws_lambda_function", "archspec has no kind of element for it", 2),)


def test_what_the_reader_could_not_read_comes_first() -> None:
    unread = Unread("random_id", "belongs to another provider", 1)
    made = draft(Inventory("x", (Resource("aws_lambda_function.a", "aws_lambda_function", {}),), (unread,)))
    assert made.left[0] == unread


def test_a_part_of_an_exported_element_is_not_left() -> None:
    assert drafted({"aws_iam_instance_profile.x": {"tags": {"PartOf": "web"}}}).left == ()


def test_an_element_and_what_is_in_it_lead_to_their_resources() -> None:
    place = Location("plan.json", 7, 3, "")
    vpc = Resource("aws_vpc.main", "aws_vpc", {"cidr_block": "10.0.0.0/16"}, location=place)
    made = draft(Inventory("plan.json", (vpc,)))
    assert made.addresses == {("network", "vpcs", "main"): Place("aws_vpc.main", place)}
    assert made.place(("network", "vpcs", "main", "cidr")) == Place("aws_vpc.main", place)
    assert made.place(("network",)) is None


@pytest.mark.parametrize("resources", [SHOP, TWO], ids=["shop", "environments"])
def test_every_address_leads_to_the_line_of_its_element(resources: dict[str, dict[str, Any]]) -> None:
    made = drafted(resources)
    read = spec.parse(made.text).source
    elements = [path for path in made.addresses if len(path) == 3]
    assert elements
    for path in elements:
        assert read.locate(path).text.strip().startswith(f"{str(path[2]).rpartition('/')[2]}:")


def test_a_draft_has_no_path_of_the_machine() -> None:
    assert "/home" not in draft(Inventory("/home/me/shop/plan.json", ())).text


def test_what_the_model_refuses_is_left_out_and_said() -> None:
    resources = {
        **SHOP,
        "aws_db_instance.old": {"engine": "oracle-se2", "identifier": "old", "instance_class": "db.m5"},
    }
    made = drafted(resources)
    assert "old" not in spec.parse(made.text).architecture.elements
    assert [one.what for one in made.left] == ["aws_db_instance"]


def test_an_odd_region_does_not_keep_a_draft_from_loading() -> None:
    assert spec.parse(drafted({}, region="mars").text).architecture.region == "us-east-1"


def test_the_region_may_be_told_by_zones() -> None:
    subnet = {"availability_zone": "eu-west-1b", "cidr_block": "10.0.0.0/24", "vpc_id": "@aws_vpc.main"}
    made = drafted({"aws_vpc.main": {"cidr_block": "10.0.0.0/16"}, "aws_subnet.a": subnet}, region="")
    architecture = spec.parse(made.text).architecture
    assert (architecture.region, [*architecture.network.subnets]) == ("eu-west-1", ["a"])


@pytest.mark.parametrize(
    ("word", "stage"),
    [("shop-prod", "production"), ("Dev", "development"), ("devices", ""), ("preprod_eu", "staging"), ("catalog", "")],
)
def test_only_words_for_a_stage_tell_it(word: str, stage: str) -> None:
    assert stage_of(word) == stage


def test_what_comments_say_is_told_with_its_element() -> None:
    rule = {"protocol": "50", "cidr_blocks": ["10.0.0.0/8"]}
    made = drafted({"aws_security_group.a": {"ingress": [rule]}})
    assert made.guesses == ((("network", "security_groups", "a-sg"), "a rule for the protocol 50 is left out"),)


def test_a_stage_may_be_told_by_tags() -> None:
    made = drafted({"aws_vpc.main": {"cidr_block": "10.0.0.0/16", "tags": {"Environment": "Prod-EU"}}})
    assert spec.parse(made.text).architecture.stage == "production"
    assert "taken for" not in made.text


def test_elements_of_environments_stand_in_them_and_others_once() -> None:
    made = drafted(TWO)
    assert source.parse(made.text).data["environments"] == {
        "beta": {"stage": "staging", "network": {"vpcs": {"main": {"cidr": "10.1.0.0/16"}}}},
        "staging": {
            "stage": "staging",
            "network": {
                "vpcs": {"main": {"cidr": "10.0.0.0/16"}},
                "security_groups": {
                    "db-sg": {"ingress": [{"from": "web-sg", "port": "1"}], "egress": []},
                    "web-sg": {"egress": []},
                },
            },
        },
    }
    assert [*source.parse(made.text).data["shared"]["messaging"]["topics"]] == ["alerts"]


def test_elements_of_environments_keep_their_ids() -> None:
    made = drafted(TWO)
    assert sorted(spec.parse(made.text).architecture.elements) == [
        "alerts", "beta/main", "internet", "staging/db-sg", "staging/main", "staging/web-sg"]  # fmt: skip
    assert ("network", "vpcs", "staging/main") in made.addresses


def test_a_group_that_names_no_vpc_of_two_is_left_with_the_reason() -> None:
    resources: dict[str, dict[str, Any]] = {
        "aws_vpc.a": {"cidr_block": "10.0.0.0/16"}, "aws_vpc.b": {"cidr_block": "10.1.0.0/16"},
        "aws_security_group.x": {"name": "x"},
    }  # fmt: skip
    assert drafted(resources).left == (Unread("aws_security_group", "'x-sg' names no VPC, and there are 2", 1),)


def test_hostile_text_stays_text() -> None:
    name = "x: {y} # \x1b[31m\u202e"
    made = drafted({"aws_vpc.main": {"cidr_block": "10.0.0.0/16"},
                    "aws_security_group.a": {"vpc_id": "@aws_vpc.main", "description": name}})  # fmt: skip
    assert spec.parse(made.text).architecture.network.security_groups["a-sg"].note == name
    assert made.text.replace("\n", "").isprintable()


def test_an_inventory_of_nothing_is_a_spec() -> None:
    assert [*spec.parse(draft(inventory({})).text).architecture.elements] == ["internet"]

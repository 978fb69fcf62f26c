"""A plan and a state of somebody's own Terraform: `specimens/main.tf`, planned and applied."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from archspec.errors import Location, SpecError
from archspec.importers.terraform import read
from archspec.resources.resource import Inventory, Ref, Unread, Value, refs

FOLDER = Path(__file__).parent / "specimens"
PARTITION = Unread("data.aws_partition", "a data source looks something up and makes nothing")
BUILT_IN = Unread("terraform_data", "belongs to another provider than hashicorp/aws")


def specimen(name: str) -> Inventory:
    return read((FOLDER / name).read_text("utf-8"), name)


PLAN = specimen("plan.json")
STATE = specimen("state.json")


def value(inventory: Inventory, address: str, name: str) -> Value:
    return inventory.by_address[address].values.get(name)


def edges(inventory: Inventory) -> set[tuple[str, str, str]]:
    return {
        (one.address, name, ref.address)
        for one in inventory.resources
        for name, held in one.values.items()
        for ref in refs(held)
    }


def state(*resources: Mapping[str, Any]) -> str:
    provider = {"mode": "managed", "provider_name": "registry.terraform.io/hashicorp/aws"}
    named = (dict(zip(("type", "name"), one["address"].split("."), strict=True)) for one in resources)
    full = [{**provider, **names, **one} for names, one in zip(named, resources, strict=True)]
    return json.dumps({"format_version": "1.0", "values": {"root_module": {"resources": full}}})


def told(text: str) -> tuple[str, Location]:
    with pytest.raises(SpecError) as raised:
        read(text, "x.json")
    ((message, location, *_),) = raised.value.problems
    return message, location


def test_a_plan_and_its_state_hold_the_same_resources() -> None:
    assert [one.address for one in PLAN.resources] == [one.address for one in STATE.resources]
    assert len(PLAN.resources) == 32


def test_every_reference_of_the_plan_is_one_of_the_state() -> None:
    assert edges(PLAN) - edges(STATE) == set()


def test_the_plan_lacks_what_leads_through_local_values_and_what_only_the_provider_adds() -> None:
    missing = {
        edge for edge in edges(STATE) - edges(PLAN) if edge[1] not in {"vpc_id", "subnet_mapping", "route", "ingress"}
    }
    subnets = {f"module.net.aws_subnet.private[{i}]" for i in range(2)}
    assert missing == {("aws_db_subnet_group.db", "subnet_ids", subnet) for subnet in subnets}
    lost = "leads to local values or other names of which a plan does not say what they stand for"
    assert PLAN.unread == (PARTITION, Unread("references of aws_db_subnet_group", lost), BUILT_IN)


def test_a_raw_state_says_the_same_as_the_state_that_is_shown() -> None:
    raw = specimen("raw_state.json")
    assert [one._replace(location=None) for one in raw.resources] == [
        one._replace(location=None) for one in STATE.resources
    ]
    assert (raw.unread, raw.region, raw.account) == (STATE.unread, "eu-west-1", "123456789012")


def test_data_sources_and_other_providers_are_counted() -> None:
    assert STATE.unread == (PARTITION, BUILT_IN)


def test_a_resource_tells_the_line_and_column_of_its_address() -> None:
    text = (FOLDER / "state.json").read_text("utf-8")
    assert all(
        one.location and text[one.location.column - 1 :].startswith(f'"address":{json.dumps(one.address)}')
        for one in STATE.resources
    )


def test_a_resource_of_a_raw_state_tells_where_its_type_stands() -> None:
    location = specimen("raw_state.json").by_address["aws_db_instance.db"].location
    assert location
    assert location.text == '      "type": "aws_db_instance",'


def test_ids_are_joined_by_what_their_attributes_name() -> None:
    assert value(STATE, "aws_lb.web", "security_groups") == [Ref("aws_security_group.web")]
    assert value(STATE, "aws_lb_listener.web", "load_balancer_arn") == Ref("aws_lb.web", "arn")
    association = STATE.by_address['module.spokes["red"].aws_route_table_association.private[0]']
    assert association.values["subnet_id"] == Ref('module.spokes["red"].aws_subnet.private[0]')


def test_the_dimensions_of_an_alarm_are_joined() -> None:
    assert value(STATE, "aws_cloudwatch_metric_alarm.a", "dimensions") == {
        "LoadBalancer": Ref("aws_lb.web", "arn_suffix"),
        "TargetGroup": Ref("aws_lb_target_group.app", "arn_suffix"),
        "Zone": "a",
    }


def test_a_policy_is_the_data_in_its_text_with_the_objects_of_a_bucket_joined() -> None:
    statement = {"Action": "s3:*", "Effect": "Deny", "Principal": "*"}
    objects = Ref('aws_s3_bucket.b["data"]', "arn", "/*")
    assert value(STATE, "aws_s3_bucket_policy.b", "policy") == {
        "Statement": [{**statement, "Resource": [objects]}],
        "Version": "2012-10-17",
    }


def test_of_a_policy_that_is_not_known_yet_the_plan_tells_what_it_refers_to() -> None:
    one = PLAN.by_address["aws_s3_bucket_policy.b"]
    assert one.values["policy"] == Ref('aws_s3_bucket.b["data"]', "arn")
    assert one.unknown == {"bucket", "policy"}


def test_what_a_plan_does_not_know_is_a_reference_also_in_nested_blocks() -> None:
    action = {
        "authenticate_cognito": [],
        "authenticate_oidc": [],
        "fixed_response": [],
        "redirect": [],
        "type": "forward",
    }
    target = {"weight": 1, "arn": Ref("aws_lb_target_group.app", "arn")}
    forward = [{"stickiness": [], "target_group": [target]}]
    assert value(PLAN, "aws_lb_listener.web", "default_action") == [{**action, "forward": forward}]
    route = value(PLAN, "aws_route_table.inline", "route")
    assert list(refs(route)) == [Ref("aws_nat_gateway.n")]
    assert "'nat_gateway_id': Ref" in str(route)


def test_a_plan_is_followed_through_outputs_and_keys_of_modules() -> None:
    subnets = [Ref(f"module.net.aws_subnet.private[{i}]") for i in range(2)]
    assert value(PLAN, "aws_lb.web", "subnets") == subnets
    assert value(PLAN, "aws_nat_gateway.n", "subnet_id") == subnets[0]
    tables = "module.net.aws_route_table.private"
    assert value(PLAN, "module.net.aws_route_table_association.private[1]", "route_table_id") == Ref(f"{tables}[1]")
    assert value(PLAN, 'aws_s3_bucket_versioning.b["logs.of"]', "bucket") == Ref('aws_s3_bucket.b["logs.of"]')


def test_one_reference_is_a_list_where_the_attribute_is_a_plural() -> None:
    assert value(PLAN, "aws_db_instance.db", "vpc_security_group_ids") == [Ref("aws_security_group.app")]


@pytest.mark.parametrize("inventory", [PLAN, STATE], ids=["plan", "state"])
def test_a_secret_is_not_read(inventory: Inventory) -> None:
    one = inventory.by_address["aws_db_instance.db"]
    assert "password" in one.unknown
    assert "hush" not in str(inventory)


def test_a_plan_tells_its_region_by_a_variable() -> None:
    assert (PLAN.region, PLAN.account) == ("eu-west-1", "")


def test_what_is_to_be_deleted_is_left_out() -> None:
    plan = json.loads((FOLDER / "plan.json").read_text("utf-8"))
    gone = {
        "address": "aws_vpc.old",
        "change": {"actions": ["delete"], "before": {}, "after": None, "after_unknown": {}},
    }
    plan["resource_changes"].append(gone)
    assert "aws_vpc.old" not in read(json.dumps(plan), "plan.json").by_address


def test_what_waits_for_its_deletion_is_counted() -> None:
    read_ = read(state({"address": "aws_eip.a", "deposed_key": "1234abcd"}), "x.json")
    assert read_.unread == (Unread("aws_eip", "is to be deleted: a replacement of it exists"),)


def test_an_empty_state_is_an_empty_inventory() -> None:
    assert read('{"format_version": "1.0"}', "x.json") == Inventory("x.json", ())


def test_two_resources_of_one_address_are_an_error() -> None:
    message, location = told(state({"address": "aws_eip.a"}, {"address": "aws_eip.a"}))
    assert message == "aws_eip.a stands there twice"
    assert location.text[location.column - 1 :].count('"address": "aws_eip.a"') == 1


def test_a_source_without_anything_of_aws_is_an_error() -> None:
    google = {"address": "google_project.a", "provider_name": "registry.terraform.io/hashicorp/google"}
    assert told(state(google))[0] == "has no resource of AWS in it: google_project"


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", "is empty", (1, 1)),
        ("PK\x03\x04\x14", "is a saved plan, which only Terraform can read", (1, 1)),
        ('{"format_version":', "ends in the middle: Expecting value", (1, 19)),
        ('{\n  "a": tru\n}', "is not JSON: Expecting value", (2, 8)),
        ('{"@level":"info"}\n{"@level":"info"}', "is a log of Terraform, not a plan", (2, 1)),
        ("[" * 5000, "holds what no plan or state does: values that are nested more than 100 deep", (1, 1)),
        ("[" * 200 + "]" * 200, "holds what no plan or state does: values that are nested more than 100 deep", (1, 1)),
        ('{"a": NaN}', "holds what no plan or state does: NaN is not JSON", (1, 1)),
        ('{"a": 1e999}', "holds what no plan or state does: 1e999 is too large", (1, 1)),
        ('{"a": "\\ud800"}', "half a character stands in a text", (1, 8)),
        ("[]", "the file is a list, and Terraform writes an object there", (1, 1)),
        ('{"Resources": {}}', "is a template of CloudFormation", (1, 1)),
        ('{"version": 3, "terraform_version": "0.11"}', "is a state of version 3; only version 4 is read", (1, 13)),
        (
            '{"planned_values": {}, "errored": true}',
            "is a plan that failed: Terraform stopped, and only a part of it is there",
            (1, 35),
        ),
        ('{"kind": "Pod"}', "is neither a plan nor a state of Terraform", (1, 1)),
        (
            '{"format_version": "1.0",\n "values": {"root_module": {"resources": [\n  7]}}}',
            "'0' is a number, and Terraform writes an object there",
            (3, 3),
        ),
        (
            '{"planned_values": {"root_module": []}}',
            "'root_module' is a list, and Terraform writes an object there",
            (1, 36),
        ),
    ],
)
def test_a_mistake_is_told_where_it_stands(text: str, message: str, place: tuple[int, int]) -> None:
    said, location = told(text)
    assert (said, (location.line, location.column)) == (message, place)


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert read('\ufeff{"format_version": "1.0"}', "x.json").resources == ()


def test_a_load_balancer_may_be_called_as_of_old() -> None:
    read_ = read(
        state({"address": "aws_alb.a"}, {"address": "aws_alb_listener.b"}, {"address": "aws_albatross.c"}), "x"
    )
    types = {one.address: one.type for one in read_.resources}
    assert types == {
        "aws_alb.a": "aws_lb",
        "aws_alb_listener.b": "aws_lb_listener",
        "aws_albatross.c": "aws_albatross",
    }


def picking(keys: tuple[str | int, ...], attribute: str) -> Inventory:
    """Return a plan in which `type.one` names the subnets of several keys, by what a plan leaves of the expression."""
    provider = {"mode": "managed", "provider_name": "registry.terraform.io/hashicorp/aws"}
    named = ({"type": "aws_subnet", "name": "s", "address": f"aws_subnet.s[{json.dumps(key)}]"} for key in keys)
    one = {"type": "aws_instance", "name": "one", "address": "aws_instance.one"}
    planned = [{**provider, **each, "values": {}} for each in (*named, one)]
    body = {**one, "mode": "managed", "expressions": {attribute: {"references": ["aws_subnet.s", "var.azs"]}}}
    change = {"address": "aws_instance.one", "change": {"after_unknown": {attribute: True}}}
    text = {
        "planned_values": {"root_module": {"resources": planned}},
        "resource_changes": [change],
        "configuration": {"root_module": {"resources": [body]}},
    }
    return read(json.dumps(text), "x.json")


def test_one_of_several_resources_is_not_guessed_and_told() -> None:
    read_ = picking(("a", "b"), "subnet_id")
    assert value(read_, "aws_instance.one", "subnet_id") is None
    reason = "may lead to any of several resources, and a plan does not say which"
    assert read_.unread == (Unread("references of aws_instance", reason),)


def test_all_that_a_for_each_makes_are_taken_and_told() -> None:
    read_ = picking(("a", "b"), "subnet_ids")
    assert value(read_, "aws_instance.one", "subnet_ids") == [Ref('aws_subnet.s["a"]'), Ref('aws_subnet.s["b"]')]
    reason = "may lead to some only, and is taken for all that a for_each makes; a plan does not say which"
    assert read_.unread == (Unread("references of aws_instance", reason),)


def test_all_that_a_count_makes_are_meant() -> None:
    read_ = picking((0, 1), "subnet_ids")
    assert value(read_, "aws_instance.one", "subnet_ids") == [Ref("aws_subnet.s[0]"), Ref("aws_subnet.s[1]")]
    assert read_.unread == ()

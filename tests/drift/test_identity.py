"""Resources are known by their tags, else by their names, else not at all."""

from dataclasses import replace

from archspec import api
from archspec.drift.identity import identified, within
from archspec.exporters.terraform.inventory import inventory
from archspec.resources.kinds import ELEMENT_TAG
from archspec.resources.resource import Inventory, Ref, Resource, Value
from tests.drift.made import SHOP, applied, changed, messages, plus, untagged, without

ARCHITECTURE = api.parse(SHOP).architecture
WANTED = inventory(ARCHITECTURE, is_applied=True)


def ids(there: Inventory) -> dict[str, str]:
    found = identified(there, WANTED).resources
    return {one.address: one.tags[ELEMENT_TAG] for one in found if ELEMENT_TAG in one.tags}


def test_a_resource_without_tags_is_found_by_its_name() -> None:
    assert ids(changed(applied(), "aws_sqs_queue.orders", tags=None, tags_all=None)) == ids(applied())


def test_a_whole_account_without_tags_has_no_drift() -> None:
    assert messages(untagged(applied())) == []


def test_what_changed_by_hand_is_found_without_tags_too() -> None:
    there = changed(untagged(applied()), "aws_db_instance.db", multi_az=False)
    assert "multi_az of db is true in the spec, and false in account" in " ".join(messages(there))


def test_of_two_candidates_none_is_taken() -> None:
    there = untagged(applied())
    vpc = there.by_address["aws_vpc.main"]
    same = vpc._replace(address="aws_vpc.again", values={"cidr_block": vpc.values["cidr_block"]})
    only = replace(there, resources=(vpc._replace(values=same.values), same))
    assert {"aws_vpc.main", "aws_vpc.again"} & ids(plus(only, tagged())).keys() == set()


def test_a_name_is_not_taken_from_what_has_the_tag() -> None:
    orders = applied().by_address["aws_sqs_queue.orders"]
    double = orders._replace(address="aws_sqs_queue.double", values={"name": "shop-orders-old"})
    assert "aws_sqs_queue.double" not in ids(plus(applied(), double))


def test_a_stranger_that_refers_to_us_stays_one() -> None:
    values: dict[str, Value] = {"vpc_id": Ref("aws_vpc.main"), "tags": {"Architecture": "depot"}, "name": "theirs"}
    stranger = Resource("aws_security_group.theirs", "aws_security_group", values)
    rule = Resource(
        "aws_vpc_security_group_ingress_rule.theirs",
        "aws_vpc_security_group_ingress_rule",
        {
            "security_group_id": Ref("aws_security_group.theirs"),
            "referenced_security_group_id": Ref("aws_security_group.api_sg"),
        },
    )
    own, _ = within(plus(applied(), stranger, rule), WANTED, ARCHITECTURE)
    assert own.resources == applied().resources


def test_what_shares_a_topic_or_a_key_with_us_is_not_ours() -> None:
    key = Ref("aws_kms_key.derived__key__data", "arn")
    theirs = Resource("aws_sqs_queue.theirs", "aws_sqs_queue", {"name": "theirs", "kms_master_key_id": key})
    own, left = within(plus(applied(), theirs), WANTED, ARCHITECTURE)
    assert ("aws_sqs_queue.theirs" in own.by_address, [one.what for one in left]) == (False, ["aws_sqs_queue"])


def test_a_vpc_of_the_same_block_is_not_ours_where_ours_is_there() -> None:
    values: dict[str, Value] = {"cidr_block": "10.0.0.0/16", "tags": {"Name": "default-like"}}
    theirs = Resource("aws_vpc.theirs", "aws_vpc", values)
    own, _ = within(plus(applied(), theirs), WANTED, ARCHITECTURE)
    assert "aws_vpc.theirs" not in own.by_address


def test_a_deleted_element_is_missing_though_another_has_its_block() -> None:
    there = without(applied(), "aws_sqs_queue.orders")
    assert [one.split(" ", 1)[1] for one in messages(there)] == ["DRF001 orders is in the spec, and not in account"]


def tagged() -> Resource:
    return Resource("aws_sqs_queue.t", "aws_sqs_queue", {"name": "shop-t", "tags": {ELEMENT_TAG: "orders"}})

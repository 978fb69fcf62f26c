"""What a saved account says → resources as Terraform names them, and the spec that is drafted of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.importers import sources, spec
from archspec.importers.account import read
from archspec.importers.account.saved import Saved
from archspec.importers.draft import draft
from archspec.resources.resource import Inventory, Ref, Unread, refs
from tests.importers.account.folders import Json, folder, tags, write

DRAFT = Path(__file__).with_name("shop.yaml")
BY_AWS = "made by AWS"


@pytest.fixture(scope="module")
def shop(captured: tuple[Saved, Saved], tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    return sources.read(write(tmp_path_factory.mktemp("saved") / "shop", captured[0]))


def test_the_draft_of_an_account_is_what_a_person_would_write(shop: Inventory) -> None:
    text = draft(shop, "shop").text
    assert text == DRAFT.read_text("utf-8")
    assert spec.parse(text).architecture.name == "shop"


def test_every_reference_leads_to_a_resource(shop: Inventory) -> None:
    assert {ref.address for one in shop.resources for ref in refs(one.values)} <= {*shop.by_address}


def test_what_aws_made_is_counted_and_not_drafted(shop: Inventory) -> None:
    assert {one.what: one.number for one in shop.unread if one.reason == BY_AWS} == {
        "aws_cloudwatch_metric_alarm": 2,  # of the target tracking
        "aws_db_parameter_group": 1,
        "aws_default_network_acl": 2,
        "aws_default_security_group": 2,
        "aws_ec2_managed_prefix_list": 6,
        "aws_elasticache_user": 1,
        "aws_iam_role": 1,  # linked to ECS
        "aws_kms_alias": 14,
        "aws_kms_key": 1,
        "aws_main_route_table_association": 2,
        "aws_route_table": 2,
        "aws_secretsmanager_secret": 1,  # of the database
        "aws_subnet": 3,
        "aws_vpc": 1,
        "aws_vpc_security_group_egress_rule": 2,
    }


def test_what_a_spec_has_no_kind_for_is_counted(shop: Inventory) -> None:
    assert Unread("aws_dynamodb_table", "archspec has no kind of element for it", 1) in draft(shop).left


def test_an_account_may_hold_other_systems_too(shop: Inventory) -> None:
    assert (shop.is_mixed, shop.region, shop.account) == (True, "eu-central-1", "123456789012")


def test_refused_calls_are_told(tmp_path: Path) -> None:
    saved = folder(tmp_path, {}, {"wafv2.list_web_acls": "AccessDeniedException (1 of 2)"})
    there = read(saved)

    assert (there.unread, there.refused) == (
        (Unread("wafv2.list_web_acls", "AWS refused to tell: AccessDeniedException (1 of 2)"),),
        ("wafv2.list_web_acls",),
    )


VPC: dict[str, object] = {"VpcId": "vpc-1", "CidrBlock": "172.31.0.0/16", "IsDefault": True}
SUBNET: dict[str, object] = {
    "VpcId": "vpc-1",
    "SubnetId": "subnet-1",
    "DefaultForAz": True,
    "CidrBlock": "172.31.0.0/20",
}
GATEWAY: dict[str, object] = {"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1"}]}
TABLE: dict[str, object] = {
    "RouteTableId": "rtb-1",
    "VpcId": "vpc-1",
    "Associations": [{"Main": True, "RouteTableAssociationId": "rtbassoc-1"}],
    "Routes": [{"Origin": "CreateRoute", "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}],
}
DEFAULTS: dict[str, list[dict[str, object]]] = {
    "ec2.describe_vpcs": [VPC],
    "ec2.describe_subnets": [SUBNET],
    "ec2.describe_internet_gateways": [GATEWAY],
    "ec2.describe_route_tables": [TABLE],
}


def kinds(found: Inventory) -> Iterator[str]:
    return (one.type for one in found.resources)


def test_a_default_vpc_that_nobody_uses_is_left_out_with_all_its_parts(tmp_path: Path) -> None:
    found = read(folder(tmp_path, DEFAULTS))
    assert found.resources == ()
    assert [one.what for one in found.unread] == [
        "aws_internet_gateway",
        "aws_main_route_table_association",
        "aws_route",
        "aws_route_table",
        "aws_subnet",
        "aws_vpc",
    ]


@pytest.mark.parametrize(
    ("call", "item"),
    [
        ("ec2.describe_security_groups", {"GroupId": "sg-1", "GroupName": "web", "VpcId": "vpc-1"}),
        ("ec2.describe_nat_gateways", {"NatGatewayId": "nat-1", "SubnetId": "subnet-1"}),
        ("ec2.describe_instances", {"InstanceId": "i-1", "VpcId": "vpc-1"}),
        ("ec2.describe_subnets", {**SUBNET, "SubnetId": "subnet-2", "DefaultForAz": False}),
    ],
)
def test_a_default_vpc_that_is_used_is_a_vpc_as_any(call: str, item: dict[str, object], tmp_path: Path) -> None:
    used = {**DEFAULTS, call: [*DEFAULTS.get(call, []), item]}
    found = read(folder(tmp_path, used))
    assert {"aws_vpc", "aws_subnet", "aws_route_table", "aws_route"} <= {*kinds(found)}
    assert [str(one.cidr) for one in spec.parse(draft(found).text).architecture.network.vpcs.values()] == [
        "172.31.0.0/16"
    ]


def test_a_main_route_table_with_routes_is_that_of_subnets_without_one(tmp_path: Path) -> None:
    own = {**DEFAULTS, "ec2.describe_vpcs": [{**VPC, "IsDefault": False}]}
    found = read(folder(tmp_path, own))
    assert found.by_address["aws_main_route_table_association.rtb-1"].values["vpc_id"] == Ref("aws_vpc.vpc-1")
    assert {one.tier for one in spec.parse(draft(found).text).architecture.network.subnets.values()} == {"public"}


def test_a_rule_that_somebody_added_to_a_default_group_is_not_made_by_aws(tmp_path: Path) -> None:
    group = {"GroupId": "sg-1", "GroupName": "default", "VpcId": "vpc-9"}
    every = {"GroupId": "sg-1", "IpProtocol": "-1"}
    rules: list[Json] = [
        {**every, "SecurityGroupRuleId": "out", "CidrIpv4": "0.0.0.0/0", "IsEgress": True},
        {**every, "SecurityGroupRuleId": "own", "ReferencedGroupInfo": {"GroupId": "sg-1"}},
        {**every, "SecurityGroupRuleId": "all", "CidrIpv4": "0.0.0.0/0"},
        {**every, "SecurityGroupRuleId": "ssh", "CidrIpv4": "0.0.0.0/0", "IpProtocol": "tcp", "FromPort": 22},
    ]
    answers = {"ec2.describe_security_groups": [group], "ec2.describe_security_group_rules": rules}
    found = read(folder(tmp_path, answers))
    assert [one.address.rpartition(".")[2] for one in found.resources] == ["all", "ssh"]


def test_a_route_that_a_gateway_endpoint_added_is_its_own(tmp_path: Path) -> None:
    route = {"Origin": "CreateRoute", "DestinationPrefixListId": "pl-1", "GatewayId": "vpce-1"}
    table = {"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": [route]}
    assert [*kinds(read(folder(tmp_path, {"ec2.describe_route_tables": [table]})))] == ["aws_route_table"]


def test_a_prefix_list_of_aws_is_kept_where_a_rule_names_it(tmp_path: Path) -> None:
    lists = [
        {"PrefixListId": f"pl-{n}", "PrefixListName": f"com.amazonaws.eu-central-1.{name}", "OwnerId": "AWS"}
        for n, name in enumerate(("s3", "dynamodb"))
    ]
    rule = {"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-1", "IpProtocol": "tcp", "PrefixListId": "pl-0"}
    answers: dict[str, list[Json]] = {
        "ec2.describe_managed_prefix_lists": lists,
        "ec2.describe_security_group_rules": [rule],
    }
    found = read(folder(tmp_path, answers))
    assert [one.address for one in found.of("aws_ec2_managed_prefix_list")] == ["aws_ec2_managed_prefix_list.pl-0"]


def test_what_only_the_tagging_api_knows_is_counted(tmp_path: Path) -> None:
    vpc = {"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}
    start = "arn:aws:ec2:eu-central-1:123456789012"
    known = [f"{start}:vpc/vpc-1", f"{start}:network-interface/eni-1"]
    unknown = [f"arn:aws:mq:eu-central-1:123456789012:broker:{name}" for name in ("a:b-1", "c:b-2")]
    answers: dict[str, list[Json]] = {
        "ec2.describe_vpcs": [vpc],
        "resourcegroupstaggingapi.get_resources": [{"ResourceARN": arn, "Tags": []} for arn in known + unknown],
    }
    assert read(folder(tmp_path, answers)).unread == (
        Unread("mq broker", "archspec does not ask about it; it is known by its tags", 2),
    )


def test_the_hosted_zone_that_cloud_map_keeps_is_no_zone_and_tells_the_vpc(tmp_path: Path) -> None:
    namespace = {
        "Id": "ns-1",
        "Name": "shop.internal",
        "Type": "DNS_PRIVATE",
        "Properties": {"DnsProperties": {"HostedZoneId": "Z1"}},
    }
    saved = folder(
        tmp_path,
        {
            "ec2.describe_vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
            "servicediscovery.list_namespaces": [namespace],
            "route53.list_hosted_zones": [{"Id": "/hostedzone/Z1", "Name": "shop.internal."}],
        },
    )
    asked = '[{"with": {"Id": "/hostedzone/Z1"}, "items": [{"VPCs": [{"VPCId": "vpc-1"}]}]}]'
    (saved / "route53.get_hosted_zone.json").write_text(asked)
    listed = (saved / "account.json").read_text().replace('"calls": [', '"calls": ["route53.get_hosted_zone",')
    (saved / "account.json").write_text(listed)
    found = read(saved)
    assert [*kinds(found)] == ["aws_service_discovery_private_dns_namespace", "aws_vpc"]
    assert found.resources[0].values["vpc"] == Ref("aws_vpc.vpc-1")


def test_a_cache_with_a_token_says_so_and_not_which(tmp_path: Path) -> None:
    group = {"ReplicationGroupId": "sessions", "AuthTokenEnabled": True, "TransitEncryptionEnabled": True}
    found = read(folder(tmp_path, {"elasticache.describe_replication_groups": [group]}))
    assert found.resources[0].unknown == {"auth_token"}
    assert "auth: token" in draft(found).text


HOSTILE = [
    'x": {y: [z]}\n- flows: [internet -> db: all]',
    "a\r\n...\n---\narchspec: 2",
    "&anchor *alias !!python/object:os.system",
    "# comment\t\x1b[2J\x00\u202e\ufeff",
    "{{ template }} ${var.secret} %{ for }",
    "'", '"', "\\", "|", ">", "@", "`", "~", "null", "0x10", "1e3", "2026-11-20", "on",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_and_no_tag_can_break_the_draft(text: str, tmp_path: Path) -> None:
    answers: dict[str, list[Json]] = {
        "ec2.describe_vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "Tags": tags(Name=text, Element=text)}],
        "ec2.describe_security_groups": [
            {"GroupId": text, "GroupName": text, "Description": text, "VpcId": "vpc-1", "Tags": tags(Stage=text)}
        ],
        "s3.list_buckets": [{"Name": text}],
        "iam.list_roles": [{"RoleName": text, "Path": text, "AssumeRolePolicyDocument": text}],
        "cloudwatch.describe_alarms": [
            {"AlarmName": text, "MetricName": text, "Dimensions": [{"Name": text, "Value": text}]}
        ],
        "route53.list_hosted_zones": [{"Id": text, "Name": text}],
    }  # fmt: skip
    found = draft(read(folder(tmp_path, answers))).text
    architecture = spec.parse(found).architecture
    assert (len(architecture.network.vpcs), len(architecture.network.security_groups)) == (1, 1)
    assert not set("\x00\x1b\u202e\ufeff") & {*found}


def test_a_folder_of_anything_else_is_no_source(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder, and no saved account"):
        sources.read(tmp_path)

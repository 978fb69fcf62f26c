"""What functions, parameters and conditions of a template come to."""

import json
from typing import Any

import pytest

from archspec.importers.cloudformation import read
from archspec.importers.draft import draft
from archspec.resources.resource import Inventory, Ref, Resource, Unread


def inventory(text: str) -> Inventory:
    return read(text, "stack.yaml")


def topic(name: str, sections: str = "", more: str = "") -> Resource:
    """Return the resource of a topic whose name is given as YAML."""
    text = f"{sections}\nResources:\n  T: {{Type: AWS::SNS::Topic, Properties: {{TopicName: {name}}}}}\n{more}"
    return inventory(text).by_address["T"]


def named(name: str, sections: str = "", more: str = "") -> Any:  # noqa: ANN401  a template holds data of any shape
    return topic(name, sections, more).values.get("name", "unknown")


BUCKET = "  B: {Type: AWS::S3::Bucket}\n  K: {Type: AWS::KMS::Key}\n  L: {Type: AWS::Logs::LogGroup}\n"


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("plain", "plain"),
        ("012345678901", "012345678901"),
        ("!Ref B", Ref("B")),
        ("!GetAtt B.Arn", Ref("B", "arn")),
        ("{Fn::GetAtt: B.Arn}", Ref("B", "arn")),
        ("{Fn::GetAtt: [B, Arn]}", Ref("B", "arn")),
        ('!Sub "${B.Arn}/*"', Ref("B", "arn", "/*")),
        ('!Sub "arn:aws:s3:::${B}/*"', Ref("B", "arn", "/*")),
        ('!Join ["", ["arn:", !Ref AWS::Partition, ":s3:::", !Ref B]]', Ref("B", "arn")),
        ('!Sub "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${L}:*"', Ref("L", "arn", ":*")),
        ('!Sub ["${A}-x", {A: y}]', "y-x"),
        ('!Sub "${!Literal}"', "${Literal}"),
        ('!Sub "${Missing}-x"', "${Missing}-x"),
        ("!Join [-, [a, b, c]]", "a-b-c"),
        ("!Select [1, [a, b]]", "b"),
        ('!Select ["1", [a, b]]', "b"),
        ("!Select [2, [a, b]]", "unknown"),
        ('!Select [0, !Split [",", "a,b"]]', "a"),
        ("!Select [0, !GetAZs us-east-1]", "${AWS::Region}a"),
        ('!Select [1, !Cidr [10.0.0.0/16, 2, "8"]]', "10.0.1.0/24"),
        ("!Select [0, !Cidr [10.0.0.0/30, 300, 8]]", "unknown"),
        ("!FindInMap [M, a, b]", "from the map"),
        ("!FindInMap [M, a, c]", "unknown"),
        ("!ImportValue other", "unknown"),
        ("!Transform {Name: macro}", "unknown"),
        ("!vault secret", "unknown"),
        ("!Ref AWS::NoValue", "unknown"),
        ("!Ref Nobody", "unknown"),
        ("!Ref Given", "from the default"),
        ("!Ref Empty", "unknown"),
        ("!Ref Kept", "unknown"),
        ("!Select [1, !Ref Many]", "two"),
        ("!If [Yes, a, b]", "a"),
        ("!If [No, a, b]", "b"),
        ("!If [Both, a, b]", "b"),
        ("!If [One, a, b]", "a"),
        ("!If [Open, a, b]", "unknown"),
        ("!If [Round, a, b]", "unknown"),
        ("!If [Nowhere, a, b]", "unknown"),
    ],
)
def test_a_value_means(written: str, means: object) -> None:
    sections = (
        "Parameters:\n"
        "  Given: {Type: String, Default: from the default}\n"
        "  Empty: {Type: String}\n"
        "  Kept: {Type: AWS::SSM::Parameter::Value<String>, Default: /name/of/it}\n"
        "  Many: {Type: CommaDelimitedList, Default: 'one, two'}\n"
        "Mappings: {M: {a: {b: from the map, c: {d: e}}}}\n"
        "Conditions:\n"
        "  'Yes': !Equals [!Ref Given, from the default]\n"
        "  'No': !Not [!Condition 'Yes']\n"
        "  Both: !And [!Condition 'Yes', !Condition 'No']\n"
        "  One: !Or [!Condition Open, !Condition 'Yes']\n"
        "  Open: !Equals [!Ref Empty, x]\n"
        "  Round: !Not [!Condition Round]\n"
    )
    written = written.replace("[Yes,", "['Yes',").replace("[No,", "['No',")
    assert named(written, sections, BUCKET) == means


def test_what_a_deployment_decides_is_unknown_and_not_absent() -> None:
    one = inventory(
        "Resources:\n  C: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {AuthToken: !Ref P}}\n"
    ).by_address["C"]
    assert one == Resource("C", "aws_elasticache_replication_group", {}, frozenset({"auth_token"}), one.location)


def test_the_name_of_a_parameter_stays_in_a_text() -> None:
    assert named('!Join ["", ["shop:", !Ref Tag]]', "Parameters: {Tag: {Type: String}}") == "shop:${Tag}"


def test_no_region_is_guessed_and_said() -> None:
    text = (
        "Resources:\n  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
        "  S: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V, CidrBlock: 10.0.0.0/24,"
        ' AvailabilityZone: !Select [1, !GetAZs ""]}}\n'
    )
    found = draft(inventory(text)).text
    assert "# The source does not say its Region; it is taken for us-east-1.\n" in found
    assert "az: us-east-1b" in found


def test_a_policy_for_several_roles_is_one_of_each() -> None:
    text = (
        "Resources:\n  P: {Type: AWS::IAM::Policy, Properties: {PolicyName: p, Roles: [!Ref A, !Ref B],"
        " PolicyDocument: {Statement: []}}}\n  A: {Type: AWS::IAM::Role}\n  B: {Type: AWS::IAM::Role}\n"
    )
    found = inventory(text).of("aws_iam_role_policy")
    assert [(one.address, one.values["role"]) for one in found] == [("P.0", Ref("A")), ("P.1", Ref("B"))]


def test_a_group_of_which_nothing_says_what_may_leave_lets_everything_out() -> None:
    text = "Resources:\n  G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g}}\n"
    assert inventory(text).by_address["G"].values["egress"] == [{"protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}]


def test_a_group_with_the_rule_that_lets_nothing_out_lets_nothing_out() -> None:
    rule = (
        "{CidrIp: 255.255.255.255/32, IpProtocol: icmp, FromPort: 252, ToPort: 86, Description: Disallow all traffic}"
    )
    text = f"Resources:\n  G: {{Type: AWS::EC2::SecurityGroup, Properties: {{SecurityGroupEgress: [{rule}]}}}}\n"
    assert inventory(text).by_address["G"].values["egress"] == []


def test_a_resource_has_the_place_at_which_it_is_declared() -> None:
    place = inventory("Resources:\n\n  V: {Type: AWS::EC2::VPC}\n").by_address["V"].location
    assert place is not None
    assert (place.file, place.line, place.column) == ("stack.yaml", 3, 3)


def test_json_is_read_with_tabs_and_with_characters_in_halves() -> None:
    text = json.dumps(
        {"Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "😀 \\ud83d"}}}}, indent="\t"
    )
    assert inventory(text).by_address["T"].values["name"] == "😀 \\ud83d"


def test_numbers_and_switches_are_none_where_they_are_quoted_or_would_be_written_otherwise() -> None:
    values = "[1, -2, 0.5, true, No, '1', \"true\", 007, 1e3, 10:30, 2012-10-17, .5, ~]"
    text = f"Resources: {{T: {{Type: AWS::SNS::Topic, Properties: {{Listed: {values}}}}}}}"
    assert inventory(text).by_address["T"].values["listed"] == [
        *(1, -2, 0.5, True, False, "1", "true", "007", "1e3", "10:30", "2012-10-17", ".5", None)
    ]


def test_numbers_as_ids_are_texts() -> None:
    assert [one.address for one in inventory("Resources: {0123: {Type: AWS::EC2::EIP}}").resources] == ["0123"]


def test_a_type_that_is_no_text_is_no_type() -> None:
    assert inventory("Resources: {A: {Type: [x]}, B: 3, C: {Type: 1}}").unread == (
        Unread("A", "has no type"),
        Unread("B", "has no type"),
        Unread("C", "has no type"),
    )


def test_the_version_of_an_engine_is_a_text_where_yaml_takes_it_for_a_number() -> None:
    text = "Resources: {D: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EngineVersion: 8.0}}}"
    assert inventory(text).by_address["D"].values == {
        "engine": "mysql",
        "engine_version": "8.0",
        "skip_final_snapshot": False,
    }

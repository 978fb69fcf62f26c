"""CloudFormation templates: what stands in them."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec.artifacts import Artifacts, Origin
from archspec.defaults import complete
from archspec.errors import SpecError, UsageError
from archspec.exporters import EXPORTERS
from archspec.exporters.cloudformation import meaning
from archspec.exporters.cloudformation.waiting import named
from archspec.importers import spec
from archspec.resources.cloudformation import FORMS, NOWHERE


def export(source: str, region: str = "us-east-1") -> Artifacts:
    loaded = spec.parse(f"archspec: 1\nname: sample\nregion: {region}\n{source}")
    return EXPORTERS["cloudformation"].export(complete(loaded.architecture))


def template(source: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export(source).files["template.json"])
    return found


def test_a_subnet_is_written_in_cloudformations_words() -> None:
    found = template(
        "network:\n  vpcs: {main: {cidr: 10.0.0.0/16}}\n"
        "  subnets: {data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}}\n"
    )["Resources"]
    assert found["SubnetDataA"] == {
        "Type": "AWS::EC2::Subnet",
        "Metadata": {"SpecPath": "network.subnets.data-a"},
        "Properties": {
            "VpcId": {"Ref": "VpcMain"},
            "CidrBlock": "10.0.1.0/24",
            "AvailabilityZone": "us-east-1a",
            "MapPublicIpOnLaunch": False,
            "Tags": [
                {"Key": "Architecture", "Value": "sample"},
                {"Key": "ManagedBy", "Value": "archspec"},
                {"Key": "Stage", "Value": "production"},
                {"Key": "Element", "Value": "data-a"},
                {"Key": "Name", "Value": "sample-data-a"},
                {"Key": "Tier", "Value": "data"},
            ],
        },
    }


def test_a_rule_of_a_security_group_names_the_other_group() -> None:
    found = template(
        "network:\n  vpcs: {main: {cidr: 10.0.0.0/16}}\n"
        "  security_groups: {web: {egress: []}, db: {ingress: [{from: web, port: 5432}], egress: []}}\n"
    )["Resources"]
    assert found["VpcSecurityGroupIngressRuleDbXFromXWebX5432"]["Properties"] == {
        "GroupId": {"Fn::GetAtt": ["SecurityGroupDb", "GroupId"]},
        "Description": "5432 from web",
        "SourceSecurityGroupId": {"Fn::GetAtt": ["SecurityGroupWeb", "GroupId"]},
        "IpProtocol": "tcp",
        "FromPort": 5432,
        "ToPort": 5432,
    }


def test_a_secret_value_is_a_parameter_that_nobody_sees() -> None:
    found = template(
        "network:\n  vpcs: {main: {cidr: 10.0.0.0/16}}\n"
        "  subnets: {a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}}\n  security_groups: {sg: {}}\n"
        "data:\n  caches: {redis: {engine: redis, class: cache.t4g.small, auth: token, subnets: [a],"
        " security_groups: [sg]}}\n"
    )
    assert found["Parameters"]["AuthTokenRedis"]["NoEcho"] is True
    assert found["Resources"]["ElasticacheReplicationGroupRedis"]["Properties"]["AuthToken"] == {
        "Ref": "AuthTokenRedis"
    }


def test_parts_of_a_bucket_are_properties_of_it() -> None:
    found = template("data: {buckets: {files: {versioning: true}}}\n")["Resources"]["S3BucketFiles"]
    assert found["Type"] == "AWS::S3::Bucket"
    assert found["DeletionPolicy"] == "Retain"
    assert found["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
    assert set(found["Properties"]["PublicAccessBlockConfiguration"].values()) == {True}
    assert found["Properties"]["NotificationConfiguration"] == {
        "EventBridgeConfiguration": {"EventBridgeEnabled": True}
    }


def test_the_source_map_leads_from_a_logical_id_to_the_spec() -> None:
    found = export("network: {vpcs: {main: {cidr: 10.0.0.0/16}}}\n")
    assert found.origins["VpcMain"] == Origin("main", ("network", "vpcs", "main", "cidr"))


def test_what_a_template_cannot_hold_is_listed() -> None:
    found = export("network: {vpcs: {main: {cidr: 10.0.0.0/16}}}\n")
    assert "its default security group: CloudFormation cannot change what AWS made" in {
        one.reason for one in found.omissions
    }


def test_a_part_that_is_left_out_is_not_taken_for_the_whole() -> None:
    found = export("messaging: {queues: {jobs: {dead_letter: dlq}, dlq: {}}}\n").omissions
    reason = "its redrive-allow policy: a queue and its dead-letter queue may not name each other in one template"
    assert [one.reason for one in found if one.path == ("messaging", "queues", "dlq")] == [reason]


def test_text_of_a_spec_stays_text() -> None:
    note = '"}, {"Ref": "x"} ${AWS::AccountId} !Ref y'
    found = template(
        "network:\n  vpcs: {main: {cidr: 10.0.0.0/16}}\n"
        f"  security_groups: {{sg: {{ingress: [{{from: internet, port: 1, note: {json.dumps(note)}}}], egress: []}}}}\n"
    )["Resources"]["VpcSecurityGroupIngressRuleSgXFromXInternetX1"]["Properties"]["Description"]
    assert found == "}, { Ref : x } ${AWS::AccountId} !Ref y"


NETWORK = (
    "network:\n  vpcs: {main: {cidr: 10.0.0.0/16}}\n"
    "  subnets:\n    a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}\n"
    "    b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}\n"
    "  security_groups: {sg: {egress: []}}\n"
)


def test_a_group_that_lets_nothing_out_says_so() -> None:
    found = template(NETWORK)["Resources"]["SecurityGroupSg"]["Properties"]
    assert found["SecurityGroupEgress"] == [dict(NOWHERE)]


def test_a_budget_says_whom_it_tells() -> None:
    found = template(
        "messaging: {topics: {alerts: {}}}\n"
        "observability: {budgets: {all: {limit: $100/month, alerts: [80%], notifies: [alerts]}}}\n"
    )["Resources"]["BudgetsBudgetAll"]["Properties"]
    assert found["Budget"]["BudgetLimit"] == {"Amount": "100", "Unit": "USD"}
    assert found["NotificationsWithSubscribers"] == [
        {
            "Notification": {
                "NotificationType": "ACTUAL",
                "ComparisonOperator": "GREATER_THAN",
                "Threshold": 80,
                "ThresholdType": "PERCENTAGE",
            },
            "Subscribers": [{"SubscriptionType": "SNS", "Address": {"Ref": "SnsTopicAlerts"}}],
        }
    ]
    assert "ResourceTags" in found


def test_a_distribution_stands_in_its_configuration() -> None:
    found = template("data: {buckets: {site: {}}}\nedge: {distributions: {cdn: {origins: [site]}}}\n")["Resources"]
    configuration = found["CloudfrontDistributionCdn"]["Properties"]["DistributionConfig"]
    assert configuration["Origins"] == [
        {
            "Id": "site",
            "DomainName": {"Fn::GetAtt": ["S3BucketSite", "RegionalDomainName"]},
            "OriginAccessControlId": {"Fn::GetAtt": ["CloudfrontOriginAccessControlCdn", "Id"]},
            "S3OriginConfig": {"OriginAccessIdentity": ""},
        }
    ]
    assert (
        found["CloudfrontOriginAccessControlCdn"]["Properties"]["OriginAccessControlConfig"]["SigningProtocol"]
        == "sigv4"
    )


def test_an_arn_that_cloudformation_does_not_tell_is_put_together() -> None:
    found = template("data: {buckets: {site: {}}}\nedge: {distributions: {cdn: {origins: [site]}}}\n")["Resources"]
    statements = found["S3BucketPolicySite"]["Properties"]["PolicyDocument"]["Statement"]
    (read,) = (one for one in statements if one["Action"] == "s3:GetObject")
    assert read["Condition"]["StringEquals"]["AWS:SourceArn"] == {
        "Fn::Join": [
            "",
            [
                "arn:",
                {"Ref": "AWS::Partition"},
                ":cloudfront::",
                {"Ref": "AWS::AccountId"},
                ":distribution/",
                {"Ref": "CloudfrontDistributionCdn"},
            ],
        ]
    }


def test_a_certificate_proves_its_domain_by_itself() -> None:
    found = template(
        "edge: {zones: {zone: {domain: example.com}}}\nsecurity: {certificates: {web: {domain: www.example.com}}}\n"
    )["Resources"]
    assert found["AcmCertificateWeb"]["Properties"]["DomainValidationOptions"] == [
        {"DomainName": "www.example.com", "HostedZoneId": {"Ref": "Route53ZoneZone"}}
    ]
    assert [one for one in found.values() if one["Type"] == "AWS::Route53::RecordSet"] == []


def test_a_last_snapshot_of_a_database_is_taken_unless_the_spec_has_none() -> None:
    rest = "engine: postgres, class: db.t4g.small, subnets: [a, b], security_groups: [sg]"
    found = template(
        f"{NETWORK}data:\n  databases:\n    kept: {{{rest}}}\n    lost: {{{rest}, final_snapshot: false}}\n"
    )["Resources"]
    policies = [found[f"DbInstance{name}"]["DeletionPolicy"] for name in ("Kept", "Lost")]
    assert policies == ["Snapshot", "Delete"]


def test_what_is_in_another_region_is_a_parameter_that_says_so() -> None:
    found = export(
        "data: {buckets: {site: {}}}\nsecurity: {certificates: {cert: {domain: example.org}}}\n"
        "edge: {distributions: {cdn: {origins: [site], certificate: cert}}}\n",
        region="eu-west-1",
    )
    parameters = json.loads(found.files["template.json"])["Parameters"]
    assert parameters["AcmCertificateValidationCertCertificateArn"] == {
        "Type": "String",
        "Description": "ARN of the ACM certificate of cert: aws_acm_certificate_validation.cert is in us-east-1, which"
        " takes a stack of its own",
    }
    reasons = {one.reason for one in found.omissions}
    assert "aws_acm_certificate.cert is in us-east-1, which takes a stack of its own" in reasons


def test_a_template_that_cloudformation_refuses_is_not_written() -> None:
    topics = ", ".join(f"t{i}: {{}}" for i in range(300))
    with pytest.raises(
        UsageError, match=r"a template of sample would have \d{3,} resources; CloudFormation takes 500\."
    ):
        export(f"messaging: {{topics: {{{topics}}}, queues: {{{topics.replace('t', 'q')}}}}}\n")


ROLE = "security:\n  roles:\n    role: {{trust_policy: [{{principal: ecs-tasks.amazonaws.com}}], policy: {policy}}}\n"


@pytest.mark.parametrize("key", ["Ref", "Fn::Transform", "Fn::Sub"])
def test_a_key_that_cloudformation_takes_for_a_function_is_refused(key: str) -> None:
    tests = {"StringEquals": {key: "x"}}
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": tests}
    policy = json.dumps(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    with pytest.raises(UsageError, match=f"a template cannot hold the key '{key}' of the spec"):
        template(ROLE.format(policy=policy))


@pytest.mark.parametrize("value", ["{{resolve:ssm:x}}", {"Fn::Join": ["", ["{{re", "solve:", {"Ref": "A"}, "}}"]]}])
def test_a_text_that_cloudformation_puts_a_secret_in_place_of_is_refused(value: object) -> None:
    resource = {"Metadata": {"SpecPath": "network.vpcs.main"}, "Properties": {"Tags": [{"Key": "a", "Value": value}]}}
    with pytest.raises(UsageError, match=r"network\.vpcs\.main: CloudFormation would put a secret in place"):
        meaning.check({"Vpc": resource})


HOSTILE = st.text(st.sampled_from('"{}${}!&*:[]\\\n\t\u2028\ud800Ref Fn::Sub,#%\u202e😀'), max_size=30)


@given(HOSTILE)
@settings(max_examples=40, deadline=None)
def test_no_text_of_a_spec_becomes_a_function(note: str) -> None:
    rule = {"from": "internet", "port": 1, "note": note}
    groups = f"{{sg: {{ingress: [{json.dumps(rule)}]}}}}"
    source = f"network:\n  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}\n  security_groups: {groups}\n"
    try:
        found = template(source)["Resources"]
    except SpecError:
        return  # a spec refuses what cannot be seen
    rules = [one["Properties"] for one in found.values() if one["Type"] == "AWS::EC2::SecurityGroupIngress"]
    assert [isinstance(one.get("Description", ""), str) for one in rules] == [True]
    assert {name for one in found.values() for name in named(one["Properties"])} <= {
        *found,
        "AWS::AccountId",
        "AWS::Region",
        "AWS::Partition",
    }


def test_every_form_names_a_type_of_cloudformation() -> None:
    assert [form.type for form in FORMS.values() if form.type.count("::") != 2] == []

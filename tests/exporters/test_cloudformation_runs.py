"""A stack made of a whole template, in an AWS on this machine."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from archspec import api

ROOT = Path(__file__).parents[2]
_TYPE = re.compile(r"AWS::\w+::\w+")
UNMADE = {
    "AWS::EC2::SecurityGroupEgress",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::ElastiCache::SubnetGroup",
    "AWS::IAM::RolePolicy",
    "AWS::S3::BucketPolicy",
    "AWS::SecretsManager::Secret",
}
"""Types that moto 5.2.1 passes over without making anything."""


def digestible(text: str) -> str:
    """Return a template as moto 5.2.1 takes it: it stumbles over tags of keys, and over groups that it made itself."""
    template: dict[str, Any] = json.loads(text)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::KMS::Key":
            del resource["Properties"]["Tags"]
        if resource["Type"] == "AWS::RDS::DBInstance":
            del resource["Properties"]["DBParameterGroupName"]
    return json.dumps(template)


@pytest.mark.slow
def test_a_stack_of_a_whole_system_is_created(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("moto.cloudformation", reason="moto cannot make stacks here")
    import boto3
    from moto import mock_aws

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
    text = api.export(api.load(ROOT / "specs" / "ecs-production.yaml"), "cloudformation").files["template.json"]
    template = json.loads(text)
    with mock_aws():
        certificate = boto3.client("acm", "us-east-1").request_certificate(DomainName="example.com")["CertificateArn"]
        asked = {name: certificate if "Certificate" in name else "x" * 20 for name in template["Parameters"]}
        stacks = boto3.client("cloudformation", "us-east-1")
        with pytest.warns(UserWarning, match="not supported by moto") as told:
            stacks.create_stack(
                StackName="system",
                TemplateBody=digestible(text),
                Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in asked.items()],
                Capabilities=["CAPABILITY_NAMED_IAM"],
            )
        (stack,) = stacks.describe_stacks(StackName="system")["Stacks"]
        network = boto3.client("ec2", "us-east-1")
        ours = [{"Name": "tag:Architecture", "Values": ["ecs-production"]}]
        subnets = {one["CidrBlock"] for one in network.describe_subnets(Filters=ours)["Subnets"]}
        clusters = boto3.client("ecs", "us-east-1").list_clusters()["clusterArns"]
        services = boto3.client("ecs", "us-east-1").list_services(cluster=clusters[0])["serviceArns"]
    wanted = [one for one in template["Resources"].values() if one["Type"] == "AWS::EC2::Subnet"]
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    assert subnets == {one["Properties"]["CidrBlock"] for one in wanted}
    assert sorted(one.rpartition("-")[2] for one in services) == ["api", "notifier", "scheduler", "worker"]
    assert {found[0] for one in told if (found := _TYPE.search(str(one.message)))} == UNMADE

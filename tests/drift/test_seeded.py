"""Changes made by hand on an applied system: each is found at its line of the spec, and nothing else is.

All are made on one copy of the account, so that it is asked once: none of them hides another.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from archspec import api
from archspec.commands import drift as command
from archspec.drift import find
from archspec.findings import Finding, Severity
from tests.cloud.account import copied
from tests.cloud.applied import ROOT, client
from tests.cloud.conftest import Apply
from tests.cloud.terraform import terraform
from tests.cloud.untyped import Moto
from tests.drift.accounts import saved

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

PATH = "specs/ecs-production.yaml"
on_production = pytest.mark.parametrize("path", [PATH])


class Account(NamedTuple):
    """An account that somebody changes."""

    region: str
    endpoint: str

    def __call__(self, service: str) -> Moto:
        return client(service, self.region, self.endpoint)


def open_ssh(account: Account) -> None:
    rule = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    account("ec2").authorize_security_group_ingress(GroupId=group(account, "ecs-sg"), IpPermissions=[rule])


def keep_backups_for_a_day(account: Account) -> None:
    modify_database(account, BackupRetentionPeriod=1)


def stand_in_one_az(account: Account) -> None:
    modify_database(account, MultiAZ=False)


def allow_deletion(account: Account) -> None:
    modify_database(account, DeletionProtection=False)


def run_one_worker(account: Account) -> None:
    ecs = account("ecs")
    (cluster,) = ecs.list_clusters()["clusterArns"]
    (worker,) = [one for one in ecs.list_services(cluster=cluster)["serviceArns"] if one.endswith("-worker")]
    ecs.update_service(cluster=cluster, service=worker, desiredCount=1)


def cut_off_from_nat(account: Account) -> None:
    ec2 = account("ec2")
    named = [{"Name": "tag:Name", "Values": ["ecs-production-main-private-us-east-1b-rt"]}]
    (table,) = ec2.describe_route_tables(Filters=named)["RouteTables"]
    ec2.delete_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="0.0.0.0/0")


def add_a_group(account: Account) -> None:
    ec2 = account("ec2")
    (vpc,) = ec2.describe_vpcs(Filters=[{"Name": "tag:Element", "Values": ["main"]}])["Vpcs"]
    ec2.create_security_group(GroupName="by-hand", Description="for a test", VpcId=vpc["VpcId"])


def add_queues(account: Account) -> None:
    account("sqs").create_queue(QueueName="ecs-production-extra", tags={"Architecture": "ecs-production"})
    account("sqs").create_queue(QueueName="depot-orders", tags={"Architecture": "depot"})


def stop_redirecting(account: Account) -> None:
    balancing = account("elbv2")
    (balancer,) = balancing.describe_load_balancers()["LoadBalancers"]
    listeners = balancing.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    (plain,) = [one["ListenerArn"] for one in listeners if one["Port"] == 80]
    (api_,) = balancing.describe_target_groups(Names=["ecs-production-api-tg"])["TargetGroups"]
    action = {"Type": "forward", "TargetGroupArn": api_["TargetGroupArn"]}
    balancing.modify_listener(ListenerArn=plain, DefaultActions=[action])


def make_an_administrator(account: Account) -> None:
    administration = "arn:aws:iam::aws:policy/AdministratorAccess"
    account("iam").attach_role_policy(RoleName="ecs-production-api-task", PolicyArn=administration)


def suspend_versions(account: Account) -> None:
    s3 = account("s3")
    (bucket,) = s3.list_buckets()["Buckets"]
    s3.put_bucket_versioning(Bucket=bucket["Name"], VersioningConfiguration={"Status": "Suspended"})


def delete_the_notifier(account: Account) -> None:
    ecs = account("ecs")
    (cluster,) = ecs.list_clusters()["clusterArns"]
    (notifier,) = [one for one in ecs.list_services(cluster=cluster)["serviceArns"] if one.endswith("-notifier")]
    ecs.delete_service(cluster=cluster, service=notifier, force=True)


class Seeded(NamedTuple):
    """A change, and what is found: by which rule, how bad, in which line of the spec, in which words."""

    change: Callable[[Account], None]
    rule: str
    severity: Severity
    line: str
    message: str


ERROR, WARNING = Severity.ERROR, Severity.WARNING
SEEDED = [
    Seeded(open_ssh, "DRF003", ERROR, "ecs-sg: {title: ECS SG, ingress: [{from: alb-sg, port: 4000-4003}]}",
           "ingress of ecs-sg has from internet, port 22 in account, and not in the spec"),
    Seeded(keep_backups_for_a_day, "DRF003", ERROR, "backups: {every: 1 day, retention: 30 days, point_in_time: true,"
           " cross_region: planned}", "backups.retention of rds is 30 days in the spec, and 1 day in account"),
    Seeded(stand_in_one_az, "DRF003", ERROR, "multi_az: true",
           "multi_az of rds is true in the spec, and false in account"),
    Seeded(allow_deletion, "DRF003", WARNING, "rds:",
           "deletion_protection of rds is false in account, and the spec leaves it open, which is exported as true"),
    Seeded(run_one_worker, "DRF003", ERROR, "worker:    {title: Worker,    cluster: ecs, port: 4001, cpu: 256,"
           " memory: 512,  desired: 5, health_check: /health,", "desired of worker is 5 in the spec, and 1 in account"),
    Seeded(cut_off_from_nat, "DRF003", ERROR, "main: {title: VPC, cidr: 10.0.0.0/16, note: within the AWS Cloud}",
           "routes of main-private-us-east-1b-rt has destination 0.0.0.0/0, target nat-b in the spec,"
           " and not in account"),
    Seeded(add_a_group, "DRF002", WARNING, "security_groups:",
           "security group by-hand-sg is in account, and not in the spec"),
    Seeded(add_queues, "DRF002", WARNING, "archspec: 1", "queue extra is in account, and not in the spec"),
    Seeded(stop_redirecting, "DRF003", ERROR, "- {port: 80, protocol: HTTP, redirect: 443}",
           "listeners[80].redirect of alb is 443 in the spec, and not stated in account"),
    Seeded(make_an_administrator, "DRF003", ERROR, "api:       {title: API,       cluster: ecs, port: 4000,"
           " cpu: 512, memory: 1024, desired: 2, health_check: /health,",
           "managed_policies of the role ecs-production-api-task of api is none in the spec, and AdministratorAccess in"
           " account"),
    Seeded(suspend_versions, "DRF003", ERROR, "alb:", "versioning of the bucket ecs-production-123456789012-logs-"
           "us-east-1 of alb is true in the spec, and false in account"),
    Seeded(delete_the_notifier, "DRF001", ERROR, "notifier:  {title: Notifier,  cluster: ecs, port: 4003, cpu: 256,"
           " memory: 512,  desired: 2, health_check: /health,", "notifier is in the spec, and not in account"),
]  # fmt: skip

ALSO = {
    "instances of rds has role standby, az us-east-1b in the spec, and not in account",  # with one AZ comes no standby
    "notifier-tg is in the spec, and not in account",  # it leads to nothing any more, and so does what leads to it
    "listeners[443].rules of alb has path /notifier/*, forward notifier in the spec, and not in account",
}


def group(account: Account, element: str) -> str:
    named = [{"Name": "tag:Element", "Values": [element]}]
    (found,) = account("ec2").describe_security_groups(Filters=named)["SecurityGroups"]
    return str(found["GroupId"])


def modify_database(account: Account, **values: object) -> None:
    account("rds").modify_db_instance(DBInstanceIdentifier="ecs-production-rds", ApplyImmediately=True, **values)


@pytest.fixture
def seeded(applied: Apply, path: str, tmp_path: Path) -> list[Finding]:
    """Return what is found in a copy of the account in which everything is changed."""
    done = applied(path)
    account = Account(done.region, copied(done.endpoint))
    for one in SEEDED:
        one.change(account)
    there = saved(done, account.endpoint, tmp_path / "account")
    system = api.load(ROOT / path)
    return [*find(system.architecture, there, system.source.locate).findings]


@on_production
def test_every_change_is_found_at_its_line_and_nothing_else_is(seeded: list[Finding]) -> None:
    told = [(one.rule, one.severity, one.location.text.strip(), one.message) for one in seeded]
    assert sorted(one for one in told if one[3] not in ALSO) == sorted(one[1:] for one in SEEDED)


@on_production
def test_terraform_does_not_see_a_port_that_was_opened_by_hand(applied: Apply, path: str, tmp_path: Path) -> None:
    done = applied(path)
    account = Account(done.region, copied(done.endpoint))
    open_ssh(account)
    again = terraform(done.folder, account.endpoint).try_("plan", "-input=false", "-detailed-exitcode", "-lock=false")
    system = api.load(ROOT / path)
    there = saved(done, account.endpoint, tmp_path / "account")
    found = find(system.architecture, there, system.source.locate).findings
    assert (again.code, [one.message for one in found]) == (0, [SEEDED[0].message])


@on_production
def test_a_spec_that_was_edited_differs_from_its_state(
    applied: Apply, path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = applied(path)
    text = (ROOT / path).read_text("utf-8").replace("desired: 5,", "desired: 3,")
    spec = tmp_path / "spec.yaml"
    spec.write_text(text, encoding="utf-8")
    assert command.run([str(spec), "--state", str(done.state), "--format", "json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert [(one["rule"], one["message"]) for one in printed["findings"]] == [
        ("DRF003", f"desired of worker is 3 in the spec, and 5 in {done.state.as_posix()}")
    ]

"""What the Terraform exporter writes, without running Terraform."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archspec.artifacts import Artifacts, Origin
from archspec.defaults import complete
from archspec.exporters import EXPORTERS
from archspec.importers import spec

ROOT = Path(__file__).parents[2]
ECS = Path("specs/ecs-production.yaml")
HELLO = Path("specs/examples/hello.yaml")
EVERYTHING = Path("tests/exporters/specs/everything.yaml")
NETWORK = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
"""
DATABASE = "data: {databases: {db: {engine: postgres, class: db.t4g.small, subnets: [a, b], security_groups: [sg]%s}}}"

Export = Callable[..., Artifacts]
_RESOURCE = re.compile(r'^resource "([^"]*)" "([^"]*)" \{$', re.MULTILINE)


def block(artifacts: Artifacts, address: str) -> str:
    """Return the text of a resource without its comments."""
    kind, name = address.split(".")
    whole = "\n".join(artifacts.files.values())
    return whole[whole.index(f'resource "{kind}" "{name}"') :].partition("\n}\n")[0]


def attributes(artifacts: Artifacts, address: str) -> dict[str, str]:
    """Return a resource's arguments that fit on a line, as written."""
    return dict(re.findall(r"^  (\w+) += (.*[^{\[(\n])$", block(artifacts, address), re.MULTILINE))


def test_ecs_production_is_the_golden_export(export: Export, golden: Callable[[str, str], None]) -> None:
    files = export(ECS).files
    for name, text in files.items():
        golden(f"golden/terraform/ecs-production/{name}", text)
    kept = (ROOT / "tests/exporters/golden/terraform/ecs-production").iterdir()
    assert sorted(path.name for path in kept) == sorted(files)


def test_everything_is_the_golden_export(export: Export, golden: Callable[[str, str], None]) -> None:
    files = export(EVERYTHING).files
    golden("golden/terraform/everything.tf", "\n".join(f"# {name}\n\n{text}" for name, text in files.items()))


@pytest.mark.parametrize("path", [ECS, HELLO, EVERYTHING], ids=lambda path: path.stem)
def test_every_resource_has_an_origin_and_every_origin_a_resource(export: Export, path: Path) -> None:
    artifacts = export(path)
    written = [".".join(found) for text in artifacts.files.values() for found in _RESOURCE.findall(text)]
    assert sorted(written) == sorted(artifacts.origins)


@pytest.mark.parametrize("path", [ECS, HELLO, EVERYTHING], ids=lambda path: path.stem)
def test_every_origin_is_a_place_in_its_own_element(export: Export, path: Path) -> None:
    elements = complete(spec.load(ROOT / path).architecture).elements
    for origin in export(path).origins.values():
        assert origin.path[:3] == elements[origin.element].path


def test_the_same_spec_gives_the_same_bytes_under_every_hash_seed() -> None:
    code = (
        "import hashlib, pathlib\n"
        "from archspec.defaults import complete\n"
        "from archspec.exporters import EXPORTERS\n"
        "from archspec.importers import spec\n"
        f"loaded = spec.load(pathlib.Path({EVERYTHING.as_posix()!r}))\n"
        "made = EXPORTERS['terraform'].export(complete(loaded.architecture))\n"
        "print(hashlib.sha256(repr((made.files, made.origins)).encode()).hexdigest())\n"
    )
    loaded = spec.load(ROOT / EVERYTHING)
    made = EXPORTERS["terraform"].export(complete(loaded.architecture))
    here = hashlib.sha256(repr((made.files, made.origins)).encode()).hexdigest()
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == here


def test_the_order_of_elements_in_a_spec_does_not_matter(export: Export) -> None:
    groups = ("first-sg: {vpc: v, ingress: [{from: second-sg, port: 1}]}", "second-sg: {vpc: v}")
    text = "network: {{vpcs: {{v: {{cidr: 10.0.0.0/16}}}}, security_groups: {{{}, {}}}}}"
    assert export(text.format(*groups)) == export(text.format(*reversed(groups)))


def test_a_rule_keeps_its_address_when_it_moves(export: Export) -> None:
    rules = ("{from: internet, port: 443}", "{from: 10.0.0.0/8, port: 22}")
    text = "network: {{vpcs: {{v: {{cidr: 10.0.0.0/16}}}}, security_groups: {{sg: {{ingress: [{}, {}]}}}}}}"
    first, second = export(text.format(*rules)), export(text.format(*reversed(rules)))
    address = "aws_vpc_security_group_ingress_rule.sg__from__10_0_0_0__8__22"
    assert block(first, address) == block(second, address)
    assert first.origins[address] == Origin("sg", ("network", "security_groups", "sg", "ingress", 1))
    assert second.origins[address] == Origin("sg", ("network", "security_groups", "sg", "ingress", 0))


def test_supporting_resources_come_from_the_element_that_needs_them(export: Export) -> None:
    origins = export(ECS).origins
    found = {address: origins[address].element for address in (
        "aws_cloudwatch_log_group.api",
        "aws_flow_log.main",
        "aws_iam_role.worker__execution",
        "aws_kms_key.derived__key__data",
        "aws_lb_listener_rule.alb__443__worker_tg",
        "aws_lb_target_group.worker_tg",
        "aws_s3_bucket.derived__bucket__logs",
    )}  # fmt: skip
    assert found == {
        "aws_cloudwatch_log_group.api": "api",
        "aws_flow_log.main": "main",
        "aws_iam_role.worker__execution": "worker",
        "aws_kms_key.derived__key__data": "rds",
        "aws_lb_listener_rule.alb__443__worker_tg": "alb",
        "aws_lb_target_group.worker_tg": "worker",
        "aws_s3_bucket.derived__bucket__logs": "alb",
    }


def test_an_empty_architecture_exports_no_resource(export: Export) -> None:
    artifacts = export("")
    assert sorted(artifacts.files) == ["main.tf", "variables.tf", "versions.tf"]
    assert artifacts.origins == {}


def test_what_is_left_out_is_listed_with_the_reason(export: Export) -> None:
    files = export(NETWORK + DATABASE % ", status: planned").files
    assert files["main.tf"].partition("\n\n")[0].splitlines()[1:] == [
        "#",
        "# Not exported:",
        "# - data.databases.db: is planned",
    ]


def test_names_and_addresses_of_awkward_ids_stay_apart(export: Export) -> None:
    ids = ["1a", "a", "a-1", "a1", "from", "x-from-y", "x", "cidr"]
    groups = ", ".join(f"{id_}: {{ingress: [{{from: {peer}, port: 1}} ]}}" for id_ in ids for peer in ["x-from-y"])
    artifacts = export(f"network: {{vpcs: {{v: {{cidr: 10.0.0.0/16}}}}, security_groups: {{{groups}}}}}")
    kind = "aws_vpc_security_group_ingress_rule"
    found = {origin.element for address, origin in artifacts.origins.items() if address.startswith(kind)}
    assert sorted(found) == sorted(ids)
    assert "aws_security_group._1a" in artifacts.origins


def test_long_names_of_load_balancers_are_cut_and_stay_apart(export: Export) -> None:
    stem = "a-load-balancer-with-a-long-name"
    balancers = ", ".join(f"{stem}-{i}: {{subnets: [a, b]}}" for i in (1, 2))
    artifacts = export(NETWORK.rstrip() + f"\n  load_balancers: {{{balancers}}}\n")
    names = [attributes(artifacts, f"aws_lb.{stem.replace('-', '_')}_{i}")["name"].strip('"') for i in (1, 2)]
    assert len(set(names)) == 2
    assert all(len(name) <= 32 for name in names)


@pytest.mark.parametrize(
    ("backups", "days"),
    [("", "7"), (", backups: {retention: 30 days}", "30"), (", backups: {retention: 36 hours}", "2")],
)
def test_backups_are_kept_as_long_as_stated(export: Export, backups: str, days: str) -> None:
    found = attributes(export(NETWORK + DATABASE % backups), "aws_db_instance.db")
    assert found["backup_retention_period"] == days


@pytest.mark.parametrize(
    ("storage", "size", "kind"),
    [
        ("", "20", '"gp3"'),
        ("100 GB", "100", '"gp3"'),
        ("1 TiB gp2", "1024", '"gp2"'),
        ("100-500 GB", "20", '"gp3"'),
        ("2.5 GB", "20", '"gp3"'),
    ],
)
def test_storage_is_exported_as_stated(export: Export, storage: str, size: str, kind: str) -> None:
    artifacts = export(NETWORK + DATABASE % f', storage: "{storage}"')
    found = attributes(artifacts, "aws_db_instance.db")
    assert (found["allocated_storage"], found["storage_type"]) == (size, kind)
    assert (storage != "" and size == "20") == ("# Not exported: the storage" in artifacts.files["databases.tf"])


def test_what_the_spec_says_beats_what_is_secure(export: Export) -> None:
    found = attributes(export(NETWORK + DATABASE % ", encrypted: false, public: true"), "aws_db_instance.db")
    assert (found["storage_encrypted"], found["publicly_accessible"]) == ("false", "true")
    assert "kms_key_id" not in found


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("", ("1", "false", "false")),
        ("multi_az: true, ", ("2", "true", "true")),
        ("instances: [{role: primary, az: us-east-1a}, {role: replica, az: us-east-1b}], ", ("2", "true", "true")),
        ("instances: [{role: primary, az: us-east-1a}, {role: replica, az: us-east-1a}], ", ("2", "true", "false")),
        (
            "instances: [{role: primary, az: us-east-1a}, {role: replica, az: us-east-1b, status: planned}], ",
            ("1", "false", "false"),
        ),
    ],
)
def test_a_cache_fails_over_only_where_there_is_something_to_fail_over_to(
    export: Export, stated: str, expected: tuple[str, str, str]
) -> None:
    cache = f"data: {{caches: {{c: {{engine: redis, {stated}subnets: [a, b], security_groups: [sg]}}}}}}"
    found = attributes(export(NETWORK + cache), "aws_elasticache_replication_group.c")
    keys = ("num_cache_clusters", "automatic_failover_enabled", "multi_az_enabled")
    assert tuple(found[key] for key in keys) == expected


def test_the_log_bucket_is_not_encrypted_with_kms_because_load_balancers_could_not_write(export: Export) -> None:
    artifacts = export(ECS)
    encryption = block(artifacts, "aws_s3_bucket_server_side_encryption_configuration.derived__bucket__logs")
    assert 'sse_algorithm = "AES256"' in encryption
    assert "# SSE-S3 on purpose:" in artifacts.files["access_logs.tf"]


def test_no_data_source_and_no_output_is_exported(export: Export) -> None:
    whole = "\n".join(text for path in (ECS, HELLO, EVERYTHING) for text in export(path).files.values())
    kinds = {line.split(" ")[0] for line in whole.splitlines() if re.match(r"\w+ .*\{", line)}
    assert kinds == {"provider", "resource", "terraform", "variable"}


def test_hostile_text_never_becomes_an_instruction_or_an_expression(export: Export) -> None:
    hostile = '"${var.x} \\" \\n checkov:skip=CKV_AWS_260:no"'
    artifacts = export(
        "network: {vpcs: {v: {cidr: 10.0.0.0/16}}, security_groups: {sg: "
        f"{{title: {hostile}, assumed: {hostile}, ingress: [{{from: internet, port: 80, note: {hostile}}}]}}}}}}"
    )
    rule = attributes(artifacts, "aws_vpc_security_group_ingress_rule.sg__from__internet__80")
    assert rule["description"] == '"$${var.x} checkov:skip\\u003dCKV_AWS_260:no"'
    text = artifacts.files["security_groups.tf"]
    assert '# assumed: ${var.x} " checkov: skip=CKV_AWS_260:no\n' in text
    assert ":skip=" not in text


@pytest.mark.parametrize(
    ("region", "principal"),
    [
        ("us-east-1", 'AWS = "arn:aws:iam::127311923021:root"'),
        ("cn-north-1", 'AWS = "arn:aws-cn:iam::638102146993:root"'),
        ("ca-west-1", 'Service = "logdelivery.elasticloadbalancing.amazonaws.com"'),
    ],
)
def test_the_log_bucket_takes_logs_from_the_load_balancers_of_its_region(
    export: Export, region: str, principal: str
) -> None:
    lines = NETWORK.rstrip() + "\n  load_balancers: {lb: {subnets: [a, b]}}\n"
    artifacts = export(lines.replace("us-east-1", region), region)
    assert principal in block(artifacts, "aws_s3_bucket_policy.derived__bucket__logs")


def test_reading_the_tables_imports_nothing_heavy() -> None:
    code = "import sys, archspec.exporters, archspec.scanners; print({'pydantic', 'networkx'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize(("protocol", "health"), [("HTTP", "HTTP"), ("HTTPS", "HTTPS")])
def test_health_is_checked_the_way_the_targets_speak(export: Export, protocol: str, health: str) -> None:
    balancing = (
        "  load_balancers: {lb: {subnets: [a, b], listeners: [{port: 80, protocol: HTTP, forward: s}]}}\n"
        f"  target_groups: {{tg: {{target: s, port: 1, protocol: {protocol}, health_check: /up}}}}\n"
        "compute: {services: {s: {port: 1, subnets: [a], security_groups: [sg]}}}\n"
    )
    written = block(export(NETWORK.rstrip() + "\n" + balancing), "aws_lb_target_group.tg")
    assert f'    path     = "/up"\n    protocol = "{health}"\n' in written

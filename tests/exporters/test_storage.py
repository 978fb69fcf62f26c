"""Buckets: what protects them, their lifecycle, their copies, and the access logs that go into them."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.artifacts import Artifacts
from archspec.defaults import complete
from archspec.exporters.terraform import access_logs, buckets, grants
from archspec.exporters.terraform.hcl import Block, Reference, Repeated, Template
from archspec.exporters.terraform.lifecycles import lifecycle_rule
from archspec.importers import spec
from archspec.model.architecture import Architecture

Parts = Callable[..., Any]

BUCKET = "data: {buckets: {files: {%s}}}"
BALANCED = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}, b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}}
  security_groups: {sg: {}}
  load_balancers: {lb: {subnets: [a, b], security_groups: [sg]%s}}
data: {buckets: {files: {%s}}}
"""
ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration.files"


def of(text: str) -> Architecture:
    """Return the architecture of a spec without its first three lines."""
    return complete(spec.parse(f"archspec: 1\nname: sample\nregion: us-east-1\n{text}").architecture)


def encryption(resources: Mapping[str, Any], address: str = ENCRYPTION) -> tuple[Any, Any]:
    """Return the algorithm and the key of a bucket."""
    default = resources[address].body["rule"].body["apply_server_side_encryption_by_default"].body
    return default["sse_algorithm"], default["kms_master_key_id"]


def statements(resources: Mapping[str, Any], address: str) -> list[Any]:
    """Return the statements of a policy."""
    return [*resources[address].body["policy"].value["Statement"]]


def test_a_bucket_of_which_nothing_is_said_is_private_and_encrypted_and_keeps_versions(parts: Parts) -> None:
    made = parts(buckets.resources, BUCKET % "")
    bodies = {address.split(".")[0]: one.body for address, one in made.resources.items()}
    assert made.omissions == []
    assert bodies["aws_s3_bucket"]["bucket"] == Template(("sample-files-", Reference("var.account_id")))
    blocked = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    assert [bodies["aws_s3_bucket_public_access_block"][one] for one in blocked] == [True] * 4
    assert bodies["aws_s3_bucket_versioning"]["versioning_configuration"] == Block({"status": "Enabled"})
    assert encryption(made.resources) == ("aws:kms", Reference("aws_kms_key.derived__key__data.arn"))
    assert [one["Sid"] for one in statements(made.resources, "aws_s3_bucket_policy.files")] == [
        "OnlyEncryptedTransport"
    ]
    assert bodies["aws_s3_bucket_logging"]["target_bucket"] == Reference("aws_s3_bucket.derived__bucket__logs.id")


def test_every_bucket_tells_eventbridge_of_its_objects(parts: Parts) -> None:
    stated = parts(buckets.resources, BUCKET % "").resources["aws_s3_bucket_notification.files"].body
    logs = f"aws_s3_bucket_notification.{access_logs.NAME}"
    derived = parts(access_logs.resources, BUCKET % "").resources[logs].body
    assert stated == {"bucket": Reference("aws_s3_bucket.files.id"), "eventbridge": True}
    assert derived == {"bucket": Reference("aws_s3_bucket.derived__bucket__logs.id"), "eventbridge": True}


def test_what_is_stated_of_a_bucket_wins_over_what_is_secure(parts: Parts) -> None:
    said = "versioning: false, encryption: sse-s3, public_access_block: false, tls_only: false, name: my-files"
    made = parts(buckets.resources, BUCKET % said)
    assert made.resources["aws_s3_bucket.files"].body["bucket"] == "my-files"
    assert (
        made.resources["aws_s3_bucket_versioning.files"].body["versioning_configuration"].body["status"] == "Disabled"
    )
    assert encryption(made.resources) == ("AES256", None)
    assert made.resources["aws_s3_bucket_public_access_block.files"].body["block_public_policy"] is False
    assert "aws_s3_bucket_policy.files" not in made.resources


def test_a_bucket_is_encrypted_with_the_key_that_it_names(parts: Parts) -> None:
    made = parts(buckets.resources, BUCKET % "key: own" + "\nsecurity: {keys: {own: {}}}")
    assert encryption(made.resources) == ("aws:kms", Reference("aws_kms_key.own.arn"))


def test_a_stated_policy_is_exported_and_what_aws_does_not_understand_of_it_is_noted(parts: Parts) -> None:
    said = (
        'tls_only: false, policy: [{principal: "*", does: s3:GetObject}, {principal: you}, {principal: "*", does: go}]'
    )
    made = parts(buckets.resources, BUCKET % said)
    arn = Reference("aws_s3_bucket.files.arn")
    assert statements(made.resources, "aws_s3_bucket_policy.files") == [
        {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"], "Resource": [arn, Template((arn, "/*"))]}
    ]
    assert made.omissions == [
        ("data.buckets.files.policy.1", "'you' is no principal as AWS writes it"),
        ("data.buckets.files.policy.2", "'go' are no IAM actions"),
    ]


def test_a_name_that_s3_does_not_take_is_not_exported(parts: Parts) -> None:
    bucket = parts(buckets.resources, BUCKET % "name: My Files").resources["aws_s3_bucket.files"]
    assert bucket.body["bucket"] == Template(("sample-files-", Reference("var.account_id")))
    assert bucket.reasons == ("Not exported: the name 'My Files', which S3 does not take.",)


@pytest.mark.parametrize("name", ["files.example.com", "a.b", "1.2.3", "my-.files"])
def test_a_name_with_dots_is_exported(parts: Parts, name: str) -> None:
    bucket = parts(buckets.resources, BUCKET % f"name: '{name}'").resources["aws_s3_bucket.files"]
    assert (bucket.body["bucket"], bucket.reasons) == (name, ())


@pytest.mark.parametrize("name", ["a..b", "192.168.5.4", ".files", "files.", "xn--files", "my-s3alias", "my.mrap"])
def test_a_name_that_s3_reserves_or_takes_for_an_address_is_not_exported(parts: Parts, name: str) -> None:
    bucket = parts(buckets.resources, BUCKET % f"name: '{name}'").resources["aws_s3_bucket.files"]
    assert bucket.reasons == (f"Not exported: the name '{name}', which S3 does not take.",)


EVERYBODY = 'policy: [{principal: "*", does: "%s", conditions: %s}]'


def test_a_public_bucket_has_no_kms_and_no_key_is_made_for_it(export: Callable[..., Artifacts], parts: Parts) -> None:
    made = parts(buckets.resources, BUCKET % "public: true")
    assert encryption(made.resources) == ("AES256", None)
    assert made.resources[ENCRYPTION].reasons[0].startswith("SSE-S3 on purpose: everybody may read it")
    assert not [one for one in export(BUCKET % "public: true").origins if one.startswith("aws_kms_key.derived__key__d")]


@pytest.mark.parametrize(
    ("said", "key"),
    [("encryption: sse-kms", "aws_kms_key.derived__key__data.arn"), ("key: own", "aws_kms_key.own.arn")],
)
def test_a_public_bucket_that_states_kms_has_it(parts: Parts, said: str, key: str) -> None:
    made = parts(buckets.resources, BUCKET % f"public: true, {said}" + "\nsecurity: {keys: {own: {}}}")
    assert encryption(made.resources) == ("aws:kms", Reference(key))


def test_who_reads_a_bucket_without_kms_needs_no_key() -> None:
    text = "security: {roles: {reader: {}}}\ndata: {buckets: {files: {readers: [reader], %s}}}"
    private: Any = grants.of("reader", of(text % ""))
    public: Any = grants.of("reader", of(text % "public: true"))
    assert [one["Action"] for one in public] == [["s3:ListBucket"], ["s3:GetObject"]]
    assert [one["Action"] for one in private] == [["s3:ListBucket"], ["s3:GetObject"], ["kms:Decrypt"]]


@pytest.mark.parametrize(
    ("said", "is_noted"),
    [
        ("", True),
        (EVERYBODY % ("s3:GetObject", "{}"), False),
        (EVERYBODY % ("s3:Get*", "{}"), False),
        (EVERYBODY % ("s3:ListBucket", "{}"), True),
        (EVERYBODY % ("s3:GetObject", '{"aws:SourceVpc": vpc-1}'), True),
    ],
)
def test_reading_by_everybody_is_noted_unless_the_policy_lets_them(parts: Parts, said: str, is_noted: bool) -> None:
    made = parts(buckets.resources, BUCKET % f"public: true, {said}")
    reason = 'reading by everybody is not exported; state it in `policy`: {principal: "*", does: s3:GetObject}'
    assert made.omissions == [("data.buckets.files.public", reason)] * is_noted


def test_no_encryption_is_noted_because_s3_has_none_such(parts: Parts) -> None:
    made = parts(buckets.resources, BUCKET % "encryption: none")
    assert encryption(made.resources) == ("AES256", None)
    assert [path for path, _ in made.omissions] == ["data.buckets.files.encryption"]


@pytest.mark.parametrize(("logs", "bucket"), [(", access_logs: files", ""), ("", "writers: [lb]")])
def test_a_bucket_for_access_logs_lets_the_load_balancer_write_and_has_no_kms(
    parts: Parts, logs: str, bucket: str
) -> None:
    made = parts(buckets.resources, BALANCED % (logs, bucket))
    assert encryption(made.resources) == ("AES256", None)
    assert made.resources[ENCRYPTION].reasons == (access_logs.NO_KMS,)
    sids = [one["Sid"] for one in statements(made.resources, "aws_s3_bucket_policy.files")]
    assert sids == ["OnlyEncryptedTransport", "ApplicationLogs"]


def test_network_load_balancers_write_access_logs_for_this_account_only(parts: Parts) -> None:
    made = parts(buckets.resources, BALANCED % (", type: network, access_logs: files", ""))
    _, *found = statements(made.resources, "aws_s3_bucket_policy.files")
    who = {
        "Principal": {"Service": "delivery.logs.amazonaws.com"},
        "Condition": {"StringEquals": {"aws:SourceAccount": Reference("var.account_id")}},
    }
    bucket = Reference("aws_s3_bucket.files.arn")
    objects = Template((bucket, "/AWSLogs/", Reference("var.account_id"), "/*"))
    assert found == [
        {"Sid": "NetworkLogs", "Effect": "Allow", **who, "Action": "s3:PutObject", "Resource": objects},
        {"Sid": "NetworkLogsCheck", "Effect": "Allow", **who, "Action": "s3:GetBucketAcl", "Resource": bucket},
    ]


def test_only_load_balancers_that_state_no_bucket_write_to_the_derived_one(parts: Parts) -> None:
    stated = parts(access_logs.resources, BALANCED % (", access_logs: files", ""))
    silent = parts(access_logs.resources, BALANCED % ("", ""))
    address = "aws_s3_bucket_policy.derived__bucket__logs"
    assert [one["Sid"] for one in statements(stated.resources, address)] == ["BucketLogs", "OnlyEncryptedTransport"]
    assert "ApplicationLogs" in [one["Sid"] for one in statements(silent.resources, address)]


def test_without_anything_that_is_logged_there_is_no_log_bucket(parts: Parts) -> None:
    assert parts(access_logs.resources, "").resources == {}


def test_a_copied_bucket_has_a_replica_in_the_region_of_the_recovery(parts: Parts) -> None:
    made = parts(buckets.resources, BUCKET % "replication: true" + "\nrecovery: {region: us-west-2}")
    replica = made.resources["aws_s3_bucket.files__replica"]
    assert replica.body["provider"] == Reference("aws.us_west_2")
    assert replica.body["tags"] == {"PartOf": "files"}
    rule = made.resources["aws_s3_bucket_replication_configuration.files"].body["rule"].body
    assert rule["destination"].body["bucket"] == Reference("aws_s3_bucket.files__replica.arn")
    own = Reference("aws_kms_key.derived__key__replicas.arn")
    assert encryption(made.resources, ENCRYPTION + "__replica") == ("aws:kms", own)
    assert rule["destination"].body["encryption_configuration"] == Block({"replica_kms_key_id": own})


@pytest.mark.parametrize(
    ("said", "region", "reason"),
    [
        ("", "", "recovery.region names no other Region for the copy"),
        ("", "region: us-east-1", "recovery.region names no other Region for the copy"),
        (", versioning: false", "region: us-west-2", "S3 copies only what has versions, and versioning is off"),
    ],
)
def test_a_copy_that_cannot_be_made_is_noted(parts: Parts, said: str, region: str, reason: str) -> None:
    made = parts(buckets.resources, BUCKET % f"replication: true{said}" + f"\nrecovery: {{{region}}}")
    assert made.omissions == [("data.buckets.files.replication", reason)]
    assert not [address for address in made.resources if "replica" in address]


def test_a_lifecycle_says_when_objects_move_and_expire() -> None:
    rule = lifecycle_rule("STANDARD_IA after 30 days, Glacier after 90 days, deleted after 1 year", 7)
    assert rule is not None
    assert rule["transition"] == Repeated(
        (
            Block({"days": 30, "storage_class": "STANDARD_IA"}),
            Block({"days": 90, "storage_class": "GLACIER"}),
        )
    )
    assert rule["expiration"] == Block({"days": 365})
    assert rule["noncurrent_version_expiration"] == Block({"noncurrent_days": 7})


def test_a_lifecycle_of_old_versions_says_how_long_they_stay() -> None:
    rule = lifecycle_rule("old versions to GLACIER after 7 days, old versions deleted after 14 days", 7)
    assert rule is not None
    assert rule["noncurrent_version_transition"] == Repeated(
        (Block({"noncurrent_days": 7, "storage_class": "GLACIER"}),)
    )
    assert rule["noncurrent_version_expiration"] == Block({"noncurrent_days": 14})
    assert "expiration" not in rule


@pytest.mark.parametrize(
    "text", ["", "configured", "7 days, 8 days", "90 minutes", "tape after 5 days", "after 7 days"]
)
def test_a_lifecycle_that_is_not_understood_is_none(text: str) -> None:
    assert lifecycle_rule(text, 7) is None


def test_a_lifecycle_in_other_words_is_noted(parts: Parts) -> None:
    made = parts(buckets.resources, BUCKET % "lifecycle: as the law says")
    assert [path for path, _ in made.omissions] == ["data.buckets.files.lifecycle"]
    rule = made.resources["aws_s3_bucket_lifecycle_configuration.files"].body["rule"].blocks[0].body
    assert rule["id"] == "tidy"


@given(st.text(max_size=60))
def test_any_text_is_a_lifecycle_or_none(text: str) -> None:
    rule = lifecycle_rule(text, 7)
    assert rule is None or rule["status"] == "Enabled"


def test_names_of_buckets_are_not_longer_than_s3_takes(parts: Parts) -> None:
    id_ = "a-very-long-" * 6 + "id"
    made = parts(
        buckets.resources, f"data: {{buckets: {{{id_}: {{replication: true}}}}}}\nrecovery: {{region: us-west-2}}"
    )
    names = [one.body["bucket"] for one in made.resources.values() if one.type == "aws_s3_bucket"]
    lengths = [sum(12 if isinstance(part, Reference) else len(part) for part in name.parts) for name in names]
    assert len(lengths) == 2
    assert max(lengths) <= 63

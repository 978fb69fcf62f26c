"""Buckets of Terraform come back from the resources around them."""

from typing import Any

from archspec import api
from archspec.exporters.terraform.files import collect
from archspec.importers.draft import data
from tests.importers.draft.made import drafted
from tests.importers.draft.reading import NETWORK, read

_TLS = {
    "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}  # fmt: skip


def _one(resources: dict[str, dict[str, Any]], id_: str) -> dict[str, Any]:
    return read(data, {**NETWORK, **resources})[id_].data


def test_a_bucket_comes_back_from_the_resources_around_it() -> None:
    resources: dict[str, dict[str, Any]] = {
        "aws_s3_bucket.files": {"bucket": "shop-files-123"},
        "aws_s3_bucket_versioning.files": {"versioning_configuration": [{"status": "Enabled"}]},
        "aws_s3_bucket_server_side_encryption_configuration.files": {
            "rule": [
                {
                    "apply_server_side_encryption_by_default": [
                        {"sse_algorithm": "aws:kms", "kms_master_key_id": "@aws_kms_alias.main"}
                    ]
                }
            ]
        },
        "aws_s3_bucket_lifecycle_configuration.files": {
            "rule": [
                {
                    "status": "Enabled",
                    "transition": [{"days": 90, "storage_class": "GLACIER"}],
                    "expiration": [{"days": 365}],
                    "noncurrent_version_expiration": [{"noncurrent_days": 30}],
                },
                {"status": "Disabled", "expiration": [{"days": 1}]},
            ]
        },
        "aws_s3_bucket_public_access_block.files": dict.fromkeys(
            ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"), True
        ),
        "aws_s3_bucket_policy.files": {
            "policy": {
                "Statement": [
                    _TLS,
                    {
                        "Effect": "Allow",
                        "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
                        "Action": "s3:GetObject",
                    },
                ]
            }
        },
        "aws_s3_bucket_replication_configuration.files": {"rule": [{"status": "Enabled"}]},
    }
    for address, values in resources.items():
        if address != "aws_s3_bucket.files":
            values["bucket"] = "@aws_s3_bucket.files"
    alias = {"aws_kms_alias.main": {"target_key_id": "@aws_kms_key.main"}}
    assert _one({**resources, **alias}, "files") == {
        "name": "shop-files-123",
        "encryption": "sse-kms",
        "key": "main",
        "versioning": True,
        "lifecycle": "GLACIER after 90 days, deleted after 365 days, old versions deleted after 30 days",
        "replication": True,
        "public_access_block": True,
        "policy": [{"principal": "123456789012", "does": "s3:GetObject", "conditions": {}}],
        "tls_only": True,
    }


def test_a_lifecycle_that_only_deletes_is_its_period() -> None:
    rules = [{"enabled": True, "expiration": [{"days": 7}]}]
    assert _one({"aws_s3_bucket.logs": {"lifecycle_rule": rules}}, "logs") == {"lifecycle": "7 days"}


def test_blocks_of_old_inside_a_bucket_are_read() -> None:
    inline = {
        "acl": "public-read",
        "versioning": [{"enabled": False}],
        "server_side_encryption_configuration": [
            {"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "AES256"}]}]}
        ],
    }
    assert _one({"aws_s3_bucket.site": inline}, "site") == {
        "encryption": "sse-s3", "versioning": False, "public": True,
    }  # fmt: skip


def test_a_lifecycle_under_a_prefix_keeps_it_and_can_be_exported_again() -> None:
    resources: dict[str, dict[str, Any]] = {
        "aws_s3_bucket.files": {"bucket": "shop-files"},
        "aws_s3_bucket_lifecycle_configuration.files": {
            "bucket": "@aws_s3_bucket.files",
            "rule": [{"status": "Enabled", "filter": [{"prefix": "tmp/"}], "expiration": [{"days": 7}]}],
        },
    }
    architecture = api.parse(drafted(resources).text).architecture
    assert [one.lifecycle for one in architecture.data.buckets.values()] == ["deleted after 7 days under tmp/"]
    reasons = [one.reason for one in collect(architecture).omissions]
    assert "archspec reads a lifecycle such as '7 days' or 'GLACIER after 90 days, deleted after 365 days'" in reasons

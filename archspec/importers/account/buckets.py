"""Buckets, and each of their settings, which S3 answers one by one.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
"""

from collections.abc import Iterator
from typing import Any

from archspec.importers.account.answers import Answers, Item, at, data, made, picked, tags
from archspec.resources.resource import Resource, Value


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield the buckets with their settings, as the provider splits them."""
    named = {asked.parameters["Bucket"]: tags(asked.item) for asked in answers.asked("s3.get_bucket_tagging")}
    # The oldest Region says nothing, and the second one its name of then.
    # https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
    old = {None: "us-east-1", "EU": "eu-west-1"}
    regions = {
        asked.parameters["Bucket"]: old.get(found := asked.item.get("LocationConstraint"), found)
        for asked in answers.asked("s3.get_bucket_location")
    }
    for one in answers.items("s3.list_buckets"):
        name = one["Name"]
        region = regions.get(name) or answers.region
        values: dict[str, Value] = {
            "bucket": name,
            "arn": f"arn:{answers.partition}:s3:::{name}",
            "region": region,
            "bucket_domain_name": f"{name}.s3.amazonaws.com",
            "bucket_regional_domain_name": f"{name}.s3.{region}.amazonaws.com",
        }
        yield made("aws_s3_bucket", name, values, named.get(name))
    for call, (type_, read) in _SETTINGS.items():
        for asked in answers.asked(call):
            bucket = asked.parameters["Bucket"]
            found = read(asked.item)
            if found:
                yield made(type_, bucket, {"bucket": bucket, **found})


def _versioning(item: Item) -> dict[str, Value]:
    return {"versioning_configuration": [{"status": item["Status"]}]} if item.get("Status") else {}


def _encryption(item: Item) -> dict[str, Value]:
    rules: Any = at(item, "ServerSideEncryptionConfiguration.Rules") or []
    names = {"sse_algorithm": "SSEAlgorithm", "kms_master_key_id": "KMSMasterKeyID"}
    return {
        "rule": [
            {
                "apply_server_side_encryption_by_default": [
                    picked(rule.get("ApplyServerSideEncryptionByDefault") or {}, names)
                ]
            }
            for rule in rules
        ]
    }


def _public_access(item: Item) -> dict[str, Value]:
    names = {
        "block_public_acls": "BlockPublicAcls",
        "block_public_policy": "BlockPublicPolicy",
        "ignore_public_acls": "IgnorePublicAcls",
        "restrict_public_buckets": "RestrictPublicBuckets",
    }
    return picked(item.get("PublicAccessBlockConfiguration") or {}, names)


def _policy(item: Item) -> dict[str, Value]:
    return {"policy": data(item["Policy"])} if item.get("Policy") else {}


def _lifecycle(item: Item) -> dict[str, Value]:
    rules: list[Value] = []
    for rule in item.get("Rules", []):
        found: dict[str, Value] = picked(rule, {"id": "ID", "status": "Status"})
        if rule.get("Expiration"):
            found["expiration"] = [picked(rule["Expiration"], {"days": "Days"})]
        found["transition"] = [
            picked(one, {"days": "Days", "storage_class": "StorageClass"}) for one in rule.get("Transitions", [])
        ]
        if rule.get("NoncurrentVersionExpiration"):
            names = {"noncurrent_days": "NoncurrentDays"}
            found["noncurrent_version_expiration"] = [picked(rule["NoncurrentVersionExpiration"], names)]
        if rule.get("AbortIncompleteMultipartUpload"):
            names = {"days_after_initiation": "DaysAfterInitiation"}
            found["abort_incomplete_multipart_upload"] = [picked(rule["AbortIncompleteMultipartUpload"], names)]
        rules.append({key: value for key, value in found.items() if value})
    return {"rule": rules}


def _logging(item: Item) -> dict[str, Value]:
    return picked(item.get("LoggingEnabled") or {}, {"target_bucket": "TargetBucket", "target_prefix": "TargetPrefix"})


def _replication(item: Item) -> dict[str, Value]:
    rules: Any = at(item, "ReplicationConfiguration.Rules") or []
    return {
        "rule": [
            {"status": rule.get("Status"), "destination": [picked(rule.get("Destination") or {}, {"bucket": "Bucket"})]}
            for rule in rules
        ]
    }


def _ownership(item: Item) -> dict[str, Value]:
    rules: Any = at(item, "OwnershipControls.Rules") or []
    return {"rule": [picked(rule, {"object_ownership": "ObjectOwnership"}) for rule in rules]}


def _notification(item: Item) -> dict[str, Value]:
    """Only that it tells EventBridge: whom else a bucket tells, a spec does not say."""
    return {"eventbridge": True} if "EventBridgeConfiguration" in item else {}


_EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"


def _acl(item: Item) -> dict[str, Value]:
    """Read whether the access list lets everybody in; any other is as good as none."""
    open_to = {grant.get("Permission") for grant in item.get("Grants", []) if at(grant, "Grantee.URI") == _EVERYBODY}
    if not open_to & {"READ", "WRITE", "FULL_CONTROL"}:
        return {}
    return {"acl": "public-read" if open_to == {"READ"} else "public-read-write"}


_SETTINGS = {
    "s3.get_bucket_acl": ("aws_s3_bucket_acl", _acl),
    "s3.get_bucket_notification_configuration": ("aws_s3_bucket_notification", _notification),
    "s3.get_bucket_ownership_controls": ("aws_s3_bucket_ownership_controls", _ownership),
    "s3.get_bucket_versioning": ("aws_s3_bucket_versioning", _versioning),
    "s3.get_bucket_encryption": ("aws_s3_bucket_server_side_encryption_configuration", _encryption),
    "s3.get_public_access_block": ("aws_s3_bucket_public_access_block", _public_access),
    "s3.get_bucket_policy": ("aws_s3_bucket_policy", _policy),
    "s3.get_bucket_lifecycle_configuration": ("aws_s3_bucket_lifecycle_configuration", _lifecycle),
    "s3.get_bucket_logging": ("aws_s3_bucket_logging", _logging),
    "s3.get_bucket_replication": ("aws_s3_bucket_replication_configuration", _replication),
}
"""Call → the type of resource that it is about, and what reads its answer."""

"""ARNs: of a resource that tells its own, of one that does not yet, and the element that one is about."""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from archspec.importers.draft import links, secret_stores
from archspec.importers.draft.attributes import text
from archspec.importers.draft.piece import Given
from archspec.resources.resource import Ref, Resource, Value

_REGIONAL = {
    "aws_cloudwatch_log_group": ("logs", "log-group:", "name"),
    "aws_db_instance": ("rds", "db:", "identifier"),
    "aws_ecr_repository": ("ecr", "repository/", "name"),
    "aws_ecs_cluster": ("ecs", "cluster/", "name"),
    "aws_rds_cluster": ("rds", "cluster:", "cluster_identifier"),
    "aws_secretsmanager_secret": ("secretsmanager", "secret:", "name"),
    "aws_sns_topic": ("sns", "", "name"),
    "aws_sqs_queue": ("sqs", "", "name"),
    "aws_ssm_parameter": ("ssm", "parameter", "name"),
}
"""Type → service, what stands before the name, and the attribute that is the name.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""


class Place(NamedTuple):
    """Where ARNs are: the part of AWS, the Region and the account; the latter two may be unknown."""

    partition: str
    region: str
    account: str


def place(given: Given) -> Place:
    """Return where the resources of an inventory are."""
    region = given.inventory.region
    prefix = next((name for start, name in _PARTITIONS.items() if region.startswith(start)), "aws")
    return Place(prefix, region, given.inventory.account)


_PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}


def of(given: Given, value: Value, unknown: str = "") -> str:
    """Return the text that a value is, or the ARN of what it refers to; nothing where that cannot be known.

    `unknown` stands for a Region and an account that are not known: `*` where a pattern may stand.
    """
    ref, rest = links.pointer(value)
    found = links.resource(given, ref)
    if ref is None:
        return text(value)
    if found is None:
        return ""
    where = place(given)
    where = where._replace(region=where.region or unknown, account=where.account or unknown)
    arn = text(found.values.get(ref.attribute)) or text(found.values.get("arn")) or _made(found, where)
    return f"{arn}{rest}" if arn else ""


def _made(one: Resource, where: Place) -> str:
    name = text(one.values.get("bucket" if one.type == "aws_s3_bucket" else "name"))
    if one.type == "aws_s3_bucket" and name:
        return f"arn:{where.partition}:s3:::{name}"
    if not where.account:
        return ""
    if one.type == "aws_iam_role" and name:
        return f"arn:{where.partition}:iam::{where.account}:role{text(one.values.get('path')) or '/'}{name}"
    service, before, attribute = _REGIONAL.get(one.type, ("", "", "name"))
    name = text(one.values.get(attribute))
    known = service and where.region and name
    return f"arn:{where.partition}:{service}:{where.region}:{where.account}:{before}{name}" if known else ""


class Arns:
    """Finds the element that an ARN is about: a bucket by the pattern of its objects, too."""

    def __init__(self, given: Given) -> None:
        self.given = given

    @cached_property
    def _stores(self) -> Mapping[str, str]:
        return secret_stores.held(self.given)

    @cached_property
    def _by_arn(self) -> Mapping[str, str]:
        addresses = self.given.inventory.by_address
        found = {
            of(self.given, Ref(address, "arn")): id_ for address, id_ in self.given.ids.items() if address in addresses
        }
        return {arn: id_ for arn, id_ in found.items() if arn.startswith("arn:")}

    def element(self, value: Value) -> str:
        """Return the id of the element that a reference or an ARN is about."""
        ref, _ = links.pointer(value)
        if ref:
            return links.element(self.given, ref) or self._stores.get(ref.address, "")
        arn = text(value)
        return self._by_arn.get(arn) or self._by_arn.get(_stem(arn)) or ""


def _stem(arn: str) -> str:
    """Return the ARN before what stands for everything inside it: objects, log streams, the suffix of a secret."""
    for ending in ("/*", ":*", "-??????", "-*", "*"):
        if arn.endswith(ending):
            return arn.removesuffix(ending)
    return arn

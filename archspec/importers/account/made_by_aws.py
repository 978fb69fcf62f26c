"""What is in an account without anybody having asked for it: counted, and not drafted.

https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archspec.importers.draft.noise import BY_AWS, by_aws
from archspec.resources.resource import Resource, Unread, Value, texts

_BY_NAME: dict[str, tuple[str, tuple[str, ...]]] = {
    "aws_backup_vault": ("name", ("Default", "aws/efs/automatic-backup-vault")),
    "aws_cloudwatch_log_group": ("name", ("/aws/ecs/containerinsights/", "RDSOSMetrics")),
    "aws_db_parameter_group": ("name", ("default.",)),
    "aws_docdb_cluster_parameter_group": ("name", ("default.",)),
    "aws_elasticache_parameter_group": ("name", ("default.",)),
    "aws_elasticache_user": ("user_id", ("default",)),
    "aws_kms_alias": ("name", ("alias/aws/",)),
    "aws_kms_key": ("key_manager", ("AWS",)),
    "aws_rds_cluster_parameter_group": ("name", ("default.",)),
    "aws_route53_zone": ("linked_service", ("servicediscovery.",)),
}
"""Type → an attribute, and how it begins in what AWS makes."""

_OF_VPC = frozenset({"aws_internet_gateway", "aws_subnet", "aws_vpc"})
_FLAGS = ("default", "default_for_az")
_MAIN = "aws_main_route_table_association"
_LIST = "aws_ec2_managed_prefix_list"
_RULES = ("aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule")


class _Defaults(NamedTuple):
    """Ids of what AWS makes that others belong to: VPCs that nobody uses, main tables, groups, prefix lists."""

    vpcs: frozenset[Value]
    tables: frozenset[Value]
    groups: frozenset[Value]
    lists: frozenset[Value]


def parted(resources: Sequence[Resource]) -> tuple[list[Resource], tuple[Unread, ...]]:
    """Return the resources that somebody made, and how many AWS made of which type.

    They are not joined yet: what refers to another one does so by its id.
    """
    around = _defaults(resources)
    others = [_used(one) for one in resources if not _is_default(one, around)]
    counted = Counter(one.type for one in resources if _is_default(one, around))
    return others, tuple(Unread(type_, BY_AWS, count) for type_, count in sorted(counted.items()))


def _used(one: Resource) -> Resource:
    """Return a resource that is not left out: a default VPC with something in it is a VPC as any."""
    return one._replace(values={name: value for name, value in one.values.items() if name not in _FLAGS})


def _is_default(one: Resource, around: _Defaults) -> bool:
    attribute, starts = _BY_NAME.get(one.type, ("", ()))
    if attribute and str(one.values.get(attribute, "")).startswith(starts):
        return True
    values = one.values
    if one.type in _OF_VPC:
        return values.get("id" if one.type == "aws_vpc" else "vpc_id") in around.vpcs
    if one.type in {"aws_route_table", "aws_route", _MAIN}:
        return values.get("route_table_id", values["id"]) in around.tables
    if one.type in _RULES:
        return values.get("security_group_id") in around.groups and _is_usual(one)
    return values["id"] in around.lists if one.type == _LIST else by_aws(one)


def _is_usual(rule: Resource) -> bool:
    """Whether a rule of a default group is one of the two that it comes with."""
    values = rule.values
    if rule.type == "aws_vpc_security_group_egress_rule":
        expected: dict[str, Value] = {"cidr_ipv4": "0.0.0.0/0"}
    else:
        expected = {"referenced_security_group_id": values.get("security_group_id")}
    return {**values, "ip_protocol": "-1", **expected} == values


def _defaults(resources: Sequence[Resource]) -> _Defaults:
    default = frozenset(one.values["id"] for one in resources if one.type == "aws_vpc" and one.values.get("default"))
    unused = frozenset(vpc for vpc in default if not _is_used(vpc, resources))
    groups = frozenset(one.values["id"] for one in resources if one.type == "aws_default_security_group")
    named = {text for one in resources if one.type != _LIST for text in texts(one.values)}
    lists = (one for one in resources if one.type == _LIST and one.values.get("owner_id") == "AWS")
    return _Defaults(
        unused,
        frozenset(_main_tables(resources, unused)),
        groups,
        frozenset(one.values["id"] for one in lists if one.values["id"] not in named),
    )


_BELONG = frozenset({
    *_OF_VPC, "aws_default_network_acl", "aws_default_security_group", "aws_network_acl_rule", "aws_route",
    "aws_route_table", "aws_vpc_ipv4_cidr_block_association", _MAIN,
})  # fmt: skip
"""What a default VPC comes with."""


def _is_used(vpc: Value, resources: Sequence[Resource]) -> bool:
    own = {
        vpc,
        *(one.values["id"] for one in resources if one.type == "aws_subnet" and one.values.get("vpc_id") == vpc),
    }
    added = {one.values["id"] for one in resources if _is_added(one) and one.values.get("vpc_id") == vpc}
    users = (one for one in resources if one.type not in _BELONG)
    return bool(added) or any(not own.isdisjoint(texts(one.values)) for one in users)


def _is_added(one: Resource) -> bool:
    """Whether somebody added a subnet to a VPC that AWS made."""
    return one.type == "aws_subnet" and not one.values.get("default_for_az")


def _main_tables(resources: Sequence[Resource], unused: frozenset[Value]) -> Iterator[Value]:
    """Yield the ids of the main route tables that say nothing: each VPC has one."""
    main = {one.values.get("route_table_id"): one.values.get("vpc_id") for one in resources if one.type == _MAIN}
    named = {one.values["id"] for one in resources if one.type == "aws_route_table" and one.tags}
    speaking = {
        one.values.get("route_table_id")
        for one in resources
        if one.type in {"aws_route", "aws_route_table_association"}
    }
    for table, vpc in main.items():
        if vpc in unused or table not in speaking | named:
            yield table

"""The roles that a spec states: who may take them, and what they may do then."""

import re
from collections.abc import Iterator, Sequence

from archspec.artifacts import Omission
from archspec.exporters.terraform import grants, identity, log_groups, policies, registries
from archspec.exporters.terraform.hcl import Body, Json, Reference, Template, Value
from archspec.exporters.terraform.resource import Part, Resource, named, origin, partition, reasons, refer, slug
from archspec.exporters.terraform.secrets import secret_arn, secrets
from archspec.model.architecture import Architecture
from archspec.model.element import Element
from archspec.model.security import Permission, Role

_NAME = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)
_POLICY_NAME = re.compile(r"[\w+=,.@-]{1,128}", re.ASCII)
_MANAGED_POLICY = re.compile(r"[\w+=,.@/-]{1,512}", re.ASCII)

_TAKERS = {
    "build": "codebuild",
    "flow_log": "vpc-flow-logs",
    "pipeline": "codepipeline",
    "proxy": "rds",
    "service": "ecs-tasks",
}
"""Kind of element that names a role → the service of AWS that takes it."""

_SERVICE_ROLES = frozenset(
    {
        "AWSBackupServiceRolePolicyForBackup",
        "AWSBackupServiceRolePolicyForRestores",
        "AWSLambdaBasicExecutionRole",
        "AWSLambdaSQSQueueExecutionRole",
        "AWSLambdaVPCAccessExecutionRole",
        "AWS_ConfigRole",
        "AmazonEC2ContainerServiceAutoscaleRole",
        "AmazonEC2ContainerServiceforEC2Role",
        "AmazonECSInfrastructureRolePolicyForVolumes",
        "AmazonECSTaskExecutionRolePolicy",
        "AmazonRDSEnhancedMonitoringRole",
    }
)
"""Policies of AWS that stand under `service-role/`.

https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
"""

_ARNS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "bucket": ("aws_s3_bucket", "arn", ("", "/*")),
    "build": ("aws_codebuild_project", "arn", ("",)),
    "cluster": ("aws_ecs_cluster", "arn", ("",)),
    "distribution": ("aws_cloudfront_distribution", "arn", ("",)),
    "key": ("aws_kms_key", "arn", ("",)),
    "load_balancer": ("aws_lb", "arn", ("",)),
    "queue": ("aws_sqs_queue", "arn", ("",)),
    "role": ("aws_iam_role", "arn", ("",)),
    "service": ("aws_ecs_service", "id", ("",)),
    "topic": ("aws_sns_topic", "arn", ("",)),
    "web_acl": ("aws_wafv2_web_acl", "arn", ("",)),
    "zone": ("aws_route53_zone", "arn", ("",)),
}
"""Kind of element → the resource that a permission is on, the attribute that is its ARN, and what the ARN goes on with.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the stated roles with their policies."""
    for role in architecture.security.roles.values():
        yield from _role(role, architecture)


def _role(role: Role, architecture: Architecture) -> Iterator[Part]:
    trust = _trust(role, architecture)
    yield from trust.omissions
    if not trust.statements:
        yield Omission(role.path, "nothing exported takes it, and it states no trust_policy that can be exported")
        return
    derived = "" if role.trust_policy else "derived: its trust policy, from what takes it"
    body: Body = {
        "name": role.name if _NAME.fullmatch(role.name) else named(architecture, role.id, 64),
        "description": _description(role.title),
        "assume_role_policy": policies.document(trust.statements),
    }
    yield Resource("aws_iam_role", slug(role.id), origin(role), body, reasons(role, derived))
    yield from _managed(role, architecture)
    yield from _own_policy(role)
    yield from _permissions(role, architecture)
    yield from _granted(role, architecture)


def _description(title: str) -> str | None:
    """Return a title as IAM takes it: letters of the first 256 characters of Unicode only."""
    return re.sub(r"[^\t\n\r\x20-\x7e\xa1-\xff]", " ", title)[:1000] or None


def _trust(role: Role, architecture: Architecture) -> policies.Written:
    """Return the stated trust policy; without one, or where nothing of it can be written, that of what takes it."""
    path = (*role.path, "trust_policy")
    found = policies.written(role.trust_policy, path, (), "sts:AssumeRole", architecture)
    services = sorted({_TAKERS[one.kind] for one in _takers(role, architecture)})
    derived = [policies.taking(one) for one in services]
    return policies.Written([_assuming(one) for one in found.statements] or derived, found.omissions)


def _assuming(statement: policies.IamStatement) -> policies.IamStatement:
    """Return a statement with the action that fits an identity provider, where it names none of its own.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
    """
    principal = statement["Principal"]
    if statement["Action"] != "sts:AssumeRole" or not isinstance(principal, dict) or "Federated" not in principal:
        return statement
    is_saml = ":saml-provider/" in str(principal["Federated"])
    return {**statement, "Action": "sts:AssumeRoleWithSAML" if is_saml else "sts:AssumeRoleWithWebIdentity"}


def _takers(role: Role, architecture: Architecture) -> list[Element]:
    """Return the elements that name a role as the one that they take."""
    purposes = ("execution", "task", "")
    return [
        one
        for one in architecture.elements.values()
        if one.kind in _TAKERS and role.id in {identity.stated_role(one, purpose) for purpose in purposes}
    ]


def _managed(role: Role, architecture: Architecture) -> Iterator[Part]:
    for i, name in enumerate(role.managed_policies):
        if not _MANAGED_POLICY.fullmatch(name) and not name.startswith("arn:"):
            yield Omission((*role.path, "managed_policies", i), f"'{name}' is no name of a policy")
            continue
        path = f"service-role/{name}" if name in _SERVICE_ROLES else name
        arn = name if name.startswith("arn:") else f"arn:{partition(architecture.region)}:iam::aws:policy/{path}"
        body: Body = {"role": refer("aws_iam_role", role.id, "name"), "policy_arn": arn}
        address = slug(role.id, "managed", str(i + 1))
        yield Resource("aws_iam_role_policy_attachment", address, origin(role, "managed_policies", i), body)


def _own_policy(role: Role) -> Iterator[Part]:
    """Yield a policy that a role states as JSON; a name is that of the policy of what the role may do."""
    policy = policies.parsed(role.policy)
    if policy is not None:
        yield _inline(role, "policy", "policy", Json(policy), ("policy",))
    elif '"' in role.policy:
        yield Omission((*role.path, "policy"), "it is neither JSON nor the name of a policy")


def _permissions(role: Role, architecture: Architecture) -> Iterator[Part]:
    statements: list[Value] = []
    for i, permission in enumerate(role.may):
        path = (*role.path, "may", i)
        actions = policies.actions(permission.does)
        found, omissions = _on(permission, architecture)
        if not actions:
            yield Omission(path, "it says in words what the role may do; archspec exports IAM actions")
        elif not found:
            yield Omission(path, 'it names nothing exported that the role may do it on; `arns: ["*"]` is everything')
        else:
            yield from (Omission((*path, "on"), reason) for reason in omissions)
            statements.append(policies.allow(actions, found))
    if statements:
        name = role.policy if _POLICY_NAME.fullmatch(role.policy) else "permissions"
        yield _inline(role, "permissions", name, policies.document(statements), ("may",))


def _on(permission: Permission, architecture: Architecture) -> tuple[list[Value], list[str]]:
    found: list[Value] = []
    unknown = []
    for id_ in permission.on:
        arns = _arns(id_, architecture)
        found += arns
        if not arns and id_ in architecture.elements:
            unknown.append(f"archspec knows no ARN for {id_}")
    return [*found, *permission.arns], unknown


def _arns(id_: str, architecture: Architecture) -> list[Value]:
    element = architecture.elements.get(id_)
    if element is None:
        return []
    if element.kind in {"secret", "secret_store"}:
        return [secret_arn(one, architecture) for one in secrets((id_,), architecture)]
    if element.kind == "log_group":
        return [one for arn in log_groups.arns(element, architecture) for one in (arn, Template((arn, ":*")))]
    if element.kind == "registry":
        return [*registries.arns(element, architecture)]
    if element.kind not in _ARNS:
        return []
    kind, attribute, ends = _ARNS[element.kind]
    arn = refer(kind, id_, attribute)
    return [Template((arn, end)) if end else arn for end in ends]


def _granted(role: Role, architecture: Architecture) -> Iterator[Part]:
    """Yield what a role needs for what names it; one that spells out what it may do gets no more than that."""
    statements = grants.of(role.id, architecture)
    if statements and not identity.is_spelled_out(role):
        yield _inline(role, "granted", "granted", policies.document(statements), (), "derived: from what names it")


def _inline(role: Role, part: str, name: str, policy: Value, path: Sequence[str], *why: str) -> Resource:
    body: Body = {"name": name, "role": Reference(f"aws_iam_role.{slug(role.id)}.id"), "policy": policy}
    return Resource("aws_iam_role_policy", slug(role.id, part), origin(role, *path), body, why)

"""The roles that services of AWS take on."""

from collections.abc import Iterator, Sequence

from archspec.exporters.terraform.hcl import Json, Value
from archspec.exporters.terraform.resource import ACCOUNT, Resource, named, origin, partition, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.element import Element

_NAME_LIMIT = 64


def role(element: Element, purpose: str, service: str, architecture: Architecture) -> Resource:
    """Return a role for `purpose` that the service takes on, and only on behalf of this account.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """
    trust: Value = {
        "Effect": "Allow",
        "Principal": {"Service": f"{service}.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
    }
    return Resource(
        "aws_iam_role",
        slug(element.id, purpose),
        origin(element),
        {
            "name": named(architecture, f"{element.id}-{purpose}", _NAME_LIMIT),
            "assume_role_policy": _policy([trust]),
        },
        (f"The {purpose} role of {element.id}.",),
    )


def managed(element: Element, purpose: str, policy: str, architecture: Architecture) -> Iterator[Resource]:
    """Yield the attachment of a policy that AWS manages to a role."""
    yield Resource(
        "aws_iam_role_policy_attachment",
        slug(element.id, purpose),
        origin(element),
        {
            "role": refer("aws_iam_role", (element.id, purpose), "name"),
            "policy_arn": f"arn:{partition(architecture.region)}:iam::aws:policy/{policy}",
        },
    )


def inline(element: Element, purpose: str, actions: Sequence[str], resources: Sequence[Value]) -> Resource:
    """Return a policy that lets a role do `actions` on `resources`."""
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": list(resources)}
    return Resource(
        "aws_iam_role_policy",
        slug(element.id, purpose),
        origin(element),
        {
            "name": purpose,
            "role": refer("aws_iam_role", (element.id, purpose)),
            "policy": _policy([statement]),
        },
    )


def role_arn(element: Element, purpose: str) -> Value:
    """Refer to a role that `role` made."""
    return refer("aws_iam_role", (element.id, purpose), "arn")


def _policy(statements: Sequence[Value]) -> Json:
    return Json({"Version": "2012-10-17", "Statement": statements})

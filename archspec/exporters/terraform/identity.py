"""The roles that services of AWS take on."""

from collections.abc import Iterator, Sequence

from archspec.exporters.terraform import policies
from archspec.exporters.terraform.hcl import Body, Reference, Value
from archspec.exporters.terraform.resource import Resource, named_part, origin, partition, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.element import Element
from archspec.model.security import Role

_NAME_LIMIT = 64
_FIELDS = {"execution": "execution_role", "task": "task_role"}
"""Purpose of a role → the field of an element that names it; else it is `role`."""


def taken(
    element: Element, purpose: str, service: str, architecture: Architecture, needs: Sequence[Value] = ()
) -> Iterator[Resource]:
    """Yield the role that `service` takes on for an element, unless the element states one, and what it needs.

    A stated role that says in IAM's own words what it may do gets no more than that.
    """
    stated = architecture.security.roles.get(stated_role(element, purpose))
    if stated is None:
        yield role(element, purpose, service, architecture)
    if needs_policy(element, purpose, needs, architecture):
        holder = stated.id if stated else (element.id, purpose)
        why = f"derived: what {element.id} is stated to work with."
        # One role may be several elements', and its policies go by different names.
        name = slug(element.id, purpose) if stated else purpose
        yield _inline(element, (element.id, purpose), name, refer("aws_iam_role", holder), needs, why)


def needs_policy(element: Element, purpose: str, needs: Sequence[Value], architecture: Architecture) -> bool:
    """Whether `taken` yields a policy: not for a stated role that says in IAM's own words what it may do."""
    stated = architecture.security.roles.get(stated_role(element, purpose))
    return bool(needs) and (stated is None or not is_spelled_out(stated))


def role(element: Element, purpose: str, service: str, architecture: Architecture) -> Resource:
    """Return a role for `purpose` that the service takes on, and only on behalf of this account."""
    return Resource(
        "aws_iam_role",
        slug(element.id, purpose),
        origin(element),
        {
            "name": named_part(architecture, element.id, purpose, _NAME_LIMIT),
            "assume_role_policy": policies.document([policies.taking(service)]),
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
    holder = refer("aws_iam_role", (element.id, purpose))
    return _inline(element, (element.id, purpose), purpose, holder, [policies.allow(actions, resources)])


def stated_role(element: Element, purpose: str) -> str:
    """Return the id of the role that an element states for `purpose`, or nothing."""
    id_: str = getattr(element, _FIELDS.get(purpose, "role"), "")
    return id_


def role_arn(element: Element, purpose: str) -> Reference:
    """Refer to the role of an element for `purpose`: the one that it states, or the one made for it."""
    return refer("aws_iam_role", stated_role(element, purpose) or (element.id, purpose), "arn")


def is_spelled_out(role: Role) -> bool:
    """Whether a role states what it may do as IAM does, so that nothing is to be added."""
    return bool(
        role.managed_policies or policies.parsed(role.policy) or any(policies.actions(one.does) for one in role.may)
    )


def _inline(
    element: Element, parts: tuple[str, ...], name: str, holder: Reference, statements: Sequence[Value], *why: str
) -> Resource:
    body: Body = {"name": name, "role": holder, "policy": policies.document(statements)}
    return Resource("aws_iam_role_policy", slug(*parts), origin(element), body, why)

"""IAM roles with their policies → `security.roles`."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from archspec.importers.draft import links
from archspec.importers.draft.arns import Arns
from archspec.importers.draft.attributes import blocks, items, text
from archspec.importers.draft.piece import Given, Piece
from archspec.importers.draft.policies import permitted, statements, unstated
from archspec.resources.resource import Resource, Value, refs

HOME = ("security", "roles")
TYPES = frozenset({
    "aws_iam_instance_profile", "aws_iam_policy", "aws_iam_policy_attachment", "aws_iam_role", "aws_iam_role_policy",
    "aws_iam_role_policies_exclusive", "aws_iam_role_policy_attachment", "aws_iam_role_policy_attachments_exclusive",
    "aws_iam_openid_connect_provider",
})  # fmt: skip


class _Policies(NamedTuple):
    """What gives roles their permissions, by the address of the role."""

    inline: Mapping[str, list[Resource]]
    attached: Mapping[str, list[Resource]]
    shared: Mapping[str, list[Resource]]


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the roles."""
    around = _Policies(
        links.parts(given, "aws_iam_role_policy", "role"),
        links.parts(given, "aws_iam_role_policy_attachment", "role"),
        links.parts(given, "aws_iam_policy_attachment", "roles"),
    )
    known = Arns(given)
    for id_, found in links.by_id(given, "aws_iam_role").items():
        yield _role(given, known, around, id_, found[0])


def _role(given: Given, known: Arns, around: _Policies, id_: str, one: Resource) -> Piece:
    attached = [*around.attached.get(one.address, []), *around.shared.get(one.address, [])]
    arns = [each.values.get("policy_arn") for each in attached] + items(one.values.get("managed_policy_arns"))
    inline = [each.values.get("policy") for each in around.inline.get(one.address, [])]
    inline += [each.get("policy") for each in blocks(one.values.get("inline_policy"))]
    own = [policy.values.get("policy") for arn in arns if (policy := links.resource(given, arn))]
    allowed = permitted(given, known, [*inline, *own])
    unread = [each for each in around.inline.get(one.address, []) if "policy" in each.unknown]
    trust = statements(given, one.values.get("assume_role_policy"))
    data = {
        "name": text(one.values.get("name")),
        "managed_policies": [*dict.fromkeys(name for name in map(_managed, arns) if name)],
        "policy": allowed.rest,
        "may": [*allowed.may, *(_named(given, each) for each in unread)],
        "trust_policy": trust.said,
    }
    trusted = (*trust.guesses, *unstated(trust.said))
    guesses = ("what a policy of it allows is not known before it is applied, only what it names",) if unread else ()
    return Piece(HOME, id_, data, one.address, (*trusted, *allowed.guesses, *guesses))


def _managed(arn: Value) -> str:
    """Return the name of a policy that AWS manages, without the folder that it stands in; the ARN of any other."""
    written = text(arn)
    before, joint, name = written.partition(":aws:policy/")
    return name.rpartition("/")[2] if joint and before.startswith("arn:") else written


def _named(given: Given, policy: Resource) -> dict[str, Any]:
    """Return a permission in words, on what a policy names that is not known yet."""
    on = links.elements(given, [*refs(policy.values.get("policy"))])
    return {"does": f"what its policy {text(policy.values.get('name')) or policy.address} allows", "on": on}

"""ECR repositories → `delivery.registries`.

Repositories that go by one id are one registry: our export makes one for each service. Others stay one each, because
what a spec says of a registry AWS says of each repository, and two may differ.
"""

from collections.abc import Iterator, Mapping, Sequence

from archspec.importers.draft import links
from archspec.importers.draft.attributes import block, blocks, document, switch, text, whole
from archspec.importers.draft.piece import Given, Piece
from archspec.importers.draft.policies import Read, statements, unstated
from archspec.resources.resource import Resource

HOME = ("delivery", "registries")
TYPES = frozenset({
    "aws_ecr_lifecycle_policy", "aws_ecr_registry_scanning_configuration", "aws_ecr_replication_configuration",
    "aws_ecr_repository", "aws_ecr_repository_policy",
})  # fmt: skip
_SHOWN = 5
_MUTABILITY = {"IMMUTABLE": True, "IMMUTABLE_WITH_EXCLUSION": False, "MUTABLE": False, "MUTABLE_WITH_EXCLUSION": False}

Parts = Mapping[str, list[Resource]]


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the registries."""
    policies = links.parts(given, "aws_ecr_repository_policy", "repository")
    lifecycles = links.parts(given, "aws_ecr_lifecycle_policy", "repository")
    for id_, found in links.by_id(given, "aws_ecr_repository").items():
        one = found[0]
        scans = [switch(block(each.values, "image_scanning_configuration").get("scan_on_push")) for each in found]
        fixed = [_MUTABILITY.get(text(each.values.get("image_tag_mutability"))) for each in found]
        read = statements(given, *(each.values.get("policy") for each in policies.get(one.address, [])))
        data = {
            "name": text(one.values.get("name")) if len(found) == 1 else "",
            "immutable_tags": _all(fixed),
            "scan_on_push": _all(scans),
            "policy": read.said,
            "keeps": _kept(lifecycles.get(one.address, [])),
            # ECR encrypts always.
            # https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
            "encrypted": True,
            "key": links.element(given, block(one.values, "encryption_configuration").get("kms_key")),
            "replication": _is_replicated(given) or None,
        }
        yield Piece(HOME, id_, data, one.address, _guesses(read, found))


def _all(said: Sequence[bool | None]) -> bool | None:
    """Return what is said of all, the weaker where they differ."""
    known = [value for value in said if value is not None]
    return all(known) if known else None


def _kept(policies: Sequence[Resource]) -> int | None:
    """Return how many images are left of all of them, or the most that a rule leaves of some."""
    rules = [rule for each in policies for rule in blocks(document(each.values.get("policy")).get("rules"))]
    counted = [
        (selection.get("tagStatus") == "any", number)
        for selection in (document(rule.get("selection")) for rule in rules)
        if selection.get("countType") == "imageCountMoreThan" and (number := whole(selection.get("countNumber")))
    ]
    return max(counted)[1] if counted else None


def _is_replicated(given: Given) -> bool:
    return any(
        blocks(rule.get("destination"))
        for one in given.inventory.of("aws_ecr_replication_configuration")
        for rule in blocks(block(one.values, "replication_configuration").get("rule"))
    )


def _guesses(read: Read, found: Sequence[Resource]) -> tuple[str, ...]:
    names = [text(each.values.get("name")) or each.address for each in found]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    several = (f"one registry for the repositories {', '.join(names[:_SHOWN])}{more}",) if len(names) > 1 else ()
    return (*read.guesses, *unstated(read.said), *several)

"""Keys of AWS KMS → `security.keys`."""

from collections.abc import Iterator

from archspec.importers.draft import links
from archspec.importers.draft.attributes import switch, text
from archspec.importers.draft.piece import Given, Piece
from archspec.importers.draft.policies import is_administration, statements, unstated

HOME = ("security", "keys")
TYPES = frozenset({"aws_kms_alias", "aws_kms_key", "aws_kms_key_policy"})


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the keys. A policy that only leaves a key to its account is the one that every key begins with."""
    aliases = links.parts(given, "aws_kms_alias", "target_key_id")
    policies = links.parts(given, "aws_kms_key_policy", "key_id")
    for id_, found in links.by_id(given, "aws_kms_key").items():
        one = found[0]
        own = [each.values.get("policy") for each in policies.get(one.address, [])] or [one.values.get("policy")]
        read = statements(given, *own)
        rotates = switch(one.values.get("enable_key_rotation"))
        said = [each for each in read.said if not is_administration(each, given.inventory.account)]
        data = {
            "alias": next((text(each.values.get("name")) for each in aliases.get(one.address, [])), ""),
            # AWS rotates no key of its own accord.
            "rotation": bool(rotates) if "enable_key_rotation" not in one.unknown else None,
            "policy": said,
        }
        yield Piece(HOME, id_, data, one.address, (*read.guesses, *unstated(said)))

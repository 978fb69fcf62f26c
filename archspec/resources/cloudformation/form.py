"""How a type of Terraform's is written in CloudFormation, as one entry of a table for both ways."""

from collections.abc import Mapping
from typing import NamedTuple

REF = ""
"""In `Form.gives`: what `Ref` returns, and not an attribute."""

PATTERN = "="
"""In `Form.gives`, at the start of a text: `${}` in it is what `Ref` returns, `${AWS::Region}` what AWS knows."""


class Form(NamedTuple):
    """How a Terraform type is written in CloudFormation.

    `names` are the attributes whose name is another; a dotted one stands in a block. The target is a path of objects;
    with `[]` it is a list that a block is put into, with `{}` a mapping of the blocks' names to their values; with `/`
    at its start it stands at the resource itself and not in the block, with `@` it is an entry of a list of keys and
    values, and when it is empty CloudFormation has none.
    `gives` says what other resources read of it, `values` are those that are spelt otherwise, `adds` is what
    CloudFormation wants to be told, `texts` are the attributes whose JSON it takes as one text. With `part_of`, the
    attribute that names another resource, it is only some properties of that one. All stands `within` one property,
    but for what has a `/`; when that ends in `[]`, each such part is an item of a list.
    """

    type: str
    names: Mapping[str, str] = {}
    gives: Mapping[str, str] = {}
    values: Mapping[str, Mapping[object, object]] = {}
    adds: Mapping[str, object] = {}
    texts: frozenset[str] = frozenset()
    part_of: str = ""
    within: str = ""


def spelling(name: str) -> str:
    """Return an attribute's name as CloudFormation spells names that are no exception.

    >>> spelling("cidr_block")
    'CidrBlock'
    """
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))

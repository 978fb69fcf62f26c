"""A plan or a state of Terraform → its resources."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from archspec.errors import SpecError
from archspec.importers.terraform import plan
from archspec.importers.terraform.document import AGAIN, Document
from archspec.importers.terraform.found import NOT_AWS, Held, called_now, in_raw_state, in_values
from archspec.importers.terraform.node import Node
from archspec.importers.terraform.places import places
from archspec.importers.terraform.values import cleaned
from archspec.resources.joining import joined
from archspec.resources.resource import Inventory, Resource

_RAW = 4
"""The version of the raw states that Terraform has written since 0.12."""
_ARN = 5
"""The colons of an ARN: the fourth part is its Region, the fifth its account."""


def read(text: str, file: str) -> Inventory:
    """Return the resources in `terraform show -json` of a plan or a state, or in a `terraform.tfstate`.

    Data sources and the resources of other providers are `unread`. What is secret is not read: its attribute only
    stands in `unknown` of its resource. So does what a plan does not know yet, where a `Ref` says in `values` which
    resource will tell it; of JSON text that is not known, `values` has all that it refers to in a list.

    A `SpecError` says where a text is not what Terraform writes, or that it has nothing of AWS. `file` is what
    messages call the text.
    """
    document = Document(text, file)
    root = Node(document, document.data)
    try:
        return _read(root)
    except RecursionError:
        raise root.error("its modules refer to each other without an end") from None


def _read(root: Node) -> Inventory:
    data = root.mapping()
    if data.get("errored") is True:
        message = "is a plan that failed: Terraform stopped, and only a part of it is there"
        raise root.document.error(message, ("errored",), "mend what `terraform plan` complains about, and plan again")
    if "planned_values" in data:
        held = plan.held(root)
        resources, region = plan.resources(root, held), plan.region(root)
    elif data.get("version") == _RAW and "resources" in data:
        held = in_raw_state(root)
        resources, region = _stated(held), ""
    elif "format_version" in data:
        held = in_values(root.at("values"))
        resources, region = _stated(held), ""
    else:
        raise _other(root)
    return _inventory(root, held, resources, region)


def _stated(held: Held) -> list[Resource]:
    made = []
    for one in held.resources:
        values, secret = cleaned(one.values, one.sensitive)
        made.append(Resource(one.address, one.type, values, secret))
    return made


def _inventory(root: Node, held: Held, resources: Sequence[Resource], region: str) -> Inventory:
    _check(root, held)
    where = places(root.document, held.resources)
    located = [one._replace(type=called_now(one.type), location=where[one.address]) for one in resources]
    arns = [arn.split(":") for one in resources if isinstance(arn := one.values.get("arn"), str)]
    return Inventory(
        root.document.file,
        tuple(sorted(joined(located), key=lambda one: one.address)),
        held.unread(),
        region or _most_common(arn[3] for arn in arns if len(arn) > _ARN),
        _most_common(arn[4] for arn in arns if len(arn) > _ARN),
    )


def _most_common(words: Iterable[str]) -> str:
    counted = Counter(word for word in words if word)
    return min(counted, key=lambda word: (-counted[word], word), default="")


def _check(root: Node, held: Held) -> None:
    """Refuse two resources of one address, and a source that has something in it and nothing of AWS."""
    seen: set[str] = set()
    for one in held.resources:
        if one.address in seen:
            raise one.node.error(f"{one.address} stands there twice")
        seen.add(one.address)
    others = sorted(what for what, reason in held.others if reason == NOT_AWS)
    if others and not held.resources:
        message = f"has no resource of AWS in it: {', '.join(others[:3])}"
        raise root.document.error(message, (), "only hashicorp/aws is read")


def _other(root: Node) -> SpecError:
    """Say what a file is that is neither a plan nor a state."""
    data: Mapping[str, object] = root.mapping()
    if "AWSTemplateFormatVersion" in data or "Resources" in data:
        return root.document.error("is a template of CloudFormation", (), "import it as CloudFormation")
    if "version" in data and "terraform_version" in data:
        message = f"is a state of version {data['version']}; only version {_RAW} is read"
        return root.document.error(message, ("version",), AGAIN)
    return root.document.error("is neither a plan nor a state of Terraform", (), AGAIN)

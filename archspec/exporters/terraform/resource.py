"""What Terraform files are made of: resources with their origin, variables, and the names they go by."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, TypeAlias

from archspec.artifacts import Omission, Origin
from archspec.exporters.terraform import hcl
from archspec.exporters.terraform.hcl import Body, Reference, Value
from archspec.model.architecture import Architecture
from archspec.model.element import Element, Network

_LABELS = str.maketrans({ord("."): "_", ord(":"): "_", ord("/"): "__"})

ACCOUNT = Reference("var.account_id")


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource, the lines of the spec that decide it, and what a reader should know about it."""

    type: str
    name: str
    origin: Origin
    body: Body
    reasons: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """What Terraform calls it."""
        return f"{self.type}.{self.name}"

    def __str__(self) -> str:
        comments = (".".join(map(str, self.origin.path)), *self.reasons)
        return "\n".join((*map(hcl.comment, comments), hcl.block("resource", (self.type, self.name), self.body)))


@dataclass(frozen=True, slots=True)
class Variable:
    """What neither the spec says nor archspec can choose: whoever applies the files fills it in.

    `element` is the id of the element that it stands for as a whole, such as a certificate that exists already.
    """

    name: str
    description: str
    type: Literal["string", "bool"] = "string"
    default: "Value | None" = None
    sensitive: bool = False
    element: str = ""

    @property
    def reference(self) -> Reference:
        """How a resource reads it."""
        return Reference(f"var.{self.name}")

    def __str__(self) -> str:
        body: Body = {
            "description": self.description,
            "type": Reference(self.type),
            "default": self.default,
            "sensitive": True if self.sensitive else None,
        }
        return hcl.block("variable", (self.name,), body)


Part: TypeAlias = Resource | Variable | Omission
"""What an area yields: an `Omission` says which stated thing, at which path, it cannot export, and why."""


def slug(*parts: str) -> str:
    """Return a Terraform name made of ids. Two different lists of ids never give the same name.

    An id has neither underscores nor double hyphens: `_` and `__` are free to mean a hyphen and a joint. A name
    begins with no digit, and an id with no hyphen: an underscore before a digit is free as well. An environment is a
    part of its own, and no element has its name as an id.
    """
    joined = "__".join(part.replace("-", "_").replace("/", "__") for part in parts)
    return f"_{joined}" if joined[0].isdigit() else joined


def label(network: Network) -> str:
    """Return a range of addresses as a part of a Terraform name that no id looks like.

    Written out, because the `::` of a short IPv6 address would read as a joint.
    """
    return network.exploded.translate(_LABELS)


def refer(kind: str, id_: str | tuple[str, ...], attribute: str = "id") -> Reference:
    """Refer to an attribute of the resource of type `kind` that was made for an id."""
    return Reference(f"{kind}.{slug(*((id_,) if isinstance(id_, str) else id_))}.{attribute}")


def in_region(region: str, architecture: Architecture) -> dict[str, Reference]:
    """Return what puts a resource into another Region: the provider of that Region. `files` writes its block."""
    return {} if region in {"", architecture.region} else {"provider": Reference(f"aws.{provider_alias(region)}")}


def provider_alias(region: str) -> str:
    """Return the name of the provider of another Region: `us_west_2`."""
    return region.replace("-", "_")


def origin(element: Element, *path: str | int) -> Origin:
    """Say that an element, or the lines at `path` inside it, decided a resource."""
    return Origin(element.id, (*element.path, *path))


def reasons(element: Element, *more: str) -> tuple[str, ...]:
    """Return what the comments above an element's resource say: why it is assumed or derived, and more."""
    stated = (("derived", element.derived), ("assumed", element.assumed))
    return (
        *(f"{word}: {reason}" for word, reason in stated if reason),
        *(reason for reason in more if reason),
    )


def named(architecture: Architecture, id_: str, limit: int = 255) -> str:
    """Return what AWS calls an element's resource, in at most `limit` characters.

    `id_` is an id, or one with a purpose behind it: `staging/api-execution`.
    """
    name = architecture.name
    # RDS and others want a letter first; load balancers may not be called `internal-`, nor security groups `sg-`.
    prefix = "arch-" if name[0].isdigit() or name.startswith(("internal", "sg-")) else ""
    end = f"-{_digest(id_)}" if _is_called_like_another(id_, architecture) else ""
    return shortened(f"{prefix}{name}-{id_.replace('/', '-')}{end}", limit)


def named_part(architecture: Architecture, id_: str, part: str, limit: int = 255) -> str:
    """Return what AWS calls something that an element needs and nobody stated, such as the role of a service.

    A stated element may have that very id: the role `api-task` beside that of the service `api` for its task.
    """
    whole = f"{id_}-{part}"
    return named(architecture, f"{whole}-{_digest(whole)}" if whole in architecture.elements else whole, limit)


def _is_called_like_another(id_: str, architecture: Architecture) -> bool:
    """Whether an id in an environment reads like another element's, once its slash is a hyphen.

    `staging/api` and `staging-api` do; RDS takes no double hyphen that would tell them apart.
    """
    own = id_.find("/")
    if own < 0:
        return False
    flat = id_.replace("/", "-")
    joints = [i for i, char in enumerate(f"{flat}-") if char == "-"]
    spelled = (flat[:end] for end in joints if end > own)
    moved = (f"{flat[:at]}/{flat[at + 1 : end]}" for at in joints for end in joints if at != own and at < end > own)
    return any(one in architecture.elements for one in (*spelled, *moved))


def shortened(text: str, limit: int) -> str:
    """Cut text to `limit` characters; a hash of the whole keeps what was different different."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - 7].rstrip('-')}-{_digest(text)}"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:6]


def partition(region: str) -> str:
    """Return the part of AWS that a region belongs to, as its ARNs begin with.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    """
    match region.split("-")[:2]:
        case ["cn", _]:
            return "aws-cn"
        case ["us", "gov"]:
            return "aws-us-gov"
        case _:
            return "aws"

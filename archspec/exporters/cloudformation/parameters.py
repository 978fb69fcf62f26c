"""What whoever deploys a template has to hand in: variables of the Terraform export, and what another stack has."""

import re
from collections.abc import Callable, Collection, Mapping
from hashlib import sha256
from typing import Any

from archspec.exporters.cloudformation.naming import alphanumeric
from archspec.exporters.terraform.files import Collected
from archspec.exporters.terraform.resource import Variable

_ATTRIBUTE = re.compile(r"(aws_[a-z0-9_]+\.[a-z0-9_]+)\.(.+?)\)?")
_ABBREVIATED = {"arn": "ARN", "dns": "DNS", "ip": "IP", "url": "URL", "acm": "ACM", "kms": "KMS", "s3": "S3"}
_LONGEST = 1000


def naming(found: Collected, taken: Collection[str], declared: dict[str, Any]) -> Callable[[str, str], str]:
    """Return what gives an expression the name of a parameter, and puts the parameter into `declared`.

    Its second argument is why what the expression reads is not in the template. No name is `taken`.
    """
    names: dict[str, str] = {}

    def name(expression: str, reason: str) -> str:
        if expression not in names:
            plain = alphanumeric(expression.removeprefix("var.").removeprefix("aws_"))
            digest = sha256(expression.encode()).hexdigest()[:6]
            names[expression] = f"{plain}{digest}" if plain in taken or plain in declared else plain
            declared[names[expression]] = _parameter(expression, found, reason)
        return names[expression]

    return name


def _parameter(expression: str, found: Collected, reason: str) -> Mapping[str, Any]:
    variable = found.variables.get(expression.removeprefix("var.")) if expression.startswith("var.") else None
    described = variable.description if variable else _described(expression, found, reason)
    return {"Type": "String", "Description": described[:_LONGEST], **(_stated(variable) if variable else {})}


def _stated(variable: Variable) -> dict[str, Any]:
    default = {} if variable.default is None else {"Default": str(variable.default)}
    return {**default, **({"NoEcho": True} if variable.sensitive else {})}


def _described(expression: str, found: Collected, reason: str) -> str:
    """Say in words what an attribute of a resource is: "ARN of the KMS key of shop-data: it is in another Region"."""
    parts = _ATTRIBUTE.fullmatch(expression)
    if not parts or parts[1] not in found.resources:
        return f"value of {expression}"
    one = found.resources[parts[1]]
    attribute = "ARN" if parts[2] == "certificate_arn" else _words(parts[2])
    type_ = _words(one.type.removeprefix("aws_").removesuffix("_validation"))
    why = reason or "CloudFormation does not tell it"
    return f"{attribute} of the {type_} of {one.origin.element}: {why}"


def _words(name: str) -> str:
    return " ".join(_ABBREVIATED.get(word, word) for word in re.findall(r"[a-z0-9]+", name))

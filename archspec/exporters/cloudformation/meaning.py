"""Text of a spec that CloudFormation would take for an instruction, and that no template can write otherwise."""

from collections.abc import Iterator, Mapping
from typing import Any

from archspec.errors import UsageError

_RESOLVED = "{{resolve:"
"""Begins a text in whose place a secret is put, wherever it stands, joined or not.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
"""


def is_function(key: str) -> bool:
    """Whether CloudFormation takes a key for a function, whoever wrote it."""
    return key == "Ref" or key.startswith("Fn::")


def check(resources: Mapping[str, Any]) -> None:
    """Raise `UsageError` where a text of a spec would be replaced by a secret."""
    for resource in resources.values():
        for text in _texts(resource["Properties"]):
            if _RESOLVED in text:
                at = resource["Metadata"]["SpecPath"] if "Metadata" in resource else "the spec"
                raise UsageError(
                    f"{at}: CloudFormation would put a secret in place of '{_RESOLVED}…'; write it otherwise"
                )


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case {"Fn::Join": [_, list(parts)]}:
            yield "".join(part if isinstance(part, str) else "" for part in parts)
        case dict():
            for key, one in value.items():
                yield key
                yield from _texts(one)
        case list():
            for one in value:
                yield from _texts(one)
        case _:
            return

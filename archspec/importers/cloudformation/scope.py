"""What functions may refer to: the resources of a template, its parameters, and what holds of its conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

UNKNOWN = object()
"""Stands for what only a deployment decides."""

NOTHING = object()
"""Stands for `AWS::NoValue`: as if it was not there."""

_LONGEST = 4096
"""Characters of a parameter's value.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
"""


@dataclass(frozen=True)
class Scope:
    """The resources of a template by logical id, its sections, and those of its conditions that can be told."""

    resources: Mapping[str, Mapping[str, Any]]
    sections: Mapping[str, Any]
    conditions: Mapping[str, bool]

    @cached_property
    def parameters(self) -> Mapping[str, Any]:
        """The values of the parameters that have a default; that of an SSM parameter is its name, and no value."""
        declared = self.sections.get("Parameters")
        found = declared.items() if isinstance(declared, dict) else ()
        return {name: value for name, one in found if (value := _default(one)) is not None}


def _default(declared: Any) -> Any:  # noqa: ANN401  a template holds data of any shape
    value = declared.get("Default") if isinstance(declared, dict) else None
    type_ = str(declared.get("Type")) if isinstance(declared, dict) else ""
    if not isinstance(value, str | int | float) or type_.startswith("AWS::SSM::") or len(str(value)) > _LONGEST:
        return None
    is_list = type_ == "CommaDelimitedList" or type_.startswith("List<")
    return [one.strip() for one in str(value).split(",")] if is_list else value

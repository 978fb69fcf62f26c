"""An architecture in; a CloudFormation template, and the source map of its resources out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archspec.artifacts import Artifacts
    from archspec.model.architecture import Architecture


def export(architecture: "Architecture") -> "Artifacts":
    """Return a template for a complete architecture, and each logical id → its origin.

    The decisions are those of the Terraform export, in CloudFormation's words; a resource for which these are not
    written down is an omission, and what refers to it takes a parameter.
    """
    from archspec.exporters.cloudformation.template import write

    return write(architecture)

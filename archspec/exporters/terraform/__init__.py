"""An architecture in; Terraform files for AWS, one an area, and the source map of their resources out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archspec.artifacts import Artifacts
    from archspec.model.architecture import Architecture


def export(architecture: "Architecture") -> "Artifacts":
    """Return Terraform files for a complete architecture, and each resource's address → its origin.

    What the spec states is exported as stated; where it is silent, the secure choice is made. What cannot be
    exported is listed in `main.tf` with the reason. No file reads from AWS, so a plan needs no account.
    """
    from archspec.exporters.terraform.files import write

    return write(architecture)

"""Repositories for the images of services."""

from collections.abc import Iterator

from archspec.exporters.terraform.hcl import Block
from archspec.exporters.terraform.resource import Resource, origin, reasons, slug
from archspec.exporters.terraform.security import key
from archspec.model.architecture import Architecture


def resources(architecture: Architecture) -> Iterator[Resource]:
    """Yield a repository for each service that names no image, if a registry is stated."""
    for registry in architecture.delivery.registries.values():
        for service in architecture.compute.services.values():
            if not service.image:
                yield Resource(
                    "aws_ecr_repository",
                    slug(service.id),
                    origin(registry),
                    {
                        "name": f"{architecture.name}/{service.id}",
                        "image_tag_mutability": "IMMUTABLE",
                        "image_scanning_configuration": Block({"scan_on_push": True}),
                        "encryption_configuration": Block({"encryption_type": "KMS", "kms_key": key("registry")}),
                    },
                    reasons(registry, f"derived: {registry.id} is stated, and {service.id} names no image"),
                )

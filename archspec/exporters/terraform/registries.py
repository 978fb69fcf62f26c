"""ECR repositories for the images of services."""

from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform import policies
from archspec.exporters.terraform.hcl import Block, Body, Json, Reference, Value
from archspec.exporters.terraform.keys import key
from archspec.exporters.terraform.resource import Part, Resource, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.compute import Service
from archspec.model.delivery import Registry
from archspec.model.element import Element

PULL = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
"""What it takes to pull an image.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
"""

PUSH = (*PULL, "ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart")
"""What it takes to push an image.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
"""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield a repository for each service whose images a registry holds; one of its own where there is none."""
    for registry in architecture.delivery.registries.values():
        parts = [
            one for holder in holders(registry, architecture) for one in _repository(registry, holder, architecture)
        ]
        # What cannot be said of one repository cannot be said of the others either.
        yield from dict.fromkeys(one for one in parts if isinstance(one, Omission))
        yield from (one for one in parts if not isinstance(one, Omission))
        if registry.replication:
            yield Omission((*registry.path, "replication"), "the Region that images are copied to is not stated")


def registry_of(service: Service, architecture: Architecture) -> Registry | None:
    """Return the registry that holds a service's images.

    A service that states neither an image nor a registry uses the first one of its environment.
    """
    registries = architecture.delivery.registries
    if service.registry or service.image:
        return registries.get(service.registry)
    return next((one for one in registries.values() if one.environment in {"", service.environment}), None)


def holders(registry: Registry, architecture: Architecture) -> list[str]:
    """Return the ids for which a registry has repositories, each the last part of the repository's address."""
    used = {one.id: registry_of(one, architecture) for one in architecture.compute.services.values()}
    return [id_ for id_, held_by in used.items() if held_by is not None and held_by.id == registry.id] or [registry.id]


def arns(registry: Element, architecture: Architecture) -> list[Reference]:
    """Refer to the ARNs of a registry's repositories."""
    found = architecture.delivery.registries[registry.id]
    return [refer("aws_ecr_repository", holder, "arn") for holder in holders(found, architecture)]


def _repository(registry: Registry, holder: str, architecture: Architecture) -> Iterator[Part]:
    service = architecture.compute.services.get(holder)
    implied = service is not None and not service.registry
    why = f"derived: {registry.id} is stated, and {holder} names no image" if implied else ""
    body: Body = {
        "name": f"{architecture.name}/{holder}",
        "image_tag_mutability": "MUTABLE" if registry.immutable_tags is False else "IMMUTABLE",
        "image_scanning_configuration": Block({"scan_on_push": registry.scan_on_push is not False}),
        "encryption_configuration": Block(_encryption(registry)),
    }
    yield Resource("aws_ecr_repository", slug(holder), origin(registry), body, reasons(registry, why))
    if registry.keeps:
        yield _lifecycle(registry, holder)
    if registry.policy:
        yield from _policy(registry, holder, architecture)


def _encryption(registry: Registry) -> Body:
    """ECR encrypts always; `encrypted: false` gives up a key of one's own.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
    """
    if registry.encrypted is False:
        return {"encryption_type": "AES256"}
    own = refer("aws_kms_key", registry.key, "arn") if registry.key else key("registry")
    return {"encryption_type": "KMS", "kms_key": own}


def _lifecycle(registry: Registry, holder: str) -> Resource:
    """https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html"""
    rule: Value = {
        "rulePriority": 1,
        "description": f"keep the last {registry.keeps} images",
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": registry.keeps or 0},
        "action": {"type": "expire"},
    }
    body: Body = {"repository": refer("aws_ecr_repository", holder, "name"), "policy": Json({"rules": [rule]})}
    return Resource("aws_ecr_lifecycle_policy", slug(holder), origin(registry, "keeps"), body)


def _policy(registry: Registry, holder: str, architecture: Architecture) -> Iterator[Part]:
    # The policy of a repository names no resource: it is about that repository.
    found = policies.written(registry.policy, (*registry.path, "policy"), (), "ecr:BatchGetImage", architecture)
    yield from found.omissions
    if found.statements:
        body: Body = {
            "repository": refer("aws_ecr_repository", holder, "name"),
            "policy": policies.document(found.statements),
        }
        yield Resource("aws_ecr_repository_policy", slug(holder), origin(registry, "policy"), body)

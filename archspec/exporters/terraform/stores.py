"""What databases and caches have in common in Terraform."""

from archspec.exporters.terraform.hcl import Body, Value
from archspec.exporters.terraform.resource import Resource, Variable, named, origin, refer, slug
from archspec.exporters.terraform.security import key
from archspec.model.architecture import Architecture
from archspec.model.data import Store


def class_variable(store: Store) -> Variable:
    """Return the variable for a class that is not stated: it decides the bill, so nobody guesses it."""
    return Variable(f"class_{slug(store.id)}", f"instance class of {store.id}, which the spec does not state")


def subnet_group(kind: str, store: Store, architecture: Architecture) -> Resource:
    """Return the group of the subnets that a store may stand in, of the resource type `kind`."""
    name = named(architecture, store.id)
    body: Body = {
        "name": name,
        "description": f"{store.id} of {architecture.name}",
        "subnet_ids": [refer("aws_subnet", subnet) for subnet in store.subnets],
    }
    return Resource(kind, slug(store.id), origin(store, "subnets"), body)


def security_groups(store: Store) -> list[Value]:
    """Refer to the security groups of a store."""
    return [refer("aws_security_group", group) for group in store.security_groups]


def encryption(store: Store, argument: str) -> Body:
    """Encrypt with a key of our own, unless the spec says that the store is not encrypted."""
    is_encrypted = store.encrypted is not False
    return {argument: is_encrypted, "kms_key_id": key("data") if is_encrypted else None}

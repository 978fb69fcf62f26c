"""What ships: container registries."""

from typing import ClassVar

from archspec.model.element import Element, Model


class Registry(Element):
    """An ECR registry that holds the images of the services."""

    kind: ClassVar[str] = "registry"
    home: ClassVar[tuple[str, str]] = ("delivery", "registries")


class DeliveryArea(Model):
    """The `delivery:` section."""

    registries: dict[str, Registry] = {}

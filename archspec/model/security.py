"""What protects: certificates and secret stores."""

from typing import ClassVar

from archspec.model.element import Element, Model


class Certificate(Element):
    """A TLS certificate in AWS Certificate Manager. `region` left out is the architecture's own."""

    kind: ClassVar[str] = "certificate"
    home: ClassVar[tuple[str, str]] = ("security", "certificates")

    domain: str = ""
    region: str = ""


class SecretStore(Element):
    """AWS Secrets Manager, as a place where secrets are kept."""

    kind: ClassVar[str] = "secret_store"
    home: ClassVar[tuple[str, str]] = ("security", "secret_stores")


class SecurityArea(Model):
    """The `security:` section."""

    certificates: dict[str, Certificate] = {}
    secret_stores: dict[str, SecretStore] = {}

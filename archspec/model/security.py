"""What protects: certificates, keys, secrets, roles, and AWS's own guards."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import model_validator

from archspec.model.element import Element, ElementId, Feature, KeyId, Model, Refers, Switch
from archspec.model.policy import Statement
from archspec.model.quantity import Duration


class Certificate(Element):
    """A TLS certificate in AWS Certificate Manager."""

    kind: ClassVar[str] = "certificate"
    home: ClassVar[tuple[str, str]] = ("security", "certificates")

    domain: str = ""
    """The name that it is for: `*.example.com`."""
    region: str = ""
    """The Region that it is in; left out, the spec's own."""


class Key(Element):
    """A KMS key. What names it in `key:` is encrypted with it.

    https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
    """

    kind: ClassVar[str] = "key"
    home: ClassVar[tuple[str, str]] = ("security", "keys")

    alias: str = ""
    """Its alias: `alias/data`."""
    rotation: Switch | None = None
    """Whether AWS changes it by itself."""
    policy: tuple[Statement, ...] = ()


class SecretStore(Element):
    """AWS Secrets Manager or Systems Manager Parameter Store, as a place where secrets and settings are kept."""

    kind: ClassVar[str] = "secret_store"
    home: ClassVar[tuple[str, str]] = ("security", "secret_stores")

    service: Literal["secrets-manager", "parameter-store"] = "secrets-manager"
    """Which service of AWS's it is."""
    holds: tuple[str, ...] = ()
    """What is kept in it, in words."""


class Secret(Element):
    """One secret."""

    kind: ClassVar[str] = "secret"
    home: ClassVar[tuple[str, str]] = ("security", "secrets")

    store: Annotated[str, Refers(("secret_store",))] = ""
    """The secret store that it is kept in."""
    holds: str = ""
    """What it is: `password of the database`."""
    key: KeyId = ""
    """The KMS key that it is encrypted with; left out, AWS's own."""
    rotation: Feature | None = None
    """Whether it is changed by itself."""
    rotate_every: Duration | None = None
    """How often it is changed."""
    policy: tuple[Statement, ...] = ()
    recovery_window: Duration | None = None
    """How long a deleted one is kept."""


class Permission(Model):
    """What a role may do, and on what. A text alone is what it may do."""

    does: str
    """What it may do, in words or as IAM actions: `sqs:SendMessage, sqs:GetQueueUrl`."""
    on: tuple[ElementId, ...] = ()
    """The elements that it may do it on."""
    arns: tuple[str, ...] = ()
    """What it may do it on where that is no element, as patterns: `*`."""

    @model_validator(mode="before")
    @classmethod
    def _read_short_form(cls, value: Any) -> Any:
        return {"does": value} if isinstance(value, str) else value


class Role(Element):
    """An IAM role: who may take it, and what it may do then."""

    kind: ClassVar[str] = "role"
    home: ClassVar[tuple[str, str]] = ("security", "roles")

    trusts: str = ""
    """Who may take it, in words."""
    managed_policies: tuple[str, ...] = ()
    """AWS's own policies that it has: `AmazonECSTaskExecutionRolePolicy`."""
    policy: str = ""
    """The name of a policy, or the policy itself as JSON."""
    may: tuple[Permission, ...] = ()
    """What it may do, and on what."""
    trust_policy: tuple[Statement, ...] = ()
    """Who may take it, as AWS says it."""


class Detector(Element):
    """An AWS service that watches an account: who did what, what looks like an attack, what breaks a policy."""

    kind: ClassVar[str] = "detector"
    home: ClassVar[tuple[str, str]] = ("security", "detectors")

    service: Literal["cloudtrail", "guardduty", "config", "security-hub", "inspector", "macie", "shield", "iam"]
    """Which service of AWS's it is."""
    multi_region: Switch | None = None
    """Whether a trail records every Region."""
    file_validation: Switch | None = None
    """Whether a trail notices that a log file was changed."""


class SecurityArea(Model):
    """The `security:` section."""

    certificates: dict[str, Certificate] = {}
    """TLS certificates by id."""
    keys: dict[str, Key] = {}
    """KMS keys by id."""
    secret_stores: dict[str, SecretStore] = {}
    """Secrets Manager and Parameter Store, as places, by id."""
    secrets: dict[str, Secret] = {}
    """Single secrets by id."""
    roles: dict[str, Role] = {}
    """IAM roles by id."""
    detectors: dict[str, Detector] = {}
    """AWS services that watch the account, by id."""

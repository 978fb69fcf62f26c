"""What protects: certificates, keys, secrets, roles, and AWS's own guards."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import model_validator

from archspec.model.element import Element, ElementId, Feature, KeyId, Model, Refers, Switch
from archspec.model.policy import Statement
from archspec.model.quantity import Duration


class Certificate(Element):
    """A TLS certificate in AWS Certificate Manager. `region` left out is the architecture's own."""

    kind: ClassVar[str] = "certificate"
    home: ClassVar[tuple[str, str]] = ("security", "certificates")

    domain: str = ""
    region: str = ""


class Key(Element):
    """A KMS key. What names it in `key:` is encrypted with it. `policy` are the statements of its own policy.

    https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
    """

    kind: ClassVar[str] = "key"
    home: ClassVar[tuple[str, str]] = ("security", "keys")

    alias: str = ""
    rotation: Switch | None = None
    policy: tuple[Statement, ...] = ()


class SecretStore(Element):
    """AWS Secrets Manager or Systems Manager Parameter Store, as a place where secrets and settings are kept."""

    kind: ClassVar[str] = "secret_store"
    home: ClassVar[tuple[str, str]] = ("security", "secret_stores")

    service: Literal["secrets-manager", "parameter-store"] = "secrets-manager"
    holds: tuple[str, ...] = ()


class Secret(Element):
    """One secret. `rotation` says whether it is changed by itself, `rotate_every` how often.

    `recovery_window` is how long a deleted one is kept, `policy` are the statements of its own policy.
    """

    kind: ClassVar[str] = "secret"
    home: ClassVar[tuple[str, str]] = ("security", "secrets")

    store: Annotated[str, Refers(("secret_store",))] = ""
    holds: str = ""
    key: KeyId = ""
    rotation: Feature | None = None
    rotate_every: Duration | None = None
    policy: tuple[Statement, ...] = ()
    recovery_window: Duration | None = None


class Permission(Model):
    """What a role may do, in words or as IAM actions (`sqs:SendMessage, sqs:GetQueueUrl`), and on what.

    `arns` are what it may do it on where that is no element, as patterns: `*`. A text alone is what it may do.
    """

    does: str
    on: tuple[ElementId, ...] = ()
    arns: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _read_short_form(cls, value: Any) -> Any:
        return {"does": value} if isinstance(value, str) else value


class Role(Element):
    """An IAM role: who may take it, and what it may do then.

    `trusts` says in words who may take it, `trust_policy` as AWS does. `policy` is the name of a policy, or the policy
    itself as JSON.
    """

    kind: ClassVar[str] = "role"
    home: ClassVar[tuple[str, str]] = ("security", "roles")

    trusts: str = ""
    managed_policies: tuple[str, ...] = ()
    policy: str = ""
    may: tuple[Permission, ...] = ()
    trust_policy: tuple[Statement, ...] = ()


class Detector(Element):
    """An AWS service that watches an account: who did what, what looks like an attack, what breaks a policy.

    `multi_region` and `file_validation` are a trail's: it records every Region, and a changed log file is noticed.
    """

    kind: ClassVar[str] = "detector"
    home: ClassVar[tuple[str, str]] = ("security", "detectors")

    service: Literal["cloudtrail", "guardduty", "config", "security-hub", "inspector", "macie", "shield", "iam"]
    multi_region: Switch | None = None
    file_validation: Switch | None = None


class SecurityArea(Model):
    """The `security:` section."""

    certificates: dict[str, Certificate] = {}
    keys: dict[str, Key] = {}
    secret_stores: dict[str, SecretStore] = {}
    secrets: dict[str, Secret] = {}
    roles: dict[str, Role] = {}
    detectors: dict[str, Detector] = {}

"""Keys, certificates and secrets."""

from collections.abc import Iterator, Mapping, Sequence

from archspec.exporters.terraform.hcl import Block, Json, Reference, Template, Value
from archspec.exporters.terraform.resource import (
    ACCOUNT,
    Part,
    Resource,
    Variable,
    named,
    origin,
    partition,
    reasons,
    refer,
    slug,
)
from archspec.model.architecture import Architecture
from archspec.model.element import Element
from archspec.model.security import Certificate, SecretStore


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield a KMS key for each kind of thing to encrypt, the certificates, and the secrets."""
    for purpose, users in _key_users(architecture).items():
        if users:
            yield from _key(purpose, users, architecture)
    for certificate in architecture.security.certificates.values():
        yield from _certificate(certificate, architecture)
    for store in architecture.security.secret_stores.values():
        yield _secret(store, architecture)


def key(purpose: str) -> Reference:
    """Refer to the key for `purpose`: logs, data, registry or secrets."""
    return refer("aws_kms_key", purpose, "arn")


def _key_users(architecture: Architecture) -> Mapping[str, Sequence[Element]]:
    network, compute, data = architecture.network, architecture.compute, architecture.data
    stores = [*data.databases.values(), *data.caches.values()]
    return {
        "data": [store for store in stores if store.encrypted is not False],
        "logs": [*network.vpcs.values(), *compute.services.values(), *data.databases.values()],
        "registry": [*architecture.delivery.registries.values()],
        "secrets": [*data.databases.values(), *architecture.security.secret_stores.values()],
    }


def _key(purpose: str, users: Sequence[Element], architecture: Architecture) -> Iterator[Resource]:
    owner = users[0]
    reason = (f"Encrypts the {purpose} of {', '.join(user.id for user in users)}.",)
    statements = [_administration(architecture)]
    if purpose == "logs":
        statements.append(_log_delivery(architecture))
    yield Resource(
        "aws_kms_key",
        purpose,
        origin(owner),
        {
            "description": f"{purpose} of {architecture.name}",
            "deletion_window_in_days": 30,
            "enable_key_rotation": True,
            "policy": Json({"Version": "2012-10-17", "Statement": statements}),
        },
        reason,
    )
    alias: dict[str, Value] = {
        "name": f"alias/{architecture.name}-{purpose}",
        "target_key_id": refer("aws_kms_key", purpose, "key_id"),
    }
    yield Resource("aws_kms_alias", purpose, origin(owner), alias, reason)


def _administration(architecture: Architecture) -> dict[str, Value]:
    """Leave it to the account's IAM policies who may use a key.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    return {
        "Sid": "AccountDecides",
        "Effect": "Allow",
        "Principal": {"AWS": Template((f"arn:{partition(architecture.region)}:iam::", ACCOUNT, ":root"))},
        "Action": "kms:*",
        "Resource": "*",
    }


def _log_delivery(architecture: Architecture) -> dict[str, Value]:
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html"""
    region = architecture.region
    groups = Template((f"arn:{partition(region)}:logs:{region}:", ACCOUNT, ":*"))
    return {
        "Sid": "LogsOfThisAccount",
        "Effect": "Allow",
        "Principal": {"Service": f"logs.{region}.amazonaws.com"},
        "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        "Resource": "*",
        "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}},
    }


def certificate_arn(certificate: Certificate, architecture: Architecture) -> Reference:
    """Refer to a certificate once it is issued; AWS refuses a listener whose certificate is not."""
    if _is_made_here(certificate, architecture):
        return refer("aws_acm_certificate_validation", certificate.id, "certificate_arn")
    return _variable(certificate).reference


def _is_made_here(certificate: Certificate, architecture: Architecture) -> bool:
    return bool(certificate.domain) and certificate.region in {"", architecture.region}


def _variable(certificate: Certificate) -> Variable:
    where = f" in {certificate.region}" if certificate.region else ""
    return Variable(f"certificate_arn_{slug(certificate.id)}", f"ARN of the certificate {certificate.id}{where}")


def _certificate(certificate: Certificate, architecture: Architecture) -> Iterator[Part]:
    if not _is_made_here(certificate, architecture):
        yield _variable(certificate)
        return
    yield Resource(
        "aws_acm_certificate",
        slug(certificate.id),
        origin(certificate, "domain"),
        {
            "domain_name": certificate.domain,
            "validation_method": "DNS",
            "tags": {"Name": named(architecture, certificate.id)},
            "lifecycle": Block({"create_before_destroy": True}),
        },
        reasons(certificate),
    )
    yield Resource(
        "aws_acm_certificate_validation",
        slug(certificate.id),
        origin(certificate, "domain"),
        {"certificate_arn": refer("aws_acm_certificate", certificate.id, "arn")},
        ("Waits until someone adds the validation records: DNS zones are not exported yet.",),
    )


def _secret(store: SecretStore, architecture: Architecture) -> Resource:
    return Resource(
        "aws_secretsmanager_secret",
        slug(store.id),
        origin(store),
        {
            "name": f"{architecture.name}/{store.id}",
            "description": f"Secrets of {architecture.name}",
            "kms_key_id": key("secrets"),
            "recovery_window_in_days": 30,
        },
        reasons(store),
    )

"""Certificates, keys and secrets. The value of a secret is never asked for.

https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html
https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html
"""

from collections.abc import Iterator

from archspec.importers.account.answers import Answers, Item, at, data, made, picked, tags
from archspec.resources.resource import Resource, Value


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield what keeps the rest safe."""
    yield from _certificates(answers)
    yield from _keys(answers)
    yield from _secrets(answers)


def _certificates(answers: Answers) -> Iterator[Resource]:
    named = answers.tags("acm.list_tags_for_certificate", "CertificateArn")
    for one in answers.items("acm.describe_certificate"):
        names = {
            "arn": "CertificateArn",
            "domain_name": "DomainName",
            "subject_alternative_names": "SubjectAlternativeNames",
        }
        options = at(one, "DomainValidationOptions[].ValidationMethod") or [None]
        values: dict[str, Value] = {**picked(one, names), "validation_method": options[0]}
        yield made("aws_acm_certificate", one["CertificateArn"], values, named.get(one["CertificateArn"]))


def _keys(answers: Answers) -> Iterator[Resource]:
    named = {
        asked.parameters["KeyId"]: {str(one["TagKey"]): str(one["TagValue"]) for one in asked.item.get("Tags", [])}
        for asked in answers.asked("kms.list_resource_tags")
    }
    rotates = {
        asked.parameters["KeyId"]: asked.item.get("KeyRotationEnabled")
        for asked in answers.asked("kms.get_key_rotation_status")
    }
    policies = {asked.parameters["KeyId"]: asked.item.get("Policy") for asked in answers.asked("kms.get_key_policy")}
    called = {
        one.get("TargetKeyId"): str(one["AliasName"]).removeprefix("alias/")
        for one in sorted(answers.items("kms.list_aliases"), key=lambda one: str(one["AliasName"]), reverse=True)
    }
    for item in answers.items("kms.describe_key"):
        one: Item = item.get("KeyMetadata") or {}
        alias = called.get(one.get("KeyId"), "")
        if one.get("KeyState") not in {"PendingDeletion", "PendingReplicaDeletion"}:
            names = {"arn": "Arn", "key_id": "KeyId", "description": "Description"}
            values: dict[str, Value] = {
                **picked(one, names),
                "key_manager": "AWS" if alias.startswith("aws/") else one.get("KeyManager"),
                "enable_key_rotation": rotates.get(one["KeyId"]),
                "multi_region": one.get("MultiRegion"),
                "policy": data(policies.get(one["KeyId"])),
            }
            key = made("aws_kms_key", one["KeyId"], values, named.get(one["KeyId"]))
            # Nobody calls a key by its id.
            yield key._replace(address=f"aws_kms_key.{alias}") if alias else key
    for one in answers.items("kms.list_aliases"):
        if one.get("TargetKeyId"):
            names = {"name": "AliasName", "arn": "AliasArn", "target_key_id": "TargetKeyId"}
            yield made("aws_kms_alias", one["AliasName"], picked(one, names))


def _secrets(answers: Answers) -> Iterator[Resource]:
    policies = {
        asked.parameters["SecretId"]: asked.item.get("ResourcePolicy")
        for asked in answers.asked("secretsmanager.get_resource_policy")
    }
    for one in answers.items("secretsmanager.list_secrets"):
        names = {"arn": "ARN", "name": "Name", "description": "Description", "kms_key_id": "KmsKeyId"}
        values: dict[str, Value] = {**picked(one, names), "owning_service": one.get("OwningService")}
        values["policy"] = data(policies.get(one["ARN"]))
        yield made("aws_secretsmanager_secret", one["ARN"], values, tags(one))
        if one.get("RotationEnabled"):
            rules: list[Value] = [
                picked(
                    one.get("RotationRules") or {},
                    {"automatically_after_days": "AutomaticallyAfterDays", "schedule_expression": "ScheduleExpression"},
                )
            ]
            rotation: dict[str, Value] = {"secret_id": one["ARN"], "rotation_rules": rules}
            yield made("aws_secretsmanager_secret_rotation", one["ARN"], rotation)
    named = answers.tags("ssm.list_tags_for_resource", "ResourceId", "TagList")
    for one in answers.items("ssm.describe_parameters"):
        names = {"name": "Name", "type": "Type", "description": "Description", "key_id": "KeyId", "arn": "ARN"}
        arn = f"arn:{answers.partition}:ssm:{answers.region}:{answers.account}:parameter/{str(one['Name']).lstrip('/')}"
        yield made("aws_ssm_parameter", one["Name"], {"arn": arn, **picked(one, names)}, named.get(one["Name"]))

"""Vaults and plans, as AWS Backup answers.

https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Operations.html
"""

from collections.abc import Iterator

from archspec.importers.account.answers import Answers, Item, at, made, picked
from archspec.resources.resource import Resource, Value


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield vaults, plans, and what they back up."""
    named = answers.tags("backup.list_tags", "ResourceArn")
    for one in answers.items("backup.list_backup_vaults"):
        values = picked(one, {"name": "BackupVaultName", "arn": "BackupVaultArn", "kms_key_arn": "EncryptionKeyArn"})
        yield made("aws_backup_vault", one["BackupVaultName"], values, named.get(one.get("BackupVaultArn")))
        if one.get("Locked"):
            locked = {"backup_vault_name": one["BackupVaultName"], "min_retention_days": one.get("MinRetentionDays")}
            yield made("aws_backup_vault_lock_configuration", one["BackupVaultName"], locked)
    for one in answers.items("backup.get_backup_plan"):
        values = picked(one, {"name": "BackupPlan.BackupPlanName", "arn": "BackupPlanArn"})
        values["rule"] = [_rule(rule) for rule in at(one, "BackupPlan.Rules") or []]
        yield made("aws_backup_plan", one["BackupPlanId"], values, named.get(one.get("BackupPlanArn")))
    for asked in answers.asked("backup.get_backup_selection"):
        chosen: Item = asked.item.get("BackupSelection") or {}
        names = {"name": "SelectionName", "iam_role_arn": "IamRoleArn", "resources": "Resources"}
        values = {**picked(chosen, names), "plan_id": asked.parameters["BackupPlanId"]}
        yield made("aws_backup_selection", asked.parameters["SelectionId"], values)


def _rule(rule: Item) -> dict[str, Value]:
    names = {"rule_name": "RuleName", "target_vault_name": "TargetBackupVaultName", "schedule": "ScheduleExpression"}
    copies: list[Value] = [
        picked(copy, {"destination_vault_arn": "DestinationBackupVaultArn"}) for copy in rule.get("CopyActions", [])
    ]
    kept: list[Value] = (
        [picked(rule["Lifecycle"], {"delete_after": "DeleteAfterDays"})] if rule.get("Lifecycle") else []
    )
    return {**picked(rule, names), "copy_action": copies, "lifecycle": kept}

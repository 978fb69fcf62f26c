"""AWS Backup, in CloudFormation's words."""

from archspec.resources.cloudformation.form import REF, Form


def _lifecycle(block: str) -> dict[str, str]:
    days = {"delete_after": "DeleteAfterDays", "cold_storage_after": "MoveToColdStorageAfterDays"}
    return {f"{block}.{name}": place for name, place in days.items()}


BACKUPS: dict[str, Form] = {
    "aws_backup_vault": Form(
        "AWS::Backup::BackupVault",
        {
            "name": "BackupVaultName",
            "kms_key_arn": "EncryptionKeyArn",
            "tags": "BackupVaultTags{}",
            "force_destroy": "",
        },
        {"id": REF, "name": REF, "arn": "BackupVaultArn"},
    ),
    "aws_backup_vault_lock_configuration": Form(
        "AWS::Backup::BackupVault",
        {
            "min_retention_days": "LockConfiguration.MinRetentionDays",
            "max_retention_days": "LockConfiguration.MaxRetentionDays",
            "changeable_for_days": "LockConfiguration.ChangeableForDays",
        },
        part_of="backup_vault_name",
    ),
    "aws_backup_plan": Form(
        "AWS::Backup::BackupPlan",
        {
            "name": "BackupPlanName",
            "tags": "/BackupPlanTags{}",
            "rule": "BackupPlanRule[]",
            "rule.target_vault_name": "TargetBackupVault",
            "rule.schedule": "ScheduleExpression",
            "rule.start_window": "StartWindowMinutes",
            "rule.completion_window": "CompletionWindowMinutes",
            **_lifecycle("rule.lifecycle"),
            "rule.copy_action": "CopyActions[]",
            "rule.copy_action.destination_vault_arn": "DestinationBackupVaultArn",
            **_lifecycle("rule.copy_action.lifecycle"),
        },
        {"id": REF, "arn": "BackupPlanArn"},
        within="BackupPlan",
    ),
    "aws_backup_selection": Form(
        "AWS::Backup::BackupSelection",
        {
            "name": "SelectionName",
            "plan_id": "/BackupPlanId",
            "selection_tag": "ListOfTags[]",
            "selection_tag.type": "ConditionType",
            "selection_tag.key": "ConditionKey",
            "selection_tag.value": "ConditionValue",
        },
        within="BackupSelection",
    ),
}

"""RDS: automated backups of instances, copied to another Region."""

from moto.core.responses import ActionResult
from moto.moto_api._internal import mock_random
from moto.rds.responses import RDSResponse

from tests.cloud.untyped import Moto


def patch() -> None:
    """Add StartDBInstanceAutomatedBackupsReplication, and find by their ARN the backups that it makes.

    moto only knows the backups of a Region's own instances.
    """
    kept: dict[str, dict[str, Moto]] = {}
    describe = RDSResponse.describe_db_instance_automated_backups

    def start(self: Moto) -> ActionResult:
        id_ = mock_random.get_random_hex(26)
        arn = f"arn:aws:rds:{self.region}:{self.current_account}:auto-backup:ab-{id_}"
        source = self.params["SourceDBInstanceArn"]
        kept[arn] = {
            "BackupRetentionPeriod": int(self.params.get("BackupRetentionPeriod") or 7),
            "DBInstanceArn": source,
            "DBInstanceAutomatedBackupsArn": arn,
            "DBInstanceIdentifier": source.rpartition(":")[2],
            "KmsKeyId": self.params.get("KmsKeyId"),
            "Region": source.split(":")[3],
            "Status": "replicating",
        }
        return ActionResult({"DBInstanceAutomatedBackup": kept[arn]})

    def described(self: Moto) -> ActionResult:
        arn = self.params.get("DBInstanceAutomatedBackupsArn")
        return ActionResult({"DBInstanceAutomatedBackups": [kept[arn]]}) if arn in kept else describe(self)

    RDSResponse.start_db_instance_automated_backups_replication = start
    RDSResponse.describe_db_instance_automated_backups = described

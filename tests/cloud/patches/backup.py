"""AWS Backup: selections, and the tags of vaults and plans."""

import json
from typing import Any
from urllib.parse import unquote

from moto.backup.responses import BackupResponse
from moto.moto_api._internal import mock_random

from tests.cloud.untyped import Moto

_NEVER_EMPTY: dict[str, Any] = {"Conditions": {}, "ListOfTags": [], "NotResources": []}
_CREATED = 1.7e9


def patch() -> None:
    """Add CreateBackupSelection, GetBackupSelection and ListBackupSelections; read the ARN in the path of ListTags.

    moto takes a part of the path for the whole ARN, and finds no tags.
    """
    selections: dict[str, dict[str, dict[str, Any]]] = {}

    def plan(self: Moto) -> str:
        return unquote(self.path.split("/plans/")[1].split("/")[0])

    def create(self: Moto) -> str:
        id_ = str(mock_random.uuid4())
        selections.setdefault(plan(self), {})[id_] = json.loads(self.body)["BackupSelection"]
        return json.dumps({"SelectionId": id_, "BackupPlanId": plan(self), "CreationDate": _CREATED})

    def get(self: Moto) -> str:
        id_ = self.path.rstrip("/").split("/")[-1]
        body = {**_NEVER_EMPTY, **selections[plan(self)][id_]}
        return json.dumps({
            "BackupSelection": body, "SelectionId": id_, "BackupPlanId": plan(self), "CreationDate": _CREATED
        })  # fmt: skip

    def listed(self: Moto) -> str:
        found = [
            {"SelectionId": id_, **{key: one[key] for key in ("SelectionName", "IamRoleArn") if key in one}}
            for id_, one in selections.get(plan(self), {}).items()
        ]
        return json.dumps({"BackupSelectionsList": found})

    def tags(self: Moto) -> str:
        arn = unquote(self.path.rstrip("/").split("/tags/", 1)[1])
        return json.dumps({"Tags": self.backup_backend.list_tags(resource_arn=arn)})

    BackupResponse.create_backup_selection = create
    BackupResponse.get_backup_selection = get
    BackupResponse.list_backup_selections = listed
    BackupResponse.list_tags = tags

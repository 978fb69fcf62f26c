"""Backups that are kept elsewhere: copies of RDS in another Region, and plans of AWS Backup."""

import re
from collections.abc import Iterator
from typing import Any

from archspec.importers.draft import links
from archspec.importers.draft.attributes import Values, blocks, items, text
from archspec.importers.draft.piece import Given
from archspec.importers.draft.spelling import counted
from archspec.resources.resource import Ref, Resource, Value

_CRON = re.compile(r"cron\(\d+ \d+(?:/(?P<hours>\d+))? [*?] \* (?P<day>[A-Za-z]{3}|[*?]) \*\)")
_REPLICATION = "aws_db_instance_automated_backups_replication"


class Copies:
    """Finds what copies the backups of a store."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.replicated = links.parts(given, _REPLICATION, "source_db_instance_arn")
        self.locked = links.parts(given, "aws_backup_vault_lock_configuration", "backup_vault_name")
        self.selected = links.parts(given, "aws_backup_selection", "resources")

    def of(self, address: str) -> dict[str, Any]:
        """Return what a spec says of the copies of a store's backups: nothing where there are none."""
        replicated = self.replicated.get(address, [])
        rules = [rule for one in self._plans(address) for rule in blocks(one.values.get("rule"))]
        vaults = [vault for rule in rules for vault in self._destinations(rule)]
        own = [rule.get("target_vault_name") for rule in rules]
        is_locked = any(isinstance(vault, Ref) and vault.address in self.locked for vault in [*vaults, *own])
        keys = links.elements(self.given, [one.values.get("kms_key_id") for one in replicated])
        found: dict[str, Any] = {"isolated": True} if is_locked else {}
        if replicated or vaults:
            found["cross_region"] = True
            found["copy_every"] = next((_every(rule.get("schedule")) for rule in rules), "")
            found["copy_key"] = keys[0] if keys else self._key(vaults)
        return found

    def _plans(self, address: str) -> Iterator[Resource]:
        for selection in self.selected.get(address, []):
            plan = links.resource(self.given, selection.values.get("plan_id"))
            if plan:
                yield plan

    def _destinations(self, rule: Values) -> list[Value]:
        """Return the vaults that a rule copies to, where that is another than the one it keeps backups in."""
        own = rule.get("target_vault_name")
        copies = [one.get("destination_vault_arn") for one in blocks(rule.get("copy_action"))]
        home = own.address if isinstance(own, Ref) else None
        return [one for one in copies if one and not (isinstance(one, Ref) and one.address == home)]

    def _key(self, vaults: list[Value]) -> str:
        found = [links.resource(self.given, vault) for vault in items(vaults)]
        return next(iter(links.elements(self.given, [one.values.get("kms_key_arn") for one in found if one])), "")


def _every(schedule: Value) -> str:
    """Read how often a plan runs: `cron(0 5 ? * * *)` is once a day. Nothing where it is more involved.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
    """
    found = _CRON.fullmatch(text(schedule))
    if found is None:
        return ""
    if found["hours"]:
        return counted(found["hours"], "hour")
    return "7 days" if found["day"].isalpha() else "1 day"

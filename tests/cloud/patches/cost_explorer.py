"""Cost Explorer: anomaly monitors and their subscriptions."""

import json
from typing import Any

from moto.ce.responses import CostExplorerResponse
from moto.moto_api._internal import mock_random

from tests.cloud.untyped import Moto


def patch() -> None:
    """Add the calls that create and get monitors and subscriptions; moto has none of them."""
    _patch("Monitor")
    _patch("Subscription")


def _patch(what: str) -> None:
    kept: dict[str, dict[str, Any]] = {}

    def create(self: Moto) -> str:
        account = self.current_account
        arn = f"arn:aws:ce::{account}:anomaly{what.lower()}/{mock_random.uuid4()}"
        kept[arn] = {**self._get_param(f"Anomaly{what}"), f"{what}Arn": arn, "AccountId": account}
        if self._get_param("ResourceTags"):
            self.ce_backend.tag_resource(arn, self._get_param("ResourceTags"))
        return json.dumps({f"{what}Arn": arn})

    def get(self: Moto) -> str:
        asked = self._get_param(f"{what}ArnList")
        return json.dumps({f"Anomaly{what}s": [one for arn, one in kept.items() if not asked or arn in asked]})

    setattr(CostExplorerResponse, f"create_anomaly_{what.lower()}", create)
    setattr(CostExplorerResponse, f"get_anomaly_{what.lower()}s", get)

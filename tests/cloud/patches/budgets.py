"""Budgets: who is told, and tags."""

import json
from typing import Any

from moto.budgets.responses import BudgetsResponse

from tests.cloud.untyped import Moto

_KEYS = ("NotificationType", "ComparisonOperator", "Threshold")


def patch() -> None:
    """Add DescribeSubscribersForNotification and ListTagsForResource, which the provider asks for every budget."""
    tags: dict[str, list[dict[str, str]]] = {}
    create = BudgetsResponse.create_budget

    def created(self: Moto) -> str:
        name = self._get_param("Budget")["BudgetName"]
        arn = f"arn:aws:budgets::{self._get_param('AccountId')}:budget/{name}"
        tags[arn] = self._get_param("ResourceTags") or []
        answer: str = create(self)
        return answer

    def subscribers(self: Moto) -> str:
        budget = self.backend.budgets[self._get_param("AccountId")][self._get_param("BudgetName")]
        asked: dict[str, Any] = self._get_param("Notification")
        for one in budget.notifications:
            if all(one.details.get(key) == asked[key] for key in _KEYS if key in asked):
                return json.dumps({"Subscribers": one.subscribers})
        return json.dumps({"Subscribers": []})

    def listed(self: Moto) -> str:
        return json.dumps({"ResourceTags": tags.get(self._get_param("ResourceARN"), [])})

    BudgetsResponse.create_budget = created
    BudgetsResponse.describe_subscribers_for_notification = subscribers
    BudgetsResponse.list_tags_for_resource = listed

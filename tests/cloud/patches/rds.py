"""RDS: what instances, parameter groups and clusters say."""

from typing import Any

from moto.moto_api._internal import mock_random
from moto.rds import models

from tests.cloud.untyped import Moto


def patch() -> None:
    """Give each instance a resource id of its own and keep its monitoring; tell changed parameters from default ones.

    All instances of moto have one `DbiResourceId`, by which the provider finds them. Without a source, the provider
    takes a parameter for AWS's default. A cluster that is not serverless has an empty scaling configuration.
    """
    init, update = models.DBInstance.__init__, models.DBParameterGroup.update_parameters
    scaling = models.DBCluster.scaling_configuration_info.fget

    def own(self: Moto, *arguments: Any, **said: Any) -> None:
        init(self, *arguments, **said)
        self.dbi_resource_id = f"db-{mock_random.get_random_hex(26).upper()}"
        self.monitoring_interval = int(said.get("monitoring_interval") or 0)
        self.monitoring_role_arn = said.get("monitoring_role_arn")
        insights = bool(said.get("enable_performance_insights"))
        days = said.get("performance_insights_retention_period")
        self.performance_insights_enabled = insights
        self.performance_insights_kms_key_id = said.get("performance_insights_kms_key_id")
        self.performance_insights_retention_period = days or (7 if insights else None)

    def by_user(self: Moto, parameters: list[dict[str, Any]]) -> Moto:
        return update(self, [{**one, "Source": "user"} for one in parameters])

    models.DBInstance.__init__ = own
    models.DBParameterGroup.update_parameters = by_user
    models.DBCluster.scaling_configuration_info = property(
        lambda self: scaling(self) if self.scaling_configuration else None
    )

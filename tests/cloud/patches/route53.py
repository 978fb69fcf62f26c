"""Route 53: private zones, and logs of queries."""

from moto.route53.models import Route53Backend
from moto.route53.responses import Route53

from tests.cloud.untyped import Moto


def patch() -> None:
    """Make a zone that is created with a VPC private; moto makes it public unless told twice.

    And find the log group for queries by the ARN that the provider sends, without the `:*` at its end.
    """
    _keep_private()
    _find_log_groups()


def _keep_private() -> None:
    get = Route53._get_bool_param

    def private(self: Moto, name: str, default: Moto = None) -> Moto:
        if name == "HostedZoneConfig.PrivateZone" and self._get_param("VPC.VPCId"):
            return True
        return get(self, name, default)

    Route53._get_bool_param = private


def _find_log_groups() -> None:
    create = Route53Backend.create_query_logging_config

    def found(self: Moto, hosted_zone_id: str, log_group_arn: str) -> Moto:
        made = create(self, hosted_zone_id, f"{log_group_arn.removesuffix(':*')}:*")
        made.cloud_watch_logs_log_group_arn = log_group_arn
        return made

    Route53Backend.create_query_logging_config = found

"""What moto cannot do by itself: exactly the types of resource listed here, each with the patch that fills the gap.

Where a new moto can do more, this fails, and the patch goes.
"""

import pytest

from tests.cloud.applied import PLAIN
from tests.cloud.conftest import Found

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

GAPS = {
    "aws_accessanalyzer_analyzer": "fails",
    "aws_appautoscaling_policy": "fails",
    "aws_appautoscaling_scheduled_action": "fails",
    "aws_appautoscaling_target": "fails",
    "aws_backup_plan": "differs",
    "aws_backup_selection": "fails",
    "aws_backup_vault": "differs",
    "aws_budgets_budget": "fails",
    "aws_ce_anomaly_monitor": "fails",
    "aws_ce_anomaly_subscription": "fails",
    "aws_cloudfront_distribution": "fails",
    "aws_cloudfront_origin_access_identity": "fails",
    "aws_cloudfront_response_headers_policy": "fails",
    "aws_cloudtrail": "fails",
    "aws_cloudwatch_dashboard": "fails",
    "aws_codebuild_project": "fails",
    "aws_codepipeline": "fails",
    "aws_db_instance": "fails",
    "aws_db_instance_automated_backups_replication": "fails",
    "aws_db_parameter_group": "differs",
    "aws_db_proxy": "fails",
    "aws_docdb_cluster": "fails",
    "aws_docdb_cluster_instance": "fails",
    "aws_ecs_service": "differs",
    "aws_elasticache_cluster": "differs",
    "aws_elasticache_replication_group": "fails",
    "aws_elasticache_serverless_cache": "fails",
    "aws_elasticache_user_group": "fails",
    "aws_iam_role_policy": "fails",
    "aws_nat_gateway": "differs",
    "aws_rds_cluster": "differs",
    "aws_rds_cluster_instance": "differs",
    "aws_route53_query_log": "fails",
    "aws_route53_zone": "fails",
    "aws_s3_bucket_notification": "differs",
    "aws_s3_bucket_replication_configuration": "differs",
    "aws_securityhub_account": "fails",
    "aws_vpc_security_group_ingress_rule": "differs",
}
"""Type → what plain moto does with it. Some fail only because what they need does."""


@pytest.mark.parametrize("path", [PLAIN])
def test_plain_moto_has_the_gaps_that_are_patched_and_no_others(applied_plainly: Found, path: str) -> None:
    assert applied_plainly(path) == GAPS

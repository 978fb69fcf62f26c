"""What moto 5.2.1 lacks of AWS, filled in, each by a function whose docstring says what and why.

A patch echoes what moto forgets or answers a call that it does not have; none makes anything work that AWS refuses.
`tests/cloud/test_plain.py` lists by resource what plain moto cannot do. Where a new moto can, that test fails, and the
patch goes.
"""

from collections.abc import Callable

from tests.cloud.patches import (
    automated_backups,
    autoscaling,
    backup,
    budgets,
    cloudfront,
    cloudtrail,
    codebuild,
    codepipeline,
    cost_explorer,
    docdb,
    ecs,
    elasticache,
    rds,
    route53,
    s3,
    security_groups,
    serverless_caches,
    sqs,
    user_groups,
)

PATCHES: dict[str, Callable[[], None]] = {
    "automated_backups": automated_backups.patch,
    "autoscaling": autoscaling.patch,
    "backup": backup.patch,
    "budgets": budgets.patch,
    "cloudfront": cloudfront.patch,
    "cloudtrail": cloudtrail.patch,
    "codebuild": codebuild.patch,
    "codepipeline": codepipeline.patch,
    "cost_explorer": cost_explorer.patch,
    "docdb": docdb.patch,
    "ecs": ecs.patch,
    "elasticache": elasticache.patch,
    "rds": rds.patch,
    "route53": route53.patch,
    "s3": s3.patch,
    "security_groups": security_groups.patch,
    "serverless_caches": serverless_caches.patch,
    "sqs": sqs.patch,
    "user_groups": user_groups.patch,
}
"""The patches by what they mend."""

"""Logs, alarms, dashboards and costs, in CloudFormation's words."""

from archspec.resources.cloudformation.form import REF, Form

OBSERVABILITY: dict[str, Form] = {
    "aws_cloudwatch_log_group": Form(
        "AWS::Logs::LogGroup",
        {"name": "LogGroupName"},
        {
            "id": REF,
            "name": REF,
            # `Arn` of CloudFormation ends in `:*`, where Terraform's does not.
            "arn": "=arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${}",
        },
    ),
    "aws_cloudwatch_log_resource_policy": Form(
        "AWS::Logs::ResourcePolicy", texts=frozenset({"policy_document"}), gives={"id": REF}
    ),
    "aws_cloudwatch_metric_alarm": Form(
        "AWS::CloudWatch::Alarm",
        {"dimensions": "Dimensions[]", "ok_actions": "OKActions"},
        {"arn": "Arn", "id": REF},
    ),
    "aws_cloudwatch_dashboard": Form("AWS::CloudWatch::Dashboard", texts=frozenset({"dashboard_body"})),
    "aws_budgets_budget": Form(
        "AWS::Budgets::Budget",
        {
            "name": "BudgetName",
            "limit_amount": "BudgetLimit.Amount",
            "limit_unit": "BudgetLimit.Unit",
            "cost_filter": "CostFilters[]",
            "notification": "/NotificationsWithSubscribers[]",
            "notification.notification_type": "Notification.NotificationType",
            "notification.comparison_operator": "Notification.ComparisonOperator",
            "notification.threshold": "Notification.Threshold",
            "notification.threshold_type": "Notification.ThresholdType",
            "tags": "/ResourceTags",
        },
        {"id": REF, "name": REF},
        within="Budget",
    ),
    "aws_ce_anomaly_monitor": Form(
        "AWS::CE::AnomalyMonitor",
        {"name": "MonitorName", "tags": "ResourceTags"},
        {"id": REF, "arn": REF},
        texts=frozenset({"monitor_specification"}),
    ),
    "aws_ce_anomaly_subscription": Form(
        "AWS::CE::AnomalySubscription",
        {
            "name": "SubscriptionName",
            "subscriber": "Subscribers[]",
            "threshold_expression.dimension": "Dimensions",
            "tags": "ResourceTags",
        },
        {"id": REF, "arn": REF},
    ),
}

"""Topics and queues, in CloudFormation's words."""

from archspec.resources.cloudformation.form import REF, Form

MESSAGING: dict[str, Form] = {
    "aws_sns_topic": Form("AWS::SNS::Topic", {"name": "TopicName"}, {"id": REF, "arn": REF, "name": "TopicName"}),
    "aws_sns_topic_policy": Form("AWS::SNS::TopicPolicy", {"arn": "Topics[]", "policy": "PolicyDocument"}),
    "aws_sns_topic_subscription": Form("AWS::SNS::Subscription"),
    "aws_sqs_queue": Form(
        "AWS::SQS::Queue",
        {
            "name": "QueueName",
            "message_retention_seconds": "MessageRetentionPeriod",
            "visibility_timeout_seconds": "VisibilityTimeout",
            "sqs_managed_sse_enabled": "SqsManagedSseEnabled",
            "delay_seconds": "DelaySeconds",
            "receive_wait_time_seconds": "ReceiveMessageWaitTimeSeconds",
            "max_message_size": "MaximumMessageSize",
        },
        {"id": REF, "url": REF, "arn": "Arn", "name": "QueueName"},
    ),
    "aws_sqs_queue_policy": Form("AWS::SQS::QueuePolicy", {"queue_url": "Queues[]", "policy": "PolicyDocument"}),
    "aws_sqs_queue_redrive_allow_policy": Form(
        "AWS::SQS::Queue", {"redrive_allow_policy": "RedriveAllowPolicy"}, part_of="queue_url"
    ),
}

"""Repositories, builds and pipelines, in CloudFormation's words."""

from archspec.resources.cloudformation.form import REF, Form

DELIVERY: dict[str, Form] = {
    "aws_ecr_repository": Form(
        "AWS::ECR::Repository",
        {"name": "RepositoryName", "force_delete": ""},
        {"id": REF, "name": REF, "arn": "Arn", "repository_url": "RepositoryUri"},
    ),
    "aws_ecr_lifecycle_policy": Form(
        "AWS::ECR::Repository",
        {"policy": "LifecyclePolicy.LifecyclePolicyText"},
        texts=frozenset({"policy"}),
        part_of="repository",
    ),
    "aws_ecr_repository_policy": Form("AWS::ECR::Repository", {"policy": "RepositoryPolicyText"}, part_of="repository"),
    "aws_codebuild_project": Form(
        "AWS::CodeBuild::Project",
        {
            "build_timeout": "TimeoutInMinutes",
            "queued_timeout": "QueuedTimeoutInMinutes",
            "environment.environment_variable": "EnvironmentVariables[]",
            "logs_config.cloudwatch_logs": "CloudWatchLogs",
            "logs_config.s3_logs": "S3Logs",
            "source.buildspec": "BuildSpec",
        },
        {"id": REF, "name": REF, "arn": "Arn"},
    ),
    "aws_codepipeline": Form(
        "AWS::CodePipeline::Pipeline",
        {
            "stage": "Stages[]",
            "stage.action": "Actions[]",
            **{
                f"stage.action.{key}": f"ActionTypeId.{key.title()}"
                for key in ("category", "owner", "provider", "version")
            },
            "trigger": "Triggers[]",
            "trigger.git_configuration.push": "Push[]",
            "trigger.git_configuration.pull_request": "PullRequest[]",
            "variable": "Variables[]",
        },
        {
            "id": REF,
            "name": REF,
            "arn": "=arn:${AWS::Partition}:codepipeline:${AWS::Region}:${AWS::AccountId}:${}",
        },
    ),
}

"""Image repositories, builds and pipelines, as ECR, CodeBuild and CodePipeline answer.

https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html
https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GetPipeline.html
"""

from collections.abc import Iterator

from archspec.importers.account.answers import Answers, Item, at, blocks, data, made, picked, tags
from archspec.resources.resource import Resource, Value


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield what ships."""
    named = {asked.parameters["resourceArn"]: tags(asked.item) for asked in answers.asked("ecr.list_tags_for_resource")}
    for one in answers.items("ecr.describe_repositories"):
        yield made("aws_ecr_repository", one["repositoryName"], _repository(one), named.get(one.get("repositoryArn")))
    for one in answers.items("ecr.get_repository_policy"):
        values = {"repository": one.get("repositoryName"), "policy": data(one.get("policyText"))}
        yield made("aws_ecr_repository_policy", str(one.get("repositoryName")), values)
    for one in answers.items("ecr.describe_registry"):
        rules = at(one, "replicationConfiguration.rules")
        if rules:
            configuration: Value = [{"rule": [_replicated(rule) for rule in rules]}]
            values = {"replication_configuration": configuration}
            yield made("aws_ecr_replication_configuration", str(one.get("registryId")), values)
    for one in answers.items("ecr.get_lifecycle_policy"):
        values = {"repository": one.get("repositoryName"), "policy": data(one.get("lifecyclePolicyText"))}
        yield made("aws_ecr_lifecycle_policy", str(one.get("repositoryName")), values)
    for one in answers.items("codebuild.batch_get_projects"):
        yield made("aws_codebuild_project", one["name"], _build(one), tags(one))
    for one in answers.items("codepipeline.get_pipeline"):
        pipeline: Item = one.get("pipeline") or {}
        arn = at(one, "metadata.pipelineArn")
        told = [
            asked.item
            for asked in answers.asked("codepipeline.list_tags_for_resource")
            if asked.parameters.get("resourceArn") == arn
        ]
        yield made("aws_codepipeline", pipeline["name"], {**_pipeline(pipeline), "arn": arn}, tags({"tags": told}))


def _replicated(rule: Item) -> dict[str, Value]:
    names = {"region": "region", "registry_id": "registryId"}
    filters = {"filter": "filter", "filter_type": "filterType"}
    return {
        "destination": [picked(one, names) for one in rule.get("destinations", [])],
        "repository_filter": [picked(one, filters) for one in rule.get("repositoryFilters", [])],
    }


def _repository(one: Item) -> dict[str, Value]:
    names = {"name": "repositoryName", "arn": "repositoryArn", "image_tag_mutability": "imageTagMutability"}
    names["repository_url"] = "repositoryUri"
    scanning, encryption = one.get("imageScanningConfiguration") or {}, one.get("encryptionConfiguration") or {}
    return {
        **picked(one, names),
        "image_scanning_configuration": [picked(scanning, {"scan_on_push": "scanOnPush"})],
        "encryption_configuration": [picked(encryption, {"encryption_type": "encryptionType", "kms_key": "kmsKey"})],
    }


def _build(one: Item) -> dict[str, Value]:
    environment: Item = one.get("environment") or {}
    names = {"compute_type": "computeType", "image": "image", "type": "type", "privileged_mode": "privilegedMode"}
    variables: list[Value] = [
        picked(variable, {"name": "name", "value": "value", "type": "type"})
        for variable in environment.get("environmentVariables", [])
    ]
    return {
        **picked(one, {"name": "name", "arn": "arn", "service_role": "serviceRole", "encryption_key": "encryptionKey"}),
        "environment": [{**picked(environment, names), "environment_variable": variables}],
        "source": [blocks(one.get("source") or {})],
        "logs_config": [_logs(one.get("logsConfig") or {})],
    }


def _logs(one: Item) -> dict[str, Value]:
    names = {"status": "status", "group_name": "groupName", "stream_name": "streamName"}
    groups: list[Value] = [picked(one["cloudWatchLogs"], names)] if one.get("cloudWatchLogs") else []
    kept: list[Value] = (
        [picked(one["s3Logs"], {"status": "status", "location": "location"})] if one.get("s3Logs") else []
    )
    return {"cloudwatch_logs": groups, "s3_logs": kept}


def _pipeline(one: Item) -> dict[str, Value]:
    store: Item = one.get("artifactStore") or {}
    names = {"name": "name", "category": "actionTypeId.category", "provider": "actionTypeId.provider"}
    more = {"owner": "actionTypeId.owner", "configuration": "configuration", "run_order": "runOrder"}
    return {
        **picked(one, {"name": "name", "role_arn": "roleArn"}),
        "artifact_store": [picked(store, {"location": "location", "type": "type"})],
        "stage": [
            {
                "name": stage.get("name"),
                "action": [picked(action, {**names, **more}) for action in stage.get("actions", [])],
            }
            for stage in one.get("stages", [])
        ],
    }

"""Pipelines of CodePipeline, of the stages that it can do."""

from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform import artifact_stores, identity, policies, stages
from archspec.exporters.terraform.compute import cluster_name
from archspec.exporters.terraform.hcl import Block, Body, Repeated, Template, Value
from archspec.exporters.terraform.resource import (
    ACCOUNT,
    Part,
    Resource,
    named,
    origin,
    partition,
    reasons,
    refer,
    slug,
)
from archspec.exporters.terraform.stages import Step
from archspec.model.architecture import Architecture
from archspec.model.compute import Service
from archspec.model.delivery import Pipeline

_PURPOSE = "pipeline"
_LEAST = 2
"""CodePipeline takes a source stage and at least one more.

https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
"""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the pipelines of which enough can be expressed, and say which stages cannot."""
    for pipeline in architecture.delivery.pipelines.values():
        yield from _pipeline(pipeline, architecture)
    for repository in architecture.delivery.repositories.values():
        yield Omission(repository.path, "source code is kept outside of AWS; pipelines read it through a connection")


def _pipeline(pipeline: Pipeline, architecture: Architecture) -> Iterator[Part]:
    steps, omissions = stages.steps(pipeline, architecture)
    yield from omissions
    if len(steps) < _LEAST:
        yield Omission(pipeline.path, "CodePipeline can do none of its stages behind the source")
        return
    yield from stages.variables(pipeline, architecture)
    yield from artifact_stores.made(pipeline, architecture)
    needs = _needs(pipeline, steps, architecture)
    yield from identity.taken(pipeline, _PURPOSE, "codepipeline", architecture, needs)
    store = artifact_stores.store_of(pipeline, architecture)
    key = Block({"id": store.key, "type": "KMS"}) if store.key else None
    body: Body = {
        "name": named(architecture, pipeline.id, 100),
        "pipeline_type": "V2",
        "role_arn": identity.role_arn(pipeline, _PURPOSE),
        "artifact_store": Block({"location": store.name, "type": "S3", "encryption_key": key}),
        "stage": Repeated(tuple(Block(step.body) for step in steps)),
    }
    yield Resource("aws_codepipeline", slug(pipeline.id), origin(pipeline), body, reasons(pipeline))


def _needs(pipeline: Pipeline, steps: list[Step], architecture: Architecture) -> list[Value]:
    """Return what the steps of a pipeline have to be allowed."""
    connection = stages.connection(pipeline).reference
    projects = [refer("aws_codebuild_project", one, "arn") for step in steps for one in step.builds]
    services = [one for step in steps for one in step.services]
    return [
        policies.allow(("codestar-connections:UseConnection",), [connection]),
        *artifact_stores.access(artifact_stores.store_of(pipeline, architecture)),
        *([policies.allow(("codebuild:BatchGetBuilds", "codebuild:StartBuild"), projects)] if projects else []),
        *(_deploying(services, architecture) if services else ()),
    ]


def _deploying(services: list[Service], architecture: Architecture) -> Iterator[Value]:
    """https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html#edit-role-ecs"""
    region = architecture.region
    prefix = f"arn:{partition(region)}:ecs:{region}:"
    yield policies.allow(
        ("ecs:DescribeServices", "ecs:UpdateService"), [refer("aws_ecs_service", one.id) for one in services]
    )
    definitions: list[Value] = [
        Template((prefix, ACCOUNT, ":task-definition/", refer("aws_ecs_task_definition", one.id, "family"), ":*"))
        for one in services
    ]
    yield policies.allow(("ecs:RegisterTaskDefinition", "ecs:TagResource"), definitions)
    clusters = dict.fromkeys(map(cluster_name, services))
    tasks: list[Value] = [Template((prefix, ACCOUNT, ":task/", one, "/*")) for one in clusters]
    yield policies.allow(("ecs:DescribeTasks",), tasks)
    yield policies.allow(("ecs:DescribeTaskDefinition", "ecs:ListTasks"), ["*"])
    roles = [identity.role_arn(one, purpose) for one in services for purpose in ("execution", "task")]
    unique = {one.expression: one for one in roles}
    condition: Value = {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}
    yield policies.allow(("iam:PassRole",), [*unique.values()], Condition=condition)

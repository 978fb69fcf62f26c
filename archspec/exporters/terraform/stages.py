"""Stages of a pipeline → what CodePipeline can do of them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archspec.artifacts import Omission
from archspec.exporters.terraform.compute import cluster_name
from archspec.exporters.terraform.hcl import Block, Body, Reference, Repeated, Value
from archspec.exporters.terraform.resource import Variable, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.compute import Service
from archspec.model.delivery import Pipeline, Repository, Stage

_REFUSED = re.compile(r"[^A-Za-z0-9.@_-]+")
_LONGEST = 90
_NAME = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_SOURCE = "source"
_FILE = "imagedefinitions.json"


class Step(NamedTuple):
    """A stage that CodePipeline can do: its block, and the builds and services that it works with."""

    body: Body
    is_source: bool = False
    builds: tuple[str, ...] = ()
    services: tuple[Service, ...] = ()


def steps(pipeline: Pipeline, architecture: Architecture) -> tuple[list[Step], list[Omission]]:
    """Return what CodePipeline can do of a pipeline, from its source on, and what it cannot."""
    found: list[Step] = []
    omissions = []
    artifact = _SOURCE
    for i, stage in enumerate(pipeline.stages):
        step = _step(i, stage, artifact, pipeline, architecture)
        reason = _problem(stage, step, found)
        if step is None or reason:
            omissions.append(Omission((*pipeline.path, "stages", i), reason))
            continue
        if not step.is_source and not found:
            found.append(_source("Source", pipeline, architecture))
        found.append(step)
        artifact = _output(step.builds[0]) if step.builds and stage.type != "test" else artifact
    wanted = pipeline.trigger.lower()
    if wanted and "push" not in wanted and "manual" not in wanted:
        omissions.append(Omission((*pipeline.path, "trigger"), "only a push or a start by hand is understood"))
    return found, omissions


def connection(pipeline: Pipeline) -> Variable:
    """Return the variable for the connection to whoever keeps the source; somebody has to confirm it by hand.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/connections.html
    """
    name = f"connection_arn_{slug(pipeline.id)}"
    return Variable(name, f"ARN of the CodeStar connection through which {pipeline.id} reads its source")


def variables(pipeline: Pipeline, architecture: Architecture) -> Iterator[Variable]:
    """Yield what a pipeline has to be told about its source."""
    yield connection(pipeline)
    repository = _repository(pipeline, architecture)
    yield from (one for one in (_address(pipeline, repository), _branch(pipeline, repository)) if one.default is None)


def _repository(pipeline: Pipeline, architecture: Architecture) -> Repository | None:
    known = architecture.delivery.repositories
    used = [id_ for stage in pipeline.stages for id_ in stage.uses]
    return next((known[id_] for id_ in (pipeline.source, *used) if id_ in known), None)


def _address(pipeline: Pipeline, repository: Repository | None) -> Variable:
    stated = repository.name if repository and _NAME.fullmatch(repository.name) else None
    name = f"repository_{slug(repository.id if repository else pipeline.id)}"
    return Variable(name, f"repository that {pipeline.id} reads, as owner/name", default=stated)


def _branch(pipeline: Pipeline, repository: Repository | None) -> Variable:
    stated = repository.branches[0] if repository and repository.branches else None
    name = f"branch_{slug(repository.id if repository else pipeline.id)}"
    return Variable(name, f"branch that {pipeline.id} reads", default=stated)


def _problem(stage: Stage, step: Step | None, before: list[Step]) -> str:
    """Say why a stage cannot stand behind those `before` it, or nothing."""
    if step is None:
        return _why_not(stage)
    if step.is_source and before:
        return "a pipeline reads its source once, before all else"
    if step.services and not any(one.builds for one in before):
        return "no build before it makes what it deploys"
    return ""


def _why_not(stage: Stage) -> str:
    kind = f"a {stage.type} stage" if stage.type else "it"
    return f"CodePipeline does {kind} with a build or a service, and it names none that is exported"


def _step(i: int, stage: Stage, artifact: str, pipeline: Pipeline, architecture: Architecture) -> Step | None:
    name = _REFUSED.sub("-", stage.name).strip("-")[:_LONGEST] or f"stage-{i + 1}"
    if any(_REFUSED.sub("-", one.name).strip("-")[:_LONGEST] == name for one in pipeline.stages[:i]):
        name = f"{name}-{i + 1}"
    repositories = [id_ for id_ in stage.uses if id_ in architecture.delivery.repositories]
    builds = tuple(id_ for id_ in stage.uses if id_ in architecture.delivery.builds)
    services = _services(stage, architecture)
    if stage.type == "approval":
        return Step(_stage(name, [_action("Approval", "AWS", "Manual", name)]))
    if stage.type == "source" or (stage.type is None and repositories and not builds):
        return _source(name, pipeline, architecture)
    if builds:
        is_test = stage.type == "test"
        actions = [_build(one, artifact, is_test=is_test) for one in builds]
        return Step(_stage(name, actions), builds=builds)
    if services and stage.type in {None, "deploy"}:
        return Step(_stage(name, [_deploy(one, artifact) for one in services]), services=services)
    return None


def _services(stage: Stage, architecture: Architecture) -> tuple[Service, ...]:
    """Return the services that a stage names; a cluster stands for all that run in it."""
    services = architecture.compute.services
    found = tuple(services[id_] for id_ in stage.uses if id_ in services)
    return found or tuple(one for one in services.values() if one.cluster and one.cluster in stage.uses)


def _stage(name: str, actions: list[Body]) -> Body:
    return {"name": name, "action": Repeated(tuple(map(Block, actions)))}


def _action(category: str, owner: str, provider: str, name: str, **more: Value) -> Body:
    return {"name": name, "category": category, "owner": owner, "provider": provider, "version": "1", **more}


def _source(name: str, pipeline: Pipeline, architecture: Architecture) -> Step:
    """https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html"""
    repository = _repository(pipeline, architecture)
    settings: dict[str, Value] = {
        "ConnectionArn": connection(pipeline).reference,
        "FullRepositoryId": _value(_address(pipeline, repository)),
        "BranchName": _value(_branch(pipeline, repository)),
        "DetectChanges": "false" if "manual" in pipeline.trigger.lower() else "true",
    }
    more: dict[str, Value] = {"output_artifacts": [_SOURCE], "configuration": settings}
    return Step(_stage(name, [_action("Source", "AWS", "CodeStarSourceConnection", "Source", **more)]), is_source=True)


def _value(variable: Variable) -> Value:
    return variable.reference if variable.default is None else variable.default


def _build(id_: str, artifact: str, *, is_test: bool) -> Body:
    project: Reference = refer("aws_codebuild_project", id_, "name")
    more: dict[str, Value] = {
        "input_artifacts": [artifact],
        **({} if is_test else {"output_artifacts": [_output(id_)]}),
        "configuration": {"ProjectName": project},
    }
    return _action("Test" if is_test else "Build", "AWS", "CodeBuild", _plain(id_), **more)


def _deploy(service: Service, artifact: str) -> Body:
    """https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html"""
    settings: dict[str, Value] = {
        "ClusterName": cluster_name(service),
        "ServiceName": refer("aws_ecs_service", service.id, "name"),
        "FileName": _FILE,
    }
    more: dict[str, Value] = {"input_artifacts": [artifact], "configuration": settings}
    return _action("Deploy", "AWS", "ECS", _plain(service.id), **more)


def _output(build: str) -> str:
    return f"built-{_plain(build)}"


def _plain(id_: str) -> str:
    return id_.replace("/", "-")

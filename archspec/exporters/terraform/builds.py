"""Builds: CodeBuild projects with their roles and logs."""

import re
from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform import identity, policies
from archspec.exporters.terraform.artifact_stores import access, store_of
from archspec.exporters.terraform.hcl import Block, Body, Reference, Repeated, Template, Value
from archspec.exporters.terraform.keys import key
from archspec.exporters.terraform.log_groups import derived
from archspec.exporters.terraform.registries import PUSH, holders
from archspec.exporters.terraform.resource import Part, Resource, Variable, named, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.delivery import Build, Pipeline, Registry

_IMAGE = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
_IMAGES = (
    (re.compile(r"amazon linux 2023|al2023", re.IGNORECASE), _IMAGE),
    (re.compile(r"amazon linux 2\b|al2\b", re.IGNORECASE), "aws/codebuild/amazonlinux2-x86_64-standard:5.0"),
    (re.compile(r"ubuntu", re.IGNORECASE), "aws/codebuild/standard:7.0"),
)
"""What people call an image → its name in CodeBuild.

https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
"""
_REFERENCE = re.compile(r"[\w./-]+[:@/][\w./:@-]+")
_COMPUTE = re.compile(r"(?:BUILD_GENERAL1_)?(SMALL|MEDIUM|LARGE|XLARGE|2XLARGE)", re.IGNORECASE)
_PURPOSE = "build"
_NAME_LIMIT = 150
"""https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html"""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the projects that are stated."""
    for build in architecture.delivery.builds.values():
        if not build.log_group:
            yield derived(build, f"/codebuild/{architecture.name}/{build.id}")
        yield from identity.taken(build, _PURPOSE, "codebuild", architecture, _needs(build, architecture))
        yield from _project(build, architecture)


def _project(build: Build, architecture: Architecture) -> Iterator[Part]:
    in_pipeline = bool(_pipelines(build, architecture))
    source = Variable(f"source_{slug(build.id)}", f"HTTPS address of the repository that {build.id} builds")
    if not in_pipeline:
        yield source
    if build.image and not _image(build):
        yield Omission((*build.path, "image"), f"'{build.image}' is no image of CodeBuild")
    if build.compute and not _COMPUTE.fullmatch(build.compute):
        yield Omission((*build.path, "compute"), f"'{build.compute}' is no size of CodeBuild's machines")
    handed: Body = {"type": "CODEPIPELINE"} if in_pipeline else {"type": "GITHUB", "location": source.reference}
    body: Body = {
        "name": named(architecture, build.id, _NAME_LIMIT),
        "description": f"{build.id} of {architecture.name}",
        "service_role": identity.role_arn(build, _PURPOSE),
        "encryption_key": _key(build, architecture),
        "artifacts": Block({"type": "CODEPIPELINE" if in_pipeline else "NO_ARTIFACTS"}),
        "environment": Block(_environment(build)),
        "logs_config": Block({"cloudwatch_logs": Block({"group_name": _log_group(build, "name")})}),
        "source": Block({**handed, "buildspec": build.spec or None}),
    }
    yield Resource("aws_codebuild_project", slug(build.id), origin(build), body, reasons(build, _unstated(build)))


def _key(build: Build, architecture: Architecture) -> Reference:
    """Refer to the key for what a build makes: that of the pipeline it is in."""
    stores = [store_of(one, architecture) for one in _pipelines(build, architecture)]
    return next((store.key for store in stores if store.key), key("data"))


def _environment(build: Build) -> Body:
    size = _COMPUTE.fullmatch(build.compute)
    variables = tuple(Block({"name": name, "value": text}) for name, text in sorted(build.variables.items()))
    return {
        "type": "LINUX_CONTAINER",
        "compute_type": f"BUILD_GENERAL1_{size[1].upper() if size else 'SMALL'}",
        "image": _image(build) or _IMAGE,
        "image_pull_credentials_type": "CODEBUILD",
        "privileged_mode": build.privileged is True,
        "environment_variable": Repeated(variables),
    }


def _image(build: Build) -> str:
    if _REFERENCE.fullmatch(build.image):
        return build.image
    return next((image for words, image in _IMAGES if words.search(build.image)), "")


def _unstated(build: Build) -> str:
    missing = [name for name in ("image", "compute") if not getattr(build, name)]
    return f"derived: no {' and no '.join(missing)} is stated, so it is CodeBuild's usual" if missing else ""


def _log_group(build: Build, attribute: str) -> Value:
    return refer("aws_cloudwatch_log_group", build.log_group or build.id, attribute)


def _pipelines(build: Build, architecture: Architecture) -> list[Pipeline]:
    pipelines = architecture.delivery.pipelines.values()
    return [one for one in pipelines if any(build.id in stage.uses for stage in one.stages)]


def _needs(build: Build, architecture: Architecture) -> list[Value]:
    """Return what a build has to be allowed: to write logs, to exchange artifacts, to push images.

    https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
    """
    arn = refer("aws_cloudwatch_log_group", build.log_group or build.id, "arn")
    statements: list[Value] = [policies.allow(("logs:CreateLogStream", "logs:PutLogEvents"), [Template((arn, ":*"))])]
    for pipeline in _pipelines(build, architecture):
        statements += access(store_of(pipeline, architecture))
    repositories = [refer("aws_ecr_repository", one, "arn") for one in _pushed(build, architecture)]
    if repositories:
        statements.append(policies.allow(("ecr:GetAuthorizationToken",), ["*"]))
        statements.append(policies.allow(PUSH, repositories))
    return statements


def _pushed(build: Build, architecture: Architecture) -> list[str]:
    """Return the repositories that a build pushes to: those of the registries in the stages that use it."""
    used = {id_ for one in _pipelines(build, architecture) for stage in one.stages for id_ in stage.uses}
    registries: list[Registry] = [one for id_, one in architecture.delivery.registries.items() if id_ in used]
    return [holder for registry in registries for holder in holders(registry, architecture)]

"""Task definitions: the container in one that a spec speaks of, its command for health checks, its variables."""

from collections.abc import Mapping
from typing import NamedTuple

from archspec.importers.draft.attributes import block, blocks, document, items, switch, text, texts
from archspec.importers.draft.links import resource
from archspec.importers.draft.piece import Given
from archspec.importers.harmless import harmless
from archspec.resources.resource import Resource, Value


class Task(NamedTuple):
    """A task definition, and the container in it that a spec speaks of."""

    values: Mapping[str, Value]
    container: Mapping[str, Value]


def task_of(given: Given, service: Resource) -> Task:
    """Return what runs: the container that load balancers reach, or the first that the task cannot do without."""
    definition = resource(given, service.values.get("task_definition"))
    values = definition.values if definition else {}
    written = _listed(values.get("container_definitions"))
    containers = blocks(written) or [_referring(given, written)]
    reached = {text(each.get("container_name")) for each in blocks(service.values.get("load_balancer"))}
    essential = [one for one in containers if switch(one.get("essential")) is not False]
    named = [one for one in containers if text(one.get("name")) in reached]
    return Task(values, next(iter((*named, *essential, *containers)), {}))


def _referring(given: Given, value: Value) -> Mapping[str, Value]:
    """Return what a plan tells of containers that it does not know yet: what they refer to."""
    by_type: dict[str, list[Value]] = {}
    for one in items(value):
        if found := resource(given, one):
            by_type.setdefault(found.type, []).append(one)
    secrets = [one for type_ in _SECRET_TYPES for one in by_type.get(type_, ())]
    return {
        "image": next(iter(by_type.get("aws_ecr_repository", ())), ""),
        "secrets": [{"valueFrom": one} for one in secrets],
        "logConfiguration": {"options": {"awslogs-group": next(iter(by_type.get("aws_cloudwatch_log_group", ())), "")}},
    }


_SECRET_TYPES = ("aws_secretsmanager_secret", "aws_secretsmanager_secret_version", "aws_ssm_parameter")


def _listed(value: Value) -> Value:
    return document(f'{{"containers": {value}}}').get("containers") if isinstance(value, str) else value


def command(container: Mapping[str, Value]) -> str:
    """Return the command of a health check; nothing where there is none."""
    words = texts(block(container, "healthCheck").get("command"))
    return " ".join(words[1:] if words[:1] in (["CMD"], ["CMD-SHELL"]) else words)


def variables(container: Mapping[str, Value]) -> dict[str, str]:
    """Return the environment variables whose values are text; what is another resource's is told by references."""
    found = {text(one.get("name")): one.get("value") for one in blocks(container.get("environment"))}
    return {name: harmless(name, value) for name, value in found.items() if name and isinstance(value, str)}

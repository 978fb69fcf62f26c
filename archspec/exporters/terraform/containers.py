"""Task definitions: the container that a service runs, its sizes, settings, secrets and logs."""

from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform import identity, policies, secrets
from archspec.exporters.terraform.hcl import Json, Reference, Template, Value
from archspec.exporters.terraform.keys import key_of
from archspec.exporters.terraform.registries import PULL, registry_of
from archspec.exporters.terraform.resource import Part, Resource, Variable, named, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.compute import Service
from archspec.model.network import TargetGroup

_SMALLEST = {"cpu": 256, "memory": 512}
"""The smallest task that Fargate runs.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
"""


def task_definition(service: Service, architecture: Architecture) -> Iterator[Part]:
    """Yield the task definition of a service, a variable for what decides its image, and what AWS refuses of it."""
    variable = _image_variable(service, architecture)
    if not service.image:
        yield variable
    if service.privileged and service.launch == "fargate":
        yield Omission((*service.path, "privileged"), "Fargate runs no privileged containers")
    sizes = {"cpu": service.cpu, "memory": service.memory}
    unstated = [name for name, size in sizes.items() if size is None]
    reason = f"derived: no {' and no '.join(unstated)} is stated, so it gets the least there is" if unstated else ""
    yield Resource(
        "aws_ecs_task_definition",
        slug(service.id),
        origin(service),
        {
            "family": named(architecture, service.id),
            "requires_compatibilities": [service.launch.upper()],
            "network_mode": "awsvpc",
            **{name: str(size or _SMALLEST[name]) for name, size in sizes.items()},
            "execution_role_arn": identity.role_arn(service, "execution"),
            "task_role_arn": identity.role_arn(service, "task"),
            "container_definitions": Json([_container(service, architecture)]),
        },
        reasons(service, reason),
    )


def container_name(service: Service) -> str:
    """Return what a service's container is called: its id, without the environment."""
    return service.id.rpartition("/")[2]


def target_groups(service: Service, architecture: Architecture) -> list[TargetGroup]:
    """Return the target groups that send requests to a service."""
    return [group for group in architecture.network.target_groups.values() if group.target == service.id]


def needs(service: Service, architecture: Architecture) -> list[Value]:
    """Return what ECS has to be allowed to start a service: to read its secrets, to pull its image, to write logs.

    A role that is made for it has the last two by a policy of AWS's own.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    """
    statements: list[Value] = [*_reading(service, architecture)]
    if service.execution_role:
        group = refer("aws_cloudwatch_log_group", service.log_group or service.id, "arn")
        statements.append(policies.allow(("logs:CreateLogStream", "logs:PutLogEvents"), [Template((group, ":*"))]))
        if registry_of(service, architecture):
            statements.append(policies.allow(("ecr:GetAuthorizationToken",), ["*"]))
            statements.append(policies.allow(PULL, [refer("aws_ecr_repository", service.id, "arn")]))
    return statements


def _image_variable(service: Service, architecture: Architecture) -> Variable:
    if registry_of(service, architecture):
        return Variable(f"image_tag_{slug(service.id)}", f"tag of the image of {service.id} in its repository")
    return Variable(f"image_{slug(service.id)}", f"container image of {service.id}, with its tag or digest")


def _image(service: Service, architecture: Architecture) -> Value:
    if service.image:
        return service.image
    variable = _image_variable(service, architecture).reference
    if registry_of(service, architecture):
        return Template((refer("aws_ecr_repository", service.id, "repository_url"), ":", variable))
    return variable


def _container(service: Service, architecture: Architecture) -> dict[str, Value]:
    settings: list[Value] = [{"name": name, "value": text} for name, text in sorted(service.variables.items())]
    kept: list[Value] = [{"name": name, "valueFrom": arn} for name, arn in _secrets(service, architecture)]
    mappings = _mappings(service, architecture)
    # https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
    command: Value = {"command": ["CMD-SHELL", service.health_command]}
    privileged = service.privileged if service.launch == "ec2" or not service.privileged else None
    return {
        "name": container_name(service),
        "image": _image(service, architecture),
        "essential": True,
        **({"user": service.user} if service.user else {}),
        **({"privileged": privileged} if privileged is not None else {}),
        "readonlyRootFilesystem": service.read_only_root is not False,
        **({"portMappings": mappings} if mappings else {}),
        **({"environment": settings} if settings else {}),
        **({"secrets": kept} if kept else {}),
        **({"healthCheck": command} if service.health_command else {}),
        "logConfiguration": _logs(service, architecture),
    }


def _mappings(service: Service, architecture: Architecture) -> list[Value]:
    ports = {group.port for group in target_groups(service, architecture)}
    ports |= {service.port} if service.port is not None else set()
    return [{"containerPort": port, "hostPort": port, "protocol": service.transport} for port in sorted(ports)]


def _logs(service: Service, architecture: Architecture) -> Value:
    return {
        "logDriver": "awslogs",
        "options": {
            "awslogs-group": refer("aws_cloudwatch_log_group", service.log_group or service.id, "name"),
            "awslogs-region": architecture.region,
            "awslogs-stream-prefix": container_name(service),
        },
    }


def _secrets(service: Service, architecture: Architecture) -> list[tuple[str, Reference]]:
    """Return the variables that hold secrets, named for these, and the ARNs of those."""
    found = secrets.secrets(service.secrets, architecture)
    return [(_variable_name(one.id), secrets.secret_arn(one, architecture)) for one in found]


def _variable_name(id_: str) -> str:
    """Return an id, without its environment, as environment variables are called: `DB_PASSWORD`."""
    return id_.rpartition("/")[2].replace("-", "_").upper()


def _reading(service: Service, architecture: Architecture) -> Iterator[Value]:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html"""
    found = secrets.secrets(service.secrets, architecture)
    kinds = {"secretsmanager:GetSecretValue": False, "ssm:GetParameters": True}
    for action, is_parameter in kinds.items():
        some = [one for one in found if secrets.is_parameter(one, architecture) is is_parameter]
        if some:
            yield policies.allow((action,), [secrets.secret_arn(one, architecture) for one in some])
    keys = {one.expression: one for one in (key_of(secret, "secrets") for secret in found)}
    if keys:
        yield policies.allow(("kms:Decrypt",), [*keys.values()])

"""The areas of an architecture → Terraform's files and the source map of their resources."""

from collections.abc import Callable, Iterable, Sequence

from archspec.artifacts import Artifacts, Omission
from archspec.exporters.terraform import (
    caches,
    compute,
    databases,
    delivery,
    hcl,
    load_balancer_logs,
    load_balancing,
    network,
    observability,
    security,
    security_groups,
)
from archspec.exporters.terraform.hcl import Block, Body
from archspec.exporters.terraform.resource import ACCOUNT, Part, Resource, Variable
from archspec.exporters.terraform.scope import scope
from archspec.model.architecture import Architecture

AREAS: dict[str, Callable[[Architecture], Iterable[Part]]] = {
    "caches.tf": caches.resources,
    "compute.tf": compute.resources,
    "databases.tf": databases.resources,
    "delivery.tf": delivery.resources,
    "load_balancer_logs.tf": load_balancer_logs.resources,
    "load_balancing.tf": load_balancing.resources,
    "network.tf": network.resources,
    "observability.tf": observability.resources,
    "security.tf": security.resources,
    "security_groups.tf": security_groups.resources,
}
"""File → what stands in it. A file that would be empty is not written."""

_OFFLINE = Variable(
    "offline_plan",
    "true to plan without an AWS account; the provider then checks nothing before it starts",
    "bool",
    default=False,
)


def write(architecture: Architecture) -> Artifacts:
    """Return the files and the source map of what can be exported of a complete architecture."""
    exported, omissions = scope(architecture)
    resources: dict[str, Resource] = {}
    variables: dict[str, Variable] = {one.name: one for one in _own_variables(architecture)}
    texts: dict[str, list[str]] = {}
    repeated = []
    for file, part in ((file, part) for file, area in AREAS.items() for part in area(exported)):
        if isinstance(part, Variable):
            variables[part.name] = part
        elif part.address in resources:
            repeated.append(_repetition(part, resources[part.address]))
        else:
            resources[part.address] = part
            texts.setdefault(file, []).append(str(part))
    texts["variables.tf"] = [str(variable) for _, variable in sorted(variables.items())]
    texts["versions.tf"] = [_versions()]
    left_out = tuple(sorted((*omissions, *repeated), key=_place))
    texts["main.tf"] = [_header(architecture, left_out), _provider(architecture)]
    return Artifacts(
        files={file: "\n\n".join(found) + "\n" for file, found in sorted(texts.items())},
        origins={address: resource.origin for address, resource in sorted(resources.items())},
        omissions=left_out,
    )


def _repetition(later: Resource, first: Resource) -> Omission:
    """Note what a spec says twice, such as two routes for one destination: AWS takes it once."""
    return Omission(later.origin.path, f"{'.'.join(map(str, first.origin.path))} comes first and leaves no room for it")


def _own_variables(architecture: Architecture) -> tuple[Variable, ...]:
    name = ACCOUNT.expression.removeprefix("var.")
    description = f"12 digits of the AWS account that {architecture.name} runs in"
    return Variable(name, description, default=architecture.account or None), _OFFLINE


def _header(architecture: Architecture, omissions: Sequence[Omission]) -> str:
    lines = [f"Terraform for {architecture.name}, written by archspec. Change the spec, not these files."]
    if omissions:
        lines += ["", "Not exported:"]
        lines += [f"- {'.'.join(map(str, one.path))}: {one.reason}" for one in omissions]
    return "\n".join(map(hcl.comment, lines))


def _place(omission: Omission) -> tuple[tuple[str, ...], str]:
    # Steps are words and numbers, which do not compare.
    return tuple(f"{step:05}" if isinstance(step, int) else step for step in omission.path), omission.reason


def _provider(architecture: Architecture) -> str:
    switches = ("skip_credentials_validation", "skip_metadata_api_check", "skip_requesting_account_id")
    tags = {"Architecture": architecture.name, "ManagedBy": "archspec"}
    if not any(one.status == "current" for one in architecture.environments.values()):
        tags["Stage"] = architecture.stage  # where environments stand side by side, each has its own
    body: Body = {
        "region": architecture.region,
        **dict.fromkeys(switches, _OFFLINE.reference),
        "default_tags": Block({"tags": tags}),
    }
    return hcl.block("provider", ("aws",), body)


def _versions() -> str:
    """5.100 is the version that exports are tested with; 1.5 is the last Terraform under the MPL."""
    aws = {"source": "hashicorp/aws", "version": "~> 5.100"}
    body: Body = {"required_version": ">= 1.5", "required_providers": Block({"aws": aws})}
    return hcl.block("terraform", (), body)

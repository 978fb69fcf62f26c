"""The areas of an architecture → Terraform's files and the source map of their resources."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from archspec.artifacts import Artifacts, Omission
from archspec.exporters.terraform import (
    access_logs,
    backups,
    buckets,
    caches,
    certificates,
    compute,
    databases,
    delivery,
    detectors,
    distribution_logs,
    distributions,
    endpoints,
    hcl,
    keys,
    load_balancing,
    messaging,
    nacls,
    network,
    observability,
    prefix_lists,
    proxies,
    query_logs,
    roles,
    routing,
    scaling,
    secrets,
    security_groups,
    service_discovery,
    target_groups,
    web_acls,
    zones,
)
from archspec.exporters.terraform.hcl import Block, Body, Reference
from archspec.exporters.terraform.limits import bounded
from archspec.exporters.terraform.resource import ACCOUNT, Part, Resource, Variable
from archspec.exporters.terraform.scope import WITHOUT_RESOURCES, scope
from archspec.exporters.terraform.tagging import commented, tagged
from archspec.model.architecture import Architecture
from archspec.model.element import INTERNET

AREAS: dict[str, Callable[[Architecture], Iterable[Part]]] = {
    "backups.tf": backups.resources,
    "buckets.tf": buckets.resources,
    "caches.tf": caches.resources,
    "certificates.tf": certificates.resources,
    "compute.tf": compute.resources,
    "databases.tf": databases.resources,
    "delivery.tf": delivery.resources,
    "detectors.tf": detectors.resources,
    "distribution_logs.tf": distribution_logs.resources,
    "distributions.tf": distributions.resources,
    "endpoints.tf": endpoints.resources,
    "keys.tf": keys.resources,
    "access_logs.tf": access_logs.resources,
    "load_balancing.tf": load_balancing.resources,
    "messaging.tf": messaging.resources,
    "nacls.tf": nacls.resources,
    "network.tf": network.resources,
    "observability.tf": observability.resources,
    "prefix_lists.tf": prefix_lists.resources,
    "query_logs.tf": query_logs.resources,
    "roles.tf": roles.resources,
    "routing.tf": routing.resources,
    "scaling.tf": scaling.resources,
    "proxies.tf": proxies.resources,
    "secrets.tf": secrets.resources,
    "security_groups.tf": security_groups.resources,
    "service_discovery.tf": service_discovery.resources,
    "target_groups.tf": target_groups.resources,
    "web_acls.tf": web_acls.resources,
    "zones.tf": zones.resources,
}
"""File → what stands in it. A file that would be empty is not written."""

_OFFLINE = Variable(
    "offline_plan",
    "true to plan without an AWS account; the provider then checks nothing before it starts",
    "bool",
    default=False,
)


class Collected(NamedTuple):
    """What is exported, before it is text: resources by address, each with its file; variables; what is left out."""

    resources: dict[str, Resource]
    places: dict[str, str]
    variables: dict[str, Variable]
    omissions: tuple[Omission, ...]


def collect(architecture: Architecture) -> Collected:
    """Return the resources that a complete architecture is exported as."""
    exported, omissions = scope(architecture)
    found = Collected({}, {}, {one.name: one for one in _own_variables(architecture)}, ())
    left_out = [*omissions]
    for file, part in (
        (file, part) for file, area in AREAS.items() for made in area(exported) for part in _taken(made)
    ):
        if isinstance(part, Omission):
            left_out.append(part)
        elif isinstance(part, Variable):
            found.variables[part.name] = part
        elif part.address in found.resources:
            left_out.append(_repetition(part, found.resources[part.address]))
        else:
            found.resources[part.address] = commented(tagged(part, exported.elements), exported.elements)
            found.places[part.address] = file
    left_out += _untaken(exported, found, left_out)
    return found._replace(omissions=tuple(sorted(left_out, key=_place)))


def _taken(part: Part) -> Iterable[Part]:
    """Yield a part as AWS takes it, after what AWS does not take of it."""
    return bounded(part) if isinstance(part, Resource) else (part,)


def _untaken(exported: Architecture, found: Collected, omissions: Sequence[Omission]) -> Iterator[Omission]:
    """Note every element of which no area made anything, nor said why."""
    taken = {resource.origin.element for resource in found.resources.values()}
    taken |= {variable.element for variable in found.variables.values()}
    told = {omission.path[:3] for omission in omissions}
    for element in exported.elements.values():
        if (
            element.id not in taken
            and element.path not in told
            and not element.derived
            and element.kind not in {INTERNET, *WITHOUT_RESOURCES}
        ):
            yield Omission(element.path, f"archspec does not export {element.home[1].replace('_', ' ')} of this form")


def write(architecture: Architecture) -> Artifacts:
    """Return the files and the source map of what can be exported of a complete architecture."""
    found = collect(architecture)
    texts: dict[str, list[str]] = {}
    for address, resource in found.resources.items():
        texts.setdefault(found.places[address], []).append(str(resource))
    texts["variables.tf"] = [str(variable) for _, variable in sorted(found.variables.items())]
    texts["versions.tf"] = [_versions()]
    regions = sorted({alias for one in found.resources.values() if (alias := _alias(one))})
    providers = [_provider(architecture, alias) for alias in ("", *regions)]
    texts["main.tf"] = [_header(architecture, found.omissions), *providers]
    return Artifacts(
        files={file: "\n\n".join(parts) + "\n" for file, parts in sorted(texts.items())},
        origins={address: resource.origin for address, resource in sorted(found.resources.items())},
        omissions=found.omissions,
    )


def _alias(resource: Resource) -> str:
    provider = resource.body.get("provider")
    return provider.expression.removeprefix("aws.") if isinstance(provider, Reference) else ""


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


def default_tags(architecture: Architecture) -> dict[str, str]:
    """Return the tags that the provider gives to every resource."""
    tags = {"Architecture": architecture.name, "ManagedBy": "archspec"}
    stages = {architecture.stage_of(id_) for id_, one in architecture.elements.items() if one.environment}
    if len(stages) < 2:  # where environments stand side by side, each has its own
        tags["Stage"] = next(iter(stages), architecture.stage)
    return tags


def _provider(architecture: Architecture, alias: str = "") -> str:
    """Return the provider of the architecture's own Region, or of the one that `alias` is made of."""
    switches = ("skip_credentials_validation", "skip_metadata_api_check", "skip_requesting_account_id")
    body: Body = {
        "alias": alias or None,
        "region": alias.replace("_", "-") or architecture.region,
        **dict.fromkeys(switches, _OFFLINE.reference),
        "default_tags": Block({"tags": default_tags(architecture)}),
    }
    return hcl.block("provider", ("aws",), body)


def _versions() -> str:
    """5.100 is the version that exports are tested with; 1.5 is the last Terraform under the MPL."""
    aws = {"source": "hashicorp/aws", "version": "~> 5.100"}
    body: Body = {"required_version": ">= 1.5", "required_providers": Block({"aws": aws})}
    return hcl.block("terraform", (), body)

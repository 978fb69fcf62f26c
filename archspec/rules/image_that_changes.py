"""An image can change under the tag that it is pulled by, or cannot be pushed under it again.

## Why

A tag that can be moved, such as `latest`, runs other code tomorrow than what was tested, and a rollback finds nothing
to return to. A digest, or a repository with immutable tags, keeps what was tested. There in turn a build that pushes
one and the same tag every time fails from the second time on. ECR lets tags move unless told otherwise, and finds known
weaknesses only where images are scanned.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  services:
    api:
      image: shop/api:latest  # expect: CIC004
      desired: 2
      subnets: [private-a]
      security_groups: [api-sg]
    web: {registry: movable, desired: 2, subnets: [private-a], security_groups: [api-sg]}
delivery:
  registries:
    movable:
      immutable_tags: false  # expect: CIC004
      scan_on_push: true
    fixed: {immutable_tags: true, scan_on_push: true}
  builds:
    image:
      variables: {IMAGE_TAG: latest}  # expect: CIC004
  pipelines:
    shop: {stages: [{name: build, uses: [image, fixed]}]}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {image: "shop/api:1.4.2", registry: fixed, desired: 2, subnets: [private-a], security_groups: [api-sg]}
delivery:
  registries: {fixed: {immutable_tags: true, scan_on_push: true}}
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.pipelines import current_pipelines
from archspec.model.compute import Service
from archspec.model.delivery import Build, Registry
from archspec.model.status import current

ID = "CIC004"
NAME = "image-that-changes"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "ECR.1",
    "ECR.2",
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
)

_TAG_NAMES = ("IMAGE_TAG", "DOCKER_TAG", "TAG")


def subjects(graph: Graph) -> Iterable[Service | Registry | Build]:
    """Return the services with an image, the registries that services pull from, and the builds that push to one."""
    services = current(graph.architecture.compute.services.values())
    registries = graph.architecture.delivery.registries
    pulled = dict.fromkeys(one.registry for one in services if one.registry and "@sha256:" not in one.image)
    pushed = [one for id_, one in graph.architecture.delivery.builds.items() if id_ in _pushes(graph)]
    return [*(one for one in services if one.image), *(registries[id_] for id_ in pulled), *pushed]


def check(graph: Graph, subject: Service | Registry | Build) -> Iterator[Violation | Unknown]:
    """Fail a tag that moves, a registry that lets it or does not scan, and a fixed tag where tags are immutable."""
    match subject:
        case Service():
            yield from _check_image(subject)
        case Registry():
            yield from _check_registry(subject)
        case Build():
            yield from _check_build(graph, subject)


def _check_image(service: Service) -> Iterator[Violation | Unknown]:
    path = (*service.path, "image")
    tag = service.image.rpartition("/")[2].partition(":")[2]
    if "@sha256:" in service.image:
        return
    if tag in {"", "latest"}:
        message = f"{service.id} runs {service.image}, which is another image whenever somebody pushes one"
        yield Violation(service.id, path, message, "name a version of its own, or the digest: `…@sha256:…`")
    elif not service.registry:
        yield Unknown(service.id, service.path, f"{service.id}.registry")


def _check_registry(registry: Registry) -> Iterator[Violation | Unknown]:
    wrong = {"immutable_tags": "lets tags move to other images", "scan_on_push": "does not scan images"}
    for key, said in wrong.items():
        stated = getattr(registry, key)
        if stated is False:
            yield Violation(registry.id, (*registry.path, key), f"{registry.id} {said}", f"state `{key}: true`")
        elif stated is None:
            yield Unknown(registry.id, registry.path, f"{registry.id}.{key}")


def _check_build(graph: Graph, build: Build) -> Iterator[Violation]:
    registry = _pushes(graph)[build.id]
    name, tag = _fixed_tag(build)
    if registry.immutable_tags and tag:
        message = f"{build.id} pushes every image to {registry.id} as '{tag}', and its tags cannot be used again"
        hop = Hop("note", f"{registry.id} has immutable tags", (*registry.path, "immutable_tags"))
        fix = "tag each image with its commit, and take that tag into the task definition"
        yield Violation(build.id, (*build.path, "variables", name), message, fix, (hop,))


def _fixed_tag(build: Build) -> tuple[str, str]:
    found = ((name, build.variables.get(name, "")) for name in _TAG_NAMES)
    return next(((name, tag) for name, tag in found if tag and not set(tag) & set("{}$<>")), ("", ""))


@lru_cache(maxsize=1)
def _pushes(graph: Graph) -> Mapping[str, Registry]:
    """Return build → the registry that a stage of a pipeline names beside it."""
    delivery = graph.architecture.delivery
    found: dict[str, Registry] = {}
    for pipeline in current_pipelines(graph):
        for stage in pipeline.stages:
            registry = next((delivery.registries[id_] for id_ in stage.uses if id_ in delivery.registries), None)
            if registry:
                found.update({id_: registry for id_ in stage.uses if id_ in delivery.builds and id_ not in found})
    return found

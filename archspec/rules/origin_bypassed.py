"""What stands behind CloudFront can be reached past it.

## Why

A distribution's web ACL, TLS policy, cache and logs protect its origin only as long as every request comes through it.
A load balancer that lets in everybody, or every distribution of anybody, and a bucket that can be read directly have
none of that. CloudFront's prefix list keeps the internet out, a secret header other people's distributions, and origin
access control does both for a bucket.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  security_groups:
    alb-sg:
      ingress:
        - {from: internet, port: 443}  # expect: SEC007
  load_balancers:
    alb: {subnets: [public-a, public-b], security_groups: [alb-sg]}
data:
  buckets:
    files: {}
edge:
  distributions:
    site: {origins: [alb]}
    cdn:
      origins: [files]
      origin_access: none  # expect: SEC007
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  prefix_lists: {cloudfront: {managed: cloudfront}}
  security_groups: {alb-sg: {ingress: [{from: cloudfront, port: 443}]}}
  load_balancers:
    alb: {subnets: [public-a, public-b], security_groups: [alb-sg]}
data:
  buckets:
    files: {}
edge:
  distributions:
    site: {origins: [alb], origin_header: true}
    cdn: {origins: [files], origin_access: oac}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Attached, Graph, is_attached
from archspec.graph.in_front import fronts
from archspec.graph.intervals import spell
from archspec.graph.open_to_internet import is_world, opened_to_world
from archspec.model.data import Bucket
from archspec.model.edge import Distribution

ID = "SEC007"
NAME = "origin-bypassed"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "CloudFront.13",
    "sec_network_protection_create_layers",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
)


def subjects(graph: Graph) -> Iterator[Attached | Bucket]:
    """Yield what is an origin of a distribution."""
    elements = graph.architecture.elements
    for id_ in fronts(graph):
        origin = elements[id_]
        if origin.status == "current" and (isinstance(origin, Bucket) or is_attached(origin)):
            yield origin


def check(graph: Graph, origin: Attached | Bucket) -> Iterator[Violation | Unknown]:
    """Fail an origin that others than its distributions get at."""
    for front in fronts(graph)[origin.id]:
        if isinstance(origin, Bucket):
            yield from _bucket(origin, front)
        elif not front.origin_header:
            yield from _attached(graph, origin, front)


def _bucket(bucket: Bucket, front: Distribution) -> Iterator[Violation | Unknown]:
    if bucket.public:
        message = f"everybody may read {bucket.id} past {front.id}: it is public"
        yield Violation(bucket.id, (*bucket.path, "public"), message, "remove `public: true`, and use `origin_access`")
    elif front.origin_access is None:
        yield Unknown(bucket.id, front.path, f"{front.id}.origin_access")
    elif front.origin_access == "none":
        message = f"{front.id} reads {bucket.id} as everybody does, so everybody may read it"
        yield Violation(bucket.id, (*front.path, "origin_access"), message, "state `origin_access: oac`")


def _attached(graph: Graph, origin: Attached, front: Distribution) -> Iterator[Violation | Unknown]:
    opened = opened_to_world(graph, origin)
    lists = graph.architecture.network.prefix_lists
    rules = graph.ingress(origin)
    if opened:
        place = next((rule.path for rule in rules if is_world(graph, rule.peer)), origin.path)
        message = f"everybody may open {spell(opened)} on {origin.id} past {front.id}"
        fix = f"let in a prefix list with `managed: cloudfront` only, and state `origin_header: true` on {front.id}"
        yield Violation(origin.id, place, message, fix)
    elif any(rule.peer in lists and lists[rule.peer].managed == "cloudfront" for rule in rules):
        if front.origin_header is None:
            yield Unknown(origin.id, front.path, f"{front.id}.origin_header")
        else:
            message = f"every distribution of anybody may open connections to {origin.id}, not {front.id} alone"
            place = (*front.path, "origin_header")
            yield Violation(origin.id, place, message, "send a secret header, refuse requests without it")

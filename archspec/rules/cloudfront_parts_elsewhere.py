"""CloudFront is given a certificate or a web ACL that it cannot use.

## Why

CloudFront takes certificates of AWS Certificate Manager from us-east-1 alone, and only for names that the certificate
covers. A web ACL is either for CloudFront, and stands in us-east-1 then, or for what stands in a Region; AWS refuses to
put one before the other kind.

## Fails

```yaml
security:
  certificates:
    shop-cert: {domain: "*.example.com", region: eu-west-1}
    blog-cert: {domain: "*.example.com", region: us-east-1}
edge:
  distributions:
    shop: {aliases: [www.example.com], certificate: shop-cert}  # expect: DEP009
    blog: {aliases: [example.com], certificate: blog-cert}  # expect: DEP009
  web_acls:
    waf: {scope: regional, protects: [shop]}  # expect: DEP009
```

## Passes

```yaml
security:
  certificates: {shop-cert: {domain: "*.example.com", region: us-east-1}}
edge:
  distributions: {shop: {aliases: [www.example.com], certificate: shop-cert}}
  web_acls: {waf: {scope: cloudfront, protects: [shop]}}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.edge import Distribution, WebAcl
from archspec.model.security import Certificate
from archspec.model.status import current

ID = "DEP009"
NAME = "cloudfront-parts-elsewhere"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html",
    "https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html",
)

REGION = "us-east-1"


def subjects(graph: Graph) -> Iterable[Distribution | WebAcl]:
    """Return the distributions with a certificate or names of their own, and the web ACLs that protect something."""
    edge = graph.architecture.edge
    named = [one for one in edge.distributions.values() if one.aliases or one.certificate]
    found: list[Distribution | WebAcl] = [*named, *(one for one in edge.web_acls.values() if one.protects)]
    return current(found)


def check(graph: Graph, element: Distribution | WebAcl) -> Iterator[Violation | Unknown]:
    """Fail a certificate of another Region or for other names, and a web ACL of the other scope."""
    if isinstance(element, WebAcl):
        yield from _check_scope(graph, element)
    elif not element.certificate:
        yield Unknown(element.id, element.path, "certificate")
    else:
        yield from _check_certificate(graph, element)


def _check_scope(graph: Graph, acl: WebAcl) -> Iterator[Violation]:
    distributions = graph.architecture.edge.distributions
    for id_ in acl.protects:
        wanted = "cloudfront" if id_ in distributions else "regional"
        if acl.scope != wanted:
            message = f"{acl.id} is {acl.scope} and protects {id_}, which takes one that is {wanted}"
            yield Violation(acl.id, (*acl.path, "scope"), message, f"state `scope: {wanted}`")


def _check_certificate(graph: Graph, distribution: Distribution) -> Iterator[Violation | Unknown]:
    certificate = graph.architecture.security.certificates[distribution.certificate]
    region = certificate.region or graph.architecture.region
    path = (*distribution.path, "certificate")
    named = certificate.domain or "names that are not stated"
    hop = Hop("note", f"{certificate.id} is in {region}, for {named}", certificate.path)
    if region != REGION:
        message = f"{distribution.id} has a certificate in {region}, and CloudFront takes those in {REGION} alone"
        yield Violation(distribution.id, path, message, _elsewhere(graph, certificate), (hop,))
    if not certificate.domain and distribution.aliases:
        yield Unknown(distribution.id, certificate.path, f"{certificate.id}.domain")
        return
    names = certificate.domain.replace(",", " ").lower().split()
    bare = [alias for alias in distribution.aliases if not any(_covers(name, alias.lower()) for name in names)]
    if bare:
        message = f"{distribution.id} answers to {', '.join(bare)}, and {certificate.id} is for {certificate.domain}"
        fix = "name the certificate that covers every alias; its `domain` may list several names"
        yield Violation(distribution.id, path, message, fix, (hop,))


def _elsewhere(graph: Graph, certificate: Certificate) -> str:
    listeners = (one for balancer in graph.architecture.network.load_balancers.values() for one in balancer.listeners)
    if any(one.certificate == certificate.id for one in listeners):
        return f"name a second certificate, with `region: {REGION}`: a load balancer needs {certificate.id} where it is"
    return f"state `region: {REGION}` on {certificate.id}"


def _covers(name: str, alias: str) -> bool:
    """Whether a certificate's name covers an alias; a star stands for one label, also for the alias' own star."""
    return name == alias or (name.startswith("*.") and alias.partition(".")[2] == name[2:])

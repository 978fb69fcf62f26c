"""The origins of distributions: what CloudFront asks, and how it says who it is."""

from archspec.exporters.terraform.hcl import Block, Body, Reference
from archspec.exporters.terraform.listeners import accepted
from archspec.exporters.terraform.load_balancing import is_internal
from archspec.exporters.terraform.resource import Variable, refer
from archspec.model.architecture import Architecture
from archspec.model.edge import Distribution
from archspec.model.element import spell_kind, with_article
from archspec.model.network import LoadBalancer

_HEADER = "X-Origin-Verify"


def exported_origins(distribution: Distribution, architecture: Architecture) -> list[str]:
    """Return the origins of a distribution that CloudFront can ask."""
    return [id_ for id_ in distribution.origins if not origin_problem(id_, architecture)]


def origin_problem(id_: str, architecture: Architecture) -> str:
    """Return why CloudFront cannot ask an origin, or nothing."""
    element = architecture.elements[id_]
    if isinstance(element, LoadBalancer):
        internal = is_internal(element, architecture)
        return f"{id_} is an internal load balancer, which CloudFront does not reach" if internal else ""
    kind = with_article(spell_kind(element.kind))
    return "" if element.kind == "bucket" else f"{id_} is {kind}, which has no address of its own"


def origin_block(id_: str, distribution: Distribution, secret: Variable, architecture: Architecture) -> Block:
    """Return an origin; load balancers are sent the `secret` where the spec says that they want a header."""
    balancer = architecture.network.load_balancers.get(id_)
    if balancer is None:
        return Block(_bucket(id_, distribution))
    header = Block({"name": _HEADER, "value": secret.reference}) if distribution.origin_header else None
    return Block(
        {
            "origin_id": id_,
            "domain_name": refer("aws_lb", id_, "dns_name"),
            "custom_origin_config": Block(_asked(balancer)),
            "custom_header": header,
        }
    )


def _bucket(id_: str, distribution: Distribution) -> Body:
    body: Body = {"origin_id": id_, "domain_name": refer("aws_s3_bucket", id_, "bucket_regional_domain_name")}
    match distribution.origin_access:
        case "none":
            return body
        case "oai":
            identity = refer(
                "aws_cloudfront_origin_access_identity", distribution.id, "cloudfront_access_identity_path"
            )
            return {**body, "s3_origin_config": Block({"origin_access_identity": identity})}
        case _:
            control: Reference = refer("aws_cloudfront_origin_access_control", distribution.id)
            return {**body, "origin_access_control_id": control}


def _asked(balancer: LoadBalancer) -> Body:
    """Ask over HTTPS, unless the load balancer has listeners and none of them speaks it."""
    heard = [one for _, one in accepted(balancer)]
    secure = [one.port for one in heard if one.protocol in {"HTTPS", "TLS"}]
    plain = [one.port for one in heard if one.protocol not in {"HTTPS", "TLS"}]
    return {
        "http_port": min(plain, default=80),
        "https_port": min(secure, default=443),
        "origin_protocol_policy": "https-only" if secure or not plain else "http-only",
        "origin_ssl_protocols": ["TLSv1.2"],
    }

"""Facts about what stands before a system: web ACLs, distributions, zones, certificates."""

from collections.abc import Mapping

from archspec.model.edge import Distribution, WebAcl, Zone
from archspec.model.security import Certificate
from archspec.model.status import current
from archspec.scanners.facts.fact import Asked, Fact, Question, first_of

_KNOWN_BAD = ("knownbadinputs", "anonymousiplist")
"""The managed groups of rules that the checks against Log4j look for, in small letters without anything between."""


def _acls(asked: Asked) -> list[WebAcl]:
    acls = current(asked.architecture.edge.web_acls.values())
    return [one for one in acls if asked.origin.element in one.protects]


def _no_web_acl(asked: Asked) -> Fact | None:
    if asked.element is None or _acls(asked):
        return None
    return Fact(asked.element.path, f"no web ACL protects {asked.element.id}")


def _rules_missing(asked: Asked) -> Fact | None:
    for acl in _acls(asked):
        names = ["".join(filter(str.isalnum, rule.name.lower())) for rule in acl.rules]
        lacking = [one for one in _KNOWN_BAD if not any(one in name for name in names)]
        if lacking and acl.rules:
            words = " and ".join(_SPELT[one] for one in lacking)
            return Fact((*acl.path, "rules"), f"the rules of {acl.id} have no managed group {words}")
    return None


_SPELT = {"knownbadinputs": "KnownBadInputs", "anonymousiplist": "AnonymousIpList"}


def _one_origin(asked: Asked) -> Fact | None:
    """Distributions of a spec have no second origin that takes over."""
    if not isinstance(asked.element, Distribution):
        return None
    return Fact((*asked.element.path, "origins"), "no origin takes over from another")


def _everywhere(asked: Asked) -> Fact | None:
    if not isinstance(asked.element, Distribution):
        return None
    return Fact(asked.element.path, "people of every country may use it")


def _public_zone(asked: Asked) -> Fact | None:
    if not isinstance(asked.element, Zone) or asked.element.private:
        return None
    return Fact(asked.element.path, "the zone is not signed, which takes a record in the zone above it")


def _wildcard(asked: Asked) -> Fact | None:
    if not isinstance(asked.element, Certificate) or "*" not in asked.element.domain:
        return None
    return Fact((*asked.element.path, "domain"), f"`domain: {asked.element.domain}`")


def _tls_policy(asked: Asked) -> Fact | None:
    if not isinstance(asked.element, Distribution) or not asked.element.tls_policy:
        return None
    return Fact((*asked.element.path, "tls_policy"), f"`tls_policy: {asked.element.tls_policy}`")


def _logs_of_a_distribution(asked: Asked) -> Fact | None:
    """CloudFront writes standard logs by an access control list alone.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
    """
    if not isinstance(asked.element, Distribution):
        return None
    return Fact(asked.element.path, "the distribution is to write logs, which it does by an access control list")


FACTS: Mapping[str, Question] = {
    "CKV2_AWS_28": _no_web_acl,
    "CKV_AWS_68": _no_web_acl,
    "CKV2_AWS_47": first_of(_no_web_acl, _rules_missing),
    "CKV2_AWS_76": first_of(_no_web_acl, _rules_missing),
    "CKV_AWS_310": _one_origin,
    "CKV_AWS_374": _everywhere,
    "CKV_AWS_174": _tls_policy,
    "CKV2_AWS_38": _public_zone,
    "CKV2_AWS_71": _wildcard,
    "CKV2_AWS_65": _logs_of_a_distribution,
}
"""Check → the fact about the edge that makes it fail."""

"""What stands before the system: CDN distributions, DNS zones, web ACLs."""

from typing import Annotated, ClassVar, Literal

from archspec.model.element import Element, ElementId, LogGroupId, Model, Refers, Switch, VpcId
from archspec.model.quantity import Count, Duration


class Distribution(Element):
    """A CloudFront distribution. `domain` is CloudFront's own name for it, `aliases` are the names that people use.

    Its certificate has to be in us-east-1.
    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html

    `tls_policy` is the least that it takes from viewers, `TLSv1.2_2021`. `origin_access` is how it proves to buckets
    who asks (origin access control or identity); `origin_header` says whether it sends other origins a secret header,
    without which they refuse.
    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
    """

    kind: ClassVar[str] = "distribution"
    home: ClassVar[tuple[str, str]] = ("edge", "distributions")

    domain: str = ""
    aliases: tuple[str, ...] = ()
    origins: tuple[Annotated[str, Refers(("bucket", "load_balancer", "service"))], ...] = ()
    certificate: Annotated[str, Refers(("certificate",))] = ""
    tls_policy: str = ""
    origin_access: Literal["oac", "oai", "none"] | None = None
    origin_header: Switch | None = None


class Record(Model):
    """A DNS name in a zone, and what it leads to."""

    name: str
    target: ElementId
    note: str = ""


class Zone(Element):
    """A Route 53 hosted zone: public, or private to its VPCs."""

    kind: ClassVar[str] = "zone"
    home: ClassVar[tuple[str, str]] = ("edge", "zones")

    domain: str = ""
    private: Switch = False
    vpcs: tuple[VpcId, ...] = ()
    records: tuple[Record, ...] = ()


class WebAclRule(Model):
    """A rule of a web ACL: a managed group of rules, or a limit of requests in a time from one address."""

    name: str
    managed: Switch = False
    limit: Count | None = None
    per: Duration | None = None
    note: str = ""


class WebAcl(Element):
    """A WAF web ACL before load balancers or distributions.

    https://docs.aws.amazon.com/waf/latest/developerguide/web-acl.html
    """

    kind: ClassVar[str] = "web_acl"
    home: ClassVar[tuple[str, str]] = ("edge", "web_acls")

    scope: Literal["regional", "cloudfront"] = "regional"
    protects: tuple[Annotated[str, Refers(("load_balancer", "distribution"))], ...] = ()
    rules: tuple[WebAclRule, ...] = ()
    log_group: LogGroupId = ""
    managed_by: str = ""


class EdgeArea(Model):
    """The `edge:` section."""

    distributions: dict[str, Distribution] = {}
    zones: dict[str, Zone] = {}
    web_acls: dict[str, WebAcl] = {}

"""What stands before the system: CDN distributions, DNS zones, web ACLs."""

from typing import Annotated, ClassVar, Literal

from archspec.model.element import Element, ElementId, LogGroupId, Model, Refers, Switch, VpcId
from archspec.model.quantity import Count, Duration


class Distribution(Element):
    """A CloudFront distribution.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
    """

    kind: ClassVar[str] = "distribution"
    home: ClassVar[tuple[str, str]] = ("edge", "distributions")

    domain: str = ""
    """CloudFront's own name for it: `d111111abcdef8.cloudfront.net`."""
    aliases: tuple[str, ...] = ()
    """The names that people use: `www.example.com`."""
    origins: tuple[Annotated[str, Refers(("bucket", "load_balancer", "service"))], ...] = ()
    """Where it fetches what it does not have."""
    certificate: Annotated[str, Refers(("certificate",))] = ""
    """Its certificate, which has to be in us-east-1."""
    tls_policy: str = ""
    """The least that it takes from viewers: `TLSv1.2_2021`."""
    origin_access: Literal["oac", "oai", "none"] | None = None
    """How it proves to buckets who asks: by origin access control, by an origin access identity, or not at all."""
    origin_header: Switch | None = None
    """Whether it sends other origins a secret header, without which they refuse."""


class Record(Model):
    """A DNS name in a zone, and what it leads to."""

    name: str
    """The name: `api.example.com`."""
    target: ElementId
    """The element that the name leads to."""
    note: str = ""


class Zone(Element):
    """A Route 53 hosted zone: public, or private to its VPCs."""

    kind: ClassVar[str] = "zone"
    home: ClassVar[tuple[str, str]] = ("edge", "zones")

    domain: str = ""
    """The domain of the zone: `example.com`."""
    private: Switch = False
    """Whether only its VPCs see it."""
    vpcs: tuple[VpcId, ...] = ()
    """The VPCs that see a private zone."""
    records: tuple[Record, ...] = ()
    """The names in it."""


class WebAclRule(Model):
    """A rule of a web ACL: a managed group of rules, or a limit of requests in a time from one address."""

    name: str
    """The name of the rule, or of the managed group: `AWSManagedRulesCommonRuleSet`."""
    managed: Switch = False
    """Whether it is a managed group of rules."""
    limit: Count | None = None
    """The most requests from one address, in the time of `per`."""
    per: Duration | None = None
    """The time in which requests are counted."""
    note: str = ""


class WebAcl(Element):
    """A WAF web ACL before load balancers or distributions.

    https://docs.aws.amazon.com/waf/latest/developerguide/web-acl.html
    """

    kind: ClassVar[str] = "web_acl"
    home: ClassVar[tuple[str, str]] = ("edge", "web_acls")

    scope: Literal["regional", "cloudfront"] = "regional"
    """Whether it stands before load balancers, or before distributions."""
    protects: tuple[Annotated[str, Refers(("load_balancer", "distribution"))], ...] = ()
    """The load balancers or distributions that it stands before."""
    rules: tuple[WebAclRule, ...] = ()
    """Its rules, in their order."""
    log_group: LogGroupId = ""
    """The log group that it writes to."""
    managed_by: str = ""
    """Who keeps it, where that is somebody else: `Firewall Manager`."""


class EdgeArea(Model):
    """The `edge:` section."""

    distributions: dict[str, Distribution] = {}
    """CloudFront distributions by id."""
    zones: dict[str, Zone] = {}
    """Route 53 hosted zones by id."""
    web_acls: dict[str, WebAcl] = {}
    """WAF web ACLs by id."""

"""The network: VPCs, subnets, gateways, routes, network ACLs, security groups, endpoints, load balancers."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from archspec.model.element import (
    Cidr,
    Element,
    Model,
    PositiveInt,
    Refers,
    SecurityGroupId,
    SubnetId,
    Switch,
    VpcId,
)
from archspec.model.ports import Port, PortRange, Ports, Protocol
from archspec.model.quantity import Duration

Tier = Literal["public", "private", "data"]
ListenerProtocol = Literal["HTTP", "HTTPS", "TCP", "TLS", "UDP"]
Peer = Annotated[str, Refers(("security_group", "prefix_list", "internet", "cidr"))]


class Internet(Element):
    """Everybody outside. Stands in every architecture; no spec declares it."""

    kind: ClassVar[str] = "internet"
    home: ClassVar[tuple[str, str]] = ("network", "internet")


class Vpc(Element):
    """A virtual private cloud. https://docs.aws.amazon.com/vpc/latest/userguide/configure-your-vpc.html

    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
    """

    kind: ClassVar[str] = "vpc"
    home: ClassVar[tuple[str, str]] = ("network", "vpcs")

    cidr: Cidr
    """Its addresses: `10.0.0.0/16`."""
    secondary_cidrs: tuple[Cidr, ...] = ()
    """Further blocks of addresses."""
    ipv6_cidr: Cidr | None = None
    """Its IPv6 addresses: `2600:1f18:1234:5600::/56`."""
    dns_support: Switch | None = None
    """Whether it resolves names; left out, it does, as AWS has it."""
    dns_hostnames: Switch | None = None
    """Whether public addresses in it get names; left out, it is not stated."""


class Subnet(Element):
    """A range of a VPC's addresses in one Availability Zone."""

    kind: ClassVar[str] = "subnet"
    home: ClassVar[tuple[str, str]] = ("network", "subnets")

    vpc: VpcId = ""
    """The VPC that it is in; may be left out where there is one."""
    az: str
    """Its Availability Zone: `us-east-1a`."""
    tier: Tier
    """Who stands in it: what the internet reaches, what runs, or what keeps data."""
    cidr: Cidr
    """Its addresses, a part of the VPC's: `10.0.1.0/24`."""
    ipv6_cidr: Cidr | None = None
    """Its IPv6 addresses, a /64 of the VPC's."""
    auto_public_ip: Switch | None = None
    """Whether what starts in it is given a public address."""


class InternetGateway(Element):
    """A VPC's way to and from the internet."""

    kind: ClassVar[str] = "internet_gateway"
    home: ClassVar[tuple[str, str]] = ("network", "internet_gateways")

    vpc: VpcId = ""


class NatGateway(Element):
    """A way out to the internet for subnets without a public address; lives in one subnet, so in one AZ."""

    kind: ClassVar[str] = "nat_gateway"
    home: ClassVar[tuple[str, str]] = ("network", "nat_gateways")

    subnet: SubnetId
    """The public subnet that it stands in, and so its Availability Zone."""


class ElasticIp(Element):
    """A public address that stays."""

    kind: ClassVar[str] = "elastic_ip"
    home: ClassVar[tuple[str, str]] = ("network", "elastic_ips")

    gateway: Annotated[str, Refers(("nat_gateway",))] = ""
    """The NAT gateway that has it."""


class Peering(Element):
    """A peering connection: traffic between two VPCs, as far as the route tables of both lead there.

    It does not lead on to a third. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
    """

    kind: ClassVar[str] = "peering"
    home: ClassVar[tuple[str, str]] = ("network", "peerings")

    vpcs: tuple[VpcId, VpcId]
    """The two VPCs."""
    dns: Switch | None = None
    """Whether names resolve to private addresses of the other VPC."""


class PrefixList(Element):
    """Blocks of addresses under one name, as the peer of security group rules.

    https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
    """

    kind: ClassVar[str] = "prefix_list"
    home: ClassVar[tuple[str, str]] = ("network", "prefix_lists")

    entries: tuple[Cidr, ...] = ()
    """Its blocks of addresses."""
    max_entries: PositiveInt | None = None
    """The most entries that it may have; in a group's quota it counts as that many rules."""
    managed: Literal["cloudfront", "s3", "dynamodb"] | None = None
    """Which list of AWS's own it is; AWS keeps its entries."""


class Route(Model):
    """Where a route table sends a destination. The local route of the VPC is always there and not written."""

    destination: Cidr
    """The addresses that the route is for: `0.0.0.0/0` is the internet."""
    target: Annotated[str, Refers(("internet_gateway", "nat_gateway", "peering"))]
    """Where packets to them go."""


class RouteTable(Element):
    """Routes for the subnets that it is associated with."""

    kind: ClassVar[str] = "route_table"
    home: ClassVar[tuple[str, str]] = ("network", "route_tables")

    vpc: VpcId = ""
    subnets: tuple[SubnetId, ...] = ()
    """The subnets that are associated with it."""
    routes: tuple[Route, ...] = ()
    """Its routes, without the local one, which is always there."""


class IngressRule(Model):
    """What a security group lets in."""

    peer: Peer = Field(alias="from")
    """Who may connect: a security group, a prefix list, the internet or a block of addresses."""
    port: Ports = (PortRange(0, 65535),)
    """The ports that are open: `443`, `4000-4003`, `80, 443`, `all`."""
    protocol: Protocol = "tcp"
    """The protocol that is let in."""
    note: str = ""


class EgressRule(Model):
    """What a security group lets out."""

    peer: Peer = Field(alias="to")
    """Who may be connected to: a security group, a prefix list, the internet or a block of addresses."""
    port: Ports = (PortRange(0, 65535),)
    """The ports that are open: `443`, `4000-4003`, `80, 443`, `all`."""
    protocol: Protocol = "tcp"
    """The protocol that is let out."""
    note: str = ""


class SecurityGroup(Element):
    """A stateful firewall around elements.

    https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
    """

    kind: ClassVar[str] = "security_group"
    home: ClassVar[tuple[str, str]] = ("network", "security_groups")

    vpc: VpcId = ""
    ingress: tuple[IngressRule, ...] = ()
    """What it lets in."""
    egress: tuple[EgressRule, ...] | None = None
    """What it lets out; left out, everything may leave, as AWS has it; `[]` lets out nothing."""


class NaclRule(Model):
    """An entry of a network ACL."""

    number: PositiveInt | None = None
    """Its place in the order: the lowest is asked first."""
    allow: Switch = True
    """Whether it lets through or refuses."""
    peer: Annotated[str, Refers(("internet", "cidr", "vpc"))] = "internet"
    """Whom it is about: the internet, a block of addresses or a VPC."""
    port: Ports = (PortRange(0, 65535),)
    """The ports that it is about; not used by icmp and all."""
    protocol: Protocol = "all"
    """The protocol that it is about."""
    note: str = ""


class Nacl(Element):
    """A stateless firewall around subnets. AWS's default network ACL allows all.

    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
    """

    kind: ClassVar[str] = "nacl"
    home: ClassVar[tuple[str, str]] = ("network", "nacls")

    vpc: VpcId = ""
    subnets: tuple[SubnetId, ...] = ()
    """The subnets that are associated with it."""
    ingress: tuple[NaclRule, ...] = ()
    """Its entries for packets into the subnets; left out, they are not stated."""
    egress: tuple[NaclRule, ...] = ()
    """Its entries for packets out of the subnets; left out, they are not stated."""


class Endpoint(Element):
    """A private way to an AWS service: a gateway endpoint in route tables, or an interface endpoint in subnets.

    https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
    """

    kind: ClassVar[str] = "endpoint"
    home: ClassVar[tuple[str, str]] = ("network", "endpoints")
    attached: ClassVar[bool] = True

    service: str
    """AWS's short name of the service: `s3`, `ecr.api`, `logs`."""
    type: Literal["interface", "gateway"] = "interface"
    """Whether it stands in subnets with an address of its own, or is a route in route tables."""
    vpc: VpcId = ""
    subnets: tuple[SubnetId, ...] = ()
    """The subnets that an interface endpoint stands in."""
    security_groups: tuple[SecurityGroupId, ...] = ()
    """The security groups of an interface endpoint."""
    route_tables: tuple[Annotated[str, Refers(("route_table",))], ...] = ()
    """The route tables that lead to a gateway endpoint."""
    private_dns: Switch | None = None
    """Whether AWS's own name of the service leads to it."""
    policy: str = ""
    """What it lets through, in words."""


class Namespace(Element):
    """A private DNS name under which services find each other (AWS Cloud Map)."""

    kind: ClassVar[str] = "namespace"
    home: ClassVar[tuple[str, str]] = ("network", "namespaces")

    domain: str
    """The name of the namespace: `prod.internal`."""
    vpc: VpcId = ""
    """The VPC in which its names resolve; may be left out where there is one."""
    ttl: Duration | None = None
    """How long clients keep its records."""


class ListenerRule(Model):
    """A path that a listener sends elsewhere than by default."""

    path: str
    """The path: `/api/*`."""
    forward: Annotated[str, Refers(("service", "target_group"))]
    """Where its requests go."""
    derived: str = ""


class Listener(Model):
    """A port on which a load balancer answers: it redirects to another port or forwards to a service."""

    port: Port
    """The port on which it answers."""
    protocol: ListenerProtocol
    """The protocol that it speaks."""
    certificate: Annotated[str, Refers(("certificate",))] = ""
    """The certificate that it shows."""
    tls_policy: str = ""
    """The security policy of an HTTPS or TLS listener: `ELBSecurityPolicy-TLS13-1-2-2021-06`."""
    redirect: Port | None = None
    """The port that it redirects to."""
    forward: Annotated[str, Refers(("service", "target_group"))] = ""
    """Where its requests go."""
    rules: tuple[ListenerRule, ...] = ()
    """Paths that it sends elsewhere."""
    derived: str = ""


class LoadBalancer(Element):
    """An Application or Network Load Balancer."""

    kind: ClassVar[str] = "load_balancer"
    home: ClassVar[tuple[str, str]] = ("network", "load_balancers")
    attached: ClassVar[bool] = True

    type: Literal["application", "network"] = "application"
    """Whether it understands requests (HTTP) or passes on connections (TCP, TLS, UDP)."""
    scheme: Literal["internet-facing", "internal"] | None = None
    """Whether the internet reaches it; left out, that follows from the tier of its subnets."""
    subnets: tuple[SubnetId, ...]
    """The subnets that it stands in."""
    security_groups: tuple[SecurityGroupId, ...] = ()
    listeners: tuple[Listener, ...] = ()
    """The ports on which it answers."""
    domain: str = ""
    """AWS's own name for it, or the one that people use."""
    cross_zone: Switch | None = None
    """Whether it sends requests to the targets of all Availability Zones."""
    stickiness: Duration | None = None
    """How long a client stays with its target."""
    sticky: Switch | None = None
    """Whether a client stays with its target."""
    access_logs: Annotated[str, Refers(("bucket",))] = ""
    """The bucket that its access logs go to."""
    idle_timeout: Duration | None = None
    """After how long it closes a connection on which nothing happens."""


class TargetGroup(Element):
    """Where a listener sends requests: the tasks of one service on one port."""

    kind: ClassVar[str] = "target_group"
    home: ClassVar[tuple[str, str]] = ("network", "target_groups")

    target: Annotated[str, Refers(("service",))]
    """The service whose tasks are its targets."""
    port: Port
    """The port of the tasks."""
    protocol: ListenerProtocol = "HTTP"
    """The protocol that is spoken to the tasks."""
    health_check: str = "/"
    """The path that is asked for: `/health`."""
    health_port: Port | None = None
    """The port that is asked on; left out, the targets' own."""
    target_type: Literal["ip", "instance"] | None = None
    """Whether targets are known by their address or by their instance."""
    interval: Duration | None = None
    """The time between two health checks."""
    timeout: Duration | None = None
    """How long a health check waits for its answer."""
    healthy_after: PositiveInt | None = None
    """After how many good answers in a row a target is healthy."""
    unhealthy_after: PositiveInt | None = None
    """After how many bad answers in a row a target is not healthy."""
    deregistration_delay: Duration | None = None
    """How long a target that leaves finishes what it has begun."""
    algorithm: Literal["round_robin", "least_outstanding_requests", "weighted_random"] | None = None
    """How requests are shared out among targets."""


class NetworkArea(Model):
    """The `network:` section."""

    vpcs: dict[str, Vpc] = {}
    """VPCs by id."""
    subnets: dict[str, Subnet] = {}
    """Subnets by id."""
    internet_gateways: dict[str, InternetGateway] = {}
    """Internet gateways by id."""
    nat_gateways: dict[str, NatGateway] = {}
    """NAT gateways by id."""
    elastic_ips: dict[str, ElasticIp] = {}
    """Elastic IPs by id."""
    route_tables: dict[str, RouteTable] = {}
    """Route tables by id."""
    nacls: dict[str, Nacl] = {}
    """Network ACLs by id."""
    peerings: dict[str, Peering] = {}
    """Peering connections by id."""
    prefix_lists: dict[str, PrefixList] = {}
    """Prefix lists by id."""
    security_groups: dict[str, SecurityGroup] = {}
    """Security groups by id."""
    endpoints: dict[str, Endpoint] = {}
    """VPC endpoints by id."""
    namespaces: dict[str, Namespace] = {}
    """Cloud Map namespaces by id."""
    load_balancers: dict[str, LoadBalancer] = {}
    """Load balancers by id."""
    target_groups: dict[str, TargetGroup] = {}
    """Target groups by id."""

    def vpcs_for(self, element: Element) -> list[str]:
        """Return the VPCs that an element may be meant to stand in: its environment's, or those that are shared."""
        own = [id_ for id_, vpc in self.vpcs.items() if vpc.environment == element.environment]
        return own or [id_ for id_, vpc in self.vpcs.items() if not vpc.environment]

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

    `dns_support` left out is on, as AWS has it; `dns_hostnames` left out is not stated.
    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
    """

    kind: ClassVar[str] = "vpc"
    home: ClassVar[tuple[str, str]] = ("network", "vpcs")

    cidr: Cidr
    secondary_cidrs: tuple[Cidr, ...] = ()
    ipv6_cidr: Cidr | None = None
    dns_support: Switch | None = None
    dns_hostnames: Switch | None = None


class Subnet(Element):
    """A range of a VPC's addresses in one Availability Zone. `vpc` may be left out where there is one VPC.

    `auto_public_ip` says whether what starts in it is given a public address.
    """

    kind: ClassVar[str] = "subnet"
    home: ClassVar[tuple[str, str]] = ("network", "subnets")

    vpc: VpcId = ""
    az: str
    tier: Tier
    cidr: Cidr
    ipv6_cidr: Cidr | None = None
    auto_public_ip: Switch | None = None


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


class ElasticIp(Element):
    """A public address that stays. `gateway` is the NAT gateway that has it."""

    kind: ClassVar[str] = "elastic_ip"
    home: ClassVar[tuple[str, str]] = ("network", "elastic_ips")

    gateway: Annotated[str, Refers(("nat_gateway",))] = ""


class Peering(Element):
    """A peering connection: traffic between two VPCs, as far as the route tables of both lead there.

    It does not lead on to a third. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
    """

    kind: ClassVar[str] = "peering"
    home: ClassVar[tuple[str, str]] = ("network", "peerings")

    vpcs: tuple[VpcId, VpcId]
    dns: Switch | None = None


class PrefixList(Element):
    """Blocks of addresses under one name, as the peer of security group rules.

    A list of AWS's own (`managed: cloudfront`) has entries that AWS keeps. In a group's quota it counts as
    `max_entries` rules. https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
    """

    kind: ClassVar[str] = "prefix_list"
    home: ClassVar[tuple[str, str]] = ("network", "prefix_lists")

    entries: tuple[Cidr, ...] = ()
    max_entries: PositiveInt | None = None
    managed: Literal["cloudfront", "s3", "dynamodb"] | None = None


class Route(Model):
    """Where a route table sends a destination. The local route of the VPC is always there and not written."""

    destination: Cidr
    target: Annotated[str, Refers(("internet_gateway", "nat_gateway", "peering"))]


class RouteTable(Element):
    """Routes for the subnets that it is associated with."""

    kind: ClassVar[str] = "route_table"
    home: ClassVar[tuple[str, str]] = ("network", "route_tables")

    vpc: VpcId = ""
    subnets: tuple[SubnetId, ...] = ()
    routes: tuple[Route, ...] = ()


class IngressRule(Model):
    """What a security group lets in."""

    peer: Peer = Field(alias="from")
    port: Ports = (PortRange(0, 65535),)
    protocol: Protocol = "tcp"
    note: str = ""


class EgressRule(Model):
    """What a security group lets out."""

    peer: Peer = Field(alias="to")
    port: Ports = (PortRange(0, 65535),)
    protocol: Protocol = "tcp"
    note: str = ""


class SecurityGroup(Element):
    """A stateful firewall around elements. `egress` left out means AWS's default: everything may leave.

    https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
    """

    kind: ClassVar[str] = "security_group"
    home: ClassVar[tuple[str, str]] = ("network", "security_groups")

    vpc: VpcId = ""
    ingress: tuple[IngressRule, ...] = ()
    egress: tuple[EgressRule, ...] | None = None


class NaclRule(Model):
    """An entry of a network ACL. `number` is its place in the order; `port` is not used by icmp and all."""

    number: PositiveInt | None = None
    allow: Switch = True
    peer: Annotated[str, Refers(("internet", "cidr", "vpc"))] = "internet"
    port: Ports = (PortRange(0, 65535),)
    protocol: Protocol = "all"
    note: str = ""


class Nacl(Element):
    """A stateless firewall around subnets. A direction left out is not stated; AWS's default network ACL allows all.

    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
    """

    kind: ClassVar[str] = "nacl"
    home: ClassVar[tuple[str, str]] = ("network", "nacls")

    vpc: VpcId = ""
    subnets: tuple[SubnetId, ...] = ()
    ingress: tuple[NaclRule, ...] = ()
    egress: tuple[NaclRule, ...] = ()


class Endpoint(Element):
    """A private way to an AWS service: a gateway endpoint in route tables, or an interface endpoint in subnets.

    `service` is AWS's short name of it: `s3`, `ecr.api`, `logs`. `policy` names what it lets through, in words.
    https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
    """

    kind: ClassVar[str] = "endpoint"
    home: ClassVar[tuple[str, str]] = ("network", "endpoints")
    attached: ClassVar[bool] = True

    service: str
    type: Literal["interface", "gateway"] = "interface"
    vpc: VpcId = ""
    subnets: tuple[SubnetId, ...] = ()
    security_groups: tuple[SecurityGroupId, ...] = ()
    route_tables: tuple[Annotated[str, Refers(("route_table",))], ...] = ()
    private_dns: Switch | None = None
    policy: str = ""


class Namespace(Element):
    """A private DNS name under which services find each other (AWS Cloud Map). `ttl` is its records' lifetime."""

    kind: ClassVar[str] = "namespace"
    home: ClassVar[tuple[str, str]] = ("network", "namespaces")

    domain: str
    vpc: VpcId = ""
    ttl: Duration | None = None


class ListenerRule(Model):
    """A path that a listener sends elsewhere than by default."""

    path: str
    forward: Annotated[str, Refers(("service", "target_group"))]
    derived: str = ""


class Listener(Model):
    """A port on which a load balancer answers: it redirects to another port or forwards to a service.

    `tls_policy` is the security policy of an HTTPS or TLS listener, `ELBSecurityPolicy-TLS13-1-2-2021-06`.
    """

    port: Port
    protocol: ListenerProtocol
    certificate: Annotated[str, Refers(("certificate",))] = ""
    tls_policy: str = ""
    redirect: Port | None = None
    forward: Annotated[str, Refers(("service", "target_group"))] = ""
    rules: tuple[ListenerRule, ...] = ()
    derived: str = ""


class LoadBalancer(Element):
    """An Application or Network Load Balancer. `scheme` left out follows the tier of its subnets."""

    kind: ClassVar[str] = "load_balancer"
    home: ClassVar[tuple[str, str]] = ("network", "load_balancers")
    attached: ClassVar[bool] = True

    type: Literal["application", "network"] = "application"
    scheme: Literal["internet-facing", "internal"] | None = None
    subnets: tuple[SubnetId, ...]
    security_groups: tuple[SecurityGroupId, ...] = ()
    listeners: tuple[Listener, ...] = ()
    domain: str = ""
    cross_zone: Switch | None = None
    stickiness: Duration | None = None
    sticky: Switch | None = None
    access_logs: Annotated[str, Refers(("bucket",))] = ""
    idle_timeout: Duration | None = None


class TargetGroup(Element):
    """Where a listener sends requests: the tasks of one service on one port.

    `interval` and `timeout` are a health check's; a target is healthy or not after so many answers in a row.
    `health_port` is where it asks, left out the targets' own port.
    """

    kind: ClassVar[str] = "target_group"
    home: ClassVar[tuple[str, str]] = ("network", "target_groups")

    target: Annotated[str, Refers(("service",))]
    port: Port
    protocol: ListenerProtocol = "HTTP"
    health_check: str = "/"
    health_port: Port | None = None
    target_type: Literal["ip", "instance"] | None = None
    interval: Duration | None = None
    timeout: Duration | None = None
    healthy_after: PositiveInt | None = None
    unhealthy_after: PositiveInt | None = None
    deregistration_delay: Duration | None = None
    algorithm: Literal["round_robin", "least_outstanding_requests", "weighted_random"] | None = None


class NetworkArea(Model):
    """The `network:` section."""

    vpcs: dict[str, Vpc] = {}
    subnets: dict[str, Subnet] = {}
    internet_gateways: dict[str, InternetGateway] = {}
    nat_gateways: dict[str, NatGateway] = {}
    elastic_ips: dict[str, ElasticIp] = {}
    route_tables: dict[str, RouteTable] = {}
    nacls: dict[str, Nacl] = {}
    peerings: dict[str, Peering] = {}
    prefix_lists: dict[str, PrefixList] = {}
    security_groups: dict[str, SecurityGroup] = {}
    endpoints: dict[str, Endpoint] = {}
    namespaces: dict[str, Namespace] = {}
    load_balancers: dict[str, LoadBalancer] = {}
    target_groups: dict[str, TargetGroup] = {}

    def vpcs_for(self, element: Element) -> list[str]:
        """Return the VPCs that an element may be meant to stand in: its environment's, or those that are shared."""
        own = [id_ for id_, vpc in self.vpcs.items() if vpc.environment == element.environment]
        return own or [id_ for id_, vpc in self.vpcs.items() if not vpc.environment]

"""What the Terraform exporter makes of networks, beside what `test_terraform` says of them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from archspec.artifacts import Omission
from archspec.defaults import complete
from archspec.exporters.terraform.files import Collected, collect
from archspec.exporters.terraform.hcl import Block, Reference, Repeated
from archspec.importers import spec

HEADER = "archspec: 1\nname: sample\nregion: eu-west-1\n"
VPC = "network:\n  vpcs: {main: {cidr: 10.0.0.0/16%s}}\n"
TWO_VPCS = "network:\n  vpcs: {a-vpc: {cidr: 10.0.0.0/16}, b-vpc: {cidr: 10.1.0.0/16}}\n"
SUBNETS = """  subnets:
    public-a:  {vpc: main, az: eu-west-1a, tier: public,  cidr: 10.0.1.0/24}
    private-a: {vpc: main, az: eu-west-1a, tier: private, cidr: 10.0.2.0/24}
    data-a:    {vpc: main, az: eu-west-1a, tier: data,    cidr: 10.0.3.0/24}
    public-b:  {vpc: main, az: eu-west-1b, tier: public,  cidr: 10.0.4.0/24}
"""


def made(text: str) -> Collected:
    return collect(complete(spec.parse(HEADER + text).architecture))


def body(found: Collected, address: str) -> dict[str, Any]:
    """Return what stands in a resource, without its tags and what is left out."""
    return {name: one for name, one in found.resources[address].body.items() if one is not None and name != "tags"}


def omitted(found: Collected) -> dict[str, str]:
    return {".".join(map(str, one.path)): one.reason for one in found.omissions}


@pytest.mark.parametrize(
    ("stated", "support", "hostnames"),
    [
        ("", True, True),
        (", dns_support: true, dns_hostnames: true", True, True),
        (", dns_hostnames: false", True, False),
        (", dns_support: false", False, False),
        (", dns_support: false, dns_hostnames: true", False, True),
    ],
)
def test_dns_in_a_vpc_is_on_unless_the_spec_says_otherwise(stated: str, support: bool, hostnames: bool) -> None:
    assert body(made(VPC % stated), "aws_vpc.main") == {
        "cidr_block": "10.0.0.0/16",
        "enable_dns_support": support,
        "enable_dns_hostnames": hostnames,
    }


def test_ipv6_addresses_are_left_out_with_the_reason() -> None:
    text = VPC % ', ipv6_cidr: "fd00::/56", secondary_cidrs: ["fd01::/56"]'
    text += '  subnets: {a: {az: eu-west-1a, tier: public, cidr: 10.0.1.0/24, ipv6_cidr: "fd00::/64"}}\n'
    reason = "Amazon chooses which IPv6 addresses a VPC gets"
    assert omitted(made(text)) == dict.fromkeys(
        ("network.subnets.a.ipv6_cidr", "network.vpcs.main.ipv6_cidr", "network.vpcs.main.secondary_cidrs.0"), reason
    )


@pytest.mark.parametrize(("stated", "given"), [("", False), (", auto_public_ip: true", True)])
def test_a_subnet_gives_public_addresses_only_where_the_spec_says_so(stated: str, given: bool) -> None:
    found = made(VPC % "" + f"  subnets: {{a: {{az: eu-west-1a, tier: public, cidr: 10.0.1.0/24{stated}}}}}\n")
    assert body(found, "aws_subnet.a")["map_public_ip_on_launch"] is given


def test_a_nat_gateway_takes_the_addresses_that_are_stated_for_it() -> None:
    text = VPC % "" + SUBNETS + "  nat_gateways: {nat: {subnet: public-a}}\n"
    text += "  elastic_ips: {first-ip: {gateway: nat}, second-ip: {gateway: nat}, free-ip: {}}\n"
    found = made(text)
    ways_out = [Reference("aws_internet_gateway.main_igw")]
    assert body(found, "aws_nat_gateway.nat") == {
        "allocation_id": Reference("aws_eip.first_ip.id"),
        "secondary_allocation_ids": [Reference("aws_eip.second_ip.id")],
        "subnet_id": Reference("aws_subnet.public_a.id"),
        "depends_on": ways_out,
    }
    assert {one for one in found.resources if one.startswith("aws_eip.")} == {
        "aws_eip.first_ip",
        "aws_eip.free_ip",
        "aws_eip.second_ip",
    }
    assert body(found, "aws_eip.first_ip") == {"domain": "vpc", "depends_on": ways_out}
    assert body(found, "aws_eip.free_ip") == {"domain": "vpc"}


def test_a_nat_gateway_without_an_address_gets_one() -> None:
    found = made(VPC % "" + SUBNETS + "  nat_gateways: {nat: {subnet: public-a}}\n")
    assert body(found, "aws_nat_gateway.nat")["allocation_id"] == Reference("aws_eip.nat.id")
    assert found.resources["aws_eip.nat"].body["tags"] == {"PartOf": "nat", "Name": "sample-nat"}


def test_a_peering_connection_accepts_itself_and_is_routed_through() -> None:
    text = TWO_VPCS + "  peerings: {link: {vpcs: [a-vpc, b-vpc], dns: true}}\n"
    text += "  route_tables: {a-rt: {vpc: a-vpc, routes: [{destination: 10.1.0.0/16, target: link}]}}\n"
    found = made(text)
    names = Block({"allow_remote_vpc_dns_resolution": True})
    assert body(found, "aws_vpc_peering_connection.link") == {
        "vpc_id": Reference("aws_vpc.a_vpc.id"),
        "peer_vpc_id": Reference("aws_vpc.b_vpc.id"),
        "auto_accept": True,
        "requester": names,
        "accepter": names,
    }
    assert body(found, "aws_route.a_rt__10_1_0_0__16") == {
        "route_table_id": Reference("aws_route_table.a_rt.id"),
        "destination_cidr_block": "10.1.0.0/16",
        "vpc_peering_connection_id": Reference("aws_vpc_peering_connection.link.id"),
    }


def test_a_peering_connection_says_nothing_of_names_where_the_spec_does_not() -> None:
    found = made(TWO_VPCS + "  peerings: {link: {vpcs: [a-vpc, b-vpc]}}\n")
    assert body(found, "aws_vpc_peering_connection.link").keys() == {"vpc_id", "peer_vpc_id", "auto_accept"}


def test_a_peering_connection_needs_both_vpcs() -> None:
    text = TWO_VPCS.replace("10.1.0.0/16", "10.1.0.0/16, status: planned")
    found = made(text + "  peerings: {link: {vpcs: [a-vpc, b-vpc]}}\n")
    assert omitted(found) == {
        "network.peerings.link": "one of its VPCs is not exported",
        "network.vpcs.b-vpc": "is planned",
    }


def test_a_prefix_list_is_of_one_version_of_ip() -> None:
    found = made('network: {prefix_lists: {office: {entries: [192.0.2.0/24, "2001:db8::/32"], max_entries: 5}}}')
    assert body(found, "aws_ec2_managed_prefix_list.office") == {
        "name": "sample-office",
        "address_family": "IPv4",
        "max_entries": 5,
        "entry": Repeated((Block({"cidr": "192.0.2.0/24"}),)),
    }
    assert omitted(found) == {
        "network.prefix_lists.office.entries.1": "the list begins with IPv4, and holds one version of IP"
    }


def test_a_prefix_list_of_aws_is_asked_for() -> None:
    text = VPC % "" + "  prefix_lists: {cdn: {managed: cloudfront}, office: {entries: [192.0.2.0/24]}}\n"
    text += "  security_groups: {sg: {ingress: [{from: cdn, port: 443}, {from: office, port: 22}], egress: []}}\n"
    found = made(text)
    rules = "aws_vpc_security_group_ingress_rule.sg__from__"
    assert body(found, f"{rules}cdn__443")["prefix_list_id"] == Reference("var.prefix_list_cdn")
    assert body(found, f"{rules}office__22")["prefix_list_id"] == Reference("aws_ec2_managed_prefix_list.office.id")
    assert found.variables["prefix_list_cdn"].description == (
        "id of AWS's prefix list com.amazonaws.global.cloudfront.origin-facing in eu-west-1: pl-..."
    )
    assert omitted(found) == {}


NACL = VPC % ", secondary_cidrs: [10.1.0.0/16]" + SUBNETS + "  nacls: {guard: {vpc: main, subnets: [data-a]%s}}\n"


def entries(found: Collected, direction: str) -> dict[int, tuple[str, object, object]]:
    """Return a network ACL's entries: number → whether they allow, the protocol with its ports, the addresses."""
    bodies = [one.body for one in found.resources.values() if one.type == "aws_network_acl_rule"]
    return {
        one["rule_number"]: (
            f"{one['rule_action']} {one['protocol']}",
            (one["from_port"], one["to_port"]) if "from_port" in one else one.get("icmp_type"),
            one.get("cidr_block", one.get("ipv6_cidr_block")),
        )
        for one in bodies
        if one["egress"] == (direction == "egress")
        for one in [dict[str, Any](one)]
    }


def test_a_direction_that_a_network_acl_does_not_state_is_open_and_says_so() -> None:
    found = made(NACL % "")
    assert entries(found, "ingress") == entries(found, "egress") == {100: ("allow -1", None, "0.0.0.0/0")}
    assert found.resources["aws_network_acl_rule.guard__ingress__100"].reasons == (
        "derived: no ingress is stated, and then everything may pass, as in AWS's default network ACL",
    )
    assert body(found, "aws_network_acl.guard") == {
        "vpc_id": Reference("aws_vpc.main.id"),
        "subnet_ids": [Reference("aws_subnet.data_a.id")],
    }


def test_an_entry_is_made_for_each_range_of_ports_and_addresses_in_the_order_of_the_rules() -> None:
    rules = '[{peer: main, port: "80, 443", protocol: tcp}, {peer: 10.9.0.0/16, protocol: icmp, allow: false}, \
{number: 150, peer: "fd00::/64", port: 53, protocol: udp}]'
    assert entries(made(NACL % f", ingress: {rules}"), "ingress") == {
        100: ("allow tcp", (80, 80), "10.0.0.0/16"),
        101: ("allow tcp", (443, 443), "10.0.0.0/16"),
        102: ("allow tcp", (80, 80), "10.1.0.0/16"),
        103: ("allow tcp", (443, 443), "10.1.0.0/16"),
        150: ("allow udp", (53, 53), "fd00::/64"),
        200: ("deny icmp", -1, "10.9.0.0/16"),
    }


def test_an_entry_that_has_no_number_before_the_next_rule_is_left_out_with_the_reason() -> None:
    rules = '[{number: 7, port: "80, 443", protocol: tcp}, {number: 8, allow: false}]'
    found = made(NACL % f", egress: {rules}")
    assert entries(found, "egress") == {7: ("allow tcp", (80, 80), "0.0.0.0/0"), 8: ("deny -1", None, "0.0.0.0/0")}
    assert omitted(found) == {
        "network.nacls.guard.egress.0": "443 of 0.0.0.0/0 would need number 8, which is another rule's"
    }


def test_numbers_of_entries_end() -> None:
    found = made(NACL % ', egress: [{number: 32766, port: "80, 443", protocol: tcp}]')
    assert entries(found, "egress").keys() == {32766}
    assert omitted(found) == {
        "network.nacls.guard.egress.0": "443 of 0.0.0.0/0 would need number 32767, AWS's last is 32766"
    }


ENDPOINT = VPC % "%s" + SUBNETS + "  endpoints: {way: {service: %s}}\n"


def test_an_interface_endpoint_stands_where_the_spec_says() -> None:
    text = VPC % "" + SUBNETS + "  security_groups: {sg: {}}\n"
    text += "  endpoints: {way: {service: logs, subnets: [data-a], security_groups: [sg], private_dns: false}}\n"
    assert body(made(text), "aws_vpc_endpoint.way") == {
        "vpc_id": Reference("aws_vpc.main.id"),
        "service_name": "com.amazonaws.eu-west-1.logs",
        "vpc_endpoint_type": "Interface",
        "subnet_ids": [Reference("aws_subnet.data_a.id")],
        "security_group_ids": [Reference("aws_security_group.sg.id")],
        "private_dns_enabled": False,
    }


def test_an_interface_endpoint_that_says_nothing_stands_in_every_zone_and_lets_its_vpc_in() -> None:
    found = made(ENDPOINT % ("", "logs"))
    assert body(found, "aws_vpc_endpoint.way") == {
        "vpc_id": Reference("aws_vpc.main.id"),
        "service_name": "com.amazonaws.eu-west-1.logs",
        "vpc_endpoint_type": "Interface",
        "subnet_ids": [Reference("aws_subnet.private_a.id"), Reference("aws_subnet.public_b.id")],
        "security_group_ids": [Reference("aws_security_group.main__endpoints.id")],
        "private_dns_enabled": True,
    }
    assert body(found, "aws_vpc_security_group_ingress_rule.main__endpoints") == {
        "security_group_id": Reference("aws_security_group.main__endpoints.id"),
        "description": "443 from main",
        "cidr_ipv4": "10.0.0.0/16",
        "ip_protocol": "tcp",
        "from_port": 443,
        "to_port": 443,
    }
    assert found.resources["aws_vpc_endpoint.way"].reasons == (
        "derived: no subnet is stated, so it stands in one a zone",
    )


@pytest.mark.parametrize(
    ("vpc", "service"), [(", dns_support: false", "logs"), (", dns_hostnames: false", "logs"), ("", "s3")]
)
def test_an_endpoint_takes_over_no_name_where_aws_refuses_it(vpc: str, service: str) -> None:
    assert body(made(ENDPOINT % (vpc, service)), "aws_vpc_endpoint.way")["private_dns_enabled"] is False


def test_a_gateway_endpoint_stands_in_all_route_tables_of_its_vpc_unless_the_spec_names_some() -> None:
    text = TWO_VPCS + "  route_tables: {a-rt: {vpc: a-vpc}, b-rt: {vpc: b-vpc}, c-rt: {vpc: b-vpc}}\n"
    text += "  endpoints: {all-s3: {vpc: b-vpc, service: s3, type: gateway},"
    text += " one-s3: {vpc: b-vpc, service: s3, type: gateway, route_tables: [c-rt], policy: only ours}}\n"
    found = made(text)
    tables = {id_: body(found, f"aws_vpc_endpoint.{id_}")["route_table_ids"] for id_ in ("all_s3", "one_s3")}
    b_table, c_table = Reference("aws_route_table.b_rt.id"), Reference("aws_route_table.c_rt.id")
    assert tables == {"all_s3": [b_table, c_table], "one_s3": [c_table]}
    assert found.omissions == (
        Omission(("network", "endpoints", "one-s3", "policy"), "it is in words; the endpoint lets everything through"),
    )


@pytest.mark.parametrize("hostile", ['x\\" }', "${x}", "a\\nb", "%{if}"])
def test_a_hostile_service_stays_text(export: Callable[..., Any], hostile: str) -> None:
    artifacts = export(ENDPOINT % ("", f'"{hostile}"'), "eu-west-1")
    written = artifacts.files["endpoints.tf"]
    assert len(re.findall(r"^resource ", written, re.MULTILINE)) == len(re.findall(r"^}", written, re.MULTILINE)) == 3
    assert not re.search(r"(?<!\$)\$\{|(?<!%)%\{", written)

"""VPCs and what is in them, as EC2 answers.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from archspec.importers.account.answers import Answers, Item, at, data, made, picked, tags
from archspec.resources.resource import Resource, Value

_TARGETS = {
    "gateway_id": "GatewayId",
    "nat_gateway_id": "NatGatewayId",
    "vpc_peering_connection_id": "VpcPeeringConnectionId",
    "vpc_endpoint_id": "VpcEndpointId",
    "transit_gateway_id": "TransitGatewayId",
}


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield the resources of the network."""
    yield from _vpcs(answers)
    yield from _subnets(answers)
    yield from _gateways(answers)
    yield from _route_tables(answers)
    yield from _security_groups(answers)
    yield from _acls(answers)
    yield from _others(answers)


def _vpcs(answers: Answers) -> Iterator[Resource]:
    dns: dict[Any, dict[str, Value]] = {}
    names = {"enable_dns_hostnames": "EnableDnsHostnames.Value", "enable_dns_support": "EnableDnsSupport.Value"}
    for asked in answers.asked("ec2.describe_vpc_attribute"):
        dns.setdefault(asked.parameters.get("VpcId"), {}).update(picked(asked.item, names))
    tables = {
        one.get("VpcId"): one["RouteTableId"]
        for one in answers.items("ec2.describe_route_tables")
        if any(association.get("Main") for association in one.get("Associations", []))
    }
    for one in answers.items("ec2.describe_vpcs"):
        ipv6 = at(one, "Ipv6CidrBlockAssociationSet[].Ipv6CidrBlock") or [None]
        values: dict[str, Value] = {
            **picked(one, {"cidr_block": "CidrBlock", "owner_id": "OwnerId"}),
            **dns.get(one["VpcId"], {}),
            "arn": _arn(answers, "vpc", one["VpcId"]),
            "ipv6_cidr_block": ipv6[0],
            "main_route_table_id": tables.get(one["VpcId"]),
            "default": one.get("IsDefault") or None,
        }
        yield made("aws_vpc", one["VpcId"], values, tags(one))
        for block in one.get("CidrBlockAssociationSet", []):
            if block.get("CidrBlock") != one.get("CidrBlock"):
                more: dict[str, Value] = {"vpc_id": one["VpcId"], "cidr_block": block.get("CidrBlock")}
                yield made("aws_vpc_ipv4_cidr_block_association", block["AssociationId"], more)


def _arn(answers: Answers, what: str, id_: str) -> str:
    return f"arn:{answers.partition}:ec2:{answers.region}:{answers.account}:{what}/{id_}"


def _subnets(answers: Answers) -> Iterator[Resource]:
    names = {
        "vpc_id": "VpcId",
        "cidr_block": "CidrBlock",
        "availability_zone": "AvailabilityZone",
        "map_public_ip_on_launch": "MapPublicIpOnLaunch",
    }
    for one in answers.items("ec2.describe_subnets"):
        ipv6 = at(one, "Ipv6CidrBlockAssociationSet[].Ipv6CidrBlock") or [None]
        own: dict[str, Value] = {"arn": _arn(answers, "subnet", one["SubnetId"]), "ipv6_cidr_block": ipv6[0]}
        own["default_for_az"] = one.get("DefaultForAz") or None
        yield made("aws_subnet", one["SubnetId"], {**picked(one, names), **own}, tags(one))


def _gateways(answers: Answers) -> Iterator[Resource]:
    for one in answers.items("ec2.describe_internet_gateways"):
        attached = at(one, "Attachments[].VpcId") or [None]
        yield made("aws_internet_gateway", one["InternetGatewayId"], {"vpc_id": attached[0]}, tags(one))
    for one in answers.items("ec2.describe_nat_gateways"):
        if one.get("State") not in {"deleted", "deleting", "failed"}:
            allocated = at(one, "NatGatewayAddresses[].AllocationId") or [None]
            values = picked(one, {"subnet_id": "SubnetId", "connectivity_type": "ConnectivityType"})
            yield made("aws_nat_gateway", one["NatGatewayId"], {**values, "allocation_id": allocated[0]}, tags(one))
    for one in answers.items("ec2.describe_addresses"):
        if one.get("AllocationId"):
            values = picked(one, {"allocation_id": "AllocationId", "domain": "Domain", "instance": "InstanceId"})
            yield made("aws_eip", one["AllocationId"], values, tags(one))


def _route_tables(answers: Answers) -> Iterator[Resource]:
    for one in answers.items("ec2.describe_route_tables"):
        id_ = one["RouteTableId"]
        associations = one.get("Associations", [])
        is_main = any(association.get("Main") for association in associations)
        yield made("aws_route_table", id_, {"vpc_id": one.get("VpcId")}, tags(one))
        if is_main:
            values = {"route_table_id": id_, "vpc_id": one.get("VpcId")}
            yield made("aws_main_route_table_association", id_, values)
        for route in one.get("Routes", []):
            # A gateway endpoint adds its own.
            if route.get("Origin") == "CreateRoute" and not str(route.get("GatewayId")).startswith("vpce-"):
                yield made("aws_route", f"{id_}_{_destination(route)}", {"route_table_id": id_, **_route(route)})
        for association in associations:
            if association.get("SubnetId"):
                values = {"route_table_id": id_, "subnet_id": association["SubnetId"]}
                yield made("aws_route_table_association", association["RouteTableAssociationId"], values)


def _destination(route: Item) -> str:
    names = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
    return next((str(route[name]) for name in names if route.get(name)), "")


def _route(route: Item) -> dict[str, Value]:
    names = {
        "destination_cidr_block": "DestinationCidrBlock",
        "destination_ipv6_cidr_block": "DestinationIpv6CidrBlock",
        "destination_prefix_list_id": "DestinationPrefixListId",
    }
    return picked(route, {**names, **_TARGETS})


def _security_groups(answers: Answers) -> Iterator[Resource]:
    for one in answers.items("ec2.describe_security_groups"):
        values = picked(one, {"name": "GroupName", "description": "Description", "vpc_id": "VpcId"})
        values["arn"] = _arn(answers, "security-group", one["GroupId"])
        type_ = "aws_default_security_group" if one.get("GroupName") == "default" else "aws_security_group"
        yield made(type_, one["GroupId"], values, tags(one))
    names = {
        "security_group_id": "GroupId",
        "description": "Description",
        "ip_protocol": "IpProtocol",
        "from_port": "FromPort",
        "to_port": "ToPort",
        "cidr_ipv4": "CidrIpv4",
        "cidr_ipv6": "CidrIpv6",
        "prefix_list_id": "PrefixListId",
        "referenced_security_group_id": "ReferencedGroupInfo.GroupId",
    }
    for one in answers.items("ec2.describe_security_group_rules"):
        direction = "egress" if one.get("IsEgress") else "ingress"
        yield made(
            f"aws_vpc_security_group_{direction}_rule", one["SecurityGroupRuleId"], picked(one, names), tags(one)
        )


def _acls(answers: Answers) -> Iterator[Resource]:
    for one in answers.items("ec2.describe_network_acls"):
        type_ = "aws_default_network_acl" if one.get("IsDefault") else "aws_network_acl"
        id_ = one["NetworkAclId"]
        subnets: list[Value] = at(one, "Associations[].SubnetId") or []
        yield made(type_, id_, {"vpc_id": one.get("VpcId"), "subnet_ids": subnets}, tags(one))
        for entry in one.get("Entries", []):
            if entry.get("RuleNumber") != 32767 and not one.get("IsDefault"):
                direction = "egress" if entry.get("Egress") else "ingress"
                name = f"{id_}_{direction}_{entry.get('RuleNumber')}"
                yield made("aws_network_acl_rule", name, {"network_acl_id": id_, **_entry(entry)})


def _entry(entry: Item) -> dict[str, Value]:
    names = {
        "rule_number": "RuleNumber",
        "egress": "Egress",
        "protocol": "Protocol",
        "rule_action": "RuleAction",
        "cidr_block": "CidrBlock",
        "ipv6_cidr_block": "Ipv6CidrBlock",
        "from_port": "PortRange.From",
        "to_port": "PortRange.To",
    }
    return picked(entry, names)


def _others(answers: Answers) -> Iterator[Resource]:
    for one in answers.items("ec2.describe_vpc_peering_connections"):
        if at(one, "Status.Code") not in {"deleted", "deleting", "expired", "failed", "rejected"}:
            yield made("aws_vpc_peering_connection", one["VpcPeeringConnectionId"], _peering(one), tags(one))
    yield from _prefix_lists(answers)
    names = {
        "vpc_id": "VpcId",
        "service_name": "ServiceName",
        "vpc_endpoint_type": "VpcEndpointType",
        "subnet_ids": "SubnetIds",
        "route_table_ids": "RouteTableIds",
        "security_group_ids": "Groups[].GroupId",
        "private_dns_enabled": "PrivateDnsEnabled",
    }
    for one in answers.items("ec2.describe_vpc_endpoints"):
        if str(one.get("State")).lower() not in {"deleted", "deleting", "expired", "failed", "rejected"}:
            values = {**picked(one, names), "policy": data(one.get("PolicyDocument"))}
            yield made("aws_vpc_endpoint", one["VpcEndpointId"], values, tags(one))
    for one in answers.items("ec2.describe_flow_logs"):
        yield made("aws_flow_log", one["FlowLogId"], _flow_log(one), tags(one))


def _peering(one: Item) -> dict[str, Value]:
    found = picked(one, {"vpc_id": "RequesterVpcInfo.VpcId", "peer_vpc_id": "AccepterVpcInfo.VpcId"})
    for side in ("Requester", "Accepter"):
        resolves = at(one, f"{side}VpcInfo.PeeringOptions.AllowDnsResolutionFromRemoteVpc")
        if resolves is not None:
            found[side.lower()] = [{"allow_remote_vpc_dns_resolution": resolves}]
    return found


def _prefix_lists(answers: Answers) -> Iterator[Resource]:
    entries: dict[Any, list[Value]] = {}
    for asked in answers.asked("ec2.get_managed_prefix_list_entries"):
        entry: Mapping[str, Value] = {"cidr": asked.item.get("Cidr"), "description": asked.item.get("Description")}
        entries.setdefault(asked.parameters.get("PrefixListId"), []).append(entry)
    for one in answers.items("ec2.describe_managed_prefix_lists"):
        names = {
            "name": "PrefixListName",
            "max_entries": "MaxEntries",
            "address_family": "AddressFamily",
            "owner_id": "OwnerId",
            "arn": "PrefixListArn",
        }
        values = {**picked(one, names), "entry": entries.get(one["PrefixListId"], [])}
        yield made("aws_ec2_managed_prefix_list", one["PrefixListId"], values, tags(one))


def _flow_log(one: Item) -> dict[str, Value]:
    names = {
        "traffic_type": "TrafficType",
        "log_destination": "LogDestination",
        "log_destination_type": "LogDestinationType",
        "iam_role_arn": "DeliverLogsPermissionArn",
        "log_group_name": "LogGroupName",
    }
    kind = {"vpc": "vpc_id", "sub": "subnet_id"}.get(str(one.get("ResourceId"))[:3].rstrip("-"), "eni_id")
    return {**picked(one, names), kind: one.get("ResourceId")}

"""The network, in CloudFormation's words."""

from archspec.resources.cloudformation.form import REF, Form

_RULE = {
    "security_group_id": "GroupId",
    "cidr_ipv4": "CidrIp",
    "cidr_ipv6": "CidrIpv6",
}

NETWORK: dict[str, Form] = {
    "aws_vpc": Form("AWS::EC2::VPC"),
    "aws_vpc_ipv4_cidr_block_association": Form("AWS::EC2::VPCCidrBlock"),
    "aws_subnet": Form("AWS::EC2::Subnet"),
    # Its attachment is a resource of its own.
    "aws_internet_gateway": Form("AWS::EC2::InternetGateway", {"vpc_id": ""}),
    "aws_nat_gateway": Form("AWS::EC2::NatGateway"),
    "aws_eip": Form(
        "AWS::EC2::EIP", gives={"id": "AllocationId", "allocation_id": "AllocationId", "public_ip": "PublicIp"}
    ),
    "aws_route_table": Form("AWS::EC2::RouteTable"),
    "aws_route_table_association": Form("AWS::EC2::SubnetRouteTableAssociation"),
    "aws_route": Form("AWS::EC2::Route", {"destination_ipv6_cidr_block": "DestinationIpv6CidrBlock"}),
    "aws_vpc_peering_connection": Form(
        "AWS::EC2::VPCPeeringConnection",
        {"auto_accept": "", "peer_vpc_id": "PeerVpcId", "requester": "", "accepter": ""},
    ),
    "aws_ec2_managed_prefix_list": Form(
        "AWS::EC2::PrefixList",
        {"name": "PrefixListName", "entry": "Entries[]"},
        {"id": "PrefixListId"},
    ),
    # The subnets of a network ACL are associated by resources of their own.
    "aws_network_acl": Form("AWS::EC2::NetworkAcl", {"subnet_ids": ""}),
    "aws_network_acl_rule": Form(
        "AWS::EC2::NetworkAclEntry",
        {"from_port": "PortRange.From", "to_port": "PortRange.To", "icmp_type": "Icmp.Type", "icmp_code": "Icmp.Code"},
        values={"protocol": {"tcp": 6, "udp": 17, "icmp": 1, "all": -1, "-1": -1}},
    ),
    "aws_network_acl_association": Form("AWS::EC2::SubnetNetworkAclAssociation"),
    "aws_security_group": Form(
        "AWS::EC2::SecurityGroup", {"name": "GroupName", "description": "GroupDescription"}, {"id": "GroupId"}
    ),
    "aws_vpc_security_group_ingress_rule": Form(
        "AWS::EC2::SecurityGroupIngress",
        {**_RULE, "referenced_security_group_id": "SourceSecurityGroupId", "prefix_list_id": "SourcePrefixListId"},
    ),
    "aws_vpc_security_group_egress_rule": Form(
        "AWS::EC2::SecurityGroupEgress",
        {
            **_RULE,
            "referenced_security_group_id": "DestinationSecurityGroupId",
            "prefix_list_id": "DestinationPrefixListId",
        },
    ),
    "aws_vpc_endpoint": Form(
        "AWS::EC2::VPCEndpoint", {"vpc_endpoint_type": "VpcEndpointType", "policy": "PolicyDocument"}
    ),
    "aws_flow_log": Form(
        "AWS::EC2::FlowLog",
        {"vpc_id": "ResourceId", "iam_role_arn": "DeliverLogsPermissionArn"},
        adds={"ResourceType": "VPC"},
    ),
    "aws_service_discovery_private_dns_namespace": Form(
        "AWS::ServiceDiscovery::PrivateDnsNamespace", gives={"id": REF, "arn": "Arn"}
    ),
    "aws_service_discovery_service": Form(
        "AWS::ServiceDiscovery::Service",
        {"dns_config.dns_records": "DnsRecords[]", "dns_config.dns_records.ttl": "TTL"},
        {"id": REF, "arn": "Arn"},
    ),
}

"""A small system in an account of moto, made by boto3 call by call: one of each kind."""

import json
from typing import Any, TypeAlias

import boto3
from moto.moto_api._internal import mock_random

REGION = "eu-central-1"
ACCOUNT = "123456789012"
PASSWORD = "correct-horse-battery"  # noqa: S105 - what may never reach a saved folder

Boto: TypeAlias = Any
"""boto3 ships no types."""


def client(service: str, region: str = REGION) -> Boto:
    """Return a client of boto3."""
    return boto3.client(service, region_name=region)


def system() -> None:
    """Make the system. Its ids are the same each time."""
    mock_random.seed(1)
    network = _network()
    groups = _groups(network)
    roles = _roles()
    key = _key()
    _balancing(network, groups)
    _compute(network, groups, roles)
    _stores(network, groups, key)
    _messages()
    _edge()
    _watching(network, roles)
    _delivery(roles)


def tagged(type_: str, name: str) -> list[dict[str, Any]]:
    """Return what EC2 is told to name a resource by."""
    return [{"ResourceType": type_, "Tags": [{"Key": "Name", "Value": name}]}]


def _network() -> dict[str, str]:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=tagged("vpc", "shop-vpc"))["Vpc"]["VpcId"]
    made = {"vpc": vpc}
    gateway = ec2.create_internet_gateway(TagSpecifications=tagged("internet-gateway", "shop-igw"))["InternetGateway"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway["InternetGatewayId"], VpcId=vpc)
    for i, (tier, az) in enumerate((tier, az) for tier in ("public", "private", "data") for az in "ab"):
        subnet = ec2.create_subnet(
            VpcId=vpc,
            CidrBlock=f"10.0.{i}.0/24",
            AvailabilityZone=f"{REGION}{az}",
            TagSpecifications=tagged("subnet", f"shop-{tier}-{az}"),
        )
        made[f"{tier}-{az}"] = subnet["Subnet"]["SubnetId"]
    address = ec2.allocate_address(Domain="vpc", TagSpecifications=tagged("elastic-ip", "shop-nat"))["AllocationId"]
    nat = ec2.create_nat_gateway(
        SubnetId=made["public-a"], AllocationId=address, TagSpecifications=tagged("natgateway", "shop-nat")
    )["NatGateway"]["NatGatewayId"]
    targets = {"public": {"GatewayId": gateway["InternetGatewayId"]}, "private": {"NatGatewayId": nat}, "data": {}}
    for tier, target in targets.items():
        table = ec2.create_route_table(VpcId=vpc, TagSpecifications=tagged("route-table", f"shop-{tier}"))
        made[f"{tier}-table"] = id_ = table["RouteTable"]["RouteTableId"]
        if target:
            ec2.create_route(RouteTableId=id_, DestinationCidrBlock="0.0.0.0/0", **target)
        for az in "ab":
            ec2.associate_route_table(RouteTableId=id_, SubnetId=made[f"{tier}-{az}"])
    ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName=f"com.amazonaws.{REGION}.s3",
        RouteTableIds=[made["private-table"]],
        TagSpecifications=tagged("vpc-endpoint", "shop-s3"),
    )
    return made


def _groups(network: dict[str, str]) -> dict[str, str]:
    ec2 = client("ec2")
    made = {
        name: ec2.create_security_group(GroupName=f"shop-{name}", Description=f"of the {name}", VpcId=network["vpc"])[
            "GroupId"
        ]
        for name in ("alb", "web", "db")
    }
    web = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    rules = {
        "alb": {**web, "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "customers"}]},
        "web": {"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080, "UserIdGroupPairs": [{"GroupId": made["alb"]}]},
        "db": {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "UserIdGroupPairs": [{"GroupId": made["web"]}]},
    }
    for name, rule in rules.items():
        ec2.authorize_security_group_ingress(GroupId=made[name], IpPermissions=[rule])
    return made


def _roles() -> dict[str, str]:
    iam = client("iam")
    trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    made = {
        name: iam.create_role(RoleName=f"shop-{name}", AssumeRolePolicyDocument=document)["Role"]["Arn"]
        for name in ("task", "execution")
    }
    read = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::shop-pictures/*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [read]})
    iam.put_role_policy(RoleName="shop-task", PolicyName="pictures", PolicyDocument=policy)
    iam.create_service_linked_role(AWSServiceName="ecs.amazonaws.com")
    return made


def _key() -> str:
    kms = client("kms")
    key: str = kms.create_key(Description="data of the shop")["KeyMetadata"]["Arn"]
    kms.create_alias(AliasName="alias/shop-data", TargetKeyId=key)
    kms.enable_key_rotation(KeyId=key)
    client("secretsmanager").create_secret(Name="shop/stripe", SecretString=PASSWORD, KmsKeyId=key)
    client("ssm").put_parameter(Name="/shop/flags", Value=PASSWORD, Type="SecureString")
    return key


def _balancing(network: dict[str, str], groups: dict[str, str]) -> None:
    elb = client("elbv2")
    certificate = client("acm").request_certificate(DomainName="shop.example")["CertificateArn"]
    balancer = elb.create_load_balancer(
        Name="shop-alb", Subnets=[network["public-a"], network["public-b"]], SecurityGroups=[groups["alb"]]
    )["LoadBalancers"][0]["LoadBalancerArn"]
    group = elb.create_target_group(
        Name="shop-web", Protocol="HTTP", Port=8080, VpcId=network["vpc"], TargetType="ip", HealthCheckPath="/health"
    )["TargetGroups"][0]["TargetGroupArn"]
    elb.create_listener(
        LoadBalancerArn=balancer,
        Port=443,
        Protocol="HTTPS",
        SslPolicy="ELBSecurityPolicy-TLS13-1-2-2021-06",
        Certificates=[{"CertificateArn": certificate}],
        DefaultActions=[{"Type": "forward", "TargetGroupArn": group}],
    )
    network["group"], network["balancer"] = group, balancer


def _compute(network: dict[str, str], groups: dict[str, str], roles: dict[str, str]) -> None:
    ecs = client("ecs")
    cluster = ecs.create_cluster(
        clusterName="shop",
        settings=[{"name": "containerInsights", "value": "enabled"}],
        tags=[{"key": "Stage", "value": "production"}],
    )
    container = {
        "name": "web",
        "image": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/shop-web:1.4",
        "portMappings": [{"containerPort": 8080}],
        "environment": [
            {"name": "LOG_LEVEL", "value": "info"},
            {"name": "DB_PASSWORD", "value": PASSWORD},
            {"name": "QUEUE", "value": f"amqps://app:{PASSWORD}@mq.example"},
        ],
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/shop-web"}},
        "dockerLabels": {"api-token": PASSWORD},
    }
    task = ecs.register_task_definition(
        family="shop-web",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="512",
        memory="1024",
        taskRoleArn=roles["task"],
        executionRoleArn=roles["execution"],
        containerDefinitions=[container],
    )["taskDefinition"]["taskDefinitionArn"]
    ecs.create_service(
        cluster=cluster["cluster"]["clusterName"],
        serviceName="web",
        taskDefinition=task,
        desiredCount=2,
        launchType="FARGATE",
        networkConfiguration={
            "awsvpcConfiguration": {
                "subnets": [network["private-a"], network["private-b"]],
                "securityGroups": [groups["web"]],
            }
        },
        loadBalancers=[{"targetGroupArn": network["group"], "containerName": "web", "containerPort": 8080}],
    )
    scaling = client("application-autoscaling")
    what = {
        "ServiceNamespace": "ecs",
        "ResourceId": "service/shop/web",
        "ScalableDimension": "ecs:service:DesiredCount",
    }
    scaling.register_scalable_target(**what, MinCapacity=2, MaxCapacity=8)
    metric = {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}
    scaling.put_scaling_policy(
        **what,
        PolicyName="cpu",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={"TargetValue": 60.0, "PredefinedMetricSpecification": metric},
    )


def _stores(network: dict[str, str], groups: dict[str, str], key: str) -> None:
    rds = client("rds")
    rds.create_db_subnet_group(
        DBSubnetGroupName="shop-db",
        DBSubnetGroupDescription="of the shop",
        SubnetIds=[network["data-a"], network["data-b"]],
    )
    rds.create_db_instance(
        DBInstanceIdentifier="shop-orders",
        Engine="postgres",
        EngineVersion="17.4",
        DBInstanceClass="db.t4g.medium",
        AllocatedStorage=100,
        MasterUsername="shop",
        ManageMasterUserPassword=True,
        MultiAZ=True,
        StorageEncrypted=True,
        KmsKeyId=key,
        BackupRetentionPeriod=14,
        DBSubnetGroupName="shop-db",
        VpcSecurityGroupIds=[groups["db"]],
    )
    caches = client("elasticache")
    caches.create_cache_subnet_group(
        CacheSubnetGroupName="shop-cache",
        CacheSubnetGroupDescription="of the shop",
        SubnetIds=[network["data-a"], network["data-b"]],
    )
    caches.create_cache_cluster(
        CacheClusterId="shop-sessions",
        Engine="redis",
        CacheNodeType="cache.t4g.micro",
        NumCacheNodes=1,
        CacheSubnetGroupName="shop-cache",
        SecurityGroupIds=[groups["db"]],
    )
    s3 = client("s3")
    s3.create_bucket(Bucket="shop-pictures", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket="shop-pictures", VersioningConfiguration={"Status": "Enabled"})
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}
    s3.put_bucket_encryption(Bucket="shop-pictures", ServerSideEncryptionConfiguration={"Rules": [rule]})
    s3.put_public_access_block(
        Bucket="shop-pictures",
        PublicAccessBlockConfiguration=dict.fromkeys(
            ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
        ),
    )


def _messages() -> None:
    sqs, sns = client("sqs"), client("sns")
    dead = sqs.create_queue(QueueName="shop-mail-dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 3})
    sqs.create_queue(QueueName="shop-mail", Attributes={"RedrivePolicy": redrive, "VisibilityTimeout": "60"})
    topic = sns.create_topic(Name="shop-alerts")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="ops@shop.example")


def _edge() -> None:
    dns = client("route53")
    zone = dns.create_hosted_zone(Name="shop.example", CallerReference="1")["HostedZone"]["Id"]
    balancer = client("elbv2").describe_load_balancers()["LoadBalancers"][0]
    alias = {
        "DNSName": balancer["DNSName"],
        "HostedZoneId": balancer["CanonicalHostedZoneId"],
        "EvaluateTargetHealth": True,
    }
    change = {
        "Action": "CREATE",
        "ResourceRecordSet": {"Name": "www.shop.example", "Type": "A", "AliasTarget": alias},
    }
    dns.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": [change]})
    # What CloudFront uses is in us-east-1, wherever the rest is.
    certificate = client("acm", "us-east-1").request_certificate(DomainName="cdn.shop.example")["CertificateArn"]
    acl = client("wafv2", "us-east-1").create_web_acl(
        Name="shop-edge",
        Scope="CLOUDFRONT",
        DefaultAction={"Allow": {}},
        Rules=[],
        VisibilityConfig={"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "edge"},
    )["Summary"]["ARN"]
    origin = {
        "Id": "alb",
        "DomainName": balancer["DNSName"],
        "CustomHeaders": {"Quantity": 1, "Items": [{"HeaderName": "X-Origin", "HeaderValue": PASSWORD}]},
        "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"},
    }
    shown = {
        "ACMCertificateArn": certificate,
        "SSLSupportMethod": "sni-only",
        "MinimumProtocolVersion": "TLSv1.2_2021",
    }
    client("cloudfront").create_distribution(
        DistributionConfig={
            "CallerReference": "1",
            "Comment": "shop",
            "Enabled": True,
            "Aliases": {"Quantity": 1, "Items": ["cdn.shop.example"]},
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {
                "TargetOriginId": "alb",
                "ViewerProtocolPolicy": "redirect-to-https",
                "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
            },
            "ViewerCertificate": shown,
            "WebACLId": acl,
        }
    )


def _watching(network: dict[str, str], roles: dict[str, str]) -> None:
    logs = client("logs")
    for name, days in (("/ecs/shop-web", 30), ("/vpc/shop", 90)):
        logs.create_log_group(logGroupName=name)
        logs.put_retention_policy(logGroupName=name, retentionInDays=days)
    client("ec2").create_flow_logs(
        ResourceIds=[network["vpc"]],
        ResourceType="VPC",
        TrafficType="REJECT",
        LogGroupName="/vpc/shop",
        DeliverLogsPermissionArn=roles["task"],
    )
    client("cloudwatch").put_metric_alarm(
        AlarmName="shop-web-cpu",
        Namespace="AWS/ECS",
        MetricName="CPUUtilization",
        Statistic="Average",
        Dimensions=[{"Name": "ClusterName", "Value": "shop"}, {"Name": "ServiceName", "Value": "web"}],
        ComparisonOperator="GreaterThanThreshold",
        Threshold=80,
        Period=300,
        EvaluationPeriods=2,
        AlarmActions=[client("sns").list_topics()["Topics"][0]["TopicArn"]],
    )
    widget = {"type": "metric", "properties": {"title": "CPU", "metrics": []}}
    client("cloudwatch").put_dashboard(DashboardName="shop-overview", DashboardBody=json.dumps({"widgets": [widget]}))
    client("budgets", "us-east-1").create_budget(
        AccountId=ACCOUNT,
        Budget={
            "BudgetName": "shop-monthly",
            "BudgetLimit": {"Amount": "500", "Unit": "USD"},
            "BudgetType": "COST",
            "TimeUnit": "MONTHLY",
        },
    )
    client("cloudtrail").create_trail(Name="shop-trail", S3BucketName="shop-pictures", IsMultiRegionTrail=True)
    client("guardduty").create_detector(Enable=True)


def _delivery(roles: dict[str, str]) -> None:
    client("ecr").create_repository(
        repositoryName="shop-web",
        imageTagMutability="IMMUTABLE",
        imageScanningConfiguration={"scanOnPush": True},
    )
    client("codebuild").create_project(
        name="shop-build",
        source={"type": "GITHUB", "location": "https://github.com/shop/web"},
        artifacts={"type": "NO_ARTIFACTS"},
        environment={
            "type": "LINUX_CONTAINER",
            "image": "aws/codebuild/standard:7.0",
            "computeType": "BUILD_GENERAL1_SMALL",
            "environmentVariables": [{"name": "NPM_TOKEN", "value": PASSWORD, "type": "PLAINTEXT"}],
        },
        serviceRole=roles["task"],
    )
    client("dynamodb").create_table(
        TableName="shop-carts",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )

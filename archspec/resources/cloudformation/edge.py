"""DNS, CDN and firewalls for the web, in CloudFormation's words."""

from archspec.resources.cloudformation.form import REF, Form

EDGE: dict[str, Form] = {
    "aws_route53_zone": Form(
        "AWS::Route53::HostedZone",
        {
            "comment": "HostedZoneConfig.Comment",
            "tags": "HostedZoneTags",
            "vpc": "VPCs[]",
            "vpc.vpc_id": "VPCId",
            "vpc.vpc_region": "VPCRegion",
            "force_destroy": "",
        },
        {"id": REF, "zone_id": REF, "name_servers": "NameServers"},
    ),
    "aws_route53_query_log": Form(
        "AWS::Route53::HostedZone",
        {"cloudwatch_log_group_arn": "QueryLoggingConfig.CloudWatchLogsLogGroupArn"},
        part_of="zone_id",
    ),
    "aws_route53_record": Form(
        "AWS::Route53::RecordSet",
        {
            "zone_id": "HostedZoneId",
            "records": "ResourceRecords",
            "ttl": "TTL",
            "alias": "AliasTarget",
            "alias.name": "DNSName",
            "alias.zone_id": "HostedZoneId",
            "allow_overwrite": "",
        },
    ),
    "aws_wafv2_web_acl_association": Form(
        "AWS::WAFv2::WebACLAssociation", {"web_acl_arn": "WebACLArn", "resource_arn": "ResourceArn"}
    ),
    "aws_wafv2_web_acl": Form(
        "AWS::WAFv2::WebACL",
        {
            "rule": "Rules[]",
            "visibility_config.cloudwatch_metrics_enabled": "CloudWatchMetricsEnabled",
            "rule.visibility_config.cloudwatch_metrics_enabled": "CloudWatchMetricsEnabled",
        },
        {"arn": "Arn", "id": "Id"},
    ),
    "aws_wafv2_web_acl_logging_configuration": Form("AWS::WAFv2::LoggingConfiguration"),
    "aws_cloudfront_origin_access_control": Form(
        "AWS::CloudFront::OriginAccessControl", {}, {"id": "Id"}, within="OriginAccessControlConfig"
    ),
    "aws_cloudfront_origin_access_identity": Form(
        "AWS::CloudFront::CloudFrontOriginAccessIdentity",
        {},
        {
            "id": REF,
            "cloudfront_access_identity_path": "=origin-access-identity/cloudfront/${}",
            "iam_arn": "=arn:${AWS::Partition}:iam::cloudfront:user/CloudFront Origin Access Identity ${}",
        },
        within="CloudFrontOriginAccessIdentityConfig",
    ),
    "aws_cloudfront_response_headers_policy": Form(
        "AWS::CloudFront::ResponseHeadersPolicy", {}, {"id": REF}, within="ResponseHeadersPolicyConfig"
    ),
    "aws_cloudfront_distribution": Form(
        "AWS::CloudFront::Distribution",
        {
            "is_ipv6_enabled": "IPV6Enabled",
            "web_acl_id": "WebACLId",
            "origin": "Origins[]",
            "origin.origin_id": "Id",
            "origin.custom_header": "OriginCustomHeaders[]",
            "origin.custom_header.name": "HeaderName",
            "origin.custom_header.value": "HeaderValue",
            "origin.custom_origin_config.http_port": "HTTPPort",
            "origin.custom_origin_config.https_port": "HTTPSPort",
            "origin.custom_origin_config.origin_ssl_protocols": "OriginSSLProtocols",
            "ordered_cache_behavior": "CacheBehaviors[]",
            "custom_error_response": "CustomErrorResponses[]",
            "custom_error_response.error_caching_min_ttl": "ErrorCachingMinTTL",
            "viewer_certificate.cloudfront_default_certificate": "CloudFrontDefaultCertificate",
            "logging_config": "Logging",
            "tags": "/Tags",
            "retain_on_delete": "",
            "wait_for_deployment": "",
        },
        {
            "id": REF,
            "domain_name": "DomainName",
            "arn": "=arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${}",
            # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-recordset-aliastarget.html
            "hosted_zone_id": "=Z2FDTNDATAQYW2",
        },
        within="DistributionConfig",
    ),
}

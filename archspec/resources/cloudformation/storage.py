"""Buckets, with all that Terraform states of them in resources of their own, in CloudFormation's words."""

from archspec.resources.cloudformation.form import REF, Form

_LIFECYCLE = {
    "rule": "LifecycleConfiguration.Rules[]",
    "rule.filter": "",
    "rule.abort_incomplete_multipart_upload": "AbortIncompleteMultipartUpload",
    "rule.expiration": "",
    "rule.noncurrent_version_expiration": "NoncurrentVersionExpiration",
    "rule.transition": "Transitions[]",
    "rule.transition.days": "TransitionInDays",
    "rule.noncurrent_version_transition": "NoncurrentVersionTransitions[]",
    "rule.noncurrent_version_transition.noncurrent_days": "TransitionInDays",
}

STORAGE: dict[str, Form] = {
    "aws_s3_bucket": Form(
        "AWS::S3::Bucket",
        {"bucket": "BucketName", "force_destroy": ""},
        {
            "id": REF,
            "bucket": REF,
            "arn": "Arn",
            "bucket_domain_name": "DomainName",
            "bucket_regional_domain_name": "RegionalDomainName",
        },
    ),
    "aws_s3_bucket_versioning": Form(
        "AWS::S3::Bucket", {"versioning_configuration": "VersioningConfiguration"}, part_of="bucket"
    ),
    "aws_s3_bucket_public_access_block": Form(
        "AWS::S3::Bucket",
        {
            "block_public_acls": "PublicAccessBlockConfiguration.BlockPublicAcls",
            "block_public_policy": "PublicAccessBlockConfiguration.BlockPublicPolicy",
            "ignore_public_acls": "PublicAccessBlockConfiguration.IgnorePublicAcls",
            "restrict_public_buckets": "PublicAccessBlockConfiguration.RestrictPublicBuckets",
        },
        part_of="bucket",
    ),
    "aws_s3_bucket_server_side_encryption_configuration": Form(
        "AWS::S3::Bucket",
        {
            "rule": "BucketEncryption.ServerSideEncryptionConfiguration[]",
            "rule.apply_server_side_encryption_by_default": "ServerSideEncryptionByDefault",
            "rule.apply_server_side_encryption_by_default.sse_algorithm": "SSEAlgorithm",
            "rule.apply_server_side_encryption_by_default.kms_master_key_id": "KMSMasterKeyID",
        },
        part_of="bucket",
    ),
    "aws_s3_bucket_ownership_controls": Form(
        "AWS::S3::Bucket", {"rule": "OwnershipControls.Rules[]"}, part_of="bucket"
    ),
    "aws_s3_bucket_notification": Form(
        "AWS::S3::Bucket",
        {"eventbridge": "NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled"},
        part_of="bucket",
    ),
    "aws_s3_bucket_logging": Form(
        "AWS::S3::Bucket",
        {
            "target_bucket": "LoggingConfiguration.DestinationBucketName",
            "target_prefix": "LoggingConfiguration.LogFilePrefix",
        },
        part_of="bucket",
    ),
    "aws_s3_bucket_lifecycle_configuration": Form(
        "AWS::S3::Bucket",
        {
            **_LIFECYCLE,
            "rule.expiration.days": "/ExpirationInDays",
            "rule.filter.prefix": "/Prefix",
        },
        part_of="bucket",
    ),
    "aws_s3_bucket_policy": Form("AWS::S3::BucketPolicy", {"policy": "PolicyDocument"}),
    "aws_s3_bucket_replication_configuration": Form(
        "AWS::S3::Bucket",
        {
            "role": "ReplicationConfiguration.Role",
            "rule": "ReplicationConfiguration.Rules[]",
            "rule.destination.encryption_configuration.replica_kms_key_id": "ReplicaKmsKeyID",
            "token": "",
        },
        part_of="bucket",
    ),
}

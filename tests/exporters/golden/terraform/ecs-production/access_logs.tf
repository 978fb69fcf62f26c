# network.load_balancers.alb
# Access logs of alb.
resource "aws_s3_bucket" "derived__bucket__logs" {
  bucket = "ecs-production-${var.account_id}-logs-us-east-1"
  tags = {
    PartOf = "alb"
  }
}

# network.load_balancers.alb
# Access logs of alb.
resource "aws_s3_bucket_ownership_controls" "derived__bucket__logs" {
  bucket = aws_s3_bucket.derived__bucket__logs.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

# network.load_balancers.alb
# Access logs of alb.
resource "aws_s3_bucket_public_access_block" "derived__bucket__logs" {
  bucket                  = aws_s3_bucket.derived__bucket__logs.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# network.load_balancers.alb
# SSE-S3 on purpose: access logs of load balancers cannot be written to a bucket that is encrypted with KMS.
resource "aws_s3_bucket_server_side_encryption_configuration" "derived__bucket__logs" {
  bucket = aws_s3_bucket.derived__bucket__logs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# network.load_balancers.alb
# Access logs of alb.
resource "aws_s3_bucket_versioning" "derived__bucket__logs" {
  bucket = aws_s3_bucket.derived__bucket__logs.id

  versioning_configuration {
    status = "Enabled"
  }
}

# network.load_balancers.alb
# Access logs of alb.
resource "aws_s3_bucket_notification" "derived__bucket__logs" {
  bucket      = aws_s3_bucket.derived__bucket__logs.id
  eventbridge = true
}

# network.load_balancers.alb
# Access logs of alb.
resource "aws_s3_bucket_lifecycle_configuration" "derived__bucket__logs" {
  bucket = aws_s3_bucket.derived__bucket__logs.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = 365
    }

    noncurrent_version_expiration {
      noncurrent_days = 30
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.derived__bucket__logs]
}

# network.load_balancers.alb
# Access logs of alb.
resource "aws_s3_bucket_policy" "derived__bucket__logs" {
  bucket = aws_s3_bucket.derived__bucket__logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyEncryptedTransport"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          aws_s3_bucket.derived__bucket__logs.arn,
          "${aws_s3_bucket.derived__bucket__logs.arn}/*",
        ]
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
      {
        Sid    = "ApplicationLogs"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::127311923021:root"
        }
        Action   = "s3:PutObject"
        Resource = "${aws_s3_bucket.derived__bucket__logs.arn}/AWSLogs/${var.account_id}/*"
      },
    ]
  })
  depends_on = [aws_s3_bucket_public_access_block.derived__bucket__logs]
}

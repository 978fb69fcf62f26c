# compute.services.api
# Logs of api; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "api" {
  name              = "/ecs/ecs-production/api"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "api"
  }
}

# compute.services.notifier
# Logs of notifier; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "notifier" {
  name              = "/ecs/ecs-production/notifier"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "notifier"
  }
}

# compute.services.scheduler
# Logs of scheduler; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "scheduler" {
  name              = "/ecs/ecs-production/scheduler"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "scheduler"
  }
}

# compute.services.worker
# Logs of worker; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "worker" {
  name              = "/ecs/ecs-production/worker"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "worker"
  }
}

# data.databases.rds
# Logs of rds; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "rds__postgresql" {
  name              = "/aws/rds/instance/ecs-production-rds/postgresql"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "rds"
  }
}

# data.databases.rds
# Logs of rds; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "rds__upgrade" {
  name              = "/aws/rds/instance/ecs-production-rds/upgrade"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "rds"
  }
}

# network.vpcs.main
# Logs of main; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "main" {
  name              = "/vpc/ecs-production-main/flow-logs"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "main"
  }
}

# network.vpcs.main
# The flow-logs role of main.
resource "aws_iam_role" "main__flow_logs" {
  name = "ecs-production-main-flow-logs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "vpc-flow-logs.amazonaws.com"
        }
        Action = "sts:AssumeRole"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = var.account_id
          }
        }
      },
    ]
  })
  tags = {
    PartOf = "main"
  }
}

# network.vpcs.main
# derived: what main is stated to work with.
resource "aws_iam_role_policy" "main__flow_logs" {
  name = "flow-logs"
  role = aws_iam_role.main__flow_logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogStream",
          "logs:PutLogEvents",
          "logs:DescribeLogGroups",
          "logs:DescribeLogStreams",
        ]
        Resource = [aws_cloudwatch_log_group.main.arn, "${aws_cloudwatch_log_group.main.arn}:*"]
      },
    ]
  })
}

# network.vpcs.main
# derived: no flow log is stated for main
resource "aws_flow_log" "main" {
  vpc_id          = aws_vpc.main.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.main.arn
  iam_role_arn    = aws_iam_role.main__flow_logs.arn
  tags = {
    PartOf = "main"
    Name   = "ecs-production-main"
  }
}

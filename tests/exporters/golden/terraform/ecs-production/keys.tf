# data.databases.rds
# Encrypts the data of rds, redis.
resource "aws_kms_key" "derived__key__data" {
  description             = "data of ecs-production"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "AccountDecides"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::${var.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
    ]
  })
  tags = {
    PartOf = "rds"
  }
}

# data.databases.rds
# Encrypts the data of rds, redis.
resource "aws_kms_alias" "derived__key__data" {
  name          = "alias/ecs-production/data"
  target_key_id = aws_kms_key.derived__key__data.key_id
}

# network.vpcs.main
# Encrypts the logs of main, api, notifier, scheduler, worker, rds.
resource "aws_kms_key" "derived__key__logs" {
  description             = "logs of ecs-production"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "AccountDecides"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::${var.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
      {
        Sid    = "LogsOfThisAccount"
        Effect = "Allow"
        Principal = {
          Service = "logs.us-east-1.amazonaws.com"
        }
        Action = [
          "kms:Encrypt*",
          "kms:Decrypt*",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:Describe*",
        ]
        Resource = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:us-east-1:${var.account_id}:*"
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
# Encrypts the logs of main, api, notifier, scheduler, worker, rds.
resource "aws_kms_alias" "derived__key__logs" {
  name          = "alias/ecs-production/logs"
  target_key_id = aws_kms_key.derived__key__logs.key_id
}

# delivery.registries.ecr
# Encrypts the registry of ecr.
resource "aws_kms_key" "derived__key__registry" {
  description             = "registry of ecs-production"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "AccountDecides"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::${var.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
    ]
  })
  tags = {
    PartOf = "ecr"
  }
}

# delivery.registries.ecr
# Encrypts the registry of ecr.
resource "aws_kms_alias" "derived__key__registry" {
  name          = "alias/ecs-production/registry"
  target_key_id = aws_kms_key.derived__key__registry.key_id
}

# data.databases.rds
# Encrypts the secrets of rds, secrets-manager.
resource "aws_kms_key" "derived__key__secrets" {
  description             = "secrets of ecs-production"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "AccountDecides"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::${var.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
    ]
  })
  tags = {
    PartOf = "rds"
  }
}

# data.databases.rds
# Encrypts the secrets of rds, secrets-manager.
resource "aws_kms_alias" "derived__key__secrets" {
  name          = "alias/ecs-production/secrets"
  target_key_id = aws_kms_key.derived__key__secrets.key_id
}

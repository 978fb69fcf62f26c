# data.databases.rds
# Encrypts the data of rds, redis.
resource "aws_kms_key" "data" {
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
}

# data.databases.rds
# Encrypts the data of rds, redis.
resource "aws_kms_alias" "data" {
  name          = "alias/ecs-production-data"
  target_key_id = aws_kms_key.data.key_id
}

# network.vpcs.main
# Encrypts the logs of main, api, notifier, scheduler, worker, rds.
resource "aws_kms_key" "logs" {
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
}

# network.vpcs.main
# Encrypts the logs of main, api, notifier, scheduler, worker, rds.
resource "aws_kms_alias" "logs" {
  name          = "alias/ecs-production-logs"
  target_key_id = aws_kms_key.logs.key_id
}

# delivery.registries.ecr
# Encrypts the registry of ecr.
resource "aws_kms_key" "registry" {
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
}

# delivery.registries.ecr
# Encrypts the registry of ecr.
resource "aws_kms_alias" "registry" {
  name          = "alias/ecs-production-registry"
  target_key_id = aws_kms_key.registry.key_id
}

# data.databases.rds
# Encrypts the secrets of rds, secrets-manager.
resource "aws_kms_key" "secrets" {
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
}

# data.databases.rds
# Encrypts the secrets of rds, secrets-manager.
resource "aws_kms_alias" "secrets" {
  name          = "alias/ecs-production-secrets"
  target_key_id = aws_kms_key.secrets.key_id
}

# security.secret_stores.secrets-manager
resource "aws_secretsmanager_secret" "secrets_manager" {
  name                    = "ecs-production/secrets-manager"
  description             = "Secrets of ecs-production"
  kms_key_id              = aws_kms_key.secrets.arn
  recovery_window_in_days = 30
}

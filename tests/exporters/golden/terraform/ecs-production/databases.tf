# data.databases.rds.subnets
resource "aws_db_subnet_group" "rds" {
  name        = "ecs-production-rds"
  description = "rds of ecs-production"
  subnet_ids  = [aws_subnet.data_a.id, aws_subnet.data_b.id]
}

# data.databases.rds
# Connections are encrypted; changes and slow queries are logged.
resource "aws_db_parameter_group" "rds" {
  name        = "ecs-production-rds-postgres17"
  description = "rds of ecs-production"
  family      = "postgres17"

  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }

  parameter {
    name  = "log_statement"
    value = "ddl"
  }

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# data.databases.rds
# The monitoring role of rds.
resource "aws_iam_role" "rds__monitoring" {
  name = "ecs-production-rds-monitoring"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "monitoring.rds.amazonaws.com"
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
    PartOf = "rds"
  }
}

# data.databases.rds
resource "aws_iam_role_policy_attachment" "rds__monitoring" {
  role       = aws_iam_role.rds__monitoring.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

# data.databases.rds
# derived: no engine version is stated, so it is 17
# derived: no storage is stated, so it is 20 GiB
resource "aws_db_instance" "rds" {
  identifier                          = "ecs-production-rds"
  engine                              = "postgres"
  engine_version                      = "17"
  instance_class                      = "db.t3.medium"
  allocated_storage                   = 20
  storage_type                        = "gp3"
  username                            = "dbadmin"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.derived__key__secrets.arn
  iam_database_authentication_enabled = true
  parameter_group_name                = aws_db_parameter_group.rds.name
  auto_minor_version_upgrade          = true
  multi_az                            = true
  db_subnet_group_name                = aws_db_subnet_group.rds.name
  vpc_security_group_ids              = [aws_security_group.rds_sg.id]
  port                                = 5432
  publicly_accessible                 = false
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.derived__key__data.arn
  backup_retention_period             = 30
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "ecs-production-rds-final"
  copy_tags_to_snapshot               = true
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  monitoring_interval                 = 60
  monitoring_role_arn                 = aws_iam_role.rds__monitoring.arn
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.derived__key__data.arn
  tags = {
    Element = "rds"
  }
  depends_on = [
    aws_cloudwatch_log_group.rds__postgresql,
    aws_cloudwatch_log_group.rds__upgrade,
    aws_iam_role_policy_attachment.rds__monitoring,
  ]
}

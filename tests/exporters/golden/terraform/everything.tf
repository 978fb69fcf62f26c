# access_logs.tf

# network.load_balancers.front
# Access logs of front, inside.
resource "aws_s3_bucket" "derived__bucket__logs" {
  bucket = "arch-3-everything-with-a-308872-${var.account_id}-logs-us-gov-west-1"
  tags = {
    PartOf = "front"
  }
}

# network.load_balancers.front
# Access logs of front, inside.
resource "aws_s3_bucket_ownership_controls" "derived__bucket__logs" {
  bucket = aws_s3_bucket.derived__bucket__logs.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

# network.load_balancers.front
# Access logs of front, inside.
resource "aws_s3_bucket_public_access_block" "derived__bucket__logs" {
  bucket                  = aws_s3_bucket.derived__bucket__logs.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# network.load_balancers.front
# SSE-S3 on purpose: access logs of load balancers cannot be written to a bucket that is encrypted with KMS.
resource "aws_s3_bucket_server_side_encryption_configuration" "derived__bucket__logs" {
  bucket = aws_s3_bucket.derived__bucket__logs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# network.load_balancers.front
# Access logs of front, inside.
resource "aws_s3_bucket_versioning" "derived__bucket__logs" {
  bucket = aws_s3_bucket.derived__bucket__logs.id

  versioning_configuration {
    status = "Enabled"
  }
}

# network.load_balancers.front
# Access logs of front, inside.
resource "aws_s3_bucket_notification" "derived__bucket__logs" {
  bucket      = aws_s3_bucket.derived__bucket__logs.id
  eventbridge = true
}

# network.load_balancers.front
# Access logs of front, inside.
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

# network.load_balancers.front
# Access logs of front, inside.
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
          AWS = "arn:aws-us-gov:iam::048591011584:root"
        }
        Action   = "s3:PutObject"
        Resource = "${aws_s3_bucket.derived__bucket__logs.arn}/AWSLogs/${var.account_id}/*"
      },
      {
        Sid    = "NetworkLogs"
        Effect = "Allow"
        Principal = {
          Service = "delivery.logs.amazonaws.com"
        }
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = var.account_id
          }
        }
        Action   = "s3:PutObject"
        Resource = "${aws_s3_bucket.derived__bucket__logs.arn}/AWSLogs/${var.account_id}/*"
      },
      {
        Sid    = "NetworkLogsCheck"
        Effect = "Allow"
        Principal = {
          Service = "delivery.logs.amazonaws.com"
        }
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = var.account_id
          }
        }
        Action   = "s3:GetBucketAcl"
        Resource = aws_s3_bucket.derived__bucket__logs.arn
      },
    ]
  })
  depends_on = [aws_s3_bucket_public_access_block.derived__bucket__logs]
}

# caches.tf

# data.caches.pair.subnets
resource "aws_elasticache_subnet_group" "pair" {
  name        = "arch-3-everything-with-a-long-name-pair"
  description = "pair of 3-everything-with-a-long-name"
  subnet_ids  = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

# data.caches.pair
# derived: no engine version is stated, so it is 8.0
resource "aws_elasticache_replication_group" "pair" {
  replication_group_id       = "arch-3-everything-with-a-long-name-pair"
  description                = "pair of 3-everything-with-a-long-name"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = var.class_pair
  port                       = 6379
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  subnet_group_name          = aws_elasticache_subnet_group.pair.name
  security_group_ids         = [aws_security_group.app_sg.id]
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.derived__key__data.arn
  transit_encryption_enabled = true
  auth_token                 = var.auth_token_pair
  auto_minor_version_upgrade = true
  tags = {
    Element = "pair"
  }
}

# data.caches.plain.subnets
resource "aws_elasticache_subnet_group" "plain" {
  name        = "arch-3-everything-with-a-long-name-plain"
  description = "plain of 3-everything-with-a-long-name"
  subnet_ids  = [aws_subnet.private_a.id]
}

# data.caches.plain
# derived: no engine version is stated, so it is 1.6.22
resource "aws_elasticache_cluster" "plain" {
  cluster_id                 = "arch-3-everything-with-a-long-name-plain"
  engine                     = "memcached"
  engine_version             = "1.6.22"
  node_type                  = var.class_plain
  port                       = 11211
  num_cache_nodes            = 1
  az_mode                    = "single-az"
  subnet_group_name          = aws_elasticache_subnet_group.plain.name
  security_group_ids         = [aws_security_group.app_sg.id]
  transit_encryption_enabled = true
  auto_minor_version_upgrade = true
  tags = {
    Element = "plain"
  }
}

# data.caches.trio.subnets
resource "aws_elasticache_subnet_group" "trio" {
  name        = "arch-3-everything-with-a-long-name-trio"
  description = "trio of 3-everything-with-a-long-name"
  subnet_ids  = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

# data.caches.trio
resource "aws_elasticache_replication_group" "trio" {
  replication_group_id        = "arch-3-everything-with-a-long-name-trio"
  description                 = "trio of 3-everything-with-a-long-name"
  engine                      = "redis"
  engine_version              = "7.0"
  node_type                   = "cache.m7g.large"
  port                        = 6379
  num_cache_clusters          = 2
  preferred_cache_cluster_azs = ["us-gov-west-1a", "us-gov-west-1b"]
  automatic_failover_enabled  = true
  multi_az_enabled            = true
  subnet_group_name           = aws_elasticache_subnet_group.trio.name
  security_group_ids          = [aws_security_group.app_sg.id]
  at_rest_encryption_enabled  = true
  kms_key_id                  = aws_kms_key.derived__key__data.arn
  transit_encryption_enabled  = true
  auth_token                  = var.auth_token_trio
  auto_minor_version_upgrade  = true
  tags = {
    Element = "trio"
  }
}

# certificates.tf

# security.certificates.elsewhere.domain
resource "aws_acm_certificate" "elsewhere" {
  provider          = aws.us_gov_east_1
  domain_name       = "example.com"
  validation_method = "DNS"
  tags = {
    Element = "elsewhere"
    Name    = "arch-3-everything-with-a-long-name-elsewhere"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# security.certificates.elsewhere.domain
# Waits until someone adds the validation records to the DNS zone of example.com.
resource "aws_acm_certificate_validation" "elsewhere" {
  provider        = aws.us_gov_east_1
  certificate_arn = aws_acm_certificate.elsewhere.arn
}

# security.certificates.made.domain
resource "aws_acm_certificate" "made" {
  domain_name       = "example.com"
  validation_method = "DNS"
  tags = {
    Element = "made"
    Name    = "arch-3-everything-with-a-long-name-made"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# security.certificates.made.domain
# Waits until someone adds the validation records to the DNS zone of example.com.
resource "aws_acm_certificate_validation" "made" {
  certificate_arn = aws_acm_certificate.made.arn
}

# compute.tf

# compute.clusters.main-cluster
resource "aws_ecs_cluster" "main_cluster" {
  name = "arch-3-everything-with-a-long-name-main-cluster"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }

  tags = {
    Element = "main-cluster"
  }
}

# compute.services.batch
# derived: no cluster is stated for batch, queue
resource "aws_ecs_cluster" "services__cluster" {
  name = "arch-3-everything-with-a-long-name-services"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }

  tags = {
    PartOf = "batch"
  }
}

# compute.services.batch
# The execution role of batch.
resource "aws_iam_role" "batch__execution" {
  name = "arch-3-everything-with-a-long-name-batch-execution"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
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
    PartOf = "batch"
  }
}

# compute.services.batch
resource "aws_iam_role_policy_attachment" "batch__execution" {
  role       = aws_iam_role.batch__execution.name
  policy_arn = "arn:aws-us-gov:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

# compute.services.batch
# The task role of batch.
resource "aws_iam_role" "batch__task" {
  name = "arch-3-everything-with-a-long-name-batch-task"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
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
    PartOf = "batch"
  }
}

# compute.services.batch
# derived: no cpu and no memory is stated, so it gets the least there is
resource "aws_ecs_task_definition" "batch" {
  family                   = "arch-3-everything-with-a-long-name-batch"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.batch__execution.arn
  task_role_arn            = aws_iam_role.batch__task.arn
  container_definitions = jsonencode([
    {
      name                   = "batch"
      image                  = "${aws_ecr_repository.batch.repository_url}:${var.image_tag_batch}"
      essential              = true
      readonlyRootFilesystem = true
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.batch.name
          "awslogs-region"        = "us-gov-west-1"
          "awslogs-stream-prefix" = "batch"
        }
      }
    },
  ])
}

# compute.services.batch
resource "aws_ecs_service" "batch" {
  name                    = "arch-3-everything-with-a-long-name-batch"
  cluster                 = aws_ecs_cluster.services__cluster.id
  task_definition         = aws_ecs_task_definition.batch.arn
  desired_count           = 1
  launch_type             = "FARGATE"
  enable_ecs_managed_tags = true
  propagate_tags          = "SERVICE"

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [aws_subnet.private_b.id]
    security_groups  = [aws_security_group.app_sg.id]
    assign_public_ip = false
  }

  tags = {
    Element = "batch"
  }
  depends_on = [aws_iam_role_policy_attachment.batch__execution]
}

# compute.services.queue
# The execution role of queue.
resource "aws_iam_role" "queue__execution" {
  name = "arch-3-everything-with-a-long-name-queue-execution"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
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
    PartOf = "queue"
  }
}

# compute.services.queue
resource "aws_iam_role_policy_attachment" "queue__execution" {
  role       = aws_iam_role.queue__execution.name
  policy_arn = "arn:aws-us-gov:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

# compute.services.queue
# The task role of queue.
resource "aws_iam_role" "queue__task" {
  name = "arch-3-everything-with-a-long-name-queue-task"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
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
    PartOf = "queue"
  }
}

# compute.services.queue
# derived: no memory is stated, so it gets the least there is
resource "aws_ecs_task_definition" "queue" {
  family                   = "arch-3-everything-with-a-long-name-queue"
  requires_compatibilities = ["EC2"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.queue__execution.arn
  task_role_arn            = aws_iam_role.queue__task.arn
  container_definitions = jsonencode([
    {
      name                   = "queue"
      image                  = "${aws_ecr_repository.queue.repository_url}:${var.image_tag_queue}"
      essential              = true
      readonlyRootFilesystem = true
      portMappings = [
        {
          containerPort = 9000
          hostPort      = 9000
          protocol      = "tcp"
        },
        {
          containerPort = 9100
          hostPort      = 9100
          protocol      = "tcp"
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.queue.name
          "awslogs-region"        = "us-gov-west-1"
          "awslogs-stream-prefix" = "queue"
        }
      }
    },
  ])
}

# compute.services.queue
resource "aws_ecs_service" "queue" {
  name                              = "arch-3-everything-with-a-long-name-queue"
  cluster                           = aws_ecs_cluster.services__cluster.id
  task_definition                   = aws_ecs_task_definition.queue.arn
  desired_count                     = 1
  launch_type                       = "EC2"
  enable_ecs_managed_tags           = true
  propagate_tags                    = "SERVICE"
  health_check_grace_period_seconds = 60

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets         = [aws_subnet.private_a.id]
    security_groups = [aws_security_group.app_sg.id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.idle_tg.arn
    container_name   = "queue"
    container_port   = 9100
  }

  tags = {
    Element = "queue"
  }
  depends_on = [
    aws_lb_listener.inside__9000,
    aws_lb_listener.inside__9001,
    aws_iam_role_policy_attachment.queue__execution,
  ]
}

# compute.services.web
# The execution role of web.
resource "aws_iam_role" "web__execution" {
  name = "arch-3-everything-with-a-long-name-web-execution"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
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
    PartOf = "web"
  }
}

# compute.services.web
resource "aws_iam_role_policy_attachment" "web__execution" {
  role       = aws_iam_role.web__execution.name
  policy_arn = "arn:aws-us-gov:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

# compute.services.web
# The task role of web.
resource "aws_iam_role" "web__task" {
  name = "arch-3-everything-with-a-long-name-web-task"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
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
    PartOf = "web"
  }
}

# compute.services.web
# derived: no cpu and no memory is stated, so it gets the least there is
resource "aws_ecs_task_definition" "web" {
  family                   = "arch-3-everything-with-a-long-name-web"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.web__execution.arn
  task_role_arn            = aws_iam_role.web__task.arn
  container_definitions = jsonencode([
    {
      name                   = "web"
      image                  = "registry.example.com/web:1"
      essential              = true
      readonlyRootFilesystem = true
      portMappings = [
        {
          containerPort = 8080
          hostPort      = 8080
          protocol      = "tcp"
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.web.name
          "awslogs-region"        = "us-gov-west-1"
          "awslogs-stream-prefix" = "web"
        }
      }
    },
  ])
}

# compute.services.web
resource "aws_ecs_service" "web" {
  name                              = "arch-3-everything-with-a-long-name-web"
  cluster                           = aws_ecs_cluster.main_cluster.id
  task_definition                   = aws_ecs_task_definition.web.arn
  desired_count                     = 1
  launch_type                       = "FARGATE"
  enable_ecs_managed_tags           = true
  propagate_tags                    = "SERVICE"
  health_check_grace_period_seconds = 60

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [aws_subnet.private_a.id]
    security_groups  = [aws_security_group.app_sg.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.web_tg.arn
    container_name   = "web"
    container_port   = 8080
  }

  tags = {
    Element = "web"
  }
  depends_on = [
    aws_lb_listener.front__443,
    aws_lb_listener.front__8443,
    aws_lb_listener_rule.front__443__web_tg,
    aws_lb_listener_rule.front__443__web_tg__2,
    aws_iam_role_policy_attachment.web__execution,
  ]
}

# databases.tf

# data.databases.big-db.subnets
resource "aws_db_subnet_group" "big_db" {
  name        = "arch-3-everything-with-a-long-name-big-db"
  description = "big-db of 3-everything-with-a-long-name"
  subnet_ids  = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

# data.databases.big-db
# Connections are encrypted; changes and slow queries are logged.
resource "aws_rds_cluster_parameter_group" "big_db" {
  name        = "arch-3-everything-with-a-long-name-big-db-aurora-postgresql16"
  description = "big-db of 3-everything-with-a-long-name"
  family      = "aurora-postgresql16"

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

# data.databases.big-db
# The monitoring role of big-db.
resource "aws_iam_role" "big_db__monitoring" {
  name = "arch-3-everything-with-a-long-name-big-db-monitoring"
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
    PartOf = "big-db"
  }
}

# data.databases.big-db
resource "aws_iam_role_policy_attachment" "big_db__monitoring" {
  role       = aws_iam_role.big_db__monitoring.name
  policy_arn = "arn:aws-us-gov:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

# data.databases.big-db
# derived: no engine version is stated, so it is 16
# derived: no retention of backups is stated, so it is 7 days
resource "aws_rds_cluster" "big_db" {
  cluster_identifier                  = "arch-3-everything-with-a-long-name-big-db"
  engine                              = "aurora-postgresql"
  engine_version                      = "16"
  master_username                     = "dbadmin"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.derived__key__secrets.arn
  iam_database_authentication_enabled = true
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.big_db.name
  db_subnet_group_name                = aws_db_subnet_group.big_db.name
  vpc_security_group_ids              = [aws_security_group.app_sg.id]
  port                                = 5432
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.derived__key__data.arn
  backup_retention_period             = 7
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "arch-3-everything-with-a-long-name-big-db-final"
  copy_tags_to_snapshot               = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
  tags = {
    Element = "big-db"
  }
  depends_on = [aws_cloudwatch_log_group.big_db__postgresql]
}

# data.databases.big-db
# The writer of big-db.
resource "aws_rds_cluster_instance" "big_db__1" {
  identifier                      = "arch-3-everything-with-a-long-name-big-db-1"
  cluster_identifier              = aws_rds_cluster.big_db.id
  engine                          = aws_rds_cluster.big_db.engine
  engine_version                  = aws_rds_cluster.big_db.engine_version
  instance_class                  = var.class_big_db
  promotion_tier                  = 0
  publicly_accessible             = false
  auto_minor_version_upgrade      = true
  copy_tags_to_snapshot           = true
  monitoring_interval             = 60
  monitoring_role_arn             = aws_iam_role.big_db__monitoring.arn
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.derived__key__data.arn
  depends_on                      = [aws_iam_role_policy_attachment.big_db__monitoring]
}

# data.databases.main-db.subnets
resource "aws_db_subnet_group" "main_db" {
  name        = "arch-3-everything-with-a-long-name-main-db"
  description = "main-db of 3-everything-with-a-long-name"
  subnet_ids  = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

# data.databases.main-db
# Connections are encrypted; changes and slow queries are logged.
resource "aws_db_parameter_group" "main_db" {
  name        = "arch-3-everything-with-a-long-name-main-db-mysql8-0"
  description = "main-db of 3-everything-with-a-long-name"
  family      = "mysql8.0"

  parameter {
    name  = "log_output"
    value = "FILE"
  }

  parameter {
    name  = "long_query_time"
    value = "1"
  }

  parameter {
    name  = "require_secure_transport"
    value = "1"
  }

  parameter {
    name  = "slow_query_log"
    value = "1"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# data.databases.main-db
# The monitoring role of main-db.
resource "aws_iam_role" "main_db__monitoring" {
  name = "arch-3-everything-with-a-long-name-main-db-monitoring"
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
    PartOf = "main-db"
  }
}

# data.databases.main-db
resource "aws_iam_role_policy_attachment" "main_db__monitoring" {
  role       = aws_iam_role.main_db__monitoring.name
  policy_arn = "arn:aws-us-gov:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

# data.databases.main-db
# Not exported: Performance Insights, which AWS does not offer for db.t3.micro.
resource "aws_db_instance" "main_db" {
  identifier                          = "arch-3-everything-with-a-long-name-main-db"
  engine                              = "mysql"
  engine_version                      = "8.0.42"
  instance_class                      = "db.t3.micro"
  allocated_storage                   = 200
  storage_type                        = "gp3"
  username                            = "dbadmin"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.derived__key__secrets.arn
  iam_database_authentication_enabled = true
  parameter_group_name                = aws_db_parameter_group.main_db.name
  auto_minor_version_upgrade          = true
  multi_az                            = false
  availability_zone                   = "us-gov-west-1b"
  db_subnet_group_name                = aws_db_subnet_group.main_db.name
  vpc_security_group_ids              = [aws_security_group.app_sg.id]
  port                                = 3306
  publicly_accessible                 = false
  storage_encrypted                   = false
  backup_retention_period             = 2
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "arch-3-everything-with-a-long-name-main-db-final"
  copy_tags_to_snapshot               = true
  enabled_cloudwatch_logs_exports     = ["error", "slowquery"]
  monitoring_interval                 = 60
  monitoring_role_arn                 = aws_iam_role.main_db__monitoring.arn
  performance_insights_enabled        = false
  tags = {
    Element = "main-db"
  }
  depends_on = [
    aws_cloudwatch_log_group.main_db__error,
    aws_cloudwatch_log_group.main_db__slowquery,
    aws_iam_role_policy_attachment.main_db__monitoring,
  ]
}

# data.databases.side-db.subnets
resource "aws_db_subnet_group" "side_db" {
  name        = "arch-3-everything-with-a-long-name-side-db"
  description = "side-db of 3-everything-with-a-long-name"
  subnet_ids  = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

# data.databases.side-db
# Connections are encrypted; changes and slow queries are logged.
resource "aws_db_parameter_group" "side_db" {
  name        = "arch-3-everything-with-a-long-name-side-db-mariadb11-4"
  description = "side-db of 3-everything-with-a-long-name"
  family      = "mariadb11.4"

  parameter {
    name  = "log_output"
    value = "FILE"
  }

  parameter {
    name  = "long_query_time"
    value = "1"
  }

  parameter {
    name  = "require_secure_transport"
    value = "1"
  }

  parameter {
    name  = "slow_query_log"
    value = "1"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# data.databases.side-db
# The monitoring role of side-db.
resource "aws_iam_role" "side_db__monitoring" {
  name = "arch-3-everything-with-a-long-name-side-db-monitoring"
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
    PartOf = "side-db"
  }
}

# data.databases.side-db
resource "aws_iam_role_policy_attachment" "side_db__monitoring" {
  role       = aws_iam_role.side_db__monitoring.name
  policy_arn = "arn:aws-us-gov:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

# data.databases.side-db
# derived: no engine version is stated, so it is 11.4
# derived: no retention of backups is stated, so it is 7 days
# derived: no storage is stated, so it is 20 GiB
resource "aws_db_instance" "side_db" {
  identifier                          = "arch-3-everything-with-a-long-name-side-db"
  engine                              = "mariadb"
  engine_version                      = "11.4"
  instance_class                      = var.class_side_db
  allocated_storage                   = 20
  storage_type                        = "gp3"
  username                            = "dbadmin"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.derived__key__secrets.arn
  iam_database_authentication_enabled = true
  parameter_group_name                = aws_db_parameter_group.side_db.name
  auto_minor_version_upgrade          = true
  multi_az                            = false
  db_subnet_group_name                = aws_db_subnet_group.side_db.name
  vpc_security_group_ids              = [aws_security_group.app_sg.id]
  port                                = 3306
  publicly_accessible                 = true
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.derived__key__data.arn
  backup_retention_period             = 7
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "arch-3-everything-with-a-long-name-side-db-final"
  copy_tags_to_snapshot               = true
  enabled_cloudwatch_logs_exports     = ["error", "slowquery"]
  monitoring_interval                 = 60
  monitoring_role_arn                 = aws_iam_role.side_db__monitoring.arn
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.derived__key__data.arn
  tags = {
    Element = "side-db"
  }
  depends_on = [
    aws_cloudwatch_log_group.side_db__error,
    aws_cloudwatch_log_group.side_db__slowquery,
    aws_iam_role_policy_attachment.side_db__monitoring,
  ]
}

# delivery.tf

# delivery.registries.images
# derived: images is stated, and batch names no image
resource "aws_ecr_repository" "batch" {
  name                 = "3-everything-with-a-long-name/batch"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.derived__key__registry.arn
  }

  tags = {
    Element = "images"
  }
}

# delivery.registries.images
# derived: images is stated, and queue names no image
resource "aws_ecr_repository" "queue" {
  name                 = "3-everything-with-a-long-name/queue"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.derived__key__registry.arn
  }

  tags = {
    Element = "images"
  }
}

# delivery.registries.more-images
resource "aws_ecr_repository" "more_images" {
  name                 = "3-everything-with-a-long-name/more-images"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.derived__key__registry.arn
  }

  tags = {
    Element = "more-images"
  }
}

# keys.tf

# data.databases.big-db
# Encrypts the data of big-db, side-db, pair, plain, trio.
resource "aws_kms_key" "derived__key__data" {
  description             = "data of 3-everything-with-a-long-name"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "AccountDecides"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws-us-gov:iam::${var.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
    ]
  })
  tags = {
    PartOf = "big-db"
  }
}

# data.databases.big-db
# Encrypts the data of big-db, side-db, pair, plain, trio.
resource "aws_kms_alias" "derived__key__data" {
  name          = "alias/3-everything-with-a-long-name/data"
  target_key_id = aws_kms_key.derived__key__data.key_id
}

# network.vpcs.main
# Encrypts the logs of main, batch, queue, web, big-db, main-db, side-db.
resource "aws_kms_key" "derived__key__logs" {
  description             = "logs of 3-everything-with-a-long-name"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "AccountDecides"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws-us-gov:iam::${var.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
      {
        Sid    = "LogsOfThisAccount"
        Effect = "Allow"
        Principal = {
          Service = "logs.us-gov-west-1.amazonaws.com"
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
            "kms:EncryptionContext:aws:logs:arn" = "arn:aws-us-gov:logs:us-gov-west-1:${var.account_id}:*"
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
# Encrypts the logs of main, batch, queue, web, big-db, main-db, side-db.
resource "aws_kms_alias" "derived__key__logs" {
  name          = "alias/3-everything-with-a-long-name/logs"
  target_key_id = aws_kms_key.derived__key__logs.key_id
}

# delivery.registries.images
# Encrypts the registry of images, more-images.
resource "aws_kms_key" "derived__key__registry" {
  description             = "registry of 3-everything-with-a-long-name"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "AccountDecides"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws-us-gov:iam::${var.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
    ]
  })
  tags = {
    PartOf = "images"
  }
}

# delivery.registries.images
# Encrypts the registry of images, more-images.
resource "aws_kms_alias" "derived__key__registry" {
  name          = "alias/3-everything-with-a-long-name/registry"
  target_key_id = aws_kms_key.derived__key__registry.key_id
}

# data.databases.big-db
# Encrypts the secrets of big-db, main-db, side-db, vault.
resource "aws_kms_key" "derived__key__secrets" {
  description             = "secrets of 3-everything-with-a-long-name"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "AccountDecides"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws-us-gov:iam::${var.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
    ]
  })
  tags = {
    PartOf = "big-db"
  }
}

# data.databases.big-db
# Encrypts the secrets of big-db, main-db, side-db, vault.
resource "aws_kms_alias" "derived__key__secrets" {
  name          = "alias/3-everything-with-a-long-name/secrets"
  target_key_id = aws_kms_key.derived__key__secrets.key_id
}

# load_balancing.tf

# network.load_balancers.front
resource "aws_lb" "front" {
  name                       = "arch-3-everything-with-a-e3fa6d"
  load_balancer_type         = "application"
  internal                   = false
  subnets                    = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  security_groups            = [aws_security_group.edge_sg.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true

  access_logs {
    bucket  = aws_s3_bucket.derived__bucket__logs.id
    enabled = true
  }

  tags = {
    Element = "front"
    Name    = "arch-3-everything-with-a-e3fa6d"
  }
  depends_on = [aws_s3_bucket_policy.derived__bucket__logs]
}

# network.load_balancers.front.listeners.0
resource "aws_lb_listener" "front__443" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate_validation.made.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web_tg.arn
  }
}

# network.load_balancers.front.listeners.0.rules.0
resource "aws_lb_listener_rule" "front__443__web_tg" {
  listener_arn = aws_lb_listener.front__443.arn
  priority     = 10

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web_tg.arn
  }

  condition {
    path_pattern {
      values = ["/a/*"]
    }
  }
}

# network.load_balancers.front.listeners.0.rules.1
resource "aws_lb_listener_rule" "front__443__web_tg__2" {
  listener_arn = aws_lb_listener.front__443.arn
  priority     = 20

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web_tg.arn
  }

  condition {
    path_pattern {
      values = ["/b/*"]
    }
  }
}

# network.load_balancers.front.listeners.2
# derived: web is the first service behind front, and no target is stated
resource "aws_lb_listener" "front__8443" {
  load_balancer_arn = aws_lb.front.arn
  port              = 8443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn__front__8443

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web_tg.arn
  }
}

# network.load_balancers.front.listeners.3
resource "aws_lb_listener" "front__8444" {
  load_balancer_arn = aws_lb.front.arn
  port              = 8444
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate_validation.elsewhere.certificate_arn

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "not found"
      status_code  = "404"
    }
  }
}

# network.load_balancers.front.listeners.4
resource "aws_lb_listener" "front__80" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

# network.load_balancers.inside
resource "aws_lb" "inside" {
  name                             = "arch-3-everything-with-a-a9c9a9"
  load_balancer_type               = "network"
  internal                         = true
  subnets                          = [aws_subnet.private_a.id]
  enable_cross_zone_load_balancing = true
  enable_deletion_protection       = true

  access_logs {
    bucket  = aws_s3_bucket.derived__bucket__logs.id
    enabled = true
  }

  tags = {
    Element = "inside"
    Name    = "arch-3-everything-with-a-a9c9a9"
  }
  depends_on = [aws_s3_bucket_policy.derived__bucket__logs]
}

# network.load_balancers.inside.listeners.0
resource "aws_lb_listener" "inside__9000" {
  load_balancer_arn = aws_lb.inside.arn
  port              = 9000
  protocol          = "TLS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate_validation.made.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.idle_tg.arn
  }
}

# network.load_balancers.inside.listeners.1
# derived: queue is the first service behind inside, and no target is stated
resource "aws_lb_listener" "inside__9001" {
  load_balancer_arn = aws_lb.inside.arn
  port              = 9001
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.idle_tg.arn
  }
}

# main.tf

# Terraform for 3-everything-with-a-long-name, written by archspec. Change the spec, not these files.
#
# Not exported:
# - compute.services.batch.load_balancer: a load balancer needs the service's port
# - compute.services.gone: is removed
# - compute.services.queue.launch: the EC2 instances that it runs on are not stated
# - compute.services.web.security_groups: future-sg is not exported
# - data.caches.trio.instances.2: is planned
# - data.databases.main-db.backups.cross_region: `recovery.region` names no other Region that copies would go to
# - network.load_balancers.front.listeners.0: gone is not exported
# - network.load_balancers.front.listeners.0.rules.2: gone is not exported
# - network.load_balancers.front.listeners.1: another listener has its port
# - network.load_balancers.front.listeners.3: gone is not exported
# - network.load_balancers.inside.subnets: future-a is not exported
# - network.load_balancers.nowhere: none of its subnets is exported
# - network.nat_gateways.nat-b: its subnet future-a is not exported
# - network.route_tables.future-private-us-gov-west-1a-rt: its VPC future is not exported
# - network.route_tables.private-rt.routes.0: nat-b is not exported
# - network.route_tables.private-rt.subnets: future-a is not exported
# - network.security_groups.edge-sg.ingress.2: network.security_groups.edge-sg.ingress.1 comes first and leaves no room for it
# - network.security_groups.edge-sg.ingress.4: future-sg is not exported
# - network.security_groups.future-sg: is planned
# - network.subnets.future-a: its VPC future is not exported
# - network.vpcs.future: is planned
# - network.vpcs.main.secondary_cidrs.1: Amazon chooses which IPv6 addresses a VPC gets
# - network.vpcs.sixth: only IPv4 ranges are exported

provider "aws" {
  region                      = "us-gov-west-1"
  skip_credentials_validation = var.offline_plan
  skip_metadata_api_check     = var.offline_plan
  skip_requesting_account_id  = var.offline_plan

  default_tags {
    tags = {
      Architecture = "3-everything-with-a-long-name"
      ManagedBy    = "archspec"
      Stage        = "production"
    }
  }
}

provider "aws" {
  alias                       = "us_gov_east_1"
  region                      = "us-gov-east-1"
  skip_credentials_validation = var.offline_plan
  skip_metadata_api_check     = var.offline_plan
  skip_requesting_account_id  = var.offline_plan

  default_tags {
    tags = {
      Architecture = "3-everything-with-a-long-name"
      ManagedBy    = "archspec"
      Stage        = "production"
    }
  }
}

# network.tf

# network.vpcs.main.cidr
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags = {
    Element = "main"
    Name    = "arch-3-everything-with-a-long-name-main"
  }
}

# network.vpcs.main.secondary_cidrs.0
resource "aws_vpc_ipv4_cidr_block_association" "main__10_1_0_0__16" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.1.0.0/16"
}

# network.vpcs.main
# Has no rules: what is put into no security group of its own reaches nothing.
resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
  tags = {
    Name = "arch-3-everything-with-a-long-name-main-closed"
  }
}

# network.subnets.private-a
resource "aws_subnet" "private_a" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.2.0/24"
  availability_zone       = "us-gov-west-1a"
  map_public_ip_on_launch = false
  tags = {
    Element = "private-a"
    Name    = "arch-3-everything-with-a-long-name-private-a"
    Tier    = "private"
  }
}

# network.subnets.private-b
resource "aws_subnet" "private_b" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.3.0/24"
  availability_zone       = "us-gov-west-1b"
  map_public_ip_on_launch = false
  tags = {
    Element = "private-b"
    Name    = "arch-3-everything-with-a-long-name-private-b"
    Tier    = "private"
  }
}

# network.subnets.public-a
resource "aws_subnet" "public_a" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.1.0/24"
  availability_zone       = "us-gov-west-1a"
  map_public_ip_on_launch = false
  tags = {
    Element = "public-a"
    Name    = "arch-3-everything-with-a-long-name-public-a"
    Tier    = "public"
  }
}

# network.subnets.public-b
resource "aws_subnet" "public_b" {
  vpc_id                  = aws_vpc_ipv4_cidr_block_association.main__10_1_0_0__16.vpc_id
  cidr_block              = "10.1.1.0/24"
  availability_zone       = "us-gov-west-1b"
  map_public_ip_on_launch = false
  tags = {
    Element = "public-b"
    Name    = "arch-3-everything-with-a-long-name-public-b"
    Tier    = "public"
  }
}

# network.internet_gateways.igw
resource "aws_internet_gateway" "igw" {
  vpc_id = aws_vpc.main.id
  tags = {
    Element = "igw"
    Name    = "arch-3-everything-with-a-long-name-igw"
  }
}

# network.nat_gateways.nat-a
resource "aws_eip" "nat_a" {
  domain = "vpc"
  tags = {
    PartOf = "nat-a"
    Name   = "arch-3-everything-with-a-long-name-nat-a"
  }
  depends_on = [aws_internet_gateway.igw]
}

# network.nat_gateways.nat-a
resource "aws_nat_gateway" "nat_a" {
  allocation_id = aws_eip.nat_a.id
  subnet_id     = aws_subnet.public_a.id
  tags = {
    Element = "nat-a"
    Name    = "arch-3-everything-with-a-long-name-nat-a"
  }
  depends_on = [aws_internet_gateway.igw]
}

# observability.tf

# compute.services.batch
# Logs of batch; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "batch" {
  name              = "/ecs/3-everything-with-a-long-name/batch"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "batch"
  }
}

# compute.services.queue
# Logs of queue; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "queue" {
  name              = "/ecs/3-everything-with-a-long-name/queue"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "queue"
  }
}

# compute.services.web
# Logs of web; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "web" {
  name              = "/ecs/3-everything-with-a-long-name/web"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "web"
  }
}

# data.databases.big-db
# Logs of big-db; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "big_db__postgresql" {
  name              = "/aws/rds/cluster/arch-3-everything-with-a-long-name-big-db/postgresql"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "big-db"
  }
}

# data.databases.main-db
# Logs of main-db; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "main_db__error" {
  name              = "/aws/rds/instance/arch-3-everything-with-a-long-name-main-db/error"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "main-db"
  }
}

# data.databases.main-db
# Logs of main-db; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "main_db__slowquery" {
  name              = "/aws/rds/instance/arch-3-everything-with-a-long-name-main-db/slowquery"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "main-db"
  }
}

# data.databases.side-db
# Logs of side-db; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "side_db__error" {
  name              = "/aws/rds/instance/arch-3-everything-with-a-long-name-side-db/error"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "side-db"
  }
}

# data.databases.side-db
# Logs of side-db; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "side_db__slowquery" {
  name              = "/aws/rds/instance/arch-3-everything-with-a-long-name-side-db/slowquery"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "side-db"
  }
}

# network.vpcs.main
# Logs of main; no retention is stated, so they stay a year.
resource "aws_cloudwatch_log_group" "main" {
  name              = "/vpc/arch-3-everything-with-a-long-name-main/flow-logs"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.derived__key__logs.arn
  tags = {
    PartOf = "main"
  }
}

# network.vpcs.main
# The flow-logs role of main.
resource "aws_iam_role" "main__flow_logs" {
  name = "arch-3-everything-with-a-long-name-main-flow-logs"
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
    Name   = "arch-3-everything-with-a-long-name-main"
  }
}

# routing.tf

# network.route_tables.private-rt
resource "aws_route_table" "private_rt" {
  vpc_id = aws_vpc.main.id
  tags = {
    Element = "private-rt"
    Name    = "arch-3-everything-with-a-long-name-private-rt"
  }
}

# network.route_tables.private-rt.routes.1
resource "aws_route" "private_rt__2000_0000_0000_0000_0000_0000_0000_0000__3" {
  route_table_id              = aws_route_table.private_rt.id
  destination_ipv6_cidr_block = "2000::/3"
  gateway_id                  = aws_internet_gateway.igw.id
}

# network.route_tables.private-rt.routes.2
resource "aws_route" "private_rt__0_0_0_0__0" {
  route_table_id         = aws_route_table.private_rt.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.nat_a.id
}

# network.route_tables.private-rt.subnets
resource "aws_route_table_association" "private_rt__private_a" {
  subnet_id      = aws_subnet.private_a.id
  route_table_id = aws_route_table.private_rt.id
}

# network.route_tables.private-rt.subnets
resource "aws_route_table_association" "private_rt__private_b" {
  subnet_id      = aws_subnet.private_b.id
  route_table_id = aws_route_table.private_rt.id
}

# network.route_tables.public-rt
resource "aws_route_table" "public_rt" {
  vpc_id = aws_vpc.main.id
  tags = {
    Element = "public-rt"
    Name    = "arch-3-everything-with-a-long-name-public-rt"
  }
}

# network.route_tables.public-rt.routes.0
resource "aws_route" "public_rt__0_0_0_0__0" {
  route_table_id         = aws_route_table.public_rt.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.igw.id
}

# network.route_tables.public-rt.subnets
resource "aws_route_table_association" "public_rt__public_a" {
  subnet_id      = aws_subnet.public_a.id
  route_table_id = aws_route_table.public_rt.id
}

# network.route_tables.public-rt.subnets
resource "aws_route_table_association" "public_rt__public_b" {
  subnet_id      = aws_subnet.public_b.id
  route_table_id = aws_route_table.public_rt.id
}

# secrets.tf

# security.secret_stores.vault
# assumed: somewhere passwords must be
resource "aws_secretsmanager_secret" "vault" {
  name                    = "3-everything-with-a-long-name/vault"
  description             = "Secrets of 3-everything-with-a-long-name"
  kms_key_id              = aws_kms_key.derived__key__secrets.arn
  recovery_window_in_days = 30
  tags = {
    PartOf = "vault"
  }
}

# security_groups.tf

# network.security_groups.app-sg
resource "aws_security_group" "app_sg" {
  name        = "arch-3-everything-with-a-long-name-app-sg"
  description = "app-sg of 3-everything-with-a-long-name"
  vpc_id      = aws_vpc.main.id
  tags = {
    Element = "app-sg"
    Name    = "arch-3-everything-with-a-long-name-app-sg"
  }
}

# network.security_groups.app-sg.ingress.0
resource "aws_vpc_security_group_ingress_rule" "app_sg__from__edge_sg__8080" {
  security_group_id            = aws_security_group.app_sg.id
  description                  = "8080 from edge-sg"
  referenced_security_group_id = aws_security_group.edge_sg.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}

# network.security_groups.edge-sg
resource "aws_security_group" "edge_sg" {
  name        = "arch-3-everything-with-a-long-name-edge-sg"
  description = "edge-sg of 3-everything-with-a-long-name"
  vpc_id      = aws_vpc.main.id
  tags = {
    Element = "edge-sg"
    Name    = "arch-3-everything-with-a-long-name-edge-sg"
  }
}

# network.security_groups.edge-sg.ingress.0
resource "aws_vpc_security_group_ingress_rule" "edge_sg__from__internet__443" {
  security_group_id = aws_security_group.edge_sg.id
  description       = "443 from internet"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# network.security_groups.edge-sg.ingress.0
resource "aws_vpc_security_group_ingress_rule" "edge_sg__from__internet__8443_8444" {
  security_group_id = aws_security_group.edge_sg.id
  description       = "8443-8444 from internet"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 8443
  to_port           = 8444
}

# network.security_groups.edge-sg.ingress.1
resource "aws_vpc_security_group_ingress_rule" "edge_sg__from__10_0_0_0__8__all" {
  security_group_id = aws_security_group.edge_sg.id
  description       = "all from 10.0.0.0/8"
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "tcp"
  from_port         = 0
  to_port           = 65535
}

# network.security_groups.edge-sg.ingress.3
resource "aws_vpc_security_group_ingress_rule" "edge_sg__from__2001_0db8_0000_0000_0000_0000_0000_0000__32__udp__443" {
  security_group_id = aws_security_group.edge_sg.id
  description       = "udp 443 from 2001:db8::/32"
  cidr_ipv6         = "2001:db8::/32"
  ip_protocol       = "udp"
  from_port         = 443
  to_port           = 443
}

# network.security_groups.edge-sg.egress.0
resource "aws_vpc_security_group_egress_rule" "edge_sg__to__app_sg__8080" {
  security_group_id            = aws_security_group.edge_sg.id
  description                  = "8080 to app-sg"
  referenced_security_group_id = aws_security_group.app_sg.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}

# network.security_groups.edge-sg.egress.1
resource "aws_vpc_security_group_egress_rule" "edge_sg__to__internet__icmp" {
  security_group_id = aws_security_group.edge_sg.id
  description       = "icmp to internet"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "icmp"
  from_port         = -1
  to_port           = -1
}

# network.security_groups.edge-sg.egress.2
resource "aws_vpc_security_group_egress_rule" "edge_sg__to__internet__everything" {
  security_group_id = aws_security_group.edge_sg.id
  description       = "everything to internet"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

# target_groups.tf

# network.target_groups.idle-tg
resource "aws_lb_target_group" "idle_tg" {
  name        = "arch-3-everything-with-a-fd766b"
  port        = 9100
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id

  health_check {
    path     = "/"
    protocol = "HTTP"
    matcher  = "200-399"
  }

  tags = {
    Element = "idle-tg"
    Name    = "arch-3-everything-with-a-fd766b"
  }
}

# compute.services.web.load_balancer
# derived: web stands behind front
resource "aws_lb_target_group" "web_tg" {
  name        = "arch-3-everything-with-a-921b4a"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id

  health_check {
    path     = "/up"
    protocol = "HTTP"
    matcher  = "200-399"
  }

  tags = {
    PartOf = "web"
    Name   = "arch-3-everything-with-a-921b4a"
  }
}

# variables.tf

variable "account_id" {
  description = "12 digits of the AWS account that 3-everything-with-a-long-name runs in"
  type        = string
  default     = "123456789012"
}

variable "auth_token_pair" {
  description = "password of pair, 16 to 128 characters"
  type        = string
  sensitive   = true
}

variable "auth_token_trio" {
  description = "password of trio, 16 to 128 characters"
  type        = string
  sensitive   = true
}

variable "certificate_arn__front__8443" {
  description = "ARN of the certificate for port 8443 of front; the spec names none"
  type        = string
}

variable "class_big_db" {
  description = "instance class of big-db, which the spec does not state"
  type        = string
}

variable "class_pair" {
  description = "instance class of pair, which the spec does not state"
  type        = string
}

variable "class_plain" {
  description = "instance class of plain, which the spec does not state"
  type        = string
}

variable "class_side_db" {
  description = "instance class of side-db, which the spec does not state"
  type        = string
}

variable "image_tag_batch" {
  description = "tag of the image of batch in its repository"
  type        = string
}

variable "image_tag_queue" {
  description = "tag of the image of queue in its repository"
  type        = string
}

variable "offline_plan" {
  description = "true to plan without an AWS account; the provider then checks nothing before it starts"
  type        = bool
  default     = false
}

# versions.tf

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

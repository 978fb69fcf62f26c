# compute.clusters.ecs
resource "aws_ecs_cluster" "ecs" {
  name = "ecs-production-ecs"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }

  tags = {
    Element = "ecs"
  }
}

# compute.services.api
# The execution role of api.
resource "aws_iam_role" "api__execution" {
  name = "ecs-production-api-execution"
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
    PartOf = "api"
  }
}

# compute.services.api
resource "aws_iam_role_policy_attachment" "api__execution" {
  role       = aws_iam_role.api__execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

# compute.services.api
# The task role of api.
resource "aws_iam_role" "api__task" {
  name = "ecs-production-api-task"
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
    PartOf = "api"
  }
}

# compute.services.api
resource "aws_ecs_task_definition" "api" {
  family                   = "ecs-production-api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "1024"
  execution_role_arn       = aws_iam_role.api__execution.arn
  task_role_arn            = aws_iam_role.api__task.arn
  container_definitions = jsonencode([
    {
      name                   = "api"
      image                  = "${aws_ecr_repository.api.repository_url}:${var.image_tag_api}"
      essential              = true
      readonlyRootFilesystem = true
      portMappings = [
        {
          containerPort = 4000
          hostPort      = 4000
          protocol      = "tcp"
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.api.name
          "awslogs-region"        = "us-east-1"
          "awslogs-stream-prefix" = "api"
        }
      }
    },
  ])
}

# compute.services.api
resource "aws_ecs_service" "api" {
  name                              = "ecs-production-api"
  cluster                           = aws_ecs_cluster.ecs.id
  task_definition                   = aws_ecs_task_definition.api.arn
  desired_count                     = 2
  launch_type                       = "FARGATE"
  enable_ecs_managed_tags           = true
  propagate_tags                    = "SERVICE"
  health_check_grace_period_seconds = 60

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    security_groups  = [aws_security_group.ecs_sg.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.api_tg.arn
    container_name   = "api"
    container_port   = 4000
  }

  tags = {
    Element = "api"
  }
  depends_on = [aws_lb_listener.alb__443, aws_iam_role_policy_attachment.api__execution]
}

# compute.services.notifier
# The execution role of notifier.
resource "aws_iam_role" "notifier__execution" {
  name = "ecs-production-notifier-execution"
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
    PartOf = "notifier"
  }
}

# compute.services.notifier
resource "aws_iam_role_policy_attachment" "notifier__execution" {
  role       = aws_iam_role.notifier__execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

# compute.services.notifier
# The task role of notifier.
resource "aws_iam_role" "notifier__task" {
  name = "ecs-production-notifier-task"
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
    PartOf = "notifier"
  }
}

# compute.services.notifier
resource "aws_ecs_task_definition" "notifier" {
  family                   = "ecs-production-notifier"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.notifier__execution.arn
  task_role_arn            = aws_iam_role.notifier__task.arn
  container_definitions = jsonencode([
    {
      name                   = "notifier"
      image                  = "${aws_ecr_repository.notifier.repository_url}:${var.image_tag_notifier}"
      essential              = true
      readonlyRootFilesystem = true
      portMappings = [
        {
          containerPort = 4003
          hostPort      = 4003
          protocol      = "tcp"
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.notifier.name
          "awslogs-region"        = "us-east-1"
          "awslogs-stream-prefix" = "notifier"
        }
      }
    },
  ])
}

# compute.services.notifier
resource "aws_ecs_service" "notifier" {
  name                              = "ecs-production-notifier"
  cluster                           = aws_ecs_cluster.ecs.id
  task_definition                   = aws_ecs_task_definition.notifier.arn
  desired_count                     = 2
  launch_type                       = "FARGATE"
  enable_ecs_managed_tags           = true
  propagate_tags                    = "SERVICE"
  health_check_grace_period_seconds = 60

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [aws_subnet.private_b.id]
    security_groups  = [aws_security_group.ecs_sg.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.notifier_tg.arn
    container_name   = "notifier"
    container_port   = 4003
  }

  tags = {
    Element = "notifier"
  }
  depends_on = [
    aws_lb_listener_rule.alb__443__notifier_tg,
    aws_iam_role_policy_attachment.notifier__execution,
  ]
}

# compute.services.scheduler
# The execution role of scheduler.
resource "aws_iam_role" "scheduler__execution" {
  name = "ecs-production-scheduler-execution"
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
    PartOf = "scheduler"
  }
}

# compute.services.scheduler
resource "aws_iam_role_policy_attachment" "scheduler__execution" {
  role       = aws_iam_role.scheduler__execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

# compute.services.scheduler
# The task role of scheduler.
resource "aws_iam_role" "scheduler__task" {
  name = "ecs-production-scheduler-task"
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
    PartOf = "scheduler"
  }
}

# compute.services.scheduler
resource "aws_ecs_task_definition" "scheduler" {
  family                   = "ecs-production-scheduler"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.scheduler__execution.arn
  task_role_arn            = aws_iam_role.scheduler__task.arn
  container_definitions = jsonencode([
    {
      name                   = "scheduler"
      image                  = "${aws_ecr_repository.scheduler.repository_url}:${var.image_tag_scheduler}"
      essential              = true
      readonlyRootFilesystem = true
      portMappings = [
        {
          containerPort = 4002
          hostPort      = 4002
          protocol      = "tcp"
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.scheduler.name
          "awslogs-region"        = "us-east-1"
          "awslogs-stream-prefix" = "scheduler"
        }
      }
    },
  ])
}

# compute.services.scheduler
resource "aws_ecs_service" "scheduler" {
  name                              = "ecs-production-scheduler"
  cluster                           = aws_ecs_cluster.ecs.id
  task_definition                   = aws_ecs_task_definition.scheduler.arn
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
    security_groups  = [aws_security_group.ecs_sg.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.scheduler_tg.arn
    container_name   = "scheduler"
    container_port   = 4002
  }

  tags = {
    Element = "scheduler"
  }
  depends_on = [
    aws_lb_listener_rule.alb__443__scheduler_tg,
    aws_iam_role_policy_attachment.scheduler__execution,
  ]
}

# compute.services.worker
# The execution role of worker.
resource "aws_iam_role" "worker__execution" {
  name = "ecs-production-worker-execution"
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
    PartOf = "worker"
  }
}

# compute.services.worker
resource "aws_iam_role_policy_attachment" "worker__execution" {
  role       = aws_iam_role.worker__execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

# compute.services.worker
# The task role of worker.
resource "aws_iam_role" "worker__task" {
  name = "ecs-production-worker-task"
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
    PartOf = "worker"
  }
}

# compute.services.worker
resource "aws_ecs_task_definition" "worker" {
  family                   = "ecs-production-worker"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.worker__execution.arn
  task_role_arn            = aws_iam_role.worker__task.arn
  container_definitions = jsonencode([
    {
      name                   = "worker"
      image                  = "${aws_ecr_repository.worker.repository_url}:${var.image_tag_worker}"
      essential              = true
      readonlyRootFilesystem = true
      portMappings = [
        {
          containerPort = 4001
          hostPort      = 4001
          protocol      = "tcp"
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.worker.name
          "awslogs-region"        = "us-east-1"
          "awslogs-stream-prefix" = "worker"
        }
      }
    },
  ])
}

# compute.services.worker
resource "aws_ecs_service" "worker" {
  name                              = "ecs-production-worker"
  cluster                           = aws_ecs_cluster.ecs.id
  task_definition                   = aws_ecs_task_definition.worker.arn
  desired_count                     = 5
  launch_type                       = "FARGATE"
  enable_ecs_managed_tags           = true
  propagate_tags                    = "SERVICE"
  health_check_grace_period_seconds = 60

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    security_groups  = [aws_security_group.ecs_sg.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.worker_tg.arn
    container_name   = "worker"
    container_port   = 4001
  }

  tags = {
    Element = "worker"
  }
  depends_on = [
    aws_lb_listener_rule.alb__443__worker_tg,
    aws_iam_role_policy_attachment.worker__execution,
  ]
}

# compute.services.api.load_balancer
# derived: api stands behind alb
resource "aws_lb_target_group" "api_tg" {
  name        = "ecs-production-api-tg"
  port        = 4000
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id

  health_check {
    path     = "/health"
    protocol = "HTTP"
    matcher  = "200-399"
  }

  tags = {
    PartOf = "api"
    Name   = "ecs-production-api-tg"
  }
}

# compute.services.notifier.load_balancer
# derived: notifier stands behind alb
resource "aws_lb_target_group" "notifier_tg" {
  name        = "ecs-production-notifier-tg"
  port        = 4003
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id

  health_check {
    path     = "/health"
    protocol = "HTTP"
    matcher  = "200-399"
  }

  tags = {
    PartOf = "notifier"
    Name   = "ecs-production-notifier-tg"
  }
}

# compute.services.scheduler.load_balancer
# derived: scheduler stands behind alb
resource "aws_lb_target_group" "scheduler_tg" {
  name        = "ecs-production-scheduler-tg"
  port        = 4002
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id

  health_check {
    path     = "/health"
    protocol = "HTTP"
    matcher  = "200-399"
  }

  tags = {
    PartOf = "scheduler"
    Name   = "ecs-production-scheduler-tg"
  }
}

# compute.services.worker.load_balancer
# derived: worker stands behind alb
resource "aws_lb_target_group" "worker_tg" {
  name        = "ecs-production-worker-tg"
  port        = 4001
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id

  health_check {
    path     = "/health"
    protocol = "HTTP"
    matcher  = "200-399"
  }

  tags = {
    PartOf = "worker"
    Name   = "ecs-production-worker-tg"
  }
}

# network.load_balancers.alb
resource "aws_lb" "alb" {
  name                       = "ecs-production-alb"
  load_balancer_type         = "application"
  internal                   = false
  subnets                    = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  security_groups            = [aws_security_group.alb_sg.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true

  access_logs {
    bucket  = aws_s3_bucket.derived__bucket__logs.id
    enabled = true
  }

  tags = {
    Element = "alb"
    Name    = "ecs-production-alb"
  }
  depends_on = [aws_s3_bucket_policy.derived__bucket__logs]
}

# network.load_balancers.alb.listeners.0
# derived: api is the first service behind alb, and no target is stated
resource "aws_lb_listener" "alb__443" {
  load_balancer_arn = aws_lb.alb.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn_alb_cert

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api_tg.arn
  }
}

# network.load_balancers.alb.listeners.0.rules.0
# derived: AWS needs a rule for every service behind alb after the first
resource "aws_lb_listener_rule" "alb__443__worker_tg" {
  listener_arn = aws_lb_listener.alb__443.arn
  priority     = 10

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.worker_tg.arn
  }

  condition {
    path_pattern {
      values = ["/worker/*"]
    }
  }
}

# network.load_balancers.alb.listeners.0.rules.1
# derived: AWS needs a rule for every service behind alb after the first
resource "aws_lb_listener_rule" "alb__443__scheduler_tg" {
  listener_arn = aws_lb_listener.alb__443.arn
  priority     = 20

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.scheduler_tg.arn
  }

  condition {
    path_pattern {
      values = ["/scheduler/*"]
    }
  }
}

# network.load_balancers.alb.listeners.0.rules.2
# derived: AWS needs a rule for every service behind alb after the first
resource "aws_lb_listener_rule" "alb__443__notifier_tg" {
  listener_arn = aws_lb_listener.alb__443.arn
  priority     = 30

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.notifier_tg.arn
  }

  condition {
    path_pattern {
      values = ["/notifier/*"]
    }
  }
}

# network.load_balancers.alb.listeners.1
resource "aws_lb_listener" "alb__80" {
  load_balancer_arn = aws_lb.alb.arn
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

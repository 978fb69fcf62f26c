terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region                      = var.region
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
variable "region" { default = "eu-west-1" }
variable "secret" {
  sensitive = true
  default   = "hush hush hush hush"
}
data "aws_partition" "here" {}
data "aws_ami" "linux" {
  count  = 0
  owners = ["amazon"]
}
locals { app_subnets = module.net.private_ids }
module "net" {
  source = "./net"
  cidr   = "10.0.0.0/16"
  zones  = ["eu-west-1a", "eu-west-1b"]
}
module "spokes" {
  source   = "./net"
  for_each = { red = "10.1.0.0/16", blue = "10.2.0.0/16" }
  cidr     = each.value
  zones    = ["eu-west-1a"]
}
resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = module.net.vpc_id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  dynamic "egress" {
    for_each = [80, 443]
    content {
      from_port   = egress.value
      to_port     = egress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = module.net.vpc_id
  ingress {
    from_port       = 8080
    to_port         = 8080
    protocol        = "tcp"
    security_groups = [aws_security_group.web.id]
  }
}
resource "aws_security_group_rule" "more" {
  type                     = "ingress"
  from_port                = 1
  to_port                  = 2
  protocol                 = "tcp"
  security_group_id        = aws_security_group.app.id
  source_security_group_id = aws_security_group.web.id
}
resource "aws_lb" "web" {
  name            = "web"
  subnets         = module.net.private_ids
  security_groups = [aws_security_group.web.id]
}
resource "aws_lb_target_group" "app" {
  name     = "app"
  port     = 80
  protocol = "HTTP"
  vpc_id   = module.net.vpc_id
}
resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  default_action {
    type = "forward"
    forward {
      target_group { arn = aws_lb_target_group.app.arn }
    }
  }
}
resource "aws_db_subnet_group" "db" {
  name       = "db"
  subnet_ids = local.app_subnets
}
resource "aws_db_instance" "db" {
  identifier             = "db"
  engine                 = "postgres"
  instance_class         = "db.t3.micro"
  allocated_storage      = 20
  username               = "x"
  password               = var.secret
  skip_final_snapshot    = true
  db_subnet_group_name   = aws_db_subnet_group.db.name
  vpc_security_group_ids = [aws_security_group.app.id, "sg-12345678"]
}
resource "aws_s3_bucket" "b" {
  for_each = toset(["logs.of", "data"])
  bucket   = "bucket-${each.key}"
}
resource "aws_s3_bucket_versioning" "b" {
  for_each = aws_s3_bucket.b
  bucket   = each.value.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b["data"].id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["${aws_s3_bucket.b["data"].arn}/*"] }] })
}
resource "terraform_data" "x" { input = 1 }
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name          = "a"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "x"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  period              = 60
  statistic           = "Sum"
  dimensions          = { LoadBalancer = aws_lb.web.arn_suffix, TargetGroup = aws_lb_target_group.app.arn_suffix, Zone = "a" }
}
resource "aws_route_table" "inline" {
  vpc_id = module.net.vpc_id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.n.id
  }
}
resource "aws_nat_gateway" "n" {
  subnet_id     = module.net.private_ids[0]
  allocation_id = aws_eip.n.id
}
resource "aws_eip" "n" { domain = "vpc" }

# network.security_groups.alb-sg
resource "aws_security_group" "alb_sg" {
  name        = "ecs-production-alb-sg"
  description = "alb-sg of ecs-production"
  vpc_id      = aws_vpc.main.id
  tags = {
    Element = "alb-sg"
    Name    = "ecs-production-alb-sg"
  }
}

# network.security_groups.alb-sg.ingress.0
resource "aws_vpc_security_group_ingress_rule" "alb_sg__from__internet__443" {
  security_group_id = aws_security_group.alb_sg.id
  description       = "443 from internet"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# network.security_groups.alb-sg.ingress.1
resource "aws_vpc_security_group_ingress_rule" "alb_sg__from__internet__80" {
  security_group_id = aws_security_group.alb_sg.id
  description       = "redirect to HTTPS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

# network.security_groups.alb-sg.egress
# derived: no egress is stated, and then everything may leave
resource "aws_vpc_security_group_egress_rule" "alb_sg__to__internet__everything" {
  security_group_id = aws_security_group.alb_sg.id
  description       = "everything to internet"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

# network.security_groups.ecs-sg
resource "aws_security_group" "ecs_sg" {
  name        = "ecs-production-ecs-sg"
  description = "ecs-sg of ecs-production"
  vpc_id      = aws_vpc.main.id
  tags = {
    Element = "ecs-sg"
    Name    = "ecs-production-ecs-sg"
  }
}

# network.security_groups.ecs-sg.ingress.0
resource "aws_vpc_security_group_ingress_rule" "ecs_sg__from__alb_sg__4000_4003" {
  security_group_id            = aws_security_group.ecs_sg.id
  description                  = "4000-4003 from alb-sg"
  referenced_security_group_id = aws_security_group.alb_sg.id
  ip_protocol                  = "tcp"
  from_port                    = 4000
  to_port                      = 4003
}

# network.security_groups.ecs-sg.egress
# derived: no egress is stated, and then everything may leave
resource "aws_vpc_security_group_egress_rule" "ecs_sg__to__internet__everything" {
  security_group_id = aws_security_group.ecs_sg.id
  description       = "everything to internet"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

# network.security_groups.rds-sg
resource "aws_security_group" "rds_sg" {
  name        = "ecs-production-rds-sg"
  description = "rds-sg of ecs-production"
  vpc_id      = aws_vpc.main.id
  tags = {
    Element = "rds-sg"
    Name    = "ecs-production-rds-sg"
  }
}

# network.security_groups.rds-sg.ingress.0
resource "aws_vpc_security_group_ingress_rule" "rds_sg__from__ecs_sg__5432" {
  security_group_id            = aws_security_group.rds_sg.id
  description                  = "5432 from ecs-sg"
  referenced_security_group_id = aws_security_group.ecs_sg.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

# network.security_groups.rds-sg.egress
# derived: no egress is stated, and then everything may leave
resource "aws_vpc_security_group_egress_rule" "rds_sg__to__internet__everything" {
  security_group_id = aws_security_group.rds_sg.id
  description       = "everything to internet"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

# network.security_groups.redis-sg
resource "aws_security_group" "redis_sg" {
  name        = "ecs-production-redis-sg"
  description = "redis-sg of ecs-production"
  vpc_id      = aws_vpc.main.id
  tags = {
    Element = "redis-sg"
    Name    = "ecs-production-redis-sg"
  }
}

# network.security_groups.redis-sg.ingress.0
resource "aws_vpc_security_group_ingress_rule" "redis_sg__from__ecs_sg__6379" {
  security_group_id            = aws_security_group.redis_sg.id
  description                  = "6379 from ecs-sg"
  referenced_security_group_id = aws_security_group.ecs_sg.id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}

# network.security_groups.redis-sg.egress
# derived: no egress is stated, and then everything may leave
resource "aws_vpc_security_group_egress_rule" "redis_sg__to__internet__everything" {
  security_group_id = aws_security_group.redis_sg.id
  description       = "everything to internet"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

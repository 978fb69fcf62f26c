# network.vpcs.main.cidr
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags = {
    Element = "main"
    Name    = "ecs-production-main"
  }
}

# network.vpcs.main
# Has no rules: what is put into no security group of its own reaches nothing.
resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
  tags = {
    Name = "ecs-production-main-closed"
  }
}

# network.subnets.data-a
resource "aws_subnet" "data_a" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.100.0/24"
  availability_zone       = "us-east-1a"
  map_public_ip_on_launch = false
  tags = {
    Element = "data-a"
    Name    = "ecs-production-data-a"
    Tier    = "data"
  }
}

# network.subnets.data-b
resource "aws_subnet" "data_b" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.110.0/24"
  availability_zone       = "us-east-1b"
  map_public_ip_on_launch = false
  tags = {
    Element = "data-b"
    Name    = "ecs-production-data-b"
    Tier    = "data"
  }
}

# network.subnets.private-a
resource "aws_subnet" "private_a" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.10.0/24"
  availability_zone       = "us-east-1a"
  map_public_ip_on_launch = false
  tags = {
    Element = "private-a"
    Name    = "ecs-production-private-a"
    Tier    = "private"
  }
}

# network.subnets.private-b
resource "aws_subnet" "private_b" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.20.0/24"
  availability_zone       = "us-east-1b"
  map_public_ip_on_launch = false
  tags = {
    Element = "private-b"
    Name    = "ecs-production-private-b"
    Tier    = "private"
  }
}

# network.subnets.public-a
resource "aws_subnet" "public_a" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.1.0/24"
  availability_zone       = "us-east-1a"
  map_public_ip_on_launch = false
  tags = {
    Element = "public-a"
    Name    = "ecs-production-public-a"
    Tier    = "public"
  }
}

# network.subnets.public-b
resource "aws_subnet" "public_b" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.2.0/24"
  availability_zone       = "us-east-1b"
  map_public_ip_on_launch = false
  tags = {
    Element = "public-b"
    Name    = "ecs-production-public-b"
    Tier    = "public"
  }
}

# network.vpcs.main
# derived: main has public subnets, and nothing is public without an internet gateway
resource "aws_internet_gateway" "main_igw" {
  vpc_id = aws_vpc.main.id
  tags = {
    PartOf = "main"
    Name   = "ecs-production-main-igw"
  }
}

# network.nat_gateways.nat-a
resource "aws_eip" "nat_a" {
  domain = "vpc"
  tags = {
    PartOf = "nat-a"
    Name   = "ecs-production-nat-a"
  }
  depends_on = [aws_internet_gateway.main_igw]
}

# network.nat_gateways.nat-a
resource "aws_nat_gateway" "nat_a" {
  allocation_id = aws_eip.nat_a.id
  subnet_id     = aws_subnet.public_a.id
  tags = {
    Element = "nat-a"
    Name    = "ecs-production-nat-a"
  }
  depends_on = [aws_internet_gateway.main_igw]
}

# network.nat_gateways.nat-b
resource "aws_eip" "nat_b" {
  domain = "vpc"
  tags = {
    PartOf = "nat-b"
    Name   = "ecs-production-nat-b"
  }
  depends_on = [aws_internet_gateway.main_igw]
}

# network.nat_gateways.nat-b
resource "aws_nat_gateway" "nat_b" {
  allocation_id = aws_eip.nat_b.id
  subnet_id     = aws_subnet.public_b.id
  tags = {
    Element = "nat-b"
    Name    = "ecs-production-nat-b"
  }
  depends_on = [aws_internet_gateway.main_igw]
}

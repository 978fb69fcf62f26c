# network.vpcs.main
# derived: no route table is stated: data subnets reach nothing but their VPC
resource "aws_route_table" "main_data_rt" {
  vpc_id = aws_vpc.main.id
  tags = {
    PartOf = "main"
    Name   = "ecs-production-main-data-rt"
  }
}

# network.vpcs.main
resource "aws_route_table_association" "main_data_rt__data_a" {
  subnet_id      = aws_subnet.data_a.id
  route_table_id = aws_route_table.main_data_rt.id
}

# network.vpcs.main
resource "aws_route_table_association" "main_data_rt__data_b" {
  subnet_id      = aws_subnet.data_b.id
  route_table_id = aws_route_table.main_data_rt.id
}

# network.vpcs.main
# derived: no route table is stated: private subnets leave through nat-a
resource "aws_route_table" "main_private_us_east_1a_rt" {
  vpc_id = aws_vpc.main.id
  tags = {
    PartOf = "main"
    Name   = "ecs-production-main-private-us-east-1a-rt"
  }
}

# network.vpcs.main
resource "aws_route" "main_private_us_east_1a_rt__0_0_0_0__0" {
  route_table_id         = aws_route_table.main_private_us_east_1a_rt.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.nat_a.id
}

# network.vpcs.main
resource "aws_route_table_association" "main_private_us_east_1a_rt__private_a" {
  subnet_id      = aws_subnet.private_a.id
  route_table_id = aws_route_table.main_private_us_east_1a_rt.id
}

# network.vpcs.main
# derived: no route table is stated: private subnets leave through nat-b
resource "aws_route_table" "main_private_us_east_1b_rt" {
  vpc_id = aws_vpc.main.id
  tags = {
    PartOf = "main"
    Name   = "ecs-production-main-private-us-east-1b-rt"
  }
}

# network.vpcs.main
resource "aws_route" "main_private_us_east_1b_rt__0_0_0_0__0" {
  route_table_id         = aws_route_table.main_private_us_east_1b_rt.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.nat_b.id
}

# network.vpcs.main
resource "aws_route_table_association" "main_private_us_east_1b_rt__private_b" {
  subnet_id      = aws_subnet.private_b.id
  route_table_id = aws_route_table.main_private_us_east_1b_rt.id
}

# network.vpcs.main
# derived: no route table is stated: public subnets reach the internet
resource "aws_route_table" "main_public_rt" {
  vpc_id = aws_vpc.main.id
  tags = {
    PartOf = "main"
    Name   = "ecs-production-main-public-rt"
  }
}

# network.vpcs.main
resource "aws_route" "main_public_rt__0_0_0_0__0" {
  route_table_id         = aws_route_table.main_public_rt.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main_igw.id
}

# network.vpcs.main
resource "aws_route_table_association" "main_public_rt__public_a" {
  subnet_id      = aws_subnet.public_a.id
  route_table_id = aws_route_table.main_public_rt.id
}

# network.vpcs.main
resource "aws_route_table_association" "main_public_rt__public_b" {
  subnet_id      = aws_subnet.public_b.id
  route_table_id = aws_route_table.main_public_rt.id
}

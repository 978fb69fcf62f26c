variable "cidr" {}
variable "zones" {}
resource "aws_vpc" "this" { cidr_block = var.cidr }
resource "aws_subnet" "private" {
  count             = length(var.zones)
  vpc_id            = aws_vpc.this.id
  availability_zone = var.zones[count.index]
  cidr_block        = cidrsubnet(var.cidr, 8, count.index)
}
resource "aws_route_table" "private" {
  count  = length(var.zones)
  vpc_id = aws_vpc.this.id
}
resource "aws_route_table_association" "private" {
  count          = length(var.zones)
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = element(aws_route_table.private[*].id, count.index)
}
output "private_ids" { value = aws_subnet.private[*].id }
output "vpc_id" { value = aws_vpc.this.id }

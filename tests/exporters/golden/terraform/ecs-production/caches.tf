# data.caches.redis.subnets
resource "aws_elasticache_subnet_group" "redis" {
  name        = "ecs-production-redis"
  description = "redis of ecs-production"
  subnet_ids  = [aws_subnet.data_a.id, aws_subnet.data_b.id]
}

# data.caches.redis
# derived: no engine version is stated, so it is 7.1
resource "aws_elasticache_replication_group" "redis" {
  replication_group_id        = "ecs-production-redis"
  description                 = "redis of ecs-production"
  engine                      = "redis"
  engine_version              = "7.1"
  node_type                   = "cache.t3.micro"
  port                        = 6379
  num_cache_clusters          = 1
  preferred_cache_cluster_azs = ["us-east-1a"]
  automatic_failover_enabled  = false
  multi_az_enabled            = false
  subnet_group_name           = aws_elasticache_subnet_group.redis.name
  security_group_ids          = [aws_security_group.redis_sg.id]
  at_rest_encryption_enabled  = true
  kms_key_id                  = aws_kms_key.derived__key__data.arn
  transit_encryption_enabled  = true
  auth_token                  = var.auth_token_redis
  auto_minor_version_upgrade  = true
  tags = {
    Element = "redis"
  }
}

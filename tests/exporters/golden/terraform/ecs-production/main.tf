# Terraform for ecs-production, written by archspec. Change the spec, not these files.
#
# Not exported:
# - data.caches.redis.instances.1: is planned
# - data.databases.rds.backups.cross_region: is planned

provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = var.offline_plan
  skip_metadata_api_check     = var.offline_plan
  skip_requesting_account_id  = var.offline_plan

  default_tags {
    tags = {
      Architecture = "ecs-production"
      ManagedBy    = "archspec"
      Stage        = "production"
    }
  }
}

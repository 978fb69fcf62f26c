# delivery.registries.ecr
# derived: ecr is stated, and api names no image
resource "aws_ecr_repository" "api" {
  name                 = "ecs-production/api"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.derived__key__registry.arn
  }

  tags = {
    Element = "ecr"
  }
}

# delivery.registries.ecr
# derived: ecr is stated, and notifier names no image
resource "aws_ecr_repository" "notifier" {
  name                 = "ecs-production/notifier"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.derived__key__registry.arn
  }

  tags = {
    Element = "ecr"
  }
}

# delivery.registries.ecr
# derived: ecr is stated, and scheduler names no image
resource "aws_ecr_repository" "scheduler" {
  name                 = "ecs-production/scheduler"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.derived__key__registry.arn
  }

  tags = {
    Element = "ecr"
  }
}

# delivery.registries.ecr
# derived: ecr is stated, and worker names no image
resource "aws_ecr_repository" "worker" {
  name                 = "ecs-production/worker"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.derived__key__registry.arn
  }

  tags = {
    Element = "ecr"
  }
}

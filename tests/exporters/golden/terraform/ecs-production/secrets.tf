# security.secret_stores.secrets-manager
resource "aws_secretsmanager_secret" "secrets_manager" {
  name                    = "ecs-production/secrets-manager"
  description             = "Secrets of ecs-production"
  kms_key_id              = aws_kms_key.derived__key__secrets.arn
  recovery_window_in_days = 30
  tags = {
    PartOf = "secrets-manager"
  }
}

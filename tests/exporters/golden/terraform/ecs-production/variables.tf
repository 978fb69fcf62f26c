variable "account_id" {
  description = "12 digits of the AWS account that ecs-production runs in"
  type        = string
}

variable "auth_token_redis" {
  description = "password of redis, 16 to 128 characters"
  type        = string
  sensitive   = true
}

variable "certificate_arn_alb_cert" {
  description = "ARN of the certificate alb-cert"
  type        = string
}

variable "image_api" {
  description = "container image of api, with its tag or digest"
  type        = string
}

variable "image_notifier" {
  description = "container image of notifier, with its tag or digest"
  type        = string
}

variable "image_scheduler" {
  description = "container image of scheduler, with its tag or digest"
  type        = string
}

variable "image_worker" {
  description = "container image of worker, with its tag or digest"
  type        = string
}

variable "offline_plan" {
  description = "true to plan without an AWS account; the provider then checks nothing before it starts"
  type        = bool
  default     = false
}

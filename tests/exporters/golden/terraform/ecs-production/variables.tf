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
  description = "ARN of the certificate alb-cert; the spec states no domain of it"
  type        = string
}

variable "image_tag_api" {
  description = "tag of the image of api in its repository"
  type        = string
}

variable "image_tag_notifier" {
  description = "tag of the image of notifier in its repository"
  type        = string
}

variable "image_tag_scheduler" {
  description = "tag of the image of scheduler in its repository"
  type        = string
}

variable "image_tag_worker" {
  description = "tag of the image of worker in its repository"
  type        = string
}

variable "offline_plan" {
  description = "true to plan without an AWS account; the provider then checks nothing before it starts"
  type        = bool
  default     = false
}

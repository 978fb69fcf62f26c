"""AWS resources as plain values, whatever told of them: Terraform, CloudFormation, an account, or our own export.

Types and attributes go by the names that Terraform's AWS provider gives them.
https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
"""

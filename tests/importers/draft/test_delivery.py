"""Registries, builds and pipelines of Terraform come back as a person writes them in a spec."""

from typing import Any

from archspec.importers.draft import delivery
from tests.importers.draft.reading import read

Resources = dict[str, dict[str, Any]]


def _repository(*, scans: bool) -> dict[str, Any]:
    return {
        "image_tag_mutability": "IMMUTABLE",
        "image_scanning_configuration": [{"scan_on_push": scans}],
        "encryption_configuration": [{"encryption_type": "KMS", "kms_key": "@aws_kms_key.images"}],
    }


def test_a_repository_is_a_registry() -> None:
    keeps = {"selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 10}}
    resources: Resources = {
        "aws_kms_key.images": {},
        "aws_ecr_repository.web": {"name": "shop/web", **_repository(scans=True)},
        "aws_ecr_lifecycle_policy.web": {"repository": "@aws_ecr_repository.web", "policy": {"rules": [keeps]}},
    }
    assert read(delivery, resources)["web"].data == {
        "name": "shop/web",
        "scan_on_push": True,
        "immutable_tags": True,
        "keeps": 10,
        "encrypted": True,
        "key": "images",
    }


def test_repositories_that_go_by_one_id_are_one_registry_with_the_weaker_of_their_settings() -> None:
    resources: Resources = {
        "aws_kms_key.images": {},
        "aws_ecr_repository.api": {"name": "shop/api", **_repository(scans=False)},
        "aws_ecr_repository.web": {"name": "shop/web", **_repository(scans=True)},
    }
    ids = {"aws_ecr_repository.api": "ecr", "aws_ecr_repository.web": "ecr"}
    (piece,) = read(delivery, resources, ids).values()
    assert piece.data == {"scan_on_push": False, "immutable_tags": True, "encrypted": True, "key": "images"}
    assert piece.guesses == ("one registry for the repositories shop/api, shop/web",)


def test_a_build_comes_back_with_its_machine_and_its_variables() -> None:
    resources: Resources = {
        "aws_iam_role.builder": {},
        "aws_cloudwatch_log_group.build-logs": {"name": "/aws/codebuild/shop-image"},
        "aws_codebuild_project.image": {
            "name": "shop-image",
            "service_role": "@aws_iam_role.builder",
            "source": [{"type": "CODEPIPELINE", "buildspec": "buildspec.yml"}],
            "environment": [
                {
                    "image": "aws/codebuild/standard:7.0",
                    "compute_type": "BUILD_GENERAL1_SMALL",
                    "privileged_mode": True,
                    "environment_variable": [
                        {"name": "STAGE", "value": "prod"},
                        {"name": "TOKEN", "value": "shop/token", "type": "SECRETS_MANAGER"},
                    ],
                }
            ],
        },
    }
    assert read(delivery, resources)["image"].data == {
        "name": "shop-image",
        "spec": "buildspec.yml",
        "image": "aws/codebuild/standard:7.0",
        "compute": "BUILD_GENERAL1_SMALL",
        "privileged": True,
        "role": "builder",
        "log_group": "build-logs",
        "variables": {"STAGE": "prod", "TOKEN": "from secrets manager: shop/token"},
    }


def test_a_pipeline_comes_back_with_what_it_reads_and_what_its_stages_use() -> None:
    source = {"FullRepositoryId": "acme/shop", "BranchName": "main", "DetectChanges": "true"}
    resources: Resources = {
        "aws_iam_role.deployer": {},
        "aws_s3_bucket.artifacts": {},
        "aws_codebuild_project.image": {"name": "shop-image"},
        "aws_ecs_cluster.ecs": {"name": "prod"},
        "aws_ecs_service.web": {"name": "web"},
        "aws_codepipeline.delivery": {
            "name": "shop",
            "role_arn": "@aws_iam_role.deployer",
            "artifact_store": [{"location": "@aws_s3_bucket.artifacts"}],
            "stage": [
                {"name": "Source", "action": [{"name": "Source", "category": "Source",
                                               "provider": "CodeStarSourceConnection", "configuration": source}]},
                {"name": "Build", "action": [{"name": "Image", "category": "Build", "provider": "CodeBuild",
                                              "configuration": {"ProjectName": "shop-image"}}]},
                {"name": "Go", "action": [{"name": "Go", "category": "Approval", "provider": "Manual"}]},
                {"name": "Deploy", "action": [{"name": "ECS", "category": "Deploy", "provider": "ECS", "configuration":
                                               {"ClusterName": "prod", "ServiceName": "@aws_ecs_service.web"}}]},
            ],
        },
    }  # fmt: skip
    found = read(delivery, resources)
    assert found["shop"].data == {"name": "acme/shop", "branches": ["main"]}
    assert found["delivery"].data == {
        "name": "shop",
        "trigger": "Push to main",
        "source": "shop",
        "artifacts": "artifacts",
        "role": "deployer",
        "stages": [
            {"name": "Source", "type": "source", "uses": ["shop"], "does": ["CodeStarSourceConnection: Source"]},
            {"name": "Build", "type": "build", "uses": ["image"], "does": ["CodeBuild: Image"]},
            {"name": "Go", "type": "approval", "does": ["Manual: Go"]},
            {"name": "Deploy", "type": "deploy", "uses": ["ecs", "web"], "does": ["ECS"]},
        ],
    }

"""What the Terraform exporter makes of registries, builds and pipelines."""

from collections.abc import Callable
from typing import Any, Protocol

import pytest

from archspec.exporters.terraform import builds, pipelines, registries
from archspec.exporters.terraform.hcl import Block, Reference

SPEC = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  clusters: {ecs: {}}
  services:
    web: {cluster: ecs, subnets: [a], security_groups: [sg]}
    job: {cluster: ecs, registry: images, subnets: [a], security_groups: [sg]}
data: {buckets: {store: {key: own}, plain: {encryption: sse-s3}}}
security: {keys: {own: {}}, roles: {builder: {trusts: codebuild}}}
observability: {log_groups: {logs: {}}}
"""
REPOSITORY = "aws_ecr_repository.web"


class Made(Protocol):
    """What an area makes."""

    resources: dict[str, Any]
    variables: dict[str, Any]
    omissions: list[tuple[str, str]]


Parts = Callable[..., Made]


@pytest.fixture
def registry(parts: Parts) -> Parts:
    """Return what is made of one registry."""

    def made(stated: str = "") -> Made:
        return parts(registries.resources, SPEC + f"delivery: {{registries: {{images: {{{stated}}}}}}}")

    return made


@pytest.mark.parametrize(
    ("stated", "argument", "value"),
    [
        ("", "image_tag_mutability", "IMMUTABLE"),
        ("immutable_tags: false", "image_tag_mutability", "MUTABLE"),
        ("", "image_scanning_configuration", Block({"scan_on_push": True})),
        ("scan_on_push: false", "image_scanning_configuration", Block({"scan_on_push": False})),
        ("encrypted: false", "encryption_configuration", Block({"encryption_type": "AES256"})),
        (
            "",
            "encryption_configuration",
            Block({"encryption_type": "KMS", "kms_key": Reference("aws_kms_key.derived__key__registry.arn")}),
        ),
        (
            "key: own",
            "encryption_configuration",
            Block({"encryption_type": "KMS", "kms_key": Reference("aws_kms_key.own.arn")}),
        ),
    ],
)
def test_what_is_stated_of_a_registry_wins_over_what_is_secure(
    registry: Parts, stated: str, argument: str, value: object
) -> None:
    assert registry(stated).resources[REPOSITORY].body[argument] == value


def test_each_service_without_an_image_has_a_repository(registry: Parts) -> None:
    made = registry().resources
    assert {address: one.body["name"] for address, one in made.items()} == {
        "aws_ecr_repository.job": "sample/job",
        "aws_ecr_repository.web": "sample/web",
    }
    assert {one.origin.element for one in made.values()} == {"images"}


def test_a_registry_that_no_service_uses_is_a_repository_of_its_own(parts: Parts) -> None:
    made = parts(registries.resources, "delivery: {registries: {images: {}}}")
    assert [*made.resources] == ["aws_ecr_repository.images"]


def test_a_registry_keeps_as_many_images_as_stated(registry: Parts) -> None:
    body = registry("keeps: 10").resources["aws_ecr_lifecycle_policy.web"].body
    (rule,) = body["policy"].value["rules"]
    assert rule["selection"] == {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 10}


def test_a_policy_of_a_registry_is_that_of_each_repository(registry: Parts) -> None:
    stated = 'policy: [{principal: "210987654321", does: "ecr:BatchGetImage"}, {principal: somebody}]'
    made = registry(stated)
    (statement,) = made.resources["aws_ecr_repository_policy.web"].body["policy"].value["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::210987654321:root"},
        "Action": ["ecr:BatchGetImage"],
    }
    reason = "'somebody' is no principal as AWS writes it"
    assert made.omissions == [("delivery.registries.images.policy.1", reason)]


def test_copies_of_images_need_a_region(registry: Parts) -> None:
    reason = "the Region that images are copied to is not stated"
    assert registry("replication: true").omissions == [("delivery.registries.images.replication", reason)]


@pytest.fixture
def build(parts: Parts) -> Parts:
    """Return what is made of one build, that of a pipeline or one by itself."""

    def made(stated: str = "", pipeline: str = "") -> Made:
        more = f", pipelines: {{p: {{{pipeline}}}}}" if pipeline else ""
        text = f"delivery: {{registries: {{images: {{}}}}, builds: {{b: {{{stated}}}}}{more}}}"
        return parts(builds.resources, SPEC + text)

    return made


PROJECT = "aws_codebuild_project.b"
IN_PIPELINE = "stages: [{name: build, uses: [b, images]}]"


@pytest.mark.parametrize(
    ("stated", "argument", "value"),
    [
        ("", "image", "aws/codebuild/amazonlinux-x86_64-standard:5.0"),
        ("image: Amazon Linux 2", "image", "aws/codebuild/amazonlinux2-x86_64-standard:5.0"),
        ("image: Amazon Linux 2023", "image", "aws/codebuild/amazonlinux-x86_64-standard:5.0"),
        ("image: 'registry.example.com/builder:1'", "image", "registry.example.com/builder:1"),
        ("", "compute_type", "BUILD_GENERAL1_SMALL"),
        ("compute: large", "compute_type", "BUILD_GENERAL1_LARGE"),
        ("compute: BUILD_GENERAL1_MEDIUM", "compute_type", "BUILD_GENERAL1_MEDIUM"),
        ("", "privileged_mode", False),
        ("privileged: true", "privileged_mode", True),
    ],
)
def test_a_build_runs_on_what_is_stated(build: Parts, stated: str, argument: str, value: object) -> None:
    assert build(stated).resources[PROJECT].body["environment"].body[argument] == value


def test_what_codebuild_does_not_have_is_said(build: Parts) -> None:
    assert build("image: somewhere warm, compute: enormous").omissions == [
        ("delivery.builds.b.image", "'somewhere warm' is no image of CodeBuild"),
        ("delivery.builds.b.compute", "'enormous' is no size of CodeBuild's machines"),
    ]


def test_variables_of_a_build_stay_as_they_are(build: Parts) -> None:
    environment = build('variables: {B: "2", A: "${x}"}').resources[PROJECT].body["environment"].body
    variables = [dict(one.body) for one in environment["environment_variable"].blocks]
    assert variables == [{"name": "A", "value": "${x}"}, {"name": "B", "value": "2"}]


def test_a_build_by_itself_asks_where_its_source_is(build: Parts) -> None:
    made = build("spec: buildspec.yml")
    assert made.resources[PROJECT].body["source"] == Block(
        {"type": "GITHUB", "location": Reference("var.source_b"), "buildspec": "buildspec.yml"}
    )
    assert [*made.variables] == ["source_b"]


def test_a_build_of_a_pipeline_gets_its_source_and_its_key_from_it(build: Parts) -> None:
    made = build("", f"artifacts: store, {IN_PIPELINE}")
    body = made.resources[PROJECT].body
    assert body["source"] == Block({"type": "CODEPIPELINE", "buildspec": None})
    assert body["encryption_key"] == Reference("aws_kms_key.own.arn")
    assert made.variables == {}


def statements(made: Made, address: str) -> dict[str, list[object]]:
    """Return the first action of each statement of a policy, and what it is on."""
    found = made.resources[address].body["policy"].value["Statement"]
    return {one["Action"][0]: one["Resource"] for one in found}


def test_a_build_may_push_only_to_the_registry_of_its_stage(build: Parts) -> None:
    assert "ecr:BatchCheckLayerAvailability" not in statements(build(), "aws_iam_role_policy.b__build")
    pushed = statements(build("", IN_PIPELINE), "aws_iam_role_policy.b__build")["ecr:BatchCheckLayerAvailability"]
    assert pushed == [Reference("aws_ecr_repository.job.arn"), Reference("aws_ecr_repository.web.arn")]


def test_a_build_takes_its_stated_role_and_log_group(build: Parts) -> None:
    made = build("role: builder, log_group: logs")
    assert made.resources[PROJECT].body["service_role"] == Reference("aws_iam_role.builder.arn")
    assert made.resources["aws_iam_role_policy.b__build"].body["role"] == Reference("aws_iam_role.builder.id")
    assert not any(address.startswith(("aws_iam_role.", "aws_cloudwatch_log_group.")) for address in made.resources)


@pytest.fixture
def pipeline(parts: Parts) -> Parts:
    """Return what is made of one pipeline, of which something is stated."""

    def made(*stages: str, more: str = "") -> Made:
        listed = ", ".join(f"{{{stage}}}" for stage in stages)
        repositories = "repositories: {code: {name: somebody/something, branches: [main, develop]}, vague: {}}"
        stated = f"builds: {{b: {{}}, c: {{}}}}, pipelines: {{p: {{stages: [{listed}]{more}}}}}"
        return parts(
            pipelines.resources, SPEC + f"delivery: {{registries: {{images: {{}}}}, {repositories}, {stated}}}"
        )

    return made


def stages(made: Made) -> list[tuple[str, list[str]]]:
    """Return the name of each stage and what its actions are."""
    blocks = made.resources["aws_codepipeline.p"].body["stage"].blocks
    return [
        (one.body["name"], [f"{action.body['category']} {action.body['name']}" for action in one.body["action"].blocks])
        for one in blocks
    ]


def action(made: Made, stage: int) -> dict[str, Any]:
    """Return the first action of a stage."""
    block = made.resources["aws_codepipeline.p"].body["stage"].blocks[stage]
    return dict(block.body["action"].blocks[0].body)


FULL = (
    "name: 1. Source, uses: [code]",
    "name: Build, uses: [b]",
    "name: Build, type: test, uses: [c]",
    "name: Approve, type: approval",
    "name: Deploy, uses: [ecs]",
)


def test_the_stages_of_a_pipeline_are_what_codepipeline_can_do(pipeline: Parts) -> None:
    assert stages(pipeline(*FULL)) == [
        ("1.-Source", ["Source Source"]),
        ("Build", ["Build b"]),
        ("Build-3", ["Test c"]),
        ("Approve", ["Approval Approve"]),
        ("Deploy", ["Deploy job", "Deploy web"]),
    ]


def test_what_a_build_makes_is_what_is_deployed(pipeline: Parts) -> None:
    made = pipeline(*FULL)
    assert [action(made, i).get("input_artifacts") for i in range(5)] == [
        None,
        ["source"],
        ["built-b"],
        None,
        ["built-b"],
    ]
    assert action(made, 4)["configuration"] == {
        "ClusterName": Reference("aws_ecs_cluster.ecs.name"),
        "ServiceName": Reference("aws_ecs_service.job.name"),
        "FileName": "imagedefinitions.json",
    }


def test_a_pipeline_reads_its_source_through_a_connection(pipeline: Parts) -> None:
    made = pipeline(*FULL, more=", trigger: Push to main")
    assert action(made, 0)["configuration"] == {
        "ConnectionArn": Reference("var.connection_arn_p"),
        "FullRepositoryId": "somebody/something",
        "BranchName": "main",
        "DetectChanges": "true",
    }
    assert [*made.variables] == ["connection_arn_p"]


def test_what_is_not_known_of_the_source_is_asked_for(pipeline: Parts) -> None:
    made = pipeline("name: Build, uses: [b]", more=", source: vague, trigger: manual")
    assert stages(made) == [("Source", ["Source Source"]), ("Build", ["Build b"])]
    assert action(made, 0)["configuration"] == {
        "ConnectionArn": Reference("var.connection_arn_p"),
        "FullRepositoryId": Reference("var.repository_vague"),
        "BranchName": Reference("var.branch_vague"),
        "DetectChanges": "false",
    }
    assert sorted(made.variables) == ["branch_vague", "connection_arn_p", "repository_vague"]


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        (
            "name: Migrate, type: migration",
            "CodePipeline does a migration stage with a build or a service, and it names none that is exported",
        ),
        ("name: Again, type: source", "a pipeline reads its source once, before all else"),
    ],
)
def test_a_stage_that_codepipeline_cannot_do_is_said(pipeline: Parts, added: str, reason: str) -> None:
    made = pipeline("name: Build, uses: [b]", added)
    assert ("delivery.pipelines.p.stages.1", reason) in made.omissions
    assert len(stages(made)) == 2


def test_a_pipeline_without_builds_is_not_made(pipeline: Parts) -> None:
    made = pipeline("name: Deploy, uses: [web]")
    assert made.resources == {}
    assert made.omissions[:2] == [
        ("delivery.pipelines.p.stages.0", "no build before it makes what it deploys"),
        ("delivery.pipelines.p", "CodePipeline can do none of its stages behind the source"),
    ]


def test_repositories_are_outside_of_aws(pipeline: Parts) -> None:
    reason = "source code is kept outside of AWS; pipelines read it through a connection"
    assert pipeline(*FULL).omissions == [(f"delivery.repositories.{name}", reason) for name in ("code", "vague")]


@pytest.mark.parametrize(
    ("more", "location", "key"),
    [
        (", artifacts: store", "aws_s3_bucket.store.id", "aws_kms_key.own.arn"),
        ("", "aws_s3_bucket.p__artifacts.id", "aws_kms_key.derived__key__data.arn"),
    ],
)
def test_artifacts_are_kept_where_it_is_stated_and_encrypted(
    pipeline: Parts, more: str, location: str, key: str
) -> None:
    made = pipeline(*FULL, more=more)
    store = made.resources["aws_codepipeline.p"].body["artifact_store"].body
    assert store["location"] == Reference(location)
    assert store["encryption_key"] == Block({"id": Reference(key), "type": "KMS"})
    assert ("aws_s3_bucket.p__artifacts" in made.resources) is (more == "")


def test_artifacts_in_a_bucket_without_a_key_have_none(pipeline: Parts) -> None:
    made = pipeline(*FULL, more=", artifacts: plain")
    assert made.resources["aws_codepipeline.p"].body["artifact_store"].body["encryption_key"] is None


def test_a_pipeline_may_look_at_the_tasks_of_every_cluster_that_it_deploys_to(parts: Parts) -> None:
    text = SPEC.replace("{ecs: {}}", "{ecs: {}, other: {}}").replace("job: {cluster: ecs", "job: {cluster: other")
    stages = "[{name: B, uses: [b]}, {name: J, uses: [job]}, {name: W, uses: [web]}]"
    text += f"delivery: {{registries: {{images: {{}}}}, builds: {{b: {{}}}}, pipelines: {{p: {{stages: {stages}}}}}}}"
    found = statements(parts(pipelines.resources, text), "aws_iam_role_policy.p__pipeline")
    tasks: Any = found["ecs:DescribeTasks"]
    assert [one.parts[-2] for one in tasks] == [
        Reference("aws_ecs_cluster.other.name"),
        Reference("aws_ecs_cluster.ecs.name"),
    ]


def test_a_pipeline_may_pass_only_the_roles_of_what_it_deploys(pipeline: Parts) -> None:
    found = statements(pipeline(*FULL), "aws_iam_role_policy.p__pipeline")
    names = [f"{service}__{purpose}" for service in ("job", "web") for purpose in ("execution", "task")]
    assert found["iam:PassRole"] == [Reference(f"aws_iam_role.{name}.arn") for name in names]
    assert found["codebuild:BatchGetBuilds"] == [Reference(f"aws_codebuild_project.{name}.arn") for name in ("b", "c")]

"""How changes get to where they run: pipelines, their stages and gates, what those use, and who runs which images."""

from archspec.api import parse
from archspec.views import delivery, project
from archspec.views.view import Edge, Group, Node, View
from tests.sample import HEADER

PLACE = "subnets: [a], security_groups: [sg]"
PARTS = f"""
network:
  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}
  subnets: {{a: {{az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}}}
  security_groups: {{sg: {{}}}}
compute:
  clusters: {{ecs: {{title: ECS}}}}
  services:
    web: {{cluster: ecs, registry: images, {PLACE}}}
    job: {{cluster: ecs, registry: images, {PLACE}}}
    lone: {{registry: images, {PLACE}}}
data: {{buckets: {{artifacts: {{versioning: true}}}}}}
"""


def drawn(text: str, parts: str = PARTS) -> View:
    [view] = delivery.project(parse(HEADER + parts + text).graph)
    return view


SHIPPING = """
delivery:
  repositories: {code: {title: Code, name: org/shop, branches: [main, next]}}
  builds: {docker: {title: Docker, spec: buildspec.yml, image: Linux 2, compute: LARGE, privileged: true}}
  registries: {images: {title: Images, scan_on_push: true, immutable_tags: true, keeps: 10, encrypted: false}}
  pipelines:
    ci:
      title: CI
      trigger: push to main
      source: code
      artifacts: artifacts
      stages:
        - {name: Source, type: source, uses: [code], does: [clones]}
        - {name: Build, type: build, uses: [docker, images], does: [builds, pushes], note: on Linux}
        - {name: Test, type: test, does: [runs the tests]}
        - {name: Approval, type: approval}
        - {name: Deploy, type: deploy, uses: [ecs]}
"""


def test_a_pipeline_is_a_frame_with_its_stages_in_order_and_what_they_use() -> None:
    assert drawn(SHIPPING) == View(
        name="delivery",
        title="sample: delivery",
        description="Delivery of sample: 1 pipeline, 1 repository, 1 build, 1 registry, 1 cluster, 1 bucket and "
        "1 service.",
        layout="flow",
        groups=(Group("ci", "CI", "pipeline"),),
        nodes=(
            Node("ci@1", "ci", "Source", "repository", "ci", ("clones",)),
            Node("ci@2", "ci", "Build", "build", "ci", ("builds", "pushes", "on Linux")),
            Node("ci@3", "ci", "Test", "build", "ci", ("gate: tests have to pass", "runs the tests")),
            Node("ci@4", "ci", "Approval", "actor", "ci", ("gate: somebody has to approve",)),
            Node("ci@5", "ci", "Deploy", "cluster", "ci"),
            Node("code", "code", "Code", "repository", detail=("org/shop", "branches main and next")),
            Node("docker", "docker", "Docker", "build", detail=("buildspec.yml", "Linux 2", "LARGE", "privileged")),
            Node("images", "images", "Images", "registry", detail=(
                "scan on push", "immutable tags", "keeps 10 images", "not encrypted",
            )),
            Node("ecs", "ecs", "ECS", "cluster", detail=("web", "job")),
            Node("artifacts", "artifacts", "artifacts", "bucket", detail=("versioned",)),
            Node("lone", "lone", "lone", "service"),
        ),
        edges=(
            Edge("code", "ci@1", "push to main"),
            Edge("ci@1", "ci@2"),
            Edge("ci@2", "docker"),
            Edge("ci@2", "images"),
            Edge("ci@2", "ci@3"),
            Edge("ci@3", "ci@4"),
            Edge("ci@4", "ci@5"),
            Edge("ci@5", "ecs", "deploys"),
            Edge("ci", "artifacts", "artifacts"),
            Edge("images", "ecs", "images"),
            Edge("images", "lone", "images"),
        ),
    )  # fmt: skip


def test_a_cluster_whose_services_run_different_images_is_told_by_service() -> None:
    view = drawn(
        "delivery: {registries: {images: {}, other: {}}}\n",
        PARTS.replace("job: {cluster: ecs, registry: images", "job: {cluster: ecs, registry: other"),
    )
    assert view.edges == (
        Edge("images", "web", "images"),
        Edge("other", "job", "images"),
        Edge("images", "lone", "images"),
    )


def test_a_flow_to_a_registry_fetches_images() -> None:
    parts = PARTS.replace("registry: images, ", "")
    view = drawn(
        "delivery: {registries: {images: {}}}\nflows: [ecs -> images: 443 HTTPS, lone -> images: 443]\n", parts
    )
    assert view.edges == (Edge("images", "ecs", "images"), Edge("images", "lone", "images"))


def test_a_pipeline_without_stages_is_a_node() -> None:
    view = drawn("delivery: {repositories: {code: {}}, pipelines: {ci: {source: code}}}\n", "")
    assert ([node.id for node in view.nodes], view.groups) == (["ci", "code"], ())
    assert view.edges == (Edge("code", "ci"),)


def test_a_pipeline_without_a_source_says_in_its_frame_what_starts_it() -> None:
    view = drawn("delivery: {pipelines: {ci: {trigger: every night, stages: [{name: All}]}}}\n", "")
    assert view.groups == (Group("ci", "ci", "pipeline", subtitle="every night"),)
    assert view.nodes == (Node("ci@1", "ci", "All", "pipeline", "ci"),)


def test_a_stage_that_reads_another_repository_comes_after_it() -> None:
    text = "delivery: {repositories: {infra: {}}, pipelines: {ci: {stages: [{name: All, uses: [infra]}]}}}\n"
    assert drawn(text, "").edges == (Edge("infra", "ci@1"),)


def test_a_planned_pipeline_is_planned_throughout() -> None:
    view = drawn(
        "delivery: {repositories: {code: {}},"
        " pipelines: {ci: {source: code, status: planned, stages: [{name: All}]}}}\n",
        "",
    )
    assert (view.groups[0].status, view.nodes[0].status, view.nodes[0].detail) == ("planned", "planned", ("(planned)",))
    assert view.edges == (Edge("code", "ci@1", status="planned"),)


def test_what_is_removed_is_not_drawn() -> None:
    text = (
        "delivery: {repositories: {code: {status: removed}}, registries: {images: {status: removed}}, pipelines: {"
        "old: {status: removed, stages: [{name: All}]}, ci: {source: code, stages: [{name: All, uses: [images]}]}}}\n"
    )
    view = drawn(text)
    assert ([node.id for node in view.nodes], view.edges) == (["ci@1"], ())


def test_a_registry_of_which_nobody_is_said_to_run_images_is_no_picture() -> None:
    assert drawn("delivery: {registries: {images: {}}}\n", "").nodes == ()


def test_an_architecture_that_delivers_nothing_has_no_picture() -> None:
    assert drawn("", "").nodes == ()


def test_a_long_step_is_broken_after_its_punctuation() -> None:
    step = "deploys to the cluster {project}-cluster, with the service {project}-service, and waits until it is healthy"
    view = drawn(f'delivery: {{pipelines: {{ci: {{stages: [{{name: All, does: ["{step}"]}}]}}}}}}\n', "")
    assert view.nodes[0].detail == (
        "deploys to the cluster {project}-cluster,",
        "with the service {project}-service, and waits until it is healthy",
    )


def test_every_environment_shows_where_it_is_delivered_to() -> None:
    text = "environments: {beta: {}, live: {}}\nshared: {delivery: {registries: {images: {}}}}\n" + PARTS.replace(
        "job: {cluster: ecs, registry: images", "job: {cluster: ecs"
    )
    views = {view.name: view for view in project(parse(HEADER + text).graph) if view.name.startswith("delivery")}
    assert views["delivery-beta"].edges == (Edge("images", "beta/lone", "images"), Edge("images", "beta/web", "images"))
    assert views["delivery-live"].edges == (Edge("images", "live/lone", "images"), Edge("images", "live/web", "images"))

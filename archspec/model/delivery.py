"""What ships: repositories, pipelines, builds, container registries."""

from typing import Annotated, ClassVar, Literal

from archspec.model.element import Element, ElementId, KeyId, LogGroupId, Model, PositiveInt, Refers, RoleId, Switch
from archspec.model.policy import Statement


class Registry(Element):
    """An ECR registry that holds the images of the services. `keeps` is how many images its lifecycle policy leaves.

    `policy` are the statements of its own policy.
    """

    kind: ClassVar[str] = "registry"
    home: ClassVar[tuple[str, str]] = ("delivery", "registries")

    scan_on_push: Switch | None = None
    immutable_tags: Switch | None = None
    policy: tuple[Statement, ...] = ()
    keeps: PositiveInt | None = None
    encrypted: Switch | None = None
    key: KeyId = ""
    replication: Switch | None = None


class Repository(Element):
    """A repository of source code."""

    kind: ClassVar[str] = "repository"
    home: ClassVar[tuple[str, str]] = ("delivery", "repositories")

    branches: tuple[str, ...] = ()


class Build(Element):
    """A CodeBuild project: the machine that it runs on, what it may do, and its environment variables."""

    kind: ClassVar[str] = "build"
    home: ClassVar[tuple[str, str]] = ("delivery", "builds")

    spec: str = ""
    image: str = ""
    compute: str = ""
    privileged: Switch | None = None
    role: RoleId = ""
    log_group: LogGroupId = ""
    variables: dict[str, str] = {}


StageType = Literal["source", "build", "test", "approval", "snapshot", "migration", "deploy"]


class Stage(Model):
    """A stage of a pipeline: what does it, with what, in which steps. Stages run in their order.

    `type` is what a stage is for: `test` and `approval` are gates, `migration` changes what a database looks like, and
    `snapshot` keeps what it was before.
    """

    name: str
    type: StageType | None = None
    uses: tuple[ElementId, ...] = ()
    does: tuple[str, ...] = ()
    note: str = ""


class Pipeline(Element):
    """What brings a change to where it runs, in stages."""

    kind: ClassVar[str] = "pipeline"
    home: ClassVar[tuple[str, str]] = ("delivery", "pipelines")

    trigger: str = ""
    source: Annotated[str, Refers(("repository",))] = ""
    artifacts: Annotated[str, Refers(("bucket",))] = ""
    role: RoleId = ""
    stages: tuple[Stage, ...] = ()


class DeliveryArea(Model):
    """The `delivery:` section."""

    registries: dict[str, Registry] = {}
    repositories: dict[str, Repository] = {}
    builds: dict[str, Build] = {}
    pipelines: dict[str, Pipeline] = {}

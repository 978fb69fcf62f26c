"""What ships: repositories, pipelines, builds, container registries."""

from typing import Annotated, ClassVar, Literal

from archspec.model.element import Element, ElementId, KeyId, LogGroupId, Model, PositiveInt, Refers, RoleId, Switch
from archspec.model.policy import Statement


class Registry(Element):
    """An ECR registry that holds the images of the services."""

    kind: ClassVar[str] = "registry"
    home: ClassVar[tuple[str, str]] = ("delivery", "registries")

    scan_on_push: Switch | None = None
    """Whether an image is scanned for vulnerabilities when it is pushed."""
    immutable_tags: Switch | None = None
    """Whether a tag, once pushed, stays with its image."""
    policy: tuple[Statement, ...] = ()
    keeps: PositiveInt | None = None
    """How many images its lifecycle policy leaves."""
    encrypted: Switch | None = None
    """Whether its images are encrypted."""
    key: KeyId = ""
    """The KMS key that they are encrypted with."""
    replication: Switch | None = None
    """Whether its images are copied to another Region or account."""


class Repository(Element):
    """A repository of source code."""

    kind: ClassVar[str] = "repository"
    home: ClassVar[tuple[str, str]] = ("delivery", "repositories")

    branches: tuple[str, ...] = ()
    """Its branches, those that something is deployed from first."""


class Build(Element):
    """A CodeBuild project: the machine that it runs on, what it may do, and its environment variables."""

    kind: ClassVar[str] = "build"
    home: ClassVar[tuple[str, str]] = ("delivery", "builds")

    spec: str = ""
    """The file that says what it does: `buildspec.yml`."""
    image: str = ""
    """The image that it runs in: `aws/codebuild/standard:7.0`."""
    compute: str = ""
    """The size of its machine: `BUILD_GENERAL1_SMALL`."""
    privileged: Switch | None = None
    """Whether it may run Docker, with the rights of the host's root."""
    role: RoleId = ""
    """The role that it acts as."""
    log_group: LogGroupId = ""
    """The log group that it writes to."""
    variables: dict[str, str] = {}
    """Its environment variables, by name."""


StageType = Literal["source", "build", "test", "approval", "snapshot", "migration", "deploy"]


class Stage(Model):
    """A stage of a pipeline: what does it, with what, in which steps. Stages run in their order."""

    name: str
    """What the stage is called."""
    type: StageType | None = None
    """What it is for: `test` and `approval` are gates, `migration` changes what a database looks like, `snapshot` keeps
    what it was before.
    """
    uses: tuple[ElementId, ...] = ()
    """The elements that it works with."""
    does: tuple[str, ...] = ()
    """Its steps, in their order."""
    note: str = ""


class Pipeline(Element):
    """What brings a change to where it runs, in stages."""

    kind: ClassVar[str] = "pipeline"
    home: ClassVar[tuple[str, str]] = ("delivery", "pipelines")

    trigger: str = ""
    """What starts it: `push to main`."""
    source: Annotated[str, Refers(("repository",))] = ""
    """The repository that it takes the change from."""
    artifacts: Annotated[str, Refers(("bucket",))] = ""
    """The bucket that keeps what passes from stage to stage."""
    role: RoleId = ""
    """The role that it acts as."""
    stages: tuple[Stage, ...] = ()
    """Its stages, in their order."""


class DeliveryArea(Model):
    """The `delivery:` section."""

    registries: dict[str, Registry] = {}
    """ECR registries by id."""
    repositories: dict[str, Repository] = {}
    """Repositories of source code by id."""
    builds: dict[str, Build] = {}
    """CodeBuild projects by id."""
    pipelines: dict[str, Pipeline] = {}
    """Pipelines by id."""

"""Pipelines of CodePipeline with the repositories that they read → `delivery.pipelines`, `delivery.repositories`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from archspec.importers.draft import links
from archspec.importers.draft.attributes import Values, block, blocks, document, switch, text
from archspec.importers.draft.piece import Given, Piece
from archspec.resources.resource import Ref, Resource

TYPES = frozenset({"aws_codepipeline", "aws_codepipeline_webhook", "aws_codestarconnections_connection"})
_CATEGORIES = {"Source": "source", "Build": "build", "Test": "test", "Deploy": "deploy", "Approval": "approval"}
_REPOSITORIES = ("FullRepositoryId", "Repo", "RepositoryName")
_BRANCHES = ("BranchName", "Branch")
_BY_NAME = {
    "ClusterName": ("aws_ecs_cluster", "name"),
    "ProjectName": ("aws_codebuild_project", "name"),
    "RepositoryName": ("aws_ecr_repository", "name"),
    "ServiceName": ("aws_ecs_service", "name"),
}
"""Setting of an action → the type of resource and the attribute that it names.

https://docs.aws.amazon.com/codepipeline/latest/userguide/structure-configuration-examples.html
"""


class _Source(NamedTuple):
    """What a pipeline reads: the id of the repository, its name, the branch, and whether a push starts it."""

    id: str
    name: str
    branch: str
    starts: bool


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the repositories, and the pipelines that read them."""
    repositories: dict[str, Piece] = {}
    found = [(id_, some[0]) for id_, some in links.by_id(given, "aws_codepipeline").items()]
    for _, one in found:
        source = _source(given, one)
        if source.id:
            data = {"name": source.name, "branches": [source.branch]}
            piece = Piece(("delivery", "repositories"), source.id, data, "")
            known = repositories.setdefault(source.id, piece)
            known.data["branches"] = [*dict.fromkeys([*known.data["branches"], source.branch])]
    yield from repositories.values()
    for id_, one in found:
        yield _pipeline(given, id_, one, _source(given, one))


def _source(given: Given, one: Resource) -> _Source:
    for action in _actions(one.values):
        settings = document(action.get("configuration"))
        name = next((text(settings[key]) for key in _REPOSITORIES if text(settings.get(key))), "")
        branch = next((text(settings[key]) for key in _BRANCHES if text(settings.get(key))), "")
        if action.get("category") == "Source" and name:
            detects = [switch(settings.get(key)) for key in ("DetectChanges", "PollForSourceChanges")]
            owner = text(settings.get("Owner"))
            id_ = "-".join(re.findall(r"[a-z0-9]+", name.rpartition("/")[2].lower()))
            full = f"{owner}/{name}" if owner and "/" not in name else name
            return _Source(links.free(id_, given) if id_ else "", full, branch, detects != [False, None])
    return _Source("", "", "", starts=True)


def _actions(values: Values) -> list[Values]:
    return [action for stage in blocks(values.get("stage")) for action in blocks(stage.get("action"))]


def _pipeline(given: Given, id_: str, one: Resource, source: _Source) -> Piece:
    values = one.values
    artifacts = block(values, "artifact_store").get("location")
    data = {
        "name": text(values.get("name")),
        "trigger": f"Push to {source.branch}" if source.branch and source.starts else "",
        "source": source.id,
        "artifacts": links.element(given, artifacts),
        "role": links.element(given, values.get("role_arn")),
        "stages": [_stage(given, stage, source) for stage in blocks(values.get("stage"))],
    }
    return Piece(("delivery", "pipelines"), id_, data, one.address)


def _stage(given: Given, stage: Values, source: _Source) -> dict[str, Any]:
    actions = blocks(stage.get("action"))
    kinds = [_CATEGORIES.get(text(action.get("category")), "") for action in actions]
    is_source = "source" in kinds
    uses = [id_ for action in actions for id_ in _used(given, document(action.get("configuration")))]
    return {
        "name": text(stage.get("name")),
        "type": kinds[0] if len(set(kinds)) == 1 else "",
        "uses": [*dict.fromkeys([source.id] if is_source and source.id else []), *dict.fromkeys(uses)],
        "does": [*dict.fromkeys(_does(action) for action in actions)],
    }


def _does(action: Values) -> str:
    """Say what an action does it with, and under which name where that is another."""
    provider, name = text(action.get("provider")), text(action.get("name"))
    return f"{provider}: {name}" if provider and name and name != provider else provider or name


def _used(given: Given, settings: Mapping[str, Any]) -> Sequence[str]:
    """Return the elements that an action names, by references or by their names."""
    found: list[str] = []
    for key, value in settings.items():
        if isinstance(value, Ref):
            found.append(links.element(given, value))
        elif key in _BY_NAME:
            type_, attribute = _BY_NAME[key]
            same = [one for one in given.inventory.of(type_) if one.values.get(attribute) == value]
            found += [given.ids.get(one.address, "") for one in same[:1]]
    return [id_ for id_ in found if id_]

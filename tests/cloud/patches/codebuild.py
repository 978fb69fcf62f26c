"""CodeBuild: builds of a pipeline, and keys."""

from typing import Any

from moto.codebuild import responses

from tests.cloud.untyped import Moto

_WITHOUT_LOCATION = ("CODEPIPELINE", "NO_SOURCE")


def patch() -> None:
    """Take a source and artifacts of type CODEPIPELINE without a location, as AWS does, and keep the encryption key."""
    source = responses._validate_required_params_source
    artifacts = responses._validate_required_params_artifacts
    create = responses.CodeBuildResponse.create_project

    def located(said: dict[str, Any]) -> dict[str, Any]:
        return {**said, "location": "anywhere"} if said.get("type") in _WITHOUT_LOCATION else said

    def created(self: Moto) -> str:
        answer: str = create(self)
        key = self._get_param("encryptionKey")
        if key:
            project = self.codebuild_backend.codebuild_projects[self._get_param("name")]
            project.project_metadata["encryptionKey"] = key
        return answer

    responses._validate_required_params_source = lambda said: source(located(said))
    responses._validate_required_params_artifacts = lambda said: artifacts(located(said))
    responses.CodeBuildResponse.create_project = created

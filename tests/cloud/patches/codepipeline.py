"""CodePipeline: the times of pipelines."""

import json
from datetime import datetime

from moto.codepipeline.responses import CodePipelineResponse

from tests.cloud.untyped import Moto


def patch() -> None:
    """Tell when a pipeline was created and updated as a number, which is what the SDKs read."""
    get = CodePipelineResponse.get_pipeline

    def timed(self: Moto) -> str:
        answer = json.loads(get(self))
        times = answer.get("metadata", {})
        times |= {key: _seconds(times[key]) for key in ("created", "updated") if isinstance(times.get(key), str)}
        return json.dumps(answer)

    CodePipelineResponse.get_pipeline = timed


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()

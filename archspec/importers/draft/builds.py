"""CodeBuild projects → `delivery.builds`."""

from collections.abc import Iterator

from archspec.importers.draft import links
from archspec.importers.draft.attributes import Values, block, blocks, switch, text
from archspec.importers.draft.logs import LogGroups
from archspec.importers.draft.piece import Given, Piece

HOME = ("delivery", "builds")
TYPES = frozenset({"aws_codebuild_project", "aws_codebuild_source_credential", "aws_codebuild_webhook"})
_LONGEST = 80


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the builds."""
    logs = LogGroups(given)
    for id_, found in links.by_id(given, "aws_codebuild_project").items():
        values = found[0].values
        machine = block(values, "environment")
        spec = text(block(values, "source").get("buildspec"))
        name = text(values.get("name"))
        stated = block(values, "logs_config", "cloudwatch_logs").get("group_name")
        data = {
            "name": name,
            # A spec names the file; what a project holds itself is too long for it.
            "spec": spec if "\n" not in spec and len(spec) <= _LONGEST else "",
            "image": text(machine.get("image")),
            "compute": text(machine.get("compute_type")),
            "privileged": bool(switch(machine.get("privileged_mode"))),
            "role": links.element(given, values.get("service_role")),
            # https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details.html
            "log_group": logs.one(stated or f"/aws/codebuild/{name}"),
            "variables": {text(one.get("name")): _value(one) for one in blocks(machine.get("environment_variable"))},
        }
        inside = ("the build spec stands in the project itself",) if spec and not data["spec"] else ()
        yield Piece(HOME, id_, data, found[0].address, inside)


def _value(variable: Values) -> str:
    """Return what a variable holds; of a secret or a parameter, where it is from."""
    value, kind = text(variable.get("value")), text(variable.get("type"))
    return value if kind in ("", "PLAINTEXT") else f"from {kind.lower().replace('_', ' ')}: {value}"

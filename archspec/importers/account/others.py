"""What an account holds that a spec has no kind of element for: only its names, so that it can be counted."""

from collections.abc import Iterator

from archspec.importers.account.answers import Answers, made
from archspec.importers.account.calls.unknown import COUNTED
from archspec.resources.resource import Resource


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield one resource for each, with its VPC where that is known."""
    for call, one in COUNTED.items():
        for item in answers.items(call):
            vpc = item.get("VpcId") or item.get("VPCId")
            yield made(one.type, str(item[one.name]), {"vpc_id": vpc})

"""A running AWS account, saved to a folder by read-only calls, in; an inventory of its resources out.

`capture.capture` asks AWS, and what it returns is saved; `read` makes an inventory of that folder, as often as wanted
and offline. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html#jf_security-auditor
tells of the policy that allows nearly all of what is asked.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from archspec.errors import Location, Problem, SpecError
from archspec.importers.account import (
    backups,
    balancing,
    buckets,
    caches,
    compute,
    costs,
    databases,
    delivery,
    detectors,
    discovery,
    edge,
    messaging,
    network,
    observability,
    others,
    proxies,
    roles,
    saved,
    security,
)
from archspec.importers.account.answers import Answers, tags
from archspec.importers.account.made_by_aws import parted
from archspec.resources.joining import joined
from archspec.resources.resource import Inventory, Resource, Unread, Value, texts

AREAS = (
    network.resources,
    discovery.resources,
    balancing.resources,
    compute.resources,
    databases.resources,
    proxies.resources,
    caches.resources,
    buckets.resources,
    backups.resources,
    messaging.resources,
    edge.resources,
    security.resources,
    roles.resources,
    detectors.resources,
    observability.resources,
    costs.resources,
    delivery.resources,
    others.resources,
)
"""What makes resources of the answers of each group of services."""

_SUBNETS = "ec2.describe_subnets"
_TAGGED = "resourcegroupstaggingapi.get_resources"
_UNKNOWN = "archspec does not ask about it; it is known by its tags"
_ARN = 6
_NAME = re.compile(r"[:/]")
_FOLLOWS = frozenset({
    "backup recovery-point", "ec2 network-interface", "ec2 snapshot", "ec2 volume", "ecs container-instance",
    "ecs task", "elasticache snapshot", "rds cluster-snapshot", "rds snapshot",
})  # fmt: skip
"""What comes and goes with something else."""


def read(folder: Path, shown: str = "") -> Inventory:
    """Return the resources in a saved account; `shown` is what messages call the folder.

    Unread is what AWS refused to tell, what AWS made by itself, and what only its tags tell of. Raises `SpecError` for
    a file that is not what was saved, and `UsageError` for one that cannot be read.
    """
    answers, refused = saved.read(folder, shown or folder.as_posix())
    try:
        found = _found(answers)
        resources, by_aws = parted(found)
        untold = _untold(answers)
        inside = tuple(sorted(joined(resources), key=lambda one: one.address))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise _spoilt(answers, error) from None
    unasked = (Unread(call, f"AWS refused to tell: {reason}") for call, reason in sorted(refused.items()))
    source = f"account {answers.account} in {answers.region}"
    unread = (*unasked, *by_aws, *untold)
    return Inventory(source, inside, unread, answers.region, answers.account, is_mixed=True, refused=tuple(refused))


def _found(answers: Answers) -> list[Resource]:
    found: dict[str, Resource] = {}
    for area in AREAS:
        for one in area(answers):
            found.setdefault(one.address, one)
    named = {one["ResourceARN"]: tags(one) for one in answers.items(_TAGGED)}
    rank = {one["SubnetId"]: (str(one.get("AvailabilityZone")), i) for i, one in enumerate(answers.items(_SUBNETS))}
    tagged = (_tagged(one, named.get(one.values.get("arn"))) for one in found.values())
    return [one._replace(values={name: _placed(value, rank) for name, value in one.values.items()}) for one in tagged]


def _placed(value: Value, rank: Mapping[Value, tuple[str, int]]) -> Value:
    """Return a value with the subnets in it as people list them: by zone, and not by their ids."""
    match value:
        case dict():
            return {name: _placed(one, rank) for name, one in value.items()}
        case [*some] if some and all(isinstance(one, str) and one in rank for one in some):
            return sorted(some, key=lambda one: rank[one])
        case list():
            return [_placed(one, rank) for one in value]
        case _:
            return value


def _tagged(one: Resource, named: dict[str, str] | None) -> Resource:
    """Return a resource with the tags that the tagging API has of it, where its own service told none."""
    return one._replace(values={**one.values, "tags": named, "tags_all": named}) if named and not one.tags else one


def _untold(answers: Answers) -> Iterator[Unread]:
    """Return what the tagging API lists, and no other answer names: by service and type, as its ARN says."""
    known = set[object]()
    for call in answers.calls:
        if call != _TAGGED:
            known.update(text for one in answers.items(call) for text in texts(one))
    names = {name for text in known if (name := _NAME.split(str(text))[-1])}
    arns = (str(one["ResourceARN"]) for one in answers.items(_TAGGED))
    counted = Counter(_kind(arn) for arn in arns if arn not in known and _NAME.split(arn)[-1] not in names)
    return (Unread(kind, _UNKNOWN, count) for kind, count in sorted(counted.items()) if kind not in _FOLLOWS)


def _kind(arn: str) -> str:
    parts = arn.split(":", _ARN - 1)
    if len(parts) < _ARN:
        return "a resource"
    what = parts[-1].replace("/", ":").partition(":")
    return f"{parts[2]} {what[0]}" if what[1] else parts[2]


def _spoilt(answers: Answers, error: Exception) -> SpecError:
    """Say that an answer cannot be read, at the file that was read last: where two belong together, one of them."""
    what = f"{error} is missing" if isinstance(error, KeyError) else "something in it has another form"
    place = Location(f"{answers.folder}/{answers.last or 'account'}.json", 1, 1)
    hint = "save the account anew with `archspec import --account --save FOLDER`"
    return SpecError((Problem(f"this is not what AWS answers: {what}", place, hint),))

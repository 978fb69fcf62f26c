"""What plain moto makes of one resource of each type that exports hold."""

import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from archspec.defaults import complete
from archspec.exporters.terraform.files import collect
from archspec.importers import spec
from tests.cloud.account import copied, serving
from tests.cloud.applied import ROOT, SPECS, answered
from tests.cloud.terraform import Terraform

ALL = [*SPECS, *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/exporters/specs").glob("*.yaml"))]
ENDLESS = frozenset({"aws_sqs_queue_redrive_allow_policy"})
"""Types for which the provider waits longer than any test should."""


class _Sample(NamedTuple):
    """Of a spec, the resources that are the only ones of their type that are tried."""

    path: str
    addresses: tuple[str, ...]


def _samples() -> Iterator[_Sample]:
    """Choose one resource of each type of all specs: the one that says most."""
    made = {path: collect(complete(spec.load(ROOT / path).architecture)).resources for path in ALL}
    left = {one.type for resources in made.values() for one in resources.values()} - ENDLESS
    while left:
        path = max(sorted(made), key=lambda path: len({one.type for one in made[path].values()} & left))
        found = {}
        for one in sorted(made[path].values(), key=lambda one: (len(str(one)), one.address)):
            if one.type in left:
                found[one.type] = one.address
        left -= found.keys()
        yield _Sample(path, tuple(sorted(found.values())))


def _gaps(sample: _Sample, folder: Path, endpoint: str) -> dict[str, str]:
    """Return the types that are not created or that differ as soon as they are."""
    run, _ = answered(sample.path, folder, endpoint)
    targets = [f"-target={address}" for address in sample.addresses]
    planned = _changed(run, "first", targets)
    run.try_("apply", "-input=false", "first")
    state = json.loads(run("show", "-json")).get("values", {}).get("root_module", {}).get("resources", ())
    created = {one["address"] for one in state if not one.get("tainted")}
    wanted = {address: type_ for address, type_ in planned.items() if address in sample.addresses}
    failed = {type_: "fails" for address, type_ in wanted.items() if address not in created}
    kept = [target for target in targets if target.removeprefix("-target=") in created]
    changed = _changed(run, "second", kept)
    differing = {type_: "differs" for address, type_ in changed.items() if address in created and address in wanted}
    return failed | differing


def _changed(run: Terraform, name: str, targets: Iterable[str]) -> Mapping[str, str]:
    run("plan", "-input=false", f"-out={name}", *targets)
    changes = json.loads(run("show", "-json", name)).get("resource_changes", ())
    return {one["address"]: one["type"] for one in changes if one["change"]["actions"] not in (["no-op"], ["read"])}


def gaps(folder: Path) -> dict[str, str]:
    """Return the types that plain moto does not create, or forgets something of, and which of both it is."""
    samples = list(_samples())
    with serving("--plain") as endpoint, ThreadPoolExecutor(len(samples)) as pool:
        folders = [folder / str(i) for i in range(len(samples))]
        for one in folders:
            one.mkdir(parents=True)
        accounts = [copied(endpoint) for _ in samples]
        found = list(pool.map(_gaps, samples, folders, accounts))
    return {type_: gap for gaps in found for type_, gap in gaps.items()}

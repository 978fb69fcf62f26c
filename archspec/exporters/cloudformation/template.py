"""The resources of the Terraform export → one template, as JSON: no text in it can be anything but text."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from archspec.artifacts import Artifacts, Origin
from archspec.errors import UsageError
from archspec.exporters.cloudformation import meaning
from archspec.exporters.cloudformation.attachments import attachments
from archspec.exporters.cloudformation.contents import Contents, Entry, address_in, contents
from archspec.exporters.cloudformation.egress import closed
from archspec.exporters.cloudformation.parameters import naming
from archspec.exporters.cloudformation.properties import properties
from archspec.exporters.cloudformation.shapes import SHAPES
from archspec.exporters.cloudformation.values import Names
from archspec.exporters.cloudformation.waiting import named, waits
from archspec.exporters.terraform.files import collect, default_tags
from archspec.model.architecture import Architecture

FILE = "template.json"
_KEPT = frozenset(
    {"AWS::Backup::BackupVault", "AWS::KMS::Key", "AWS::S3::Bucket", "AWS::SecretsManager::Secret", "AWS::SQS::Queue"}
)
"""What holds data: it stays when its stack is deleted. Of a database a last snapshot does, unless the spec has none."""

_MEANT = ("W1011", "W3010", "E3691", "W3690", "W3691")
"""What cfn-lint warns of and the spec means: Availability Zones by name, engine versions by their major number alone,
which RDS completes, and secrets that whoever deploys hands in."""

_MOST = {"Resources": 500, "Parameters": 200}
_LARGEST = 1_000_000
"""Bytes. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"""


def write(architecture: Architecture) -> Artifacts:
    """Return the template and the source map of what can be exported of a complete architecture.

    Raises `UsageError` where the template would be larger than CloudFormation takes.
    """
    found = collect(architecture)
    held = contents(found.resources)
    parameters: dict[str, Any] = {}
    name = naming(found, set(held.ids.values()), parameters)
    bodies = {address: entry.one.body for address, entry in held.entries.items()}
    names = Names(held.ids, bodies, lambda expression: name(expression, held.left.get(address_in(expression), "")))
    resources, origins = _resources(held, names, default_tags(architecture))
    meaning.check(resources)
    text = json.dumps(_template(architecture, parameters, resources), indent=2) + "\n"
    _check(architecture, {"Resources": len(resources), "Parameters": len(parameters)}, len(text))
    omissions = tuple(sorted({*found.omissions, *held.omissions(found.resources)}, key=str))
    return Artifacts(files={FILE: text}, origins=dict(sorted(origins.items())), omissions=omissions)


def _template(
    architecture: Architecture, parameters: Mapping[str, Any], resources: Mapping[str, Any]
) -> Mapping[str, Any]:
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"{architecture.name}, written by archspec. Change the spec, not this file.",
        "Metadata": {"cfn-lint": {"config": {"ignore_checks": list(_MEANT)}}},
        "Parameters": dict(sorted(parameters.items())),
        "Resources": dict(sorted(resources.items())),
    }
    return {key: value for key, value in template.items() if value}


def _resources(held: Contents, names: Names, tags: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Origin]]:
    wholes = {address: entry for address, entry in held.entries.items() if not entry.form.part_of}
    parts: dict[str, list[Entry]] = {}
    for address, entry in held.entries.items():
        if entry.form.part_of:
            parts.setdefault(held.ids[address], []).append(entry)
    found: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    added = closed(wholes.values())
    for address, entry in wholes.items():
        id_ = held.ids[address]
        made = {id_: _resource((entry, parts.get(id_, [])), names, tags), **attachments(entry.one, names)}
        made[id_]["Properties"] |= added.get(address, {})
        found |= made
        origins |= dict.fromkeys(made, entry.one.origin)
    return found, origins


def _resource(given: tuple[Entry, list[Entry]], names: Names, tags: Mapping[str, str]) -> dict[str, Any]:
    """Return a resource with what is only a part of it."""
    entry, parts = given
    held = {**entry.form.adds, **_properties(entry, names, tags)}
    for part in parts:
        for key, value in _properties(part, names, {}).items():
            held[key] = [*held[key], *value] if isinstance(held.get(key), list) else value
    after = set[str]().union(*(waits(one, names) for one in (entry, *parts)))
    after -= {names.ids[entry.one.address], *named(held)}
    return dict(_sections(entry, held, after))


def _sections(entry: Entry, held: Mapping[str, Any], after: set[str]) -> Iterator[tuple[str, Any]]:
    yield "Type", entry.form.type
    yield "Metadata", {"SpecPath": ".".join(map(str, entry.one.origin.path))}
    if after:
        yield "DependsOn", sorted(after)
    if policy := _policy(entry):
        yield "DeletionPolicy", policy
        yield "UpdateReplacePolicy", policy
    yield "Properties", held


def _policy(entry: Entry) -> str:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html"""
    skips = entry.one.body.get("skip_final_snapshot")
    if isinstance(skips, bool):
        return "Delete" if skips else "Snapshot"
    return "Retain" if entry.form.type in _KEPT else ""


def _properties(entry: Entry, names: Names, tags: Mapping[str, str]) -> dict[str, Any]:
    body = {name: value for name, value in entry.body.items() if name != entry.form.part_of}
    own = body.get("tags")
    if isinstance(own, Mapping):
        body["tags"] = {**tags, **own}
    shape = SHAPES.get(entry.one.type)
    found = properties(body, entry.form, names)
    return shape(found, entry.one) if shape else found


def _check(architecture: Architecture, counts: Mapping[str, int], size: int) -> None:
    for section, count in counts.items():
        if count > _MOST[section]:
            message = f"a template of {architecture.name} would have {count} {section.lower()}"
            raise UsageError(f"{message}; CloudFormation takes {_MOST[section]}. {_advice(architecture)}")
    if size > _LARGEST:
        message = f"a template of {architecture.name} would have {size} bytes"
        raise UsageError(f"{message}; CloudFormation takes {_LARGEST}. {_advice(architecture)}")


def _advice(architecture: Architecture) -> str:
    if len(architecture.environments) > 1:
        return f"Export one environment at a time: --environment {' | '.join(architecture.environments)}"
    return "Export Terraform instead, or keep what changes together in a spec of its own"

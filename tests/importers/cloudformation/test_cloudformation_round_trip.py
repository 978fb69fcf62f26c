"""The same system, read from its Terraform and from its template: what a template cannot say, and nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from archspec import api
from archspec.exporters.terraform.inventory import inventory
from archspec.importers.cloudformation import read
from archspec.importers.draft import draft

pytestmark = pytest.mark.no_cover  # thousands of examples, or whole systems: measuring coverage would take longer

SPECS = Path(__file__).parents[3] / "specs"
SYSTEMS = sorted(path.stem for path in SPECS.glob("*.yaml"))

UNSAID = {
    "account": "a template runs in any account",
    "data.databases.backups": "copies in another Region take a stack of their own",
    "network.nacls.subnets": "associations have no order",
    "security.roles.may": "a template says what a policy allows before it is applied, a plan does not",
    "security.secrets.recovery_window": "CloudFormation has no such property",
    "compute.services.scaling": "scheduled actions have no order in Terraform",
}
"""What differs, and why."""

EXPECTED = {
    "apexai-crm": ["security.roles.may"],
    "ecs-production": [],
    "event-planner": ["data.databases.backups", "network.nacls.subnets", "security.roles.may"],
    "pge": ["compute.services.scaling", "security.roles.may", "security.secrets.recovery_window"],
    "z360": ["account"],
}


def drafted(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def facts(data: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield every fact of every element: section, collection, id and key, and what stands there."""
    inside = path[2 * (path[:1] == ("environments",)) :]
    if isinstance(data, dict) and len(inside) < 4:  # section, collection, id, key
        for key, value in data.items():
            yield from facts(value, (*path, str(key)))
    else:
        yield path, data


def different(system: str) -> list[str]:
    loaded = api.load(SPECS / f"{system}.yaml")
    terraform = dict(facts(drafted(draft(inventory(loaded.architecture)).text)))
    text = api.export(loaded, "cloudformation").files["template.json"]
    template = dict(facts(drafted(draft(read(text, "template.json")).text)))
    paths = {path for path in terraform.keys() | template.keys() if terraform.get(path) != template.get(path)}
    named = (path[2:] if path[0] == "environments" else path for path in paths)
    return sorted({".".join((*path[:2], *path[3:])) for path in named})


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_template_says_what_terraform_says(system: str) -> None:
    found = different(system)
    assert found == EXPECTED[system]
    assert set(found) <= UNSAID.keys()

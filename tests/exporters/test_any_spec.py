"""Whatever a spec says, its export is complete, refers to nothing that is not there, and Terraform takes it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec import api
from archspec.artifacts import Artifacts
from archspec.exporters.terraform.resource import slug
from tests.exporters.any_spec import any_spec
from tests.exporters.test_terraform_runs import answers

pytestmark = pytest.mark.no_cover  # thousands of examples, or whole systems: measuring coverage would take longer

SPECS = 8
_ADDRESS = re.compile(r"(?<![\w.\"/])(aws_\w+\.\w+)\.\w+")
_TEXT = re.compile(r'"(?:[^"\\$]|\\.|\$(?!\{)|\$\{([^}"]*)\})*"')

Terraform = Callable[..., str]


def export(seed: int, target: str = "terraform") -> Artifacts:
    """Export the spec of a number."""
    return api.export(api.parse(any_spec(seed)), target)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_every_element_is_exported_or_listed(seed: int) -> None:
    system = api.parse(any_spec(seed))
    made = api.export(system)
    told = {"".join(map(str, omission.path[2:3])) for omission in made.omissions}
    taken = {origin.element for origin in made.origins.values()}
    variables = made.files["variables.tf"]
    stated = [one for one in system.architecture.elements.values() if not one.derived and one.id != "internet"]
    silent = [one.id for one in stated if one.id not in taken | told and slug(one.id) not in variables]
    assert [id_ for id_ in silent if not id_.startswith(("monitor-", "repository-", "secret-store-"))] == []


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_nothing_is_referred_to_that_is_not_there(seed: int) -> None:
    made = export(seed)
    whole = "\n".join(line for text in made.files.values() for line in text.splitlines() if line[:1] != "#")
    expressions = " ".join(_TEXT.sub(lambda found: f" {found[1] or ''} ", line) for line in whole.splitlines())
    assert {*_ADDRESS.findall(expressions)} - made.origins.keys() == set()


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_the_same_spec_gives_the_same_bytes(seed: int) -> None:
    assert export(seed) == export(seed)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_a_template_is_json_whatever_the_spec_says(seed: int) -> None:
    assert json.loads(export(seed, "cloudformation").files["template.json"])["Resources"]


@pytest.mark.slow
def test_terraform_formats_validates_and_plans_what_any_spec_becomes(
    with_provider: Callable[[Path], Terraform], tmp_path: Path
) -> None:
    """All in one folder, each as a module: reading the provider's schema takes longer than reading them."""
    modules = {}
    for seed in range(SPECS):
        made = export(seed)
        folder = tmp_path / f"any{seed}"
        folder.mkdir()
        for name, text in made.files.items():
            (folder / name).write_text(text, encoding="utf-8")
        modules[folder.name] = {"source": f"./{folder.name}", **answers(made)}
    (tmp_path / "main.tf.json").write_text(json.dumps({"module": modules}), encoding="utf-8")
    terraform = with_provider(tmp_path)
    terraform(tmp_path, "fmt", "-check", "-diff", "-recursive")
    # Planning validates first, and warns of what validating warns of.
    assert "Warning:" not in terraform(tmp_path, "plan", "-input=false", "-no-color", "-lock=false")

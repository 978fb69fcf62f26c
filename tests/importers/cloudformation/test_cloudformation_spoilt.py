"""Templates that are none: a message at a place, or an answer, and never a traceback."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec import api
from archspec.errors import SpecError
from archspec.importers.cloudformation import read
from archspec.importers.draft import draft

pytestmark = pytest.mark.no_cover  # thousands of examples, or whole systems: measuring coverage would take longer

TEMPLATES = Path(__file__).parent / "templates"
YAML = (TEMPLATES / "by-hand.yaml").read_text("utf-8")
JSON = (TEMPLATES / "shop-cdk.template.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "t:1:1: the template is no mapping of sections"),
        ("just text", "t:1:1: the template is no mapping of sections"),
        ("- a", "t:1:1: the template is no mapping of sections"),
        ("Parameters: {}", "t:1:1: there are no Resources in the template"),
        ("Resources: [1]", "t:1:1: there are no Resources in the template"),
        ("Resources: [1", "t:1:12: the '[' of line 1 is not closed, or a comma is missing"),
        ("Resources:\n  A: &a {}\n  B: *a", "t:3:6: the template has an alias, which CloudFormation does not take"),
        ("Resources:\n  A: 1\n  A: 2", "t:3:3: the template has the key A for the second time"),
        ('{"Resources": {"A": 1, "A": 2}}', "t:1:24: the template has the key A for the second time"),
        ("Resources:\n  ? [a]\n  : 1", "t:2:5: the template has a key that is no text"),
        ("a: 1\n---\nb: 2", "t:2:1: the template has a second document; a template is one"),
        ("[" * 1000, "t:1:101: the template has a value that is nested more than 100 levels deep"),
        ('{"Resources":' * 800_000, "t:1:1301: the template has a value that is nested more than 100 levels deep"),
    ],
)
def test_it_is_refused_where_it_is_wrong(text: str, message: str) -> None:
    with pytest.raises(SpecError) as refused:
        read(text, "t")
    assert str(refused.value) == message


def test_conditions_in_too_long_a_row_are_refused() -> None:
    conditions = {f"C{i}": {"Condition": f"C{i + 1}"} for i in range(3000)}
    with pytest.raises(SpecError, match=r"^t:1:1: its conditions name each other in too long a row$"):
        read(json.dumps({"Conditions": conditions, "Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}), "t")


def answered(text: str) -> None:
    """A template is refused, or its draft loads."""
    try:
        found = read(text, "t")
    except SpecError:
        return
    api.parse(draft(found).text, "draft.yaml")


@given(st.randoms(use_true_random=False), st.sampled_from([YAML, JSON]))
@settings(max_examples=60, deadline=None)
def test_a_template_with_lines_lost_or_swapped_is_answered(dice: random.Random, text: str) -> None:
    lines = text.splitlines()
    for _ in range(dice.randint(1, 4)):
        first, second = dice.randrange(len(lines)), dice.randrange(len(lines))
        lines[first] = dice.choice(["", lines[second], lines[first][: len(lines[first]) // 2]])
    answered("\n".join(lines))


@given(st.integers(0, len(JSON)))
@settings(max_examples=30, deadline=None)
def test_a_truncated_template_is_answered(end: int) -> None:
    answered(JSON[:end])


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.sampled_from(["A", "0", "a.b"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["Ref", "Fn::Sub", "Fn::Join", "Fn::If", "Fn::Select", "Fn::GetAtt", "Fn::Cidr", "Key", "x"]
            ),
            inner,
            max_size=2,
        )
    ),
    max_leaves=8,
)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_template_with_anything_in_a_property_is_answered(data: st.DataObject) -> None:
    template = json.loads(JSON)
    for id_ in data.draw(st.lists(st.sampled_from(sorted(template["Resources"])), min_size=1, max_size=4)):
        properties = template["Resources"][id_]["Properties"]
        properties[data.draw(st.sampled_from(sorted(properties)))] = data.draw(_ANYTHING)
    answered(json.dumps(template))


@given(st.sampled_from(["Parameters", "Conditions", "Mappings", "Transform", "Resources"]), _ANYTHING)
@settings(max_examples=40, deadline=None)
def test_a_template_with_anything_as_a_section_is_answered(section: str, anything: object) -> None:
    answered(json.dumps({**json.loads(JSON), section: anything}))


def test_a_text_that_would_fill_memory_is_unknown() -> None:
    text = json.dumps(
        {
            "Parameters": {"A": {"Type": "String", "Default": "x" * 4096}},
            "Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"Fn::Sub": "${A}" * 100_000}}}},
        }
    )
    assert read(text, "t").by_address["T"].unknown == {"name"}

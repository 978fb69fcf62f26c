"""What an editor offers to write, wherever the cursor is."""

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from archspec.model.architecture import Architecture
from tests.language_server.editor import Editor
from tests.language_server.test_diagnostics import CLEAN, PART, WHOLE

SUBNETS = ["data-a", "public-a"]
ANY = ["data-a", "db", "db-sg", "internet", "main", "public-a", "web", "web-sg"]


def test_a_new_file_is_offered_the_keys_of_a_spec_with_those_it_needs_first(editor: Editor) -> None:
    found = editor.labels("spec.yaml", "arch|")

    assert (found[:3], set(found)) == (["archspec", "name", "region"], set(Architecture.model_fields))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("tier: public", "tier: |"), ["public", "private", "data"]),
        (("tier: public", "tier: pu|b"), ["public", "private", "data"]),
        (("public_ip: true", "public_ip: |"), ["true", "false"]),
        (("subnets: [public-a]", "subnets: [|]"), SUBNETS),
        (("subnets: [public-a]", "subnets: [public-a, |]"), ["data-a"]),
        (("subnets: [public-a]", "subnets: |"), SUBNETS),
        (("from: web-sg", "from: |"), ["db-sg", "internet", "web-sg"]),
        (("  - internet -> web", "  - internet -> |"), ANY),
        (("  - internet -> web", "  - inter| -> web"), ANY),
        (("  - internet -> web: 443 HTTPS", "  - internet ->|"), ANY),
        (("  - internet -> web", '  - "internet -> |"\n  - internet -> web'), ANY),
        (("flows:\n", "flows:\n  - {from: |\n"), ANY),
        (("flows:\n", "must_reach:\n  - internet -> w|\nflows:\n"), ANY),
        (("flows:\n", "journeys:\n  - {title: one, steps: [web -> |]}\nflows:\n"), ANY),
        (("flows:\n", "waivers:\n  - {rule: NET001, subject: |\nflows:\n"), ANY),
        (("flows:\n", "recovery:\n  failover:\n    - subject: |\nflows:\n"), ANY),
        (("flows:\n", "flows:  # of w|\n"), []),
        (("region: us-east-1", "region: us-east-1\ntitle: My |"), []),
        (("    web:", "    |:"), []),
    ],
)
def test_ids_words_and_switches_are_offered_where_they_fit(
    editor: Editor, change: tuple[str, str], expected: list[str]
) -> None:
    assert CLEAN.count(change[0])
    assert editor.labels("spec.yaml", CLEAN.replace(*change, 1)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("network:\n  |", {"vpcs", "subnets", "security_groups"}),
        ("network:\n  vpcs: {}\n  |\n", {"subnets", "security_groups"}),
        ("network:\n  subnets:\n    a:\n      |\n    b: {}\n", {"az", "tier", "cidr", "vpc"}),
        ("network:\n  subnets:\n    a:\n      az: us-east-1a\n      |", {"tier", "cidr", "vpc"}),
        ("network:\n  subnets:\n    a: {az: us-east-1a, |\n    b: {az: us-east-1b}\n", {"tier", "cidr", "vpc"}),
        ("network:\n  subnets:\n    a: {az: us-east-1a,\n        |", {"tier", "cidr", "vpc"}),
        ("network:\n  subnets:\n    a: {|}\n", {"az", "tier", "cidr", "vpc"}),
        ("network:\n  security_groups:\n    a:\n      ingress:\n        - |", {"from", "port"}),
        ("network:\n  security_groups:\n    a:\n      ingress:\n        - from: internet\n          |", {"port"}),
        ("data:\n  databases:\n    a: {instances: [{role: primary, |", {"az", "name", "class"}),
        ("environments:\n  beta:\n    |", {"stage", "network", "flows"}),
        ("environments:\n  beta:\n    network:\n      |", {"vpcs", "subnets"}),
        ("flows:\n  - from: a\n    |", {"to", "port"}),
        ("wrong [\n  so: {\n'\nnetwork:\n  subnets:\n    a: {az: us-east-1a, |", {"tier", "cidr", "vpc"}),
    ],
)
def test_keys_are_offered_by_what_they_stand_in_in_any_style(editor: Editor, text: str, expected: set[str]) -> None:
    assert expected <= set(editor.labels("spec.yaml", f"archspec: 1\n{text}"))


def test_the_indentation_of_an_empty_line_says_what_it_belongs_to(editor: Editor) -> None:
    text = "archspec: 1\nnetwork:\n  subnets:\n    a:\n      az: us-east-1a\n{}|\ncompute:\n  services: {{}}\n"
    found = [editor.labels("spec.yaml", text.format(" " * depth))[:1] for depth in (0, 2, 4, 6)]

    assert found == [["name"], ["vpcs"], [], ["tier"]]


def test_a_key_is_written_with_the_start_of_its_value(editor: Editor) -> None:
    def written(marked: str, *labels: str) -> list[str]:
        items = editor.items("spec.yaml", f"archspec: 1\n{marked}")
        return [one.text_edit.new_text for one in items if one.label in labels and one.text_edit]

    wanted = ("az", "tags", "vpc")
    assert (
        written("network:\n  subnets:\n    a:\n      |", *wanted),
        written("network:\n  subnets:\n    a: {|}", *wanted),
        written("network:\n  subnets:\n    a: {ta|: [x]}", *wanted),
        written("network:\n  |", "subnets"),
        written("|", "flows"),
    ) == (["az: $0", "vpc: $0", "tags: [$0]"],) * 2 + (["az", "vpc", "tags"], ["subnets:\n  $0"], ["flows:\n  - $0"])


def test_a_key_comes_with_its_shape_and_its_meaning(editor: Editor) -> None:
    found = editor.items("spec.yaml", "archspec: 1\nnetwork:\n  subnets:\n    a: {|}")
    (tier,) = [one for one in found if one.label == "tier"]

    assert (tier.detail, tier.kind) == ("`public`, `private` or `data`", lsp.CompletionItemKind.Property)
    assert isinstance(tier.documentation, lsp.MarkupContent)
    assert tier.documentation.value.startswith("**tier**: `public`, `private` or `data`, required\n\n")


def test_the_whole_word_at_the_cursor_is_replaced(editor: Editor) -> None:
    first = editor.items("spec.yaml", CLEAN.replace("[public-a]", "[pub|lic-a]", 1))[0]

    assert isinstance(first.text_edit, lsp.TextEdit)
    assert (first.text_edit.new_text, first.text_edit.range.start.character, first.text_edit.range.end.character) == (
        "data-a",
        61,
        69,
    )


ENVIRONMENTS = CLEAN + (
    "journeys: []\nenvironments:\n  staging: {}\n"
    "  beta:\n    compute:\n      services:\n        web: {}\n        batch: {}\n"
)


def test_an_overlay_is_offered_what_the_environments_share_and_lists_are_offered_both_ways_to_say_it(
    editor: Editor,
) -> None:
    overlay = ENVIRONMENTS.replace("        web: {}\n        batch", "        |\n        batch")
    journey = ENVIRONMENTS.replace("journeys: []", "claims:\n  - {says: one, about: |}")
    found = editor.labels("spec.yaml", journey)

    assert editor.labels("spec.yaml", overlay) == ["web"]
    assert [one for one in found if "web" in one or "batch" in one] == [
        "batch", "beta/batch", "beta/web", "beta/web-sg", "staging/web", "staging/web-sg", "web", "web-sg",
    ]  # fmt: skip


def test_a_part_is_offered_the_ids_of_the_other_files_and_its_spec_those_of_a_broken_part(editor: Editor) -> None:
    (editor.root / "parts").mkdir()
    (editor.root / "parts/network.yaml").write_text(PART, encoding="utf-8")
    (editor.root / "spec.yaml").write_text(WHOLE, encoding="utf-8")
    editor.open("parts/network.yaml", f"{PART}  oops: [\n")

    assert editor.labels("spec.yaml", WHOLE.replace("[public-a]", "[|]", 1)) == SUBNETS
    assert editor.labels("parts/network.yaml", f"{PART}flows:\n  - internet -> |") == ANY


def test_the_rules_are_offered_to_a_waiver(editor: Editor) -> None:
    found = editor.items("spec.yaml", f"{CLEAN}waivers:\n  - rule: |")

    assert [(one.label, one.detail) for one in found if one.label == "NET001"] == [
        ("NET001", "flow-blocked-by-security-group")
    ]


def test_nothing_is_offered_in_a_file_that_is_no_part_of_a_spec(editor: Editor) -> None:
    assert editor.items("deployment.yaml", "kind: Deployment\n|") == []


def test_a_client_without_snippets_is_sent_none(tmp_path: Path) -> None:
    plain = Editor(tmp_path, lsp.ClientCapabilities())
    found = [
        one.text_edit.new_text
        for marked in ("archspec: 1\n|", "archspec: 1\nflows:\n  - |", "archspec: 1\nnetwork:\n  subnets:\n    a: {|}")
        for one in plain.items("spec.yaml", marked)
        if one.text_edit
    ]

    assert (
        plain.stop(),
        [one for one in found if "$" in one or "\n" in one],
        {"name: ", "flows:", "tags: "} - {*found},
    ) == (0, [], set())

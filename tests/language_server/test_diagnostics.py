"""What an editor shows while a spec is written."""

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from tests.language_server.editor import Editor, codes, span
from tests.sample import HEADER

CLEAN = f"""\
{HEADER}network:
  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}
  subnets:
    public-a: {{az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
    data-a: {{az: us-east-1a, tier: data, cidr: 10.0.2.0/24}}
  security_groups:
    web-sg: {{ingress: [{{from: internet, port: 443}}]}}
    db-sg: {{ingress: [{{from: web-sg, port: 5432}}]}}
compute:
  services:
    web: {{port: 443, desired: 1, singleton: alone, subnets: [public-a], security_groups: [web-sg], public_ip: true}}
data:
  databases:
    db: {{engine: postgres, class: db.t4g.small, subnets: [data-a], security_groups: [db-sg]}}
flows:
  - internet -> web: 443 HTTPS
  - web -> db: 5432 PostgreSQL
"""
BLOCKED = CLEAN.replace("from: web-sg, port: 5432", "from: web-sg, port: 5433")


def shown(diagnostics: list[lsp.Diagnostic]) -> list[tuple[str, str, str]]:
    return [(str(one.code), span(one.range), one.message.split("\n")[0]) for one in diagnostics]


@pytest.mark.usefixtures("only")
def test_a_finding_is_shown_at_its_line_with_the_way_that_led_there(editor: Editor) -> None:
    editor.open("spec.yaml", BLOCKED)
    (found,) = editor.diagnostics("spec.yaml")
    related = [(span(one.location.range), one.location.uri, one.message) for one in found.related_information or []]

    assert (found.code, found.severity, span(found.range), found.source) == (
        "NET001",
        lsp.DiagnosticSeverity.Error,
        "19:4-19:30",
        "archspec",
    )
    assert (found.message.split("\n")[0], found.code_description) == (
        "web may not reach db on tcp/5432",
        lsp.CodeDescription("https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html"),
    )
    assert {uri for _, uri, _ in related} == {editor.uri("spec.yaml")}


@pytest.mark.usefixtures("only")
def test_what_is_mended_is_gone_at_once(editor: Editor) -> None:
    editor.open("spec.yaml", BLOCKED)
    before = codes(editor.diagnostics("spec.yaml"))
    editor.change("spec.yaml", CLEAN)

    assert (before, editor.diagnostics("spec.yaml")) == (["NET001"], ())


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (
            ("tier: data", "tier: date"),
            [("DOC002", "7:29-7:39", "'date' is not a value of 'tier'; expected 'public', 'private' or 'data'")],
        ),
        (("subnets: [data-a]", "subnets: [data-b]"), [("DOC001", "16:58-16:64", "no subnet is called 'data-b'")]),
        (("singleton", "singelton"), [("DOC002", "13:33-13:49", "unknown key 'singelton' in compute.services.web")]),
        (
            ("security_groups:\n", "security_group:\n"),
            [("DOC002", "8:2-8:16", "unknown key 'security_group' in network")],
        ),
        (("web -> db", "web -> dbs"), [("DOC001", "19:4-19:31", "no element is called 'dbs'")]),
        (("data:\n", "data\n"), [("DOC000", "14:0-14:4", "this is not a key: no ': ' follows it")]),
    ],
)
@pytest.mark.usefixtures("only")
def test_a_problem_covers_the_whole_key_and_its_value(
    editor: Editor, wrong: tuple[str, str], expected: list[tuple[str, str, str]]
) -> None:
    editor.open("spec.yaml", CLEAN.replace(*wrong, 1))

    assert shown([*editor.diagnostics("spec.yaml")]) == expected


@pytest.mark.usefixtures("only")
def test_what_cannot_be_told_is_a_hint_and_what_is_waived_is_silent(editor: Editor, only: Path) -> None:
    only.write_text('select = ["NET008", "CIC002"]\n', encoding="utf-8")
    spare = CLEAN.replace("    db-sg:", "    spare: {}\n    db-sg:")
    waived = f"{spare}waivers:\n  - {{rule: NET008, subject: spare, reason: later, owner: me, expires: 2999-01-01}}\n"
    editor.open("spec.yaml", spare)
    before = [(one.code, one.severity) for one in editor.diagnostics("spec.yaml")]
    only.write_text('select = ["NET008", "CIC002"]\nlongest_waiver = "9999 years"\n', encoding="utf-8")
    editor.change("spec.yaml", waived)

    assert before == [("NET008", lsp.DiagnosticSeverity.Warning), ("CIC002", lsp.DiagnosticSeverity.Hint)]
    assert [(one.code, one.severity) for one in editor.diagnostics("spec.yaml")] == before[1:]


PART = "network:\n" + CLEAN.partition("network:\n")[2].partition("compute:\n")[0]
WHOLE = CLEAN.replace(PART, "include: [parts/network.yaml]\n")


@pytest.mark.usefixtures("only")
def test_a_part_shows_what_is_wrong_in_it_though_only_its_spec_tells(editor: Editor) -> None:
    (editor.root / "parts").mkdir()
    (editor.root / "parts/network.yaml").write_text(PART, encoding="utf-8")
    (editor.root / "spec.yaml").write_text(WHOLE, encoding="utf-8")
    editor.open("parts/network.yaml", PART.replace("from: internet", "from: internat"))

    assert shown([*editor.diagnostics("parts/network.yaml")]) == [
        ("DOC001", "6:24-6:38", "no security group, prefix list, the internet or CIDR block is called 'internat'")
    ]


@pytest.mark.usefixtures("only")
def test_the_text_of_an_open_part_counts_and_not_that_on_disk(editor: Editor) -> None:
    (editor.root / "parts").mkdir()
    (editor.root / "parts/network.yaml").write_text(PART, encoding="utf-8")
    (editor.root / "spec.yaml").write_text(WHOLE, encoding="utf-8")
    editor.open("spec.yaml", WHOLE)
    before = editor.diagnostics("spec.yaml")
    editor.open("parts/network.yaml", PART.replace("port: 5432", "port: 5433"))
    editor.until("spec.yaml", ["NET001"])
    editor.close("parts/network.yaml")
    editor.until("spec.yaml", [])

    assert before == ()


@pytest.mark.usefixtures("only")
def test_a_finding_of_a_file_that_is_not_open_is_shown_there(editor: Editor) -> None:
    (editor.root / "parts").mkdir()
    (editor.root / "parts/network.yaml").write_text(PART.replace("  subnets:", "  subnet:"), encoding="utf-8")
    editor.open("spec.yaml", WHOLE)
    editor.until("parts/network.yaml", ["DOC002"])
    editor.close("spec.yaml")
    editor.until("parts/network.yaml", [])


def test_what_is_no_spec_and_no_part_of_one_is_left_alone(editor: Editor) -> None:
    editor.open("deployment.yaml", "kind: Deployment\nspec: {replicas: two}\n")
    editor.open("spec.yaml", BLOCKED)

    assert codes(editor.diagnostics("spec.yaml"))
    assert editor.uri("deployment.yaml") not in editor.published


@pytest.mark.usefixtures("only")
def test_a_file_that_is_a_spec_no_more_shows_nothing_more(editor: Editor) -> None:
    editor.open("spec.yaml", BLOCKED)
    assert codes(editor.diagnostics("spec.yaml")) == ["NET001"]
    editor.change("spec.yaml", "name: sample\n")

    assert editor.diagnostics("spec.yaml") == ()


def test_settings_are_read_again_when_they_change(editor: Editor, only: Path) -> None:
    editor.open("spec.yaml", BLOCKED)
    editor.until("spec.yaml", ["NET001"])
    only.write_text('select = ["NET008"]\n', encoding="utf-8")
    event = lsp.FileEvent(editor.uri(only), lsp.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))

    editor.until("spec.yaml", [])


def test_settings_that_cannot_be_used_are_told_once_and_the_rest_goes_on(editor: Editor, only: Path) -> None:
    only.write_text("fail_on = 3\n", encoding="utf-8")
    editor.open("spec.yaml", BLOCKED)
    editor.diagnostics("spec.yaml")
    editor.change("spec.yaml", BLOCKED + "\n")

    assert "NET001" in codes(editor.diagnostics("spec.yaml"))
    assert [one.partition(": ")[2].rpartition("/")[2] for one in editor.shown] == [
        "archspec.toml: 'fail_on' is a text, not 3"
    ]


PACK = """\
rules:
  OWN001:
    name: only-one
    says: A service has one task.
    why: It may stop.
    for: services
    severity: {production: error, staging: error, development: error}
    assert: self.desired > 1
    message: "{id} is alone"
    fix: add one
    fails: "compute: {services: {api: {desired: 1, subnets: [a], security_groups: []}}}  # expect: OWN001"
    passes: "compute: {services: {api: {desired: 2, subnets: [a], security_groups: []}}}"
"""


def test_a_pack_of_the_project_is_asked_and_what_is_wrong_in_it_is_shown_there(editor: Editor, only: Path) -> None:
    only.write_text('packs = ["own.yaml"]\nselect = ["OWN"]\n', encoding="utf-8")
    pack = editor.root / "own.yaml"
    pack.write_text(PACK, encoding="utf-8")
    editor.open("spec.yaml", CLEAN)
    before = shown([*editor.diagnostics("spec.yaml")])
    pack.write_text(PACK.replace("self.desired", "self.desird"), encoding="utf-8")
    editor.change("spec.yaml", CLEAN + "\n")
    editor.until("own.yaml", ["DOC000"])

    assert (before, editor.diagnostics("spec.yaml")) == ([("OWN001", "13:4-13:7", "web is alone")], ())


@pytest.mark.usefixtures("only")
def test_what_the_baseline_knows_is_a_hint(editor: Editor) -> None:
    from archspec import baseline

    text = baseline.write_text({"spec.yaml": {baseline.Known("NET001", "web -> db 5432"): 1}})
    (editor.root / "archspec-baseline.json").write_text(text, encoding="utf-8")
    editor.open("spec.yaml", BLOCKED)

    assert [(one.code, one.severity) for one in editor.diagnostics("spec.yaml")] == [
        ("NET001", lsp.DiagnosticSeverity.Hint)
    ]

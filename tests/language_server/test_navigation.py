"""Hovers, definitions, references and the outline."""

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from tests.language_server.editor import Editor, span
from tests.language_server.test_diagnostics import BLOCKED, CLEAN, PART, WHOLE

WAIVED = f"{CLEAN}waivers:\n  - {{rule: NET001, subject: web -> db 5432, reason: x, owner: me, expires: 2027-01-01}}\n"


def definitions(editor: Editor, marked: str, name: str = "spec.yaml") -> list[str]:
    params = lsp.DefinitionParams(**editor.at(name, marked))
    found = editor.run(editor.client.text_document_definition_async(params))
    assert isinstance(found, list | tuple)
    return [f"{one.uri.rpartition('/')[2]} {span(one.range)}" for one in found if isinstance(one, lsp.Location)]


def references(editor: Editor, marked: str, *, declared: bool) -> list[str]:
    context = lsp.ReferenceContext(include_declaration=declared)
    params = lsp.ReferenceParams(context=context, **editor.at("spec.yaml", marked))
    found = editor.run(editor.client.text_document_references_async(params))
    return [f"{one.uri.rpartition('/')[2]} {span(one.range)}" for one in found or ()]


@pytest.mark.usefixtures("only")
def test_hovering_an_id_shows_its_element_with_flows_and_findings(editor: Editor) -> None:
    editor.open("spec.yaml", BLOCKED.replace("    db-sg", "    spare: {note: for <later>}\n    db-sg"))
    editor.diagnostics("spec.yaml")

    def hover(marked: str) -> str:
        return editor.hover("spec.yaml", marked)

    assert hover(BLOCKED.replace("web -> db", "w|eb -> db")) == (
        "**web** service\n\n"
        "- port: `443`\n- desired: `1`\n- singleton: `alone`\n- subnets: `public-a`\n- security_groups: `web-sg`\n"
        "- public_ip: `true`\n\n"
        "- internet → web: 443 HTTPS\n- web → db: 5432 PostgreSQL"
    )


@pytest.mark.usefixtures("only")
def test_what_a_spec_says_is_escaped_and_its_findings_are_shown(editor: Editor) -> None:
    spec = BLOCKED.replace("    db-sg", "    spare: {title: '![x](http://x)', note: '<img> `x`'}\n    db-sg")
    editor.open("spec.yaml", spec)
    editor.diagnostics("spec.yaml")

    assert editor.hover("spec.yaml", spec.replace("spare", "spa|re")) == (
        "**spare** security group !\\[x\\](http\\://x)\n\n- note: <code>\\<img> \\`x\\`</code>\n"
        "- vpc: `main`\n\n- warning NET008: spare is attached to nothing, and no group in use refers to it"
    )


@pytest.mark.usefixtures("only")
def test_a_broken_spec_keeps_what_was_known_of_it(editor: Editor) -> None:
    editor.open("spec.yaml", CLEAN)
    editor.diagnostics("spec.yaml")
    broken = f"{CLEAN}  - web -> [\n".replace("internet -> web", "internet -> w|eb")

    assert editor.hover("spec.yaml", broken).startswith("**web** service\n\n- port: `443`\n- desired: `1`")


@pytest.mark.parametrize(
    ("marked", "start"),
    [
        (CLEAN.replace("tier:", "ti|er:", 1), "**tier**: `public`, `private` or `data`, required"),
        (CLEAN.replace("network:", "net|work:", 1), "**network**: "),
        (CLEAN.replace("5432}", "54|32}", 1), ""),
        (WAIVED.replace("NET001", "NET|001"), "# NET001 flow-blocked-by-security-group\n\nA declared flow is blocked"),
        (CLEAN.replace("region: us-", "region: |us-"), ""),
        (CLEAN.replace("public_ip: true", "public_ip: t|rue"), "True or false"),
        (CLEAN.replace("flows:", "# comm|ent\nflows:"), ""),
    ],
)
def test_keys_values_and_rules_are_explained(editor: Editor, marked: str, start: str) -> None:
    found = editor.hover("spec.yaml", marked)

    assert found.startswith(start) if start else found.count("\n") == 0


def test_from_an_id_to_its_element_and_from_a_name_to_its_file(editor: Editor) -> None:
    (editor.root / "parts").mkdir()
    (editor.root / "parts/network.yaml").write_text(PART, encoding="utf-8")

    assert (
        definitions(editor, CLEAN.replace("[public-a]", "[pub|lic-a]")),
        definitions(editor, CLEAN.replace("web -> db", "web -> |db")),
        definitions(editor, WAIVED.replace("subject: web", "subject: we|b")),
        definitions(editor, WHOLE.replace("[public-a]", "[|public-a]")),
        definitions(editor, WHOLE.replace("parts/net", "parts|/net")),
        definitions(editor, CLEAN.replace("port: 443,", "po|rt: 443,")),
        definitions(editor, CLEAN.replace("web -> db", "internet| -> db")),
    ) == (
        ["spec.yaml 6:4-6:12"],
        ["spec.yaml 16:4-16:6"],
        ["spec.yaml 13:4-13:7"],
        ["network.yaml 3:4-3:12"],
        ["network.yaml 0:0-0:0"],
        [],
        [],
    )


def test_from_a_rule_to_its_page_where_the_project_has_one(editor: Editor, only: Path) -> None:
    only.write_text('reference = "docs"\n', encoding="utf-8")
    (editor.root / "docs/rules").mkdir(parents=True)
    (editor.root / "docs/rules/NET001.md").write_text("# NET001\n", encoding="utf-8")

    assert definitions(editor, WAIVED.replace("NET001", "NET|001")) == ["NET001.md 0:0-0:0"]
    assert definitions(editor, WAIVED.replace("NET001", "NET|008")) == []


CLAIMED = CLEAN + (
    "claims:\n  - {says: web stands alone, about: web, assert: \"services.web.desired == 1 && 'web' in services\"}\n"
    "  - {says: web, assert: \"flows.exists(f, f.from == 'web' && f.protocol != 'web-')\"}\n"
)


def test_every_use_of_an_id_is_found_and_no_text_that_only_equals_it(editor: Editor) -> None:
    marked = CLAIMED.replace("    web:", "    we|b:").replace("region:", "title: web\nregion:")

    assert references(editor, marked, declared=False) == [
        "spec.yaml 19:16-19:19", "spec.yaml 20:4-20:7", "spec.yaml 22:36-22:39", "spec.yaml 22:59-22:62",
        "spec.yaml 22:80-22:83", "spec.yaml 23:52-23:55",
    ]  # fmt: skip
    assert references(editor, marked, declared=True)[0] == "spec.yaml 14:4-14:7"


def test_the_outline_has_sections_elements_and_flows(editor: Editor) -> None:
    editor.open("spec.yaml", CLEAN)
    params = lsp.DocumentSymbolParams(editor.document("spec.yaml"))
    found = editor.run(editor.client.text_document_document_symbol_async(params))

    def tree(symbols: object) -> object:
        return {one.name: tree(one.children) for one in symbols if isinstance(one, lsp.DocumentSymbol)}  # type: ignore[attr-defined]

    assert tree(found) == {
        "network": {
            "vpcs": {"main": {}},
            "subnets": {"public-a": {}, "data-a": {}},
            "security_groups": {"web-sg": {}, "db-sg": {}},
        },
        "compute": {"services": {"web": {}}},
        "data": {"databases": {"db": {}}},
        "flows": {"internet -> web: 443 HTTPS": {}, "web -> db: 5432 PostgreSQL": {}},
    }


def test_a_client_that_shows_no_tree_gets_a_list(tmp_path: Path) -> None:
    plain = Editor(tmp_path, lsp.ClientCapabilities())
    plain.open("spec.yaml", CLEAN)
    params = lsp.DocumentSymbolParams(plain.document("spec.yaml"))
    found = plain.run(plain.client.text_document_document_symbol_async(params)) or ()
    rows = [(one.name, one.container_name) for one in found if isinstance(one, lsp.SymbolInformation)]

    assert (plain.stop(), rows[:3]) == (0, [("network", None), ("vpcs", "network"), ("main", "vpcs")])

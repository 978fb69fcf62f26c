"""What an editor offers to do about a finding or a problem, and the canonical form of a file."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp

from archspec.formatting import formatted
from archspec.language_server.lines import Lines
from archspec.language_server.offering import difference
from tests.language_server.editor import Editor, applied, codes
from tests.language_server.test_diagnostics import BLOCKED, CLEAN, PART, WHOLE

LATER = "later"
"""The day on which a waiver ends: 90 days from the day of the test."""


def actions(editor: Editor, name: str, text: str) -> dict[str, tuple[bool, dict[str, str]]]:
    """Return what can be done about every diagnostic of a file: by title, whether it is preferred, and the texts."""
    start, end = lsp.Position(0, 0), lsp.Position(1000, 0)
    context = lsp.CodeActionContext([*editor.diagnostics(name)])
    params = lsp.CodeActionParams(editor.document(name), lsp.Range(start, end), context)
    found = editor.run(editor.client.text_document_code_action_async(params)) or ()
    done = {}
    for one in found:
        assert isinstance(one, lsp.CodeAction)
        assert one.edit
        changes = one.edit.document_changes or ()
        texts = {
            change.text_document.uri.partition(f"{editor.root.name}/")[2]: applied(text, [*change.edits])  # type: ignore[union-attr]
            for change in changes
        }
        done[one.title] = (bool(one.is_preferred), texts)
    return done


def dated(text: str) -> str:
    days = [datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=n) for n in (89, 90, 91)]
    for day in days:
        text = text.replace(str(day), LATER)
    return text


@pytest.mark.parametrize(
    ("wrong", "title", "right"),
    [
        (("tier: data", "tier: dat"), "Change 'dat' to 'data'", "tier: data"),
        (("[data-a]", "[data-b]"), "Change 'data-b' to 'data-a'", "[data-a]"),
        (("web -> db", "web -> dbb"), "Change 'dbb' to 'db'", "web -> db"),
        (("singleton", "singelton"), "Change 'singelton' to 'singleton'", "singleton"),
        (("from: internet", "from: 'internat'"), "Change 'internat' to 'internet'", "from: 'internet'"),
    ],
)
@pytest.mark.usefixtures("only")
def test_the_word_that_is_meant_is_offered(editor: Editor, wrong: tuple[str, str], title: str, right: str) -> None:
    text = CLEAN.replace(*wrong, 1)
    editor.open("spec.yaml", text)

    assert actions(editor, "spec.yaml", text) == {title: (True, {"spec.yaml": CLEAN.replace(wrong[0], right, 1)})}


WAIVED = (
    f"{CLEAN}waivers:\n  # none is needed\n"
    "  - {rule: NET001, subject: web -> db 5432, reason: x, owner: me, expires: 2999-01-01}\n"
)


def test_what_lint_mends_is_offered_as_lint_mends_it(editor: Editor) -> None:
    (editor.root / "archspec.toml").write_text(
        'select = ["DOC005", "NET001"]\nlongest_waiver = "9999 years"\n', encoding="utf-8"
    )
    editor.open("spec.yaml", WAIVED)

    assert (codes(editor.diagnostics("spec.yaml")), actions(editor, "spec.yaml", WAIVED)) == (
        ["DOC005"],
        {"Fix DOC005: removed": (True, {"spec.yaml": f"{CLEAN}waivers: []\n  # none is needed\n"})},
    )


@pytest.mark.usefixtures("only")
def test_a_finding_can_be_waived_by_who_fills_in_why(editor: Editor) -> None:
    editor.open("spec.yaml", BLOCKED)
    found = actions(editor, "spec.yaml", BLOCKED)
    title = "Waive NET001 for web -> db 5432"
    entry = '- {rule: NET001, subject: "web -> db 5432", reason: "", owner: "", expires: later}\n'

    assert {
        name: (preferred, {file: dated(text) for file, text in texts.items()})
        for name, (preferred, texts) in found.items()
    } == {title: (False, {"spec.yaml": f"{BLOCKED}waivers:\n  {entry}"})}
    more = f"{BLOCKED}waivers:\n  - {{rule: NET008, subject: web-sg}}  # old\n\n# the end\n"
    editor.change("spec.yaml", more)
    assert dated(actions(editor, "spec.yaml", more)[title][1]["spec.yaml"]) == more.replace(
        "# old\n", f"# old\n  {entry}"
    )


@pytest.mark.usefixtures("only")
def test_a_waiver_is_written_into_the_spec_also_for_a_part(editor: Editor) -> None:
    (editor.root / "parts").mkdir()
    (editor.root / "spec.yaml").write_text(WHOLE, encoding="utf-8")
    (editor.root / "parts/network.yaml").write_text(PART, encoding="utf-8")
    spare = PART.replace("    db-sg", "    spare: {}\n    db-sg")
    editor.open("parts/network.yaml", spare)
    found = actions(editor, "parts/network.yaml", WHOLE)

    assert [(name, [*texts]) for name, (_, texts) in found.items()] == [
        ("Fix NET008: removed", ["parts/network.yaml"]),
        ("Waive NET008 for spare", ["spec.yaml"]),
    ]


@pytest.mark.usefixtures("only")
def test_a_part_of_several_specs_is_changed_by_nobody_but_a_person(editor: Editor) -> None:
    (editor.root / "parts").mkdir()
    for name in ("spec.yaml", "other.yaml"):
        (editor.root / name).write_text(WHOLE, encoding="utf-8")
    spare = PART.replace("    db-sg", "    spare: {}\n    db-sg")
    (editor.root / "parts/network.yaml").write_text(spare, encoding="utf-8")
    editor.open("parts/network.yaml", spare)

    assert codes(editor.diagnostics("parts/network.yaml")) == ["NET008"]
    assert [*actions(editor, "parts/network.yaml", WHOLE)] == ["Waive NET008 for spare"]


def test_nothing_is_offered_for_what_was_written_after_it_was_found(editor: Editor) -> None:
    editor.open("spec.yaml", CLEAN.replace("[data-a]", "[data-b]"))
    diagnostics = editor.diagnostics("spec.yaml")
    editor.change("spec.yaml", CLEAN.replace("[data-a]", "[data-b]").replace("name: sample", "name: other-sample"))
    params = lsp.CodeActionParams(
        editor.document("spec.yaml"), diagnostics[0].range, lsp.CodeActionContext([*diagnostics])
    )

    assert not editor.run(editor.client.text_document_code_action_async(params))


def test_only_quick_fixes_are_offered(editor: Editor) -> None:
    editor.open("spec.yaml", CLEAN.replace("[data-a]", "[data-b]"))
    diagnostics = editor.diagnostics("spec.yaml")
    context = lsp.CodeActionContext([*diagnostics], only=[lsp.CodeActionKind.SourceOrganizeImports])
    params = lsp.CodeActionParams(editor.document("spec.yaml"), diagnostics[0].range, context)

    assert not editor.run(editor.client.text_document_code_action_async(params))


@pytest.mark.parametrize(
    "text",
    [CLEAN, f"{CLEAN}\n\n\n", CLEAN.replace("\n", "\r\n"), CLEAN.replace("name: sample", "name:    sample  # 🚀")],
)
def test_a_file_is_written_in_its_canonical_form(editor: Editor, text: str) -> None:
    editor.open("spec.yaml", text)
    params = lsp.DocumentFormattingParams(editor.document("spec.yaml"), lsp.FormattingOptions(2, insert_spaces=True))
    edits = editor.run(editor.client.text_document_formatting_async(params)) or ()

    assert applied(text, edits) == formatted(text)


def test_what_cannot_be_read_is_not_formatted(editor: Editor) -> None:
    editor.open("spec.yaml", f"{CLEAN}oops: [\n")
    params = lsp.DocumentFormattingParams(editor.document("spec.yaml"), lsp.FormattingOptions(2, insert_spaces=True))

    assert not editor.run(editor.client.text_document_formatting_async(params))


LINES = st.lists(st.sampled_from(["a", "b", " ", "\n", "\r\n"])).map("".join)


@given(LINES, LINES)
def test_a_change_means_the_same_where_a_client_has_no_position_in_a_line_break(old: str, new: str) -> None:
    lines, splice = Lines(old, len), difference(old, new)
    where = lines.range(splice.start, splice.end)

    assert old[: lines.offset(where.start)] + splice.new + old[lines.offset(where.end) :] == new

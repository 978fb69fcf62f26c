"""Another id for an element, everywhere."""

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from archspec.errors import UsageError
from archspec.fixes import Terms
from archspec.fixes.checking import said
from archspec.language_server.navigating import mentions_in
from archspec.language_server.renaming import rename
from archspec.language_server.workspace import Buffer, Spec, settings_at, specs_with, text_at
from tests.language_server.editor import Editor, applied, span
from tests.language_server.test_diagnostics import CLEAN, PART, WHOLE
from tests.language_server.test_navigation import CLAIMED
from tests.sample import TODAY

ROOT = Path(__file__).parent.parent.parent


def renamed(editor: Editor, marked: str, new: str) -> dict[str, str]:
    """Return the texts of the files that a rename changes, by their names, from what is open or on disk."""
    params = lsp.RenameParams(new_name=new, **editor.at("spec.yaml", marked))
    found = editor.run(editor.client.text_document_rename_async(params))
    texts = {editor.uri("spec.yaml"): marked.replace("|", "", 1)}
    changes = found.document_changes if found and found.document_changes else ()
    changed = {}
    for one in changes:
        assert isinstance(one, lsp.TextDocumentEdit)
        uri = one.text_document.uri
        path = editor.root / uri.partition(f"{editor.root.name}/")[2]
        text = texts.get(uri) or path.read_bytes().decode()
        assert one.text_document.version == editor.versions.get(uri)
        changed[path.relative_to(editor.root).as_posix()] = applied(
            text, [edit for edit in one.edits if isinstance(edit, lsp.TextEdit)]
        )
    return changed


def test_an_id_is_renamed_wherever_it_is_one(editor: Editor) -> None:
    marked = CLAIMED.replace("    web:", "    we|b:").replace("region:", "title: web\nregion:")

    assert renamed(editor, marked, "shop") == {
        "spec.yaml": marked.replace("|", "")
        .replace("    web:", "    shop:")
        .replace("-> web", "-> shop")
        .replace("web ->", "shop ->")
        .replace("about: web", "about: shop")
        .replace("services.web.", "services.shop.")
        .replace("'web'", "'shop'")
    }


def test_in_expressions_an_id_with_a_hyphen_becomes_an_index(editor: Editor) -> None:
    claims = (
        "claims:\n  - {says: a, assert: services.web.desired == 1}\n"
        "  - {says: b, assert: 'services.web.desired == 1'}\n"
        "  - says: c\n    assert: services.web.desired == 1 &&\n      services.web.port == 443\n"
    )
    marked = f"{CLEAN}{claims}".replace("    web:", "    we|b:")

    assert renamed(editor, marked, "web-shop")["spec.yaml"].partition("claims:\n")[2] == (
        "  - {says: a, assert: \"services['web-shop'].desired == 1\"}\n"
        "  - {says: b, assert: 'services[\"web-shop\"].desired == 1'}\n"
        "  - says: c\n    assert: \"services['web-shop'].desired == 1 &&\n      services['web-shop'].port == 443\"\n"
    )


@pytest.mark.parametrize(
    "claim",
    [
        '\'services.exists(s, s.title == "web" || s.name != "web")\'',
        "'services.exists(s, \"web\" == s.title)'",
        '\'services.exists(s, s.title in ["x", "web"])\'',
        '\'services.exists(s, s.note.contains("web") || s.tags["web"] == "web")\'',
    ],
)
def test_what_is_compared_with_a_key_that_holds_no_id_is_none(editor: Editor, claim: str) -> None:
    marked = f"{CLEAN}claims:\n  - {{says: a, assert: {claim}}}\n".replace("    web:", "    we|b:")

    assert renamed(editor, marked, "shop")["spec.yaml"].endswith(f"claims:\n  - {{says: a, assert: {claim}}}\n")


def test_quotes_behind_backslashes_hold_ids_as_well(editor: Editor) -> None:
    claim = 'claims:\n  - {says: a, assert: "services.all(s, s.id == \\"web\\" || reaches(\\"web\\", s.id))"}\n'
    marked = f"{CLEAN}{claim}".replace("    web:", "    we|b:")

    assert renamed(editor, marked, "shop")["spec.yaml"].endswith(claim.replace("web", "shop"))


def test_a_word_of_the_expressions_own_language_becomes_an_index(editor: Editor) -> None:
    claim = "claims:\n  - {says: a, assert: services.web.desired == 1}\n"
    marked = f"{CLEAN}{claim}".replace("    web:", "    we|b:")

    assert renamed(editor, marked, "in")["spec.yaml"].endswith(
        "claims:\n  - {says: a, assert: \"services['in'].desired == 1\"}\n"
    )


def test_quotes_anchors_and_short_forms_stay_as_they_are(editor: Editor) -> None:
    marked = CLEAN.replace("    web:", '    "we|b":').replace(
        "  - web -> db: 5432", "  - \"web -> db: 5432\"\n  - &x 'web' -> db: 5432"
    )
    marked = marked.replace("  - &x 'web' -> db: 5432 PostgreSQL\n", "").replace('5432" PostgreSQL', '5432"')

    assert renamed(editor, marked, "shop")["spec.yaml"] == marked.replace("|", "").replace('"web":', '"shop":').replace(
        "-> web", "-> shop"
    ).replace('"web ->', '"shop ->')


def test_every_file_of_the_spec_is_changed_and_an_open_one_as_it_is_open(editor: Editor) -> None:
    (editor.root / "parts").mkdir()
    (editor.root / "parts/network.yaml").write_bytes(PART.replace("\n", "\r\n").encode())

    assert renamed(editor, WHOLE.replace("[web-sg]", "[|web-sg]"), "front") == {
        "spec.yaml": WHOLE.replace("[web-sg]", "[front]"),
        "parts/network.yaml": PART.replace("web-sg", "front").replace("\n", "\r\n"),
    }


def test_an_element_of_a_part_is_renamed_in_every_spec_that_includes_it(editor: Editor) -> None:
    (editor.root / "parts").mkdir()
    (editor.root / "parts/network.yaml").write_text(PART, encoding="utf-8")
    (editor.root / "other.yaml").write_text(WHOLE, encoding="utf-8")

    assert renamed(editor, WHOLE.replace("[web-sg]", "[|web-sg]"), "front") == {
        "spec.yaml": WHOLE.replace("[web-sg]", "[front]"),
        "parts/network.yaml": PART.replace("web-sg", "front"),
        "other.yaml": WHOLE.replace("[web-sg]", "[front]"),
    }
    assert [*renamed(editor, WHOLE.replace("    web:", "    w|eb:"), "shop")] == ["spec.yaml"]


ENVIRONMENTS = CLEAN + (
    "environments:\n  staging:\n    compute: {services: {web: {desired: 2}}}\n  beta: {}\n"
    "waivers:\n  - {rule: NET001, subject: staging/web -> staging/db 5432}\n"
    "journeys:\n  - {title: web, steps: [staging/web -> staging/db, web: works]}\n"
)


def test_overlays_and_ids_with_an_environment_are_renamed_as_well(editor: Editor) -> None:
    marked = ENVIRONMENTS.replace("steps: [staging/web", "steps: [staging/w|eb")

    assert renamed(editor, marked, "shop")["spec.yaml"] == re.sub(
        r"(?<![\w-])web(?![\w-])", "shop", ENVIRONMENTS
    ).replace("title: shop", "title: web")


def test_columns_are_counted_as_the_client_counts_them(editor: Editor) -> None:
    marked = CLEAN.replace("    web: {port", "    w|eb: {title: '🚀 “é” 𐐷', cluster: web, note: web, port")

    assert renamed(editor, marked, "shop")["spec.yaml"] == re.sub(
        r"(?<![\w-])web(?![\w-])", "shop", marked.replace("|", "")
    ).replace("note: shop", "note: web")


def prepared(editor: Editor, marked: str) -> str:
    params = lsp.PrepareRenameParams(**editor.at("spec.yaml", marked))
    found = editor.run(editor.client.text_document_prepare_rename_async(params))
    return f"{span(found.range)} {found.placeholder}" if isinstance(found, lsp.PrepareRenamePlaceholder) else ""


def test_only_an_id_can_be_renamed_and_its_own_part_of_it(editor: Editor) -> None:
    assert (
        prepared(editor, CLAIMED.replace("services.web.", "services.we|b.")),
        prepared(editor, ENVIRONMENTS.replace("subject: staging/web", "subject: staging/we|b")),
        prepared(editor, CLEAN.replace("name: sample", "name: sam|ple")),
        prepared(editor, CLEAN.replace("tier:", "ti|er:", 1)),
    ) == ("21:59-21:62 web", "25:36-25:39 web", "", "")


@pytest.mark.parametrize(
    ("marked", "new", "message"),
    [
        (CLEAN.replace("    web:", "    w|eb:"), "Web Shop",
         "'Web Shop' is no id: write small letters, digits and single hyphens: web-shop"),
        (CLEAN.replace("    web:", "    w|eb:"), "db", "the id 'db' is already used"),
        (CLEAN.replace("    web:", "    w|eb:"), "internet", "the id 'internet' is taken: it means everybody outside"),
        (ENVIRONMENTS.replace("    web:", "    w|eb:"), "beta", "'beta' is the name of an environment"),
        (CLEAN.replace("internet ->", "inter|net ->"), "world",
         "'internet' is everybody outside, and is always called so"),
        (CLEAN.replace("[public-a]", "[pub|lic-b]"), "x", "no element is called 'public-b'"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_is_refused_with_the_reason(editor: Editor, marked: str, new: str, message: str) -> None:
    params = lsp.RenameParams(new_name=new, **editor.at("spec.yaml", marked))
    with pytest.raises(JsonRpcException) as raised:
        editor.run(editor.client.text_document_rename_async(params))

    assert (raised.value.message, raised.value.code) == (message, lsp.LSPErrorCodes.RequestFailed)


def test_an_expression_that_cannot_be_quoted_is_left_to_a_person() -> None:
    text = CLEAN + 'claims:\n  - {says: a, assert: services.web.title == "x"}\n'
    spec = Spec("spec.yaml", settings_at("spec.yaml"), ("spec.yaml",))
    buffers = {"spec.yaml": Buffer("", text, 1)}
    mention = next(one.mention for one in mentions_in([spec], buffers) if one.mention.id == "web")

    with pytest.raises(UsageError, match="put that in quotes, or choose a single word"):
        rename(mention, "web-shop", [spec], buffers)


BUILT = (
    "claim awslogs writes to /ecs/eventplanner/<service-name>",
    "claim Every internal endpoint is <service-name>.eventplanner.local",
    "claim Routing: /api/auth/* leads to the Auth Service Target Group",
)
"""How claims start whose expressions put ids together, or names from ids: with other ids they are wrong."""


@pytest.mark.parametrize("name", ["apexai-crm", "ecs-production", "event-planner", "pge", "z360"])
def test_with_another_id_for_every_element_a_system_has_the_same_findings(name: str) -> None:
    path = os.path.realpath(ROOT / f"specs/{name}.yaml")
    (spec,) = specs_with(path, settings_at(path), {}, ())
    buffers = {part: Buffer("", text_at(part, {}) or "", None) for part in spec.parts}
    ids = [one.mention for one in mentions_in([spec], buffers) if one.mention.is_definition]
    before = said({part: one.text for part, one in buffers.items()}, Terms(TODAY, 366))
    for mention in {one.id: one for one in ids}.values():
        for file, splices in rename(mention, f"zz-{mention.id}", [spec], buffers).items():
            text = buffers[file].text
            for splice in reversed(splices):
                text = text[: splice.start] + splice.new + text[splice.end :]
            buffers[file] = Buffer("", text, None)
    after = said({part: one.text for part, one in buffers.items()}, Terms(TODAY, 366))
    again = Counter(one._replace(subject=one.subject.replace("zz-", "")) for one in after.elements())

    assert (len(before) > 40, [one for one in again - before if not one.subject.startswith(BUILT)], before - again) == (
        True,
        [],
        Counter(),
    )

"""Whatever is written, sent or deleted: the server answers, and goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types as lsp

from archspec.language_server import answers, changing
from archspec.language_server.lines import Lines
from archspec.language_server.state import State, path_of
from archspec.language_server.workspace import Buffer
from archspec.source.mending import mended
from archspec.source.spans import spans
from tests.language_server.editor import Editor, codes
from tests.language_server.test_diagnostics import BLOCKED, CLEAN
from tests.sample import TODAY

ROOT = Path(__file__).parent.parent.parent
HELLO = (ROOT / "specs/examples/hello.yaml").read_text(encoding="utf-8")
STEADY = settings(derandomize=True, database=None, deadline=None)
ASKED = (answers.complete, answers.hover, answers.definition, changing.prepare_rename)


def test_every_beginning_of_a_spec_is_completed_and_explained_and_linted_in_the_end(editor: Editor) -> None:
    for end in range(0, len(HELLO), 7):
        editor.labels("hello.yaml", f"{HELLO[:end]}|")
        editor.hover("hello.yaml", f"{HELLO[:end]}|")
    editor.change("hello.yaml", HELLO.replace("from: web-sg, port: 5432", "from: web-sg, port: 5433"))

    assert "NET001" in codes(editor.diagnostics("hello.yaml"))


def asked(text: str, offset: int) -> list[object]:
    """Ask everything about a place, without a server that would hide what goes wrong."""
    state = State(lambda: TODAY)
    state.buffers["/nowhere/spec.yaml"] = Buffer("file:///nowhere/spec.yaml", text, 1)
    place = lsp.TextDocumentPositionParams(
        lsp.TextDocumentIdentifier("file:///nowhere/spec.yaml"), state.lines("/nowhere/spec.yaml").position(offset)
    )
    outline = lsp.DocumentSymbolParams(place.text_document)
    context = lsp.ReferenceContext(include_declaration=True)
    found = [answer(state, place) for answer in ASKED if answer is not changing.prepare_rename]  # type: ignore[arg-type]
    found.append(answers.references(state, lsp.ReferenceParams(context, place.text_document, place.position)))
    return [*found, answers.symbols(state, outline)]


@pytest.mark.no_cover
def test_every_place_of_every_beginning_and_every_end_of_a_spec_can_be_asked_about() -> None:
    for end in range(0, len(HELLO) + 1, 3):
        asked(HELLO[:end], end)
        asked(HELLO[end:] + "archspec: 1", len(HELLO) - end)


@pytest.mark.no_cover
@STEADY
@given(
    st.integers(0, len(CLEAN)),
    st.integers(0, 9),
    st.one_of(
        st.text(max_size=6),
        st.sampled_from(["{", "[", "'", '"', "- ", ": ", "&a ", "*a", "!x ", "\t", "|\n", "%", "---\n", "? "]),
    ),
)
def test_a_text_with_anything_in_it_can_be_asked_about(at: int, gone: int, new: str) -> None:
    text = CLEAN[:at] + new + CLEAN[at + gone :]

    assert len(asked(text, at + len(new))) == 5


@STEADY
@given(st.text(alphabet="ab: -[]{}'\"\n\t#&*|>é🚀\r", max_size=40))
def test_what_is_left_of_a_broken_text_has_the_places_of_the_text(text: str) -> None:
    top = mended(text)

    assert top is None or 0 <= top.start <= top.end <= len(text)


def test_a_text_that_is_whole_is_mended_to_itself() -> None:
    assert mended(CLEAN) == spans(CLEAN)


@STEADY
@given(st.text(alphabet="ab\r\n\u2028\x0b\x85é𐐷🚀", max_size=30), st.data())
def test_a_position_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    lines = Lines(text, lambda part: len(part.encode("utf-16-le")) // 2)
    offset = data.draw(st.integers(0, len(text)))
    between = text[offset - 1 : offset + 1] == "\r\n"

    assert between or lines.offset(lines.position(offset)) == offset


def test_a_position_beyond_a_line_or_a_text_means_its_end_and_half_a_character_its_start() -> None:
    lines = Lines("\ufeffa𐐷\r\nb", lambda part: len(part.encode("utf-16-le")) // 2)
    places = [(0, 1), (0, 2), (0, 3), (0, 4), (0, 99), (1, 0), (1, 1), (1, 9), (7, 0)]

    assert [lines.offset(lsp.Position(*place)) for place in places] == [0, 1, 1, 2, 2, 4, 5, 5, 5]


def test_a_byte_order_mark_and_carriage_returns_move_nothing(editor: Editor) -> None:
    text = "\ufeff" + CLEAN.replace("web -> db", "web -> dbx").replace("\n", "\r\n")
    editor.open("spec.yaml", text)
    (found,) = editor.diagnostics("spec.yaml")

    assert (found.range.start, found.range.end) == (lsp.Position(19, 4), lsp.Position(19, 31))
    editor.change("spec.yaml", text.replace("archspec: 1", "archspec: 2"))
    assert [(one.range.start.character, one.range.end.character) for one in editor.diagnostics("spec.yaml")] == [
        (1, 12)
    ]


@pytest.mark.parametrize(
    ("encoding", "columns"),
    [
        (lsp.PositionEncodingKind.Utf8, (44, 54)),
        (lsp.PositionEncodingKind.Utf16, (41, 51)),
        (lsp.PositionEncodingKind.Utf32, (40, 50)),
    ],
)
def test_columns_are_in_the_units_that_are_agreed_on(
    tmp_path: Path, encoding: lsp.PositionEncodingKind, columns: tuple[int, int]
) -> None:
    general = lsp.GeneralClientCapabilities(position_encodings=[encoding])
    other = Editor(tmp_path, lsp.ClientCapabilities(general=general))
    other.open("spec.yaml", CLEAN.replace("az: us-east-1a, tier: data", "az: us-east-1a, title: é🚀, tier: date"))
    (found,) = other.diagnostics("spec.yaml")
    range_ = found.range.start.character, found.range.end.character

    assert (other.stop(), other.answer.capabilities.position_encoding, range_) == (0, encoding, columns)


def test_a_folder_that_is_opened_later_is_looked_into(editor: Editor) -> None:
    folder = lsp.WorkspaceFolder(editor.uri("x"), "x")
    added = lsp.WorkspaceFoldersChangeEvent(added=[folder], removed=[])
    editor.client.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(added))
    (editor.root / "x/deep/deeper").mkdir(parents=True)
    (editor.root / "x/spec.yaml").write_text(f"{CLEAN}include: [deep/deeper/more.yaml]\n", encoding="utf-8")
    (editor.root / "x/deep/deeper/more.yaml").write_text("claims: []\n", encoding="utf-8")
    editor.open("x/deep/deeper/more.yaml", "claim: []\n")
    found = codes(editor.diagnostics("x/deep/deeper/more.yaml"))
    gone = lsp.WorkspaceFoldersChangeEvent(added=[], removed=[folder])
    editor.client.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(gone))

    assert found == ["DOC002"]


def test_names_with_spaces_percent_signs_and_other_letters_are_found(editor: Editor) -> None:
    name = "a b%20c/ключ é.yaml"
    editor.open(name, BLOCKED)

    assert "NET001" in codes(editor.diagnostics(name))


def test_the_letter_of_a_drive_is_no_scheme() -> None:
    assert path_of("file:///c%3A/specs/a%20b.yaml").endswith("c:/specs/a b.yaml")
    assert [path_of(uri) for uri in ("untitled:Untitled-1", "http://x/spec.yaml", "file:///a%00b.yaml")] == ["", "", ""]


def test_what_is_no_file_is_left_alone(editor: Editor) -> None:
    item = lsp.TextDocumentItem("untitled:Untitled-1", "yaml", 1, CLEAN)
    editor.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
    params = lsp.HoverParams(lsp.TextDocumentIdentifier("untitled:Untitled-1"), lsp.Position(0, 0))

    assert editor.run(editor.client.text_document_hover_async(params)) is None


def test_a_file_that_is_deleted_under_the_editor_changes_nothing(editor: Editor) -> None:
    (editor.root / "spec.yaml").write_text(BLOCKED, encoding="utf-8")
    editor.open("spec.yaml", BLOCKED)
    before = codes(editor.diagnostics("spec.yaml"))
    (editor.root / "spec.yaml").unlink()
    editor.change("spec.yaml", BLOCKED + "\n")

    assert (before, codes(editor.diagnostics("spec.yaml"))) == (before, before)


def test_a_position_beyond_the_text_is_its_end(editor: Editor) -> None:
    editor.open("spec.yaml", CLEAN)
    params = lsp.HoverParams(editor.document("spec.yaml"), lsp.Position(10_000, 10_000))

    assert editor.run(editor.client.text_document_hover_async(params)) is None


def test_what_goes_wrong_inside_is_logged_and_answered_with_nothing(tmp_path: Path) -> None:
    code = (
        "import datetime\n"
        "from archspec.language_server import answers, server\n"
        "fail = lambda state, params: 1 / 0\n"
        "asked = server._QUESTIONS\n"
        "server._QUESTIONS = tuple((one, fail if 'hover' in one else answer, more) for one, answer, more in asked)\n"
        "server.make(datetime.date.today, '1').start_io()\n"
    )
    said = conversation(["-c", code], tmp_path, hover(1), hover(2))

    assert [one.get("result", "none") for one in said if one.get("id") in (1, 2)] == [None, None]
    assert sum("ZeroDivisionError" in str(one.get("params")) for one in said) == 2


def hover(number: int) -> dict[str, object]:
    place = {"textDocument": {"uri": "file:///x.yaml"}, "position": {"line": 0, "character": 0}}
    return {"id": number, "method": "textDocument/hover", "params": place}


def conversation(arguments: list[str], folder: Path, *messages: dict[str, object]) -> list[dict[str, object]]:
    """Send messages as they are, close the connection, and return everything that was said; it must end by itself."""
    begin = {"id": 0, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}}
    bodies = [
        json.dumps({"jsonrpc": "2.0", **one}).encode() for one in (begin, *messages, {"id": 99, "method": "shutdown"})
    ]
    sent = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    found = subprocess.run(
        [sys.executable, *arguments],
        input=sent,
        capture_output=True,
        check=False,
        cwd=folder,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (found.returncode, found.stderr.decode()) == (0, "")
    return [json.loads(part.partition("\r\n\r\n")[2]) for part in found.stdout.decode().split("Content-Length: ")[1:]]


def test_messages_that_nobody_expects_do_no_harm(tmp_path: Path) -> None:
    said = conversation(
        ["-m", "archspec", "lsp", "--stdio"],
        tmp_path,
        {
            "method": "textDocument/didChange",
            "params": {"textDocument": {"uri": "file:///x.yaml", "version": 1}, "contentChanges": [{"text": "a"}]},
        },
        {"method": "$/unknown", "params": {}},
        {"id": 5, "method": "textDocument/unknown", "params": {}},
        hover(6),
    )

    assert {one["id"]: "error" in one for one in said if "id" in one} == {0: False, 5: True, 6: False, 99: False}


def test_the_server_ends_when_the_editor_goes_away(tmp_path: Path) -> None:
    assert [one.get("id") for one in conversation(["-m", "archspec", "lsp"], tmp_path)] == [0, 99]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_who_starts_it_by_hand_ends_it_with_one_key(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "archspec", "lsp"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as server:
        assert server.stdin
        assert server.stdout
        body = json.dumps({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"capabilities": {}}}).encode()
        server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        server.stdin.flush()
        assert server.stdout.readline().startswith(b"Content-Length")
        server.send_signal(signal.SIGINT)

        assert server.wait(10) == -signal.SIGINT


def test_only_what_is_finished_is_announced(editor: Editor) -> None:
    announced = {
        name.removesuffix("_provider")
        for name in dir(editor.answer.capabilities)
        if name.endswith("_provider") and getattr(editor.answer.capabilities, name)
    }

    assert announced - {"execute_command"} == {
        "code_action", "completion", "definition", "document_formatting", "document_symbol", "hover", "references",
        "rename",
    }  # fmt: skip
    assert [one.method for one in editor.registered] == [lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES]


def test_the_largest_system_is_shown_well_before_anybody_looks(editor: Editor) -> None:
    path = ROOT / "specs/z360/network.yaml"
    text = path.read_text(encoding="utf-8")
    editor.open(path, text)
    editor.diagnostics(path)
    taken = []
    for end in range(1, 6):
        start = time.perf_counter()
        editor.change(path, text + "\n" * end)
        editor.diagnostics(path)
        taken.append(time.perf_counter() - start)

    assert min(taken) < 0.6  # a quarter of a second on an idle machine, a tenth of which is the pause

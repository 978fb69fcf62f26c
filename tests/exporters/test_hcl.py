"""Text from a spec stays text in Terraform's language."""

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.exporters.terraform import hcl
from archspec.exporters.terraform.hcl import Block, Json, Reference, Repeated, Template

HOSTILE = (
    "${aws_x.y.z}",
    "$${aws_x}",
    "$$${x}",
    "%{ for x in y }${x}%{ endfor }",
    "%%{ if true }",
    'a " quote',
    "back\\slash \\n \\",
    "two\nlines\r\n\tand a tab",
    "/* comment */ // # comment",
    "<<EOT\nEOT\n",
    '"\n}\nresource "aws_iam_user" "x" {}',
    "\x01\x1b[31m\x7f\x85",
    "\u202eright to left\u2028",
    "ünïcödé 日本語 🚀",
    "ends in $",
    "ends in %",
    "{starts",
    "checkov:skip=CKV_AWS_1:no",
    "",
)


def unquote(literal: str) -> str:
    """Read a literal as the language's specification says, and refuse what is not one.

    https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions
    """
    token = re.compile(
        r'\$\$\{|%%\{|\\u(?P<u>[0-9a-f]{4})|\\U(?P<U>[0-9a-f]{8})|\\(?P<e>[nrt"\\])|(?![$%]\{)(?P<c>[^"\\\n])'
    )
    escapes = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
    assert (literal[0], literal[-1]) == ('"', '"')
    text, at = "", 1
    while at < len(literal) - 1:
        found = token.match(literal, at, len(literal) - 1)
        assert found, f"not a literal from {literal[at:]!r}"
        at = found.end()
        code = found["u"] or found["U"]
        text += chr(int(code, 16)) if code else escapes.get(found["e"] or "", found["c"] or found[0][1:])
    return text


@given(st.text(st.one_of(st.sampled_from('$%{}"\\\n:skip=EOT'), st.characters(exclude_categories=["Cs"]))))
def test_a_literal_reads_back_as_the_text(text: str) -> None:
    assert unquote(hcl.quote(text)) == text


@given(st.text(st.one_of(st.sampled_from(":skip=gnore\n"), st.characters(exclude_categories=["Cs"]))))
def test_a_comment_is_one_line_without_instructions(text: str) -> None:
    written = hcl.comment(text)
    assert written.startswith("#")
    assert len(written.splitlines()) == 1
    assert not re.search(":(skip|ignore)", written, re.IGNORECASE)


@pytest.mark.slow
def test_terraform_reads_every_hostile_literal_as_the_text(terraform: Callable[..., str], tmp_path: Path) -> None:
    outputs = [hcl.block("output", (f"o{i}",), {"value": text}) for i, text in enumerate(HOSTILE)]
    template = Template(("$", Reference("local.x"), "%", Reference("local.x"), "{"))
    outputs.append(hcl.block("output", ("template",), {"value": template}))
    outputs.append(hcl.block("locals", (), {"x": "x"}))
    (tmp_path / "main.tf").write_text("\n\n".join(outputs) + "\n", encoding="utf-8")
    terraform(tmp_path, "fmt", "-check", "-diff")
    terraform(tmp_path, "init")
    terraform(tmp_path, "apply", "-auto-approve")
    values = {name: output["value"] for name, output in json.loads(terraform(tmp_path, "output", "-json")).items()}
    # Terraform normalises text; all of HOSTILE but the composed characters is normal already.
    expected = {f"o{i}": unicodedata.normalize("NFC", text) for i, text in enumerate(HOSTILE)}
    assert values == {**expected, "template": "$x%x{"}


def test_neighbouring_arguments_are_aligned_and_blocks_stand_apart() -> None:
    body: hcl.Body = {
        "name": "x",
        "enabled": True,
        "left_out": None,
        "policy": Json({"aws:A": [1, Reference("var.a")], "b": {}}),
        "x": Template(("a-", Reference("var.a"))),
        "one": Block({}),
        "two": Repeated((Block({"a": 1}), Block({"a": [{"b": "c"}]}))),
        "last": [],
    }
    assert hcl.block("resource", ("t", "n"), body) == (
        'resource "t" "n" {\n'
        '  name    = "x"\n'
        "  enabled = true\n"
        "  policy = jsonencode({\n"
        '    "aws:A" = [1, var.a]\n'
        "    b       = {}\n"
        "  })\n"
        '  x = "a-${var.a}"\n'
        "\n"
        "  one {}\n"
        "\n"
        "  two {\n"
        "    a = 1\n"
        "  }\n"
        "\n"
        "  two {\n"
        "    a = [\n"
        "      {\n"
        '        b = "c"\n'
        "      },\n"
        "    ]\n"
        "  }\n"
        "\n"
        "  last = []\n"
        "}"
    )


@pytest.mark.parametrize("text", ["", "${x}", "a b", 'file("/etc/passwd")', "a.b()", "a\n", "A.b"])
def test_text_that_is_no_name_cannot_become_a_reference(text: str) -> None:
    with pytest.raises(ValueError, match="is not a reference"):
        Reference(text)


def test_half_a_character_is_replaced() -> None:
    assert hcl.quote("\ud800") == '"\\ufffd"'

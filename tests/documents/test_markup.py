import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from archspec.documents.environment import environment
from archspec.documents.markup import (
    Markdown,
    anchor,
    code,
    escape,
    fence_around,
    link,
    message,
    node_label,
    one_line,
    slug,
    verbatim,
)

PARSER = MarkdownIt("gfm-like", {"linkify": False, "html": True})
PLAIN = {"inline", "text", "text_special", "paragraph_open", "paragraph_close"}
SPECIAL = st.text(alphabet=st.sampled_from("\\`*_[]<>|~&$:/#-+=.!()1a w{}'\"@^;\n\t"), max_size=24)


def _tokens(markdown: str) -> list[Token]:
    return [inner for token in PARSER.parse(markdown) for inner in (token, *(token.children or ()))]


def _text(markdown: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", PARSER.render(markdown)))).strip()


@given(SPECIAL | st.text(max_size=12))
def test_any_text_shows_itself_and_does_nothing_in_a_paragraph(text: str) -> None:
    escaped = escape(text)
    assert {token.type for token in _tokens(escaped)} <= PLAIN
    assert "".join(token.content for token in _tokens(escaped) if token.type in {"text", "text_special"}) == one_line(
        text
    )


@given(SPECIAL | st.text(max_size=12), SPECIAL)
def test_any_text_shows_itself_and_does_nothing_in_a_cell(one: str, other: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {escape(one)} | {escape(other)} |\n"
    cells = [token for token in PARSER.parse(table) if token.type == "inline"][2:]
    shown = ["".join(inner.content for inner in cell.children or ()) for cell in cells]
    assert shown == [one_line(one), one_line(other)]
    assert {inner.type for cell in cells for inner in cell.children or ()} <= PLAIN


@given(SPECIAL)
def test_any_text_shows_itself_in_code_in_a_cell(text: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {code(text)} | x |\n"
    cells = [token for token in PARSER.parse(table) if token.type == "inline"][2:]
    inner = [token for token in cells[0].children or () if token.type != "html_inline"]
    assert ["".join(token.content for token in inner), cells[1].content] == [one_line(text), "x"]


@given(SPECIAL)
def test_any_text_is_a_label_of_a_link(text: str) -> None:
    kinds = [token.type for token in _tokens(f"x {link(text, '#a')}")]
    assert (kinds.count("link_open"), kinds.count("html_inline"), kinds.count("image")) == (1, 0, 0)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("~$150 of < 5 minutes, api_v2 on us-east-1a", "~$150 of < 5 minutes, api_v2 on us-east-1a"),
        ("- a", r"\- a"),
        ("1. a", r"1\. a"),
        ("123456. a", r"123456\. a"),
        ("# a", r"\# a"),
        ("a #", r"a \#"),
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("<!-- a -->", r"\<!-- a -->"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("https://a.example www.b.example", r"https\://a.example www\.b.example"),
        ("a\n\n# b\x00\u202e", "a # b��"),
        ("$x$ ~~y~~ &lt;", r"\$x\$ \~\~y\~\~ \&lt;"),
    ],
)
def test_only_what_could_be_markup_is_escaped(text: str, markdown: str) -> None:
    assert escape(text) == markdown


def test_backticks_in_a_message_mean_code() -> None:
    assert message("set `a: [x]` or *b*") == r"set `a: [x]` or \*b\*"
    assert message("one ` alone") == r"one \` alone"
    assert message("`<b>``|`") == r"`<b>`<code>\|</code>"


def test_markdown_is_not_escaped_again() -> None:
    assert escape(Markdown("**a**")) == "**a**"


def test_no_filter_gets_text_past_the_escaping() -> None:
    template = environment().from_string(
        "{{ a | safe }} {{ [a, b] | join }} {{ a ~ b }} {% set c %}{{ a }}{% endset %}{{ c }}"
    )
    assert template.render(a="<b>", b=Markdown("*b*")) == r"\<b> \<b>\*b\* \<b>\*b\* \\\<b>"


def test_a_link_has_no_scheme() -> None:
    assert link("a", "javascript:alert(1) b") == "[a](javascript%3Aalert%281%29%20b)"


def test_an_anchor_is_a_name() -> None:
    assert anchor('a"><script>') == '<a id="ascript"></a>'


def test_a_slug_is_what_github_makes_of_a_heading() -> None:
    assert slug("Size of a task, and number of tasks") == "size-of-a-task-and-number-of-tasks"


def test_a_label_of_a_diagram_holds_no_syntax() -> None:
    assert node_label('a"]; %%{init}%% <b>') == "a#34;#93;#59; #37;#37;#123;init#125;#37;#37; #60;b#62;"


def test_code_is_shown_line_for_line_without_what_could_hide_or_fake_text() -> None:
    assert verbatim("\n a\t*b*  \r\n\r\n\r\nc\u202e\x00\u2028d\n") == " a\t*b*\n\n\nc���d"


@pytest.mark.parametrize(("text", "fence"), [("a", "```"), ("`", "```"), ("a ``` b", "````"), ("`````\n", "``````")])
def test_a_fence_is_longer_than_any_in_the_text(text: str, fence: str) -> None:
    assert fence_around(text) == fence

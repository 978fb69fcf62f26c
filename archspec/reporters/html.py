"""Findings as one HTML file that opens offline: each with its line, its way, its fix; narrowed without any script."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from archspec.documents.shell import shell
from archspec.errors import Location
from archspec.findings import Finding, LocatedHop
from archspec.reporters.plain import plain
from archspec.reporters.report import Part, Report, level, worst_first
from archspec.reporters.summary import summary

_STYLE = Path(__file__).with_name("page.css")
_STATES: Mapping[str, str] = {
    "error": "errors",
    "warning": "warnings",
    "info": "infos",
    "unknown": "could not be told",
    "known": "known",
    "waived": "waived",
}
_LEAD = "Each one says what is wrong, shows the line that has to change and the way that led there, and what to do."
_OPEN = ("error", "warning")
_BEFORE, _AFTER = 60, 120
"""Characters of a long line that are shown before and after a finding's column."""


def report(given: Report) -> str:
    """Return the page. It holds every finding; what is minor, known, unknown or waived is there to be switched on."""
    states = Counter(map(_state, given.findings))
    rules = {rule: i for i, rule in enumerate(sorted({one.rule for one in given.findings}))}
    shown = [state for state in _STATES if states[state] and (given.info or state in _OPEN)]
    body = [
        "<header>",
        f"<h1>{escape(_title(given))}</h1>",
        f"<p>{_text(summary(given.findings, info=True))}</p>",
        f"<p>{_LEAD}</p>",
        *_filters(states, rules, Counter(one.rule for one in given.findings), shown or list(states)),
        "</header>",
        *(line for part in given.parts for line in _section(part, rules)),
        "</main>",
        "<footer>Written by archspec. A page on every rule: <code>archspec explain RULE</code>.</footer>",
    ]
    style = _STYLE.read_text(encoding="utf-8") + "".join(_switches(rules))
    return shell(plain(_title(given)), style, "<main>\n" + "\n".join(body) + "\n")


def _title(given: Report) -> str:
    named = [part.spec for part in given.parts if part.spec]
    if not named:
        return "Findings"
    return f"Findings in {plain(named[0])}" if len(named) == 1 else f"Findings in {len(named)} specs"


def _state(finding: Finding) -> str:
    return "waived" if finding.waiver else "known" if finding.known else level(finding)


def _filters(
    states: Mapping[str, int], rules: Mapping[str, int], count: Mapping[str, int], shown: Sequence[str]
) -> Iterator[str]:
    """Yield a box for each state and each rule that there is."""
    if not rules:
        return
    yield '<fieldset class="states"><legend>Show</legend>'
    for state, words in _STATES.items():
        if states.get(state):
            yield _box(f"show-{state}", state, f"{states[state]} {words}", is_checked=state in shown)
    yield "</fieldset>"
    yield f"<details><summary>Only some of {len(rules)} rules</summary>"
    yield '<fieldset class="rules"><legend>Only these; all where none is ticked</legend>'
    for rule, number in rules.items():
        yield _box(f"rule-{number}", "", f"{plain(rule)} ({count[rule]})", is_checked=False)
    yield "</fieldset></details>"


def _box(id_: str, state: str, words: str, *, is_checked: bool) -> str:
    checked = " checked" if is_checked else ""
    return f'<label class="box {state}"><input type="checkbox" id="{id_}"{checked}> {escape(words)}</label>'


def _switches(rules: Mapping[str, int]) -> Iterator[str]:
    """Yield the styles of the boxes: those of states hide what they leave out, those of rules all but theirs."""
    yield "body:has(.rules :checked) article { display: none; }\n"
    for i in rules.values():
        yield f"body:has(#rule-{i}:checked) article.r{i} {{ display: block; }}\n"
    for state in _STATES:
        yield f"body:has(#show-{state}:not(:checked)) article.{state} {{ display: none !important; }}\n"


def _section(part: Part, rules: Mapping[str, int]) -> Iterator[str]:
    if part.spec:
        yield f"<section>\n<h2>{_text(part.spec)}</h2>"
    else:
        yield "<section>"
    if not part.findings:
        yield '<p class="clean">Nothing is found.</p>'
    for one in worst_first(part.findings):
        yield from _article(one, rules[one.rule])
    yield "</section>"


def _article(finding: Finding, number: int) -> Iterator[str]:
    state = _state(finding)
    yield f'<article class="{state} r{number}">'
    yield f'<h3><span class="level">{state}</span> <b>{_text(finding.rule)}</b> {_text(finding.name)}</h3>'
    yield f'<p class="message">{_said(finding.message)}</p>'
    yield f'<p class="place"><code>{_text(str(finding.location))}</code></p>'
    yield from _line(finding.location)
    if finding.witness:
        yield '<ol class="way">'
        yield from map(_step, finding.witness)
        yield "</ol>"
    if finding.fix:
        yield f'<p class="fix"><b>Fix</b> {_said(finding.fix)}</p>'
    if finding.waiver:
        yield f'<p class="waiver"><b>Accepted</b> {_said(finding.waiver)}</p>'
    if finding.reference.startswith("https://"):
        yield f'<p class="more"><a href="{escape(plain(finding.reference))}">Read more</a></p>'
    yield "</article>"


def _line(location: Location) -> Iterator[str]:
    """Yield the line that a finding stands on, marked from its column on."""
    if not location.text.strip():
        return
    line, column = location.text.expandtabs(1).rstrip(), location.column - 1
    start = max(column - _BEFORE, 0) if len(line) > _BEFORE + _AFTER else min(column, len(line) - len(line.lstrip()))
    before, marked = line[start:column], line[column : column + _AFTER]
    yield f"<pre><span>{location.line}</span> {_text(before)}<mark>{_text(marked)}</mark></pre>"


def _step(hop: LocatedHop) -> str:
    place = f" <code>{_text(str(hop.location))}</code>" if hop.location else ""
    reason = f" <code>{_text(hop.code)}</code>" if hop.code else ""
    return f'<li class="{hop.verdict}"><b>{hop.verdict}</b> {_said(hop.text)}{place}{reason}</li>'


def _text(text: str) -> str:
    return escape(plain(text))


def _said(text: str) -> str:
    """Return a sentence of archspec's own, in which backticks mean code."""
    parts = _text(text).split("`")
    if len(parts) % 2 == 0:
        return _whole("`".join(parts))
    return "".join(f"<code>{part}</code>" if i % 2 else _whole(part) for i, part in enumerate(parts))


def _whole(text: str) -> str:
    """Keep arrows together, which a browser would break after the hyphen."""
    return text.replace("-&gt;", '<span class="arrow">-&gt;</span>')

"""What an editor offers to do about diagnostics: the fixes of `lint --fix`, the word that is meant, a waiver."""

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from archspec.errors import KeyPath
from archspec.findings import UNWAIVABLE, Finding
from archspec.fixes.checking import Terms, said
from archspec.fixes.wanting import of_findings
from archspec.language_server.diagnostics import children
from archspec.language_server.linting import Linted
from archspec.language_server.renaming import Splice
from archspec.language_server.slots import content
from archspec.source.lines import line_end, line_start, offset
from archspec.source.mending import mended
from archspec.source.removing import CannotChangeError, content_end
from archspec.source.rewriting import Rewriting, spell
from archspec.source.spans import Child, Span

_MEANT = re.compile(r"did you mean '([^']+)'\?")
_QUOTED = re.compile(r"'([^']+)'")
_WAIVED_FOR = datetime.timedelta(days=90)


class Offer(NamedTuple):
    """Something that can be done: its name, what changes by the names of the files, and whether it is the one to do."""

    title: str
    changes: Mapping[str, list[Splice]]
    is_preferred: bool = True


def offers(data: Mapping[str, Any], linted: Linted, terms: Terms) -> Iterator[Offer]:
    """Yield what can be done about one diagnostic of a spec, by the data that came with it."""
    finding = next((one for one in linted.findings if _is(one, data)), None)
    if finding:
        yield from _fixed(finding, linted, terms)
        if finding.is_open and finding.rule not in UNWAIVABLE:
            yield from _waived(finding, linted, terms.today)
    elif "hint" in data:
        yield from _meant(data, linted)


def _is(finding: Finding, data: Mapping[str, Any]) -> bool:
    return all(getattr(finding, key) == data.get(key) for key in ("rule", "subject", "message"))


def _fixed(finding: Finding, linted: Linted, terms: Terms) -> Iterator[Offer]:
    """Yield the fix of a finding, where the spec is no worse with it: as `archspec lint --fix` has it."""
    if not finding.edits or finding.outcome != "fail" or not linted.system:
        return
    # What is written once for several environments is found in each of them, and is fixed for all or none.
    alike = [
        one for one in linted.findings if one.edits and (one.rule, one.location) == (finding.rule, finding.location)
    ]
    wanted = of_findings(alike, linted.system)
    changes: dict[str, list[Any]] = {}
    for file, change in (pair for one in wanted for pair in one.changes):
        changes.setdefault(file, []).append(change)
    try:
        texts = {file: _run(linted.texts[file], found) for file, found in changes.items()}
    except CannotChangeError:
        return
    is_worse = Counter(said({**linted.texts, **texts}, terms)) - Counter(said(linted.texts, terms))
    if not is_worse and not any(one.why_not for one in wanted):
        yield Offer(
            f"Fix {finding.rule}: {wanted[0].how}",
            {file: [difference(linted.texts[file], text)] for file, text in texts.items()},
        )


def _run(text: str, changes: Sequence[Any]) -> str:
    rewriting = Rewriting(text)
    for change in dict.fromkeys(changes):
        reason = rewriting.refusal(change)
        if reason:
            raise CannotChangeError(reason)
    return rewriting.run(changes)


def difference(old: str, new: str) -> Splice:
    r"""Return the one change that makes a text another. It parts no `\r\n`, in which a client has no position."""
    most = min(len(old), len(new))
    start = next((i for i in range(most) if old[i] != new[i]), most)
    end = next((i for i in range(most - start) if old[-1 - i] != new[-1 - i]), most - start)
    start -= _parts_a_break(old, start)
    end -= _parts_a_break(old, len(old) - end)
    return Splice(start, len(old) - end, new[start : len(new) - end])


def _parts_a_break(text: str, at: int) -> bool:
    return text[max(at - 1, 0) : at + 1] == "\r\n"


def _meant(data: Mapping[str, Any], linted: Linted) -> Iterator[Offer]:
    """Yield the word that is meant in place of the one that stands there."""
    name = str(data.get("file", ""))
    text = linted.texts.get(name)
    words, wrong = _MEANT.search(str(data["hint"])), _QUOTED.search(str(data["message"]))
    if text is None or not words or not wrong:
        return
    child = children(text).get(offset(text, int(data["line"]), int(data["column"])))
    found = _place(text, child, wrong[1]) if child else None
    if found:
        title = f"Change '{wrong[1]}' to '{words[1]}'"
        yield Offer(title, {name: [Splice(*found, words[1])]})


def _place(text: str, child: Child, word: str) -> tuple[int, int] | None:
    """Return where a word stands in an entry or item: its key, its value, or an end of an arrow there."""
    for span in (child.key, child.value, *(one.key for one in child.value.children[:1])):
        start = content(text, span) if span and span.form == "scalar" else None
        if span is None or start is None:
            continue
        if span.text == word:
            return start, start + len(word)
        found = re.search(rf"(?<![\w/-]){re.escape(word)}(?![\w/-])", span.text) if "->" in span.text else None
        if found:
            return start + found.start(), start + found.end()
    return None


def _waived(finding: Finding, linted: Linted, today: datetime.date) -> Iterator[Offer]:
    """Yield a waiver for a finding, which still needs its reason and its owner: DOC005 says so until it has them."""
    entry = {"rule": finding.rule, "subject": finding.subject, "reason": "", "owner": ""}
    words = ", ".join(f"{key}: {spell(value) if value else json.dumps(value)}" for key, value in entry.items())
    line = f"- {{{words}, expires: {today + _WAIVED_FOR}}}"
    title = f"Waive {finding.rule} for {finding.subject}"
    for name, text in linted.texts.items():
        place = _list(mended(text), ("waivers",))
        if place and place.form == "list" and not place.flow:
            last = place.children[-1]
            indent = " " * (place.start - line_start(text, place.start))
            at = line_end(text, content_end(text, last.start, last.end))
            yield Offer(title, {name: [Splice(at, at, f"{_newline(text)}{indent}{line}")]}, is_preferred=False)
            return
        if place:
            return  # in brackets, or no list at all: that is for a person
    name, text = next(iter(linted.texts.items()))
    start = "" if text.endswith("\n") or not text else _newline(text)
    new = f"{start}waivers:{_newline(text)}  {line}{_newline(text)}"
    yield Offer(title, {name: [Splice(len(text), len(text), new)]}, is_preferred=False)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _list(top: Span | None, path: KeyPath) -> Span | None:
    for step in path:
        found = (child.value for child in top.children if child.key and child.key.text == step) if top else iter(())
        top = next(found, None)
    return top

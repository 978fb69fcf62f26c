"""Waivers against findings: which of them a spec accepts, and what is wrong with a waiver once all rules have run."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from archspec.findings import UNWAIVABLE, Edit, Finding, Violation
from archspec.graph.facts import TABLES
from archspec.graph.graph import Graph
from archspec.graph.shortened import and_more
from archspec.model.claim import Waiver
from archspec.rules import stale_waiver

OTHERS = ("CKV", "DRF")
"""How ids start of what rules do not find: checkov and `archspec drift` do, and a waiver may accept it."""

_Subjects = Mapping[str, Collection[str]]
"""Rule → the subjects that it finds, each once, sorted: which ones a waiver accepts does not hang on their lines."""


def waive(findings: Iterable[Finding], graph: Graph) -> list[Finding]:
    """Mark what the spec's waivers accept, also of another tool's findings; one past its date accepts nothing.

    What a fact of the spec explains already keeps that reason where no waiver accepts it.

    A waiver with a count accepts so many subjects, and none beyond. Where two accept a finding, the one that names it
    gives the reason.
    """
    found = list(findings)
    valid = [one for one in graph.architecture.waivers if stale_waiver.is_valid(one, graph.today)]
    if not valid:
        return found
    failing = _subjects(one for one in found if one.outcome == "fail")
    accepted: dict[tuple[str, str], str] = {}
    for waiver in sorted(valid, key=lambda one: one.count is None):
        for subject in covered(waiver, failing.get(waiver.rule, ()), graph)[: waiver.count]:
            accepted[waiver.rule, subject] = waiver.reason
    return [
        one._replace(waiver=accepted.get((one.rule, one.subject), one.waiver)) if one.outcome == "fail" else one
        for one in found
    ]


def covered(waiver: Waiver, subjects: Collection[str], graph: Graph) -> list[str]:
    """Return those of the subjects that a waiver is about, in their order; how many of them it accepts is its count."""
    if waiver.count is None:
        return [waiver.subject] if waiver.subject in subjects else []
    fits = _test(waiver.subject, graph)
    return [subject for subject in subjects if fits(subject)]


def mistaken(
    findings: Iterable[Finding], graph: Graph, ran: Collection[str], known: Collection[str]
) -> Iterator[Violation]:
    """Yield what is wrong with waivers that accept more or less than there is: of rules that ran, or of no rule at all.

    `known` are the ids of all rules. A waiver for an environment that is only planned is judged when that is looked at.
    """
    if not graph.architecture.waivers:
        return
    found = list(findings)
    failing, seen = _subjects(one for one in found if one.outcome == "fail"), _subjects(found)
    for waiver in graph.architecture.waivers:
        if waiver.rule in UNWAIVABLE or _awaits(waiver, graph):
            continue
        if waiver.rule in ran:
            violation = _miscounted(waiver, failing.get(waiver.rule, ()), seen.get(waiver.rule, ()), graph)
            if violation:
                yield violation
        elif known and waiver.rule not in known and not waiver.rule.startswith(OTHERS):
            message = f"the {waiver.id} names a rule that does not exist"
            yield Violation(waiver.id, (*waiver.path, "rule"), message, "see `archspec rules`")


def _miscounted(waiver: Waiver, failing: Collection[str], seen: Collection[str], graph: Graph) -> Violation | None:
    """Compare what a waiver accepts with what there is; what cannot be told may be there, and counts for it."""
    failed, possible = covered(waiver, failing, graph), covered(waiver, seen, graph)
    if not possible:
        return _unmatched(waiver, seen, graph)
    count, place = waiver.count or 1, (*waiver.path, "count")
    if len(failed) > count:
        message = f"the {waiver.id} accepts {count}, and there are {len(failed)} findings"
        fix = f"mend {_few(failed[count:])}; only who decides anew raises `count`"
        return Violation(waiver.id, place, message, fix)
    if len(possible) < count:
        found = "1 finding is" if len(possible) == 1 else f"{len(possible)} findings are"
        message = f"the {waiver.id} accepts {count}, and {found} left"
        edit = Edit(place, "set", str(len(possible)))
        return Violation(waiver.id, place, message, f"lower it: `count: {len(possible)}`", edits=(edit,))
    return None


def _unmatched(waiver: Waiver, seen: Collection[str], graph: Graph) -> Violation:
    message, place = f"the {waiver.id} matches no finding", (*waiver.path, "subject")
    many = covered(waiver.model_copy(update={"count": 1}), seen, graph)
    if many:
        fix = f"what stands for many says for how many: add `count: {len(many)}`; or name one subject"
        return Violation(waiver.id, place, message, fix)
    now = f"{waiver.rule} finds: {_few(list(seen))}" if seen else f"{waiver.rule} finds nothing"
    return Violation(waiver.id, place, message, f"remove it ({now})", edits=(Edit(waiver.path, "remove"),))


def _few(subjects: Sequence[str]) -> str:
    return and_more(", ".join(subjects[:5]), len(subjects) - 5)


def _subjects(findings: Iterable[Finding]) -> _Subjects:
    found: Mapping[str, set[str]] = defaultdict(set)
    for finding in findings:
        found[finding.rule].add(finding.subject)
    return {rule: dict.fromkeys(sorted(subjects)) for rule, subjects in found.items()}


def _awaits(waiver: Waiver, graph: Graph) -> bool:
    name, slash, _ = waiver.subject.partition("/")
    environment = graph.architecture.environments.get(name) if slash else None
    if environment is None or environment.status == "current":
        return False
    return not any(id_.startswith(f"{name}/") for id_ in graph.architecture.elements)


def _test(subject: str, graph: Graph) -> Callable[[str], bool]:
    """Return what tells whether a subject is one of those that a pattern or a kind stands for."""
    elements = graph.architecture.elements
    if subject in TABLES and subject not in elements:
        return lambda one: one in elements and elements[one].home[1] == subject
    return lambda one: fits(subject, one)


def fits(pattern: str, text: str) -> bool:
    """Whether a text is as the pattern has it, where `*` is any text. Takes no longer than reading both.

    >>> fits("api-*", "api-read"), fits("*/web", "staging/web"), fits("api-*", "api")
    (True, True, False)
    """
    first, *rest = pattern.split("*")
    if not rest:
        return pattern == text
    *middle, last = rest
    if not (text.startswith(first) and text.endswith(last) and len(text) >= len(first) + len(last)):
        return False
    position, end = len(first), len(text) - len(last)
    for part in middle:
        position = text.find(part, position, end)
        if position < 0:
            return False
        position += len(part)
    return True

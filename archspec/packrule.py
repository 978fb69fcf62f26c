"""An entry of a rule pack, and the rule that it is: what it judges, when, and what has to hold."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from time import perf_counter
from typing import Literal, NamedTuple

from pydantic import Field

from archspec.errors import KeyPath
from archspec.expressions import Expression, ExpressionError, Missing, compile_expression, evaluate
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.fact_shapes import SPEC
from archspec.graph.facts import LISTED, TABLES, WHOLE, Item, current_of_kind, facts, known_as, likeness, listed
from archspec.graph.functions import functions
from archspec.graph.graph import Graph
from archspec.model.element import Element, Model

_LONGEST = 20
"""Seconds that an expression may take for all that it judges: a rule for 100,000 elements takes two or three."""

_SELF = ("self",)
_EVERYTHING = (*TABLES, *WHOLE)
SUBJECTS = (*TABLES, *LISTED, SPEC)
"""What an entry may be `for`."""

Word = Literal["off", "info", "warning", "error"]


class EntrySeverity(Model):
    """Severity by stage, in words."""

    production: Word
    staging: Word
    development: Word

    @property
    def rated(self) -> Severities:
        """The same as values."""
        words = (self.production, self.staging, self.development)
        return Severities(*(Severity[word.upper()] for word in words))


class Entry(Model):
    """One rule of a pack, as written."""

    name: str
    says: str
    why: str
    severity: EntrySeverity
    references: tuple[str, ...] = ()
    kind: str = Field(alias="for")
    when: str = ""
    assertion: str = Field(alias="assert", min_length=1)
    at: str = ""
    message: str
    fix: str = ""
    fails: str
    passes: str


class Pack(Model):
    """A pack file."""

    rules: dict[str, Entry]


class System(NamedTuple):
    """What an entry judges that is `for: spec`: the whole of it, once. Its place is the spec's first line."""

    id: str
    path: KeyPath = ()


Subject = Element | Item | System


@dataclass(frozen=True)
class PackRule:
    """A pack's entry as a rule. Its expressions are compiled when they are first needed."""

    ID: str
    entry: Entry

    @property
    def NAME(self) -> str:  # noqa: N802  read like a constant of a module
        """The name."""
        return self.entry.name

    @property
    def SEVERITY(self) -> Severities:  # noqa: N802
        """The severity by stage."""
        return self.entry.severity.rated

    @property
    def REFERENCES(self) -> tuple[str, ...]:  # noqa: N802
        """What it refers to."""
        return self.entry.references

    @property
    def PAGE(self) -> str:  # noqa: N802
        """The page, in the form that a rule in code has it."""
        return _page(self.entry)

    @cached_property
    def when(self) -> Expression | None:
        """What narrows the subjects."""
        return self.compiled(self.entry.when) if self.entry.when else None

    @cached_property
    def assertion(self) -> Expression:
        """What has to hold."""
        return self.compiled(self.entry.assertion)

    def compiled(self, text: str) -> Expression:
        """Compile an expression of the entry. Raises `ExpressionError`."""
        return compile_expression(text, _EVERYTHING if self.entry.kind == SPEC else _SELF)

    def subjects(self, graph: Graph) -> Iterable[Subject]:
        """Return what is current of the kind, as far as `when` holds; where it cannot tell, they stay in."""
        found = _subjects(graph, self.entry.kind)
        if self.when is None or not found:
            return found
        ask = _asking(graph, self.when, type(found[0]))
        return [one for one in found if ask(one) is not False]

    def check(self, graph: Graph, subject: Subject) -> Iterator[Violation | Unknown]:
        """Yield a violation where `assert` is false, an unknown where it needs a fact that is not stated."""
        answer = _asking(graph, self.assertion, type(subject))(subject)
        if answer is True:
            return
        place = (*subject.path, self.entry.at) if self.entry.at else subject.path
        if isinstance(answer, Missing):
            yield Unknown(subject.id, place, answer.fact)
        else:
            message, fix = (text.replace("{id}", subject.id) for text in (self.entry.message, self.entry.fix))
            yield Violation(subject.id, place, message, fix)


def _subjects(graph: Graph, kind: str) -> Sequence[Subject]:
    if kind == SPEC:
        return [System(graph.architecture.name)]
    return listed(graph, kind) if kind in LISTED else current_of_kind(graph, kind)


_Ask = Callable[[Subject], bool | Missing]


def _asking(graph: Graph, expression: Expression, kind: type[Subject]) -> _Ask:
    """Return what answers an expression for the subjects of a kind; made once for a graph."""
    known, key = _known(graph), (expression.text, kind)
    if key not in known:
        known[key] = _made(graph, expression, kind)
    return known[key]


@lru_cache(maxsize=1)
def _known(_graph: Graph) -> dict[tuple[str, type[Subject]], _Ask]:
    return {}


def _made(graph: Graph, expression: Expression, kind: type[Subject]) -> _Ask:
    """Make what answers an expression: once for all subjects that are alike in what it asks of them."""
    evaluated = partial(_evaluated, graph, expression)
    if expression.asks or expression.uses is None or issubclass(kind, System):
        return evaluated
    alike, answers = likeness(kind, expression.uses), dict[object, bool | Missing]()

    def ask(subject: Subject) -> bool | Missing:
        key = alike(graph, subject)
        try:
            answer = answers.get(key)
        except TypeError:  # something among it is a map: who is alike cannot be looked up
            return evaluated(subject)
        if answer is None:
            answer = answers[key] = evaluated(subject)
        return answer

    return ask


def _evaluated(graph: Graph, expression: Expression, subject: Subject) -> bool | Missing:
    """Answer an expression for a subject. Raises `ExpressionError` where all that it judges took far too long."""
    spent, started = _spent(graph), perf_counter()
    if spent[expression.text] > _LONGEST:
        message = f"its answers take longer than {_LONGEST} seconds; narrow it with `when`"
        raise ExpressionError(message, hint="look at fewer things for each that it judges")
    try:
        return _answered(graph, expression, subject)
    finally:
        spent[expression.text] += perf_counter() - started


@lru_cache(maxsize=1)
def _spent(_graph: Graph) -> defaultdict[str, float]:
    """Return how many seconds the answers of an expression took."""
    return defaultdict(float)


def _answered(graph: Graph, expression: Expression, subject: Subject) -> bool | Missing:
    asked = functions(graph).asked_by(expression.text) if expression.asks else None
    if isinstance(subject, System):
        return evaluate(expression, {name: known_as(graph, name) for name in expression.variables}, asked)
    return evaluate(expression, {"self": facts(graph, subject, expression.uses)}, asked)


def _page(entry: Entry) -> str:
    samples = f"## Fails\n\n```yaml\n{entry.fails}```\n\n## Passes\n\n```yaml\n{entry.passes}```\n"
    return f"{entry.says}\n\n## Why\n\n{entry.why}\n\n{samples}"

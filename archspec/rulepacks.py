"""Rule packs, `rules/*.yaml` → rules: policy that is data, written in CEL.

An entry is the rule, its page and its test in one: `for` names a kind of element, `when` narrows it, `assert` has to
hold; `fails` and `passes` are samples that the tests run. Expressions see the element as `self`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError, field_validator

from archspec import source
from archspec.errors import Problem, SpecError, UsageError
from archspec.expressions import Expression, ExpressionError, Missing, compile_expression, evaluate
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.facts import TABLES, current, facts
from archspec.graph.graph import Graph
from archspec.mistakes import explain
from archspec.model.element import Element, Model
from archspec.rules import RULES, Documented, Rule
from archspec.source import Source

_VARIABLES = ("self",)
Chosen = TypeVar("Chosen", bound=Documented)
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

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if value not in TABLES:
            message = f"expected one of {', '.join(TABLES)}"
            raise ValueError(message)
        return value


class Pack(Model):
    """A pack file."""

    rules: dict[str, Entry]


@dataclass(frozen=True, slots=True)
class PackRule:
    """A pack's entry as a rule."""

    ID: str
    NAME: str
    SEVERITY: Severities
    REFERENCES: tuple[str, ...]
    entry: Entry
    when: Expression | None
    assertion: Expression

    @property
    def PAGE(self) -> str:  # noqa: N802  read like a constant of a module
        """The page, in the form that a rule in code has it."""
        return _page(self.entry)

    def subjects(self, graph: Graph) -> Iterable[Element]:
        """Return the current elements of the kind, as far as `when` holds; where it cannot tell, they stay in."""
        found = current(graph, self.entry.kind)
        if self.when is None:
            return found
        return [one for one in found if evaluate(self.when, {"self": facts(graph, one, self.when.uses)}) is not False]

    def check(self, graph: Graph, subject: Element) -> Iterator[Violation | Unknown]:
        """Yield a violation where `assert` is false, an unknown where it needs a fact that is not stated."""
        place = (*subject.path, self.entry.at) if self.entry.at else subject.path
        match evaluate(self.assertion, {"self": facts(graph, subject, self.assertion.uses)}):
            case Missing(fact):
                yield Unknown(subject.id, place, fact)
            case False:
                message = self.entry.message.replace("{id}", subject.id)
                yield Violation(subject.id, place, message, self.entry.fix)
            case True:
                return


def _page(entry: Entry) -> str:
    samples = f"## Fails\n\n```yaml\n{entry.fails}```\n\n## Passes\n\n```yaml\n{entry.passes}```\n"
    return f"{entry.says}\n\n## Why\n\n{entry.why}\n\n{samples}"


def built_in() -> Mapping[str, Rule]:
    """Return every rule that comes with archspec, in code and in packs, by id."""
    found: dict[str, Rule] = dict(RULES)
    for path in sorted(_packs_folder().glob("*.yaml")):
        found |= load(path)
    return dict(sorted(found.items()))


def extended(rules: Mapping[str, Rule], packs: Sequence[Path]) -> Mapping[str, Rule]:
    """Return the rules and those of further packs, by id. Raises `SpecError` with every mistake in any of them.

    An id stands for one rule: a pack replaces none, whether it comes with archspec or from another pack.
    """
    found: dict[str, Rule] = dict(rules)
    problems: list[Problem] = []
    for path in packs:
        try:
            read, more = _load(path)
        except SpecError as error:
            problems += error.problems
            continue
        problems += [
            Problem(f"the id '{id_}' is taken by {found[id_].NAME}", read.locate(("rules", id_)), "choose another id")
            for id_ in more
            if id_ in found
        ]
        found |= more
    if problems:
        raise SpecError(tuple(problems))
    return dict(sorted(found.items()))


def _packs_folder() -> Path:
    """The packs are part of the wheel; in a checkout they stand beside the package, where people look for them."""
    installed = Path(__file__).parent / "packs"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "rules"


def load(path: Path) -> dict[str, PackRule]:
    """Load one pack. Raises `SpecError` with every mistake: keys, types, and expressions that do not compile."""
    return _load(path)[1]


def _load(path: Path) -> tuple[Source, dict[str, PackRule]]:
    read = source.read(path)
    try:
        pack = Pack.model_validate(read.data)
    except ValidationError as error:
        problems = [explain(entry, read, Pack) for entry in error.errors(include_url=False)]
        raise SpecError(tuple(problems)) from None
    rules: dict[str, PackRule] = {}
    wrong: list[Problem] = []
    for id_, entry in pack.rules.items():
        try:
            rules[id_] = _compile(id_, entry, read)
        except SpecError as error:
            wrong += error.problems
    if wrong:
        raise SpecError(tuple(wrong))
    return read, rules


def _compile(id_: str, entry: Entry, read: Source) -> PackRule:
    compiled: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, text in (("when", entry.when), ("assert", entry.assertion)):
        try:
            compiled[key] = compile_expression(text, _VARIABLES) if text else None
        except ExpressionError as error:
            place = read.locate(("rules", id_, key))
            problems.append(Problem(f"column {error.column} of `{key}`: {error}", place, "see https://cel.dev"))
    if problems:
        raise SpecError(tuple(problems))
    return PackRule(
        id_, entry.name, entry.severity.rated, entry.references, entry, compiled["when"], compiled["assert"]
    )


def choose(rules: Mapping[str, Chosen], select: Iterable[str], ignore: Iterable[str]) -> list[Chosen]:
    """Return the rules that `select` names and `ignore` does not, in order of their ids.

    A name is an id, a rule's name, or the letters that ids start with. Raises `UsageError` for one that means nothing.
    """
    wanted, unwanted = _named(rules, select), _named(rules, ignore)
    return [rule for id_, rule in rules.items() if (id_ in wanted or not wanted) and id_ not in unwanted]


def _named(rules: Mapping[str, Documented], names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        matching = {id_ for id_, rule in rules.items() if id_.startswith(name.upper()) or name == rule.NAME}
        if not matching:
            close = get_close_matches(name.upper(), list(rules), n=1)
            close = close or get_close_matches(name.lower(), [rule.NAME for rule in rules.values()], n=1)
            raise UsageError(f"no rule is called '{name}'" + (f"; did you mean {close[0]}?" if close else ""))
        found |= matching
    return frozenset(found)

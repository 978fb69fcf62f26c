"""Rule packs, `rules/*.yaml` → rules: policy that is data, written in CEL.

An entry is the rule, its page and its test in one: `for` names what it is about, `when` narrows it, `assert` has to
hold; `fails` and `passes` are samples that `archspec rules test` runs. Expressions see what is judged as `self`, and
ask the graph through functions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from archspec import source
from archspec.errors import KeyPath, Problem, SpecError, UsageError
from archspec.expressions import ExpressionError
from archspec.expressions.checking import check, near
from archspec.findings import UNWAIVABLE
from archspec.graph.fact_shapes import of_pack
from archspec.mistakes import explain, suggest
from archspec.packrule import SUBJECTS, Pack, PackRule
from archspec.rules import RULES, Documented, Rule
from archspec.source import Source
from archspec.source.scalars import inside

__all__ = ["PackRule", "built_in", "built_in_packs", "choose", "extended", "load", "read_pack"]

Chosen = TypeVar("Chosen", bound=Documented)


def built_in() -> Mapping[str, Rule]:
    """Return every rule that comes with archspec, in code and in packs, by id."""
    found: dict[str, Rule] = dict(RULES)
    for path in built_in_packs():
        found |= read_pack(path, checks=False)[1]
    return dict(sorted(found.items()))


def extended(rules: Mapping[str, Rule], packs: Sequence[Path]) -> Mapping[str, Rule]:
    """Return the rules and those of further packs, by id. Raises `SpecError` with every mistake in any of them.

    An id stands for one rule: a pack replaces none, whether it comes with archspec or from another pack.
    """
    found: dict[str, Rule] = dict(rules)
    problems: list[Problem] = []
    for path in packs:
        try:
            read, more = read_pack(path)
        except SpecError as error:
            problems += error.problems
            continue
        problems += [
            Problem(
                f"the id '{id_}' is taken by {_holder(found, id_)}", read.locate(("rules", id_)), "choose another id"
            )
            for id_ in more
            if id_ in found or id_ in UNWAIVABLE
        ]
        found |= more
    if problems:
        raise SpecError(tuple(problems))
    return dict(sorted(found.items()))


def _holder(found: Mapping[str, Rule], id_: str) -> str:
    return found[id_].NAME if id_ in found else "what archspec finds without a rule"


def built_in_packs() -> list[Path]:
    """Return the packs that come with archspec: part of the wheel, and in a checkout beside the package."""
    installed = Path(__file__).parent / "packs"
    folder = installed if installed.is_dir() else Path(__file__).parent.parent / "rules"
    return sorted(folder.glob("*.yaml"))


def load(path: Path) -> dict[str, PackRule]:
    """Load one pack. Raises `SpecError` with every mistake: keys, types, and expressions that do not fit."""
    return read_pack(path)[1]


def read_pack(path: Path, *, checks: bool = True) -> tuple[Source, dict[str, PackRule]]:
    """Load one pack as `load` does, with its source. Our own are not checked each time: the tests do it."""
    read = source.read(path)
    try:
        pack = Pack.model_validate(read.data)
    except ValidationError as error:
        problems = [explain(entry, read, Pack) for entry in error.errors(include_url=False)]
        raise SpecError(tuple(problems)) from None
    rules = {id_: PackRule(id_, entry) for id_, entry in pack.rules.items()}
    wrong = [problem for rule in rules.values() for problem in _problems(rule, read)] if checks else []
    if wrong:
        raise SpecError(tuple(wrong))
    return read, rules


def _problems(rule: PackRule, read: Source) -> Iterator[Problem]:
    """Yield what is wrong with an entry that has all its keys."""
    entry, here = rule.entry, ("rules", rule.ID)
    if entry.kind not in SUBJECTS:
        message = f"'{entry.kind}' is nothing that a rule can be about"
        yield Problem(message, read.locate((*here, "for")), suggest(entry.kind, SUBJECTS))
        return
    knowledge = of_pack(entry.kind)
    for key, text in (("when", entry.when), ("assert", entry.assertion)):
        try:
            found = check(rule.compiled(text), knowledge) if text else []
        except ExpressionError as error:
            yield _placed(read, (*here, key), error.column - 1, (str(error), error.hint))
            continue
        for mistake in found:
            yield _placed(read, (*here, key), mistake.at, (mistake.message, mistake.hint))
    shape = knowledge.variables.get("self")
    if entry.at and shape and shape.has and entry.at not in shape.has():
        message = f"{shape.family} has no key '{entry.at}'"
        yield Problem(message, read.locate((*here, "at")), near(entry.at, shape.has()))


def _placed(read: Source, path: KeyPath, at: int, words: tuple[str, str]) -> Problem:
    """Return a mistake in an expression at its own line and column; where they cannot be told, with its column."""
    message, hint = words
    place = inside(read, path, at) if at >= 0 else None
    if place is None:
        column = f"column {at + 1} of " if at >= 0 else ""
        return Problem(f"{column}`{path[-1]}`: {message}", read.locate(path), hint)
    return Problem(f"`{path[-1]}`: {message}", place, hint)


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

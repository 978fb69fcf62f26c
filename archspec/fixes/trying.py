"""Trying changes: on texts, never on files, and only as far as they make nothing worse."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from archspec.errors import Problem, SpecError
from archspec.fixes.checking import PROBLEM, Said, Terms, Texts, load, offered, said
from archspec.fixes.wanting import Wanted, of_findings, of_problems
from archspec.source.removing import CannotChangeError
from archspec.source.rewriting import Change, Rewriting


class Outcome(NamedTuple):
    """The texts after fixing, what was fixed, what was not and why; `problems` keep it from being loaded even then."""

    texts: Mapping[str, str]
    made: tuple[Wanted, ...] = ()
    left: tuple[Wanted, ...] = ()
    problems: tuple[Problem, ...] = ()


def fix(texts: Texts, terms: Terms, untouchable: Mapping[str, str]) -> Outcome:
    """Fix a spec, given as the texts of its files by their names: first misspelt keys, then what rules find.

    `untouchable` says of files why they stay as they are. A spec that cannot be loaded even so keeps its texts.
    """
    first = _fix_problems(texts, terms, untouchable)
    try:
        system = load(first.texts, terms)
    except SpecError as error:
        return first._replace(problems=error.problems)
    wanted = of_findings(offered(system, terms), system)
    second = _try(first.texts, wanted, terms, untouchable)
    return Outcome(second.texts, first.made + second.made, first.left + second.left)


def _fix_problems(texts: Texts, terms: Terms, untouchable: Mapping[str, str]) -> Outcome:
    try:
        load(texts, terms)
    except SpecError as error:
        return _try(texts, of_problems(error.problems, texts), terms, untouchable)
    return Outcome(texts)


class _Trial(NamedTuple):
    """What changes are tried on: the texts, the places in those that change, and what is said of all of it before."""

    texts: Texts
    rewritings: Mapping[str, Rewriting]
    before: Mapping[Said, int]
    terms: Terms


def _try(texts: Texts, wanted: Sequence[Wanted], terms: Terms, untouchable: Mapping[str, str]) -> Outcome:
    """Make all changes that can be made; where anything is worse then, only those of rules that do no harm alone."""
    files = sorted({file for one in wanted for file, _ in one.changes})
    rewritings = {file: Rewriting(texts[file]) for file in files}
    judged = [one._replace(why_not=one.why_not or _why_not(one, rewritings, untouchable)) for one in wanted]
    rules = sorted({one.rule for one in judged if not one.why_not})
    if not rules:
        return Outcome(texts, (), tuple(judged))
    trial = _Trial(texts, rewritings, said(texts, terms), terms)
    outcome = _made(trial, judged)
    if outcome.made or len(rules) == 1:
        return outcome
    harm = {rule: _made(trial, [one for one in judged if one.rule == rule and not one.why_not]) for rule in rules}
    reasons = {rule: tried.left[0].why_not for rule, tried in harm.items() if not tried.made}
    return _made(trial, [one._replace(why_not=one.why_not or reasons.get(one.rule, "")) for one in judged])


def _made(trial: _Trial, judged: Sequence[Wanted]) -> Outcome:
    """Make the changes that nothing speaks against, all of them or none."""
    made, left = [one for one in judged if not one.why_not], [one for one in judged if one.why_not]
    if not made:
        return Outcome(trial.texts, (), tuple(left))
    try:
        changed = {**trial.texts, **{file: one.run(_changes(made, file)) for file, one in trial.rewritings.items()}}
        reason = _worse(made, trial.before, said(changed, trial.terms))
    except CannotChangeError as error:
        changed, reason = {}, str(error)
    if reason:
        return Outcome(trial.texts, (), tuple(one._replace(why_not=one.why_not or reason) for one in judged))
    return Outcome(changed, tuple(made), tuple(left))


def _why_not(wanted: Wanted, rewritings: Mapping[str, Rewriting], untouchable: Mapping[str, str]) -> str:
    reasons = (untouchable.get(file, "") or rewritings[file].refusal(change) for file, change in wanted.changes)
    return next((reason for reason in reasons if reason), "")


def _changes(made: Collection[Wanted], file: str) -> list[Change]:
    return [change for one in made for name, change in one.changes if name == file]


def _worse(made: Sequence[Wanted], before: Mapping[Said, int], after: Mapping[Said, int]) -> str:
    """Say what is new, or still there though it was fixed; nothing where all is well.

    Where a spec could not be loaded and now can, nothing is known of what it was before.
    """
    if any(one.outcome == PROBLEM for one in before) and not any(one.outcome == PROBLEM for one in after):
        return ""
    new = sorted(one for one, count in after.items() if count > before.get(one, 0))
    if new:
        return f"with it there would be {new[0].rule}: {new[0].subject}"
    gone = Counter((one.rule, one.subject) for one in (Counter(before) - Counter(after)).elements())
    stays = sorted((Counter((one.rule, one.subject) for one in made) - gone).elements())
    return f"{stays[0][0]}: {stays[0][1]} would still be there" if stays else ""

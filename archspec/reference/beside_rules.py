"""What is found beside the rules: a spec that cannot be loaded, a rule that crashes. Each has a page as a rule has.

A key or a value that a spec cannot have is found while loading too; DOC002, the rule about texts, has the page of both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archspec.findings import CRASH, Severities, Severity
from archspec.rulepacks import built_in, extended
from archspec.rules import Documented

_ALWAYS = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Page:
    """What is known about a finding that no rule yields: it cannot be rated, left out or waived."""

    ID: str
    NAME: str
    PAGE: str
    SEVERITY: Severities = _ALWAYS
    REFERENCES: tuple[str, ...] = ()


_UNREADABLE = """\
A spec, or another file that archspec reads, cannot be read.

## Why

A spec is read by people, by archspec and by editors, and all of them have to understand the same thing. So what YAML
leaves to guessing is refused: a key written twice, tags, merge keys, several documents in one file. All of it is told
at once, and no rule runs. The same id stands for a rule pack that cannot be read, a template of your own that fails,
and a region in a Markdown file that is not closed or that names nothing.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  vpcs: {other: {cidr: 10.1.0.0/16}}  # expect: DOC000
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16}}
```
"""

_UNRESOLVED = """\
A reference names an element that does not exist, or an id is used twice.

## Why

A reference to nothing is a misspelling or something that was removed, and every check after it would be about another
system than the one that is meant. So it is found when the spec is loaded, all of them at once, and no rule runs.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  nat_gateways:
    nat: {subnet: public-b}  # expect: DOC001
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  nat_gateways: {nat: {subnet: public-a}}
```
"""

_CRASHED = """\
A rule crashed, so nothing is known of what it is about.

## Why

A rule that raises an error is a mistake in archspec, or in a rule pack whose `assert` answers with something else than
true or false. It must not take the others down, and it must not look like a pass: it is an error in every stage. The
message names the rule; `--ignore` leaves it out until it is mended.
"""

PAGES: Mapping[str, Page] = {
    "DOC000": Page("DOC000", "unreadable-file", _UNREADABLE),
    "DOC001": Page("DOC001", "unresolved-reference", _UNRESOLVED),
    CRASH: Page(CRASH, "rule-crashed", _CRASHED),
}


_MISSING = """\
Something that the spec has is not in the account, the state or the plan that it is compared with.

## Why

`archspec drift` exports the spec and reads the export back as it reads an account. What is in the one and not in the
other was never applied, or somebody has deleted it. Where nothing of a spec is there, that is said once: most often it
is another account, Region or environment.
"""

_EXTRA = """\
Something is in the account, the state or the plan that belongs to the system and that the spec does not have.

## Why

What nobody describes, nobody checks. It belongs to the system if its tags say so, or if it refers to what does: a
security group in its VPC. It is a warning, as a spec may say less than there is; what the spec has as planned and what
is there already counts as well.
"""

_DIFFERENT = """\
A value is another than the spec says.

## Why

A port that was opened by hand, backups that are kept for a day: nobody sees them in the spec, and `terraform plan` does
not see all of them. What the spec states is an error; what it leaves open, and its export sets, is a warning. What
nobody says and AWS chooses is nothing, nor are numbers that AWS changes within the bounds of the spec.
"""

DRIFT: Mapping[str, Page] = {
    "DRF001": Page("DRF001", "missing", _MISSING),
    "DRF002": Page("DRF002", "extra", _EXTRA, Severities(Severity.WARNING, Severity.WARNING, Severity.WARNING)),
    "DRF003": Page("DRF003", "different", _DIFFERENT),
}
"""What `archspec drift` finds; a waiver may accept it."""


def every_page(packs: Sequence[Path] = ()) -> Mapping[str, Documented]:
    """Return everything that a finding can be called by, rules and those of further packs among them, by id."""
    found: dict[str, Documented] = {**extended(built_in(), packs), **PAGES}
    return dict(sorted(found.items()))

"""What is reported: findings by the spec that they are of, and what a reporter may need beside them."""

from collections.abc import Callable, Iterable, Mapping
from posixpath import join, relpath
from typing import TYPE_CHECKING, NamedTuple

from archspec.findings import Finding, Severity

if TYPE_CHECKING:
    from archspec.rules import Documented


class Part(NamedTuple):
    """The findings of one spec, or the problems of one file that cannot be used."""

    spec: str
    findings: tuple[Finding, ...]


class Look(NamedTuple):
    """How a terminal shows text: how many cells wide it is, 0 where nothing is wrapped, and whether in colours."""

    width: int = 0
    is_coloured: bool = False


class Repository(NamedTuple):
    """Where files stand: the repository's root, the folder that their names start from, both as absolute paths.

    `pages` is the address under which a site shows the files of the root, with its last slash; nothing where none does.
    """

    root: str = "/"
    here: str = "/"
    pages: str = ""

    def path(self, file: str) -> str:
        """Return the path of a file from the root; it starts with `..` where the file stands outside."""
        return relpath(join(self.here, file), self.root)


PLAIN = Look()
NOWHERE = Repository()


class Report(NamedTuple):
    """What a reporter makes text of.

    `info` also shows what is only informative, known or could not be told. `tool` is who found it. `rules` returns the
    pages of rules by id, of a project's own packs too, when a reporter asks; what others found has none.
    """

    parts: tuple[Part, ...]
    info: bool = False
    tool: str = "archspec"
    look: Look = PLAIN
    repository: Repository = NOWHERE
    rules: "Callable[[], Mapping[str, Documented]]" = dict

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in order."""
        return tuple(one for part in self.parts for one in part.findings)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """What a person has to see: nothing that is waived; what is informative, known or unknown with `info`."""
        return tuple(one for one in self.findings if is_shown(one, info=self.info))


def of(findings: Iterable[Finding], *, info: bool = False, look: Look = PLAIN) -> Report:
    """Return the report of findings that belong to no spec in particular."""
    return Report((Part("", tuple(findings)),), info, look=look)


def is_shown(finding: Finding, *, info: bool) -> bool:
    """Whether a report to a person shows a finding."""
    return not finding.waiver and (info or (finding.severity > Severity.INFO and not finding.known))


def level(finding: Finding) -> str:
    """Return how bad a finding is, in a word: error, warning, info, or unknown."""
    return "unknown" if finding.outcome == "unknown" else finding.severity.name.lower()


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings: errors, warnings, infos, what is unknown; each in the order that they had."""
    return sorted(findings, key=lambda one: (one.outcome == "unknown", -one.severity))

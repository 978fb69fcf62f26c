"""The whole flow on one page: load, check, view, render, document, export, scan.

Each step takes what the step before returned. Nothing is printed or written here, and every step imports what it needs
when it is called: checking a spec draws no picture.

>>> system = parse('''
... archspec: 1
... name: tiny
... region: us-east-1
... network: {vpcs: {main: {cidr: 10.0.0.0/16}}, security_groups: {spare: {}}}
... ''')
>>> [(finding.rule, finding.subject) for finding in check(system, select=("NET",)).findings]
[('NET008', 'spare')]
"""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archspec.defaults import complete
from archspec.findings import Stage
from archspec.graph.graph import LONGEST_WAIVER, Graph
from archspec.importers import spec
from archspec.model.architecture import Architecture
from archspec.source import Source

if TYPE_CHECKING:
    from archspec.artifacts import Artifacts
    from archspec.checks import Checked
    from archspec.documents import Picture
    from archspec.scanners import Export, Scan
    from archspec.views.view import View


TARGET = "terraform"
"""What a system is exported for where nothing else is named; `build` writes it and `scan` scans it."""

SCANNER = "checkov"
"""What scans the files for `TARGET`."""


class System(NamedTuple):
    """A loaded spec: its source, the architecture with everything it implies, and the graph over it."""

    source: Source
    architecture: Architecture
    graph: Graph


def load(
    path: Path, today: datetime.date | None = None, environment: str = "", longest_waiver: int = LONGEST_WAIVER
) -> System:
    """Load the spec at `path`, or one `environment` of it alone. Raises `SpecError` with every problem.

    `today` is the day that dates such as a waiver's are judged by; without it they are not, so that what is made from
    a spec changes with the spec alone. A waiver may last `longest_waiver` days from that day.
    """
    return _system(spec.load(path, environment=environment), today, longest_waiver)


def parse(text: str, name: str = "<text>", today: datetime.date | None = None) -> System:
    """Load a spec from text. Raises `SpecError` with every problem."""
    return _system(spec.parse(text, name), today)


def load_texts(
    texts: Mapping[str, str],
    today: datetime.date | None = None,
    environment: str = "",
    longest_waiver: int = LONGEST_WAIVER,
) -> System:
    """Load a spec from the texts of its files, by their names, the spec first; for the rest see `load`."""
    return _system(spec.parse_all(texts, environment), today, longest_waiver)


def _system(loaded: spec.Loaded, today: datetime.date | None, longest_waiver: int = LONGEST_WAIVER) -> System:
    architecture = complete(loaded.architecture)
    return System(loaded.source, architecture, Graph(architecture, today, longest_waiver))


def check(  # noqa: PLR0913  each by its keyword, and each a choice of its own
    system: System,
    stage: Stage | None = None,
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    packs: Sequence[Path] = (),
    allow_code: bool = False,
) -> "Checked":
    """Run the rules. `select` and `ignore` name rules by id or by the letters that ids start with.

    `packs` are files with rules beside those that come with archspec; `allow_code` also runs those that installed
    packages offer. Raises `UsageError` where a name means no rule or a package offers none, `SpecError` for a pack that
    cannot be used.
    """
    from archspec.checks import check as run_rules
    from archspec.rulepacks import built_in, choose, extended

    rules = extended(built_in(), packs)
    if allow_code:
        from archspec import plugins

        rules = plugins.installed(rules)
    chosen = choose(rules, select, ignore)
    return run_rules(system.graph, chosen, stage, system.source.locate, tuple(rules))


def views(system: System, environment: str = "", names: tuple[str, ...] = ()) -> tuple["View", ...]:
    """Return every view that has something to show, those of the author's own last; or those of one environment.

    `names` is as in `archspec.views.project`: only some of the views are made.
    """
    from archspec.views import project

    return project(system.graph, environment, names)


def render(view: "View", form: str, width: int = 0) -> bytes:
    """Draw a view in a format of `archspec.renderers`: `svg`, `png`, `mermaid`, `text` …

    `width` is in characters, for formats that are made of them. Raises `UsageError` for what cannot be drawn.
    """
    from archspec.renderers import RENDERERS, WIDE

    return WIDE[form].render(view, width) if width and form in WIDE else RENDERERS[form].render(view)


def document(
    system: System, checked: "Checked", origin: str, pictures: Sequence["Picture"] = (), rules: str = ""
) -> str:
    """Write the architecture document as Markdown.

    `origin` is what the document calls the spec, `rules` the link to the folder of rule pages, if there is one.
    """
    from archspec.documents import markdown

    return markdown.render(system.graph, checked, origin, pictures, rules)


def export(system: System, target: str = TARGET, environment: str = "") -> "Artifacts":
    """Write the architecture, or what stands in one `environment` of it, for another tool."""
    from archspec.exporters import EXPORTERS

    whole = system.architecture
    return EXPORTERS[target].export(whole.in_environment(environment) if environment else whole)


def scan(system: System, artifacts: "Artifacts", root: Path) -> "Scan":
    """Run checkov on exported Terraform, and bring its findings home, with the spec's waivers on them.

    One that a fact of the spec decides is waived as well, with that fact and its line as the reason. Raises `ToolError`
    where checkov is missing or fails.
    """
    from archspec.scanners import SCANNERS

    return _waived(SCANNERS[SCANNER](_explained(system, artifacts), root), system)


def scan_all(systems: Sequence[System], root: Path) -> list["Scan"]:
    """Export systems, and run checkov once on all of them. Raises `ToolError` where it is missing or fails."""
    from archspec.scanners import scan_all as run

    scans = run(SCANNER, [_explained(system, export(system)) for system in systems], root)
    return [_waived(scanned, system) for scanned, system in zip(scans, systems, strict=True)]


def _explained(system: System, artifacts: "Artifacts") -> "Export":
    from archspec.scanners import Export
    from archspec.scanners.facts import explainer

    locate = system.source.locate
    return Export(artifacts, locate, explainer(system.architecture, locate))


def _waived(scanned: "Scan", system: System) -> "Scan":
    from archspec.waiving import waive

    return scanned._replace(findings=tuple(waive(scanned.findings, system.graph)))

"""The whole flow on one page: load, check, view, render, document, export, scan.

Each step takes what the step before returned; questions about single elements are asked of a `System`. Nothing is
printed or written here, and every step imports what it needs when it is called: checking a spec draws no picture.

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
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from archspec.defaults import complete
from archspec.errors import Location, NotStatedError, UsageError
from archspec.findings import Finding, Stage
from archspec.graph.graph import LONGEST_WAIVER, Graph
from archspec.importers import spec
from archspec.model.architecture import Architecture
from archspec.model.element import Element, Listed
from archspec.model.flow import Flow
from archspec.source import Source

if TYPE_CHECKING:
    from archspec.artifacts import Artifacts
    from archspec.checks import Checked
    from archspec.documents import Picture
    from archspec.reachability import Protocol, Reachability
    from archspec.scanners import Export, Scan
    from archspec.views.view import View


TARGET = "terraform"
"""What a system is exported for where nothing else is named; `build` writes it and `scan` scans it."""

SCANNER = "checkov"
"""What scans the files for `TARGET`."""


class System(NamedTuple):
    """A loaded spec: its source, the architecture with everything it implies, and the graph over it; what to ask of it.

    >>> shop = load("specs/shop.yaml")
    >>> [flow.id for flow in shop.flows], str(shop.locate(shop.element("main")))
    (['internet -> web 443', 'web -> db 5432'], 'specs/shop.yaml:8:5')
    """

    source: Source
    architecture: Architecture
    graph: Graph

    @property
    def elements(self) -> Mapping[str, Element]:
        """Every element by its id, `internet` first; those that archspec derived say so in `derived`."""
        return MappingProxyType(self.architecture.elements)

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The declared flows, in the order of the spec."""
        return self.architecture.flows

    def element(self, id_: str) -> Element:
        """Return one element. Raises `UsageError`, with what may be meant, where there is none.

        >>> load("specs/shop.yaml").element("wbe")
        Traceback (most recent call last):
        archspec.errors.UsageError: no element is called 'wbe'; did you mean 'web'?
        """
        from archspec.queries import no_element

        found = self.architecture.elements.get(id_)
        if found is None:
            raise no_element(id_, self.architecture.elements)
        return found

    def locate(self, thing: Element | Listed) -> Location:
        """Return where an element or a flow stands: its file, line and column."""
        return self.source.locate(thing.path)

    def path(
        self, source: str, target: str, port: int | str | None = None, protocol: "Protocol" = "tcp"
    ) -> "Reachability":
        """Ask whether one element may open a connection to another, as `archspec path` does.

        Without a port, on those that the target listens on. Raises `UsageError` for an id or a port that is none, and
        where no packets go between the two.

        >>> shop = load("specs/shop.yaml")
        >>> shop.path("web", "db", 5432).is_open, shop.path("internet", "db", 5432).is_open
        (True, False)
        >>> [hop.text for hop in shop.path("internet", "db", 5432).hops if hop.verdict == "blocked"][0]
        'db has no public address'
        """
        from archspec.reachability import asked_traffic, reachability

        ends = self.element(source).id, self.element(target).id
        return reachability(self.graph, self.source.locate, *ends, wanted=asked_traffic(port, protocol))

    def query(self, expression: str) -> Any:  # noqa: ANN401  whatever it asks for
        """Return what an expression in CEL answers, as plain data: see docs/query.md.

        Raises `UsageError` for an expression that does not work, `NotStatedError` where the answer needs a fact that
        the spec does not state.

        >>> load("specs/shop.yaml").query("services.map(s, {'id': s.id, 'zones': size(s.azs)})")
        [{'id': 'web', 'zones': 2}]
        """
        from archspec.queries import ask

        (answer,) = ask(expression, [self.graph])
        if answer.unknown:
            raise NotStatedError(answer.unknown)
        return answer.value

    def findings(
        self, stage: Stage | None = None, *, select: Sequence[str] = (), ignore: Sequence[str] = ()
    ) -> tuple[Finding, ...]:
        """Return the findings of the rules that come with archspec; see `check`, and `is_open` of a finding.

        >>> [finding.rule for finding in load("specs/shop.yaml").findings(select=["NET"]) if finding.is_open]
        []
        """
        return check(self, stage, select=tuple(select), ignore=tuple(ignore)).findings

    def view(self, name: str) -> "View":
        """Return what a picture shows, for `render`. Raises `UsageError` where the system has none of that name.

        >>> render(load("specs/shop.yaml").view("network"), "svg")[:4]
        b'<svg'
        """
        found = {view.name: view for view in views(self)}
        if name not in found:
            message = f"{self.architecture.name} has no view called '{name}'; there are: {', '.join(found) or 'none'}"
            raise UsageError(message)
        return found[name]


def load(
    path: Path | str, today: datetime.date | None = None, environment: str = "", longest_waiver: int = LONGEST_WAIVER
) -> System:
    """Load the spec at `path`, or one `environment` of it alone. Raises `SpecError` with every problem.

    `today` is the day that dates such as a waiver's are judged by; without it they are not, so that what is made from
    a spec changes with the spec alone. A waiver may last `longest_waiver` days from that day.
    """
    return _system(spec.load(Path(path), environment=environment), today, longest_waiver)


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
    packs: Sequence[Path | str] = (),
    allow_code: bool = False,
) -> "Checked":
    """Run the rules. `select` and `ignore` name rules by id or by the letters that ids start with.

    `packs` are files with rules beside those that come with archspec; `allow_code` also runs those that installed
    packages offer. Raises `UsageError` where a name means no rule or no stage or a package offers none, `SpecError` for
    a pack that cannot be used.
    """
    if stage is not None:
        _refuse_other("stage", stage, get_args(Stage))
    from archspec.checks import check as run_rules
    from archspec.rulepacks import built_in, choose, extended

    rules = extended(built_in(), [Path(pack) for pack in packs])
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

    _refuse_other("format", form, RENDERERS)
    return WIDE[form].render(view, width) if width and form in WIDE else RENDERERS[form].render(view)


def document(
    system: System,
    checked: "Checked | None" = None,
    origin: str = "",
    pictures: Sequence["Picture"] = (),
    rules: str = "",
) -> str:
    """Write the architecture document as Markdown.

    `checked` is what the rules say of the system; they are run where it is not given. `origin` is what the document
    calls the spec, its path by default, `rules` the link to the folder of rule pages, if there is one.
    """
    from archspec.documents import markdown

    origin = origin or system.source.files[0]
    return markdown.render(system.graph, checked or check(system), origin, pictures, rules)


def export(system: System, target: str = TARGET, environment: str = "") -> "Artifacts":
    """Write the architecture, or what stands in one `environment` of it, for another tool.

    Raises `UsageError` for a tool or an environment that there is not.
    """
    from archspec.exporters import EXPORTERS

    whole = system.architecture
    _refuse_other("target", target, EXPORTERS)
    if environment:
        _refuse_other("environment", environment, whole.environments)
    return EXPORTERS[target].export(whole.in_environment(environment) if environment else whole)


def _refuse_other(noun: str, name: str, known: Iterable[str]) -> None:
    names = list(known)
    if name not in names:
        raise UsageError(f"no {noun} is called '{name}'; there are: {', '.join(names) or 'none'}")


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

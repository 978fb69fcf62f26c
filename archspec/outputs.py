"""Which files a system makes, and what is in them: pictures, the document, the reference. Writes nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from os.path import realpath, relpath
from pathlib import Path
from typing import TYPE_CHECKING

from archspec import api
from archspec.artifacts import SOURCE_MAP, source_map
from archspec.errors import Location, Problem, SpecError, UsageError
from archspec.project import Project, packs, shown
from archspec.views.view import View

if TYPE_CHECKING:
    from archspec.checks import Checked
    from archspec.documents import Picture

FORMATS = ("md", "html")
"""What a document may be written as."""

PAGE = "html"
"""The format that is one interactive page for a system, and not a file for each view."""

Described = tuple[api.System, "Checked"]
"""A system and what the rules say of it."""


def views(system: api.System, project: Project, environment: str = "") -> tuple[View, ...]:
    """Return the views that a project wants of a system, all of them where it names none; or those of an environment.

    A name means the views of every environment, and `journeys` all request flows. Raises `UsageError` for one that the
    system does not have.
    """
    there = api.views(system, environment, project.views)
    if _missing(project.views, there, system):  # what a view is called need not begin with the name of its maker
        there = api.views(system, environment)
    if missing := _missing(project.views, there, system):
        known = ", ".join(view.name for view in there) or "none"
        raise UsageError(f"{system.architecture.name} has no view called '{missing[0]}'; there are: {known}")
    return tuple(
        view for view in there if not project.views or any(_is_called(view, name, system) for name in project.views)
    )


def _missing(names: Iterable[str], there: Sequence[View], system: api.System) -> list[str]:
    return [name for name in names if not any(_is_called(view, name, system) for view in there)]


def _is_called(view: View, name: str, system: api.System) -> bool:
    if name == "journeys":
        return view.name.startswith("journey-")
    return view.name in (name, *(f"{name}-{environment}" for environment in system.architecture.environments))


def pictures(
    system: api.System, project: Project, shown: Sequence[View] | None = None, width: int = 0
) -> Iterator[tuple[Path, bytes]]:
    """Yield pictures of a system with their paths in the project's formats: some views, or those of the project.

    `width` is in characters, for formats that are made of them. Raises `UsageError` for a format that there is not,
    and with every picture that cannot be drawn.
    """
    from archspec.renderers import RENDERERS

    drawn = [form for form in project.formats if form != PAGE]
    for form in drawn:
        if form not in RENDERERS:
            raise UsageError(f"no format is called '{form}'; there are: {', '.join((*RENDERERS, PAGE))}")
    refused: list[str] = []
    for view in views(system, project) if shown is None else shown:
        for form in drawn:
            try:
                content = api.render(view, form, width)
            except UsageError as error:
                refused.append(f"{system.architecture.name}, {form}: {error}")
            else:
                yield _diagrams(system, project) / f"{view.name}.{RENDERERS[form].EXTENSION}", content
    if refused:
        raise UsageError("\n".join(dict.fromkeys(refused)))


def page(described: Described, project: Project, shown: Sequence[View] | None = None) -> tuple[Path, bytes]:
    """Return the interactive page of a system with its path: some views, or those of the project."""
    from archspec import explorer

    system, checked = described
    path = _diagrams(system, project) / "index.html"
    origin = _link(project.root / "here", Path(system.source.files[0]).absolute())
    links = explorer.Links(origin, _rules(project, path))
    drawn = views(system, project) if shown is None else shown
    return path, explorer.page(system.graph, checked, system.source.locate, drawn, links)


def documents(described: Described, project: Project, formats: Sequence[str] = ("md",)) -> Iterator[tuple[Path, bytes]]:
    """Yield the system's document with its path, in each format; it links pictures and, where there are any, rules.

    Raises `SpecError` where a template of the project's own fails, `UsageError` for one that replaces none of ours.
    """
    from archspec.documents import html, markdown

    system, checked = described
    path = _document(system, project)
    linked = _linked(system, project, path)
    origin = _link(project.root / "here", Path(system.source.files[0]).absolute())
    made = markdown.page(system.graph, checked, linked, _rules(project, path))
    text = markdown.document(made, origin, _templates(project))
    if "md" in formats:
        yield path, text.encode()
    if "html" in formats:
        drawn = zip(linked, views(system, project), strict=True)
        drawings = [html.Drawing(picture, api.render(view, "svg")) for picture, view in drawn]
        yield path.with_suffix(".html"), html.render(text, origin, drawings).encode()


def injected(
    described: Sequence[Described], project: Project, files: Iterable[Path], named: Sequence[Path] = ()
) -> list[tuple[Path, bytes]]:
    """Return files with their regions filled: each of `files` that has regions, and each of `named`, which has to.

    Raises `SpecError` with every problem of every file, and what `documents` raises for templates.
    """
    from archspec.documents.injection import FORM, has_regions

    texts: dict[Path, str] = {}
    problems: list[Problem] = []
    for path in {realpath(one): one for one in (*files, *named)}.values():
        try:
            texts[path] = _injected(path, described, project)
        except SpecError as error:
            problems += error.problems
    without = [path for path in texts if not has_regions(texts[path])]
    problems += [
        Problem("there is no region in this file", Location(path.as_posix(), 1, 1), FORM)
        for path in without
        if path in named
    ]
    if problems:
        raise SpecError(tuple(problems))
    return [(path, text.encode()) for path, text in texts.items() if path not in without]


def _injected(path: Path, described: Sequence[Described], project: Project) -> str:
    from archspec.documents import markdown, regions
    from archspec.documents.injection import PREFIX, inject
    from archspec.documents.reading import read

    text = read(path)
    if PREFIX not in text:
        return text
    systems: dict[str, regions.Described] = {}
    for system, checked in described:
        page = markdown.page(system.graph, checked, _linked(system, project, path), _rules(project, path))
        systems[system.architecture.name] = regions.Described(page, _link(path, _document(system, project)))
    templates = _templates(project)
    return inject(text, path.as_posix(), lambda name: regions.content(name, systems, templates))


def reference(project: Project) -> Iterator[tuple[Path, bytes]]:
    """Yield the rules' pages and the schema of specs, where the project wants them."""
    if not project.reference:
        return
    from archspec.reference import rule_page, schema, spec_page
    from archspec.reference.beside_rules import every_page
    from archspec.reporters import findings_schema

    folder = project.root / project.reference
    rules = every_page(packs(project))
    yield folder / "rules" / "README.md", rule_page.index(rules.values()).encode()
    for id_, rule in rules.items():
        yield folder / "rules" / f"{id_}.md", rule_page.render(rule).encode()
    yield folder / "reference" / "archspec.schema.json", schema.render().encode()
    yield folder / "reference" / "findings.schema.json", findings_schema.render().encode()
    yield folder / "reference" / "spec.md", spec_page.render().encode()


def exported(system: api.System, project: Project) -> Mapping[Path, bytes]:
    """Return the system's files for `api.TARGET`, which is Terraform, and their source map, with their paths."""
    folder = project.root / project.terraform / system.architecture.name
    artifacts = api.export(system)
    files = {**artifacts.files, SOURCE_MAP: source_map(artifacts, system.source.locate)}
    return {folder / name: text.encode() for name, text in files.items()}


def _document(system: api.System, project: Project) -> Path:
    return project.root / project.documents / f"{system.architecture.name}.md"


def _linked(system: api.System, project: Project, file: Path) -> "list[Picture]":
    """Return the pictures as a file links them."""
    from archspec.documents import Picture

    folder = _diagrams(system, project)
    return [
        Picture(view.name, view.title, _link(file, folder / f"{view.name}.svg"), view.description)
        for view in views(system, project)
    ]


def _rules(project: Project, file: Path) -> str:
    return _link(file, project.root / project.reference / "rules") if project.reference else ""


def _templates(project: Project) -> Path | None:
    """Return the folder with the project's own templates, if it has any; raises what `environment.check` does."""
    if not project.templates:
        return None
    from archspec.documents.environment import check

    folder = shown(project.root / project.templates)
    check(folder)
    return folder


def _diagrams(system: api.System, project: Project) -> Path:
    return project.root / project.diagrams / system.architecture.name


def _link(file: Path, target: Path) -> str:
    return Path(relpath(target, file.parent)).as_posix()

"""Which files a system makes, and what is in them: pictures, the document, the reference. Writes nothing."""

from collections.abc import Iterator, Mapping
from os.path import relpath
from pathlib import Path

from archspec import api
from archspec.checks import Checked
from archspec.documents import Picture
from archspec.project import Project, packs


def pictures(system: api.System, project: Project, formats: tuple[str, ...] = ()) -> Iterator[tuple[Path, bytes]]:
    """Yield every picture of a system with its path, in some formats or in all of them."""
    from archspec.renderers import RENDERERS

    for view in api.views(system):
        for form in formats or RENDERERS:
            name = f"{view.name}.{RENDERERS[form].EXTENSION}"
            yield _diagrams(system, project) / name, api.render(view, form)


def document(system: api.System, checked: Checked, project: Project) -> tuple[Path, bytes]:
    """Return the system's document with its path; it links the pictures and, where there are any, the rules' pages."""
    path = project.root / project.documents / f"{system.architecture.name}.md"
    shown = [
        Picture(
            view.name,
            view.title,
            _link(path, _diagrams(system, project) / f"{view.name}.svg"),
            view.description,
        )
        for view in api.views(system)
    ]
    rules = _link(path, project.root / project.reference / "rules") if project.reference else ""
    origin = _link(project.root / "here", Path(system.source.files[0]).absolute())
    return path, api.document(system, checked, origin, shown, rules).encode()


def reference(project: Project) -> Iterator[tuple[Path, bytes]]:
    """Yield the rules' pages and the schema of specs, where the project wants them."""
    if not project.reference:
        return
    from archspec.reference import rule_page, schema, spec_page
    from archspec.reference.beside_rules import every_page

    folder = project.root / project.reference
    rules = every_page(packs(project))
    yield folder / "rules" / "README.md", rule_page.index(rules.values()).encode()
    for id_, rule in rules.items():
        yield folder / "rules" / f"{id_}.md", rule_page.render(rule).encode()
    yield folder / "reference" / "archspec.schema.json", schema.render().encode()
    yield folder / "reference" / "spec.md", spec_page.render().encode()


def exported(system: api.System, project: Project) -> Mapping[Path, bytes]:
    """Return the system's files for `api.TARGET`, which is Terraform, with their paths."""
    folder = project.root / project.terraform / system.architecture.name
    return {folder / name: text.encode() for name, text in api.export(system).files.items()}


def _diagrams(system: api.System, project: Project) -> Path:
    return project.root / project.diagrams / system.architecture.name


def _link(document: Path, target: Path) -> str:
    return Path(relpath(target, document.parent)).as_posix()

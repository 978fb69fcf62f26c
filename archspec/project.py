"""A project's settings: `[tool.archspec]` in pyproject.toml, or `archspec.toml`, found from the working folder up.

```toml
[tool.archspec]
paths = ["specs"]             # what lint, render, docs and build work on
diagrams = "diagrams_out"     # where render writes
documents = "docs/systems"    # where docs writes
terraform = "build/terraform" # where build writes Terraform
reference = ""                # where build writes the rules' pages and the schema; nowhere by default
select = []                   # as `lint --select`
ignore = []                   # as `lint --ignore`
fail_on = "error"             # as `lint --fail-on`
```
"""

from pathlib import Path
from typing import Any, NamedTuple

from archspec.errors import UsageError

_SPEC_ENDINGS = (".yaml", ".yml")


class Project(NamedTuple):
    """Where the project stands and what it says; relative paths are relative to `root`."""

    root: Path
    paths: tuple[str, ...] = ("specs",)
    diagrams: str = "diagrams_out"
    documents: str = "docs/systems"
    terraform: str = "build/terraform"
    reference: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"


def find(start: Path) -> Project:
    """Return the settings that hold in `start`: of the nearest folder that has any, else the defaults there.

    Raises `UsageError` for a file that is not TOML, an unknown setting or a value of the wrong type.
    """
    for folder in (start, *start.parents):
        for name, table in (("archspec.toml", ()), ("pyproject.toml", ("tool", "archspec"))):
            settings = _read(folder / name, table)
            if settings is not None:
                return _checked(folder, name, settings)
    return Project(start)


def _read(path: Path, table: tuple[str, ...]) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    import tomllib

    try:
        settings: Any = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path.name} is not valid TOML: {error}") from None
    for key in table:
        settings = settings.get(key) if isinstance(settings, dict) else None
    return settings if isinstance(settings, dict) else None


def _checked(root: Path, name: str, settings: dict[str, Any]) -> Project:
    values: dict[str, Any] = {}
    for key, value in settings.items():
        if key not in Project._fields or key == "root":
            known = ", ".join(field for field in Project._fields if field != "root")
            raise UsageError(f"{name}: unknown setting '{key}'; there are: {known}")
        wants_list = isinstance(Project._field_defaults[key], tuple)
        if wants_list and isinstance(value, list) and all(isinstance(item, str) for item in value):
            values[key] = tuple(value)
        elif not wants_list and isinstance(value, str):
            values[key] = value
        else:
            raise UsageError(f"{name}: '{key}' is {'a list of texts' if wants_list else 'a text'}, not {value!r}")
    return Project(root, **values)


def specs(project: Project, paths: tuple[str, ...]) -> list[Path]:
    """Return the spec files that `paths` mean, in order, each once; the project's own paths where none are given.

    A folder means every YAML file in it and below that has an `archspec:` key of its own, which parts of a spec have
    not. Raises `UsageError` where a folder holds none or a path is not there.
    """
    named = [Path(path) for path in paths] or [shown(project.root / path) for path in project.paths]
    found: dict[Path, None] = {}
    for path in named:
        if path.is_dir():
            files = [file for file in sorted(path.rglob("*")) if file.suffix in _SPEC_ENDINGS and _is_spec(file)]
            if not files:
                raise UsageError(f"{path.as_posix()} holds no spec; `archspec init` writes a first one")
            found.update(dict.fromkeys(files))
        else:
            found[path] = None
    return list(found)


def shown(path: Path) -> Path:
    """Return the path as seen from the working folder, where that is shorter."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _is_spec(file: Path) -> bool:
    with file.open("rb") as opened:
        start = opened.read(4096)
    return start.startswith(b"archspec:") or b"\narchspec:" in start

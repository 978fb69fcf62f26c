"""`python -m tests.bench.pictures` — how long a picture takes, beside the package diagrams with a system Graphviz.

Both draw the same 30 nodes and the same edges, in whole cold processes that take turns. The bounds: our PNG faster than
theirs, our SVG within three times theirs, and 300 elements laid out and drawn to SVG in a second. Theirs needs `dot` on
the PATH (apt-get install graphviz); where there is none, only ours is timed.
"""

import argparse
import os
import platform
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from tests.bench.__main__ import Subject, medians

NODES: Final = 30
MANY: Final = 300

THEIRS: Final = """
import sys
from diagrams import Diagram, Edge
from diagrams.aws.compute import Fargate
from diagrams.aws.database import RDS, ElastiCache
from diagrams.aws.network import ELB

path, form = sys.argv[1:3]
kinds = {"lb": ELB, "service": Fargate, "db": RDS, "cache": ElastiCache}
with Diagram("Traffic", filename=path, outformat=form, show=False, direction="LR"):
    made = {}
    for line in open(sys.argv[3], encoding="utf-8"):
        match line.split():
            case ["node", name, kind]:
                made[name] = kinds[kind](name)
            case ["edge", source, target, label]:
                made[source] >> Edge(label=label) >> made[target]
"""

OURS: Final = """
import sys
from pathlib import Path
from time import perf_counter
from archspec.layout import place
from archspec.renderers import svg
from archspec.views import project
from archspec.api import load

views = [view for view in project(load(Path(sys.argv[1])).graph) if view.name == "traffic"]
start = perf_counter()
drawn = [svg.render(view) for view in views]
print(perf_counter() - start)
"""


class Drawing(NamedTuple):
    """What is drawn: nodes by name with their kind, edges with a label."""

    nodes: dict[str, str]
    edges: list[tuple[str, str, str]]


def drawing(count: int) -> Drawing:
    """Return a system of that many nodes: a load balancer, services in three layers, and their stores."""
    services = [f"service-{number:03}" for number in range(count * 2 // 3)]
    stores = {f"store-{number:03}": ("db", "cache")[number % 2] for number in range(count - len(services) - 1)}
    names, layer = list(stores), max(len(services) // 3, 1)
    edges = [("lb", service, "443") for service in services[:layer]]
    for number, service in enumerate(services[layer:]):
        edges.append((services[number], service, "8080"))
    for number, service in enumerate(services):
        store = names[number % len(names)]
        edges.append((service, store, "5432" if stores[store] == "db" else "6379"))
    return Drawing({"lb": "lb", **dict.fromkeys(services, "service"), **stores}, edges)


def as_lines(drawn: Drawing) -> str:
    """Return a drawing as what the script for diagrams reads."""
    nodes = [f"node {name} {kind}" for name, kind in drawn.nodes.items()]
    return "\n".join([*nodes, *(f"edge {source} {target} {label}" for source, target, label in drawn.edges)])


def as_spec(drawn: Drawing) -> str:
    """Return a drawing as a spec, whose traffic view shows all of it."""
    where = "subnets: [a], security_groups: [sg]"
    facts = {"lb": "scheme: internal, ", "db": "engine: postgres, ", "cache": "engine: redis, "}

    def block(area: str, key: str, kind: str) -> list[str]:
        of_kind = (name for name, one in drawn.nodes.items() if one == kind)
        return [
            *([f"{area}:"] if area else []),
            f"  {key}:",
            *(f"    {n}: {{{facts.get(kind, '')}{where}}}" for n in of_kind),
        ]

    lines = [
        "archspec: 1\nname: bench\nregion: us-east-1",
        *block("network", "load_balancers", "lb"),
        "  vpcs: {main: {cidr: 10.0.0.0/16}}",
        "  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}",
        "  security_groups: {sg: {ingress: []}}",
        *block("compute", "services", "service"),
        *block("data", "databases", "db"),
        *block("", "caches", "cache"),
        "flows:",
        *(f"  - {source} -> {target}: {label}" for source, target, label in drawn.edges),
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pictures", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="turns (default: 9)")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        os.environ["ARCHSPEC_CACHE_DIR"] = str(Path(folder) / "cache")
        # Installed packages have their byte code beside them; a working tree may lack it, and be told to write none.
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        sys.stdout.write("\n".join([*beside(given.rounds, Path(folder)), "", *many(Path(folder)), ""]))


def beside(rounds: int, folder: Path) -> list[str]:
    """Return a table of both at 30 nodes; ours alone, and why, where there is no `dot`."""
    drawn = drawing(NODES)
    (folder / "bench.yaml").write_text(as_spec(drawn), encoding="utf-8")
    (folder / "bench.txt").write_text(as_lines(drawn), encoding="utf-8")
    (folder / "theirs.py").write_text(THEIRS, encoding="utf-8")
    forms, has_dot = ("png", "svg"), shutil.which("dot") is not None
    subjects = [Subject(f"`archspec render`, {form.upper()}", _ours(folder, form)) for form in forms]
    if has_dot:
        subjects += [Subject(f"diagrams, {form.upper()}", _theirs(folder, form)) for form in forms]
    subjects.append(Subject("`python -c pass`", (sys.executable, "-c", "pass")))
    _check(subjects)
    taken = medians(subjects, rounds)
    where = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    lines = [
        f"{NODES} nodes and {len(drawn.edges)} edges, cold processes, medians of {rounds} turns, {where}:",
        "",
        "| process | ms |",
        "|---|--:|",
        *(f"| {subject.name} | {seconds * 1000:.0f} |" for subject, seconds in zip(subjects, taken, strict=True)),
    ]
    if not has_dot:
        return [*lines, "", "diagrams is not timed: it needs Graphviz's dot, which is not on the PATH."]
    ratios = (f"{form.upper()} takes {taken[at] / taken[at + 2]:.2f}" for at, form in enumerate(forms))
    sizes = [_size(picture) for picture in (folder / "ours-png" / "bench" / "traffic.png", folder / "theirs.png")]
    pixels = f"The PNGs are {sizes[0]} px of ours, {sizes[1]} px of theirs."
    return [*lines, "", f"Ours ÷ theirs: {', '.join(ratios)}. {pixels}"]


def many(folder: Path) -> list[str]:
    """Return how long a system of 300 elements takes."""
    path = folder / "many.yaml"
    path.write_text(as_spec(drawing(MANY)), encoding="utf-8")
    command = (sys.executable, "-c", OURS, str(path))
    seconds = min(float(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(3))
    return [f"{MANY} elements, laid out and drawn to SVG in a new process: {seconds:.2f} s."]


def _size(png: Path) -> str:
    """Return how wide and how high a picture is: https://www.w3.org/TR/png-3/#11IHDR."""
    wide, high = struct.unpack(">II", png.read_bytes()[16:24])
    return f"{wide:,} × {high:,}"


def _check(subjects: list[Subject]) -> None:
    """Run each once, so that one that fails is not timed as if it were fast."""
    for subject in subjects:
        subprocess.run(subject.command, check=True, stdout=subprocess.DEVNULL)


def _ours(folder: Path, form: str) -> tuple[str, ...]:
    archspec = str(Path(sys.executable).with_name("archspec"))
    out = str(folder / f"ours-{form}")
    return (archspec, "render", str(folder / "bench.yaml"), "--view", "traffic", "--format", form, "--out", out)


def _theirs(folder: Path, form: str) -> tuple[str, ...]:
    script, lines = str(folder / "theirs.py"), str(folder / "bench.txt")
    return (sys.executable, script, str(folder / "theirs"), form, lines)


if __name__ == "__main__":
    main()

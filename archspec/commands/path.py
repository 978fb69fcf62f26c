"""`archspec path` — may one element reach another?"""

import json
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from archspec import api, project
from archspec.checks import located
from archspec.commands.arguments import Parser, parser
from archspec.errors import UsageError
from archspec.findings import Hop
from archspec.graph.intervals import Intervals, spell, traffic
from archspec.graph.verdict import Answer, answers, detour
from archspec.model.ports import parse_ports
from archspec.reporters.plain import plain
from archspec.reporters.text import hop_line

_EXAMPLE = """\
  archspec path internet alb 443        # 0: open
  archspec path internet rds 5432       # 1: blocked, and by what
  archspec path api rds --spec specs/shop.yaml"""


def run(arguments: Sequence[str]) -> int:
    """Print the answer hop by hop. 0 where every pair is open, 1 where one is blocked."""
    given = _parser().parse_args(arguments)
    settings = project.find(Path.cwd())
    wanted = _traffic(given.port, given.protocol)
    system = _system(project.specs(settings, tuple(given.spec or ())), given.source, given.target)
    found = answers(system.graph, given.source, given.target, wanted)
    if not found:
        raise UsageError(
            f"no packets go from {given.source} to {given.target}: name services, stores, balancers, clusters"
        )
    if given.format == "json":
        sys.stdout.write(_json(system, found))
    else:
        sys.stdout.write("\n".join(_text(system, found, given.source, given.target)) + "\n")
    return int(not all(answer.is_open for answer in found))


def _traffic(port: str | None, protocol: str) -> Intervals | None:
    if port is None:
        return None
    try:
        return traffic(parse_ports(port), protocol)
    except ValueError as error:
        raise UsageError(f"PORT: expected {error}") from None


def _system(paths: Sequence[Path], source: str, target: str) -> api.System:
    """Load the one spec that knows both ids."""
    systems = [api.load(path) for path in paths]
    known = [system for system in systems if {source, target} <= set(system.architecture.elements)]
    if len(known) == 1:
        return known[0]
    if known:
        files = ", ".join(system.source.files[0] for system in known)
        raise UsageError(f"{source} and {target} are in several specs: {files}; choose one with --spec")
    ids = sorted({id_ for system in systems for id_ in system.architecture.elements})
    missing = next((name for name in (source, target) if name not in ids), "")
    if not missing:
        raise UsageError(f"no spec knows both {source} and {target}")
    close = [id_ for id_ in ids if id_.endswith(f"/{missing}")] or get_close_matches(missing, ids, n=1)
    meant = " or ".join(f"'{id_}'" for id_ in close)
    raise UsageError(f"no element is called '{missing}'" + (f"; did you mean {meant}?" if close else ""))


def _text(system: api.System, found: tuple[Answer, ...], source: str, target: str) -> list[str]:
    lines: list[str] = []
    for answer in found:
        verdict = "open" if answer.is_open else "BLOCKED"
        lines.append(plain(f"{answer.source} -> {answer.target} {spell(answer.wanted)}: {verdict}"))
        lines += [hop_line(located(hop, system.source.locate)) for hop in answer.hops]
    steps = detour(system.graph, source, target) if not all(answer.is_open for answer in found) else ()
    if len(steps) > 1:
        way = "".join(f" -> {step.target} {spell(step.traffic)}" for step in steps)
        lines.append(f"Not at once, but step by step: {source}{way}")
    return lines


def _json(system: api.System, found: tuple[Answer, ...]) -> str:
    content = [
        {
            "from": answer.source,
            "to": answer.target,
            "traffic": spell(answer.wanted),
            "open": answer.is_open,
            "hops": [_hop(system, hop) for hop in answer.hops],
        }
        for answer in found
    ]
    return json.dumps({"version": 1, "answers": content}, indent=2, ensure_ascii=False) + "\n"


def _hop(system: api.System, hop: Hop) -> dict[str, object]:
    place = system.source.locate(hop.path) if hop.path else None
    where = {"file": place.file, "line": place.line, "column": place.column} if place else None
    return {"verdict": hop.verdict, "text": hop.text, "code": hop.code, "location": where}


def _parser() -> Parser:
    made = parser("path", "Ask whether one element may reach another, and what opens or blocks every hop.", _EXAMPLE)
    made.add_argument("source", metavar="FROM", help="an id, or internet; a cluster means each of its services")
    made.add_argument("target", metavar="TO", help="an id, or internet")
    made.add_argument("port", metavar="PORT", nargs="?", help="5432, 4000-4003, all; what TO listens on by default")
    made.add_argument("--protocol", choices=("tcp", "udp", "icmp"), default="tcp", help="(default: tcp)")
    made.add_argument("--spec", action="append", metavar="PATH", help="the spec; the project's own by default")
    made.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    return made

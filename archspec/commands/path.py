"""`archspec path` — may one element reach another?"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from archspec import api, project
from archspec.checks import located
from archspec.commands.arguments import Parser, add_one_spec, parser
from archspec.commands.choosing import system_with
from archspec.errors import KeyPath, UsageError
from archspec.findings import Hop
from archspec.graph.intervals import Intervals, spell, traffic
from archspec.graph.verdict import Answer, answers, answers_of_flows, detour
from archspec.model.flow import Flow
from archspec.model.ports import parse_ports
from archspec.reporters.json import write
from archspec.reporters.plain import plain
from archspec.reporters.text import hop_line

_EXAMPLE = """\
  archspec path internet alb 443        # 0: open
  archspec path internet rds 5432       # 1: blocked, and by what
  archspec path api rds --spec specs/shop.yaml
  archspec path --all                   # every declared flow"""


def run(arguments: Sequence[str]) -> int:
    """Print the answer hop by hop. 0 where every pair is open, 1 where one is blocked."""
    given = _parser().parse_args(arguments)
    specs = project.specs(project.find(Path.cwd()), tuple(given.spec or ()))
    as_json = given.json or given.format == "json"
    if given.all:
        if given.source:
            raise UsageError("--all asks about every declared flow; leave FROM and TO out")
        return _answer_all([api.load(path) for path in specs], as_json=as_json)
    if not given.target:
        raise UsageError("say FROM and TO, or --all; see `archspec path --help`")
    wanted = _traffic(given.port, given.protocol)
    system = system_with(specs, (given.source, given.target))
    found = answers(system.graph, given.source, given.target, wanted)
    if not found:
        raise UsageError(
            f"no packets go from {given.source} to {given.target}: name services, stores, balancers, clusters"
        )
    if as_json:
        sys.stdout.write(_json([_as_data(system, answer) for answer in found]))
    else:
        sys.stdout.write("\n".join(_text(system, found, given.source, given.target)) + "\n")
    return int(not all(answer.is_open for answer in found))


def _answer_all(systems: Sequence[api.System], *, as_json: bool) -> int:
    """Print one line for each declared flow, and the hops of those that are blocked."""
    told = [(system, flow, answer) for system in systems for flow, answer in answers_of_flows(system.graph)]
    if as_json:
        data = [{"spec": one.source.files[0], "flow": flow.id, **_as_data(one, answer)} for one, flow, answer in told]
        sys.stdout.write(_json(data))
    else:
        lines = [line for one, flow, answer in told for line in _told(one, flow, answer)]
        blocked = sum(not answer.is_open for _, _, answer in told)
        sys.stdout.write("".join(f"{line}\n" for line in (*lines, f"{len(told)} asked, {blocked} blocked")))
    return int(any(not answer.is_open for _, _, answer in told))


def _told(system: api.System, flow: Flow, answer: Answer) -> Iterator[str]:
    place = system.source.locate(flow.path)
    verdict = "open   " if answer.is_open else "BLOCKED"
    yield plain(f"{verdict} {answer.source} -> {answer.target} {spell(answer.wanted)}  {place}")
    if not answer.is_open:
        yield from (hop_line(located(hop, system.source.locate)) for hop in answer.hops if hop.verdict == "blocked")


def _traffic(port: str | None, protocol: str) -> Intervals | None:
    if port is None:
        return None
    try:
        return traffic(parse_ports(port), protocol)
    except ValueError as error:
        raise UsageError(f"PORT: expected {error}") from None


def _text(system: api.System, found: tuple[Answer, ...], source: str, target: str) -> list[str]:
    lines: list[str] = []
    for answer in found:
        verdict = "open" if answer.is_open else "BLOCKED"
        lines.append(plain(f"{answer.source} -> {answer.target} {spell(answer.wanted)}: {verdict}"))
        lines += [hop_line(located(hop, system.source.locate)) for hop in answer.hops]
        lines += _repairs(system, answer)
    steps = detour(system.graph, source, target) if not all(answer.is_open for answer in found) else ()
    if len(steps) > 1:
        way = "".join(f" -> {step.target} {spell(step.traffic)}" for step in steps)
        lines.append(plain(f"Not at once, but step by step: {source}{way}"))
    return lines


def _repairs(system: api.System, answer: Answer) -> Iterator[str]:
    """Yield the fewest edits that open the way, each with its place."""
    if answer.repairs:
        yield f"  to open it, {len(answer.repairs)} {'edit' if len(answer.repairs) == 1 else 'edits'}:"
    for number, one in enumerate(answer.repairs, start=1):
        yield plain(f"  {number}. {one.words}  {system.source.locate(one.place)}")


def _json(answered: list[dict[str, object]]) -> str:
    return write({"version": 1, "answers": answered})


def _as_data(system: api.System, answer: Answer) -> dict[str, object]:
    return {
        "from": answer.source,
        "to": answer.target,
        "traffic": spell(answer.wanted),
        "open": answer.is_open,
        "hops": [_hop(system, hop) for hop in answer.hops],
        "repairs": [{"text": one.words, "location": _place(system, one.place)} for one in answer.repairs],
    }


def _hop(system: api.System, hop: Hop) -> dict[str, object]:
    where = _place(system, hop.path) if hop.path else None
    return {"verdict": hop.verdict, "text": hop.text, "code": hop.code, "location": where}


def _place(system: api.System, path: KeyPath) -> dict[str, object]:
    place = system.source.locate(path)
    return {"file": place.file, "line": place.line, "column": place.column}


def _parser() -> Parser:
    made = parser("path", "Ask whether one element may reach another, and what opens or blocks every hop.", _EXAMPLE)
    made.add_argument(
        "source", metavar="FROM", nargs="?", default="", help="an id, or internet; a cluster means each of its services"
    )
    made.add_argument("target", metavar="TO", nargs="?", default="", help="an id, or internet")
    made.add_argument("port", metavar="PORT", nargs="?", help="5432, 4000-4003, all; what TO listens on by default")
    made.add_argument("--protocol", choices=("tcp", "udp", "icmp"), default="tcp", help="(default: tcp)")
    add_one_spec(made)
    made.add_argument("--all", action="store_true", help="ask about every declared flow and every `must_reach`")
    return made

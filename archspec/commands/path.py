"""`archspec path` — may one element reach another?"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from archspec import api, project
from archspec.commands.arguments import Parser, add_one_spec, parser
from archspec.commands.choosing import system_with
from archspec.errors import Location, UsageError
from archspec.findings import LocatedHop
from archspec.model.flow import Flow
from archspec.reachability import Pair, asked_traffic, of_flows, reachability
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
    wanted = asked_traffic(given.port, given.protocol)
    system = system_with(specs, (given.source, given.target))
    found = reachability(system.graph, system.source.locate, given.source, given.target, wanted=wanted)
    sys.stdout.write(_json([_as_data(pair) for pair in found.pairs]) if as_json else f"{found}\n")
    return int(not found.is_open)


def _answer_all(systems: Sequence[api.System], *, as_json: bool) -> int:
    """Print one line for each declared flow, and the hops of those that are blocked."""
    told = [(system, flow, pair) for system in systems for flow, pair in of_flows(system.graph, system.source.locate)]
    if as_json:
        data = [{"spec": one.source.files[0], "flow": flow.id, **_as_data(pair)} for one, flow, pair in told]
        sys.stdout.write(_json(data))
    else:
        lines = [line for one, flow, pair in told for line in _told(one, flow, pair)]
        blocked = sum(not pair.is_open for _, _, pair in told)
        sys.stdout.write("".join(f"{line}\n" for line in (*lines, f"{len(told)} asked, {blocked} blocked")))
    return int(any(not pair.is_open for _, _, pair in told))


def _told(system: api.System, flow: Flow, pair: Pair) -> Iterator[str]:
    place = system.source.locate(flow.path)
    verdict = "open   " if pair.is_open else "BLOCKED"
    yield plain(f"{verdict} {pair.source} -> {pair.target} {pair.traffic}  {place}")
    yield from map(hop_line, pair.blocked)


def _json(answered: list[dict[str, object]]) -> str:
    return write({"version": 1, "answers": answered})


def _as_data(pair: Pair) -> dict[str, object]:
    return {
        "from": pair.source,
        "to": pair.target,
        "traffic": pair.traffic,
        "open": pair.is_open,
        "hops": [_hop(hop) for hop in pair.hops],
        "repairs": [{"text": one.text, "location": _place(one.location)} for one in pair.repairs],
    }


def _hop(hop: LocatedHop) -> dict[str, object]:
    where = _place(hop.location) if hop.location else None
    return {"verdict": hop.verdict, "text": hop.text, "code": hop.code, "location": where}


def _place(place: Location) -> dict[str, object]:
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

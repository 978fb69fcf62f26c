"""Flows with what opens or blocks them hop by hop, and permits: who may open what to whom."""

from collections.abc import Iterator
from typing import Any

from archspec.checks import located
from archspec.explorer.arrows import members
from archspec.explorer.facts import facts
from archspec.explorer.sheet import Sheet
from archspec.findings import Hop, LocatedHop
from archspec.graph.intervals import spell
from archspec.graph.reach import OUTSIDE, reach_of
from archspec.graph.verdict import Answer, answers_of_flows
from archspec.model.flow import Flow, MustReach
from archspec.views.parts.words import flow_label


def flows(sheet: Sheet) -> list[dict[str, Any]]:
    """Return every declared flow and then every `must_reach`, each with its answers: none where none can be told."""
    whole = sheet.graph.architecture
    answered: dict[tuple[str, int], list[Answer]] = {}
    for flow, answer in answers_of_flows(sheet.graph):
        answered.setdefault(_key(flow), []).append(answer)
    return [_flow(sheet, flow, answered.get(_key(flow), [])) for flow in (*whole.flows, *whole.must_reach)]


def _key(flow: Flow) -> tuple[str, int]:
    return flow.home, flow.index


def _flow(sheet: Sheet, flow: Flow, answers: list[Answer]) -> dict[str, Any]:
    return {
        "id": flow.id,
        "from": flow.source,
        "to": flow.target,
        "senders": members(sheet.graph, flow.source),
        "receivers": members(sheet.graph, flow.target),
        "label": flow_label(flow),
        "asked": isinstance(flow, MustReach),
        "status": flow.status,
        "place": sheet.place(flow.path),
        "facts": facts(sheet.graph.architecture.elements, flow),
        "answers": [_answer(sheet, answer) for answer in answers],
    }


def _answer(sheet: Sheet, answer: Answer) -> dict[str, Any]:
    return {
        "from": answer.source,
        "to": answer.target,
        "traffic": spell(answer.wanted),
        "open": answer.is_open,
        "hops": [hop_data(sheet, located(hop, sheet.locate)) for hop in answer.hops],
        "along": list(dict.fromkeys(_along(sheet, answer))),
        "repairs": [{"text": one.words, "place": sheet.place(one.place)} for one in answer.repairs],
    }


def hop_data(sheet: Sheet, hop: LocatedHop) -> dict[str, Any]:
    """Return one hop of a witness; no place where no line decides it."""
    place = sheet.spot(hop.location) if hop.location else ""
    return {"verdict": hop.verdict, "text": hop.text, "code": hop.code, "place": place}


def _along(sheet: Sheet, answer: Answer) -> Iterator[str]:
    """Yield the elements on the way: both ends, and those whose lines decide a hop."""
    yield answer.source
    yield from (id_ for hop in answer.hops for id_ in _deciding(sheet, hop))
    yield answer.target


def _deciding(sheet: Sheet, hop: Hop) -> Iterator[str]:
    elements = sheet.graph.architecture.elements
    holder = hop.path[2] if len(hop.path) > 2 else ""
    if isinstance(holder, str) and holder in elements and elements[holder].path == hop.path[:3]:
        yield holder


def permits(sheet: Sheet) -> list[dict[str, Any]]:
    """Return every permitted step between elements that are alike, with what no flow declares of it."""
    reach = reach_of(sheet.graph)
    named = {OUTSIDE: [OUTSIDE]} | {name: [one.id for one in alike] for name, alike in reach.alike.items()}
    return [
        {
            "from": named[step.source],
            "to": named[step.target],
            "traffic": spell(step.traffic),
            "undeclared": spell(step.undeclared) if step.undeclared else "",
        }
        for step in reach.steps
    ]

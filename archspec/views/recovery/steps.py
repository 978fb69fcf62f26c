"""The steps of a recovery as a chain: what waits for what, how long each takes, and all of them together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from archspec.graph.graph import Graph
from archspec.graph.recovery_objectives import compare
from archspec.graph.recovery_order import numbered, stages, waits
from archspec.graph.recovery_plan import Plan, plan_of
from archspec.graph.recovery_steps import Timed, schedule
from archspec.model.element import Element
from archspec.model.quantity import spell_duration
from archspec.model.recovery import RecoveryStep
from archspec.views.parts.words import count, icon, listing
from archspec.views.view import Edge, Group, Node, View

_END = "@recovered"


def view(graph: Graph) -> View:
    """Return the picture of the steps; without nodes where the spec has none."""
    plan = plan_of(graph)
    label = graph.architecture.label
    steps = plan.steps if plan else ()
    groups = tuple(_groups(steps))
    return View(
        name="recovery-steps",
        title=f"{label}: recovery, step by step",
        description=_description(label, plan),
        layout="flow",
        groups=groups,
        nodes=(*_nodes(graph, steps, groups), *_end(graph, plan)),
        edges=tuple(_edges(steps, _frames(steps, groups))),
        hidden=tuple(_hidden(plan)),
    )


def _id(step: RecoveryStep) -> str:
    return f"@step@{step.index}"


def _groups(steps: Sequence[RecoveryStep]) -> Iterator[Group]:
    """Yield a frame for every group of steps that run beside each other."""
    for stage in stages(steps):
        if len(stage) > 1:
            yield Group(f"@group@{stage[0].index}", stage[0].group, "steps", subtitle="beside each other")


def _frames(steps: Sequence[RecoveryStep], groups: Sequence[Group]) -> Mapping[str, str]:
    """Return step → the frame that it stands in."""
    known = {group.id for group in groups}
    around = {_id(step): f"@group@{stage[0].index}" for stage in stages(steps) for step in stage}
    return {id_: frame for id_, frame in around.items() if frame in known}


def _nodes(graph: Graph, steps: Sequence[RecoveryStep], groups: Sequence[Group]) -> Iterator[Node]:
    elements, parents = graph.architecture.elements, _frames(steps, groups)
    times = {one.step.index: one for one in schedule(steps)}
    for number, step in numbered(steps):
        title = f"{number}. {step.name}" if step.name else f"Step {number}"
        detail = (step.does, *_when(times[step.index]), *filter(None, [_who(step), step.note]))
        yield Node(_id(step), step.id, title, _kind(step, elements), parents.get(_id(step), ""), detail)


def _kind(step: RecoveryStep, elements: Mapping[str, Element]) -> str:
    return next((icon(elements[id_]) for id_ in step.covers if id_ in elements), "step")


def _when(timed: Timed) -> Iterator[str]:
    """Yield how long a step takes, and how much longer it might without delaying the whole."""
    if timed.step.takes:
        slack = f", slack {spell_duration(timed.slack)}" if timed.slack else ""
        yield f"{timed.step.takes}{slack}"


def _who(step: RecoveryStep) -> str:
    done = "" if step.automatic is None else "by itself" if step.automatic else "by hand"
    return ", ".join(filter(None, (done, step.owner, step.runbook, step.runs_in)))


def _edges(steps: Sequence[RecoveryStep], frames: Mapping[str, str]) -> Iterator[Edge]:
    """Yield what waits for what, and what the whole ends with; the first arrow to a step says when it starts.

    All in a frame wait for the same, so the arrow leads to the frame.
    """
    needed = _needed(steps)
    told: dict[str, tuple[str, ...]] = {}
    starts: dict[str, Decimal] = {}
    for one in schedule(steps):
        target = frames.get(_id(one.step), _id(one.step))
        if target not in told:
            starts[target], told[target] = one.start, _sources(needed[_id(one.step)], frames)
    for target, sources in told.items():
        label = f"after {spell_duration(starts[target])}" if starts[target] else ""
        yield from (Edge(source, target, "" if number else label) for number, source in enumerate(sources))
    if any(step.takes and step.takes.high for step in steps):
        waited_for = {id_ for ids in needed.values() for id_ in ids}
        yield from (Edge(id_, _END) for id_ in _sources([id_ for id_ in needed if id_ not in waited_for], frames))


def _needed(steps: Sequence[RecoveryStep]) -> dict[str, list[str]]:
    """Return step → the steps that it waits for, also those behind a joint."""
    found = waits(steps)
    return {
        _id(step): [_id(steps[i]) for j in found[position] for i in ((j,) if j < len(steps) else found[j])]
        for position, step in enumerate(steps)
    }


def _sources(needed: Sequence[str], frames: Mapping[str, str]) -> tuple[str, ...]:
    """Return what stands for steps that are waited for: a frame for all that are in it, else the step."""
    sizes, held = Counter(frames.values()), Counter(frames[id_] for id_ in needed if id_ in frames)
    whole = {frame for frame, number in held.items() if number == sizes[frame]}
    return tuple(dict.fromkeys(frames[id_] if frames.get(id_) in whole else id_ for id_ in needed))


def _is_timed(plan: Plan | None) -> bool:
    return plan is not None and plan.takes.high > 0


def _end(graph: Graph, plan: Plan | None) -> Iterator[Node]:
    """Yield what the steps add up to, beside what is stated and wanted; nothing where no step states its length."""
    if plan is None or not _is_timed(plan):
        return
    numbers = {step.index: number for number, step in numbered(plan.steps)}
    stated = graph.architecture.recovery.total
    lines = [f"longest way: {', '.join(numbers[one.step.index] for one in plan.critical)}"]
    lines += [f"stated: {stated}"] if stated else []
    lines += [f"RTO {plan.rto}: {compare(plan.takes.high, plan.rto)}"] if plan.rto else []
    yield Node(_END, plan.id, f"Back after {_spell(plan)}", "recovered", detail=tuple(lines))


def _spell(plan: Plan) -> str:
    low, high = spell_duration(plan.takes.low), spell_duration(plan.takes.high)
    return high if low == high else f"{low} to {high}"


def _description(label: str, plan: Plan | None) -> str:
    if plan is None:
        return f"Recovery of {label}: no steps are stated."
    takes = f", {_spell(plan)} together" if _is_timed(plan) else ""
    return f"Recovery of {label}: {count(len(plan.steps), 'step')}{takes}."


def _hidden(plan: Plan | None) -> Iterator[str]:
    if plan is None or not plan.takes.untimed or not _is_timed(plan):
        return
    untimed = {step.index for step in plan.takes.untimed}
    numbers = [number for number, step in numbered(plan.steps) if step.index in untimed]
    noun = "step" if len(numbers) == 1 else "steps"
    yield f"It is not stated how long {noun} {listing(numbers)} may take: counted as nothing."

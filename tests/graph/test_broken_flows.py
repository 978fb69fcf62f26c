"""Rules NET001 to NET003 share what is blocked among them: together they find what does not get through, no more."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from archspec import api
from archspec.graph.intervals import subtract
from archspec.graph.permits import permitted
from tests.graph.networks import REPEATABLE
from tests.graph.test_repair import PAIRS, POSTGRES, drawn, load

RULES = ("NET001", "NET002", "NET003")


@settings(REPEATABLE, max_examples=60)
@given(st.integers(0, 2**32))
def test_a_flow_is_found_where_something_of_it_does_not_get_through(seed: int) -> None:
    spec = drawn(Random(seed))  # noqa: S311  the same examples on every run
    spec["flows"] = [{"from": source, "to": target, "port": 5432} for source, target in PAIRS]
    system = load(spec)
    ends = {id_: system.graph.ends(id_)[0] for id_ in ("x", "y", "internet")}
    blocked = {
        f"{source} -> {target} 5432"
        for source, target in PAIRS
        if subtract(POSTGRES, permitted(system.graph, ends[source], ends[target]))
    }
    found = api.check(system, select=RULES).findings

    assert {one.subject for one in found} == blocked
    assert [one for one in found if not one.fix or not any(hop.verdict == "blocked" for hop in one.witness)] == []

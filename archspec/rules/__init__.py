"""The rules written in code: one file each, listed here.

A rule is a module. Its docstring is its page: a sentence that names the defect, then `## Why`, `## Fails` and
`## Passes`, whose samples are run. It says which subjects it is about, and yields what is wrong with one of them;
nothing yielded is a pass.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from archspec.findings import Severities, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.rules import (
    admin_port_open_to_world,
    budget_exceeded,
    cost_line_arithmetic,
    cost_sum_differs,
    database_without_standby,
    dead_letters_of_another_type,
    false_claim,
    fargate_size,
    flow_blocked_by_security_group,
    flow_unanswered,
    flow_without_route,
    gateway_in_private_subnet,
    invalid_key_or_value,
    nat_in_another_az,
    ports_wider_than_listeners,
    private_subnet_with_internet_route,
    public_datastore,
    queue_without_dead_letters,
    rpo_missed,
    single_az_tier,
    stale_waiver,
    subnet_cidr_conflict,
    undeclared_path_to_data,
    unused_security_group,
)


class Documented(Protocol):
    """What has a page, its docstring: a rule, or what is found beside the rules."""

    @property
    def ID(self) -> str: ...  # noqa: N802  constants of a module, read through properties so that a tuple may be longer
    @property
    def NAME(self) -> str: ...  # noqa: N802
    @property
    def SEVERITY(self) -> Severities: ...  # noqa: N802
    @property
    def REFERENCES(self) -> tuple[str, ...]: ...  # noqa: N802


class Rule(Documented, Protocol):
    """What a rule offers. `check` takes any subject, as each rule knows its own kind of subjects."""

    def subjects(self, graph: Graph, /) -> Iterable[Any]:
        """Return what the rule is about: elements, flows, cost lines … each with an `id` and a `path`."""

    def check(self, graph: Graph, subject: Any, /) -> Iterator[Violation | Unknown]:  # noqa: ANN401
        """Yield what is wrong with one subject, or the fact that is missing to tell."""


RULES: dict[str, Rule] = {
    "AVL001": single_az_tier,
    "AVL002": database_without_standby,
    "AVL003": nat_in_another_az,
    "CST001": cost_sum_differs,
    "CST002": budget_exceeded,
    "CST004": cost_line_arithmetic,
    "DAT001": public_datastore,
    "DEP002": subnet_cidr_conflict,
    "DEP006": fargate_size,
    "DEP011": dead_letters_of_another_type,
    "DOC002": invalid_key_or_value,
    "DOC005": stale_waiver,
    "DOC012": false_claim,
    "NET001": flow_blocked_by_security_group,
    "NET003": flow_without_route,
    "NET004": flow_unanswered,
    "NET005": undeclared_path_to_data,
    "NET007": ports_wider_than_listeners,
    "NET008": unused_security_group,
    "NET012": private_subnet_with_internet_route,
    "NET013": gateway_in_private_subnet,
    "REC001": rpo_missed,
    "SCL006": queue_without_dead_letters,
    "SEC003": admin_port_open_to_world,
}


def summary(rule: Documented) -> str:
    """Return the first sentence of a rule's page: the defect."""
    return page(rule).partition("\n")[0]


def page(rule: Documented) -> str:
    """Return a rule's page, as Markdown without its title: a module's docstring, or what else says `PAGE`."""
    return str(getattr(rule, "PAGE", rule.__doc__) or "").strip() + "\n"

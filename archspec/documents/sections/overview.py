"""What it is, in a few sentences and one table."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from archspec.documents.capacity import capacity
from archspec.documents.headings import phrase
from archspec.documents.markup import Markdown, code, join
from archspec.documents.page import Page
from archspec.documents.wording import NOT_STATED, computed, listing, number, stated
from archspec.findings import Severity
from archspec.model.element import INTERNET
from archspec.model.quantity import Duration
from archspec.model.status import current

TITLE = "Overview"

_FEW = 2
"""So many VPCs are named in a sentence; more are counted there, and named in the table."""

_MANY = 6
"""So many findings are named one by one; more would hide what they are about."""


class Overview(NamedTuple):
    """The facts. Counts are words (`6 subnets`), empty where there is nothing to count."""

    region: str
    stage: str
    environments: Markdown
    account: str
    vpcs: Markdown
    vpc_names: Markdown
    zones: Markdown
    zone_count: str
    subnets: str
    running: Markdown
    holding: Markdown
    entries: Markdown
    capacity: Markdown
    cost: Markdown
    rto: Markdown
    rpo: Markdown
    verdict: str
    open: Markdown
    waived: Markdown
    unknown: str


def make(page: Page) -> Overview:
    """Return the overview, which every architecture has."""
    whole = page.architecture
    zones = sorted({subnet.az for subnet in whole.network.subnets.values() if subnet.status == "current"})
    vpcs = [Markdown(f"{page.refer(vpc.id)} {code(vpc.cidr)}") for vpc in whole.network.vpcs.values()]
    unknown = sum(one.outcome == "unknown" for one in page.checked.findings)
    return Overview(
        region=whole.region,
        stage=whole.stage,
        environments=listing([one.title or id_ for id_, one in whole.environments.items() if one.status == "current"]),
        account=whole.account,
        vpcs=listing(vpcs),
        vpc_names=listing(vpcs) if len(vpcs) <= _FEW else Markdown(number(len(vpcs), "VPC")),
        zones=listing(zones),
        zone_count=f"{'across' if len(zones) > 1 else 'in'} {number(len(zones), 'Availability Zone')}" if zones else "",
        subnets=_subnets(page),
        running=_running(page),
        holding=_holding(page),
        entries=_entries(page),
        capacity=_capacity(page),
        cost=stated(whole.cost.total),
        rto=_objective(whole.recovery.objectives.rto, [one.rto for one in whole.recovery.targets]),
        rpo=_objective(whole.recovery.objectives.rpo, [one.rpo for one in whole.recovery.targets]),
        verdict=_verdict(page),
        open=_found(page, waived=False),
        waived=_found(page, waived=True),
        unknown=number(unknown, "question") if unknown else "",
    )


def _objective(whole: Duration | None, targets: Sequence[Duration | None]) -> Markdown:
    """Write the objective of the whole, else those of its components."""
    own = list(dict.fromkeys(str(one) for one in targets if one))
    return stated(whole) if whole or not own else Markdown(f"{listing(own)}, by component")


def _subnets(page: Page) -> str:
    subnets = current(page.architecture.network.subnets.values())
    tiers = list(dict.fromkeys(subnet.tier for subnet in subnets))
    if not subnets:
        return ""
    return f"{number(len(subnets), 'subnet')} in {number(len(tiers), 'tier')} ({', '.join(tiers)})"


def _running(page: Page) -> Markdown:
    services = current(page.architecture.compute.services.values())
    tasks = sum(service.desired for service in services)
    if not services:
        return Markdown()
    return Markdown(f"{number(len(services), 'service')} with {computed(number(tasks, 'task'))}")


def _holding(page: Page) -> Markdown:
    whole = page.architecture.data
    stores = current((*whole.databases.values(), *whole.caches.values()))
    return listing([page.refer(store.id) for store in stores])


def _entries(page: Page) -> Markdown:
    flows = [one for one in page.architecture.flows if one.source == INTERNET and one.status == "current"]
    doors: dict[str, list[str]] = {}
    for flow in flows:
        ports = ", ".join(str(part) for part in flow.port)
        doors.setdefault(flow.target, []).append(f"{ports} {flow.protocol}".strip())
    if len(doors) > _FEW:
        kinds = Counter(page.architecture.elements[id_].kind for id_ in doors)
        return listing([number(count, phrase(kind)) for kind, count in kinds.items()])
    return listing([Markdown(f"{page.refer(id_)} on {listing(ports)}") for id_, ports in doors.items()])


def _capacity(page: Page) -> Markdown:
    total = capacity(page.architecture)
    known = [part for part in (total.vcpu, total.memory) if part != NOT_STATED]
    return join(known) if page.architecture.compute.services else Markdown()


def _verdict(page: Page) -> str:
    failed = [one.severity for one in page.checked.findings if one.outcome == "fail" and not one.waiver]
    counts = [(failed.count(severity), severity.name.lower()) for severity in (Severity.ERROR, Severity.WARNING)]
    infos = failed.count(Severity.INFO)
    words = [number(count, word) for count, word in counts if count]
    words += [f"{infos} for information"] if infos else []
    return ", ".join(words)


def _found(page: Page, *, waived: bool) -> Markdown:
    """Name the findings; where they are many, each rule once with how often it failed, and a link to its first."""
    found = [
        (i, one) for i, one in enumerate(page.checked.findings) if one.outcome == "fail" and bool(one.waiver) == waived
    ]
    if len(found) <= _MANY:
        return join([Markdown(f"{page.cite(i)} {page.subject(one.subject)}") for i, one in found], "; ")
    times = Counter(one.rule for _, one in found)
    first = {one.rule: i for i, one in reversed(found)}
    return join([_times(page, first[rule], count) for rule, count in times.items()])


def _times(page: Page, i: int, count: int) -> Markdown:
    return Markdown(f"{page.cite(i)} ({count} ×)") if count > 1 else page.cite(i)

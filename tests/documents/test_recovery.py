"""How the document tells what can be lost, how soon it is back, and what the recovery of the whole takes."""

from collections.abc import Callable

from archspec import api
from archspec.documents.markdown import page, part

Load = Callable[[str], api.System]
WRITE, INSTANCE = "a bad write or deletion", "loss of an instance"
ZONE, REGION = "loss of an AZ", "loss of the Region"
ALL = "[api](#api), [job](#job), [db](#db)"

SPEC = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.5.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.6.0/24}
compute:
  services:
    api: {desired: 2, subnets: [data-a, data-b], security_groups: []}
    job: {desired: 2, subnets: [data-a, data-b], security_groups: []}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: [],
         backups: {every: 1 day, restore: 20 minutes}}
recovery:
  objectives: {rto: 1 minute, rpo: 1 day, region_rto: 1 hour}
  paging: 5 minutes
  targets: [{component: All, covers: [job], disruptions: [az], not_required: it is idle at night}]
"""


def shown(system: Load, text: str) -> list[str]:
    made = system(text)
    return part(page(made.graph, api.check(made), (), "rules"), "recovery").splitlines()


def between(lines: list[str], first: str, last: str) -> list[str]:
    start = lines.index(first)
    return [line for line in lines[start + 1 : lines.index(last, start + 1)] if line]


def test_the_times_that_are_wanted_of_the_whole_are_listed(system: Load) -> None:
    lines = shown(system, SPEC)

    assert [line for line in lines[: lines.index("### Objectives of components")] if line] == [
        "| Objective | Target |",
        "| --- | --- |",
        "| Recovery time (RTO) | 1 minute |",
        "| Recovery point (RPO) | 1 day |",
        "| Recovery time, when the Region is lost | 1 hour |",
        "| A person who is called begins within | 5 minutes |",
    ]


def test_a_component_without_an_objective_says_why(system: Load) -> None:
    assert between(shown(system, SPEC), "### Objectives of components", "### What can be lost") == [
        "| Component | Covers | After | Not required, because |",
        "| --- | --- | --- | --- |",
        "| All | [job](#job) | loss of an AZ | it is idle at night |",
    ]


def test_how_soon_elements_are_back_is_told_once_for_those_that_end_alike(system: Load) -> None:
    rows = between(shown(system, SPEC), "### How soon it is back", "Assumed, as AWS had it on 2026-11-20:")[4:]
    aws = "AWS: the failover of a Multi-AZ instance typically takes 60-120 seconds"

    assert [row.strip("| ").split(" | ") for row in rows] == [
        ["[api](#api)", f"{INSTANCE}, {ZONE}", "at once†", "its other tasks go on", "met"],
        [ALL, REGION, "*not stated*", "no steps of a recovery are stated", "cannot be told: 1 hour"],
        ["[job](#job)", INSTANCE, "at once†", "its other tasks go on", "met"],
        ["[job](#job)", ZONE, "at once†", "its other tasks go on", "no objective is stated"],
        ["[db](#db)", WRITE, "20 minutes†", "a backup is restored in 20 minutes", "**missed**: 1 minute"],
        ["[db](#db)", f"{INSTANCE}, {ZONE}", "2 minutes†", aws, "**missed**: 1 minute"],
    ]


def test_a_figure_of_aws_stands_with_its_page_and_day(system: Load) -> None:
    lines = shown(system, SPEC)

    assert lines[lines.index("Assumed, as AWS had it on 2026-11-20:") + 2] == (
        "- the failover of a Multi-AZ instance typically takes 60-120 seconds "
        "(`https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html`)"
    )


STEPS = """\
observability: {alarms: {down: {metric: HealthyHostCount, threshold: < 1, period: 1 minute, datapoints: 2}}}
recovery:
  objectives: {rto: 30 minutes}
  steps:
    - {does: notice, name: notice, alarm: down, automatic: true}
    - {does: restore, name: restore, takes: 20 minutes, after: [notice], automatic: false, owner: DBAs, runbook: r.md}
    - {does: deploy, name: deploy, takes: 3 minutes, after: [notice]}
    - {does: switch, takes: 1 minute, after: [restore, deploy]}
"""


def test_steps_say_what_they_wait_for_when_they_run_and_who_does_them(system: Load) -> None:
    lines = shown(system, STEPS)

    assert [line for line in lines if line.startswith(("| Step", "| 1", "| 2", "| 3", "| 4"))] == [
        "| Step | What is done | Waits for | Takes | Starts after | Ends after | Slack | Who |",
        "| 1 | notice | – | 2 minutes† | 0 seconds† | 2 minutes† | none† | automatic |",
        "| 2 | restore | notice | 20 minutes | 2 minutes† | 22 minutes† | none† | by hand, DBAs, r.md |",
        "| 3 | deploy | notice | 3 minutes | 2 minutes† | 5 minutes† | 17 minutes† | – |",
        "| 4 | switch | restore and deploy | 1 minute | 22 minutes† | 23 minutes† | none† | – |",
    ]


def test_the_longest_way_is_held_to_the_objective(system: Load) -> None:
    assert "The steps below take 23 minutes†, which is within the recovery time objective of 30 minutes." in shown(
        system, STEPS
    )

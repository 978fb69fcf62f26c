"""The tables of what survives: flows by zone, and the elements that are there once."""

from collections.abc import Callable

from archspec import api
from archspec.documents import markdown
from archspec.documents.surviving import MOST_ROWS

System = Callable[[str], api.System]

SPEC = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
  security_groups: {sg: {}}
  load_balancers: {alb: {scheme: internet-facing, subnets: [public-a, public-b], security_groups: [sg]}}
compute:
  services:
    web: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
    mailer: {port: 80, desired: 2, subnets: [private-b], security_groups: [sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [private-a, private-b], security_groups: [sg]}
flows:
  - internet -> alb: 443 HTTPS
  - alb -> web: 80 HTTP
  - web -> db: 5432 PostgreSQL
  - {web -> mailer: 80 HTTP, hard: false}
  - mailer -> db: 5432 PostgreSQL
document: {sections: [{section: recovery}]}
"""


def document(system: api.System) -> list[str]:
    """Return the lines of the section, tables without their padding."""
    lines = markdown.render(system.graph, api.check(system, select=("AVL005",)), "a.yaml").splitlines()
    return [" ".join(line.split()) for line in lines]


def test_flows_that_share_their_fate_share_a_row_and_the_others_are_counted(system: System) -> None:
    lines = document(system(SPEC))
    start = lines.index("### Flows when an Availability Zone is lost")

    assert [lines[start + 2], *lines[start + 4 : start + 9]] == [
        "| Flow | us-east-1a lost† | us-east-1b lost† |",
        "| web → mailer 80 (soft), mailer → db 5432 | goes on | **stops**: mailer |",
        "",
        "3 of 5 flows survive the loss of any one zone.",
        "",
        "What AWS runs for a whole Region and what others run is taken to go on.",
    ]


def test_an_element_that_is_there_once_stands_in_the_table_with_its_journeys(system: System) -> None:
    text = SPEC.replace("hard: false", "hard: true") + 'journeys: [{title: "Mail | now", steps: [web -> mailer]}]\n'
    lines = document(system(text))

    assert "| mailer | all of it stands in us-east-1b | Mail \\| now | 2 |" in lines


def test_where_everything_survives_there_is_one_line(system: System) -> None:
    lines = document(system(SPEC.replace("[private-b]", "[private-a, private-b]")))
    start = lines.index("### Flows when an Availability Zone is lost")

    assert lines[start + 2] == "All 5 flows survive the loss of any one zone."
    assert "### Single points of failure" not in lines


def test_a_long_table_is_cut_and_what_is_behind_is_counted(system: System) -> None:
    names = [f"s{i}" for i in range(MOST_ROWS + 2)]
    alone = "".join(
        f"    {name}: {{port: 80, desired: 2, subnets: [private-b], security_groups: [sg]}}\n" for name in names
    )
    flows = "".join(f"  - {name} -> db: 5432 PostgreSQL\n" for name in names)
    text = SPEC.replace("data:\n", alone + "data:\n").replace("document:", flows + "document:")

    assert "3 of 47 flows survive the loss of any one zone; 3 more flows that do not are left out." in document(
        system(text)
    )

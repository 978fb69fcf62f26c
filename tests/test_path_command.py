"""`archspec path`: whole answers and exit statuses."""

import json
from pathlib import Path

import pytest

from archspec.cli import run

SPEC = """\
archspec: 1
name: shop
region: us-east-1
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.3.0/24}
  security_groups:
    alb-sg: {ingress: [{from: internet, port: 443}]}
    api-sg:
      ingress:
        - {from: alb-sg, port: 4000-4001}
    db-sg: {ingress: [{from: api-sg, port: 5432}]}
  load_balancers:
    alb:
      subnets: [public-a, public-b]
      security_groups: [alb-sg]
      listeners: [{port: 443, protocol: HTTPS}]
compute:
  clusters: {ecs: {}}
  services:
    api: {cluster: ecs, port: 4000, subnets: [public-a], security_groups: [api-sg]}
    job: {cluster: ecs, port: 4001, subnets: [public-a], security_groups: [api-sg]}
data:
  databases:
    db: {engine: postgres, subnets: [data-a], security_groups: [db-sg]}
"""


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "shop.yaml").write_text(SPEC, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["path", *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_an_open_way_is_shown_hop_by_hop(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "internet", "alb", "443") == (
        0,
        (
            "internet -> alb tcp/443: open\n"
            "  open    main-igw leads to public-a, public-b  specs/shop.yaml:7:5\n"
            "  open    alb receives tcp/443 from internet: alb-sg allows tcp/443 from anywhere  specs/shop.yaml:11:24\n"
            "  open    alb listens on tcp/443  specs/shop.yaml:17:5\n"
        ),
        "",
    )


def test_a_blocked_way_names_what_blocks_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "db", "api", "4000") == (
        1,
        (
            "db -> api tcp/4000: BLOCKED\n"
            "  open    db sends tcp/4000 to api: db-sg allows all traffic to anywhere (AWS default)\n"
            "  open    the local route of main joins data-a, public-a\n"
            "  BLOCKED api receives tcp/4000 from db: the nearest rule is api-sg allows tcp/4000-4001 from alb-sg; "
            "the peer differs  specs/shop.yaml:14:11  [ENI_SG_RULES_MISMATCH]\n"
            "  open    api listens on tcp/4000  specs/shop.yaml:24:5\n"
            "  to open it, 1 edit:\n"
            "  1. add to the ingress of api-sg: {from: db-sg, port: 4000}  specs/shop.yaml:13:7\n"
        ),
        "",
    )


def test_a_way_through_others_is_shown_where_none_leads_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ask(capsys, "internet", "db", "5432")

    assert (status, out.splitlines()[-1]) == (
        1,
        "Not at once, but step by step: internet -> alb tcp/443 -> api tcp/4000-4001 -> db tcp/5432",
    )


def test_a_cluster_means_each_of_its_services(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ask(capsys, "alb", "ecs")

    assert (status, [line for line in out.splitlines() if "->" in line]) == (
        0,
        ["alb -> api tcp/4000: open", "alb -> job tcp/4001: open"],
    )


def test_udp_is_asked_apart_from_tcp(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ask(capsys, "api", "db", "5432", "--protocol", "udp")

    assert (status, out.splitlines()[0]) == (1, "api -> db udp/5432: BLOCKED")


def test_without_a_port_the_one_that_the_target_listens_on_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ask(capsys, "api", "db")

    assert (status, out.splitlines()[0]) == (0, "api -> db tcp/5432: open")


def test_a_range_is_open_only_as_a_whole(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ask(capsys, "alb", "api", "4000-4002")

    assert (status, out.splitlines()[0]) == (1, "alb -> api tcp/4000-4002: BLOCKED")


def test_json_holds_the_same_answer(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ask(capsys, "internet", "alb", "443", "--format", "json")

    assert (status, json.loads(out)) == (
        0,
        {
            "version": 1,
            "answers": [
                {
                    "from": "internet",
                    "to": "alb",
                    "traffic": "tcp/443",
                    "open": True,
                    "hops": [
                        {
                            "verdict": "open",
                            "text": "main-igw leads to public-a, public-b",
                            "code": "",
                            "location": {"file": "specs/shop.yaml", "line": 7, "column": 5},
                        },
                        {
                            "verdict": "open",
                            "text": "alb receives tcp/443 from internet: alb-sg allows tcp/443 from anywhere",
                            "code": "",
                            "location": {"file": "specs/shop.yaml", "line": 11, "column": 24},
                        },
                        {
                            "verdict": "open",
                            "text": "alb listens on tcp/443",
                            "code": "",
                            "location": {"file": "specs/shop.yaml", "line": 17, "column": 5},
                        },
                    ],
                    "repairs": [],
                }
            ],
        },
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("internet", "albb"), "no element is called 'albb'; did you mean 'alb'?"),
        (("internet", "quite-else"), "no element is called 'quite-else'"),
        (("api", "db", "70000"), "PORT: expected ports from 0 to 65535, not 70000"),
        (("api", "db", "https"), "PORT: expected a port such as 443, a range such as 4000-4003, or all, not 'https'"),
        (("api", "db", "9-1"), "PORT: expected a range that grows: 1-9, not 9-1"),
        (
            ("public-a", "db"),
            "no packets go from public-a to db: name services, stores, balancers, clusters",
        ),
        (("api", "api"), "no packets go from api to api: name services, stores, balancers, clusters"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert ask(capsys, *arguments) == (2, "", f"archspec: {message}\n")


def twin() -> None:
    Path("specs/twin.yaml").write_text(SPEC.replace("name: shop", "name: twin"), encoding="utf-8")


def test_ids_in_two_specs_have_to_be_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    twin()

    assert ask(capsys, "api", "db") == (
        2,
        "",
        "archspec: api and db are in several specs: specs/shop.yaml, specs/twin.yaml; choose one with --spec\n",
    )


def test_a_spec_may_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    twin()
    status, out, err = ask(capsys, "api", "db", "--spec", "specs/twin.yaml")

    assert (status, out.splitlines()[0], err) == (0, "api -> db tcp/5432: open", "")


def test_ids_of_different_specs_meet_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    text = "archspec: 1\nname: other\nregion: us-east-1\ncompute: {clusters: {far: {}}}\n"
    Path("specs/other.yaml").write_text(text, encoding="utf-8")

    assert ask(capsys, "api", "far") == (2, "", "archspec: no spec knows both api and far\n")


FLOWS = """\
flows:
  - internet -> alb: 443 HTTPS
  - api -> db: 5433 PostgreSQL
must_reach:
  - job -> db: 5432
"""


def test_all_asks_about_every_flow_and_assertion_and_names_what_blocks(capsys: pytest.CaptureFixture[str]) -> None:
    Path("specs/shop.yaml").write_text(SPEC + FLOWS, encoding="utf-8")
    status, out, _ = ask(capsys, "--all")

    assert (status, [line.split("  specs")[0] for line in out.splitlines() if not line.startswith("  ")]) == (
        1,
        [
            "open    internet -> alb tcp/443",
            "BLOCKED api -> db tcp/5433",
            "open    job -> db tcp/5432",
            "3 asked, 1 blocked",
        ],
    )


def test_all_in_json_names_spec_and_flow(capsys: pytest.CaptureFixture[str]) -> None:
    Path("specs/shop.yaml").write_text(SPEC + FLOWS, encoding="utf-8")
    _, out, _ = ask(capsys, "--all", "--json")

    assert [(one["spec"], one["flow"], one["open"]) for one in json.loads(out)["answers"]] == [
        ("specs/shop.yaml", "internet -> alb 443", True),
        ("specs/shop.yaml", "api -> db 5433", False),
        ("specs/shop.yaml", "job -> db 5432", True),
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--all", "api"), "--all asks about every declared flow; leave FROM and TO out"),
        (("api",), "say FROM and TO, or --all; see `archspec path --help`"),
    ],
)
def test_half_a_question_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert ask(capsys, *arguments) == (2, "", f"archspec: {message}\n")


OUTSIDE = """\
external: {actors: {people: {}}, systems: {mail: {}}}
edge: {distributions: {cdn: {origins: [alb]}}}
flows: [people -> cdn: 443, people -> cdn: 9999]
"""
APART = "both stand outside of every VPC: no security group, network ACL or route in the spec guards the way"


@pytest.fixture
def _outside() -> None:
    Path("specs/shop.yaml").write_text(SPEC + OUTSIDE, encoding="utf-8")


@pytest.mark.usefixtures("_outside")
@pytest.mark.parametrize("port", [["80"], ["443"], []])
def test_a_distribution_answers_on_its_own_ports(capsys: pytest.CaptureFixture[str], port: list[str]) -> None:
    asked = next(iter(port), "443")

    assert ask(capsys, "people", "cdn", *port) == (
        0,
        (
            f"people -> cdn tcp/{asked}: open\n"
            f"  note    people and cdn {APART}\n"
            f"  open    cdn listens on tcp/{asked}  specs/shop.yaml:30:24\n"
        ),
        "",
    )


@pytest.mark.usefixtures("_outside")
def test_a_distribution_answers_on_no_other_port(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "people", "cdn", "9999") == (
        1,
        (
            "people -> cdn tcp/9999: BLOCKED\n"
            f"  note    people and cdn {APART}\n"
            "  BLOCKED cdn listens on tcp/80, tcp/443, udp/443 only  specs/shop.yaml:30:24  [FLOW_NO_LISTENER]\n"
            "  to open it, 1 edit:\n"
            "  1. name the port that cdn listens on, here or there  specs/shop.yaml:30:24\n"
        ),
        "",
    )


@pytest.mark.usefixtures("_outside")
def test_what_stands_outside_without_known_ports_is_guarded_by_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "people", "mail", "9999") == (
        0,
        f"people -> mail tcp/9999: open\n  note    people and mail {APART}\n",
        "",
    )


@pytest.mark.usefixtures("_outside")
def test_flows_to_a_distribution_are_judged_alike_by_path_and_by_lint(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ask(capsys, "--all")
    run(["lint", "--select", "NET001,NET004", "--format", "json"])
    told = json.loads(capsys.readouterr().out)["findings"]

    assert (status, out.splitlines()[-1], [(one["rule"], one["subject"]) for one in told]) == (
        1,
        "2 asked, 1 blocked",
        [("NET004", "people -> cdn 9999")],
    )

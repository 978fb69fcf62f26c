"""`archspec impact`: whole answers."""

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
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.3.0/24}
  nat_gateways: {nat: {subnet: public-a}}
  security_groups:
    alb-sg: {ingress: [{from: internet, port: 443}]}
    api-sg: {ingress: [{from: alb-sg, port: 4000}, {from: api-sg, port: 4000}]}
    db-sg: {ingress: [{from: api-sg, port: 5432}]}
  load_balancers:
    alb: {subnets: [public-a], security_groups: [alb-sg], listeners: [{port: 443, protocol: HTTPS}]}
compute:
  clusters: {ecs: {}}
  services:
    api:
      cluster: ecs
      port: 4000
      subnets: [private-a]
      security_groups: [api-sg]
      secrets: [password]
      task_role: api-role
data:
  databases:
    db: {engine: postgres, subnets: [data-a], security_groups: [db-sg], credentials: [password]}
  buckets: {files: {}}
security:
  secrets: {password: {}}
  roles: {api-role: {may: [{does: "s3:GetObject", on: [files]}]}}
flows:
  - internet -> alb: 443 HTTPS
  - alb -> ecs: 4000 HTTP
journeys:
  - title: A customer pays
    steps: [alb -> api: passes the request, api -> db: writes]
"""


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "shop.yaml").write_text(SPEC, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["impact", *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_it_says_what_an_attacker_reaches_and_reads_and_what_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "ecs") == (
        0,
        (
            "If ecs is compromised, it reaches 1 element:\n"
            "  db  1 step  tcp/5432, not all of it declared\n"
            "  and it may read or use files, password\n"
            "\n"
            "If ecs is lost, 2 elements fail with it:\n"
            "  api  runs in ecs\n"
            "  alb  calls ecs on 4000 HTTP\n"
            "  and these journeys stop: A customer pays\n"
        ),
        "",
    )


USES = """\
messaging:
  queues: {thumbs: {producers: [api], consumers: [other]}}
  topics: {news: {publishers: [ecs]}}
external: {actors: {other: {}}}
"""


@pytest.fixture
def _stated() -> None:
    used = SPEC.replace("buckets: {files: {}}", "buckets: {files: {readers: [api]}, images: {writers: [api, other]}}")
    Path("specs/shop.yaml").write_text(used + USES, encoding="utf-8")


@pytest.mark.usefixtures("_stated")
def test_what_states_it_as_its_user_is_reached_and_what_its_role_gives_is_not_told_twice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ask(capsys, "api")[1].splitlines()[:6] == [
        "If api is compromised, it reaches 4 elements:",
        "  db      1 step  tcp/5432, not all of it declared",
        "  images  1 step  api is a writer of images         specs/shop.yaml:30:57",
        "  thumbs  1 step  api is a producer of thumbs       specs/shop.yaml:41:33",
        "  news    1 step  ecs is a publisher of news        specs/shop.yaml:42:32",
        "  and it may read or use files, password",
    ]


@pytest.mark.usefixtures("_stated")
def test_what_is_used_by_what_is_reached_names_both(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "alb", "--json")

    assert json.loads(out)["uses"][0] == {
        "id": "files",
        "over": ["api"],
        "text": "api is a reader of files",
        "location": {"file": "specs/shop.yaml", "line": 30, "column": 31},
    }


def test_what_is_reached_over_others_names_them(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "alb")

    assert out.splitlines()[:3] == [
        "If alb is compromised, it reaches 2 elements:",
        "  api  1 step   tcp/4000",
        "  db   2 steps  tcp/5432 over api, not all of it declared",
    ]


def test_what_sends_no_packets_is_only_lost(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "nat")[1].splitlines() == [
        "If nat is lost, 3 elements fail with it:",
        "  api  leaves its VPC through nat only",
        "  ecs  runs nothing but api",
        "  alb  calls ecs on 4000 HTTP",
        "  and these journeys stop: A customer pays",
    ]


def test_what_names_a_secret_fails_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "password")

    assert out.splitlines()[1:3] == ["  api  names password as its secrets", "  db   names password as its credentials"]


def test_nothing_is_said_in_words_where_nothing_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "files") == (0, "If files is lost, no elements fail with it.\n", "")


def test_json_holds_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "alb", "--json")

    assert json.loads(out) == {
        "version": 1,
        "element": "alb",
        "reaches": [
            {"id": "api", "over": [], "traffic": "tcp/4000", "declared": True},
            {"id": "db", "over": ["api"], "traffic": "tcp/5432", "declared": False},
        ],
        "uses": [],
        "reads": [],
        "fails": [],
        "journeys": ["A customer pays"],
    }


def test_a_misspelt_id_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "dbb") == (2, "", "archspec: no element is called 'dbb'; did you mean 'db'?\n")

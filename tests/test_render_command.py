"""`archspec render` draws what is asked for, where it is asked to, and says what it cannot."""

from pathlib import Path

import pytest

from archspec import cli

SPEC = """\
archspec: 1
name: shop
region: us-east-1
environments:
  staging: {}
  production: {status: planned}
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    web: {port: 80, desired: 1, subnets: [a], security_groups: [sg], tags: [shop]}
data:
  databases:
    db: {engine: postgres, subnets: [a], security_groups: [sg]}
flows:
  - web -> db: 5432 PostgreSQL
"""


@pytest.fixture(autouse=True)
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "specs" / "shop.yaml"
    path.parent.mkdir()
    path.write_text(SPEC, encoding="utf-8")
    return path


def render(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, list[str]]:
    """Return the exit status, what was said of mistakes, and the pictures that are there now."""
    status = cli.run(["render", *arguments])
    folder = Path("diagrams_out") / "shop"
    return status, capsys.readouterr().err, sorted(path.name for path in folder.glob("*"))


def test_views_and_formats_are_chosen_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert render(capsys, "--view", "network,traffic-staging", "--format", "text") == (
        0,
        "",
        ["network-staging.txt", "traffic-staging.txt"],
    )


def test_a_planned_environment_is_drawn_where_it_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--view", "network", "--format", "text", "--environment", "production")
    assert render(capsys, *arguments) == (0, "", ["network-production.txt"])


def test_a_narrowed_picture_and_one_with_findings_have_names_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--view", "network", "--format", "text")
    render(capsys, *arguments, "--kind", "services")
    assert render(capsys, *arguments, "--findings") == (
        0,
        "",
        ["network-staging-findings.txt", "network-staging-narrowed.txt"],
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--view", "netwrok"), "shop has no view called 'netwrok'; there are: "),
        (("--format", "gif"), "no format is called 'gif'; there are: "),
        (("--kind", "buckets", "--view", "network"), "nothing in the view network-staging has kinds buckets; it shows"),
        (("--environment", "test"), "no environment"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, err, files = render(capsys, *arguments)
    assert (status, files) == (2, [])
    assert said in err


def test_a_project_says_what_its_pictures_are_drawn_as(capsys: pytest.CaptureFixture[str]) -> None:
    Path("archspec.toml").write_text('formats = ["mermaid"]\n', encoding="utf-8")
    assert render(capsys, "--view", "traffic") == (0, "", ["traffic-staging.mmd"])


def test_a_page_holds_all_views_in_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert render(capsys, "--format", "html") == (0, "", ["index.html"])


def test_a_picture_of_the_authors_own_is_drawn_beside_the_ready_ones(
    spec: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = "views:\n  - {name: stores, of: network, title: What is kept, kinds: [databases]}\n"
    spec.write_text(SPEC + own, encoding="utf-8")
    assert render(capsys, "--view", "stores", "--format", "text") == (0, "", ["stores-staging.txt"])
    said = Path("diagrams_out/shop/stores-staging.txt").read_text(encoding="utf-8")
    assert said.startswith("shop: What is kept, staging\n")
    assert "web" not in said


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("{name: network, of: traffic}", "specs/shop.yaml:20:6: error DOC001"),
        ("{name: a, of: traffic}\n  - {name: a, of: data}", "two pictures are called 'a', and would be one file"),
        ("{name: recovery-steps, of: data}", "two pictures are called 'recovery-steps'"),
        ("{name: a-2, of: data}\n  - {name: a, of: journeys}", "two pictures are called 'a-2', and would be one file"),
        ("{name: journey-pay, of: data}", "a picture is called 'journey-pay', and those of journeys begin so"),
        ("{name: a, of: trafic}", "did you mean 'traffic'?"),
        ("{name: a, of: traffic, kinds: [service]}", "did you mean 'services'?"),
        ("{name: a, of: traffic, around: [wbe]}", "no element is called 'wbe'"),
        ("{name: a, of: traffic, environments: [stagin]}", "did you mean 'staging'?"),
        ("{name: A b, of: traffic}", "'A b' does not fit"),
        ("{name: a, of: traffic, kinds: [buckets]}", "nothing in the view a has kinds buckets"),
    ],
)
def test_a_picture_of_the_authors_own_that_cannot_be_made_is_refused(
    own: str, said: str, spec: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec.write_text(f"{SPEC}views:\n  - {own}\n", encoding="utf-8")
    status, err, files = render(capsys)
    assert (status, files) == (2, [])
    assert said in err


def test_a_picture_of_the_authors_own_is_drawn_of_every_environment_that_has_something_of_it(
    spec: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two = SPEC.replace("production: {status: planned}", "live: {messaging: {queues: {mail: {consumers: [web]}}}}")
    queues = (
        "messaging: {topics: {news: {publishers: [web]}}}\nviews: [{name: mails, of: messaging, kinds: [queues]}]\n"
    )
    spec.write_text(two + queues, encoding="utf-8")
    assert render(capsys, "--view", "mails", "--format", "text") == (0, "", ["mails-live.txt"])
    assert render(capsys, "--environment", "staging", "--format", "text")[0] == 0


def test_what_stands_once_stands_in_each_environment_that_has_its_subnets(
    spec: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = "engine: postgres, security_groups: [sg]"
    shared = f"databases: {{all: {{{place}, subnets: [a]}}, one: {{{place}, subnets: [staging/a]}}}}"
    spec.write_text(f"{SPEC}shared: {{data: {{{shared}}}}}\n".replace("{status: planned}", "{}"), encoding="utf-8")
    assert render(capsys, "--view", "network", "--format", "mermaid")[0] == 0
    drawn = {
        path.name: {name for name in ("all", "one") if f'["{name}' in path.read_text(encoding="utf-8")}
        for path in Path("diagrams_out/shop").glob("*")
    }
    assert drawn == {"network-staging.mmd": {"all", "one"}, "network-production.mmd": {"all"}}


def test_an_environment_without_anything_has_no_pictures_of_the_others(
    spec: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = SPEC.split("network:", maxsplit=1)[0], "messaging: {queues: {mail: {}}}"
    spec.write_text(here.replace("staging: {}", f"staging: {{{there}}}"), encoding="utf-8")
    assert render(capsys, "--environment", "production", "--format", "text") == (0, "", [])

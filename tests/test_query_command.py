"""`archspec query`: whole answers, exit statuses, and what is said of expressions that do not work."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from archspec.cli import run
from archspec.expressions.functions import known
from archspec.graph.fact_shapes import of_claims

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
    api-sg: {ingress: [{from: internet, port: 443}]}
    db-sg: {ingress: [{from: api-sg, port: 5432}]}
compute:
  services:
    api: {port: 443, desired: 2, public_ip: true, subnets: [public-a, public-b], security_groups: [api-sg]}
    job: {desired: 1, subnets: [public-a], security_groups: [api-sg]}
data:
  databases:
    db: {engine: postgres, subnets: [data-a], security_groups: [db-sg]}
    old: {engine: mysql, subnets: [data-a], security_groups: [db-sg], status: planned}
flows:
  - internet -> api: 443 HTTPS
  - api -> db: 5432 PostgreSQL
cost:
  lines:
    - {resource: Fargate, covers: [api], amount: $150}
  total: $150
"""

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "query.md").read_text(encoding="utf-8")
CONSOLES = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
EXAMPLES = dict(re.findall(r"^\$ (archspec query .*)\n((?:[^$].*\n)*)", "".join(CONSOLES), re.MULTILINE))
"""Each command on the page, with what it prints there."""

DB = {"file": "specs/shop.yaml", "line": 19, "column": 5}


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "shop.yaml").write_text(SPEC, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def twin(text: str = SPEC) -> None:
    Path("specs/twin.yaml").write_text(text.replace("name: shop", "name: twin"), encoding="utf-8")


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["query", *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("services.all(s, size(s.azs) >= 2)", "false\n"),
        ("size(services)", "2\n"),
        ("1.5", "1.5\n"),
        ("null", "null\n"),
        ("databases.db.engine", "postgres\n"),
        ("services.filter(s, s.azs.size() < 2).map(s, s.id)", "job\n"),
        ("services.filter(s, s.desired > 9)", ""),
        ("databases", "db  specs/shop.yaml:19:5\n"),
        ("services", "api  specs/shop.yaml:15:5\njob  specs/shop.yaml:16:5\n"),
        ("element('db')", "db  specs/shop.yaml:19:5\n"),
        (
            "{'first': element('api'), 'zones': azs(subnets)}",
            'first: api  specs/shop.yaml:15:5\nzones: ["us-east-1a", "us-east-1b"]\n',
        ),
        ("flows", "internet -> api 443  specs/shop.yaml:22:5\napi -> db 5432  specs/shop.yaml:23:5\n"),
        ("flows_to('db')", "api -> db 5432  specs/shop.yaml:23:5\n"),
        ("[1, [2, 3], {'b': 1, 'a': true}]", '1\n[2, 3]\n{"a": true, "b": 1}\n'),
        ("databases.db.encrypted", "unknown: db.encrypted\n"),
        ("databases.old.engine", "unknown: old is planned\n"),
        ("reaches('api', 'db', 5432)", "true\n"),
        ("path_length('internet', 'db')", "2\n"),
        ("timestamp('2026-01-31T00:00:00Z')", "2026-01-31T00:00:00Z\n"),
        ("[duration('90s'), b'ab', 1.0 / 0.0]", "90s\nYWI=\nInfinity\n"),
    ],
)
def test_an_answer_is_printed_as_what_it_is(capsys: pytest.CaptureFixture[str], expression: str, expected: str) -> None:
    assert ask(capsys, expression) == (0, expected, "")


def test_of_several_specs_each_line_names_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    twin(SPEC.replace("  - api -> db: 5432 PostgreSQL\n", ""))

    assert ask(capsys, "flows_to('db')") == (
        0,
        "specs/shop.yaml: api -> db 5432  specs/shop.yaml:23:5\n",
        "",
    )


def test_the_specs_may_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    twin()

    assert ask(capsys, "size(flows)", "--format", "text", "specs/twin.yaml") == (0, "2\n", "")


def test_one_environment_is_asked_with_what_stands_once(capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "archspec: 1\nname: shop\nregion: us-east-1\n"
        "network:\n  vpcs: {main: {cidr: 10.0.0.0/16}}\n"
        "environments: {staging: {stage: staging}, beta: {stage: development}}\n"
        "shared: {data: {buckets: {files: {}}}}\n"
    )
    Path("specs/shop.yaml").write_text(text, encoding="utf-8")

    assert ask(capsys, "[size(vpcs), size(buckets)]")[1] == "2\n1\n"
    assert ask(capsys, "[size(vpcs), size(buckets)]", "--environment", "beta")[1] == "1\n1\n"
    assert ask(capsys, "vpcs.map(v, v.id)", "--environment", "bta") == (
        2,
        "",
        "archspec: no environment of specs/shop.yaml is called 'bta'; did you mean 'beta'?\n",
    )


def test_json_holds_plain_data_and_the_places_of_what_it_names(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ask(capsys, "databases.filter(d, d.engine == 'postgres')", "--format", "json")
    (answer,) = json.loads(out)["answers"]
    (db,) = answer["value"]

    assert (status, {key: db[key] for key in ("id", "kind", "engine", "subnets", "azs")}) == (
        0,
        {"id": "db", "kind": "database", "engine": "postgres", "subnets": ["data-a"], "azs": ["us-east-1a"]},
    )
    assert (answer["spec"], answer["unknown"], answer["places"]) == ("specs/shop.yaml", None, {"db": DB})


@pytest.mark.parametrize(
    ("expression", "value", "unknown"),
    [
        ("[1.0 / 0.0, -1.0 / 0.0, 0.0 / 0.0]", ["Infinity", "-Infinity", "NaN"], None),
        ("{1: 'a', 2: [true, null]}", {"1": "a", "2": [True, None]}, None),
        ("databases.db.encrypted", None, "db.encrypted"),
    ],
)
def test_json_is_json_whatever_cel_answers(
    capsys: pytest.CaptureFixture[str], expression: str, value: object, unknown: str | None
) -> None:
    _, out, _ = ask(capsys, expression, "--json")

    assert json.loads(out) == {
        "version": 1,
        "answers": [{"spec": "specs/shop.yaml", "value": value, "unknown": unknown, "places": {}}],
    }


@pytest.mark.parametrize(
    ("expression", "status"),
    [
        ("size(services) == 2", 0),
        ("size(services) == 3", 1),
        ("services.filter(s, s.desired > 1)", 0),
        ("services.filter(s, s.desired > 9)", 1),
        ("0", 0),
        ("''", 1),
        ("null", 1),
        ("{'a': 1}", 0),
        ("databases.db.encrypted", 1),
    ],
)
def test_the_exit_status_tells_of_the_answer_where_it_is_asked_to(
    capsys: pytest.CaptureFixture[str], expression: str, status: int
) -> None:
    assert ask(capsys, expression)[0] == 0
    assert ask(capsys, "--exit-status", expression)[0] == status


def test_the_exit_status_is_that_of_the_worst_answer(capsys: pytest.CaptureFixture[str]) -> None:
    twin(SPEC.replace("desired: 2", "desired: 3"))

    assert ask(capsys, "--exit-status", "services.api.desired == 2") == (
        1,
        "specs/shop.yaml: true\nspecs/twin.yaml: false\n",
        "",
    )


def said(*lines: str) -> str:
    return "".join(f"archspec: {line}\n" for line in lines)


NAMES = "`archspec query --names` lists what an expression sees"


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (
            "service.all(s, true)",
            said(
                "the expression does not work: undeclared reference to 'service'; did you mean 'services'?",
                "   1 | service.all(s, true)",
                "     | ^",
            ),
        ),
        (
            "services.all(s, s.azss == 1 && s.imge == 'a')",
            said(
                "the expression does not work: a service has no key 'azss'; did you mean 'azs'?",
                "   1 | services.all(s, s.azss == 1 && s.imge == 'a')",
                "     |                   ^",
                "the expression does not work: a service has no key 'imge'; did you mean 'image'?",
                "   1 | services.all(s, s.azss == 1 && s.imge == 'a')",
                "     |                                  ^",
            ),
        ),
        (
            "reach('api', 'db')",
            said(
                "the expression does not work: undeclared reference to 'reach'; did you mean 'reaches'?",
                "   1 | reach('api', 'db')",
                "     | ^",
            ),
        ),
        (
            "size(services) >\n  size(xyzzy)",
            said(
                f"the expression does not work: undeclared reference to 'xyzzy'; {NAMES}",
                "   2 |   size(xyzzy)",
                "     |        ^",
            ),
        ),
        (
            "databases.dbb.engine",
            said(
                "the expression does not work: 'dbb' is no key of anything, and no element's id; did you mean 'db'?",
                "   1 | databases.dbb.engine",
                "     |           ^",
            ),
        ),
        (
            "databases['dbb'].engine",
            said(
                "the expression does not work: no element is called 'dbb'; did you mean 'db'?",
                "   1 | databases['dbb'].engine",
                "     |            ^",
            ),
        ),
        (
            "reaches('apii', 'db')",
            said(
                "the expression does not work: no element is called 'apii'; did you mean 'api'?",
                "   1 | reaches('apii', 'db')",
                "     |          ^",
            ),
        ),
        ("1 / 0", said("the expression does not work: it cannot be answered: divide by zero")),
    ],
)
def test_an_expression_that_does_not_work_is_shown_with_its_mistakes(
    capsys: pytest.CaptureFixture[str], expression: str, message: str
) -> None:
    assert ask(capsys, expression) == (2, "", message)


def test_an_expression_that_would_fill_the_memory_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = ask(capsys, "['a']" + ".map(x, x + x)" * 30)

    message = "it makes too much of what it is given, step by step; look at fewer things at once"
    assert (status, out, err.splitlines()[0]) == (2, "", f"archspec: the expression does not work: {message}")


def test_what_only_one_of_several_specs_has_is_unknown_in_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    twin(SPEC.replace(" job:", " batch:"))

    assert ask(capsys, "services.batch.desired") == (
        0,
        "specs/shop.yaml: unknown: no element is called 'batch'\nspecs/twin.yaml: 1\n",
        "",
    )


def test_keys_that_an_expression_makes_itself_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "services.map(s, {'shown': s.id}).filter(x, x.shown == 'job').map(x, x.shown)")[1] == "job\n"


def test_text_of_a_spec_cannot_fake_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    text = SPEC.replace("  api: {port", '  api: {title: "a\\u001b[2Jb\\nc", port')
    Path("specs/shop.yaml").write_text(text, encoding="utf-8")

    assert ask(capsys, "services.api.title")[1] == "a�[2Jb�c\n"


def test_a_broken_spec_is_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    Path("specs/shop.yaml").write_text(SPEC.replace("engine: postgres", "engin: postgres"), encoding="utf-8")
    status, out, err = ask(capsys, "size(services)")

    assert (status, out, "specs/shop.yaml:19:10" in err) == (2, "", True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), f"say what to ask, in CEL; {NAMES}"),
        (("--names", "databses"), "no expression sees 'databses'; did you mean 'databases'?"),
        (("--names", "databases.backup"), "no expression sees 'backup'; did you mean 'backups'?"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert ask(capsys, *arguments) == (2, "", f"archspec: {message}\n")


def test_names_lists_everything_that_an_expression_sees(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ask(capsys, "--names")
    words = set(re.findall(r"\w+", out))

    assert (status, {*of_claims().variables, *known()} - words) == (0, set())


def test_names_lists_the_keys_of_an_element(capsys: pytest.CaptureFixture[str]) -> None:
    database: Any = of_claims().variables["databases"].item
    _, out, _ = ask(capsys, "--names", "databases")

    assert [line.split()[0] for line in out.splitlines()[1:]] == list(database.has())
    assert "  engine                text: postgres, mysql" in out


def test_names_lists_the_keys_of_a_part(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "--names", "databases.backups")

    assert out.splitlines()[:2] == ["databases.backups: backups", "  every             a number"]


def test_the_page_names_everything_that_an_expression_sees() -> None:
    told = set(re.findall(r"`(\w+)[`(]", PAGE))

    assert {*of_claims().variables, *known()} - told == set()


@pytest.mark.parametrize("asked", EXAMPLES)
def test_the_examples_on_the_page_are_what_it_prints(capsys: pytest.CaptureFixture[str], asked: str) -> None:
    Path("specs/shop.yaml").write_bytes((ROOT / "specs/ecs-production.yaml").read_bytes())
    _, *arguments = shlex.split(asked)[1:]
    _, out, err = ask(capsys, *arguments)

    assert out + err == EXAMPLES[asked]


def test_what_is_made_of_the_keys_of_a_map_is_printed_in_one_order(capsys: pytest.CaptureFixture[str]) -> None:
    keys = [f"k{i * 3 % 10}" for i in range(10)]
    expression = "{" + ", ".join(f"'{key}': 1" for key in keys) + "}.map(k, k)"

    assert ask(capsys, expression)[1] == "".join(f"k{i}\n" for i in range(10))


def test_what_is_made_of_a_list_keeps_its_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "['b', 'c', 'a'].map(x, x) + services.map(s, s.id)")[1] == "b\nc\na\napi\njob\n"


def test_maps_are_printed_in_one_order(capsys: pytest.CaptureFixture[str]) -> None:
    keys = [f"k{i * 3 % 10}" for i in range(10)]
    expression = "{" + ", ".join(f"'{key}': 1" for key in keys) + "}"

    assert ask(capsys, expression)[1] == "".join(f"k{i}: 1\n" for i in range(10))


def test_an_answer_that_holds_too_much_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archspec.expressions._MOST_VALUES", 50)

    assert ask(capsys, "services.map(s, s.id)")[0] == 0
    assert ask(capsys, "services.map(a, services)") == (
        2,
        "",
        said("the expression does not work: its answer holds too much; ask for fewer things, or for less of each"),
    )


def test_bytes_that_are_no_text_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "'\udcff'") == (2, "", said("the expression is not UTF-8 text"))

"""`lint --fix` and `--diff`: what is mended without asking, what is left to a person, and what stays as it is."""

import json
from pathlib import Path

import pytest

from archspec import cli

SPEC = Path("specs/shop.yaml")
HEADER = "archspec: 1\nname: shop\nregion: us-east-1\n"
SUBNETS = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
"""
API = "{port: 8080, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}"
SERVICE = f"compute: {{services: {{api: {API}}}}}\n"
WAIVER = "reason: accepted, owner: platform, expires: 2099-12-31"
# What is asked for here; what all rules say is looked at nevertheless.
ONLY = ("--select", "NET007", "--select", "NET008", "--select", "DOC005")


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("archspec.toml").write_text('longest_waiver = "99 years"\n', encoding="utf-8")


class Run:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        status = cli.run(["lint", *arguments])
        return status, *self.capsys.readouterr()

    def fix(self, *options: str) -> tuple[str, list[str]]:
        """Fix the spec twice, as the second time nothing may change; return its text and what was said at first."""
        _, _, said = self(*(options or ONLY), "--fix")
        once = SPEC.read_bytes()
        self(*(options or ONLY), "--fix")
        assert SPEC.read_bytes() == once
        return once.decode(), said.splitlines()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)


def spec(body: str, path: Path = SPEC, header: str = HEADER) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f"{header}{body}".encode())
    return f"{header}{body}"


WIDE = """\
  security_groups:
    # who may speak to the API
    api-sg: {ingress: [{from: 10.0.0.0/16, port: 8000-9000}]}  # wide
"""
REMARK = "    # nobody has this any more\n"
OLD = "    old-sg: {}  # gone\n"
OLDER = "    older-sg: {ingress: [{from: old-sg, port: 443}]}\n"
GROUPS = WIDE + REMARK + OLD + OLDER


def mended(text: str) -> str:
    """Return a text with `GROUPS` in it as it is after fixing."""
    return text.replace("8000-9000", "8080").replace(OLD, "").replace(OLDER, "")


def test_ports_are_narrowed_and_unused_groups_go_and_comments_stay(run: Run) -> None:
    text = spec(SUBNETS + GROUPS + SERVICE)

    assert run.fix() == (
        mended(text),
        [
            "fixed: specs/shop.yaml:11:24 NET007 api-sg: `port: 8080`",
            "fixed: specs/shop.yaml:13:5 NET008 old-sg: removed",
            "fixed: specs/shop.yaml:14:5 NET008 older-sg: removed",
        ],
    )


def test_a_report_after_fixing_has_what_is_left(run: Run) -> None:
    spec(SUBNETS + GROUPS + SERVICE)
    status, out, _ = run(*ONLY, "--fix", "--fail-on", "warning", "--format", "json")

    assert (status, json.loads(out)["findings"]) == (0, [])


def test_a_diff_is_a_patch_and_writes_nothing(run: Run) -> None:
    text = spec(SUBNETS + GROUPS + SERVICE)

    assert run(*ONLY, "--diff") == (
        1,
        """\
--- a/specs/shop.yaml
+++ b/specs/shop.yaml
@@ -8,8 +8,6 @@
     private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
   security_groups:
     # who may speak to the API
-    api-sg: {ingress: [{from: 10.0.0.0/16, port: 8000-9000}]}  # wide
+    api-sg: {ingress: [{from: 10.0.0.0/16, port: 8080}]}  # wide
     # nobody has this any more
-    old-sg: {}  # gone
-    older-sg: {ingress: [{from: old-sg, port: 443}]}
 compute: {services: {api: {port: 8080, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}}}
""",
        (
            "would be fixed: specs/shop.yaml:11:24 NET007 api-sg: `port: 8080`\n"
            "would be fixed: specs/shop.yaml:13:5 NET008 old-sg: removed\n"
            "would be fixed: specs/shop.yaml:14:5 NET008 older-sg: removed\n"
        ),
    )
    assert SPEC.read_text(encoding="utf-8") == text


def test_diff_and_fix_together_write_nothing(run: Run) -> None:
    text = spec(SUBNETS + GROUPS + SERVICE)

    assert (run(*ONLY, "--diff", "--fix")[0], SPEC.read_text(encoding="utf-8")) == (1, text)


def test_where_nothing_is_to_fix_a_diff_is_empty(run: Run) -> None:
    spec(SUBNETS)

    assert run(*ONLY, "--diff") == (0, "", "")


def test_without_being_asked_nothing_is_fixed(run: Run) -> None:
    text = spec(SUBNETS + GROUPS + SERVICE)
    run()

    assert SPEC.read_text(encoding="utf-8") == text


def test_only_what_is_selected_is_fixed(run: Run) -> None:
    text = spec(SUBNETS + GROUPS + SERVICE)

    assert run.fix("--select", "NET007")[0] == text.replace("8000-9000", "8080")


@pytest.mark.parametrize(
    ("rule", "narrowed"),
    [
        ("{from: 10.0.0.0/16}", "{from: 10.0.0.0/16, port: 8080}"),
        ("{from: 10.0.0.0/16, port: all}", "{from: 10.0.0.0/16, port: 8080}"),
        ('{from: 10.0.0.0/16, port: "8000-9000"}', '{from: 10.0.0.0/16, port: "8080"}'),
        ("{from: 10.0.0.0/16, protocol: all}", "{from: 10.0.0.0/16, protocol: tcp, port: 8080}"),
        ("{from: 10.0.0.0/16, protocol: all, port: 1}", "{from: 10.0.0.0/16, protocol: tcp, port: 8080}"),
        ("\n        - from: 10.0.0.0/16  # why\n", "\n        - from: 10.0.0.0/16  # why\n          port: 8080\n"),
    ],
)
def test_a_rule_is_narrowed_however_it_is_written(rule: str, narrowed: str, run: Run) -> None:
    rules = "    api-sg: {{ingress: [{}]}}\n" if rule.startswith("{") else "    api-sg:\n      ingress:{}"
    text = spec(f"{SUBNETS}  security_groups:\n{rules.format(rule)}{SERVICE}")

    assert run.fix()[0] == text.replace(rule, narrowed)


def test_a_rule_for_several_ports_is_narrowed_to_those_that_are_heard(run: Run) -> None:
    more = SERVICE.replace("{api: ", "{admin: " + API.replace("8080", "8090") + ", api: ")
    text = spec(SUBNETS + WIDE + more)

    assert run.fix()[0] == text.replace("8000-9000", '"8080, 8090"')


def test_a_rule_that_names_a_port_that_nothing_listens_on_is_left_to_a_person(run: Run) -> None:
    text = spec(SUBNETS + WIDE.replace("8000-9000", '"443, 8000-9000"') + SERVICE)

    assert run.fix() == (text, [])


def test_a_rule_of_a_group_that_something_planned_has_is_left_to_a_person(run: Run) -> None:
    later = SERVICE.replace(
        "{api: ", "{later: " + API.replace("{port: 8080", "{status: planned, port: 8090") + ", api: "
    )
    text = spec(SUBNETS + WIDE + later)

    assert run.fix() == (text, [])


def test_a_group_that_something_planned_has_stays(run: Run) -> None:
    later = SERVICE.replace(
        "{api: ", "{later: " + API.replace("{port", "{status: planned, port").replace("api-", "old-") + ", api: "
    )
    text = spec(SUBNETS + WIDE.replace("8000-9000", "8080") + REMARK + OLD + later)

    assert run.fix() == (
        text,
        ["not fixed: specs/shop.yaml:13:5 NET008 old-sg: compute.services.later.security_groups.0 refers to it"],
    )


def test_what_a_group_that_stays_refers_to_stays_as_well(run: Run) -> None:
    later = SERVICE.replace(
        "{api: ", "{later: " + API.replace("{port", "{status: planned, port").replace("api-", "older-") + ", api: "
    )
    text = spec(SUBNETS + GROUPS.replace("8000-9000", "8080") + later)

    older = "network.security_groups.older-sg"

    assert run.fix() == (
        text,
        [
            f"not fixed: specs/shop.yaml:13:5 NET008 old-sg: {older}.ingress.0.from refers to it",
            "not fixed: specs/shop.yaml:14:5 NET008 older-sg: compute.services.later.security_groups.0 refers to it",
        ],
    )


def test_a_waiver_that_matches_nothing_goes_and_the_others_stay(run: Run) -> None:
    groups = "  security_groups: {spare-sg: {}}\nwaivers:\n"
    kept = f"  # kept for the move\n  - {{rule: NET008, subject: spare-sg, {WAIVER}}}\n"
    gone = f"  - rule: NET008\n    subject: other-sg  # gone\n    {WAIVER.replace(', ', chr(10) + '    ')}\n"
    text = spec(SUBNETS + groups + gone + kept)

    assert run.fix() == (
        text.replace(gone, ""),
        ["fixed: specs/shop.yaml:12:5 DOC005 waiver NET008 other-sg: removed"],
    )


def test_the_last_waiver_leaves_an_empty_list(run: Run) -> None:
    text = spec(f"{SUBNETS}waivers:  # accepted\n  - {{rule: NET008, subject: other-sg, {WAIVER}}}\n")

    assert run.fix()[0] == text[: text.index("waivers")] + "waivers: []  # accepted\n"


def test_a_count_is_lowered_never_raised(run: Run) -> None:
    groups = "  security_groups: {a-1: {}, a-2: {}, b-1: {}, b-2: {}}\nwaivers:\n"
    low = f"  - {{rule: NET008, subject: a-*, count: 1, {WAIVER}}}\n"
    high = f"  - {{rule: NET008, subject: b-*, count: 9, {WAIVER}}}\n"
    text = spec(SUBNETS + groups + low + high)

    assert run.fix("--select", "DOC005", "--select", "NET008", "--ignore", "NET008")[0] == text
    fixed, _ = run.fix("--select", "DOC005,NET008")
    assert "subject: b-*, count: 2" in fixed
    assert "subject: a-*, count: 1" in fixed


def test_a_finding_that_is_waived_is_not_fixed(run: Run) -> None:
    text = spec(
        f"{SUBNETS}  security_groups: {{spare-sg: {{}}}}\nwaivers: [{{rule: NET008, subject: spare-sg, {WAIVER}}}]\n"
    )

    assert run.fix() == (text, [])


def test_a_finding_that_is_known_is_fixed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    spec(SUBNETS + GROUPS + SERVICE)
    cli.run(["baseline"])
    capsys.readouterr()

    assert len(run.fix()[1]) == 3


def test_misspelt_keys_are_mended_and_then_what_rules_find(run: Run) -> None:
    right = SUBNETS + GROUPS + SERVICE
    spec(right.replace("network:", "netwrok:  # why").replace("desired", "desird"))

    fixed, said = run.fix()
    assert fixed == HEADER + mended(right.replace("network:", "network:  # why"))
    assert said[:2] == [
        "fixed: specs/shop.yaml:4:1 DOC002 unknown key 'netwrok': `network`",
        "fixed: specs/shop.yaml:15:40 DOC002 unknown key 'desird' in compute.services.api: `desired`",
    ]


@pytest.mark.parametrize("key", ["desired_count", "x", "inclde", "🚀"])
def test_a_key_that_no_one_key_is_near_is_left_to_a_person(key: str, run: Run) -> None:
    text = spec(SUBNETS + f"{key}: 1\n")

    assert run.fix() == (text, [])


def test_a_misspelt_key_beside_the_right_one_is_left_to_a_person(run: Run) -> None:
    text = spec(SUBNETS + "netwrok: {}\n")

    assert run.fix() == (
        text,
        ["not fixed: specs/shop.yaml:9:1 DOC002 unknown key 'netwrok': the key 'network' is already written on line 4"],
    )


def test_a_fix_that_brings_a_problem_is_not_made_and_says_which(run: Run) -> None:
    text = spec((SUBNETS + GROUPS + SERVICE).replace("network:", "netwrok:").replace("[api-sg]", "[no-sg]"))
    problem = "DOC001: no security group is called 'no-sg'"

    assert run.fix() == (
        text,
        [f"not fixed: specs/shop.yaml:4:1 DOC002 unknown key 'netwrok': with it there would be {problem}"],
    )


def test_a_fix_that_brings_a_finding_is_not_made_and_the_fixes_of_other_rules_are(run: Run) -> None:
    claim = "claims: [{says: three groups, assert: size(security_groups) == 3}]\n"
    text = spec(SUBNETS + GROUPS + SERVICE + claim)

    assert run.fix() == (
        text.replace("8000-9000", "8080"),
        [
            "fixed: specs/shop.yaml:11:24 NET007 api-sg: `port: 8080`",
            "not fixed: specs/shop.yaml:13:5 NET008 old-sg: with it there would be DOC012: claim three groups",
            "not fixed: specs/shop.yaml:14:5 NET008 older-sg: with it there would be DOC012: claim three groups",
        ],
    )


def test_what_environments_share_is_fixed_where_all_of_them_want_the_same(run: Run) -> None:
    environments = "environments: {staging: {stage: staging}, production: {stage: production}}\n"
    text = spec(environments + SUBNETS + WIDE + REMARK + OLD + SERVICE)

    assert run.fix()[0] == mended(text)


def test_what_environments_share_stays_where_one_of_them_wants_something_else(run: Run) -> None:
    overlay = "{compute: {services: {api: {port: 8090, security_groups: [api-sg, old-sg]}}}}"
    environments = f"environments: {{staging: {overlay}, production: {{}}}}\n"
    text = spec(environments + SUBNETS + WIDE + REMARK + OLD + SERVICE)
    reason = "it is written once for several places, and not all of them want the same"

    assert run.fix() == (
        text,
        [
            f"not fixed: specs/shop.yaml:12:24 NET007 production/api-sg: {reason}",
            f"not fixed: specs/shop.yaml:12:24 NET007 staging/api-sg: {reason}",
            f"not fixed: specs/shop.yaml:14:5 NET008 production/old-sg: {reason}",
        ],
    )


def test_what_an_environment_that_is_only_planned_needs_stays(run: Run) -> None:
    overlay = "{status: planned, compute: {services: {api: {security_groups: [api-sg, old-sg]}}}}"
    text = spec(f"environments: {{next: {overlay}}}\n" + SUBNETS + WIDE + REMARK + OLD + SERVICE)
    fixed, said = run.fix()

    assert fixed == text.replace("8000-9000", "8080")
    assert said[1].startswith("not fixed: specs/shop.yaml:14:5 NET008 old-sg: with it there would be DOC001: ")


def test_one_environment_alone_is_not_fixed(run: Run) -> None:
    spec(SUBNETS)

    assert run("--fix", "--environment", "x") == (
        2,
        "",
        "archspec: what is fixed is fixed in every environment; leave --environment out\n",
    )


@pytest.mark.parametrize(
    "ingress",
    [
        ("&rules [{from: 10.0.0.0/16, port: 8000-9000}]", "*rules"),
        ("[&rule {from: 10.0.0.0/16, port: 8000-9000}]", "[*rule]"),
        ("[{from: 10.0.0.0/16, port: &port 8000-9000}]", "[{from: 10.1.0.0/16, port: *port}]"),
    ],
)
def test_what_has_an_anchor_or_an_alias_is_left_to_a_person(ingress: tuple[str, str], run: Run) -> None:
    groups = f"{{api-sg: {{ingress: {ingress[0]}}}, more-sg: {{ingress: {ingress[1]}}}}}"
    text = spec(f"{SUBNETS}  security_groups: {groups}\n{SERVICE.replace('[api-sg]', '[api-sg, more-sg]')}")
    fixed, said = run.fix()

    assert fixed == text
    assert {line.rpartition(": ")[2] for line in said} == {
        "it is written once for several places, with an anchor or an alias"
    }


def test_a_part_of_a_spec_is_fixed_in_its_own_file(run: Run) -> None:
    whole = spec("include: [shop/network.yaml]\n" + SERVICE)
    part = spec(SUBNETS + GROUPS, Path("specs/shop/network.yaml"), header="# a part\n")
    fixed, said = run.fix()

    assert (fixed, said[0]) == (whole, "fixed: specs/shop/network.yaml:9:24 NET007 api-sg: `port: 8080`")
    assert Path("specs/shop/network.yaml").read_text(encoding="utf-8") == mended(part)


def test_a_file_of_several_specs_stays_even_where_only_one_is_asked_for(run: Run) -> None:
    part = spec(SUBNETS + GROUPS + SERVICE, Path("specs/parts/all.yaml"), header="")
    spec("include: [parts/all.yaml]\n", Path("specs/one.yaml"))
    spec("include: [parts/all.yaml]\n", Path("specs/two.yaml"), HEADER.replace("shop", "two"))
    _, _, said = run(*ONLY, "--fix", "specs/one.yaml")

    assert {line.rpartition(": ")[2] for line in said.splitlines()} == {"the file is part of several specs"}
    assert Path("specs/parts/all.yaml").read_text(encoding="utf-8") == part


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_line_endings_a_mark_before_the_text_and_a_last_line_without_an_end_stay(
    newline: str, mark: str, end: str, run: Run
) -> None:
    text = (mark + HEADER + SUBNETS + GROUPS + SERVICE.rstrip() + end).replace("\n", newline)
    SPEC.parent.mkdir()
    SPEC.write_bytes(text.encode())
    kept = [line for line in text.split(newline) if "old-sg" not in line]

    assert run.fix()[0] == newline.join(kept).replace("8000-9000", "8080")


def test_a_spec_that_cannot_be_read_is_told_and_the_others_are_fixed(run: Run) -> None:
    text = spec(SUBNETS + GROUPS + SERVICE)
    spec("a: [\n", Path("specs/broken.yaml"))
    status, out, said = run(*ONLY, "--fix")

    assert (status, out.partition(" ")[2].partition("\n")[0]) == (2, "error DOC000 unreadable-file")
    assert (len(said.splitlines()), SPEC.read_text(encoding="utf-8") == text) == (3, False)


@pytest.mark.parametrize("body", ["a: [\n", "netwrok: {vpcs: {main: {}}}\n"])
def test_a_diff_of_a_spec_that_cannot_be_loaded_ends_with_2_and_says_why(body: str, run: Run) -> None:
    spec(SUBNETS + GROUPS + SERVICE, Path("specs/good.yaml"))
    spec(body)
    status, out, said = run(*ONLY, "--diff")

    assert (status, out.splitlines()[0]) == (2, "--- a/specs/good.yaml")
    assert "specs/shop.yaml:4:" in said


def test_a_spec_that_may_not_be_written_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = spec(SUBNETS + GROUPS + SERVICE)

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("archspec.writing._replace", full)

    assert (run(*ONLY, "--fix")[0], SPEC.read_text(encoding="utf-8")) == (2, text)


def test_a_hostile_name_sends_nothing_to_the_terminal(run: Run) -> None:
    spec(f'{SUBNETS}waivers: [{{rule: NET008, subject: "\\u202e\\u009b2J\\nx", {WAIVER}}}]\n')
    _, out, said = run(*ONLY, "--diff")

    assert [line for line in (out + said).splitlines() if not line.isprintable()] == []

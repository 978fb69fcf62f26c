"""What the samples on the pages of the security rules leave open: unknowns, exposure, limits."""

from collections.abc import Callable

import pytest

from archspec import api
from archspec.findings import Finding, Severity
from archspec.graph.plain_secrets import plain_secret
from archspec.graph.tls_policies import weakness

System = Callable[[str], api.System]
Found = list[tuple[str, str]]

SUBNETS = """\
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
"""


def check(system: System, rule: str, text: str) -> tuple[Finding, ...]:
    return api.check(system(text), select=(rule,)).findings


def found(system: System, rule: str, text: str) -> Found:
    return [(one.subject, f"{one.outcome}: {one.message}") for one in check(system, rule, text)]


def network(groups: str = "sg: {}", more: str = "") -> str:
    return f"network:\n{SUBNETS}  security_groups: {{{groups}}}\n{more}"


def balancer(body: str, groups: str = "sg: {ingress: [{from: internet, port: 443}]}", more: str = "") -> str:
    subnets = "subnets: [public-a, public-b], security_groups: [sg]"
    return network(groups, f"  load_balancers: {{alb: {{{subnets}{body}}}}}\n{more}")


def service(body: str, groups: str = "sg: {}", *, subnets: str = "public-a, public-b") -> str:
    text = f"compute:\n  services: {{api: {{port: 80, subnets: [{subnets}], security_groups: [sg], {body}}}}}\n"
    return network(groups) + text


def secret(body: str) -> str:
    return f"security: {{secrets: {{password: {{{body}}}}}}}\n"


WEB_ACL_SILENT = "edge: {web_acls: {waf: {scope: regional}}}\n"


def test_sec001_a_web_acl_that_does_not_say_what_it_protects_may_protect_the_entry(system: System) -> None:
    expected = [("alb", "unknown: alb: 'waf.protects' is not stated, so this cannot be told")]

    assert found(system, "SEC001", balancer("") + WEB_ACL_SILENT) == expected


@pytest.mark.parametrize(
    "acl", ["{scope: cloudfront}", "{protects: [alb], status: planned}", "{scope: regional, status: disabled}"]
)
def test_sec001_a_web_acl_of_another_scope_or_of_another_day_protects_nothing(system: System, acl: str) -> None:
    text = f"{balancer('')}edge: {{web_acls: {{waf: {acl}}}}}\n"

    message = "fail: everybody may open connections to alb, and no web ACL protects it"
    assert found(system, "SEC001", text) == [("alb", message)]


@pytest.mark.parametrize(
    ("body", "groups"),
    [
        (", scheme: internal", "sg: {ingress: [{from: internet, port: 443}]}"),
        (", type: network", "sg: {ingress: [{from: internet, port: 443}]}"),
        (", status: planned", "sg: {ingress: [{from: internet, port: 443}]}"),
        ("", "sg: {ingress: [{from: 10.0.0.0/16, port: 443}]}"),
    ],
)
def test_sec001_what_nobody_outside_may_open_by_http_needs_none(system: System, body: str, groups: str) -> None:
    assert found(system, "SEC001", balancer(body, groups)) == []


def test_sec001_a_secret_header_makes_the_web_acl_of_the_distribution_count(system: System) -> None:
    edge = "edge: {distributions: {cdn: {origins: [alb], origin_header: true}}, web_acls: {w: {protects: [cdn]}}}\n"

    assert found(system, "SEC001", balancer("") + edge) == []


def test_sec002_what_the_internet_reaches_is_an_error_at_every_stage(system: System) -> None:
    world = "sg: {ingress: [{from: internet, port: 80}]}"
    hidden = check(system, "SEC002", "stage: development\n" + service("desired: 2", world))
    exposed = check(system, "SEC002", "stage: development\n" + service("desired: 2, public_ip: true", world))

    assert [one.severity for one in (*hidden, *exposed)] == [Severity.WARNING, Severity.ERROR]
    assert [hop.text for one in exposed for hop in one.witness] == ["api has a public address, so everybody gets there"]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ("sg: {ingress: [{from: 0.0.0.0/7, port: 80}]}", 1),
        ("sg: {ingress: [{from: 0.0.0.0/8, port: 80}]}", 0),
        ('sg: {ingress: [{from: "2000::/3", port: 80}]}', 1),
        ("sg: {ingress: [{from: internet, port: 443}]}", 0),
        ("sg: {status: planned, ingress: [{from: internet, port: 80}]}", 0),
    ],
)
def test_sec002_almost_everybody_counts_as_everybody_on_ports_that_are_answered(
    system: System, groups: str, expected: int
) -> None:
    assert len(check(system, "SEC002", service("desired: 2", groups))) == expected


def test_sec002_a_prefix_list_of_everybody_counts_as_well(system: System) -> None:
    text = service("desired: 2", "sg: {ingress: [{from: all, port: 80}]}")
    text = text.replace("compute:", "  prefix_lists: {all: {entries: [0.0.0.0/0]}}\ncompute:")

    assert [one.subject for one in check(system, "SEC002", text)] == ["sg"]


def test_sec002_a_target_of_a_public_network_load_balancer_sees_the_addresses_of_its_clients(system: System) -> None:
    text = service("desired: 2, load_balancer: nlb", "sg: {ingress: [{from: internet, port: 80}]}")
    nlb = "  load_balancers: {nlb: {type: network, subnets: [public-a, public-b]}}\n"

    assert found(system, "SEC002", text.replace("compute:", f"{nlb}compute:")) == []


def test_sec002_a_service_without_a_port_may_answer_on_any(system: System) -> None:
    text = service("desired: 2", "sg: {ingress: [{from: internet, port: 80}]}").replace("port: 80, subnets", "subnets")

    message = "fail: sg lets internet in on tcp/80 to api, and no flow declares that"
    assert found(system, "SEC002", text) == [("sg", message)]


TLS = ", listeners: [{port: 443, protocol: HTTPS, certificate: cert%s}]"
CERT = "security: {certificates: {cert: {}}}\n"


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ("", "unknown: alb: 'alb.listeners.0.tls_policy' is not stated, so this cannot be told"),
        (
            ", tls_policy: ELBSecurityPolicy-2031",
            "unknown: alb: the policy ELBSecurityPolicy-2031 is none of those known in 2026-09, so this cannot be told",
        ),
        (
            ", tls_policy: ELBSecurityPolicy-TLS13-1-0-PQ-2025-09",
            "fail: alb takes connections by ELBSecurityPolicy-TLS13-1-0-PQ-2025-09, which lets in TLS 1.0",
        ),
    ],
)
def test_sec005_a_policy_that_is_not_known_is_neither_good_nor_bad(system: System, policy: str, message: str) -> None:
    assert found(system, "SEC005", balancer(TLS % policy) + CERT) == [("alb", message)]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("TLSv1.2_2021", ""), ("TLSv1.2_2018", "ciphers in CBC mode"), ("SSLv3", "SSL 3.0"), ("tlsv1.2_2021", None)],
)
def test_a_tls_policy_is_known_by_its_exact_name(policy: str, expected: str | None) -> None:
    assert weakness(policy) == expected


def ways(classification: str, *flows: str) -> str:
    stores = f"db: {{engine: postgres, subnets: [private-a, private-b], security_groups: [sg]{classification}}}"
    actors = "external: {actors: {people: {}}}\n"
    data = f"data: {{databases: {{{stores}}}}}\n"
    return (
        service("desired: 2, public_ip: true") + data + actors + "flows:\n" + "".join(f"  - {one}\n" for one in flows)
    )


@pytest.mark.parametrize(
    ("classification", "expected"),
    [
        ("", []),
        (", classification: public", []),
        (
            ", classification: internal",
            [("people -> api 80", "fail: people and api talk in plain text, on the way to db, which is internal")],
        ),
        (
            ", classification: confidential",
            [
                (
                    "people -> api 80",
                    "fail: people and api talk in plain text, on the way to db, which is confidential",
                ),
                ("api -> db 5432", "unknown: api -> db 5432: 'tls' is not stated, so this cannot be told"),
            ],
        ),
    ],
)
def test_sec006_the_class_of_the_data_says_what_every_step_needs(
    system: System, classification: str, expected: Found
) -> None:
    text = ways(classification, "people -> api: 80 HTTP", "api -> db: 5432 PostgreSQL")

    assert found(system, "SEC006", text) == expected


def test_sec006_a_flow_that_leads_to_no_classified_data_is_not_judged(system: System) -> None:
    text = ways(", classification: restricted", "people -> api: 80 HTTP")

    assert found(system, "SEC006", text) == []


def test_sec006_a_flow_says_itself_that_it_is_encrypted(system: System) -> None:
    flows = ("{people -> api: 80 HTTP, tls: true}", "api -> db: 5432 PostgreSQL over TLS")

    assert found(system, "SEC006", ways(", classification: restricted", *flows)) == []


@pytest.mark.parametrize(
    ("listener", "expected"),
    [
        ("{port: 80, protocol: HTTP, redirect: 443}, {port: 443, protocol: HTTPS, certificate: cert}", []),
        ("{port: 80, protocol: HTTP}", ["internet -> alb 80"]),
    ],
)
def test_sec006_a_listener_that_redirects_gives_nothing_away(
    system: System, listener: str, expected: list[str]
) -> None:
    data = "db: {engine: postgres, tls: true, subnets: [private-a], security_groups: [sg], classification: restricted}"
    text = (
        balancer(f", listeners: [{listener}]")
        + f"data: {{databases: {{{data}}}}}\n"
        + CERT
        + "flows: [{internet -> alb: 80 HTTP}, {alb -> db: 5432 TLS}]\n"
    )

    assert [one.subject for one in check(system, "SEC006", text)] == expected


def test_sec006_a_way_leads_through_the_services_of_a_cluster(system: System) -> None:
    data = "db: {engine: postgres, tls: true, subnets: [private-a], security_groups: [sg], classification: restricted}"
    text = service("desired: 2, cluster: ecs").replace("compute:\n", "compute:\n  clusters: {ecs: {}, other: {}}\n")
    flows = "flows: [{internet -> ecs: 80 HTTP}, {ecs -> db: 5432}, {internet -> other: 80 HTTP}]\n"

    found_ = check(system, "SEC006", f"{text}data: {{databases: {{{data}}}}}\n{flows}")

    assert [one.subject for one in found_] == ["internet -> ecs 80"]


CLOUDFRONT = "  prefix_lists: {cf: {managed: cloudfront}}\n"
FROM_CLOUDFRONT = "sg: {ingress: [{from: cf, port: 443}]}"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("", "unknown: alb: 'cdn.origin_header' is not stated, so this cannot be told"),
        (", origin_header: true", ""),
        (
            ", origin_header: false",
            "fail: every distribution of anybody may open connections to alb, not cdn alone",
        ),
    ],
)
def test_sec007_the_prefix_list_of_cloudfront_is_everybodys_cloudfront(
    system: System, header: str, message: str
) -> None:
    edge = f"edge: {{distributions: {{cdn: {{origins: [alb]{header}}}}}}}\n"

    text = balancer("", FROM_CLOUDFRONT, CLOUDFRONT) + edge
    assert found(system, "SEC007", text) == ([("alb", message)] if message else [])


@pytest.mark.parametrize(
    ("body", "groups"), [(", scheme: internal", "sg: {ingress: [{from: internet, port: 443}]}"), ("", "sg: {}")]
)
def test_sec007_an_origin_that_nobody_outside_reaches_passes(system: System, body: str, groups: str) -> None:
    assert found(system, "SEC007", balancer(body, groups) + "edge: {distributions: {cdn: {origins: [alb]}}}\n") == []


@pytest.mark.parametrize(
    ("bucket", "access", "message"),
    [
        ("{}", "", "unknown: files: 'cdn.origin_access' is not stated, so this cannot be told"),
        ("{}", ", origin_access: oai", ""),
        ("{public: true}", ", origin_access: oac", "fail: everybody may read files past cdn: it is public"),
    ],
)
def test_sec007_a_bucket_is_read_by_its_distribution_alone(
    system: System, bucket: str, access: str, message: str
) -> None:
    text = f"data: {{buckets: {{files: {bucket}}}}}\nedge: {{distributions: {{cdn: {{origins: [files]{access}}}}}}}\n"

    assert found(system, "SEC007", text) == ([("files", message)] if message else [])


def test_sec008_rules_and_logs_that_are_not_stated_are_unknown(system: System) -> None:
    assert found(system, "SEC008", "edge: {web_acls: {waf: {}}}\n") == [
        ("waf", "unknown: waf: 'waf.log_group' is not stated, so this cannot be told"),
        ("waf", "unknown: waf: 'waf.rules' is not stated, so this cannot be told"),
    ]


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ("{name: own}", "waf lacks managed rules and a limit of requests"),
        ("{name: AWSManagedRulesSQLiRuleSet, managed: true}, {name: rate, limit: 100}",
         "waf lacks the common rule set and the known bad inputs"),
        ("{name: AWS Managed Rules Common Rule Set, managed: true}, {name: rate, limit: 100}",
         "waf lacks the known bad inputs"),
        ("{name: F5 OWASP, managed: true}, {name: rate, limit: 100}", ""),
    ],
)  # fmt: skip
def test_sec008_another_vendors_rules_stand_in_for_those_of_aws(system: System, rules: str, message: str) -> None:
    text = (
        f"edge: {{web_acls: {{waf: {{log_group: logs, rules: [{rules}]}}}}}}\n"
        "observability: {log_groups: {logs: {}}}\n"
    )

    assert [one.message for one in check(system, "SEC008", text)] == ([message] if message else [])


def test_sec009_a_default_group_as_aws_makes_it_lets_everything_out(system: System) -> None:
    assert found(system, "SEC009", network("one: {name: default}")) == [
        ("one", "fail: one is a default security group, and lets something out")
    ]


def test_sec009_who_has_the_default_group_is_told_where_he_says_so(system: System) -> None:
    text = service("desired: 2", "default: {egress: []}").replace("[sg]", "[default]")

    assert found(system, "SEC009", text) == [("api", "fail: api is in the default security group")]


def test_sec009_a_load_balancer_or_endpoint_that_names_no_group_is_not_judged(system: System) -> None:
    text = network("sg: {}", "  load_balancers: {nlb: {type: network, subnets: [public-a, public-b]}}\n")

    assert found(system, "SEC009", text) == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DB_PASSWORD", "hunter2", "what its name says (password)"),
        ("stripeApiKey", "x", "what its name says (api key)"),
        ("GITHUB_TOKEN_2", "x", "what its name says (token)"),
        ("NOTE", "AKIAIOSFODNN7EXAMPLE", "an AWS access key"),
        ("CERT", "-----BEGIN RSA PRIVATE KEY-----\nMII", "a private key"),
        ("DATABASE_URL", "postgres://app:hunter2@db:5432/app", "a password in an address"),
        ("SALT", "q7Zp0aXn4LrT9vKd2MwEyC8s", "a random text, as keys and tokens are"),
        ("DATABASE_URL", "postgres://app:${PASSWORD}@db:5432/app", ""),
        ("DATABASE_URL", "postgres://db:5432/app", ""),
        ("DB_PASSWORD", "arn:aws:secretsmanager:us-east-1:1:secret:db", ""),
        ("DB_PASSWORD", "{{resolve:secretsmanager:db}}", ""),
        ("DB_PASSWORD", "", ""),
        ("USE_PASSWORD", "true", ""),
        ("GITHUB_TOKEN", "from Secrets Manager, at build time", ""),
        ("TOKEN_BUCKET_SIZE", "100", ""),
        ("SECRET_NAME", "prod/db", ""),
        ("PASSWORD_MIN_LENGTH", "12", ""),
        ("TOKENIZER", "bpe", ""),
        ("COMPASS", "north", ""),
        ("KEY", "value", ""),
        ("COMMIT", "9fceb02d0ae598e95dc970b74767f19372d61af8", ""),
        ("ID", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", ""),
        ("IMAGE", "123456789012.dkr.ecr.us-east-1.amazonaws.com/api", ""),
        ("QUEUE", "https://sqs.us-east-1.amazonaws.com/123456789012/Orders-Queue-For-Everybody", ""),
    ],
)
def test_a_secret_is_told_from_what_speaks_of_one(name: str, value: str, expected: str) -> None:
    assert plain_secret(name, value) == expected


def test_a_value_of_any_length_is_judged_at_once() -> None:
    assert plain_secret("A" * 100_000, "a:/" * 1_000_000) == ""


def test_sec010_no_finding_repeats_the_secret(system: System) -> None:
    text = service("desired: 2, variables: {DB_PASSWORD: hunter2}")

    (finding,) = check(system, "SEC010", text)
    assert "hunter2" not in finding.message + finding.fix
    assert finding.message == "the variable DB_PASSWORD of api holds what its name says (password), in plain text"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "unknown: password: 'password.rotation' is not stated, so this cannot be told"),
        ("rotation: planned", "fail: password is not rotated yet"),
        ("rotation: true", "unknown: password: 'password.rotate_every' is not stated, so this cannot be told"),
        (
            "rotation: true, rotate_every: 1 year",
            "fail: password is rotated every 1 year, and 90 days is the longest",
        ),
        ("rotation: true, rotate_every: 90 days", ""),
    ],
)
def test_sec011_rotation_is_on_and_ninety_days_at_most(system: System, body: str, message: str) -> None:
    text = service("desired: 2, secrets: [password]") + secret(body)

    assert found(system, "SEC011", text) == ([("password", message)] if message else [])


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("", "unknown: password: 'api.secrets' is not stated, so this cannot be told"),
        (", secrets: [other]", "fail: nothing reads password"),
        (", secrets: [store]", ""),
    ],
)
def test_sec011_a_service_that_names_no_secrets_may_read_any(system: System, named: str, message: str) -> None:
    rotated = "rotation: true, rotate_every: 30 days"
    kept = f"secrets: {{password: {{{rotated}, store: store}}, other: {{{rotated}, store: store}}}}"
    text = service(f"desired: 2{named}") + f"security: {{secret_stores: {{store: {{}}}}, {kept}}}\n"

    found_ = [(subject, text) for subject, text in found(system, "SEC011", text) if subject == "password"]
    assert found_ == ([("password", message)] if message else [])


def test_sec012_rotation_that_is_not_stated_is_unknown(system: System) -> None:
    assert found(system, "SEC012", "security: {keys: {one: {}}}\n") == [
        ("one", "unknown: one: 'one.rotation' is not stated, so this cannot be told")
    ]


def test_sec012_a_key_of_two_environments_joins_them(system: System) -> None:
    text = (
        "environments: {blue: {}, green: {}}\n"
        "shared: {security: {keys: {one: {rotation: true}}}}\n"
        "data: {buckets: {files: {encryption: sse-kms, key: one}}}\n"
    )

    assert found(system, "SEC012", text) == [("one", "fail: one encrypts data of the environments blue, green")]


def test_sec013_an_address_that_everybody_gets_to_is_an_error_at_every_stage(system: System) -> None:
    closed = check(system, "SEC013", "stage: staging\n" + service("desired: 2, public_ip: true"))
    world = "sg: {ingress: [{from: internet, port: 80}]}"
    opened = check(system, "SEC013", "stage: staging\n" + service("desired: 2, public_ip: true", world))

    assert [one.severity for one in (*closed, *opened)] == [Severity.WARNING, Severity.ERROR]
    assert [hop.text for one in opened for hop in one.witness] == ["everybody may open tcp/80 on it"]


def test_sec013_what_a_network_acl_keeps_out_is_not_open(system: System) -> None:
    text = service("desired: 2, public_ip: true", "sg: {ingress: [{from: internet, port: 80}]}")
    nacl = (
        "  nacls: {n: {subnets: [public-a, public-b], ingress: [{allow: false, number: 1}], egress: [{number: 1}]}}\n"
    )

    (finding,) = check(system, "SEC013", "stage: staging\n" + text.replace("compute:", f"{nacl}compute:"))
    assert finding.severity == Severity.WARNING


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "unknown"),
        ("user: app", "unknown"),
        ("read_only_root: false", "fail"),
        ('user: "0:0"', "fail"),
        ('user: "1000", read_only_root: true', ""),
        ("user: rootless, read_only_root: true", ""),
        ("user: app, read_only_root: true, privileged: true", "fail"),
    ],
)
def test_sec014_one_wrong_answer_fails_and_one_missing_is_unknown(system: System, body: str, expected: str) -> None:
    text = service(f"desired: 2{', ' if body else ''}{body}")

    assert [one.outcome for one in check(system, "SEC014", text)] == ([expected] if expected else [])


def rotated(secrets: str, given: str, database: str = "credentials: [password]", more: str = "") -> str:
    """Return a service that is given secrets, and has a flow to a database."""
    data = f"data: {{databases: {{db: {{engine: postgres, subnets: [private-a], security_groups: [], {database}}}}}}}\n"
    stores = f"security: {{secret_stores: {{store: {{}}}}, secrets: {{password: {{{secrets}}}}}}}\n"
    return service(f"secrets: [{given}]") + data + stores + f"flows: [{{api -> db: 5432}}{more}]\n"


GIVEN = [("password", "fail: password is rotated, and api is given it when a task starts and never again")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (rotated("rotation: true", "password"), GIVEN),
        (rotated("rotate_every: 30 days", "password"), GIVEN),
        (rotated("rotation: true, store: store", "store"), GIVEN),
        (rotated("rotation: false, rotate_every: 30 days", "password"), []),
        (rotated("rotation: planned", "password"), []),
        (rotated("holds: a password", "password"), []),
        (rotated("rotation: true", ""), []),
        (
            rotated("rotation: true, store: store", "store", "iam_auth: true, credentials: [password]"),
            [
                (
                    "password",
                    "unknown: password: which secrets of store api is given is not stated, so this cannot be told",
                )
            ],
        ),
    ],
)
def test_sec015_a_secret_that_is_rotated_is_not_given_at_the_start(system: System, text: str, expected: Found) -> None:
    assert found(system, "SEC015", text) == expected


def test_sec015_services_are_one_finding_and_a_cluster_stands_for_them(system: System) -> None:
    text = rotated("rotation: true, store: store", "store").replace(
        "services: {api: {", "services: {api: {cluster: ecs, "
    )
    other = ", job: {subnets: [public-a], security_groups: [sg], cluster: ecs, secrets: [store]}}, clusters: {ecs: {}}}"
    text = text.replace("compute:\n  services", "compute: {services").replace(
        "secrets: [store]}}\n", f"secrets: [store]}}{other}\n"
    )

    assert found(system, "SEC015", text.replace("api -> db", "ecs -> db")) == [
        ("password", "fail: password is rotated, and api and 1 more are given it when a task starts and never again")
    ]

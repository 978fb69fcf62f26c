import pytest

from archspec.errors import SpecError
from archspec.importers import spec

HEADER = """\
archspec: 1
name: sample
region: us-east-1
network: {security_groups: {sg: {}}}
"""


def said(text: str) -> list[str]:
    with pytest.raises(SpecError) as caught:
        spec.parse(HEADER + text)
    return [f"{one.message}; {one.hint}" for one in caught.value.problems]


@pytest.mark.parametrize(
    ("ports", "found"),
    [
        ("[443, 80]", "'port' is a port such as 443, a range such as 4000-4003, or all, not a list; write `443, 80`"),
        ("{from: 1}", "'port' is a port such as 443, a range such as 4000-4003, or all, not a mapping; "),
        ("9" * 5000, f"'port' is a port such as 443, a range such as 4000-4003, or all, not '{'9' * 59}…'; "),
    ],
)
def test_ports_that_are_no_text_are_told(ports: str, found: str) -> None:
    assert said(f"flows: [{{from: internet, to: sg, port: {ports}}}]") == [found]


@pytest.mark.parametrize("transport", ["https", "ICMP", "443"])
def test_a_transport_of_a_flow_that_is_none_is_told(transport: str) -> None:
    assert said(f"flows: [internet -> sg: 443/{transport} HTTPS]") == [
        f"item 1 of 'flows': '/{transport}' is no transport; write `443 HTTPS`, `53/udp DNS` or `53/udp`"
    ]


def test_what_may_be_planned_is_told_so() -> None:
    backups = "{backups: {cross_region: maybe}, engine: mysql, subnets: [], security_groups: [sg]}"

    assert said(f"data: {{databases: {{db: {backups}}}}}") == [
        "'cross_region' is true, false or planned, not 'maybe'; "
    ]


@pytest.mark.parametrize(
    ("flow", "found"),
    [
        ("{from: '', to: sg, port: 1}", ["'from' is left empty; write a value, or remove the key"]),
        (
            "{' -> ': 1}",
            [
                "'from' is left empty; write a value, or remove the key",
                "'to' is left empty; write a value, or remove the key",
            ],
        ),
        (
            "{internet -> sg: 1, from: sg}",
            ["item 1 of 'flows': 'from' is said in the arrow and beside it; keep one of the two"],
        ),
        (
            "{internet -> sg: 1 A (x), note: y}",
            ["item 1 of 'flows': 'note' is said in the arrow and beside it; keep one of the two"],
        ),
    ],
)
def test_a_flow_without_ends_or_with_one_thing_said_twice_is_told(flow: str, found: list[str]) -> None:
    assert said(f"flows: [{flow}]") == found


def test_an_id_that_is_written_empty_is_told() -> None:
    assert said("claims: [{says: x, about: ''}]") == ["'about' is left empty; write a value, or remove the key"]


def test_milliseconds_are_not_minutes() -> None:
    assert said("recovery: {objectives: {rto: 5 ms}}") == [
        "'rto': expected a duration such as 5 minutes, < 1 hour or 30 days; found '5 ms'; "
    ]


def test_a_number_is_no_date() -> None:
    assert said("waivers: [{rule: A, subject: b, expires: 0}]") == ["'expires' is a date such as 2027-03-31, not '0'; "]


def test_an_address_without_a_prefix_length_is_no_block() -> None:
    vpcs = HEADER.replace("security_groups: {sg: {}}", "vpcs: {main: {cidr: 10.0.0.0}}")
    with pytest.raises(SpecError) as caught:
        spec.parse(vpcs)

    assert [(one.message, one.hint) for one in caught.value.problems] == [
        ("'cidr': 10.0.0.0 has no prefix length", "write one such as 10.0.0.0/16")
    ]


def test_another_name_of_a_role_leads_to_the_one_that_is_meant() -> None:
    cluster = "engine: aurora-mysql, subnets: [], security_groups: [sg], instances: [{role: writer}]"
    (told,) = said(f"data: {{databases: {{db: {{{cluster}}}}}}}")

    assert told == (
        "'writer' is not a value of 'role'; expected 'primary', 'standby', 'reader' or 'replica'; "
        "did you mean 'primary'?"
    )

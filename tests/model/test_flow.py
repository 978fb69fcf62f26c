import pytest

from archspec.model.flow import Flow
from archspec.model.ports import PortRange

HTTPS = (PortRange(443, 443),)
DNS = (PortRange(53, 53),)


def flow(value: dict[str, object]) -> dict[str, object]:
    stated = Flow.model_validate(value).model_dump(by_alias=True, exclude_defaults=True)
    return {**stated, "port": tuple(PortRange(*part) for part in stated["port"])}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"a -> b": "443 HTTPS"}, {"from": "a", "to": "b", "port": HTTPS, "protocol": "HTTPS"}),
        ({"a->b": "443"}, {"from": "a", "to": "b", "port": HTTPS}),
        (
            {"a -> b": "443 HTTPS (redirect)"},
            {"from": "a", "to": "b", "port": HTTPS, "protocol": "HTTPS", "note": "redirect"},
        ),
        ({"a -> b": "443 (over TLS)"}, {"from": "a", "to": "b", "port": HTTPS, "note": "over TLS"}),
        (
            {"a -> b": "80, 4000-4003 HTTP"},
            {"from": "a", "to": "b", "port": (PortRange(80, 80), PortRange(4000, 4003)), "protocol": "HTTP"},
        ),
        ({"a -> b": "53/udp"}, {"from": "a", "to": "b", "port": DNS, "transport": "udp"}),
        ({"a -> b": "53 UDP"}, {"from": "a", "to": "b", "port": DNS, "transport": "udp"}),
        (
            {"a -> b": "53/UDP DNS (zone)"},
            {"from": "a", "to": "b", "port": DNS, "transport": "udp", "protocol": "DNS", "note": "zone"},
        ),
        ({"a -> b": "443/tcp HTTPS"}, {"from": "a", "to": "b", "port": HTTPS, "protocol": "HTTPS"}),
        ({"a -> b": "443 TCP"}, {"from": "a", "to": "b", "port": HTTPS}),
        ({"a -> b": "443 HTTP/2"}, {"from": "a", "to": "b", "port": HTTPS, "protocol": "HTTP/2"}),
        ({"a -> b": "all"}, {"from": "a", "to": "b", "port": (PortRange(0, 65535),)}),
        (
            {"a -> b": "443 HTTPS", "status": "planned"},
            {"from": "a", "to": "b", "port": HTTPS, "protocol": "HTTPS", "status": "planned"},
        ),
        (
            {"from": "a", "to": "b", "port": "443", "transport": "udp"},
            {"from": "a", "to": "b", "port": HTTPS, "transport": "udp"},
        ),
    ],
)
def test_a_flow_is_read_from_its_short_and_its_long_form(written: dict[str, object], read: dict[str, object]) -> None:
    assert flow(written) == read


def test_a_flow_is_called_by_its_ends_and_ports() -> None:
    assert Flow.model_validate({"a -> b": "443, 80 HTTPS"}).id == "a -> b 80, 443"


def test_the_transport_stands_in_the_name_of_a_flow_that_is_not_tcp() -> None:
    assert Flow.model_validate({"a -> b": "53/udp DNS"}).id == "a -> b 53/udp"

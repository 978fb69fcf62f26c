"""Hosted zones of Route 53 with the records that lead to elements → `edge.zones`."""

from collections.abc import Iterator, Sequence

from archspec.importers.draft import links
from archspec.importers.draft.attributes import Values, blocks, items, text
from archspec.importers.draft.dns_names import DnsNames, spelled
from archspec.importers.draft.piece import Given, Piece
from archspec.resources.resource import Resource

HOME = ("edge", "zones")
TYPES = frozenset(
    {"aws_cloudwatch_log_resource_policy", "aws_route53_query_log", "aws_route53_record", "aws_route53_zone"}
    | {"aws_route53_zone_association"}
)
_OF_ZONES = ("NS", "SOA")
_SHOWN = 5


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the zones."""
    names = DnsNames.of(given)
    records = links.parts(given, "aws_route53_record", "zone_id")
    associations = links.parts(given, "aws_route53_zone_association", "zone_id")
    for id_, found in links.by_id(given, "aws_route53_zone").items():
        one, told = found[0], records.get(found[0].address, [])
        vpcs = [vpc.get("vpc_id") for vpc in blocks(one.values.get("vpc"))]
        vpcs += [each.values.get("vpc_id") for each in associations.get(one.address, [])]
        domain = text(one.values.get("name")).rstrip(".")
        data = {
            "domain": domain,
            "private": bool(vpcs) or None,
            "vpcs": links.elements(given, vpcs),
            "records": [
                {"name": name, "target": target}
                for name, target in dict.fromkeys(
                    pair for each in told for pair in _leading(names, domain, each.values)
                )
            ],
        }
        yield Piece(HOME, id_, data, one.address, _others(names, domain, told))


def _leading(names: DnsNames, domain: str, values: Values) -> Iterator[tuple[str, str]]:
    """Yield a name and a target for every element that it leads to; both of its address families are one record."""
    targets = [alias.get("name") for alias in blocks(values.get("alias"))] or items(values.get("records"))
    ids = dict.fromkeys(id_ for target in targets if (id_ := names.element(target)))
    is_delegation = text(values.get("type")) in _OF_ZONES
    yield from ((_name(values, domain), id_) for id_ in ids if not is_delegation)


def _name(values: Values, domain: str) -> str:
    name = spelled(text(values.get("fqdn")) or text(values.get("name")))
    if not name or name in ("@", domain):
        return domain
    return name if name.endswith(f".{domain}") or not domain else f"{name}.{domain}"


def _others(names: DnsNames, domain: str, records: Sequence[Resource]) -> tuple[str, ...]:
    """Say which records lead to nothing that is an element; those that prove a certificate are none to tell of."""
    found: list[str] = []
    for each in records:
        kind, name = text(each.values.get("type")), text(each.values.get("name"))
        if kind not in _OF_ZONES and name and not name.startswith("_") and not [*_leading(names, domain, each.values)]:
            found.append(f"{kind} {name}".strip())
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    said = ", ".join(found[:_SHOWN])
    return (f"records are left out that lead to no element: {said}{more}",) if found else ()

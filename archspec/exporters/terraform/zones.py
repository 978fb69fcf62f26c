"""Hosted zones of Route 53 and their records."""

from collections import Counter
from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform import proxies
from archspec.exporters.terraform.distribution_origins import exported_origins
from archspec.exporters.terraform.dns_answers import answer
from archspec.exporters.terraform.dns_names import spelled, zone_for
from archspec.exporters.terraform.hcl import Block, Body, Repeated
from archspec.exporters.terraform.resource import Part, Resource, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.edge import Record, Zone

_TTL = 300


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the zones that have a domain, with their records, and the delegations between them."""
    for zone in architecture.edge.zones.values():
        if zone.private and not zone.vpcs:
            yield Omission(zone.path, "it is private and names no VPC that is exported")
        elif spelled(zone.domain):
            yield from _zone(zone, architecture)
        else:
            yield Omission(zone.path, "names no domain" if not zone.domain else f"{zone.domain} is no domain name")


def _zone(zone: Zone, architecture: Architecture) -> Iterator[Part]:
    networks = [Block({"vpc_id": refer("aws_vpc", vpc)}) for vpc in zone.vpcs] if zone.private else []
    body: Body = {
        "name": spelled(zone.domain),
        "comment": f"{zone.id} of {architecture.name}",
        "vpc": Repeated(tuple(networks)),
    }
    yield Resource("aws_route53_zone", slug(zone.id), origin(zone), body, reasons(zone))
    if zone.vpcs and not zone.private:
        yield Omission((*zone.path, "vpcs"), "everybody may ask a public zone, whatever VPC they are in")
    yield from _delegation(zone, architecture)
    used: Counter[str] = Counter()
    for i, record in enumerate(zone.records):
        if record.target in architecture.elements:
            used[record.target] += 1
            number = [str(used[record.target])] if used[record.target] > 1 else []
            yield _record(zone, i, slug(zone.id, record.target, *number), architecture)


def _delegation(zone: Zone, architecture: Architecture) -> Iterator[Resource]:
    """Tell the zone above where this one is: without it, nobody finds the names in it.

    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-routing-traffic-for-subdomains.html
    """
    above = zone_for(spelled(zone.domain).partition(".")[2], zone, architecture)
    if above is None or zone.private:
        return
    body: Body = {
        "zone_id": refer("aws_route53_zone", above.id, "zone_id"),
        "name": spelled(zone.domain),
        "type": "NS",
        "ttl": _TTL,
        "records": refer("aws_route53_zone", zone.id, "name_servers"),
    }
    reason = f"derived: {above.id} holds the domain of {zone.id}, whose names nobody finds without this"
    yield Resource("aws_route53_record", slug("delegation", zone.id), origin(zone, "domain"), body, (reason,))


def _record(zone: Zone, index: int, name: str, architecture: Architecture) -> Part:
    record = zone.records[index]
    path = ("records", index)
    called = _full_name(record, zone)
    found = answer(architecture.elements[record.target])
    if not called:
        return Omission((*zone.path, *path), f"{record.name} is no domain name")
    if not _is_exported(record.target, architecture):
        return Omission((*zone.path, *path), f"{record.target} is not exported")
    if isinstance(found, str):
        return Omission((*zone.path, *path), found)
    if found.get("type") == "CNAME" and called == spelled(zone.domain):
        return Omission((*zone.path, *path), f"{called} is the zone itself, which takes no CNAME")
    body: Body = {"zone_id": refer("aws_route53_zone", zone.id, "zone_id"), "name": called, **found}
    return Resource("aws_route53_record", name, origin(zone, *path), body, (record.note,) if record.note else ())


def _is_exported(id_: str, architecture: Architecture) -> bool:
    distribution, proxy = architecture.edge.distributions.get(id_), architecture.data.proxies.get(id_)
    if distribution is not None:
        return bool(exported_origins(distribution, architecture))
    return proxy is None or proxies.is_exported(proxy, architecture)


def _full_name(record: Record, zone: Zone) -> str:
    """Return the whole name of a record, which a spec may also write as Route 53 does: `www`, or `@` for the zone."""
    domain = spelled(zone.domain)
    name = spelled(record.name)
    if record.name == "@" or name == domain:
        return domain
    return (name if name.endswith(f".{domain}") else f"{name}.{domain}") if name else ""

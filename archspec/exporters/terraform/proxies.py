"""Proxies of RDS."""

from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform import identity, policies
from archspec.exporters.terraform.amounts import seconds
from archspec.exporters.terraform.database_logs import CLUSTERS
from archspec.exporters.terraform.hcl import Block, Body, Reference, Repeated
from archspec.exporters.terraform.keys import key, key_of
from archspec.exporters.terraform.resource import Part, Resource, named, origin, reasons, refer, slug
from archspec.exporters.terraform.seats import seats
from archspec.exporters.terraform.secrets import is_parameter, secret_arn, secrets
from archspec.model.architecture import Architecture
from archspec.model.data import Database, Proxy
from archspec.model.quantity import Count, Percent

_NAME_LIMIT = 63
_FAMILIES = {
    "postgres": "postgresql",
    "aurora-postgresql": "postgresql",
    "mysql": "mysql",
    "mariadb": "mysql",
    "aurora-mysql": "mysql",
}
"""Engine → what a proxy before it speaks: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html"""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the proxies with their targets, and the roles that let them read passwords."""
    for proxy in architecture.data.proxies.values():
        target = architecture.data.databases[proxy.target]
        if is_exported(proxy, architecture):
            yield from _proxy(proxy, target, architecture)
        else:
            yield Omission(proxy.path, f"RDS Proxy does not speak to {target.engine}")


def is_exported(proxy: Proxy, architecture: Architecture) -> bool:
    """Whether RDS Proxy speaks to the database behind a proxy."""
    return architecture.data.databases[proxy.target].engine in _FAMILIES


def _proxy(proxy: Proxy, target: Database, architecture: Architecture) -> Iterator[Part]:
    found = _secrets(proxy, target, architecture)
    allowed = [
        policies.allow(("secretsmanager:GetSecretValue",), [arn for arn, _ in found]),
        policies.allow(("kms:Decrypt",), [*{one.expression: one for _, one in found}.values()]),
    ]
    yield from identity.taken(proxy, "proxy", "rds", architecture, allowed)
    yield Resource(
        "aws_db_proxy",
        slug(proxy.id),
        origin(proxy),
        _body(proxy, target, [arn for arn, _ in found], architecture),
        reasons(proxy, *_notes(proxy, target, architecture)),
    )
    yield from _target(proxy, target)


def _secrets(proxy: Proxy, target: Database, architecture: Architecture) -> list[tuple[Reference, Reference]]:
    """Return the secrets that a proxy signs in with, each with its key: the stated ones, or the one that RDS makes.

    A secret holds a name and a password: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-secrets-arns.html
    """
    stated = [one for one in secrets(proxy.credentials, architecture) if not is_parameter(one, architecture)]
    if stated:
        return [(secret_arn(one, architecture), key_of(one, "secrets")) for one in stated]
    return [(refer(_resource_type(target), target.id, "master_user_secret[0].secret_arn"), key("secrets"))]


def _resource_type(target: Database) -> str:
    return "aws_rds_cluster" if target.engine in CLUSTERS else "aws_db_instance"


def _body(proxy: Proxy, target: Database, arns: list[Reference], architecture: Architecture) -> Body:
    is_by_role = proxy.iam_auth is not False
    auths = [
        Block({"auth_scheme": "SECRETS", "iam_auth": "REQUIRED" if is_by_role else "DISABLED", "secret_arn": arn})
        for arn in arns
    ]
    return {
        "name": named(architecture, proxy.id, _NAME_LIMIT),
        "engine_family": _FAMILIES[target.engine].upper(),
        "role_arn": identity.role_arn(proxy, "proxy"),
        "require_tls": proxy.tls is not False,
        "idle_client_timeout": seconds(proxy.pool.idle_timeout) if proxy.pool else None,
        "vpc_subnet_ids": [refer("aws_subnet", subnet) for subnet in proxy.subnets],
        "vpc_security_group_ids": [refer("aws_security_group", group) for group in proxy.security_groups],
        "auth": Repeated(tuple(auths)),
        "depends_on": _policy(proxy, architecture),
    }


def _policy(proxy: Proxy, architecture: Architecture) -> list[Reference] | None:
    """Refer to what lets the role read secrets: RDS tries it at once."""
    stated = architecture.security.roles.get(proxy.role)
    if stated is not None and identity.is_spelled_out(stated):
        return None
    return [Reference(f"aws_iam_role_policy.{slug(proxy.id, 'proxy')}")]


def _target(proxy: Proxy, target: Database) -> Iterator[Resource]:
    yield Resource(
        "aws_db_proxy_default_target_group",
        slug(proxy.id),
        origin(proxy, *(["pool"] if proxy.pool else [])),
        {
            "db_proxy_name": refer("aws_db_proxy", proxy.id, "name"),
            "connection_pool_config": _pool(proxy),
        },
    )
    is_cluster = target.engine in CLUSTERS
    argument = "db_cluster_identifier" if is_cluster else "db_instance_identifier"
    attribute = "cluster_identifier" if is_cluster else "identifier"
    instances = [Reference(f"aws_rds_cluster_instance.{slug(target.id, str(one.number))}") for one in seats(target)]
    yield Resource(
        "aws_db_proxy_target",
        slug(proxy.id),
        origin(proxy, "target"),
        {
            "db_proxy_name": refer("aws_db_proxy", proxy.id, "name"),
            "target_group_name": refer("aws_db_proxy_default_target_group", proxy.id, "name"),
            argument: refer(_resource_type(target), target.id, attribute),
            # A cluster has nowhere to connect to before its instances are there.
            "depends_on": instances if is_cluster else None,
        },
    )


def _pool(proxy: Proxy) -> Block | None:
    """https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ConnectionPoolConfiguration.html"""
    pool = proxy.pool
    body: Body = {
        "connection_borrow_timeout": seconds(pool.timeout) if pool else None,
        "max_connections_percent": _share(pool.max) if pool else None,
        "max_idle_connections_percent": _share(pool.idle) if pool else None,
    }
    return Block(body) if any(value is not None for value in body.values()) else None


def _share(stated: Percent | Count | None) -> int | None:
    return int(stated.high) if isinstance(stated, Percent) else None


def _notes(proxy: Proxy, target: Database, architecture: Architecture) -> Iterator[str]:
    if "family" in proxy.model_fields_set and proxy.family != _FAMILIES[target.engine]:
        yield f"Not exported: the family {proxy.family}: {target.id} speaks {_FAMILIES[target.engine]}."
    pool = proxy.pool
    if pool and (isinstance(pool.max, Count) or isinstance(pool.idle, Count)):
        yield "Not exported: numbers of connections: a proxy takes shares of the database's limit."
    if pool and pool.library:
        yield f"Not exported: the library {pool.library}: a proxy has its own."
    stated = secrets(proxy.credentials, architecture)
    if any(is_parameter(one, architecture) for one in stated):
        yield "Not exported: credentials that are parameters of Systems Manager: a proxy reads Secrets Manager only."
    elif stated:
        yield "Each secret has to hold a user's `username` and `password` as JSON."
    if not stated:
        yield f"Signs in to {target.id} with the password that RDS makes."

"""How clients sign in to a cache: with a token, as a user, by a role, or not at all."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.exporters.terraform.hcl import Block, Body, Reference
from archspec.exporters.terraform.resource import Part, Resource, Variable, named, named_part, origin, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.data import Cache

_NAME_LIMIT = 40
_EVERYTHING = "on ~* +@all"
_NOTHING = "off ~* -@all"


class Access(NamedTuple):
    """What a cache is given: a token or a group of users, and the parts that make those."""

    token: Reference | None = None
    group: Reference | None = None
    parts: tuple[Part, ...] = ()


def access(cache: Cache, architecture: Architecture) -> Access:
    """Return how clients sign in: as stated, else with a password. Without TLS, ElastiCache takes none.

    A serverless cache has users only: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
    """
    way = _way(cache)
    if way == "none":
        return Access()
    if way == "token":
        token = _password(cache)
        return Access(token=token.reference, parts=(token,))
    parts = tuple(_users(cache, way, architecture))
    return Access(group=refer("aws_elasticache_user_group", cache.id, "user_group_id"), parts=parts)


def access_notes(cache: Cache) -> Iterator[str]:
    """Yield what a spec says of signing in that ElastiCache does not take."""
    if cache.auth not in {None, "none"} and _way(cache) == "none":
        yield f"Not exported: {cache.auth}: without TLS, ElastiCache lets everybody in."
    elif cache.auth == "token" and _way(cache) == "rbac":
        yield "Not exported: a token: a serverless cache has users instead."
    if cache.credentials:
        yield f"Not exported: its credentials in {', '.join(cache.credentials)}: the password is a variable here."


def _way(cache: Cache) -> str:
    if cache.tls is False and not cache.serverless:
        return "none"
    usual = "rbac" if cache.serverless else "token"
    return usual if cache.auth in {None, "token"} else str(cache.auth)


def _password(cache: Cache) -> Variable:
    return Variable(f"auth_token_{slug(cache.id)}", f"password of {cache.id}, 16 to 128 characters", sensitive=True)


def _users(cache: Cache, way: str, architecture: Architecture) -> Iterator[Part]:
    """Yield the one user that may do everything, and for Redis its `default` one, which may do nothing.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
    """
    name = named_part(architecture, cache.id, "app", _NAME_LIMIT)
    mode: Body = {"type": "iam"}
    if way == "rbac":
        password = _password(cache)
        yield password
        mode = {"type": "password", "passwords": [password.reference]}
    # A user that signs in by a role has to be called what its id is.
    users = {"app": (name, name, _EVERYTHING, mode)}
    if cache.engine == "redis":
        idle = named_part(architecture, cache.id, "default", _NAME_LIMIT)
        users["default"] = (idle, "default", _NOTHING, {"type": "no-password-required"})
    for label, (id_, user, rights, how) in users.items():
        body: Body = {
            "user_id": id_,
            "user_name": user,
            "engine": cache.engine,
            "access_string": rights,
            "authentication_mode": Block(how),
        }
        yield Resource(
            "aws_elasticache_user", slug(cache.id, label), origin(cache), body, (f"Signs in to {cache.id}.",)
        )
    yield Resource(
        "aws_elasticache_user_group",
        slug(cache.id),
        origin(cache),
        {
            "user_group_id": named(architecture, cache.id, _NAME_LIMIT),
            "engine": cache.engine,
            "user_ids": [refer("aws_elasticache_user", (cache.id, label), "user_id") for label in users],
        },
    )

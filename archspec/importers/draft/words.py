"""The words with which ids of a kind are made."""

from collections.abc import Mapping
from typing import NamedTuple


class Words(NamedTuple):
    """How ids of a kind are made: words that only repeat the kind, what an id begins and ends with, and one for a
    resource whose names say nothing else.
    """

    repeated: frozenset[str]
    first: str
    last: str
    alone: str


def _words(repeated: str, alone: str, first: str = "", last: str = "") -> Words:
    return Words(frozenset(repeated.split()), first, last, alone)


_WORDS: Mapping[str, Words] = {
    "vpc": _words("vpc", "main"),
    "subnet": _words("subnet subnets", "subnet"),
    "internet_gateway": _words("igw internet gateway", "igw", last="igw"),
    "nat_gateway": _words("nat gateway ngw natgw", "nat", first="nat"),
    "elastic_ip": _words("eip elastic ip", "eip", last="eip"),
    "route_table": _words("rt rtb route table routes", "rt", last="rt"),
    "nacl": _words("nacl acl network", "nacl", last="nacl"),
    "peering": _words("peering pcx", "peering", last="peering"),
    "security_group": _words("sg security group", "sg", last="sg"),
    "endpoint": _words("endpoint vpce vpc", "endpoint", last="endpoint"),
    "load_balancer": _words("", "alb"),
    "target_group": _words("tg target group", "tg", last="tg"),
    "cluster": _words("cluster ecs", "ecs"),
    "service": _words("service svc", "service"),
    "database": _words("database rds instance cluster aurora", "db"),
    "cache": _words("elasticache cluster group replication", "cache"),
    "proxy": _words("proxy", "db-proxy", last="proxy"),
    "bucket": _words("bucket s3", "bucket"),
    "topic": _words("topic sns", "topic"),
    "queue": _words("queue sqs", "queue"),
    "distribution": _words("distribution cloudfront", "cdn"),
    "zone": _words("zone", "zone", last="zone"),
    "web_acl": _words("waf acl web", "waf", last="waf"),
    "certificate": _words("cert certificate acm", "cert", last="cert"),
    "key": _words("key kms cmk", "key", last="key"),
    "secret": _words("secret", "secret", last="secret"),
    "role": _words("role iam", "role", last="role"),
    "log_group": _words("log logs group aws ecs lambda", "logs", last="logs"),
    "flow_log": _words("flow log logs", "flow-log", last="flow-log"),
    "registry": _words("ecr repository repo", "ecr", last="registry"),
    "build": _words("build codebuild project", "build", last="build"),
    "pipeline": _words("pipeline codepipeline", "pipeline", last="pipeline"),
}


def of_kind(kind: str) -> Words:
    """Return the words of a kind."""
    return _WORDS.get(kind) or _words(kind.replace("_", " "), kind.replace("_", "-"))

"""Facts about databases, caches, buckets, queues and topics."""

from collections.abc import Mapping

from archspec.model.data import Bucket, Cache, Database
from archspec.model.edge import Distribution
from archspec.model.network import LoadBalancer
from archspec.scanners.facts.fact import Asked, Fact, Question, first_of, stated, unstated

_NO_COPY = "nobody asks for a copy in another Region"


def _one_member(asked: Asked) -> Fact | None:
    """A cache of one node, which has nothing to fail over to."""
    if not isinstance(asked.element, Cache) or not asked.element.instances or len(asked.element.members) > 1:
        return None
    return Fact((*asked.element.path, "instances"), "the cache has one node")


def _without_backup_plan(asked: Asked) -> Fact | None:
    """The backups of a spec are those of the database itself; AWS Backup is another service."""
    if not isinstance(asked.element, Database):
        return None
    path = (*asked.element.path, "backups") if asked.element.backups else asked.element.path
    return Fact(path, "its backups are the database's own, and no plan of AWS Backup")


def _short_backups(asked: Asked) -> Fact | None:
    backups = getattr(asked.element, "backups", None)
    if asked.element is None or backups is None or backups.retention is None or backups.retention.high >= 86400:
        return None
    return Fact((*asked.element.path, "backups", "retention"), f"`retention: {backups.retention}`")


def _without_backups(asked: Asked) -> Fact | None:
    if not isinstance(asked.element, Cache) or asked.element.backups:
        return None
    return Fact(asked.element.path, "no `backups` of the cache")


def _bucket_without_copy(asked: Asked) -> Fact | None:
    """A bucket whose replication is not stated, or one that the export adds for something else."""
    if not isinstance(asked.element, Bucket):
        return Fact(asked.origin.path, f"{_NO_COPY} of the logs of {asked.origin.element}")
    return unstated("replication", _NO_COPY)(asked)


def _takes_logs(asked: Asked) -> bool:
    """Whether a bucket takes access logs: one that the spec names for them, or one that the export adds."""
    balancers = asked.architecture.network.load_balancers.values()
    named = asked.origin.element in {one.access_logs for one in balancers if one.access_logs}
    return asked.type == "aws_s3_bucket" and (named or isinstance(asked.element, LoadBalancer | Distribution))


def _only_own_encryption(asked: Asked) -> Fact | None:
    """Load balancers, and S3, write logs into buckets with S3's own encryption alone: with a key none would arrive.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html,
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    """
    if not _takes_logs(asked):
        return None
    return Fact(asked.origin.path, "access logs are written into no bucket under a KMS key")


def _log_of_the_log(asked: Asked) -> Fact | None:
    """What takes the logs cannot be logged without end: the check cannot pass.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
    """
    if not _takes_logs(asked):
        return None
    return Fact(asked.origin.path, "the bucket takes the logs of others, and none of itself")


def _copy_elsewhere(asked: Asked) -> Fact | None:
    """A replica, whose access log would have to be in its own Region."""
    if not isinstance(asked.element, Bucket) or asked.element.replication is not True:
        return None
    if not asked.address.endswith("__replica"):
        return None
    path = (*asked.element.path, "replication")
    return Fact(path, "the copy is in another Region, where there is no bucket for logs")


FACTS: Mapping[str, Question] = {
    "CKV_AWS_157": stated("multi_az", "false"),
    "CKV2_AWS_50": first_of(_one_member, stated("multi_az", "false")),
    "CKV_AWS_118": stated("enhanced_monitoring", "false"),
    "CKV_AWS_353": stated("performance_insights", "false"),
    "CKV_AWS_354": stated("performance_insights", "false"),
    "CKV_AWS_16": stated("encrypted", "false"),
    "CKV_AWS_96": stated("encrypted", "false"),
    "CKV_AWS_17": stated("public", "true"),
    "CKV_AWS_161": stated("iam_auth", "false"),
    "CKV_AWS_162": stated("iam_auth", "false"),
    "CKV_AWS_139": stated("deletion_protection", "false"),
    "CKV_AWS_293": stated("deletion_protection", "false"),
    "CKV_AWS_133": _short_backups,
    "CKV_AWS_134": first_of(_short_backups, _without_backups),
    "CKV_AWS_74": stated("encrypted", "false"),
    "CKV_AWS_90": stated("tls", "false"),
    "CKV_AWS_29": stated("encrypted", "false"),
    "CKV_AWS_30": stated("tls", "false"),
    "CKV_AWS_31": first_of(stated("tls", "false"), stated("auth", "none")),
    "CKV2_AWS_8": _without_backup_plan,
    "CKV_AWS_144": _bucket_without_copy,
    "CKV_AWS_145": first_of(_only_own_encryption, stated("encryption", "sse-s3", "none"), stated("public", "true")),
    "CKV_AWS_19": stated("encryption", "none"),
    "CKV_AWS_18": first_of(_log_of_the_log, _copy_elsewhere),
    "CKV_AWS_21": stated("versioning", "false"),
    "CKV_AWS_53": first_of(stated("public_access_block", "false"), stated("public", "true")),
    "CKV_AWS_54": first_of(stated("public_access_block", "false"), stated("public", "true")),
    "CKV_AWS_55": first_of(stated("public_access_block", "false"), stated("public", "true")),
    "CKV_AWS_56": first_of(stated("public_access_block", "false"), stated("public", "true")),
    "CKV2_AWS_6": first_of(stated("public_access_block", "false"), stated("public", "true")),
    "CKV_AWS_27": stated("encryption", "none"),
    "CKV_AWS_26": stated("encryption", "none"),
}
"""Check → the fact about what keeps data that makes it fail."""

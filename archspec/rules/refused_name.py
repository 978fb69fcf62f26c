"""A name is one that AWS refuses.

## Why

Names have lengths and letters of their own for each kind: 32 characters for load balancers and target groups, lower
case for buckets, `.fifo` at the end of FIFO queues and topics, `aws-waf-logs-` before the logs of a web ACL. Terraform
finds most of these out only when AWS does.

## Fails

```yaml
data:
  buckets:
    uploads:
      name: Shop_Uploads  # expect: DEP019
messaging:
  queues:
    orders:
      name: shop-orders  # expect: DEP019
      fifo: true
```

## Passes

```yaml
data:
  buckets: {uploads: {name: "shop-uploads-{account}"}}
messaging:
  queues: {orders: {name: shop-orders.fifo, fifo: true}}
variables: {account: {value: "123456789012"}}
```
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.real_names import is_real
from archspec.model.element import Element
from archspec.model.messaging import Queue, Topic

ID = "DEP019"
NAME = "refused-name"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
    "https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html",
)


class _Form(NamedTuple):
    """What names of a kind look like, as a pattern and in words."""

    pattern: re.Pattern[str]
    words: str


def _identifier(most: int) -> _Form:
    """Return the form of the identifiers of RDS and ElastiCache."""
    pattern = re.compile(rf"(?=.{{1,{most}}}$)[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")
    return _Form(pattern, f"at most {most} letters, digits and single hyphens, with a letter first")


_BALANCER = _Form(
    re.compile(r"(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)"),
    "at most 32 letters, digits and hyphens, with no hyphen at an end and without `internal-` before it",
)
_FORMS: Mapping[str, _Form] = {
    "load_balancer": _BALANCER,
    "target_group": _Form(
        re.compile(r"(?!-)[A-Za-z0-9-]{1,32}(?<!-)"),
        "at most 32 letters, digits and hyphens, with no hyphen at an end",
    ),
    "bucket": _Form(
        re.compile(
            r"(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)(?!xn--|sthree-)(?!.*(-s3alias|--ol-s3)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
        ),
        "3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends",
    ),
    "queue": _Form(re.compile(r"[A-Za-z0-9_-]{1,80}"), "at most 80 letters, digits, hyphens and underscores"),
    "role": _Form(re.compile(r"[\w+=,.@-]{1,64}", re.ASCII), "at most 64 letters, digits and `+=,.@_-`"),
    "database": _identifier(63),
    "cache": _identifier(40),
    "cluster": _Form(re.compile(r"[A-Za-z0-9_-]{1,255}"), "at most 255 letters, digits, hyphens and underscores"),
    "service": _Form(re.compile(r"[A-Za-z0-9_-]{1,255}"), "at most 255 letters, digits, hyphens and underscores"),
    "dashboard": _Form(re.compile(r"[A-Za-z0-9_-]{1,255}"), "at most 255 letters, digits, hyphens and underscores"),
    "log_group": _Form(re.compile(r"[A-Za-z0-9_./#-]{1,512}"), "at most 512 letters, digits and `_-/.#`"),
    "registry": _Form(
        re.compile(r"(?=.{2,256}$)[a-z0-9]+([._/-]+[a-z0-9]+)*"),
        "2 to 256 lower-case letters and digits, with `.`, `_`, `/` and `-` between them",
    ),
    "topic": _Form(re.compile(r"[A-Za-z0-9_-]{1,256}"), "at most 256 letters, digits, hyphens and underscores"),
}
_FIFO = re.compile(r"[A-Za-z0-9_-]{1,75}\.fifo")
_WAF_LOGS = "aws-waf-logs-"
_VARIABLE = re.compile(r"\{([^{}]*)\}")


def subjects(graph: Graph) -> Iterable[Element]:
    """Return what has a name of AWS's whose form is known here."""
    logs = _waf_logs(graph)
    elements = graph.architecture.elements.values()
    named = [one for one in elements if one.name and one.status == "current" and (one.kind in _FORMS or one.id in logs)]
    return [one for one in named if is_real(one.name)]


def check(graph: Graph, element: Element) -> Iterator[Violation | Unknown]:
    """Fail a name of another form. Variables count with their values; one without leaves the name unknown."""
    variables = graph.architecture.variables
    path = (*element.path, "name")
    open_ = [name for name in _VARIABLE.findall(element.name) if name not in variables or not variables[name].value]
    if open_:
        yield Unknown(element.id, path, f"variables.{open_[0]}.value")
        return
    name = _VARIABLE.sub(lambda found: variables[found[1]].value, element.name)
    form = _form(graph, element)
    if not form.pattern.fullmatch(name):
        kind = element.kind.replace("_", " ")
        message = f"AWS refuses '{name[:80]}' ({len(name)} characters) as the name of a {kind}"
        yield Violation(element.id, path, message, f"use {form.words}")


def _form(graph: Graph, element: Element) -> _Form:
    if isinstance(element, Queue | Topic) and element.fifo:
        return _Form(_FIFO, "letters, digits, hyphens and underscores, and `.fifo` at the end")
    if element.id in _waf_logs(graph):
        return _Form(re.compile(rf"{_WAF_LOGS}.*"), f"a name that starts with `{_WAF_LOGS}`")
    return _FORMS[element.kind]


@lru_cache(maxsize=1)
def _waf_logs(graph: Graph) -> frozenset[str]:
    return frozenset(acl.log_group for acl in graph.architecture.edge.web_acls.values() if acl.log_group)

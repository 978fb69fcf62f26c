"""A service uses something that is encrypted with a KMS key, and may not use the key.

## Why

What is encrypted with a key of one's own is read only by who may decrypt with that key, and written by who may make a
data key. Without it, S3, SQS, SNS and Secrets Manager refuse the request although their own action is allowed. SNS
itself needs the key of a queue that it delivers to.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {port: 80, desired: 2, subnets: [private-a], security_groups: [api-sg], task_role: api-role}
data:
  buckets: {invoices: {encryption: sse-kms, key: main-key, readers: [api]}}
security:
  keys: {main-key: {}}
  roles:
    api-role:
      may: [{does: "s3:GetObject", on: [invoices]}]  # expect: IAM005
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {port: 80, desired: 2, subnets: [private-a], security_groups: [api-sg], task_role: api-role}
data:
  buckets: {invoices: {encryption: sse-kms, key: main-key, readers: [api]}}
security:
  keys: {main-key: {}}
  roles:
    api-role:
      may: [{does: "s3:GetObject", on: [invoices]}, {does: "kms:Decrypt", on: [main-key]}]
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.grants import actions_in, grants
from archspec.graph.graph import Graph
from archspec.graph.uses_of_aws import Use, uses
from archspec.model.data import Bucket
from archspec.model.messaging import Queue, Topic
from archspec.model.security import Key, Secret

ID = "IAM005"
NAME = "key-without-grant"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "sec_protect_data_rest_key_mgmt",
    "https://docs.aws.amazon.com/kms/latest/developerguide/determining-access.html",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html",
)

_DELIVERS = "sns.amazonaws.com"


def subjects(graph: Graph) -> Iterable[Use | Queue]:
    """Return the uses of what is encrypted with a key, and the queues with one that a topic delivers to."""
    queues = graph.architecture.messaging.queues.values()
    told = [one for one in queues if one.key and one.topic and one.status == "current"]
    return [*(use for use in uses(graph) if _key(use)), *told]


def check(graph: Graph, subject: Use | Queue) -> Iterator[Violation | Unknown]:
    """Fail a use by roles that may not use the key, and a queue whose key lets SNS not in."""
    if isinstance(subject, Queue):
        yield from _check_delivery(graph, subject)
    elif not subject.roles:
        yield Unknown(subject.id, subject.path, f"{subject.clients[0].id}.task_role")
    else:
        yield from _check_use(graph, subject, graph.architecture.security.keys[_key(subject)])


def _check_use(graph: Graph, use: Use, key: Key) -> Iterator[Violation | Unknown]:
    wanted = _wanted(use)
    roles = [graph.architecture.security.roles[role] for role in dict.fromkeys(use.roles)]
    permitted = (permission for role in roles for permission in role.may if not actions_in(permission.does))
    in_words = any(key.id in permission.on for permission in permitted)
    stated = [one for role in roles for one in grants(graph, role.id).stated if not one.denies]
    if in_words or any(one.allows(wanted) and one.covers(key, frozenset()) for one in stated):
        return
    unread = next((why for role in roles if (why := grants(graph, role.id).unread)), "")
    if unread:
        yield Unknown(use.id, use.path, unread)
        return
    path = (*roles[0].path, "may") if roles[0].may else roles[0].path
    message = f"{use.clients[0].id} uses {use.target.id}, and no role of it allows {wanted} on its key {key.id}"
    hop = Hop("blocked", f"{use.target.id} is encrypted with {key.id}", (*use.target.path, "key"), "KMS_NO_DECRYPT")
    yield Violation(use.id, path, message, f'add `{{does: "{wanted}", on: [{key.id}]}}` to {roles[0].id}', (hop,))


def _wanted(use: Use) -> str:
    """Return what a use takes of the key: whoever only writes makes a data key, all others decrypt."""
    writes = {"sqs:SendMessage", "sns:Publish", "s3:PutObject"}
    return "kms:GenerateDataKey" if use.need[0][0] in writes else "kms:Decrypt"


def _check_delivery(graph: Graph, queue: Queue) -> Iterator[Violation | Unknown]:
    key = graph.architecture.security.keys[queue.key]
    if not key.policy:
        yield Unknown(queue.id, key.path, f"{key.id}.policy")
    elif not any(one.principal in {_DELIVERS, "*"} and one.effect == "allow" for one in key.policy):
        message = f"{queue.topic} delivers to {queue.id}, and the policy of its key {key.id} does not let SNS use it"
        fix = f'add `{{principal: {_DELIVERS}, does: "kms:GenerateDataKey, kms:Decrypt"}}` to its policy'
        yield Violation(queue.id, (*key.path, "policy"), message, fix)


def _key(use: Use) -> str:
    return use.target.key if isinstance(use.target, Bucket | Queue | Topic | Secret) else ""

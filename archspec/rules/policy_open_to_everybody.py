"""A resource's policy lets everybody do something.

## Why

A policy with the principal `*` is for every AWS account, and for the world where the service takes unsigned requests.
It is harmless only with a condition that says who asks or from where.

## Fails

```yaml
messaging:
  queues:
    orders:
      policy: [{principal: "*", does: "sqs:SendMessage", conditions: {}}]  # expect: IAM008
```

## Passes

```yaml
messaging:
  topics: {sales: {}}
  queues:
    orders:
      topic: sales
      policy:
        - {principal: "*", does: "sqs:SendMessage", conditions: {aws:SourceArn: "arn:aws:sns:eu-west-1:111122223333:a"}}
        - {principal: "*", effect: deny, does: "sqs:*", conditions: {aws:SecureTransport: "false"}}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.policy_statements import is_everybody, is_narrowed
from archspec.model.data import Bucket
from archspec.model.delivery import Registry
from archspec.model.messaging import Queue, Topic
from archspec.model.security import Key, Secret

ID = "IAM008"
NAME = "policy-open-to-everybody"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "SQS.3",
    "SNS.4",
    "S3.6",
    "KMS.5",
    "AC-6",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
)

Holder = Bucket | Queue | Topic | Key | Secret | Registry


def subjects(graph: Graph) -> Iterable[Holder]:
    """Return what states a policy of its own."""
    architecture = graph.architecture
    holders: list[Holder] = [
        *architecture.data.buckets.values(),
        *architecture.messaging.queues.values(),
        *architecture.messaging.topics.values(),
        *architecture.security.keys.values(),
        *architecture.security.secrets.values(),
        *architecture.delivery.registries.values(),
    ]
    return [one for one in holders if one.policy and one.status == "current"]


def check(_graph: Graph, element: Holder) -> Iterator[Violation | Unknown]:
    """Fail each statement that allows something to everybody, with no condition that narrows it."""
    for i, statement in enumerate(element.policy):
        path = (*element.path, "policy", i)
        if not is_everybody(statement) or is_narrowed(statement):
            continue
        if statement.conditions is None:
            yield Unknown(element.id, path, f"{element.id}.policy.conditions")
        else:
            message = f"the policy of {element.id} lets everybody do {statement.does or 'everything'}"
            fix = "name the principal, or add a condition such as `aws:SourceArn` or `aws:PrincipalOrgID`"
            yield Violation(element.id, path, message, fix)

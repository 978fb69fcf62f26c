"""What stands in a picture: things by their ids, what is written on them and around them, and edges between them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from archspec.layout.measure import card_words, label_lines, title_lines, words
from archspec.views.view import Edge, Group, Node, View

AWS_NAMES = {
    "alarm": "CloudWatch alarm",
    "application_load_balancer": "Application Load Balancer (ALB)",
    "aurora": "Amazon RDS Aurora database",
    "bucket": "Amazon S3 bucket",
    "build": "AWS CodeBuild",
    "certificate": "AWS Certificate Manager (ACM) certificate",
    "cluster": "Amazon ECS cluster",
    "dashboard": "CloudWatch dashboard",
    "distribution": "Amazon CloudFront CDN",
    "document_database": "Amazon DocumentDB",
    "endpoint": "VPC endpoint",
    "internet_gateway": "Internet Gateway",
    "key": "AWS KMS key",
    "log_group": "CloudWatch Logs log group",
    "mysql": "Amazon RDS MySQL database",
    "nacl": "Network ACL",
    "namespace": "AWS Cloud Map",
    "nat_gateway": "NAT Gateway",
    "pipeline": "AWS CodePipeline",
    "postgres": "Amazon RDS PostgreSQL database",
    "proxy": "Amazon RDS Proxy",
    "queue": "Amazon SQS queue",
    "redis": "Amazon ElastiCache for Redis cache",
    "registry": "Amazon ECR container registry",
    "role": "IAM role",
    "security_group": "Security group (SG)",
    "service": "Amazon ECS Fargate task",
    "system": "External service",
    "topic": "Amazon SNS topic",
    "web_acl": "AWS WAF web ACL",
    "zone": "Amazon Route 53 (Route53) DNS",
}
"""What the icon of a kind says to who knows AWS's icons: https://aws.amazon.com/architecture/icons/."""

_SPEAK = ("alike", "cluster")
"""The kinds of frame whose arrows are those of all that stands in them."""

_Thing = Node | Group


def drawn(view: View) -> View:
    """Return a view with its words as they are drawn: what a card or label has no room for is gone."""
    written = words if view.layout == "placement" else card_words
    return replace(
        view,
        groups=tuple(replace(one, title=title_lines(one)[0], subtitle=title_lines(one)[1]) for one in view.groups),
        nodes=tuple(
            replace(one, title=" ".join(written(one).title), detail=(" ".join(written(one).detail),))
            for one in view.nodes
        ),
        edges=tuple(replace(one, label=" ".join(label_lines(one.label))) for one in view.edges),
    )


class Picture:
    """A view, asked by ids; one of them may stand for several nodes, and `view x` for the whole."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._whole = Group(f"view {view.name}", view.title, "picture", subtitle=view.description)
        things: tuple[_Thing, ...] = (self._whole, *view.groups, *view.nodes)
        self._known: Mapping[str, _Thing] = {thing.id: thing for thing in things}

    def things(self, ids: Sequence[str]) -> list[_Thing]:
        """Return what has the ids; where nothing has one, all that shows the element of that id."""
        return [thing for id_ in ids for thing in self._called(id_)]

    def _called(self, id_: str) -> list[_Thing]:
        found = self._known.get(id_)
        return [found] if found else [one for one in self._known.values() if getattr(one, "element", "") == id_]

    def elements(self, ids: Sequence[str]) -> set[str]:
        """Return the elements that stand there."""
        return {getattr(thing, "element", thing.id) for thing in self.things(ids)}

    def titles(self, ids: Sequence[str]) -> set[str]:
        """Return what the nodes are called."""
        return {thing.title for thing in self.things(ids) if isinstance(thing, Node)}

    def words_of(self, ids: Sequence[str]) -> list[str]:
        """Return what is written on things, their icons read aloud."""
        return [line for thing in self.things(ids) for line in _lines(thing)]

    def said_of(self, ids: Sequence[str]) -> list[str]:
        """Return what is written on things, on the frames around them on the arrows at them, and at their ends."""
        things = self.things(ids)
        frames = [self._known[id_] for thing in things for id_ in self._around(thing)]
        around = [line for frame in frames if frame is not self._whole for line in _lines(frame)]
        own = {thing.id for thing in things}
        joined = [edge for edge in self._view.edges if own & {edge.source, edge.target}]
        at = [self._known[end].title for edge in joined for end in (edge.source, edge.target) if end not in own]
        return [*self.words_of(ids), *around, *(edge.label for edge in joined), *at]

    def is_inside(self, child: Sequence[str], parent: Sequence[str]) -> bool:
        """Whether one stands in the other, spans the row that the other is, or is a part of it.

        Parts are what is written on the other's card, and one of the frames that the other is.
        """
        inner, outer = self.things(child), {thing.id: thing for thing in self.things(parent)}
        is_card = not any(isinstance(thing, Group) for thing in outer.values())
        return bool(inner and outer) and all(
            self._stands_in(thing, outer) or (thing.id in outer and (is_card or isinstance(thing, Group)))
            for thing in inner
        )

    def _stands_in(self, thing: _Thing, outer: Mapping[str, _Thing]) -> bool:
        if outer.keys() & set(self._around(thing)):
            return True
        rows = {(frame.row, self._holder(frame)) for frame in outer.values() if isinstance(frame, Group)}
        return isinstance(thing, Node) and thing.row is not None and (thing.row, thing.parent) in rows

    def _holder(self, frame: Group) -> str:
        """Return what holds the AZ columns in a row of which a frame stands."""
        return self._known[frame.parent].parent if frame.parent in self._known else ""

    def edges(self, source: Sequence[str], target: Sequence[str]) -> list[Edge]:
        """Return the edges from one to the other."""
        starts, ends = self._reached(source), self._reached(target)
        return [
            edge
            for edge in self._view.edges
            if (edge.source in starts and edge.target in ends)
            or (edge.both and edge.target in starts and edge.source in ends)
        ]

    def _reached(self, ids: Sequence[str]) -> Collection[str]:
        """Return the ids of things, of all that stands in them, and of clusters around, for which they may speak."""
        things = self.things(ids)
        own = {thing.id: thing for thing in things}
        frames = {id_ for thing in things for id_ in self._around(thing) if self._known[id_].kind in _SPEAK}
        return {*own, *frames, *(thing.id for thing in self._known.values() if self._stands_in(thing, own))}

    def _around(self, thing: _Thing) -> Iterator[str]:
        """Yield the frames around a thing, the picture itself last."""
        while thing.parent in self._known:
            thing = self._known[thing.parent]
            yield thing.id
        if thing is not self._whole:
            yield self._whole.id


def _lines(thing: _Thing) -> list[str]:
    if isinstance(thing, Group):
        return [thing.title, thing.subtitle, thing.kind]
    return [thing.title, *thing.detail, AWS_NAMES.get(thing.kind, thing.kind)]

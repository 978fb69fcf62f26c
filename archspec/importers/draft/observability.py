"""The `observability:` section: log groups, flow logs, alarms, dashboards, budgets, anomaly monitors."""

from collections.abc import Iterator

from archspec.importers.draft import alarms, costs, links
from archspec.importers.draft.attributes import blocks, document, text, whole
from archspec.importers.draft.fitting import fitted
from archspec.importers.draft.logs import LogGroups
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.importers.draft.spelling import counted

TYPES = alarms.TYPES | costs.TYPES | {"aws_cloudwatch_dashboard", "aws_cloudwatch_log_group", "aws_flow_log"}


def pieces(given: Given) -> Iterator[Piece | Left]:
    """Yield what watches."""
    areas = (_log_groups, _flow_logs, alarms.pieces, _dashboards, costs.pieces)
    found = [one for read in areas for one in read(given)]
    yield from (one for one in found if isinstance(one, Left))
    yield from fitted(given, (one for one in found if isinstance(one, Piece)))


def _log_groups(given: Given) -> Iterator[Piece]:
    for id_, found in links.by_id(given, "aws_cloudwatch_log_group").items():
        days = [whole(one.values.get("retention_in_days")) for one in found]
        data = {
            # Several groups of one element are those of a database, which AWS names.
            "name": text(found[0].values.get("name")) if len(found) == 1 else "",
            "retention": counted(days[0], "day") if days[0] else "",
            "key": links.element(given, found[0].values.get("kms_key_id")),
        }
        kept = () if days[0] else ("logs are kept for ever",)
        yield Piece(("observability", "log_groups"), id_, data, found[0].address, kept)


def _flow_logs(given: Given) -> Iterator[Piece]:
    logs = LogGroups(given)
    buckets = links.by_id(given, "aws_s3_bucket")
    for id_, found in links.by_id(given, "aws_flow_log").items():
        values = found[0].values
        destination = links.element(given, values.get("log_destination"))
        data = {
            "vpc": links.element(given, values.get("vpc_id")),
            "traffic": text(values.get("traffic_type")).lower(),
            "log_group": logs.one(values.get("log_destination"), values.get("log_group_name")),
            "bucket": destination if destination in buckets else "",
            "role": links.element(given, values.get("iam_role_arn")),
        }
        if data["bucket"]:
            data["log_group"] = ""
        yield Piece(("observability", "flow_logs"), id_, data, found[0].address)


def _dashboards(given: Given) -> Iterator[Piece]:
    for id_, found in links.by_id(given, "aws_cloudwatch_dashboard").items():
        widgets = blocks(document(found[0].values.get("dashboard_body")).get("widgets"))
        titles = (text(document(widget.get("properties")).get("title")) for widget in widgets)
        data = {
            "name": text(found[0].values.get("dashboard_name")),
            "shows": [*dict.fromkeys(title for title in titles if title)],
        }
        yield Piece(("observability", "dashboards"), id_, data, found[0].address)

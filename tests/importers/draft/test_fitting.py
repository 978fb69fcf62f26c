"""What the model refuses is left out and said; whatever stands in a resource, the pieces of the areas load."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import given as each
from hypothesis import strategies as st

from archspec.importers.draft import data, delivery, edge, messaging, observability, security
from archspec.importers.draft.fitting import fitted
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.model.architecture import element_kinds
from archspec.model.element import references
from archspec.resources.resource import Inventory, Ref, Resource
from tests.importers.draft.reading import given

_AREAS = (data, messaging, edge, security, observability, delivery)
_HOME = ("data", "databases")
_NEEDED = {"engine": "postgres", "subnets": [], "security_groups": []}


def _fitted(piece: Piece) -> Piece | Left:
    return next(fitted(given({"aws_subnet.a": {}, "aws_kms_key.key": {}}), [piece]))


def test_what_is_empty_is_left_out_but_for_what_has_to_be_there() -> None:
    data_ = {**_NEEDED, "class": "", "backups": {"retention": "", "every": "1 day"}, "logs": [], "public": None}
    assert _fitted(Piece(_HOME, "db", data_, "a")) == Piece(
        _HOME, "db", {**_NEEDED, "backups": {"every": "1 day"}}, "a"
    )


def test_a_value_that_the_model_refuses_is_left_out_with_the_reason() -> None:
    piece = Piece(_HOME, "db", {**_NEEDED, "class": "huge", "backups": {"retention": "soon", "every": "1 day"}}, "a")
    assert _fitted(piece) == Piece(
        _HOME,
        "db",
        {**_NEEDED, "backups": {"every": "1 day"}},
        "a",
        (
            "`backups.retention` is left out: expected a duration such as 5 minutes, < 1 hour or 30 days",
            "`class` is left out: expected a class such as db.t4g.medium",
        ),
    )


def test_an_item_that_lacks_what_it_needs_goes_and_the_others_stay() -> None:
    instances = [{"az": "us-east-1a"}, {"role": "reader"}, {"role": "king"}]
    found = _fitted(Piece(_HOME, "db", {**_NEEDED, "instances": instances}, "a"))
    assert isinstance(found, Piece)
    assert found.data["instances"] == [{"role": "reader"}]


def test_references_to_nothing_or_to_another_kind_are_left_out() -> None:
    found = _fitted(Piece(_HOME, "db", {**_NEEDED, "subnets": ["a", "gone"], "key": "a"}, "address"))
    assert isinstance(found, Piece)
    assert found.data == {**_NEEDED, "subnets": ["a"]}
    assert found.guesses == ("`key` is left out: 'a' is no key", "`subnets` is left out: 'gone' is no subnet")


def test_a_piece_without_what_its_kind_needs_is_left() -> None:
    piece = Piece(_HOME, "db", {**_NEEDED, "engine": "oracle-ee"}, "aws_db_instance.db")
    assert _fitted(piece) == Left("aws_db_instance.db", "a database needs what it does not say: engine")


def test_names_with_braces_would_be_placeholders_and_are_left_out() -> None:
    assert _fitted(Piece(_HOME, "db", {**_NEEDED, "name": "a-{b}"}, "a")) == Piece(_HOME, "db", _NEEDED, "a")


_TYPES = sorted({type_ for area in _AREAS for type_ in area.TYPES})
_ATTRIBUTES = """
acl action addresses alarm_actions alarm_name alias aliases allocated_storage and
apply_server_side_encryption_by_default arn artifact_store assume_role_policy auth auth_token
automatically_after_days availability_zone backup_retention_period bucket category
cluster_identifier comparison_operator configuration connection_pool_config copy_action count
custom_header dashboard_body datapoints_to_alarm db_cluster_identifier db_proxy_name
db_subnet_group_name dimension dimensions days domain_name enable_key_rotation enabled
encryption_configuration endpoint engine engine_family engine_version environment
environment_variable expiration expression filter filter_policy fqdn id identifier inline_policy
instance_class key kms_key_id kms_master_key_id label level lifecycle_rule limit limit_amount
log_delivery_configuration log_destination managed_policy_arns managed_rule_group_statement
manage_master_user_password master_user_secret max_allocated_storage message_retention_seconds
metric metric_name metric_query monitor_arn_list multi_az name node_type notification
num_cache_clusters num_cache_nodes num_node_groups or origin parameter parameter_group_name
password period policy policy_arn port preferred_cache_cluster_azs priority protocol provider
queue_url rate_based_statement records redrive_policy replicas_per_node_group replicate_source_db
replication_group_id repository resource_arn resources retention_in_days role role_arn
rotation_rules rule rules schedule_expression scope secret_arn secret_id selection
server_side_encryption_configuration serverlessv2_scaling_configuration snapshot_retention_limit
source sqs_managed_sse_enabled stage statement status storage_type subnet_ids subscriber
target_key_id threshold threshold_expression time_unit topic_arn transition type user_group_ids
value values versioning viewer_certificate visibility_timeout_seconds vpc vpc_id web_acl_arn
web_acl_id widgets window writer zone_id Statement Principal Action Effect Condition Resource Bool
StringEquals AWS Service deadLetterTargetArn maxReceiveCount
"""
_KEYS = st.sampled_from(_ATTRIBUTES.split())
_WORDS = ["postgres", "redis", "x/y", "us-east-1a", "arn:aws:iam::1:root", "arn:aws:s3:::b", "Enabled", "AES256", "*"]
_WORDS += ["sqs", "email", "SERVICE", "Allow", "Deny", "db.t4g.small", "MONTHLY", "USD", "a\nb", "{x}", "\x00", "1e999"]
_TEXTS = st.sampled_from(_WORDS) | st.text(max_size=6)
_REFERENCES = st.tuples(st.sampled_from(_TYPES), st.integers(0, 8)).map(lambda one: Ref(f"{one[0]}.r{one[1]}"))
_PLAIN = st.none() | st.booleans() | st.integers() | st.integers(0, 400) | st.floats() | _TEXTS | _REFERENCES
_VALUES = st.recursive(
    _PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | _TEXTS, inner, max_size=4),
    max_leaves=10,
)


@each(st.lists(st.tuples(st.sampled_from(_TYPES), st.dictionaries(_KEYS, _VALUES, max_size=8)), max_size=9))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
def test_pieces_load_whatever_stands_in_a_resource(found: list[tuple[str, dict[str, Any]]]) -> None:
    resources = tuple(Resource(f"{type_}.r{i}", type_, values) for i, (type_, values) in enumerate(found))
    known = Given(
        Inventory("any", resources, (), "us-east-1"), {one.address: f"e{i}" for i, one in enumerate(resources)}
    )
    classes = element_kinds()
    pieces = [one for area in _AREAS for one in area.pieces(known) if isinstance(one, Piece)]
    there = {*known.ids.values(), *(piece.id for piece in pieces), "secrets-manager"}
    for piece in pieces:
        made = classes[piece.home].model_validate({**piece.data, "id": piece.id})
        assert {one.id for one in references(made)} <= there

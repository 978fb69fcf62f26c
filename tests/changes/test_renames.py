"""What has another id and is the same otherwise."""

from archspec.changes import Change
from tests.changes.two import NETWORK, changes, edited, risks


def told(found: tuple[Change, ...]) -> list[tuple[str, str, str, str]]:
    return [(one.what, one.sort, one.was, one.id) for one in found]


def test_an_element_with_another_id_is_renamed_and_nothing_else_changed() -> None:
    new = edited(NETWORK, ("    api:", "    backend:"), ("-> api:", "-> backend:"), ("- api ->", "- backend ->"))
    assert told(changes(NETWORK, new)) == [("renamed", "service", "api", "backend")]


def test_a_renamed_group_is_found_wherever_it_is_named() -> None:
    assert told(changes(NETWORK, NETWORK.replace("api-sg", "backend-sg"))) == [
        ("renamed", "security_group", "api-sg", "backend-sg")
    ]


def test_two_that_refer_to_each_other_are_both_renamed() -> None:
    old = """
messaging: {queues: {orders: {dead_letter: orders-dlq, retention: 1 day}, orders-dlq: {retention: 14 days}}}
"""
    assert told(changes(old, old.replace("orders", "sales"))) == [
        ("renamed", "queue", "orders", "sales"),
        ("renamed", "queue", "orders-dlq", "sales-dlq"),
    ]


def test_one_that_differs_in_anything_went_and_another_came() -> None:
    old = "security: {keys: {one: {alias: a}}}\n"
    assert told(changes(old, "security: {keys: {two: {alias: b}}}\n")) == [
        ("removed", "key", "", "one"),
        ("added", "key", "", "two"),
    ]


def test_where_two_could_be_meant_none_is_taken() -> None:
    old = "security: {keys: {one: {}, two: {}}}\n"
    assert told(changes(old, "security: {keys: {three: {}}}\n")) == [
        ("removed", "key", "", "one"),
        ("added", "key", "", "three"),
        ("removed", "key", "", "two"),
    ]


def test_one_with_other_flows_is_another() -> None:
    old = "external: {actors: {ann: {}, eve: {title: Eve}}}\nflows: [ann -> eve: 443]\n"
    new = "external: {actors: {bob: {}, eve: {title: Eve}}}\nflows: [bob -> eve: 80]\n"
    assert told(changes(old, new)) == [
        ("removed", "actor", "", "ann"),
        ("added", "actor", "", "bob"),
        ("added", "flow", "", "bob -> eve 80"),
        ("removed", "flow", "", "ann -> eve 443"),
    ]


def test_an_environment_with_another_name_renames_no_element_into_it() -> None:
    old = "environments: {staging: {}}\nsecurity: {keys: {one: {alias: a}}}\n"
    found = told(changes(old, old.replace("staging", "beta")))
    assert ("renamed", "key", "staging/one", "beta/one") not in found


def test_a_renamed_store_is_not_lost_and_needs_its_state_moved() -> None:
    rename = (("    db:", "    orders:"), ("-> db:", "-> orders:"))
    assert risks("data-lost", NETWORK, *rename) == []
    assert risks("renamed-stores", NETWORK, *rename) == [
        ("MEDIUM", "db is called orders now: Terraform would replace it, unless its state is moved first")
    ]


def test_a_renamed_element_has_its_findings_as_before() -> None:
    new = (("    api:", "    backend:"), ("-> api:", "-> backend:"), ("- api ->", "- backend ->"))
    assert risks("findings", NETWORK, *new) == []


def test_a_waiver_follows_what_it_is_about() -> None:
    old = NETWORK + "waivers: [{rule: AVL001, subject: api, reason: r, owner: o, expires: 2027-01-01}]\n"
    new = edited(
        old,
        ("    api:", "    backend:"),
        ("-> api:", "-> backend:"),
        ("- api ->", "- backend ->"),
        ("subject: api", "subject: backend"),
    )
    assert told(changes(old, new)) == [("renamed", "service", "api", "backend")]

"""What is encrypted with which key, and who reads which secret."""

from archspec.api import parse
from archspec.views import encryption
from archspec.views.view import Edge, Group, View
from tests.sample import HEADER

PARTS = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services: {web: {title: Web, subnets: [a], security_groups: [sg], secrets: [password]}}
security:
  keys: {own: {title: Main key, alias: alias/main, rotation: true}}
  secret_stores: {vault: {title: Vault, holds: [passwords]}, settings: {service: parameter-store, holds: [flags]}}
  secrets: {password: {store: vault, key: own, rotation: planned, recovery_window: 7 days, holds: the password}}
data:
  databases:
    orders: {engine: postgres, encrypted: true, key: own, subnets: [a], security_groups: [sg]}
    prices: {engine: postgres, encrypted: true, subnets: [a], security_groups: [sg]}
    drafts: {engine: postgres, encrypted: false, subnets: [a], security_groups: [sg]}
  buckets: {files: {encryption: sse-s3}, notes: {encryption: none}, old: {}}
observability: {log_groups: {web-logs: {}, audit-logs: {key: own}}}
"""


def drawn(text: str) -> View:
    [view] = encryption.project(parse(HEADER + text).graph)
    return view


def test_a_key_leads_to_what_it_encrypts_and_readers_to_what_they_read() -> None:
    assert drawn(PARTS).edges == (
        Edge("own", "orders"),
        Edge("own", "password"),
        Edge("own", "audit-logs"),
        Edge("web", "password", "reads"),
    )


def test_frames_hold_what_has_no_key_what_is_not_encrypted_and_the_secrets_of_a_store() -> None:
    view = drawn(PARTS)

    assert view.groups == (
        Group("@aws-key", "Encrypted, no KMS key of its own", "keyless"),
        Group("@not-encrypted", "Not encrypted", "open"),
        Group("vault", "Vault", "secret_store", subtitle="passwords"),
    )
    assert {node.id: node.parent for node in view.nodes if node.parent} == {
        "prices": "@aws-key",
        "files": "@aws-key",
        "web-logs": "@aws-key",
        "drafts": "@not-encrypted",
        "notes": "@not-encrypted",
        "password": "vault",
    }


def test_cards_tell_how_and_what_is_not_stated_is_told_below() -> None:
    view = drawn(PARTS)
    details = {node.id: node.detail for node in view.nodes}

    assert details["own"] == ("alias/main", "rotated")
    assert details["password"] == ("the password", "rotation planned", "kept 7 days when deleted")
    assert (details["orders"], details["files"], details["notes"]) == (
        ("encrypted",),
        ("encrypted SSE-S3",),
        ("not encrypted",),
    )
    assert view.hidden == ("Not stated whether encrypted, so not drawn: old.",)


def test_log_groups_are_drawn_where_one_of_them_has_a_key() -> None:
    without = drawn(PARTS.replace("audit-logs: {key: own}", "audit-logs: {}"))

    assert not {"web-logs", "audit-logs"} & {node.id for node in without.nodes}

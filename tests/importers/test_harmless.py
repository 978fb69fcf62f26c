"""What is not copied from a state, a plan, a template or an account into files that more people read."""

import pytest

from archspec.importers.harmless import harmless

GONE = 20 * "x"


@pytest.mark.parametrize(
    ("name", "value", "copied"),
    [
        ("JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjF9.c2lnbmF0dXJl", f"eyJ{GONE}"),
        ("WEBHOOK", "https://hooks.slack.com/services/T0/B0/abc", "https://hooks.slack.com/services/not-copied"),
        ("CALLBACK_URL", "https://x.example/?a=1&token=abc&b=2", "https://x.example/?a=1&token=not-copied&b=2"),
        ("DB", "Server=db;User=app;Password=abc;Encrypt=yes", "Server=db;User=app;Password=not-copied;Encrypt=yes"),
        ("ARGS", "serve --password=abc --port=80", "serve --password=not-copied --port=80"),
        ("CI", "glpat-abcdefghij0123456789", f"glpat-{GONE}"),
        ("PAY", "sk_test_abcdefghij0123456789", f"sk_test_{GONE}"),
        ("MODEL", "sk-proj-abcdefghij0123456789", f"sk-proj-{GONE}"),
        ("MAIL", "SG.abcdefghijklmnop0.abcdefghijklmnop1", f"SG.{GONE}"),
        ("ID", "AKIAIOSFODNN7EXAMPLE", f"AKIA{GONE}"),
        ("ARGS", "--id ASIAIOSFODNN7EXAMPLE -v", f"--id ASIA{GONE} -v"),
        ("MAPS", "AIzaabcdefghij0123456789", f"AIza{GONE}"),
        ("PW", "hunter2", "not copied"),
        ("DB_PASS", "hunter2", "not copied"),
        ("SIGNING_KEY", "abc", "not copied"),
    ],
)
def test_a_secret_is_not_copied(name: str, value: str, copied: str) -> None:
    assert harmless(name, value) == copied


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "info"),
        ("SORT_KEY", "created_at"),
        ("PASSENGERS", "many"),
        ("CLUSTER", "sk-prod-shop-cluster-one"),
        ("TOKEN_TTL", "900 seconds"),
        ("URL", "https://x.example/?token=${token}"),
        ("DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x"),
    ],
)
def test_what_is_no_secret_is_copied(name: str, value: str) -> None:
    assert harmless(name, value) == value

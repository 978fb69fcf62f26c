"""The questions that an account is asked. All of them only read, and none asks for the value of a secret."""

from archspec.importers.account.calls import guards, platform, stores, unknown
from archspec.importers.account.calls.call import Call

CALLS: tuple[Call, ...] = (*platform.CALLS, *stores.CALLS, *guards.CALLS, *unknown.CALLS)
"""What is asked, each after the one whose items it needs."""

READS = ("batch_get_", "describe_", "get_", "list_")
"""How the names of calls begin that change nothing."""

NEVER = frozenset({
    "batch_get_secret_value",
    "get_authorization_token",
    "get_federation_token",
    "get_object",
    "get_parameter",
    "get_parameter_history",
    "get_parameters",
    "get_parameters_by_path",
    "get_password_data",
    "get_secret_value",
    "get_session_token",
})  # fmt: skip
"""Calls that only read, and return what is secret."""


def is_harmless(call: Call) -> bool:
    """Whether a call only reads, and nothing secret."""
    return call.operation.startswith(READS) and call.operation not in NEVER

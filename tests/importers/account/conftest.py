"""Accounts of moto, in this process."""

from collections.abc import Iterator
from typing import Any, TypeAlias

import botocore.client
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from archspec.importers.account.capture import capture
from archspec.importers.account.saved import Saved
from tests.importers.account import made

Boto: TypeAlias = Any
"""boto3 ships no types."""


@pytest.fixture(scope="session")
def signed_in() -> Iterator[pytest.MonkeyPatch]:
    """Sign in to nothing; what moto does not implement is refused, and no error of moto."""
    asked = botocore.client.BaseClient._make_api_call  # noqa: SLF001 - what all calls go through

    def answered(self: Boto, operation: str, parameters: Boto) -> Boto:
        try:
            return asked(self, operation, parameters)
        except NotImplementedError:
            raise ClientError({"Error": {"Code": "NotImplemented"}}, operation) from None

    with pytest.MonkeyPatch.context() as patch:
        for name, value in (
            ("ACCESS_KEY_ID", "test"),
            ("SECRET_ACCESS_KEY", "test"),
            ("EC2_METADATA_DISABLED", "true"),
        ):
            patch.setenv(f"AWS_{name}", value)
        for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN"):
            patch.delenv(name, raising=False)
        patch.setattr(botocore.client.BaseClient, "_make_api_call", answered)
        yield patch


@pytest.fixture(scope="session")
def captured(signed_in: pytest.MonkeyPatch) -> tuple[Saved, Saved]:
    """Return what a small system answers, asked twice."""
    del signed_in
    with mock_aws():
        made.system()
        return capture(made.REGION, ""), capture(made.REGION, "")

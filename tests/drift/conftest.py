"""Systems that are applied to an AWS on this machine, as tests of that AWS have them."""

from tests.cloud.conftest import applied, pytest_collection_finish

__all__ = ["applied", "pytest_collection_finish"]

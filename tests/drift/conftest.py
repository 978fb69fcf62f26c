"""Systems that are applied to an AWS on this machine, as tests of that AWS have them."""

from tests.cloud.conftest import applied

__all__ = ["applied"]

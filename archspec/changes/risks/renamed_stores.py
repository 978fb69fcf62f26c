"""Stores that have another id: their data is theirs, and yet what is exported for them gets another address.

Terraform takes a resource with another address for a new one and destroys the old one, unless it is told of the move.
https://developer.hashicorp.com/terraform/language/modules/develop/refactoring
"""

from collections.abc import Iterator

from archspec.changes.change import Grade, Risk
from archspec.changes.versions import Versions
from archspec.model.data import Bucket, Store


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield every store and bucket that is renamed."""
    for was, id_ in versions.names.items():
        store = versions.now.get(id_)
        if isinstance(store, Store | Bucket):
            text = f"{was} is called {id_} now: Terraform would replace it, unless its state is moved first"
            yield Risk(Grade.MEDIUM, id_, text, store.path)

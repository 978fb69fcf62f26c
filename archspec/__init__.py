"""archspec: AWS architectures written once as YAML, checked, drawn, documented and exported.

>>> import archspec
>>> archspec.load("specs/shop.yaml").path("internet", "db").is_open
False

The Python interface is `archspec.api`, whose steps this package offers by name. Importing it imports nothing else: a
step is there when it is first asked for.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archspec.api import System, check, document, export, load, parse, render

__version__ = "0.1.0"

__all__ = ["System", "check", "document", "export", "load", "parse", "render"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  whatever stands under the name
    """Return a step of `archspec.api`; https://peps.python.org/pep-0562/ has it asked for when it is missing here."""
    if name not in __all__:
        raise AttributeError(f"module 'archspec' has no attribute '{name}'")
    from archspec import api

    return getattr(api, name)


def __dir__() -> list[str]:
    """List the steps as well, for those who explore."""
    return sorted([*globals(), *__all__])

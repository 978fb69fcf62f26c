"""moto ships no types: what is its own is called so."""

from typing import Any, TypeAlias

Moto: TypeAlias = Any

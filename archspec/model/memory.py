"""Memory as AWS counts it: whole MiB, written as a number, in MB or in GB."""

import re
from decimal import Decimal
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

_EXPECTED = "a whole number of MiB such as 512, or 512 MB, or 1 GB"
_MEMORY = re.compile(r"(?P<number>\d{1,9}(?:\.\d{1,6})?)(?:\s?(?P<unit>MB|MiB|GB|GiB))?", re.ASCII)
_MEBIBYTES = {None: 1, "MB": 1, "MiB": 1, "GB": 1024, "GiB": 1024}


class Mebibytes(int):
    """An amount of memory as a whole number of MiB, with its spelling in `text`: `512 MiB`, `512 MB`, `0.5 GB`.

    AWS counts in units of 1024 and writes MB and GB.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `text`; raises `ValueError` with what was expected."""
        found = _MEMORY.fullmatch(text.strip())
        size = Decimal(found["number"]) * _MEBIBYTES[found["unit"]] if found else Decimal(0)
        if found is None or size <= 0 or size != size.to_integral_value():
            raise ValueError(_EXPECTED)
        made = cls(size)
        made.text = found[0] if found["unit"] else f"{made} MiB"
        return made

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(_validated)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        pattern = re.sub(r"[(][?]P<[a-z]+>", "(?:", _MEMORY.pattern)
        return {"title": "Memory", "description": _EXPECTED, "pattern": rf"^\s*{pattern}\s*$"}


def _validated(value: object) -> Mebibytes:
    if isinstance(value, Mebibytes):
        return value
    try:
        return Mebibytes.parse(str(value))
    except ValueError as error:
        raise PydanticCustomError("quantity", "expected {expected}", {"expected": str(error)}) from None

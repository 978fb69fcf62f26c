import pytest
from pydantic import TypeAdapter, ValidationError

from archspec.model.memory import Mebibytes


@pytest.mark.parametrize(
    ("text", "mebibytes", "spelt"),
    [("512", 512, "512 MiB"), ("512 MB", 512, "512 MB"), ("0.5GB", 512, "0.5GB"), ("2 GiB", 2048, "2 GiB")],
)
def test_memory_is_counted_in_mebibytes_and_keeps_its_spelling(text: str, mebibytes: int, spelt: str) -> None:
    parsed = TypeAdapter(Mebibytes).validate_python(text)
    assert (int(parsed), parsed.text) == (mebibytes, spelt)


@pytest.mark.parametrize("value", ["", "0", "-1", "1.5", "1 KB", "1 TB", "٣", "1" * 5000, True, None, [512]])
def test_what_is_no_amount_of_memory_says_what_is(value: object) -> None:
    with pytest.raises(ValidationError, match="expected a whole number of MiB such as 512, or 512 MB, or 1 GB"):
        TypeAdapter(Mebibytes).validate_python(value)

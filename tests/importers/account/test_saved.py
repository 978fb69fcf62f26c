"""Whatever is done to a saved account, it is read or its place is told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec.cli import run
from archspec.errors import SpecError, UsageError
from archspec.importers.account import read
from archspec.importers.account.saved import Saved, may_be_replaced
from archspec.importers.draft import draft
from archspec.resources.resource import Inventory
from tests.importers.account.folders import Json, folder, write

VPCS = "ec2.describe_vpcs"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return folder(tmp_path, {VPCS: [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]})


def problem(saved: Path) -> str:
    with pytest.raises(SpecError) as caught:
        read(saved, "account")
    (found,) = caught.value.problems
    assert "save the account anew" in found.hint
    return f"{found.location}: {found.message}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"with": {}, "items": [', ":1:25: ends in the middle: Expecting value"),
        ("", ":1:1: is empty"),
        ("{}", ":1:1: this is no part of a saved account"),
        ('[\n{"with": {}}]', ":2:1: this is not what an account is asked and answers"),
        ('[{"with": {}, "items": [1]}]', ":1:25: this is nothing that AWS answers"),
        ('[{"with": {}, "items": [{}]}]', ":1:1: this is not what AWS answers: 'VpcId' is missing"),
        (
            '[{"with": {}, "items": [{"VpcId": {}}]}]',
            ":1:1: this is not what AWS answers: something in it has another form",
        ),
        ('[{"with": {}, "items": [{"VpcId": NaN}]}]', ":1:1: holds what no plan or state does: NaN is not JSON"),
    ],
)  # fmt: skip
def test_a_file_that_is_broken_is_told_with_its_place(saved: Path, text: str, expected: str) -> None:
    (saved / f"{VPCS}.json").write_text(text)
    assert problem(saved) == f"account/{VPCS}.json{expected}"


def test_a_file_that_is_no_text_is_told(saved: Path) -> None:
    (saved / f"{VPCS}.json").write_bytes(b"\xff\xfe")
    assert problem(saved) == f"account/{VPCS}.json:1:1: it is not UTF-8 text"


def test_a_file_that_is_gone_is_told(saved: Path) -> None:
    (saved / f"{VPCS}.json").unlink()
    with pytest.raises(UsageError, match=rf"account/{VPCS}.json cannot be read: No such file or directory; save the"):
        read(saved, "account")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"format": 2}, ":4:12: it is saved in format 2, and 1 is read"),
        ({"region": "mars"}, ":6:12: it does not say its Region"),
        ({"refused": []}, ":1:1: it does not say whose account it is, or what was asked"),
        ({"account": 1}, ":1:1: it does not say whose account it is, or what was asked"),
    ],
)
def test_an_account_that_says_what_none_does_is_told(saved: Path, change: Json, expected: str) -> None:
    path = saved / "account.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}, indent=1, sort_keys=True))
    assert problem(saved).startswith("account/account.json:")
    assert problem(saved).endswith(expected.rpartition(": ")[2])


def test_calls_of_a_later_archspec_are_passed_over(saved: Path) -> None:
    path = saved / "account.json"
    path.write_text(path.read_text().replace(VPCS, "../../etc/passwd"))
    assert read(saved).resources == ()


@pytest.mark.parametrize(
    ("name", "expected"), [("", True), (f"{VPCS}.json", True), ("notes.md", False), ("more/notes", False)]
)
def test_only_what_archspec_saved_is_replaced(saved: Path, name: str, expected: bool) -> None:
    if name:
        (saved / name).parent.mkdir(exist_ok=True)
        (saved / name).write_text("mine")
    assert may_be_replaced(saved) is expected


def test_an_empty_folder_may_be_filled_and_a_file_or_other_folder_not(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "main.py").touch()
    assert [may_be_replaced(tmp_path / name) for name in ("empty", "file", "other")] == [True, False, False]


STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.text(max_size=20),
    st.sampled_from(["arn:aws:s3:::x", "{}", "vpc-1", "default", "\x00\u202e", "-1", "0.0.0.0/0"]),
    st.lists(
        st.one_of(st.none(), st.text(max_size=5), st.dictionaries(st.text(max_size=5), st.integers())), max_size=3
    ),
    st.dictionaries(st.text(max_size=8), st.one_of(st.none(), st.text(max_size=5)), max_size=3),
)


def places(value: Json) -> Iterator[tuple[Json, str | int]]:
    """Yield every place in JSON: what holds it, and its key there."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in [*steps]:
        yield value, key
        yield from places(inner)


@pytest.fixture(scope="module")
def whole(captured: tuple[Saved, Saved], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("spoilt") / "shop", captured[0])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_any_saved_account_gives_an_inventory_or_says_where_it_is_wrong(whole: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(whole.iterdir())))
    before = path.read_bytes()
    spoilt = json.loads(before)
    holder, key = data.draw(st.sampled_from([*places(spoilt)]))
    if data.draw(st.booleans()):
        holder[key] = data.draw(STRANGE)
    else:
        del holder[key]
    path.write_text(json.dumps(spoilt))
    try:
        assert told(whole) in {None, *(one.as_posix() for one in whole.iterdir())}
    finally:
        path.write_bytes(before)


def told(folder: Path) -> str | None:
    """Return the file that is wrong; nothing where a folder gives a spec."""
    try:
        found = read(folder)
    except SpecError as error:
        return error.problems[0].location.file
    assert isinstance(found, Inventory)
    assert draft(found).text
    return None


def test_a_saved_account_is_linted_as_a_file_is(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint", str(saved), str(saved), "--select", "OBS005", "--info"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert shown.out.splitlines()[0] == f"{saved.as_posix()}:1:1: unknown OBS005 vpc-without-flow-log"
    assert shown.out.splitlines()[-1] == "0 errors, 1 unknown"


def test_a_path_that_is_too_long_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "x" * 5000]) == 2
    assert capsys.readouterr().err == f"archspec: {'x' * 5000} cannot be read: File name too long\n"

"""`archspec import --account`, and everything that can go wrong with it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archspec.cli import run
from archspec.importers import spec
from archspec.importers.account import capture as capturing
from archspec.importers.account.saved import Saved

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def archspec(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command, and gives its exit code and what it printed."""

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = run(["import", *arguments])
        return code, *capsys.readouterr()

    return ran


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, captured: tuple[Saved, Saved]) -> list[tuple[str, str]]:
    """Answer as the small system does; returns with which Region and profile it was asked."""
    found: list[tuple[str, str]] = []

    def answer(region: str, profile: str) -> Saved:
        found.append((region, profile))
        return captured[0]

    monkeypatch.setattr(capturing, "capture", answer)
    return found


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Forget every credential, profile and Region."""
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "PROFILE", "REGION", "DEFAULT_REGION"):
        monkeypatch.delenv(f"AWS_{name}", raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def test_an_account_is_saved_and_drafted(archspec: Run, asked: list[tuple[str, str]], tmp_path: Path) -> None:
    saved = tmp_path / "account"
    code, out, err = archspec("--account", "--save", str(saved), "--region", "eu-central-1", "--profile", "shop")
    assert (code, asked) == (0, [("eu-central-1", "shop")])
    assert spec.parse(out).architecture.account == "123456789012"
    assert f"{saved.as_posix()} now has what account 123456789012 answered in eu-central-1\n" in err
    assert "not understood: aws_vpc: 1: made by AWS\n" in err
    assert "\n75 resources, 74 understood, 1 not\n" in err


def test_a_saved_account_is_drafted_again_without_asking(
    archspec: Run, asked: list[tuple[str, str]], tmp_path: Path
) -> None:
    saved = str(tmp_path / "account")
    _, first, _ = archspec("--account", "--save", saved)
    assert archspec(saved)[:2] == (0, first)
    assert len(asked) == 1


def test_an_account_that_is_asked_anew_replaces_what_was_saved(
    archspec: Run, asked: list[tuple[str, str]], tmp_path: Path
) -> None:
    saved = tmp_path / "account"
    archspec("--account", "--save", str(saved))
    (saved / "ec2.describe_vpcs.json").write_text("stale")
    assert archspec("--account", "--save", str(saved))[0] == 0
    assert len(asked) == 2
    assert (saved / "ec2.describe_vpcs.json").read_text() != "stale"
    assert [one.name for one in tmp_path.iterdir()] == ["account"]


def test_a_saved_account_is_nobody_elses_to_read(archspec: Run, asked: list[tuple[str, str]], tmp_path: Path) -> None:
    saved = tmp_path / "account"
    archspec("--account", "--save", str(saved))
    assert asked
    assert saved.stat().st_mode & 0o777 == 0o700


def test_a_folder_of_something_else_is_left_alone_and_nothing_is_asked(
    archspec: Run, asked: list[tuple[str, str]], tmp_path: Path
) -> None:
    (tmp_path / "notes.md").write_text("mine")
    code, _, err = archspec("--account", "--save", str(tmp_path))
    assert (code, asked) == (2, [])
    assert f"{tmp_path.as_posix()} is already there and is no saved account; name another folder" in err


def test_a_spec_that_is_there_is_told_before_anything_is_asked(
    archspec: Run, asked: list[tuple[str, str]], tmp_path: Path
) -> None:
    out = tmp_path / "shop.yaml"
    out.touch()
    assert archspec("--account", "--save", str(tmp_path / "account"), "--out", str(out))[0] == 2
    assert asked == []


def test_nothing_is_left_where_the_folder_cannot_be_made(
    archspec: Run, asked: list[tuple[str, str]], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    code, _, err = archspec("--account", "--save", str(tmp_path / "file" / "account"))
    assert (code, len(asked)) == (2, 1)
    assert "cannot be written" in err
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name what to import: a file, the folder of a saved account, or --account --save FOLDER"),
        (("--account",), "name a folder with --save"),
        (("--account", "--save", "x", "plan.json"), "plan.json is a source too; name one of them"),
        (("plan.json", "--save", "x"), "add --account"),
        (("plan.json", "--region", "us-east-1"), "add --account"),
    ],
)
def test_a_command_line_that_means_two_things_is_told(archspec: Run, arguments: tuple[str, ...], said: str) -> None:
    code, _, err = archspec(*arguments)
    assert code == 2
    assert said in err


def test_without_boto3_the_extra_to_install_is_told(
    archspec: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    code, _, err = archspec("--account", "--save", str(tmp_path / "account"))
    assert code == 3
    assert "pip install 'archspec-toolkit[account]'" in err


@pytest.mark.usefixtures("nobody")
def test_without_a_region_the_ways_to_name_one_are_told(archspec: Run, tmp_path: Path) -> None:
    code, _, err = archspec("--account", "--save", str(tmp_path / "account"))
    assert code == 2
    assert "no AWS Region is known; name it with --region, or set AWS_REGION" in err


@pytest.mark.usefixtures("nobody")
def test_without_credentials_it_says_to_sign_in(archspec: Run, tmp_path: Path) -> None:
    code, _, err = archspec("--account", "--save", str(tmp_path / "account"), "--region", "us-east-1")
    assert code == 3
    assert "AWS does not say whose account this is: Unable to locate credentials; sign in, or name a --profile" in err
    assert not (tmp_path / "account").exists()


@pytest.mark.usefixtures("nobody")
def test_a_profile_that_is_none_is_told(archspec: Run, tmp_path: Path) -> None:
    code, _, err = archspec("--account", "--save", str(tmp_path / "account"), "--profile", "nobody")
    assert code == 3
    assert "AWS cannot be asked: The config profile (nobody) could not be found" in err


def test_boto3_is_not_imported_until_an_account_is_asked() -> None:
    modules = "archspec.cli, archspec.commands.importing, archspec.importers.account.capture"
    script = f"import sys, {modules}; sys.exit('boto3' in sys.modules or 'botocore' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0

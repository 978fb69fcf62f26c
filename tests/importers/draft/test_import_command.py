"""`archspec import` on files as tools write them."""

import json
from pathlib import Path

import pytest

from archspec.cli import run
from archspec.importers import sources, spec

PLAN = {
    "format_version": "1.2",
    "terraform_version": "1.11.4",
    "planned_values": {
        "root_module": {
            "resources": [
                {
                    "address": f"{type_}.main", "mode": "managed", "type": type_, "name": "main",
                    "provider_name": "registry.terraform.io/hashicorp/aws", "values": values,
                }
                for type_, values in (
                    ("aws_vpc", {"cidr_block": "10.0.0.0/16", "tags": {"Name": "shop"}}),
                    ("aws_lambda_function", {"function_name": "thumbnails"}),
                )
            ]
        }
    },
    "configuration": {"root_module": {}},
}  # fmt: skip
TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Main:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(PLAN))
    return path


def test_prints_a_spec_that_loads_and_says_what_was_understood(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(plan)]) == 0
    out, err = capsys.readouterr()
    assert [*spec.parse(out).architecture.network.vpcs] == ["shop"]
    assert err == (
        "understood: aws_vpc: 1\n"
        "not understood: aws_lambda_function: 1: archspec has no kind of element for it\n"
        "2 resources, 1 understood, 1 not\n"
    )


def test_writes_the_spec(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "shop.yaml"
    assert run(["import", str(plan), "--out", str(out), "--name", "Shop"]) == 0
    assert spec.load(out).architecture.name == "shop"
    assert f"wrote {out.as_posix()}; now: archspec lint" in capsys.readouterr().err


def test_writes_over_nothing_without_force(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "shop.yaml"
    out.write_text("mine")
    assert run(["import", str(plan), "--out", str(out)]) == 2
    assert "is already there" in capsys.readouterr().err
    assert out.read_text() == "mine"
    assert run(["import", str(plan), "--out", str(out), "--force"]) == 0
    assert spec.load(out).architecture.name == "plan"


def test_reads_a_template(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(TEMPLATE)
    assert run(["import", str(path)]) == 0
    assert [*spec.parse(capsys.readouterr().out).architecture.network.vpcs] == ["main"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("main.tf", b'resource "aws_vpc" "main" {}', "terraform show -json"),
        ("a.json", b"{}", "nothing to import from"),
        ("a.tfplan", b"PK\x03\x04\xff\xfe", "not UTF-8 text"),
        ("empty", b"", "nothing to import from"),
    ],
)
def test_says_what_to_do_about_what_it_cannot_read(
    name: str, content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert run(["import", str(path)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (json.dumps(PLAN), True),
        (TEMPLATE, True),
        ("archspec: 1\nname: x\nregion: us-east-1\ndescription: |\n  Resources: AWS::EC2::VPC\n", False),
        ("", False),
    ],
)
def test_a_spec_is_no_source(text: str, expected: bool, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text)
    assert sources.fits(path) is expected


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [run(["import", str(tmp_path / "no.json")]), run(["import", str(tmp_path)])] == [2, 2]
    err = capsys.readouterr().err
    assert "cannot be read: No such file" in err
    assert "is a folder" in err


def test_a_broken_plan_is_located(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.json"
    path.write_text('{"planned_values": ')
    assert run(["import", str(path)]) == 2
    assert "plan.json:1:" in capsys.readouterr().err


def test_names_that_could_fake_output_are_made_harmless(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(PLAN).replace("aws_lambda_function", "aws_x\\u001b[2J"))
    assert run(["import", str(path)]) == 0
    out, err = capsys.readouterr()
    assert "not understood: aws_x\ufffd[2J: 1" in err
    assert "\x1b" not in out + err

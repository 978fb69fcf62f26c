"""`archspec export` writes what is asked for, and says what else is there and what there is not."""

from pathlib import Path

import pytest

from archspec import cli

SPEC = """\
archspec: 1
name: shop
region: us-east-1
stage: development
environments:
  staging: {stage: staging}
  beta: {}
  production: {status: planned, stage: production}
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
"""
ALONE = "archspec: 1\nname: alone\nregion: us-east-1\nstage: staging\ndata: {buckets: {files: {}}}\n"


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shop.yaml").write_text(SPEC, encoding="utf-8")
    Path("alone.yaml").write_text(ALONE, encoding="utf-8")


def export(
    capsys: pytest.CaptureFixture[str], *arguments: str, spec: str = "shop.yaml", target: str = "terraform"
) -> tuple[int, str]:
    """Return the exit status and what is said on standard error."""
    status = cli.run(["export", target, spec, "--out", "out", *arguments])
    return status, capsys.readouterr().err


def stage() -> list[str]:
    """Return the stage that the provider tags everything with."""
    lines = (line.split() for line in Path("out/main.tf").read_text("utf-8").splitlines())
    return [words[2].strip('"') for words in lines if words[:1] == ["Stage"]]


def test_into_its_own_folder_it_writes_without_a_warning_again_and_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert [export(capsys), export(capsys)] == [(0, ""), (0, "")]


def test_files_that_the_export_did_not_write_are_named_and_kept(capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").mkdir()
    for name in ("storage.tf", "more.tf.json", "template.json", "terraform.tfvars", "notes.md"):
        (Path("out") / name).write_text("mine", encoding="utf-8")
    others = "more.tf.json, storage.tf, template.json"
    told = f"archspec: out also holds {others}, which this export did not write; "
    what_to_do = "delete what is of an older export, or choose another folder\n"
    assert export(capsys) == (0, told + what_to_do)
    assert (Path("out") / "storage.tf").read_text("utf-8") == "mine"


def test_a_template_beside_files_for_terraform_is_told_of_those(capsys: pytest.CaptureFixture[str]) -> None:
    export(capsys, spec="alone.yaml", target="terraform")
    status, said = export(capsys, spec="alone.yaml", target="cloudformation")
    assert (status, said.partition(" which ")[0]) == (
        0,
        "archspec: out also holds access_logs.tf, buckets.tf, keys.tf, main.tf, variables.tf, versions.tf,",
    )


REFUSED = "archspec: out already holds %s, not written by an export; "
ADVICE = "choose another folder, or write over it with --force\n"


@pytest.mark.parametrize("mapped", ["", "not json", '{"version": 3, "mappings": "AAAA"}', '{"a": {"line": 1}}', "[]"])
def test_what_no_export_wrote_is_not_written_over_and_nothing_else_is_written(
    capsys: pytest.CaptureFixture[str], mapped: str
) -> None:
    Path("out").mkdir()
    Path("out/network.tf").write_text("mine", encoding="utf-8")
    names = ["network.tf"]
    if mapped:
        Path("out/source-map.json").write_text(mapped, encoding="utf-8")
        names.append("source-map.json")
    assert export(capsys) == (2, REFUSED % ", ".join(names) + ADVICE)
    assert sorted(path.name for path in Path("out").iterdir()) == names
    assert Path("out/network.tf").read_text("utf-8") == "mine"


def test_with_force_what_no_export_wrote_is_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").mkdir()
    Path("out/network.tf").write_text("mine", encoding="utf-8")
    assert export(capsys, "--force") == (0, "")
    assert '"aws_vpc"' in Path("out/network.tf").read_text("utf-8")


def test_a_file_that_holds_the_same_already_is_no_reason_to_refuse(capsys: pytest.CaptureFixture[str]) -> None:
    export(capsys)
    Path("out/source-map.json").unlink()
    assert export(capsys) == (0, "")


def test_what_an_earlier_export_wrote_is_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    export(capsys)
    Path("shop.yaml").write_text(SPEC.replace("10.0.0.0", "10.9.0.0"), encoding="utf-8")
    assert export(capsys) == (0, "")
    assert "10.9.0.0/16" in Path("out/network.tf").read_text("utf-8")


def test_the_help_has_an_example_of_each_target(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", "--help"]) == 0
    assert capsys.readouterr().out.rstrip().splitlines()[-2:] == [
        "  archspec export terraform specs/shop.yaml --out build/shop",
        "  archspec export cloudformation specs/shop.yaml --out build/shop-stack",
    ]


def test_the_name_of_such_a_file_cannot_fake_output(capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").mkdir()
    Path("out/\x1b[2Ja\n.tf").write_text("", encoding="utf-8")
    assert "holds �[2Ja�.tf, which" in export(capsys)[1]


def test_an_unknown_environment_is_told_with_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert export(capsys, "--environment", "nowhere") == (
        2,
        "archspec: no environment of shop.yaml is called 'nowhere'; there are: staging, beta, production\n",
    )
    assert not Path("out").exists()


@pytest.mark.parametrize("name", ["staging", "production"])
def test_one_environment_is_tagged_with_its_stage(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert export(capsys, "--environment", name) == (0, "")
    assert stage() == [name]
    assert f'"aws_vpc" "{name}__main"' in Path("out/network.tf").read_text("utf-8")


def test_an_environment_that_states_no_stage_has_that_of_the_spec(capsys: pytest.CaptureFixture[str]) -> None:
    assert export(capsys, "--environment", "beta") == (0, "")
    assert stage() == ["development"]


def test_environments_of_several_stages_beside_each_other_share_no_tag(capsys: pytest.CaptureFixture[str]) -> None:
    export(capsys)
    assert stage() == []


def test_without_environments_everything_is_of_the_stage_of_the_spec(capsys: pytest.CaptureFixture[str]) -> None:
    export(capsys, spec="alone.yaml")
    assert stage() == ["staging"]

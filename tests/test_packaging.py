"""What people install: a wheel with all that archspec needs away from a checkout, and locks that agree."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = ROOT / ".ci" / "lock"
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.+!-]+)", re.MULTILINE)
UNREACHABLE = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ProxyError")


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )


def built(target: str, source: Path, out: Path) -> Path:
    build = [sys.executable, "-m", "hatchling", "build"]
    made = run(*build, "--target", target, "--directory", out, folder=source)
    assert made.returncode == 0, made.stderr
    (path,) = out.iterdir()
    return path


def contents(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def files(folder: Path) -> set[str]:
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts}


def installed(wheel: Path, environment: Path) -> Path:
    """An environment with the locked dependencies and the wheel, and nothing from this checkout."""
    venv.create(environment)
    pip = [sys.executable, "-m", "pip", "--python", str(environment), "--quiet", "install", "--retries", "1"]
    dependencies = run(*pip, "--require-hashes", "--requirement", LOCKS / "runtime.txt", folder=environment)
    if dependencies.returncode and any(sign in dependencies.stderr for sign in UNREACHABLE):
        pytest.skip("the package index cannot be reached")
    assert dependencies.returncode == 0, dependencies.stderr
    package = run(*pip, "--no-index", "--no-deps", wheel, folder=environment)
    assert package.returncode == 0, package.stderr
    return environment / "bin"


@pytest.mark.slow
def test_the_wheel_holds_the_package_and_the_rule_packs_and_nothing_else(tmp_path: Path) -> None:
    package = {f"archspec/{name}" for name in files(ROOT / "archspec")}
    packs = {f"archspec/packs/{name}" for name in files(ROOT / "rules")}

    assert packs
    assert contents(built("wheel", ROOT, tmp_path)) == package | packs


@pytest.mark.slow
@pytest.mark.parametrize("part", [r"/py\.typed$", r"/templates/.", r"/fonts/.+\.ttf$", r"/packs/.+\.yaml$", r"\.json$"])
def test_the_wheel_carries_the_data_that_the_code_reads(part: str, tmp_path: Path) -> None:
    assert [name for name in contents(built("wheel", ROOT, tmp_path)) if re.search(part, name)]


@pytest.mark.slow
def test_the_source_distribution_builds_the_same_wheel(tmp_path: Path) -> None:
    source = built("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(source) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 and later have it
        archive.extractall(tmp_path / "unpacked")  # noqa: S202  an archive that this test made
    (unpacked,) = (tmp_path / "unpacked").iterdir()

    again = built("wheel", unpacked, tmp_path / "again")

    assert again.read_bytes() == built("wheel", ROOT, tmp_path / "direct").read_bytes()


@pytest.mark.slow
def test_an_installed_wheel_lints_and_draws_away_from_its_checkout(tmp_path: Path) -> None:
    commands = installed(built("wheel", ROOT, tmp_path / "wheel"), tmp_path / "environment")
    spec = shutil.copy(ROOT / "specs" / "examples" / "hello.yaml", tmp_path)

    origin = run(commands / "python", "-c", "import archspec; print(archspec.__file__)", folder=tmp_path)
    rules = run(commands / "archspec", "rules", folder=tmp_path)
    lint = run(commands / "archspec", "lint", spec, folder=tmp_path)
    drawing = run(commands / "archspec", "render", spec, "--out", tmp_path / "pictures", folder=tmp_path)

    assert Path(origin.stdout).is_relative_to(tmp_path), origin.stderr
    assert "NET001" in rules.stdout, rules.stderr
    assert lint.returncode in {0, 1}, lint.stderr
    assert drawing.returncode == 0, drawing.stderr
    assert [path for path in (tmp_path / "pictures").rglob("*.svg") if path.stat().st_size]


def pins(lock: str) -> dict[str, str]:
    found = PIN.finditer((LOCKS / lock).read_text(encoding="utf-8"))
    return {canonicalize_name(pin["name"]): pin["version"] for pin in found}


def test_the_runtime_lock_satisfies_what_the_package_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [Requirement(line) for line in project["dependencies"]]
    locked = pins("runtime.txt")

    refused = [str(one) for one in asked if not one.specifier.contains(locked[canonicalize_name(one.name)])]

    assert refused == []


def test_the_development_lock_agrees_with_the_runtime_lock() -> None:
    assert pins("runtime.txt").items() <= pins("dev.txt").items()


@pytest.mark.parametrize("lock", ["runtime.txt", "dev.txt", "checkov.txt"])
def test_a_lock_names_no_index_and_no_path_of_the_machine_that_wrote_it(lock: str) -> None:
    lines = (LOCKS / lock).read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if re.search(r"://|--index|--extra|--find-links|(^|\s)/\w", line)] == []

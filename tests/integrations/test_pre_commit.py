"""The hooks of pre-commit, run by pre-commit in a repository, on commits."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests.integrations.repository import IDENTITY, RED, SPEC, commit, git, started

ROOT = Path(__file__).parents[2]
HOOKS = {one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
pytestmark = pytest.mark.slow
UNREACHABLE = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ProxyError")
SETTINGS = '[tool.archspec]\nselect = ["NET"]\nviews = ["network"]\nformats = ["mermaid"]\n'
BROKEN = SPEC.replace("compute:", "compuet:")
OTHER = SPEC.replace("name: shop", "name: other")


class Published(NamedTuple):
    """A repository with the hooks as they stand here, its commit, and an environment in which they are installed."""

    folder: Path
    revision: str
    environment: dict[str, str]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("published")
    names = (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE")
    here = started(folder / "archspec", {name: (ROOT / name).read_text(encoding="utf-8") for name in names})
    for name in ("archspec", "rules"):
        shutil.copytree(ROOT / name, here / name, ignore=shutil.ignore_patterns("__pycache__"))
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))}
    environment = {
        **surroundings,
        **IDENTITY,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(folder / "home"),
        "PRE_COMMIT_COLOR": "never",
        "ARCHSPEC_CACHE_DIR": str(folder / "cache"),
        "PIP_RETRIES": "1",
    }
    made = Published(here, commit(here, {}), environment)
    installed = prepared(folder / "first", made, *HOOKS).run("pre-commit", "install-hooks")
    if installed.returncode and any(sign in installed.stdout for sign in UNREACHABLE):
        pytest.skip("the package index cannot be reached")
    assert installed.returncode == 0, installed.stdout
    return made


class Checkout:
    """A repository whose commits the hooks look at."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a program in the repository."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def commit(self) -> tuple[int, str]:
        """Commit all there is, if the hooks let it; return the status and what was said."""
        git(self.folder, "add", "--all")
        ran = self.run("git", "commit", "--quiet", "--message", "change")
        return ran.returncode, ran.stdout


def prepared(folder: Path, hooks: Published, *wanted: str) -> Checkout:
    """Make a repository of two systems that uses some of the hooks."""
    repository = {"repo": str(hooks.folder), "rev": hooks.revision, "hooks": [{"id": one} for one in wanted]}
    first = {
        ".pre-commit-config.yaml": yaml.safe_dump({"repos": [repository]}),
        "pyproject.toml": SETTINGS,
        "specs/shop.yaml": SPEC,
        "specs/other.yaml": OTHER,
    }
    checkout = Checkout(started(folder, first), hooks.environment)
    assert checkout.run("pre-commit", "install").returncode == 0
    return checkout


def written(checkout: Checkout, name: str, text: str) -> None:
    path = checkout.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def test_a_broken_spec_blocks_its_commit_and_nobody_elses(tmp_path: Path, published: Published) -> None:
    checkout = prepared(tmp_path / "a repository", published, "archspec-lint")
    written(checkout, "specs/shop.yaml", BROKEN)
    blocked, told = checkout.commit()
    commit(checkout.folder, {}, "without the hooks")
    written(checkout, "specs/other.yaml", OTHER.replace("desired: 2", "desired: 3"))

    assert (blocked, "specs/shop.yaml:10:1: error DOC002" in told, "specs/other.yaml" in told) == (1, True, False)
    assert checkout.commit() == (0, "archspec lint............................................................Passed\n")


def test_names_with_spaces_and_line_ends_of_another_platform_are_no_obstacle(
    tmp_path: Path, published: Published
) -> None:
    checkout = prepared(tmp_path / "repository", published, "archspec-lint")
    red = RED.replace("name: shop", "name: my-shop").replace("\n", "\r\n")
    written(checkout, "specs/my shop.yaml", red)
    blocked, told = checkout.commit()
    written(checkout, "specs/my shop.yaml", red.replace("port: 80", "port: 443"))

    assert (blocked, "specs/my shop.yaml:14:5: error NET001" in told, checkout.commit()[0]) == (1, True, 0)


def test_a_spec_may_be_deleted_and_renamed_and_a_missing_part_is_told(tmp_path: Path, published: Published) -> None:
    checkout = prepared(tmp_path / "repository", published, "archspec-lint")
    git(checkout.folder, "rm", "--quiet", "specs/other.yaml")
    deleted = checkout.commit()
    git(checkout.folder, "mv", "specs/shop.yaml", "specs/store.yaml")
    renamed = checkout.commit()
    written(checkout, "specs/store.yaml", f"{SPEC}include: [gone.yaml]\n")

    assert (deleted[0], "(no files to check)" in deleted[1], renamed[0], "Passed" in renamed[1]) == (0, True, 0, True)
    status, told = checkout.commit()
    assert (status, "specs/store.yaml:15:11: error DOC000" in told, "'gone.yaml' is not a file" in told) == (
        1,
        True,
        True,
    )


def test_documents_and_pictures_have_to_be_in_the_commit_of_their_spec(tmp_path: Path, published: Published) -> None:
    checkout = prepared(tmp_path / "repository", published, "archspec-docs", "archspec-diagrams")
    written(checkout, "specs/shop.yaml", SPEC.replace("desired: 2", "desired: 3"))
    blocked, told = checkout.commit()
    made = git(checkout.folder, "ls-files", "--others").splitlines()
    passed = checkout.commit()
    written(checkout, "docs/systems/shop.md", "by hand\n")
    by_hand = checkout.commit()

    assert (blocked, [line for line in told.splitlines() if line.startswith("wrote")]) == (
        1,
        ["wrote docs/systems/shop.md", "wrote diagrams_out/shop/network.mmd"],
    )
    assert made == ["diagrams_out/shop/network.mmd", "docs/systems/shop.md"]
    assert (passed[0], by_hand[0], "wrote docs/systems/shop.md" in by_hand[1]) == (0, 1, True)


def test_a_spec_is_formatted_and_the_commit_stopped_until_that_is_in_it(tmp_path: Path, published: Published) -> None:
    checkout = prepared(tmp_path / "repository", published, "archspec-fmt")
    checkout.run("pre-commit", "run", "--all-files")
    commit(checkout.folder, {}, "formatted")
    before = (checkout.folder / "specs" / "shop.yaml").read_bytes()
    written(checkout, "specs/shop.yaml", before.decode().replace("name: shop", "name:    shop"))
    blocked, told = checkout.commit()

    assert (blocked, "formatted specs/shop.yaml" in told, "specs/other.yaml" in told) == (1, True, False)
    assert ((checkout.folder / "specs" / "shop.yaml").read_bytes() == before, checkout.commit()[0]) == (True, 1)

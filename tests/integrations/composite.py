"""Runs a composite Action on this machine: every `run:` step with bash, in order, as a runner of GitHub's does.

What a machine without GitHub cannot run stands in for itself, and says so: a `uses:` step is recorded with its inputs
and has the outputs that the test gives; a step that the test names is replaced. Of GitHub's expressions only references
and comparisons joined by `&&` are known, and anything else is refused, so that nothing passes by being misread.
https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
"""

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_REFERENCE = re.compile(r"(?:inputs|github|steps)(?:\.[\w-]+)+")
_COMPARISON = re.compile(r"([\w.-]+) (==|!=) '([^']*)'")
_BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
_KNOWN = {"name", "id", "if", "uses", "with", "run", "shell", "env", "working-directory", "continue-on-error"}

Outputs = dict[str, str]


class Surroundings(NamedTuple):
    """What a runner gives an Action: its folders, the `github` context, and its environment."""

    workspace: Path
    temporary: Path
    github: Mapping[str, Any]
    environment: Mapping[str, str]


class Stand(NamedTuple):
    """What stands in for what is not run: outputs of `uses:` steps by id, functions for `run:` steps by name."""

    outputs: Mapping[str, Outputs]
    instead: Mapping[str, Callable[[Surroundings], None]]


class Ran(NamedTuple):
    """How an Action ended: its status, what its steps printed, its outputs and summary, what it would have used."""

    status: int
    log: str
    outputs: Outputs
    summary: str
    used: dict[str, Mapping[str, str]]


def run(action: Path, inputs: Mapping[str, str], given: Surroundings, stand: Stand) -> Ran:
    """Run an Action to its end, or to the first step that fails."""
    described = yaml.safe_load((action / "action.yml").read_text(encoding="utf-8"))
    steps: dict[str, dict[str, Outputs]] = {_id(step): {"outputs": {}} for step in described["runs"]["steps"]}
    context = {"inputs": _inputs(described, inputs, given), "github": given.github, "steps": steps}
    files = {name: given.temporary / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    files["GITHUB_STEP_SUMMARY"].write_text("", encoding="utf-8")
    exported = {"GITHUB_ACTION_PATH": str(action), **{name: str(file) for name, file in files.items()}}
    used: dict[str, Mapping[str, str]] = {}
    log, status = "", 0
    for step in described["runs"]["steps"]:
        if unknown := set(step) - _KNOWN:
            raise ValueError(f"keys that are not known here: {unknown}")
        if status or ("if" in step and not _holds(step["if"], context)):
            continue
        if "uses" in step:
            used[step["uses"]] = {name: _text(value, context) for name, value in step.get("with", {}).items()}
            steps[_id(step)]["outputs"] = dict(stand.outputs.get(_id(step), {}))
        elif step["name"] in stand.instead:
            stand.instead[step["name"]](given)
        else:
            files["GITHUB_OUTPUT"].write_text("", encoding="utf-8")
            ran = _step(step, context, given, exported)
            log, status = log + ran.stdout, ran.returncode
            steps[_id(step)]["outputs"] = _outputs(files["GITHUB_OUTPUT"].read_text(encoding="utf-8"))
    outputs = {name: _text(one["value"], context) for name, one in described["outputs"].items()}
    return Ran(status, log, outputs, files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"), used)


def _id(step: Mapping[str, Any]) -> str:
    return str(step.get("id", step["name"]))


def _inputs(described: Mapping[str, Any], inputs: Mapping[str, str], given: Surroundings) -> dict[str, str]:
    known = {name: _text(one.get("default", ""), {"github": given.github}) for name, one in described["inputs"].items()}
    if unknown := set(inputs) - set(known):
        raise ValueError(f"no such inputs: {unknown}")
    return {**known, **inputs}


def _step(
    step: Mapping[str, Any], context: Mapping[str, Any], given: Surroundings, files: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    if step["shell"] != "bash" or _EXPRESSION.search(step["run"]):
        raise ValueError(f"{step['name']}: only bash is run here, and no expression is pasted into a script")
    environment = {name: _text(value, context) for name, value in step.get("env", {}).items()}
    return subprocess.run(
        [*_BASH, step["run"]],
        cwd=given.workspace / _text(step.get("working-directory", "."), context),
        env={**given.environment, "RUNNER_TEMP": str(given.temporary), **files, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )


def _outputs(text: str) -> Outputs:
    found: Outputs = {}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if not equals or "<<" in name:
            raise ValueError(f"an output of one line is NAME=VALUE, not {line!r}")
        found[name] = value
    return found


def _text(value: object, context: Mapping[str, Any]) -> str:
    spelt = str(value).lower() if isinstance(value, bool) else str(value)
    return _EXPRESSION.sub(lambda found: _value(found[1], context), spelt)


def _value(expression: str, context: Mapping[str, Any]) -> str:
    if not _REFERENCE.fullmatch(expression):
        raise ValueError(f"an expression that is not known here: {expression}")
    first, *keys = expression.split(".")
    value = context[first]
    for position, key in enumerate(keys):
        # An output that was not set is empty; anything else that is missing is a mistake.
        is_output = first == "steps" and position == len(keys) - 1
        value = value.get(key, "") if is_output else value[key]
    return str(value)


def _holds(condition: str, context: Mapping[str, Any]) -> bool:
    whole = _EXPRESSION.fullmatch(condition)
    found = [_COMPARISON.fullmatch(part) for part in whole[1].split(" && ")] if whole else [None]
    if not all(found):
        raise ValueError(f"a condition that is not known here: {condition}")
    return all((_value(one[1], context) == one[3]) == (one[2] == "==") for one in found if one)


def program(path: Path, text: str) -> None:
    """Write an executable."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def surroundings(home: Path, path: Path) -> dict[str, str]:
    """Return an environment with nothing of ours but what programs need; a folder goes before the PATH."""
    return {
        "PATH": f"{path}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }

"""Repositories that tests commit to, clone and open pull requests in."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

SPEC = """\
archspec: 1
name: shop
region: us-east-1
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  security_groups: {api-sg: {ingress: [{from: internet, port: 443}]}}
compute:
  services:
    api: {port: 443, desired: 2, public_ip: true, subnets: [public-a, public-b], security_groups: [api-sg]}
flows:
  - internet -> api: 443 HTTPS
"""
"""A small system, in which only NET rules are asked."""

SETTINGS = '[tool.archspec]\nselect = ["NET"]\n'
RED = SPEC.replace("port: 443}]}}\ncompute", "port: 80}]}}\ncompute")
"""The same with a finding: the flow is blocked, at its line."""

IDENTITY = {
    **{
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "a"), ("EMAIL", "a@b"))
    },
    **{f"GIT_{who}_DATE": "2026-01-01T00:00:00Z" for who in ("AUTHOR", "COMMITTER")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
}
"""What git has to know of who commits, and nothing of the machine's own settings."""


def git(folder: Path, *arguments: str) -> str:
    """Run git, as nobody in particular, and return what it printed."""
    environment = {**{k: v for k, v in os.environ.items() if not k.startswith("GIT_")}, **IDENTITY}
    command = [
        "git",
        "-c",
        "init.defaultBranch=main",
        "-c",
        "core.autocrlf=false",
        "-c",
        "core.hooksPath=/dev/null",
        *arguments,
    ]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def commit(folder: Path, files: Mapping[str, str | None], message: str = "change") -> str:
    """Write files, or remove those without text, and commit them; return the commit."""
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def started(folder: Path, files: Mapping[str, str | None]) -> Path:
    """Make a repository with a first commit."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet")
    commit(folder, files, "first")
    return folder
